"""Places: the units of Ukraine down to settlements, and the countries, regions and municipalities abroad."""

from places.models.other_names import PlaceCode, PlaceName
from places.models.place import KATOTTG_PATTERN, Place

__all__ = ["KATOTTG_PATTERN", "Place", "PlaceCode", "PlaceName"]
