from django.http import HttpRequest, HttpResponse


def country(request: HttpRequest, iso2: str) -> HttpResponse:
    return HttpResponse("")


def ukrainian_place(request: HttpRequest, katottg: str) -> HttpResponse:
    return HttpResponse("")


def foreign_place(request: HttpRequest, iso2: str, slug: str) -> HttpResponse:
    return HttpResponse("")
