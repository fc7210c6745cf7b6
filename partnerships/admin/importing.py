"""Imports: bring a file, see what would become of its rows, accept the batch, take it back."""

import shutil
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.admin import PortalModelAdmin
from partnerships.enums import BatchStatus, BatchTask, Grade, RowDecision, RowOutcome
from partnerships.importing import batches, reporting, running
from partnerships.importing.reading import FileUnusable, Table, open_table
from partnerships.importing.reading.meanings import MEANINGS
from partnerships.importing.sources import NewSource, source_told
from partnerships.models import ImportBatch, ImportRun, Source
from places.transliteration import transliterate

#: What a registrar may bring through a page; the command line takes more.
LARGEST_UPLOAD = 20 * 1024 * 1024


def _wide(widget: type[forms.Widget] = forms.TextInput) -> forms.Widget:
    return widget(attrs={"class": "vTextField"})


class UploadForm(forms.Form):
    """The file, and whose word it is: a source that is known, or a new one."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV or XLSX, up to 20 MB: the official register, the ministry's map, or pairs."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    sheet = forms.CharField(
        label=gettext_lazy("Sheet"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Only for a workbook of several sheets; else the one with the best header."),
    )
    source = forms.ModelChoiceField(
        Source.objects.order_by("title"), label=gettext_lazy("Source"), required=False
    )
    title = forms.CharField(
        label=gettext_lazy("Title of a new source"), required=False, max_length=400, widget=_wide()
    )
    grade = forms.ChoiceField(
        label=gettext_lazy("Grade of the new source"), required=False, choices=[("", "—"), *Grade.choices]
    )
    publisher = forms.CharField(
        label=gettext_lazy("Publisher"), required=False, max_length=200, widget=_wide()
    )
    url = forms.URLField(
        label=gettext_lazy("Address"), required=False, max_length=600, widget=_wide(forms.URLInput)
    )
    licence = forms.CharField(label=gettext_lazy("Licence"), required=False, max_length=300, widget=_wide())
    read_on = forms.DateField(
        label=gettext_lazy("Read on"), required=False, widget=AdminDateWidget, localize=False
    )

    table: Table
    told: Source

    def clean_file(self) -> UploadedFile:
        """The size is told before anything of the file is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_UPLOAD:
            raise ValidationError(
                _("The file has %(size)s MB. Up to 20 MB can be brought here; for more ask the operators.")
                % {"size": (file.size or 0) // (1024 * 1024)}
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._clean_source(cleaned)
        if cleaned.get("file"):
            try:
                self.table = open_table(cleaned["file"].file, cleaned["file"].name, cleaned.get("sheet", ""))
            except FileUnusable as error:
                self.add_error("file", error.reason)
        return cleaned

    def _clean_source(self, cleaned: dict[str, Any]) -> None:
        if source := cleaned.get("source"):
            self.told = source
            return
        if not cleaned.get("title"):
            self.add_error("source", _("Whose word is it? Choose a source, or name a new one below."))
            return
        if not cleaned.get("grade"):
            self.add_error("grade", _("Say how strong the new source is."))
            return
        texts = {name: cleaned.get(name) or "" for name in ("title", "grade", "publisher", "url", "licence")}
        try:
            self.told = source_told(NewSource(**texts, read_on=cleaned.get("read_on")))
        except ValidationError as error:
            self.add_error("title", error.messages)


@admin.register(ImportBatch)
class ImportBatchAdmin(PortalModelAdmin[ImportBatch]):
    """The list of imports; each has a page with its rows, and pages that ask before something is done."""

    list_display = ("file_name", "source", "status", "shape", "created_at", "created_by")
    list_filter = ("status", "shape")
    search_fields = ("file_name", "source__title")
    list_select_related = ("source", "created_by")
    ordering = ("-created_at", "-pk")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        steps = {"accept": self.accept, "revert": self.revert, "again": self.again, "report": self.report}
        return [
            *(
                path(f"<path:object_id>/{name}/", view(step), name=f"partnerships_importbatch_{name}")
                for name, step in steps.items()
            ),
            *super().get_urls(),
        ]

    # --- bringing ----------------------------------------------------------------------------------------
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Bring a file: its header is read at once, its rows in the background."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            batch = _keep(form, _user(request))
            self.log_addition(request, batch, [{"added": {}}])
            return redirect("admin:partnerships_importbatch_change", batch.pk)
        return self._page(
            request, "upload", title=_("Bring a table"), form=form, media=self.media + form.media
        )

    # --- one import --------------------------------------------------------------------------------------
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One import: how its header was read, what became of its rows, what can be done."""
        batch = self._batch(request, object_id)
        run = ImportRun.objects.filter(batch=batch).first()
        busy = run is not None and run.finished_at is None and not running.is_silent(run)
        return self._page(
            request,
            "batch",
            title=batch.file_name,
            original=batch,
            run=run,
            busy=busy,
            silent=run is not None and running.is_silent(run),
            columns=[(header, MEANINGS.get(meaning, "")) for header, meaning in batch.columns],
            outcomes=_outcomes(batch),
            waiting=batch.rows.filter(outcome=RowOutcome.DOUBTFUL, decision=RowDecision.NONE).count(),
            reasons=_reasons(batch),
            may_change=self.has_change_permission(request, batch) and not busy,
        )

    def report(self, request: HttpRequest, object_id: str) -> StreamingHttpResponse:
        """A line for each row, as CSV."""
        batch = self._batch(request, object_id)
        answer = StreamingHttpResponse(reporting.as_csv(batch), content_type="text/csv; charset=utf-8")
        name = slugify(transliterate(batch.file_name.rpartition(".")[0])) or "import"
        answer["Content-Disposition"] = f'attachment; filename="{name}-report.csv"'
        answer["Cache-Control"] = "no-store"
        return answer

    def accept(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, then let the rows become statements."""
        return self._step(request, object_id, BatchTask.ACCEPT, {BatchStatus.TRIED, BatchStatus.REVERTED})

    def revert(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, then take back what the batch wrote."""
        return self._step(request, object_id, BatchTask.REVERT, {BatchStatus.ACCEPTED})

    def again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Run work again that has stopped without an end, or failed (POST only)."""
        batch = self._batch(request, object_id, to_change=True)
        run = ImportRun.objects.filter(batch=batch).first()
        here = redirect("admin:partnerships_importbatch_change", batch.pk)
        if request.method != "POST" or run is None:
            return here
        if running.is_silent(run) or run.problem:
            running.start(batch, run.task, _user(request), run.total)
        return here

    def _step(self, request: HttpRequest, object_id: str, task: str, allowed: set[str]) -> HttpResponse:
        batch = self._batch(request, object_id, to_change=True)
        here = redirect("admin:partnerships_importbatch_change", batch.pk)
        run = ImportRun.objects.filter(batch=batch).first()
        if batch.status not in allowed or not batch.rows.exists():
            messages.warning(request, _("There is nothing to do: the import is no more as you saw it."))
            return here
        if run is not None and run.finished_at is None and not running.is_silent(run):
            messages.warning(request, _("The import is being worked on at this moment."))
            return here
        if request.method == "POST":
            running.start(batch, task, _user(request), batch.rows.count())
            self.log_change(request, batch, str(BatchTask(task).label))
            return here
        outcomes = _outcomes(batch)
        return self._page(
            request,
            "confirm",
            title=_("Accept the import?") if task == BatchTask.ACCEPT else _("Take the import back?"),
            original=batch,
            task=task,
            outcomes=outcomes,
        )

    def _batch(self, request: HttpRequest, object_id: str, *, to_change: bool = False) -> ImportBatch:
        """:raises PermissionDenied, Http404: the user may not see or change it; there is none."""
        batch = self.get_object(request, unquote(object_id))
        if not (self.has_change_permission if to_change else self.has_view_permission)(request, batch):
            raise PermissionDenied
        if batch is None:
            raise Http404
        return batch

    def _page(self, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/partnerships/importbatch/{name}.html", {**common, **context})

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportBatch]:
        return super().get_queryset(request).select_related("source")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _keep(form: UploadForm, user: User) -> ImportBatch:
    """Keep the batch and its file, and begin to read it."""
    source, file = form.told, form.cleaned_data["file"]
    if source.pk is None:
        source.save()
    batch = batches.new_batch(form.table, source, user)
    batch.save()
    where = running.uploaded(batch)
    where.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.seek(0)
    with where.open("wb") as kept:
        shutil.copyfileobj(file, kept)
    running.start(batch, BatchTask.READ, user, form.table.row_count)
    return batch


def _outcomes(batch: ImportBatch) -> list[dict[str, Any]]:
    """Each outcome with how many rows came to it, and the list of them."""
    counts = dict(batch.rows.order_by().values_list("outcome").annotate(Count("pk")))
    rows = reverse("admin:partnerships_sourcerow_changelist")
    return [
        {
            "label": outcome.label,
            "count": counts.get(outcome.value, 0),
            "address": f"{rows}?batch__id__exact={batch.pk}&outcome__exact={outcome.value}",
        }
        for outcome in RowOutcome
    ]


def _reasons(batch: ImportBatch) -> list[tuple[str, int]]:
    """The most frequent reasons of rows that belong to no record."""
    unsettled = batch.rows.filter(~Q(reason="")).order_by()
    counts = unsettled.values("reason").annotate(count=Count("pk")).order_by("-count", "reason")[:15]
    return [(row["reason"], row["count"]) for row in counts]
