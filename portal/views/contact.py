"""“Report an error”: a page of its own, never cached, because its form sets a cookie."""

from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.languages import current_language
from core.registry import kind_of
from portal.forms import ErrorReportForm

MAX_ABOUT = 120
MAX_PAGE = 500


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        form = ErrorReportForm(request.POST)
        if form.is_valid() and _may_write_more(request, form):
            if not form.is_from_a_program():
                form.instance.language = current_language()
                form.save()
            return redirect(f"{reverse('contact')}?{urlencode({'sent': 1})}")
    else:
        about = request.GET.get("about", "").replace("\0", "")[:MAX_ABOUT]
        form = ErrorReportForm(initial={"about": about, "page": _page_before(request)})
    return render(
        request,
        "portal/contact.html",
        {"form": form, "sent": "sent" in request.GET, "record": about_record(form["about"].value() or "")},
        status=422 if form.errors else 200,
    )


def _may_write_more(request: HttpRequest, form: ErrorReportForm) -> bool:
    """Few people write often; a program that does is told so, and what a person typed stays in the form."""
    if ratelimit.consume(request, action="contact"):
        return True
    form.add_error(None, _("Many messages have come from your address. Please try again in an hour."))
    return False


def _page_before(request: HttpRequest) -> str:
    """The page of ours that the visitor comes from, without its host."""
    referrer = request.headers.get("Referer", "")
    return (
        referrer.removeprefix(settings.SITE_URL)[:MAX_PAGE]
        if referrer.startswith(f"{settings.SITE_URL}/")
        else ""
    )


def about_record(about: str) -> Any | None:
    """The public record that `partnership:12` names; none where there is no such thing."""
    type_name, _colon, identifier = about.partition(":")
    kind = kind_of(type_name)
    return kind.find(identifier) if kind and identifier else None
