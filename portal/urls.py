"""The URL contract of the portal: public pages under /uk/ and /en/, the rest without a language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from partnerships.views.export import open_data
from portal.gallery import gallery
from portal.sitemaps import sitemaps
from portal.views import contact, desk, health, pages, places, references, robots
from search import views as search_views

place_patterns = [
    re_path(r"^ua/(?P<katottg>UA\d{17})/$", places.ukrainian_place, name="ukrainian"),
    re_path(r"^(?P<iso2>[a-z]{2})/$", places.country, name="country"),
    re_path(r"^(?P<iso2>[a-z]{2})/(?P<slug>[a-z0-9-]+)/$", places.foreign_place, name="foreign"),
]

desk_patterns: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="home"),
    path("seeking/", include("seeking.desk_urls")),
]

urlpatterns = [
    # The visitor's language, Ukrainian by default; the language middleware has chosen it.
    path("", pages.to_language, name="root"),
    path("admin/", admin.site.urls),
    path("accounts/after-sign-in/", desk.after_sign_in, name="after_sign_in"),
    path("accounts/", include("accounts.urls")),
    path("id/<slug:type>/<str:identifier>", references.by_identifier, name="by_identifier"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", robots.robots, name="robots"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": sitemaps(), "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<slug:section>.xml", sitemap_views.sitemap, {"sitemaps": sitemaps()}, name="sitemap_section"
    ),
    path(
        "favicon.ico",
        RedirectView.as_view(url=f"{settings.STATIC_URL}icons/favicon.svg", permanent=False),
        name="favicon",
    ),
]

if settings.DEBUG:
    # Every component and kind of page with samples, for whoever works on the look.
    urlpatterns.append(path("gallery/", gallery, name="gallery"))

urlpatterns += i18n_patterns(
    path("", pages.home, name="home"),
    path("recovery/", pages.recovery, name="recovery"),
    path("recovery/methodology/", pages.statement("methodology"), name="methodology"),
    path("open-data/", open_data, name="open_data"),
    path("about/", pages.statement("about"), name="about"),
    path("privacy/", pages.statement("privacy"), name="privacy"),
    path("accessibility/", pages.statement("accessibility"), name="accessibility"),
    path("contact/", contact.contact, name="contact"),
    path("search/", search_views.search, name="search"),
    path("desk/", include((desk_patterns, "desk"))),
    path("news/", include("news.urls")),
    path("partnerships/", include("partnerships.urls")),
    path("seeking/", include("seeking.urls")),
    path("guidelines/", include("guidelines.urls")),
    path("places/", include((place_patterns, "places"))),
)
