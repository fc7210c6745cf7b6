"""Measures how well parties are matched with places, with the codes of the rows hidden.

    DATABASE_URL=postgres://…/filled python bench/matching.py --data FOLDER
    … bench/matching.py --data FOLDER --file anything.csv --code-column katottg
    … bench/matching.py --every-hromada
    … bench/matching.py --data FOLDER --shared [--sample NEW.csv]

The database has to hold the places (`load_places`). FOLDER holds `partnerships.csv` and `ministry_map.csv`. Each
row is read as the importer reads it, without its code column; then the same without its oblast column. Rows are
counted by what makes them easy or hard. A wrong match, and a row whose own code something in the row contradicts,
are printed in full. `--every-hromada` makes rows of all hromadas of Ukraine in several spellings, with and without
the oblast and with one letter mistyped. `--shared` finds the pairs that several lists give; `--sample` writes fifty
of them into a new file, for a person to judge (`judged_pairs.csv` was).
"""

import argparse
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django  # noqa: E402

django.setup()

from django.utils.translation import activate  # noqa: E402
from matching_rows import Case, bare_spelling, every_hromada, rows_of, settled_spellings  # noqa: E402
from matching_shared import report_shared  # noqa: E402

from partnerships.importing.matching import Matcher  # noqa: E402
from partnerships.importing.matching.bearing import EXACT, Sign  # noqa: E402
from partnerships.importing.matching.spellings import name_keys  # noqa: E402
from partnerships.importing.rows import PartyMatch, PartyReading, Reading  # noqa: E402
from places.models import Place  # noqa: E402

CODE_COLUMNS = {"partnerships.csv": "katottg_hromada", "ministry_map.csv": "katottg"}


@dataclass
class Tally:
    rows: int = 0
    right: int = 0
    wrong: int = 0
    doubtful: int = 0
    among_three: int = 0
    among_nine: int = 0

    def add(self, expected: str, found: PartyMatch) -> str:
        codes = [candidate.code for candidate in found.candidates]
        self.rows += 1
        self.among_three += expected in codes[:3]
        self.among_nine += expected in codes
        outcome = "doubtful" if not found.certain else "right" if codes[0] == expected else "wrong"
        setattr(self, outcome, getattr(self, outcome) + 1)
        return outcome


@dataclass
class Report:
    """Tallies by class, and the rows that are to be looked at one by one."""

    title: str
    classes: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    shown: list[str] = field(default_factory=list)

    def print(self) -> None:
        total = Tally()
        for tally in self.classes.values():
            for name in vars(total):
                setattr(total, name, getattr(total, name) + getattr(tally, name))
        print(f"\n{self.title}")
        print(f"  {'':34}{'rows':>7}{'right':>15}{'wrong':>7}{'doubtful':>10}{'in 3':>15}{'in 9':>15}")
        for name, tally in [*sorted(self.classes.items()), ("all", total)]:
            print(
                f"  {name:34}{tally.rows:>7}{_share(tally.right, tally.rows):>15}{tally.wrong:>7}{tally.doubtful:>10}"
                f"{_share(tally.among_three, tally.rows):>15}{_share(tally.among_nine, tally.rows):>15}"
            )
        for line in self.shown:
            print(f"  ! {line}")


def _share(part: int, whole: int) -> str:
    return f"{part} {100 * part / whole:.1f} %" if whole else "-"


class Classes:
    """What makes a Ukrainian party easy or hard to match."""

    def __init__(self, matcher: Matcher) -> None:
        self.names = matcher.ukrainian.names

    def of(self, party: PartyReading) -> str:
        keys = name_keys(party)
        bearings = self.names.bearing(keys[:1])
        exact = [bearing for bearing in bearings if bearing.sign in EXACT]
        if any(bearing.sign == Sign.FORMER for bearing in exact):
            kind = "former name"
        elif len(exact) > 1:
            kind = "several hromadas of the name"
        elif exact and any(bearing.sign == Sign.SETTLEMENT for bearing in bearings):
            kind = "one hromada, villages elsewhere"
        elif exact:
            kind = "the only place of the name"
        else:
            kind = "village, or another spelling"
        latin = bool(keys) and keys[0].isascii()
        return f"{kind}, Latin" if latin else kind


def measure_ukrainian(title: str, cases: Iterable[Case], matcher: Matcher, *, oblast: bool) -> Report:
    report, classes = Report(title), Classes(matcher)
    for case in cases:
        party = case.party if oblast else replace(case.party, oblast="", raion="")
        found = matcher.match(Reading(ukrainian=(party,), title=case.title)).ukrainian[0]
        outcome = report.classes[classes.of(party)].add(case.code, found)
        codes = " ".join(candidate.code for candidate in found.candidates[:3])
        if outcome == "wrong" or case.code not in codes.split():
            row = f"{case.line}: {case.text!r} is {case.code}"
            report.shown.append(f"{outcome}: {row}, found {codes or '-'} ({found.doubt})")
    return report


