"""The history of a record as people read it: who, when, what in words, why; and nothing of persons."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django.utils.translation import override

from accounts.enums import Role
from accounts.models import User
from accounts.roles import sync_roles
from core.history import attributed
from core.models import AuditEntry
from partnerships.histories import entries_of, record_steps, transactions_of
from partnerships.models import ImportBatch, Milestone, Partnership, Party, SourceRow, Statement
from tests.factories.partnerships import (
    AgreementFactory,
    MilestoneFactory,
    PartnershipFactory,
    PartyFactory,
    SourceFactory,
    SourceRowFactory,
    StatementFactory,
)
from tests.factories.places import HromadaFactory

pytestmark = pytest.mark.django_db
CANARY = "Канарейкова Особа"


def page(client: Client, record: Partnership, language: str = "en", **asked: str) -> str:
    with override(language):
        address = f"/{language}/partnerships/{record.number}-{record.slug}/history/"
        answer = client.get(address, asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def registrar(**fields: str) -> User:
    sync_roles()
    user = User.objects.create_user("canary@example.org", full_name=CANARY, **fields)
    user.groups.add(Group.objects.get(name=Role.REGISTRAR))
    return user


def told(record: Partnership) -> str:
    """All that the history says of a record, as one text."""
    with override("en"):
        entries = entries_of(record)
        lines = []
        for made in record_steps(entries, transactions_of(entries)):
            lines.append(f"{made.who} / {made.why}")
            for change in made.step.changes:
                fields = "; ".join(f"{f.label}: {f.before} → {f.after}" for f in change.fields)
                lines.append(f"{change.kind}: {change.thing} – {change.word} [{fields}]")
    return "\n".join(lines)


def test_changed_date_is_told_in_words_from_what_to_what() -> None:
    record = PartnershipFactory()
    milestone = MilestoneFactory(partnership=record, date="")
    Milestone.objects.filter(pk=milestone.pk).update(date="2023-02-09")
    assert "Milestone: signing (happened) – changed [Date:  → 9 February 2023]" in told(record)


def test_columns_that_the_database_derives_are_not_told() -> None:
    record = PartnershipFactory()
    before = told(record)
    assert "– added [Visibility: None → published; Kind as listed: None → partnership (twinning)]" in before
    MilestoneFactory(partnership=record)
    assert "Partnership: No." not in told(record).replace(before, "")
    assert "Status" not in told(record)


def test_statement_is_told_with_its_source_and_its_value() -> None:
    record = PartnershipFactory()
    source = SourceFactory(title="Stadt Duisburg", language="de")
    StatementFactory(partnership=record, source=source, fact="since", value="2019-05")
    said = "Statement: “Stadt Duisburg” on: year from which it is counted – added"
    assert f"{said} [Fact: None → year from which it is counted; Value: None → May 2019" in told(record)


def test_deleted_party_is_named_by_what_it_was() -> None:
    record = PartnershipFactory()
    party = PartyFactory(partnership=record, place=HromadaFactory(name_uk="Зникла", name_en="Znykla"))
    Party.objects.filter(pk=party.pk).delete()
    text = told(record)
    assert "Party: Znykla – added" in text
    assert "Party: Znykla – removed" in text


def test_statement_about_an_event_that_is_gone_still_names_it() -> None:
    record = PartnershipFactory()
    milestone = MilestoneFactory(partnership=record, type="decision")
    StatementFactory(milestone=milestone)
    milestone.delete()
    assert "Milestone: None → decision (happened)" in told(record)


def test_bulk_update_of_an_english_column_is_told() -> None:
    record = PartnershipFactory(why_en="Old reason")
    Partnership.objects.update(why_en="New reason")
    assert "Why these partners (English): Old reason → New reason" in told(record)


def test_steps_are_transactions_with_the_latest_first(client: Client) -> None:
    """One step here: the test is one transaction. Its rows stand in the order of writing."""
    record = PartnershipFactory()
    MilestoneFactory(partnership=record, type="decision")
    AgreementFactory(partnership=record, title="Угода")
    entries = entries_of(record)
    (step,) = record_steps(entries, transactions_of(entries))
    kinds = [entry.table_name for entry in entries.order_by("pk")]
    assert [change.operation for change in step.step.changes] == ["insert"] * len(kinds)
    assert kinds[-1] == "partnerships_agreement"


def test_history_of_a_record_holds_nothing_of_others() -> None:
    record, other = PartnershipFactory(), PartnershipFactory()
    MilestoneFactory(partnership=other, type="renewal")
    assert "renewal" not in told(record)


def test_history_of_merged_records_belongs_to_the_one_that_is_kept() -> None:
    record, merged = PartnershipFactory(), PartnershipFactory()
    MilestoneFactory(partnership=merged, type="renewal")
    Partnership.objects.filter(pk=merged.pk).update(visibility="withdrawn", merged_into=record)
    assert "renewal" in told(record)
    assert f"Merged into:  → No. {record.number}" in told(record)


# --- Who and why ------------------------------------------------------------------------------------------


def test_public_reads_a_role_and_a_reason_and_never_a_person(client: Client) -> None:
    user = registrar()
    record = PartnershipFactory()
    with attributed(user, "The city wrote that the name was wrong"):
        Partnership.objects.filter(pk=record.pk).update(why_en="Because")
    text = page(client, record)
    assert "Registrar. Reason: The city wrote that the name was wrong" in text
    assert CANARY not in text
    assert "canary@" not in text


def test_staff_reads_which_person() -> None:
    record = PartnershipFactory()
    with attributed(registrar()):
        Partnership.objects.filter(pk=record.pk).update(why_en="Because")
    entries = entries_of(record)
    steps = record_steps(entries, transactions_of(entries), names_persons=True)
    assert CANARY in steps[0].who


def test_address_of_the_admin_is_no_reason(client: Client) -> None:
    record = PartnershipFactory()
    with attributed(registrar(), "/admin/partnerships/partnership/1/change/"):
        Partnership.objects.filter(pk=record.pk).update(why_en="Because")
    assert "/admin/" not in page(client, record)


@pytest.mark.parametrize(
    ("reason", "who"), [("load_partnerships", "loading of the shipped tables"), ("", "the system")]
)
def test_change_without_a_person_names_the_way_it_came(reason: str, who: str) -> None:
    with attributed(None, reason):
        record = PartnershipFactory()
    assert told(record).startswith(f"{who} / \n")


def test_import_is_named_by_its_file() -> None:
    record = PartnershipFactory()
    number = AuditEntry.objects.latest("pk").transaction_id
    ImportBatch.objects.create(
        source=SourceFactory(), file_name="register.xlsx", shape="pairs", transactions=[number]
    )
    assert "import of the file “register.xlsx”" in told(record)


def test_cells_of_source_rows_are_not_for_the_public(client: Client) -> None:
    record = PartnershipFactory()
    SourceRowFactory(partnership=record, cells={"contact": CANARY}, reason=CANARY, outcome="doubtful")
    assert SourceRow.objects.filter(partnership=record).exists()
    assert CANARY not in page(client, record)


# --- The page ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["uk", "en"])
def test_markup_in_names_reasons_and_values_is_shown_as_text(client: Client, language: str) -> None:
    attack = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    with attributed(registrar(), reason=attack):
        record = PartnershipFactory(
            ua=HromadaFactory(name_uk=attack[:90], name_en=attack[:90]), why_uk=attack, why_en=attack
        )
        StatementFactory(partnership=record, source__title=attack, fact="note", value=attack)
        AgreementFactory(partnership=record, title=attack)
    text = page(client, record, language)
    assert "<img" not in text
    assert "<script>alert" not in text
    assert escape(attack) in text


def test_draft_has_no_history_for_the_public(client: Client) -> None:
    record = PartnershipFactory(draft=True)
    address = f"/uk/partnerships/{record.number}-{record.slug}/history/"
    assert client.get(address).status_code == 404
    assert client.get("/uk/partnerships/999999-x/history/").status_code == 404


def test_withdrawn_record_tells_that_it_was_withdrawn_and_nothing_that_it_said(client: Client) -> None:
    record = PartnershipFactory(why_uk=CANARY, signed=True)
    StatementFactory(partnership=record, fact="note", value=CANARY)
    Partnership.objects.filter(pk=record.pk).update(
        visibility="withdrawn", withdrawn_because_en="Recorded by mistake"
    )
    text = page(client, record)
    assert "Recorded by mistake" in text
    assert CANARY not in text
    assert "signing" not in text


def test_merged_record_leads_to_the_history_that_holds_its_own(client: Client) -> None:
    record, merged = PartnershipFactory(), PartnershipFactory()
    Partnership.objects.filter(pk=merged.pk).update(visibility="withdrawn", merged_into=record)
    answer = client.get(f"/uk/partnerships/{merged.number}-{merged.slug}/history/")
    assert answer.status_code == 301
    assert f"/{record.number}-" in answer.headers["Location"]


def test_merged_record_does_not_lead_to_a_draft(client: Client) -> None:
    """Whose address would name its parties."""
    draft, merged = PartnershipFactory(draft=True), PartnershipFactory()
    Partnership.objects.filter(pk=merged.pk).update(visibility="withdrawn", merged_into=draft)
    answer = client.get(f"/uk/partnerships/{merged.number}-{merged.slug}/history/")
    assert answer.status_code == 200


def test_wrong_slug_leads_to_the_address(client: Client) -> None:
    record = PartnershipFactory()
    answer = client.get(f"/en/partnerships/{record.number}-wrong/history/")
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith(f"-{record.slug}/history/")


@pytest.mark.parametrize("asked", [{"page": "99"}, {"page": "x'"}, {"per_page": "1e9"}])
def test_page_that_does_not_exist_is_named(client: Client, asked: dict[str, str]) -> None:
    assert escape(next(iter(asked.values()))) in page(client, PartnershipFactory(), **asked)


def number_of_queries(client: Client, record: Partnership) -> int:
    address = f"/en/partnerships/{record.number}-{record.slug}/history/"
    with override("en"), CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_number_of_queries_does_not_grow_with_the_history(client: Client) -> None:
    user = registrar()

    def written(times: int) -> Partnership:
        record = PartnershipFactory()
        with attributed(user, "many"):
            for n in range(times):
                milestone = MilestoneFactory(partnership=record, date=str(1990 + n))
                StatementFactory(milestone=milestone)
                PartyFactory(partnership=record)
                Milestone.objects.filter(pk=milestone.pk).update(
                    follows=Statement.objects.get(milestone=milestone)
                )
        return record

    assert number_of_queries(client, written(1)) == number_of_queries(client, written(15)) == 14
