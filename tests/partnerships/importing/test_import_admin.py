"""Imports in the admin: bringing a file, seeing what it would do, accepting and taking back; and who may."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from partnerships.admin import importing as import_admin
from partnerships.enums import BatchStatus
from partnerships.importing import running
from partnerships.models import ImportBatch, ImportRun, Partnership, Source, Statement
from places.models import Place
from tests.factories.partnerships import SourceFactory
from tests.partnerships.importing.desk import staff
from tests.partnerships.importing.fakes import DOUBTFUL, IMPOSSIBLE, ODYNTSEVE, write_csv
from tests.partnerships.importing.register_state import register_state

pytestmark = pytest.mark.django_db
ADD = "admin:partnerships_importbatch_add"
Commits = Callable[..., Any]


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> list[int]:
    """What would be started as a process of its own, here in the same one."""
    settings.STATE_DIR = tmp_path / "state"
    started: list[int] = []

    def launch(batch: int) -> None:
        started.append(batch)
        running.perform(batch)

    monkeypatch.setattr(running, "launch", launch)
    return started


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    return write_csv(tmp_path / "list.csv", ODYNTSEVE, DOUBTFUL, IMPOSSIBLE).read_bytes()


def bring(client: Client, content: bytes, name: str = "list.csv", **fields: Any) -> Any:
    given = {"title": "A list", "grade": "C"} if not fields.get("source") else {}
    return client.post(reverse(ADD), {"file": SimpleUploadedFile(name, content), **given, **fields})


def page(batch: ImportBatch, name: str = "change") -> str:
    return reverse(f"admin:partnerships_importbatch_{name}", args=[batch.pk])


@pytest.fixture
def batch(
    client: Client,
    registrar: User,
    places: dict[str, Place],
    content: bytes,
    launched: list[int],
    django_capture_on_commit_callbacks: Commits,
) -> ImportBatch:
    with django_capture_on_commit_callbacks(execute=True):
        bring(client, content)
    return ImportBatch.objects.get()


def test_a_file_is_read_and_tried_and_nothing_gets_into_the_register(
    batch: ImportBatch, client: Client, registrar: User
) -> None:
    assert (batch.status, batch.created_by, batch.rows.count()) == (BatchStatus.TRIED, registrar, 3)
    assert not Partnership.objects.exists()
    text = client.get(page(batch)).content.decode()
    assert "Дата підписання" in text
    assert "31.02.2023" in text
    assert f"batch__id__exact={batch.pk}&amp;outcome__exact=new" in text
    assert (
        client.get(
            f"{reverse('admin:partnerships_sourcerow_changelist')}?batch__id__exact={batch.pk}&outcome__exact=new"
        )
        .content.decode()
        .count("Одинцівська")
        == 1
    )
    assert not running.uploaded(batch).exists()


def test_a_batch_is_accepted_and_taken_back_after_a_question(
    batch: ImportBatch, client: Client, registrar: User, django_capture_on_commit_callbacks: Commits
) -> None:
    assert client.get(page(batch, "accept")).status_code == 200
    assert not Partnership.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(batch, "accept"))
    batch.refresh_from_db()
    assert (batch.status, batch.accepted_by) == (BatchStatus.ACCEPTED, registrar)
    assert Statement.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(batch, "revert"))
    batch.refresh_from_db()
    assert (batch.status, batch.reverted_by) == (BatchStatus.REVERTED, registrar)
    assert not Statement.objects.exists()


def test_the_report_is_a_file_with_a_line_for_each_row(batch: ImportBatch, client: Client) -> None:
    answer: Any = client.get(page(batch, "report"))
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0].startswith("row,outcome,ua_katottg")
    assert [line.split(",")[1] for line in lines[1:]] == ["new", "doubtful", "refused"]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_known_source_may_be_chosen(
    client: Client, registrar: User, places: dict[str, Place], content: bytes, launched: list[int]
) -> None:
    source = SourceFactory()
    bring(client, content, source=source.pk)
    assert ImportBatch.objects.get().source == source
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "source"),
        ({"grade": ""}, "grade"),
        ({"grade": "Z"}, "grade"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"read_on": "31.02.2023"}, "read_on"),
        ({"sheet": "Аркуш1"}, "file"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    client: Client, registrar: User, content: bytes, fields: dict[str, str], field: str
) -> None:
    answer = bring(client, content, publisher="Typed before", **fields)
    assert answer.status_code == 200
    assert answer.context["form"].errors.get(field)
    assert "Typed before" in answer.content.decode()
    assert not ImportBatch.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.xlsx", b"PK\x03\x04" + b"\0" * 200),
        ("page.csv", b"<html><body>no table</body></html>"),
        ("empty.csv", b""),
        ("../../etc/passwd", b"\x7fELF\0\0"),
        ('"><img src=x onerror=alert(1)>.csv', b"a,b\n1,2\n"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(
    client: Client, registrar: User, name: str, content: bytes
) -> None:
    answer = bring(client, content, name)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert "<img src=x" not in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    client: Client, registrar: User, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("the file was read")

    monkeypatch.setattr(import_admin, "open_table", never)
    monkeypatch.setattr(import_admin, "LARGEST_UPLOAD", 10)
    answer = bring(client, content)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_a_request_that_no_page_could_take_is_refused_before_its_file_is_stored(
    client: Client, registrar: User, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.uploads.LARGEST_REQUEST", 1000)
    assert bring(client, content * 50).status_code == 400
    assert not ImportBatch.objects.exists()


def test_a_name_of_a_file_leads_out_of_no_folder(
    client: Client,
    registrar: User,
    places: dict[str, Place],
    content: bytes,
    launched: list[int],
    settings: Any,
) -> None:
    bring(client, content, "..\\..\\list.csv")
    batch = ImportBatch.objects.get()
    kept = running.uploaded(batch)
    assert kept.resolve().parent == (settings.STATE_DIR / "imports").resolve()
    assert kept.parent.stat().st_mode & 0o077 == 0


def test_work_that_stopped_can_be_run_again(
    client: Client,
    registrar: User,
    places: dict[str, Place],
    content: bytes,
    launched: list[int],
    django_capture_on_commit_callbacks: Commits,
) -> None:
    bring(client, content)  # nothing is started: the process died
    batch = ImportBatch.objects.get()
    assert "data-import-busy" in client.get(page(batch)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(batch, "again"))
    assert launched == []
    ImportRun.objects.update(seen_at=timezone.now() - 2 * running.SILENCE)
    assert page(batch, "again") in client.get(page(batch)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(batch, "again"))
    assert launched == [batch.pk]
    assert batch.rows.count() == 3


def test_an_import_is_not_accepted_twice_at_once(
    batch: ImportBatch, client: Client, launched: list[int], django_capture_on_commit_callbacks: Commits
) -> None:
    launched.clear()
    client.post(page(batch, "accept"))  # is being worked on
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(batch, "accept"))
        client.post(page(batch, "revert"))
    assert launched == []


def test_work_that_fails_says_why_and_changes_nothing(
    batch: ImportBatch,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    before = register_state()

    def broken(*_args: Any) -> None:
        raise RuntimeError("the secret of the machine")

    monkeypatch.setattr("partnerships.importing.running.batches.accept", broken)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(batch, "accept"))
    text = client.get(page(batch)).content.decode()
    assert ImportRun.objects.get().problem in text
    assert "secret" not in text
    assert register_state() == before


def test_an_editor_brings_accepts_and_reads_nothing(
    batch: ImportBatch, client: Client, content: bytes
) -> None:
    client.force_login(staff(Role.EDITOR))
    before = register_state()
    assert bring(client, content).status_code == 403
    for name in ("accept", "revert", "again"):
        assert client.post(page(batch, name)).status_code == 403
    for name in ("change", "report", "accept", "revert"):
        assert client.get(page(batch, name)).status_code == 403
    assert register_state() == before
    assert ImportBatch.objects.count() == 1


def test_a_post_needs_the_token_of_its_form(batch: ImportBatch, registrar: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(registrar)
    for name in ("accept", "revert", "again"):
        assert strict.post(page(batch, name)).status_code == 403


def test_forged_fields_change_nothing_of_a_batch(batch: ImportBatch, client: Client) -> None:
    forged = {"status": "accepted", "source": "999", "digest": "x", "file_name": "forged"}
    client.post(page(batch), forged)
    batch.refresh_from_db()
    assert (batch.status, batch.file_name) == (BatchStatus.TRIED, "list.csv")
    assert client.post(reverse("admin:partnerships_importbatch_delete", args=[batch.pk])).status_code == 403
