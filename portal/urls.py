"""The URL contract of the portal: public pages under /uk/ and /en/, the rest without a language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from portal.views import pages, places

place_patterns = [
    re_path(r"^ua/(?P<katottg>UA\d{17})/$", places.ukrainian_place, name="ukrainian"),
    re_path(r"^(?P<iso2>[a-z]{2})/$", places.country, name="country"),
    re_path(r"^(?P<iso2>[a-z]{2})/(?P<slug>[a-z0-9-]+)/$", places.foreign_place, name="foreign"),
]

urlpatterns = []
urlpatterns += i18n_patterns(
    path("", pages.home, name="home"),
    path("recovery/", pages.home, name="recovery"),
    path("recovery/methodology/", pages.home, name="methodology"),
    path("about/", pages.home, name="about"),
    path("privacy/", pages.home, name="privacy"),
    path("accessibility/", pages.home, name="accessibility"),
    path("contact/", pages.home, name="contact"),
    path("search/", pages.home, name="search"),
    path("desk/", include(([path("", pages.home, name="home")], "desk"))),
    path("news/", include("news.urls")),
    path("partnerships/", include("partnerships.urls")),
    path("guidelines/", include("guidelines.urls")),
    path("places/", include((place_patterns, "places"))),
)
