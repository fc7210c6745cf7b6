"""The table of pairs in our columns, from the gathered list of partnerships."""

import re

from partnerships.loading.building.files import Row
from partnerships.loading.building.sources import Sources

COLUMNS = (
    *("id", "source", "url", "ua_katottg", "ua_text", "ua_text_en", "ua_oblast", "ua_source_text"),
    *("foreign_iso2", "foreign_text", "kind", "status", "decided_on", "decided_url", "decided_grade"),
    *("signed_on", "announced_for", "mode", "since_year", "since_source", "also_in", "note"),
)
IDENTITY = ("source", "url", "ua_text_en", "ua_oblast", "foreign_iso2", "foreign_text")
STATUSES = {"signed": "signed", "decided": "decided", "registered": "registered", "unknown": "listed"}
#: What a relation that is only planned has come to, by the words of the note and, after it, of the title.
PLANS = (
    ("approved by the Ministry", "approved"),
    ("agreement to follow", "announced"),
    ("planned for", "announced"),
    ("hope expressed", "hoped"),
    ("agreed to sign", "announced"),
    ("annonce son jumelage", "announced"),
    ("si gemellano", "announced"),
)
ALSO_IN = (
    ("also in: SKEW list", "skew-list"),
    ("also in: Wikipedia list", "wikipedia-lists"),
    ("also in: Ministry partnership map", "ministry-map"),
)
#: Codes that the gathered list gives to spellings of its source which name another place: the row then stays
#: without a code, so that a person decides.
MISREAD = {("Bila Zerkwa", "UA53060010000060316")}
_ANNOUNCED = re.compile(r"announces an (online )?signing on (\d{4}-\d\d-\d\d)")
_ANNOUNCED_YEAR = re.compile(r"planned for (\d{4})")
_SKEW_NAME = re.compile(r"SKEW name ([^;]+)")
_SINCE = re.compile(r"\bsince (\d{4})\b")
_COUNCIL = re.compile(r"council (?:vote|mandate|decision|motion)[^;]*?: (https?://[^\s;]+)")
#: The day of the decision is another page's, which was not kept: `curated.toml` names it.
_DECISION_ELSEWHERE = re.compile(r"council vote on .* from rundschau-online\.de")


def pair(row: Row, sources: Sources) -> Row:
    """One gathered row in our columns."""
    note = row["note"]
    source, url = sources.of(row["source_title"], row["source_url"], row["source_licence"])
    also = [slug for words, slug in ALSO_IN if words in note and slug != source]
    for slug in also:
        sources.add_list(slug)
    announced = _ANNOUNCED.search(note)
    year = _ANNOUNCED_YEAR.search(note)
    named = _SKEW_NAME.search(note)
    source_text = named.group(1).strip() if named else ""
    code = row["katottg_hromada"]
    return {
        "source": source,
        "url": url,
        "ua_katottg": "" if (source_text, code) in MISREAD else code,
        "ua_text": row["ua_place_uk"],
        "ua_text_en": row["ua_place_en"],
        "ua_oblast": row["ua_oblast_en"],
        "ua_source_text": source_text,
        "foreign_iso2": row["partner_country_iso2"],
        "foreign_text": row["partner_place"],
        "kind": row["kind"],
        "status": status(row),
        **_decision(row, sources),
        "signed_on": row["signed_on"],
        "announced_for": announced.group(2) if announced else year.group(1) if year else "",
        "mode": "online" if announced and announced.group(1) else "",
        "since_year": row["since_year"],
        "since_source": _since_source(row, source, also),
        "also_in": " ".join(also),
        "note": note,
    }


def status(row: Row) -> str:
    """How far the source says the relation has come."""
    if row["status"] != "planned":
        return STATUSES[row["status"]]
    for text in (row["note"], row["source_title"]):
        for words, plan in PLANS:
            if words in text:
                return plan
    return "talks"


def _decision(row: Row, sources: Sources) -> Row:
    """The day of the council's decision; with address and grade where another page names it."""
    elsewhere = _COUNCIL.search(row["note"])
    url = elsewhere.group(1) if elsewhere else ""
    return {
        "decided_on": "" if _DECISION_ELSEWHERE.search(row["note"]) else row["decided_on"],
        "decided_url": url,
        "decided_grade": sources.site(url)["grade"] if url else "",
    }


def _since_source(row: Row, source: str, also: list[str]) -> str:
    """Whose the year is: the page's own where the note repeats it, else that of the SKEW list."""
    if not row["since_year"]:
        return ""
    return source if "skew-list" not in also or _SINCE.search(row["note"]) else "skew-list"
