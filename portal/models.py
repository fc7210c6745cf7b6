"""What visitors tell us about errors."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ErrorReport(models.Model):
    """A message from a visitor, about a record or about the portal."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        IN_WORK = "in_work", _("in work")
        DONE = "done", _("done")

    about = models.CharField(_("about"), max_length=120, blank=True)
    page = models.CharField(_("page"), max_length=500, blank=True)
    message = models.TextField(_("message"), max_length=5000)
    email = models.EmailField(_("e-mail for an answer"), blank=True)
    language = models.CharField(_("language"), max_length=2)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.NEW)
    answer_note = models.TextField(_("what was done"), blank=True)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.about or self.message[:60]


class LoadedData(models.Model):
    """Which edition of the shipped tables each loading step has seen, so that a later start can skip it."""

    step = models.CharField(max_length=40, unique=True)
    fingerprint = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("loaded data")
        verbose_name_plural = _("loaded data")

    def __str__(self) -> str:
        return self.step
