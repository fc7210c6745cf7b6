"""The builder of the place tables in ``places/data``: needed to make them anew, not to run the portal.

Its modules: ``tables`` (CSV), ``geonames`` (GeoNames extract), ``countries``, ``ukraine`` (codifier),
``foreign`` (rows abroad), ``own_names`` (names in scripts and languages), ``resolve`` (spellings of sources),
``other_names``, ``build`` (all in order, with a report).
"""
