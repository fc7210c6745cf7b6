"""The register's tables, by concept."""

from partnerships.models.evidence import Source, SourceRow, Statement
from partnerships.models.lifeline import Act, Agreement, Milestone
from partnerships.models.partnership import Body, Partnership, Party, Programme

__all__ = [
    "Act",
    "Agreement",
    "Body",
    "Milestone",
    "Partnership",
    "Party",
    "Programme",
    "Source",
    "SourceRow",
    "Statement",
]
