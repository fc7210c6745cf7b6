"""What else a place is called and known by: other names and codes, with their time."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import EDTFField, SortKey, edtf_valid
from core.history import RecordsHistory, RefusesTruncate
from places.enums import CodeScheme, NameKind
from places.models.place import Place


class PlaceName(models.Model):
    """Another name of a place: former, historical, in another language, or another spelling."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="other_names", verbose_name=_("place"))
    text = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=3, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=NameKind)
    valid_from = EDTFField(_("valid from"))
    valid_to = EDTFField(_("valid to"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["kind", "text"]
        constraints = [
            models.UniqueConstraint(
                name="placename_once",
                fields=["place", "text", "language", "kind"],
                violation_error_message=_("The place already has this name."),
            ),
            models.CheckConstraint(name="placename_not_empty", condition=~Q(text="")),
            edtf_valid("valid_from", "valid_to", name="placename_dates"),
        ]
        indexes = [GinIndex(OpClass(SortKey("text"), name="gin_trgm_ops"), name="placename_trgm")]
        triggers = [RecordsHistory(), RefusesTruncate()]

    def __str__(self) -> str:
        return self.text


class PlaceCode(models.Model):
    """A code of a place in some scheme, with its time. Today's KATOTTG code stands on the place itself."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="codes", verbose_name=_("place"))
    scheme = models.CharField(_("scheme"), max_length=16, choices=CodeScheme)
    value = models.CharField(_("code"), max_length=40)
    valid_from = EDTFField(_("valid from"))
    valid_to = EDTFField(_("valid to"))

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = [
            models.UniqueConstraint(name="placecode_once", fields=["place", "scheme", "value"]),
            models.CheckConstraint(name="placecode_not_empty", condition=~Q(value="")),
            edtf_valid("valid_from", "valid_to", name="placecode_dates"),
        ]
        indexes = [models.Index(fields=["scheme", "value"], name="placecode_lookup")]
        triggers = [RecordsHistory(), RefusesTruncate()]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"
