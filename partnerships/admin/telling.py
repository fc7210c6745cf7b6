"""What the database refuses comes back as an error of the form, with everything that was typed."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from partnerships.refusals import refused_in_words


class ToldForm(ModelForm):
    """A form that tells what the database refused when it was first saved."""

    request: HttpRequest | None = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        refused = getattr(self.request, "refused_by_database", None)
        if refused is not None:
            self.add_error(None, refused)
        return cleaned


class TellsRefusals(admin.ModelAdmin):
    """Forms explain what they can foresee; this is for the rest: rules across rows, and races."""

    form = ToldForm

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"request": request})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # Now, and not when somebody has been told already that it was saved.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            with refused_in_words():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            request.refused_by_database = error  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)


def may_change(model_admin: admin.ModelAdmin, request: HttpRequest, obj: models.Model | None = None) -> bool:
    """Whether who asks is a registrar who may change the object."""
    from accounts.roles import is_registrar

    return is_registrar(request.user) and model_admin.has_change_permission(request, obj)
