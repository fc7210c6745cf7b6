"""What a list or a page shows of a record's standing: today's, or that of a day somebody asked for."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.edtf import in_words
from partnerships.enums import Kind, Status


@dataclass(frozen=True, slots=True)
class Shown:
    """Status and kind on `day` (none: today). `possibly`: the date of the status is not known precisely
    enough to say that it had come by then."""

    status: str
    kind: str
    date: str
    possibly: bool = False
    day: dt.date | None = None

    @property
    def status_text(self) -> str:
        if not self.possibly:
            return str(Status(self.status).label)
        if self.status == Status.UNKNOWN:
            return _("possibly begun, no date known")
        return _("possibly %(status)s") % {"status": Status(self.status).label}

    @property
    def kind_text(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def date_text(self) -> str:
        return in_words(self.date)

    @property
    def is_planned(self) -> bool:
        """Nothing is certain to have happened: drawn dotted."""
        return self.possibly or self.status == Status.ANNOUNCED
