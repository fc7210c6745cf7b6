from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = _("Register of partnerships")

    def ready(self) -> None:
        from partnerships import search  # noqa: F401  declares what search finds
