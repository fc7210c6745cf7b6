"""The form of a record in the admin, filled in and sent as a browser would."""

from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

from partnerships.models import Partnership


class _Fields(HTMLParser):
    """Names and values of the fields of a page, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and given.get("type") in ("checkbox", "radio"):
            if "checked" in given:
                self.values[name] = given.get("value", "on")
        elif tag == "input" and given.get("type") != "submit":
            self.values[name] = given.get("value", "")
        elif tag in ("select", "textarea"):
            self._within = name
            self.values[name] = ""
        elif tag == "option" and "selected" in given and self._within:
            self.values[self._within] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._within and (self.get_starttag_text() or "").startswith("<textarea"):
            self.values[self._within] += data.removeprefix("\r\n").removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self._within = ""


def typed_in(page: str) -> dict[str, str]:
    """What stands in the form of a page; rows that scripts would add are left out."""
    fields = _Fields()
    fields.feed(page)
    return {name: value for name, value in fields.values.items() if name and "__prefix__" not in name}


def fields_of(client: Client, record: Partnership) -> dict[str, str]:
    """What a browser would send of the form as it stands."""
    page = client.get(reverse("admin:partnerships_partnership_change", args=[record.pk])).content.decode()
    return typed_in(page)


def save(client: Client, record: Partnership, fields: dict[str, str], **changes: str) -> tuple[int, str]:
    address = reverse("admin:partnerships_partnership_change", args=[record.pk])
    answer = client.post(address, fields | changes)
    return answer.status_code, answer.content.decode()
