"""Rows of source tables, and the page on which registrars work through the doubtful ones."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from core.admin import PortalModelAdmin
from partnerships.admin.review_form import ReviewForm
from partnerships.enums import RowDecision
from partnerships.importing import deciding, reviewing
from partnerships.importing.deciding import DecidedMeanwhile, SeveralRecords
from partnerships.importing.reviewing import Scope, Sheet
from partnerships.importing.turns import SomebodyElseWrites
from partnerships.models import Partnership, SourceRow

LONGEST_SHOWN = 160


class DecisionFilter(admin.SimpleListFilter):
    """Rows by what a person decided about them."""

    title = gettext_lazy("decision")
    parameter_name = "decision"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        waiting = ("waiting", _("waits for a decision"))
        return [waiting, *((code, label) for code, label in RowDecision.choices if code)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[SourceRow]) -> QuerySet[SourceRow]:
        if self.value() == "waiting":
            return queryset.filter(pk__in=SourceRow.objects.undecided())
        if self.value() in RowDecision.values:
            return queryset.filter(decision=self.value())
        return queryset


@admin.register(SourceRow)
class SourceRowAdmin(PortalModelAdmin[SourceRow]):
    """Rows as they were read; they are decided on the review page only."""

    change_list_template = "admin/partnerships/sourcerow/change_list.html"
    list_display = ("ukrainian_side", "foreign_side", "outcome", "reason", "table", "partnership_number")
    list_filter = ("outcome", DecisionFilter, "source__grade")
    search_fields = ("reason", "cells", "source__slug", "=partnership__number")
    list_select_related = ("source", "partnership", "batch")
    fields = (
        ("source", "batch", "line"),
        "cells_in_words",
        ("outcome", "reason"),
        "candidates",
        ("decision", "decided_by", "decided_at"),
        "decided_because",
        ("decided_ua", "decided_foreign"),
        "partnership",
    )
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What a row says and became is no form: decisions have a page of their own."""
        return [name for line in self.fields for name in ([line] if isinstance(line, str) else line)]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed on the row's own page; the review asks for the right by itself."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == "batch__id__exact" or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    @admin.display(description=gettext_lazy("Ukrainian side"))
    def ukrainian_side(self, row: SourceRow) -> str:
        if row.reading:
            return _named(row.reading["ukrainian"]) or row.reading["title"][:LONGEST_SHOWN]
        parts = (row.cells.get("ua_text") or row.cells.get("ua_text_en"), row.cells.get("ua_oblast"))
        return ", ".join(filter(None, parts)) or self.empty_value_display

    @admin.display(description=gettext_lazy("foreign side"))
    def foreign_side(self, row: SourceRow) -> str:
        if row.reading:
            return _named(row.reading["foreign"]) or self.empty_value_display
        parts = (row.cells.get("foreign_text"), row.cells.get("foreign_iso2"))
        return ", ".join(filter(None, parts))[:LONGEST_SHOWN] or self.empty_value_display

    @admin.display(description=gettext_lazy("table and row"))
    def table(self, row: SourceRow) -> str:
        return f"{(row.batch.file_name if row.batch else row.source.slug)[:40]} {row.line}"

    @admin.display(description=gettext_lazy("partnership"))
    def partnership_number(self, row: SourceRow) -> int | None:
        return row.partnership.number if row.partnership else None

    @admin.display(description=gettext_lazy("cells"))
    def cells_in_words(self, row: SourceRow) -> str:
        return "\n".join(f"{header}: {value}" for header, value in reviewing.cells_of(row))

    # --- the review --------------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("review/", view(self.review), name="partnerships_sourcerow_review"),
            path("review/undo/", view(self.undo), name="partnerships_sourcerow_undo"),
            *super().get_urls(),
        ]

    def review(self, request: HttpRequest) -> HttpResponse:
        """One doubtful row to be decided; a POST decides it and leads to the next."""
        user = _registrar(request)
        scope = _scope(request)
        row = _row_asked(request, scope)
        if row is None:
            return self._page(request, scope, user)
        sheet = reviewing.sheet_of(row)
        form = ReviewForm(request.POST if request.method == "POST" else None, sheet=sheet)
        if request.method == "POST":
            if row.decision:
                return self._decided_by_another(request, scope, row)
            answer, form = self._decide(request, scope, user, sheet, form)
            if answer is not None:
                return answer
        return self._page(request, scope, user, sheet, form)

    def _decide(
        self, request: HttpRequest, scope: Scope, user: User, sheet: Sheet, form: ReviewForm
    ) -> tuple[HttpResponse | None, ReviewForm]:
        """The answer where it is decided; else the form with what is wrong beside its fields."""
        refuse = request.POST.get("action") == "refuse"
        if not refuse and "record" in request.POST:
            form = ReviewForm(request.POST, sheet=sheet, records=_records(request.POST.getlist("asked")))
        valid = form.is_valid()
        if not valid and not refuse:
            return None, form
        reason, all_alike = form.cleaned_data.get("reason", ""), form.cleaned_data.get("with_alike", False)
        try:
            if refuse:
                form = ReviewForm(initial=request.POST.dict(), sheet=sheet)
                rows = deciding.refuse_row(sheet.row, user, reason, with_alike=all_alike)
            else:
                rows = deciding.accept_row(sheet.row, form.meant, user, reason, with_alike=all_alike)
        except DecidedMeanwhile:
            return self._decided_by_another(request, scope, sheet.row), form
        except SomebodyElseWrites as error:
            messages.warning(request, str(error))
        except SeveralRecords as error:
            form = ReviewForm(request.POST, sheet=sheet, records=_records(error.records))
            form.add_error("record", error.reason)
        except ValidationError as error:
            if refuse:
                form.reason_errors = error.messages
            else:
                messages.error(request, " ".join(error.messages))
        else:
            return self._went_on(request, scope, sheet.row, rows), form
        return None, form

    def _went_on(
        self, request: HttpRequest, scope: Scope, row: SourceRow, rows: list[SourceRow]
    ) -> HttpResponse:
        words = ngettext("%(count)s row is decided.", "%(count)s rows are decided.", len(rows))
        messages.success(request, words % {"count": len(rows)})
        following = scope.after(row.pk)
        return redirect(_address(scope, following.pk if following else None))

    def _decided_by_another(self, request: HttpRequest, scope: Scope, row: SourceRow) -> HttpResponse:
        current = SourceRow.objects.select_related("decided_by").get(pk=row.pk)
        told = {"who": current.decided_by or "—"}
        messages.warning(request, _("Nothing was saved: %(who)s has decided this row meanwhile.") % told)
        following = scope.after(row.pk)
        return redirect(_address(scope, following.pk if following else None))

    def undo(self, request: HttpRequest) -> HttpResponse:
        """Take a decision back (POST only)."""
        user = _registrar(request)
        scope = _scope(request)
        row = SourceRow.objects.filter(pk=_number(request.POST.get("row")) or 0).first()
        if request.method != "POST" or row is None:
            return redirect(_address(scope, None))
        try:
            result = deciding.undo(row, user)
        except DecidedMeanwhile:
            messages.warning(request, _("The decision was taken back meanwhile."))
        except SomebodyElseWrites as error:
            messages.warning(request, str(error))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The decision is taken back."))
            for line in result.kept:
                messages.warning(request, line)
        return redirect(_address(scope, row.pk))

    def _page(
        self,
        request: HttpRequest,
        scope: Scope,
        user: User,
        sheet: Sheet | None = None,
        form: ReviewForm | None = None,
    ) -> HttpResponse:
        done, every = scope.progress()
        following = scope.after(sheet.row.pk) if sheet else None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Doubtful rows"),
            "sheet": sheet,
            "form": form,
            "done": done,
            "every": every,
            "decisions": reviewing.last_decisions(user),
            "scope": urlencode(_query(scope)),
            "following": following,
        }
        if form is not None:
            context["media"] = self.media + form.media
        return TemplateResponse(request, "admin/partnerships/sourcerow/review.html", context)


