"""Who signs in, and for which hromadas an officer acts."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import MembershipKind
from accounts.querysets import MembershipQuerySet
from core.history import RecordsHistory, RefusesTruncate
from places.models import Place


class UserManager(BaseUserManager["User"]):
    """Accounts are named by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person with an account: ministry editor, registrar or community officer."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"))
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("full name"), max_length=160, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("There is an account with this e-mail address."),
            ),
            # The whole column is unique as well, so that Django may take it as the account's name.
            models.UniqueConstraint(fields=["email"], name="user_email_unique"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name or self.email


class Membership(models.Model):
    """An officer acts for a hromada, from a day to a day. Ending it ends the right at once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("user"))
    hromada = models.ForeignKey(Place, models.PROTECT, related_name="memberships", verbose_name=_("hromada"))
    kind = models.CharField(_("kind"), max_length=8, choices=MembershipKind, default=MembershipKind.OFFICER)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["hromada", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day is before the first one."),
            ),
        ]
        triggers = [RecordsHistory(), RefusesTruncate()]

    def __str__(self) -> str:
        return f"{self.user} – {self.hromada}"
