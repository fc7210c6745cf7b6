"""What a column of an imported table may mean, by words for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UA_PARTY, UA_PARTY_OTHER, UA_CODE = "ua_party", "ua_party_other", "ua_code"
UA_OBLAST, UA_RAION = "ua_oblast", "ua_raion"
FOREIGN_PARTY, FOREIGN_BODY = "foreign_party", "foreign_body"
COUNTRY, COUNTRY_CODE, FOREIGN_REGION = "country", "country_code", "foreign_region"
TITLE, TITLE_CUT = "title", "title_cut"
SIGNED, SIGNED_AND_PLACE, SIGNED_PLACE = "signed", "signed_and_place", "signed_place"
DECIDED, REGISTERED, ANNOUNCED, ENDED, SINCE = "decided", "registered", "announced", "ended", "since"
MODE, KIND, LEGAL_KIND, STATUS = "mode", "kind", "legal_kind", "status"
SPHERE, TERM, NUMBER, URL, NOTE = "sphere", "term", "registration_number", "url", "note"
SOURCE, LINE = "source", "line"

#: How the report and the page of an import call what a header was read as.
MEANINGS: dict[str, str | Promise] = {
    UA_PARTY: _("Ukrainian party"),
    UA_PARTY_OTHER: _("Ukrainian party, another spelling"),
    UA_CODE: _("KATOTTG code"),
    UA_OBLAST: _("oblast"),
    UA_RAION: _("raion"),
    FOREIGN_PARTY: _("foreign party"),
    FOREIGN_BODY: _("body of the foreign party"),
    COUNTRY: _("country"),
    COUNTRY_CODE: _("code of the country"),
    FOREIGN_REGION: _("region abroad"),
    TITLE: _("title of the agreement"),
    TITLE_CUT: _("whether the title is cut off"),
    SIGNED: _("day of signing"),
    SIGNED_AND_PLACE: _("day and place of signing"),
    SIGNED_PLACE: _("place of signing"),
    DECIDED: _("day of the decision"),
    REGISTERED: _("day of registration"),
    ANNOUNCED: _("announced day of signing"),
    ENDED: _("day of the end"),
    SINCE: _("year from which it is counted"),
    MODE: _("in person or online"),
    KIND: _("kind of relation"),
    LEGAL_KIND: _("legal kind"),
    STATUS: _("status"),
    SPHERE: _("fields of cooperation"),
    TERM: _("term"),
    NUMBER: _("registration number"),
    URL: _("address of a page"),
    NOTE: _("remark"),
    SOURCE: _("source of the row"),
    LINE: _("number of the row"),
}
#: Parties: a table of partnerships has a column of each side, or titles that name both.
PARTIES = {UA_PARTY, UA_PARTY_OTHER, UA_CODE, FOREIGN_PARTY, FOREIGN_BODY}
#: Columns that by themselves would not tell a header from a line above it.
WEAK = {LINE, NOTE, SOURCE, URL}
