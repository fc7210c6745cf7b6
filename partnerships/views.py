from django.http import HttpRequest, HttpResponse


def partnership_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def partnership_detail(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    return HttpResponse("")
