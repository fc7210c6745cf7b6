"""Accounts and memberships in the admin."""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User

# Where django-allauth keeps further addresses of an account; here each has the one of the account itself.
admin.site.unregister(EmailAddress)
# What a role may do stands in `accounts.roles` and is brought in line at each start.
admin.site.unregister(Group)


class MembershipInline(admin.TabularInline[Membership, User]):
    model = Membership
    extra = 0
    autocomplete_fields = ("hromada",)


@admin.register(User)
class PortalUserAdmin(UserAdmin):
    """Users by e-mail address, with their roles and the hromadas they serve."""

    ordering = ("email",)
    list_display = ("email", "full_name", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("email", "full_name")
    inlines = (MembershipInline,)
    fieldsets = (
        (None, {"fields": ("email", "full_name", "password")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("email", "full_name", "usable_password", "password1", "password2"),
            },
        ),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ("groups", "user_permissions")


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    """Who serves which hromada, and until when."""

    list_display = ("user", "hromada", "kind", "valid_from", "valid_to")
    list_filter = ("kind",)
    list_select_related = (
        "user",
        "hromada__centre",
        "hromada__parent__parent",
        "hromada__oblast",
        "hromada__country",
    )
    search_fields = ("user__email", "user__full_name", "hromada__name_uk", "hromada__katottg")
    autocomplete_fields = ("user", "hromada")