def list_contradicted(cases: Iterable[Case], matcher: Matcher) -> None:
    """Rows whose own code the source's spelling, kept in the row's remark, contradicts."""
    lines = []
    for case in cases:
        if not case.source_spelling:
            continue
        spelled = PartyReading(case.source_spelling, (bare_spelling(case.source_spelling),), code=case.code)
        found = matcher.match(Reading(ukrainian=(spelled,))).ukrainian[0]
        if not found.certain:
            row = f"{case.line}: {case.text!r} {case.code}"
            lines.append(f"{row}, source spells {case.source_spelling!r}: {found.doubt}")
    print(f"\nRows whose code their source's own spelling contradicts: {len(lines)}")
    for line in lines:
        print(f"  ? {line}")


def measure_larger(cases: Iterable[Case], matcher: Matcher) -> None:
    """Parties without a hromada's code: raions, oblasts, districts, villages. Nobody has told what they are."""
    outcomes: Counter[tuple[str, str]] = Counter()
    print("\nRows without a code (raions, oblasts, districts, villages; nothing to compare with)")
    names = dict(Place.objects.ukrainian().values_list("pk", "name_uk"))
    for case in cases:
        found = matcher.match(Reading(ukrainian=(case.party,))).ukrainian[0]
        outcomes[case.party.unit or "unit not named", "certain" if found.certain else "doubtful"] += 1
        if found.certain:
            meant = found.candidates[0]
            row = f"{case.text!r} {case.party.oblast!r}"
            print(f"    certain: {row}: {meant.code} {names[meant.place]} {meant.reasons}")
    for (unit, outcome), count in sorted(outcomes.items()):
        print(f"    {unit}: {outcome} {count}")


def measure_foreign() -> None:
    """Foreign spellings of three sources, with what was settled about them and without."""
    variants: tuple[tuple[str, bool, frozenset[str]], ...] = (
        ("with settled spellings", True, frozenset()),
        ("without settled spellings", False, frozenset()),
        ("without them and without names taken from the map", False, frozenset({"ministry_map"})),
    )
    spellings = list(settled_spellings())
    for title, settled, leave_out in variants:
        matcher = Matcher.load(settled=settled, leave_out=leave_out)
        report = Report(f"Foreign places, {title}")
        for source, party, slug in spellings:
            found = matcher.match(Reading(foreign=(party,))).foreign[0]
            if report.classes[source].add(slug, found) == "wrong":
                report.shown.append(
                    f"wrong: {source}: {party.text!r} is {slug}, found {found.candidates[0].code}"
                )
        report.print()


def measure_every_hromada(matcher: Matcher) -> None:
    groups: dict[str, list[Case]] = defaultdict(list)
    for form, case in every_hromada():
        groups[form].append(case)
    for form, cases in groups.items():
        for oblast in (True, False):
            title = f"Every hromada, {form}, oblast {'given' if oblast else 'hidden'}"
            report = measure_ukrainian(title, cases, matcher, oblast=oblast)
            wrong = [line for line in report.shown if line.startswith("wrong")]
            report.shown = wrong[:20]
            report.print()


def files(arguments: argparse.Namespace) -> Iterator[tuple[Path, str]]:
    if arguments.file:
        yield arguments.file, arguments.code_column
        return
    for name, column in CODE_COLUMNS.items():
        yield arguments.data / name, column


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder with partnerships.csv and ministry_map.csv")
    parser.add_argument("--file", type=Path, help="measure this table instead")
    parser.add_argument("--code-column", default="katottg", help="its column of known codes")
    parser.add_argument("--every-hromada", action="store_true", help="rows made of all hromadas")
    parser.add_argument("--shared", action="store_true", help="pairs that several lists give")
    parser.add_argument("--sample", type=Path, help="with --shared: write 50 pairs to be judged by hand")
    arguments = parser.parse_args()
    activate("en")
    matcher = Matcher.load()
    if arguments.every_hromada:
        measure_every_hromada(matcher)
        return
    if not (arguments.data or arguments.file):
        parser.error("--data FOLDER or --file TABLE is required")
    if arguments.sample and arguments.sample.exists():
        parser.error(f"{arguments.sample} exists: what a person has judged is not written over")
    if arguments.shared:
        report_shared(arguments.data, matcher, arguments.sample)
        return
    for path, column in files(arguments):
        cases = list(rows_of(path, column))
        known = [case for case in cases if case.code]
        for oblast in (True, False):
            title = f"{path.name}, codes hidden, oblast {'given' if oblast else 'hidden as well'}"
            measure_ukrainian(title, known, matcher, oblast=oblast).print()
        list_contradicted(known, matcher)
        if unknown := [case for case in cases if not case.code]:
            measure_larger(unknown, matcher)
    if not arguments.file:
        measure_foreign()


if __name__ == "__main__":
    main()
