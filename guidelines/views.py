from django.http import HttpRequest, HttpResponse


def chapter_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("")
