"""Form fields for filters in addresses: a value that means nothing is named and left out, the rest works.

Other forms refuse wrong input; an address that somebody typed, shortened or followed from an old page should
rather show what it can. A field returns `Kept` with what remains and a complaint; `ForgivingForm` shows the
complaint as the field's error and keeps the value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from core.pagination import shortened

NAMED_VALUES = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """What remains of an input, and what was left out (empty: nothing)."""

    value: Any
    complaint: str = ""


class ForgivingForm(forms.Form):
    """A form of fields that return `Kept`."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.cleaned_data
        for name, kept in list(cleaned.items()):
            if isinstance(kept, Kept):
                if kept.complaint:
                    self.add_error(name, kept.complaint)
                cleaned[name] = kept.value
        return cleaned


class CodesField(forms.Field):
    """Codes of one parameter that repeats. Keeps what `known` holds, in the order asked, each once.

    `known` maps a code to what stands for it: the value of the field is the list of these.
    """

    widget = forms.SelectMultiple

    def __init__(self, *, known: Mapping[str, Any], folded: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = known
        self.folded = folded

    def clean(self, value: Sequence[str] | None) -> Kept:
        asked = list(dict.fromkeys(code.strip() for code in value or [] if code.strip()))
        found = [(code, self.known.get(code.upper() if self.folded else code)) for code in asked]
        unknown = [shortened(code) for code, thing in found if thing is None]
        kept = list(dict.fromkeys(thing for _code, thing in found if thing is not None))
        if not unknown:
            return Kept(kept)
        named = ", ".join(_quoted(code) for code in unknown[:NAMED_VALUES])
        if len(unknown) > NAMED_VALUES:
            named += " …"
        return Kept(kept, _("Not known here and left out: %(values)s.") % {"values": named})


class ChoiceField(forms.Field):
    """One code of a few, `initial` where none or an unknown one is given."""

    def __init__(self, *, known: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = known

    def clean(self, value: str | None) -> Kept:
        code = (value or "").strip()
        if not code:
            return Kept(self.initial)
        if code not in self.known:
            return Kept(
                self.initial,
                _("Not known here and left out: %(values)s.") % {"values": _quoted(shortened(code))},
            )
        return Kept(code)


class QueryField(forms.Field):
    """Words to look for: cut where too long, without characters that no name holds."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def clean(self, value: str | None) -> Kept:
        # Lone surrogates cannot be sent to the database either.
        text = (value or "").encode("utf-8", "replace").decode("utf-8")
        plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        if "\0" in text:
            return Kept(plain[: self.longest], _("Characters that cannot be searched for were left out."))
        if len(plain) > self.longest:
            return Kept(
                plain[: self.longest].rstrip(),
                _("The text was too long; the first %(count)s characters are used.")
                % {"count": self.longest},
            )
        return Kept(plain)


class YearField(forms.Field):
    """A year within bounds."""

    def __init__(self, *, earliest: int, latest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def clean(self, value: str | None) -> Kept:
        text = (value or "").strip()
        if not text:
            return Kept(None)
        if text.isascii() and text.isdigit() and len(text) <= 4 and self.earliest <= int(text) <= self.latest:
            return Kept(int(text))
        return Kept(
            None,
            _("“%(value)s” was left out: write a year from %(earliest)s to %(latest)s.")
            % {"value": shortened(text), "earliest": self.earliest, "latest": self.latest},
        )


def _quoted(text: str) -> str:
    """In the quotation marks of the page's language."""
    return _("“%(text)s”") % {"text": text}
