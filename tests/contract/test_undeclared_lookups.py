"""No list answers questions that it does not offer: neither by a filter on other columns, nor by SQL in one.

Cases 4 and 5 of what hit comparable portals. The register's own parameters are tried in
`tests/partnerships/test_register_input.py`.
"""

import re
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.roles import sync_roles
from tests.contract.addresses import ADDRESSES, Who, admin_names
from tests.factories.partnerships import MilestoneFactory, PartnershipFactory, StatementFactory

pytestmark = pytest.mark.django_db

LISTS = [
    address.name
    for address in ADDRESSES
    if address.who is Who.EVERYBODY and not address.kwargs and ":" in address.name
]
UNDECLARED = [
    {"created_by__password__startswith": "pbkdf"},
    {"partnership__rulings__decided_by__email__contains": "registrar"},
    {"visibility": "draft"},
    {"visibility__in": "draft,withdrawn"},
    {"_connector": "OR", "visibility": "draft"},
    {"_negated": "yes"},
    {"pk__in": "x"},
]
SQL = [
    "number'; SELECT pg_sleep(9); --",
    'number" DESC, (SELECT pg_sleep(9))',
    "a.b.c",
    "%(x)s",
    "\x01",
    "-",
    "?",
]


@pytest.fixture
def records() -> None:
    for visibility in ("published", "draft", "withdrawn"):
        record = PartnershipFactory(visibility=visibility)
        MilestoneFactory(partnership=record, announced=True, date="2026-12-20")
        for value in ("2019", "2021"):
            StatementFactory(partnership=record, fact="since", value=value)


def shown(client: Client, name: str, asked: dict[str, str]) -> tuple[int, list[str], list[str]]:
    """What a list shows: its status, the records that it leads to, and the figures that it gives."""
    answer = client.get(reverse(name), asked)
    page = answer.content.decode()
    body = page.partition("<main")[2].partition("</main>")[0]
    words = re.sub(r"<[^>]*>", " ", body)
    return answer.status_code, sorted(set(re.findall(r"/partnerships/\d+-", page))), re.findall(r"\d+", words)


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("name", LISTS)
def test_lookup_that_a_list_does_not_offer_changes_nothing(client: Client, name: str) -> None:
    plain = shown(client, name, {})
    for asked in UNDECLARED:
        assert shown(client, name, asked) == plain, asked


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("name", LISTS)
def test_no_name_of_a_column_reaches_the_database(client: Client, name: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        for value in SQL:
            asked = dict.fromkeys(["sort", "order", "o", "order_by", "fields", "per_page"], value)
            assert client.get(reverse(name), asked).status_code == 200, value
    assert not [query["sql"] for query in queries if "pg_sleep" in query["sql"]]


CHANGELISTS = sorted(name for name in admin_names() if name.endswith("_changelist"))
IN_THE_ADMIN = [
    {"decided_by__password__startswith": "pbkdf"},
    {"created_by__password__startswith": "pbkdf"},
    {"user__password__startswith": "pbkdf"},
    {"password__startswith": "pbkdf"},
    {"groups__user__password__startswith": "pbkdf"},
    {"o": "1'; SELECT pg_sleep(9); --"},
    {"_connector": "OR"},
]


@pytest.mark.parametrize("name", CHANGELISTS)
def test_list_of_the_admin_answers_no_lookup_that_it_does_not_offer(client: Client, name: str) -> None:
    """Refused, left out with a hint (`?e=1`), or without effect: never a server error."""
    sync_roles()
    user = User.objects.create_user("registrar@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=Role.REGISTRAR))
    client.force_login(user)
    with CaptureQueriesContext(connection) as queries:
        for asked in IN_THE_ADMIN:
            answer = client.get(f"{reverse(name)}?{urlencode(asked)}")
            assert answer.status_code in (200, 302, 400, 403), asked
    told = [query["sql"] for query in queries if "LIKE 'pbkdf%" in query["sql"] or "pg_sleep" in query["sql"]]
    assert told == []
