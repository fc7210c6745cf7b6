"""Every address of the portal by its URL name, with who may open it. A name that is not here fails a test."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


class Who(Enum):
    """Whom an address is for."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed in"
    #: A page that has a meaning only in the middle of signing in or resetting a password.
    IN_PASSING = "in passing"


@dataclass(frozen=True)
class Address:
    name: str
    kwargs: dict[str, Any] = field(default_factory=dict)
    who: Who = Who.EVERYBODY
    #: A page for people, to be looked at by axe; other addresses answer programs or lead on.
    page: bool = True


#: Real records that are shipped with the portal.
KRYVYI_RIH = "UA12060170000091033"
ARTICLE = {"year": 2023, "slug": "duisburg-kryvyi-rih"}

ADDRESSES = (
    Address("root", page=False),
    Address("home"),
    Address("recovery"),
    Address("methodology"),
    Address("about"),
    Address("privacy"),
    Address("accessibility"),
    Address("contact"),
    Address("search"),
    Address("news:list"),
    Address("news:article", ARTICLE),
    Address("news:feed", page=False),
    Address("partnerships:list"),
    Address("partnerships:export", {"form": "csv"}, page=False),
    Address("open_data"),
    Address("partnerships:watch"),
    Address("partnerships:differences"),
    Address("partnerships:detail", {"number": 1, "slug": "x"}),
    Address("partnerships:history", {"number": 1, "slug": "x"}),
    Address("partnerships:number", {"number": 1}, page=False),
    Address("partnerships:extract", {"number": 1, "slug": "x"}, page=False),
    Address("guidelines:list"),
    Address("guidelines:chapter", {"slug": "law-and-approval"}),
    Address("places:ukrainian", {"katottg": KRYVYI_RIH}),
    Address("places:country", {"iso2": "de"}),
    Address("places:foreign", {"iso2": "de", "slug": "duisburg"}),
    Address("seeking:list"),
    Address("seeking:feed", page=False),
    Address("seeking:card", {"pk": 1}),
    Address("desk:home", who=Who.SIGNED_IN),
    Address("desk:seeking", who=Who.SIGNED_IN),
    Address("desk:seeking_new", {"katottg": KRYVYI_RIH}, who=Who.SIGNED_IN),
    Address("desk:seeking_card", {"pk": 1}, who=Who.SIGNED_IN),
    Address("desk:seeking_renew", {"pk": 1}, who=Who.SIGNED_IN, page=False),
    Address("desk:seeking_take_back", {"pk": 1}, who=Who.SIGNED_IN, page=False),
    Address("after_sign_in", who=Who.SIGNED_IN, page=False),
    Address("by_identifier", {"type": "place", "identifier": "1"}, page=False),
    Address("healthz", page=False),
    Address("readyz", page=False),
    Address("robots", page=False),
    Address("favicon", page=False),
    Address("sitemap", page=False),
    Address("sitemap_section", {"section": "pages"}, page=False),
    # django-allauth
    Address("account_login"),
    Address("account_signup"),
    Address("account_inactive"),
    Address("account_reset_password"),
    Address("account_reset_password_done"),
    Address("account_reset_password_from_key", {"uidb36": "1", "key": "wrong-key"}),
    Address("account_reset_password_from_key_done"),
    Address("account_logout"),
    Address("account_reauthenticate", who=Who.SIGNED_IN),
    Address("account_change_password", who=Who.SIGNED_IN),
    Address("account_set_password", who=Who.IN_PASSING),
)


def names_in_resolver() -> set[str]:
    """All URL names, with their namespaces."""
    return set(_names(get_resolver(), ()))


def _names(resolver: URLResolver, spaces: tuple[str, ...]) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _names(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield ":".join((*spaces, pattern.name))


def admin_names() -> set[str]:
    return {name for name in names_in_resolver() if name.startswith("admin:")}
