"""What robots may read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

CLOSED = (
    "/admin/",
    "/accounts/",
    "/uk/desk/",
    "/en/desk/",
    "/uk/contact/",
    "/en/contact/",
    "/uk/search/",
    "/en/search/",
)


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
