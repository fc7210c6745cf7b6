"""The register in the admin, by concept."""

from partnerships.admin import evidence, lifeline, partnership

__all__ = ["evidence", "lifeline", "partnership"]
