"""The table of sources: lists that many rows come from, and single pages with publisher and grade by site."""

import re
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.text import slugify

from partnerships.loading.building.files import Row, one_line, read

COLUMNS = ("slug", "title", "language", "publisher", "url", "licence", "published_on", "read_on", "grade")
#: Sources that stand first in the table: those of tables of their own, then those of `curated.toml` alone.
LISTS = ("agreements-register", "ministry-map")
OF_CURATED_RECORDS = (
    "hand-checked",
    "rundschau-online",
    "gopoland-vrotslav-i-kyiv-teper-mista-pobratymy",
    "tvn24",
    "objectiv-yaku-ugodu-pidpisav-terehov",
)
_LISTS = Path(__file__).with_name("lists.toml")
_NOTE = re.compile(r"\s*\(([^()]*)\)$")
_MONTHS = {"March": 3, "July": 7}
#: How gathered rows call a hromada's own strategy, found by a compiler, whose address they give.
_STRATEGY = "mention in the development strategy of the hromada"
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


class UnknownSite(ValueError):
    """A page of a site that stands in no row of `data/publishers.csv`."""


class Sources:
    """Sources met so far, by slug, in the order of their first row."""

    def __init__(self, publishers: Path) -> None:
        self.lists: list[dict[str, str]] = tomllib.loads(_LISTS.read_text(encoding="utf-8"))["list"]
        self.sites = {row["host"]: row for row in read(publishers)}
        self.rows: dict[str, Row] = {}

    def add_list(self, slug: str) -> str:
        known = next(entry for entry in self.lists if entry["slug"] == slug)
        self.rows.setdefault(slug, {column: known.get(column, "") for column in COLUMNS})
        return slug

    def of(self, title: str, url: str, licence: str) -> tuple[str, str]:
        """The source of a gathered row as slug, and the row's own address where it is not the source's.

        :raises UnknownSite: nobody said who publishes there and how strong its word is.
        """
        for entry in self.lists:
            if entry.get("title_has", "\0") in title and entry.get("only_at", url) == url:
                return self.add_list(entry["slug"]), "" if url == entry["url"] else url
        return self._page(title, url, licence), ""

    def site(self, url: str) -> Row:
        """Publisher, language and grade of the site that a page belongs to.

        :raises UnknownSite: it stands in no row of the table of publishers.
        """
        host = urlsplit(url).netloc.removeprefix("www.")
        if host not in self.sites:
            raise UnknownSite(host)
        return self.sites[host]

    def _page(self, title: str, url: str, licence: str) -> str:
        site = self.site(url)
        slug = page_slug(url)
        if slug not in self.rows:
            plain, date = plain_title(title)
            if _STRATEGY in title:
                plain = "Стратегія розвитку громади"
            self.rows[slug] = {
                "slug": slug,
                "title": plain,
                "language": "uk" if _CYRILLIC.search(plain) else site["language"],
                "publisher": site["publisher"],
                "url": url,
                "licence": licence.removeprefix("page text: "),
                "published_on": date,
                "read_on": "",
                "grade": site["grade"],
            }
        return slug


def page_slug(url: str) -> str:
    """A short name from the site and the last part of the path."""
    parts = urlsplit(url)
    host = re.sub(r"^(?:www|arch|archive|jauns|feeds|id)\.|\.(?:gov\.ua|com\.ua|[a-z]+)$", "", parts.netloc)
    host = host.removeprefix("www.").removesuffix(".gov")
    last = next((part for part in reversed(unquote(parts.path).split("/")) if part not in {"", "wersja"}), "")
    if parts.query.startswith("p="):
        last = parts.query[2:]
    last = slugify(re.sub(r"\.(?:php|html|docx|pdf|amp)$", "", last)) or slugify(unquote(parts.path))
    return f"{slugify(host.replace('.', '-'))}-{last}"[:80].strip("-")


def plain_title(title: str) -> tuple[str, str]:
    """A gathered title without the remark in brackets at its end, and the date in that remark (EDTF)."""
    found = _NOTE.search(title)
    if not found:
        return one_line(title), ""
    return one_line(title[: found.start()]), _date(found.group(1))


def _date(text: str) -> str:
    if found := re.search(r"\b(\d{4}-\d\d(?:-\d\d)?)\b", text):
        return found.group(1)
    if found := re.search(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b", text):
        day, number, year = (int(part) for part in found.groups())
        return f"{year:04d}-{number:02d}-{day:02d}"
    if found := re.search(rf"\b(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) (\d{{4}})\b", text):
        month = f"{found.group(3)}-{_MONTHS[found.group(2)]:02d}"
        return f"{month}-{int(found.group(1)):02d}" if found.group(1) else month
    return ""