def _named(parties: list[dict[str, Any]]) -> str:
    return "; ".join(party["text"] for party in parties)[:LONGEST_SHOWN]


def _registrar(request: HttpRequest) -> User:
    """Decisions write into the register, so they need the right to change rows and to make records.

    :raises PermissionDenied: the user has not both.
    """
    user = request.user
    if not isinstance(user, User) or not user.has_perms(
        ["partnerships.change_sourcerow", "partnerships.add_partnership"]
    ):
        raise PermissionDenied
    return user


def _scope(request: HttpRequest) -> Scope:
    asked = request.GET
    return Scope(_number(asked.get("batch")), _number(asked.get("source")))


def _row_asked(request: HttpRequest, scope: Scope) -> SourceRow | None:
    """The row of the address, while it waits; else the first that does. A POST is about no other row."""
    asked = _number(request.GET.get("row"))
    rows = SourceRow.objects.select_related("source", "batch")
    if asked is not None:
        row = rows.filter(pk=asked).first()
        if row is not None and (row.pk in _waiting(asked) or request.method == "POST"):
            return row
    return None if request.method == "POST" else scope.after(0)


def _waiting(key: int) -> set[int]:
    return set(SourceRow.objects.undecided().filter(pk=key).values_list("pk", flat=True))


def _records(keys: Any) -> list[Partnership]:
    known = [key for key in map(_number, map(str, keys)) if key]
    return list(Partnership.objects.filter(pk__in=known).with_parties().order_by("number"))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _query(scope: Scope) -> dict[str, int]:
    given = {"batch": scope.batch, "source": scope.source}
    return {name: value for name, value in given.items() if value is not None}


def _address(scope: Scope, row: int | None) -> str:
    query = _query(scope) | ({"row": row} if row else {})
    address = reverse("admin:partnerships_sourcerow_review")
    return f"{address}?{urlencode(query)}" if query else address
