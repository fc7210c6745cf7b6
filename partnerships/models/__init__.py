"""The register's tables, by concept."""

from partnerships.models.derived import Difference, Standing
from partnerships.models.evidence import Source, Statement
from partnerships.models.importing import ImportBatch, ImportRun, SourceRow
from partnerships.models.lifeline import Act, Agreement, Milestone
from partnerships.models.listing import Listing
from partnerships.models.partnership import Body, Partnership, Party, Programme
from partnerships.models.ruling import Ruling

__all__ = [
    "Act",
    "Agreement",
    "Body",
    "Difference",
    "ImportBatch",
    "ImportRun",
    "Listing",
    "Milestone",
    "Partnership",
    "Party",
    "Programme",
    "Ruling",
    "Source",
    "SourceRow",
    "Standing",
    "Statement",
]
