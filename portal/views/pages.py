"""Home, the section front, statements: pages that gather what several apps know."""

from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
