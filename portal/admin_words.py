"""Texts of Django's admin that our catalogues say anew.

Django's Ukrainian puts the name of a model into sentences that ask for another case («Виберіть новина»).
A catalogue of the project goes before those of the packages, so it is enough that the texts are found here.
"""

from django.utils.translation import gettext_noop as _

WORDS = (
    _("Select %s"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("Add %s"),
    _("Change %s"),
    _("View %s"),
    _("Add %(name)s"),
    _("Add another %(verbose_name)s"),
    _(" By %(filter_title)s "),
    _("Go"),
    _("Start typing to filter…"),
    _("Enter a valid email address."),
)
