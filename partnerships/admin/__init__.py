"""The register in the admin, by concept."""

from partnerships.admin import evidence, importing, lifeline, partnership, ruling, source_row

__all__ = ["evidence", "importing", "lifeline", "partnership", "ruling", "source_row"]
