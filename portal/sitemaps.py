"""Addresses of everything public, in both languages."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db import models
from django.urls import reverse

from core.languages import LANGUAGES
from core.registry import Kind, kinds


class PortalSitemap(Sitemap[Any]):
    """Each address in both languages, with its counterpart named."""

    i18n = True
    languages = list(LANGUAGES)
    alternates = True
    limit = 2000
    protocol = "https" if settings.HTTPS else "http"

    def get_domain(self, site: Any = None) -> str:
        return settings.SITE_URL.partition("://")[2]


class KindSitemap(PortalSitemap):
    """All public things of one kind."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def items(self) -> models.QuerySet[Any]:
        return (self.kind.with_page or self.kind.public)().order_by("pk")


class PagesSitemap(PortalSitemap):
    """Pages that stand for no record."""

    def items(self) -> list[str]:
        return [
            "home",
            "news:list",
            "recovery",
            "methodology",
            "partnerships:list",
            "partnerships:watch",
            "partnerships:differences",
            "seeking:list",
            "guidelines:list",
            "open_data",
            "about",
            "privacy",
            "accessibility",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


def sitemaps() -> dict[str, PortalSitemap]:
    return {"pages": PagesSitemap()} | {kind.type: KindSitemap(kind) for kind in kinds()}
