from django.http import HttpRequest, HttpResponse


def news_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def article(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    return HttpResponse("")
