"""Loading the tables of places: repeatable, forgiving towards bad rows, respectful of what people wrote."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.history import attributed
from core.models import AuditEntry
from places.enums import CodeScheme, NameKind
from places.loading import Outcome, Report, TableUnusable, load
from places.loading.hands import REASON
from places.models import Place, PlaceCode, PlaceName
from tests.factories.places import katottg
from tests.known import known

pytestmark = pytest.mark.django_db

OBLAST, RAION, HROMADA, CENTRE, VILLAGE = (katottg(n) for n in (1, 2, 3, 4, 5))

COUNTRIES = """\
iso2,name_uk,name_en,name_own,language,other_names
UA,Україна,Ukraine,Україна,uk,
DE,Німеччина,Germany,Deutschland,de,Федеративна Республіка Німеччина|FRG
"""
UKRAINIAN = f"""\
katottg,level,parent_katottg,name_uk,name_en,category,centre_katottg,lat,lon,population,population_year,source
{VILLAGE},settlement,{HROMADA},Тестове,Testove,village,,,,,,codifier
{HROMADA},hromada,{RAION},Зразкова,Zrazkova,village,{CENTRE},48.5,33.25,12000,2022,codifier+kse
{CENTRE},settlement,{HROMADA},Зразкове,Zrazkove,village,,48.5,33.25,,,codifier
{RAION},raion,{OBLAST},Пробний,Probnyi,,,,,,,codifier
{OBLAST},oblast,,Тестівська,Testivska,,,,,,,codifier
"""
FOREIGN = """\
iso2,slug,level,name_own,language,name_en,name_uk,name_uk_source,geonameid,lat,lon,population,note,region
DE,musterstadt,municipality,Musterstadt,de,,Мустерштадт,ministry_map,1234567,51.5,7.5,50000,"near, it is",Land
"""
NAMES = f"""\
key,text,language,kind,valid_from,valid_to,source
{HROMADA},Стара,uk,former,,2016-02,codifier package
de/musterstadt,Musterburg,,other_spelling,,,geonames
"""


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    for name, text in {
        "countries": COUNTRIES,
        "ua_places": UKRAINIAN,
        "foreign_places": FOREIGN,
        "place_names": NAMES,
    }.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def write(tables: Path, file: str, text: str) -> None:
    (tables / file).write_text(text, encoding="utf-8")


def add(tables: Path, file: str, line: str) -> None:
    path = tables / file
    path.write_bytes(path.read_bytes() + line.encode("utf-8", "surrogateescape") + b"\n")


def reasons(report: Report) -> list[tuple[str, int, str]]:
    return [(refusal.file, refusal.line, refusal.reason) for refusal in report.refusals]


def test_places_have_their_names_codes_and_units_after_the_first_load(tables: Path) -> None:
    report = load(tables)
    hromada = Place.objects.with_context().get(katottg=HROMADA)
    assert reasons(report) == []
    assert tuple(known(place).name_uk for place in (hromada.centre, hromada.parent, hromada.oblast)) == (
        "Зразкове",
        "Пробний",
        "Тестівська",
    )
    assert (hromada.population, hromada.population_year) == (12000, 2022)
    assert Place.objects.get(katottg=VILLAGE).oblast == hromada.oblast
    foreign = Place.objects.get(slug="musterstadt")
    assert (foreign.country.name_uk, foreign.name_uk, foreign.region_name) == (
        "Німеччина",
        "Мустерштадт",
        "Land",
    )
    assert PlaceCode.objects.get(place=foreign).scheme == CodeScheme.GEONAMES
    former = PlaceName.objects.get(place=hromada)
    assert (former.text, former.kind, former.valid_to) == ("Стара", NameKind.FORMER, "2016-02")
    assert set(Place.objects.get(iso2="DE").other_names.values_list("text", "language")) == {
        ("Федеративна Республіка Німеччина", "uk"),
        ("FRG", "en"),
    }


def test_nothing_is_written_when_the_same_tables_are_loaded_again(tables: Path) -> None:
    load(tables)
    before = AuditEntry.objects.count()
    report = load(tables)
    assert AuditEntry.objects.count() == before
    assert report.written == 0
    assert report.counts("ua_places.csv") == {Outcome.UNCHANGED: 5}


def test_only_the_changed_row_is_written_when_a_table_changes(tables: Path) -> None:
    load(tables)
    write(tables, "ua_places.csv", UKRAINIAN.replace("12000,2022", "13000,2026"))
    before = AuditEntry.objects.count()
    report = load(tables)
    assert report.counts("ua_places.csv") == {Outcome.UNCHANGED: 4, Outcome.CHANGED: 1}
    assert AuditEntry.objects.count() == before + 1
    assert Place.objects.get(katottg=HROMADA).population == 13000


def test_what_a_registrar_changed_stays_when_tables_are_loaded_again(tables: Path) -> None:
    load(tables)
    with attributed(None, "corrected by a registrar"):
        Place.objects.filter(katottg=HROMADA).update(name_en="Zrazkivska")
        PlaceName.objects.filter(text="Musterburg").delete()
        PlaceName.objects.filter(text="Стара").update(valid_to="2016-02-04")
    write(
        tables,
        "ua_places.csv",
        UKRAINIAN.replace("Зразкова,Zrazkova", "Зразкова,Exemplary").replace("12000,2022", "1,2026"),
    )
    report = load(tables)
    hromada = Place.objects.get(katottg=HROMADA)
    assert (hromada.name_en, hromada.population) == ("Zrazkivska", 1)
    assert not PlaceName.objects.filter(text="Musterburg").exists()
    assert PlaceName.objects.get(text="Стара").valid_to == "2016-02-04"
    assert report.kept == {("ua_places.csv", 3), ("place_names.csv", 2), ("place_names.csv", 3)}


def test_a_place_whose_code_a_registrar_changed_is_not_created_again(tables: Path) -> None:
    load(tables)
    with attributed(None, "the codifier has a new code"):
        Place.objects.filter(katottg=VILLAGE).update(katottg=katottg(77))
    report = load(tables)
    assert report.written == 0
    assert not Place.objects.filter(katottg=VILLAGE).exists()


def test_settlements_follow_when_their_raion_moves_to_another_oblast(tables: Path) -> None:
    load(tables)
    other = katottg(9)
    moved = UKRAINIAN.replace(f"{RAION},raion,{OBLAST}", f"{RAION},raion,{other}")
    write(tables, "ua_places.csv", moved + f"{other},oblast,,Інша,Insha,,,,,,,codifier\n")
    load(tables)
    assert known(Place.objects.get(katottg=VILLAGE).oblast).katottg == other
    assert known(Place.objects.get(katottg=HROMADA).oblast).katottg == other


def test_namesakes_are_marked_when_they_come_with_one_load_or_with_two(tables: Path) -> None:
    add(tables, "ua_places.csv", f"{katottg(6)},settlement,{HROMADA},Тестове,Testove,village,,,,,,codifier")
    load(tables)
    assert Place.objects.filter(name_uk="Тестове", has_namesakes=True).count() == 2
    add(tables, "ua_places.csv", f"{katottg(7)},settlement,{HROMADA},Зразкове,Zrazkove,village,,,,,,codifier")
    load(tables)
    assert Place.objects.filter(has_namesakes=True).count() == 4


U, F, N, C = "ua_places.csv", "foreign_places.csv", "place_names.csv", "countries.csv"


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        (U, f"UA12,settlement,{HROMADA},Х,,village,,,,,,", "“UA12” is not a KATOTTG code (UA and 17 digits)"),
        (U, f"{katottg(8)},settlement,{katottg(99)},Х,,,,,,,,", f"unknown place “{katottg(99)}”"),
        (
            U,
            f"{katottg(8)},settlement,{VILLAGE},Х,,,,,,,,",
            f"cannot belong to “{VILLAGE}”, which is on the level",
        ),
        (U, f"{katottg(8)},settlement,,Х,,,,,,,,", "does not say where it belongs"),
        (U, f"{katottg(8)},oblast,{OBLAST},Х,,,,,,,,", "a unit of the highest level belongs to no other"),
        (U, f"{katottg(8)},village,{HROMADA},Х,,,,,,,,", "unknown level “village”"),
        (U, f"{katottg(8)},settlement,{HROMADA},Х,,hamlet,,,,,,", "unknown category “hamlet”"),
        (U, f"{katottg(8)},settlement,{HROMADA},Х,,,,91,30,,,", "bad coordinate “91”"),
        (U, f"{katottg(8)},settlement,{HROMADA},Х,,,,nan,30,,,", "bad coordinate “nan”"),
        (U, f"{katottg(8)},settlement,{HROMADA},Х,,,,48,,,,", "of the coordinates one is missing"),
        (U, f"{katottg(8)},settlement,{HROMADA},,,,,,,,,", "the name is missing"),
        (
            U,
            f"{katottg(8)},settlement,{HROMADA},Х,,,,,,-5,,",
            "“-5” is not a number that fits into “population”",
        ),
        (U, f"{katottg(8)},settlement,{HROMADA},{'х' * 161},,,,,,,,", "is longer than 160 characters"),
        (U, f"{VILLAGE},settlement,{HROMADA},Х,,,,,,,,", "stands in the table already, in line 2"),
        (U, f"{katottg(8)},settlement,{HROMADA}", "3 columns instead of 12"),
        (U, f'{katottg(8)},settlement,{HROMADA},"Х,,,,,,,,', "is not CSV"),
        (U, f"{katottg(8)},settlement,{HROMADA},\udcd0,,,,,,,,", "is not UTF-8"),
        (U, f"{katottg(8)},settlement,{HROMADA},\0,,,,,,,,", "contains a NUL character"),
        (F, "FR,ville,municipality,Ville,fr,,,,,,,,,", "unknown country “FR”"),
        (F, "UA,misto,municipality,Misto,uk,,,,,,,,,", "belongs in the table of Ukrainian places"),
        (F, "DE,Großstadt,municipality,G,de,,,,,,,,,", "“Großstadt” is not a slug"),
        (F, "DE,dorf,hromada,Dorf,de,,,,,,,,,", "unknown level “hromada”"),
        (F, "DE,dorf,municipality,Dorf,de,,,,12x,,,,,", "“12x” is not a GeoNames identifier"),
        (F, "DE,dorf,municipality,Dorf,german,,,,,,,,,", "“german” is not a language code"),
        (C, "Fr,Франція,France,,,", "“Fr” is not an ISO code of two capital letters"),
        (N, f"{katottg(99)},Х,uk,former,,,", "unknown place"),
        (N, f"{HROMADA},,uk,former,,,", "the name is missing"),
        (N, f"{HROMADA},Х,uk,nickname,,,", "unknown kind of name “nickname”"),
        (N, f"{HROMADA},Х,uk,former,,31.12.2015,", "“31.12.2015” is not a date"),
        (N, f"{HROMADA},Стара,uk,former,,,", "stands in the tables twice"),
    ],
)
def test_bad_row_is_listed_with_its_line_and_the_rest_loads(
    tables: Path, file: str, line: str, reason: str
) -> None:
    add(tables, file, line)
    number = (tables / file).read_bytes().count(b"\n")
    with override("en"):
        report = load(tables)
    assert [(r.file, r.line) for r in report.refusals] == [(file, number)]
    assert reason in report.refusals[0].reason
    assert Place.objects.count() == 8
    assert PlaceName.objects.count() == 4


def test_places_under_a_refused_hromada_are_refused_with_it(tables: Path) -> None:
    write(tables, U, UKRAINIAN.replace(f"{HROMADA},hromada", f"{HROMADA},gromada"))
    report = load(tables)
    assert [refusal.line for refusal in report.refusals if refusal.file == U] == [2, 3, 4]
    assert set(Place.objects.filter(country__iso2="UA").values_list("level", flat=True)) == {
        "country",
        "oblast",
        "raion",
    }


def test_hromada_loads_without_its_centre_and_with_a_remark_when_the_centre_is_refused(tables: Path) -> None:
    write(tables, U, UKRAINIAN.replace("Zrazkove,village,,48.5,33.25", "Zrazkove,village,,48.5,"))
    report = load(tables)
    assert [refusal.line for refusal in report.refusals] == [4]
    assert [remark.line for remark in report.remarks] == [3]
    assert Place.objects.get(katottg=HROMADA).centre is None


def test_nothing_is_loaded_when_a_table_lacks_a_column(tables: Path) -> None:
    write(tables, F, FOREIGN.replace("slug", "slag"))
    with pytest.raises(TableUnusable, match=r"foreign_places\.csv.*slug"):
        load(tables)
    assert not Place.objects.exists()


def test_command_says_in_one_sentence_when_a_table_is_missing(tables: Path) -> None:
    (tables / N).unlink()
    with pytest.raises(CommandError, match="place_names"):
        call_command("load_places", data=tables)


def test_command_prints_counts_and_refused_rows_in_the_language_of_the_user(tables: Path) -> None:
    add(tables, U, "UA12,settlement,,Х,,,,,,,,")
    out, err = io.StringIO(), io.StringIO()
    with override("en"):
        call_command("load_places", data=tables, stdout=out, stderr=err)
    assert "ua_places.csv: 5 created, 0 changed, 0 unchanged, 1 refused" in out.getvalue()
    assert "ua_places.csv, line 7: “UA12” is not a KATOTTG code" in err.getvalue()


def test_history_names_the_loader_as_the_reason(tables: Path) -> None:
    load(tables)
    assert set(AuditEntry.objects.values_list("reason", flat=True)) == {REASON}


# Cells that fit and cells that do not, so that rows come through at every level of the checks.
_CELLS = st.one_of(
    st.sampled_from(
        ["", "UA", "DE", "oblast", "raion", "hromada", "settlement", "municipality", "village", OBLAST, RAION,
         HROMADA, CENTRE, VILLAGE, katottg(50), "de/musterstadt", "uk", "former", "2015", "48.5", "1e999",
         "nan", "-0", "99999999999999", "２０１５", "0000", "2015-02-30", '"', "\t", "ʼ", "İ", "\ufeff"]
    ),
    st.text(max_size=12),
)  # fmt: skip


def _table(header: str) -> st.SearchStrategy[bytes]:
    width = header.count(",") + 1
    row = st.lists(_CELLS, min_size=width, max_size=width).map(
        lambda cells: _as_csv([cell.encode("utf-8", "replace").decode() for cell in cells])
    )
    line = st.one_of(row, row, row, st.binary(max_size=40).map(lambda raw: raw.replace(b"\n", b"")))
    return st.lists(line, max_size=8).map(b"\n".join)


def _as_csv(cells: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(
        [cell.replace("\n", " ").replace("\r", " ") for cell in cells]
    )
    return text.getvalue().encode()


def _header(table: str) -> str:
    return table.split("\n", 1)[0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    countries=_table(_header(COUNTRIES)),
    ukrainian=_table(_header(UKRAINIAN)),
    foreign=_table(_header(FOREIGN)),
    names=_table(_header(NAMES)),
)
@example(countries=b"", ukrainian=b'"', foreign=b"\xff", names=b"\r")
def test_no_table_crashes_the_loader_or_loses_a_row(
    tables: Path, countries: bytes, ukrainian: bytes, foreign: bytes, names: bytes
) -> None:
    added = {C: countries, U: ukrainian, F: foreign, N: names}
    shipped = {C: COUNTRIES, U: UKRAINIAN, F: FOREIGN, N: NAMES}
    for file, lines in added.items():
        (tables / file).write_bytes(shipped[file].encode() + lines)
    report = load(tables)
    for file in added:
        rows = [line for line in (tables / file).read_bytes().split(b"\n")[1:] if line.strip()]
        assert report.counts(file).total() == len(rows)
    assert report.counts(U)[Outcome.REFUSED] == sum(refusal.file == U for refusal in report.refusals)
