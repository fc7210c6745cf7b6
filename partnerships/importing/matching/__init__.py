"""Which places the parties of a row may be. `Matcher` holds all places in memory and answers row by row."""

from partnerships.importing.matching.matcher import Matcher

__all__ = ["Matcher"]
