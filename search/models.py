"""One index over everything public that the apps declare in `core.registry`."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.querysets import SearchEntryQuerySet


class SearchEntry(models.Model):
    """What search holds of one thing in one language. Rebuilt from the things themselves; holds no facts."""

    type = models.CharField(_("type"), max_length=20)
    object_id = models.BigIntegerField(_("object"))
    language = models.CharField(_("language"), max_length=2)
    title = models.TextField(_("title"))
    #: Title and other names, folded (small letters, no accents, one apostrophe): for exact and fuzzy matches.
    names = ArrayField(models.TextField(), verbose_name=_("names"))
    names_text = models.TextField(_("names as one text"), default="")
    #: Lemmas of all words: title A, names and context B, body C.
    lemmas = SearchVectorField(_("lemmas"))
    weight = models.FloatField(_("weight"), default=0)
    visible_from = models.DateTimeField(_("public from"), null=True)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(name="searchentry_once", fields=["type", "object_id", "language"])
        ]
        indexes = [
            GinIndex(fields=["lemmas"], name="searchentry_lemmas"),
            GinIndex(fields=["names"], name="searchentry_names"),
            GinIndex(fields=["names_text"], opclasses=["gin_trgm_ops"], name="searchentry_trgm"),
        ]

    def __str__(self) -> str:
        return self.title
