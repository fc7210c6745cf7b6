"""The register: what the address asks for, with facets, page by page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.kept import state_of_values
from core.pagination import choose_page
from partnerships.register_page import FrameRows, declared, frame_of, sorting


def partnership_list(request: HttpRequest) -> HttpResponse:
    today, state = timezone.localdate(), state_of_values(request)
    frame = frame_of(declared(request.GET), today, state)
    choice = choose_page(FrameRows(frame, today, state), request.GET, count=frame.total)
    context = {
        "frame": frame,
        "choice": choice,
        "page_obj": choice.page,
        "sorting": sorting(frame, choice.per_page, state),
        "rows": SafeString("".join(f'<li class="record">{row.html}</li>\n' for row in choice.page)),
        "crumbs": [(_("Home"), reverse("home")), (_("Register of partnerships"), "")],
    }
    return render(request, "partnerships/partnership_list.html", context)
