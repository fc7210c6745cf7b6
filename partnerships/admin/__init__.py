"""The register in the admin, by concept."""

from partnerships.admin import evidence, lifeline, partnership, ruling

__all__ = ["evidence", "lifeline", "partnership", "ruling"]
