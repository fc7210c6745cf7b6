"""Reading a header that is not known as a whole, by the words in it.

Tables name their columns in sentences («Назва адміністративно-територіальної одиниці іноземної держави»), so
a rule asks which words stand in the header and which don't. The first rule that fits decides.
"""

import re
from dataclasses import dataclass

from partnerships.importing.reading import meanings as m

_STEMS = {
    "ua": r"укра\w*|ukrain\w*|ua|uk",
    "foreign": r"інозем\w*|закордон\w*|зарубіж\w*|foreign\w*|ausland\w*|partner\w*|партнер\w*|побратим\w*"
    r"|twin\w*"
    r"|sister\w*|abroad|польськ\w*|німецьк\w*|deutsch\w*|german|polish|french|counterpart|контрагент\w*",
    "hromada": r"громад\w*|hromad\w*|gromad\w*|тг|отг|otg",
    "party": r"сторон\w*|part(?:y|ies)|side|seite|communit\w*|municipal\w*|kommun\w*|gemeind\w*|stadt"
    r"|stadte|cit(?:y|ies)"
    r"|towns?|міст[оа]|населен\w*|учасни\w*|place|ort|назв\w*|найменуван\w*|names?|муніципал\w*|заявни\w*"
    r"|adm\w*"
    r"|пункт\w*|locality",
    "unit": r"одиниц\w*|ато|unit",
    "body": r"субєкт\w*|орган\w*|bod(?:y|ies)|authorit\w*|subject\w*|behorde\w*|рада|ради|council",
    "code": r"код\w*|code\w*|kod|iso\d?|alpha",
    "katottg": r"кататт\w*|катотт\w*|katott\w*|кодифікатор\w*",
    "oblast": r"област[ьії]|oblast\w*|обл",
    "gebiet": r"\w*gebiet\w*",
    "raion": r"район\w*|raion\w*|rajon\w*|rayon\w*",
    "region": r"регіон\w*|region\w*|воєвод\w*|bundesland|провінці\w*|county|штат",
    "country": r"країн\w*|держав\w*|countr(?:y|ies)|land|landes|lander|staat\w*|states?|nation\w*",
    "document": r"угод\w*|догов[оі]р\w*|документ\w*|меморандум\w*|agreements?|vereinbarung\w*|vertrag\w*"
    r"|documents?",
    "name": r"назв\w*|найменуван\w*|titles?|titel|bezeichnung|names?|заголов\w*",
    "date": r"дат[аи]|dates?|\w*datum|день|day|коли|when|wann",
    "year": r"рік|року|роки|years?|jahr\w*",
    "signing": r"підпис\w*|укладен\w*|укладан\w*|sign\w*|unterzeich\w*|conclu\w*|abschluss\w*",
    "where": r"місц\w*|place|ort|where|де",
    "decision": r"рішен\w*|decision\w*|decided|beschl\w*|ratsbeschl\w*|resolution",
    "registration": r"реєстр\w*|зареєстр\w*|regist\w*",
    "plan": r"заплан\w*|планов\w*|план|planned|plan|announc\w*|geplant\w*|оголош\w*|очікуван\w*"
    r"|angekund\w*|expected",
    "end": r"припинен\w*|закінч\w*|завершен\w*|розірв\w*|terminat\w*|ended|end|beend\w*|ende|expir\w*",
    "since": r"since|seit|початк\w*|заснув\w*|заснован\w*|встановл\w*|beginn\w*|start\w*|established"
    r"|existing",
    "mode": r"онлайн|online|формат\w*|format\w*",
    "kind": r"вид|виду|види|тип|типу|типи|kinds?|types?|typ|art|форма|форми|form",
    "legal": r"співробітництв\w*|правов\w*|legal|zusammenarbeit|мтс",
    "status": r"статус\w*|status|стан|стану|stand",
    "sphere": r"сфер\w*|напрям\w*|предмет\w*|тематик\w*|тема|теми|sphere\w*|fields?|areas?|topics?"
    r"|bereich\w*|them\w*"
    r"|галуз\w*",
    "term": r"строк\w*|термін\w*|тривал\w*|duration|terms?|laufzeit|dauer|validity|чинн\w*|gultig\w*"
    r"|valid|period",
    "number": r"номер\w*|number|nummer|no|nr|n|num",
    "url": r"url|uri|посилан\w*|links?|сайт\w*|web\w*|www|http\w*|лінк\w*",
    "note": r"приміт\w*|notes?|комент\w*|bemerk\w*|anmerk\w*|remark\w*|comment\w*|hinweis\w*",
    "source": r"джерел\w*|source\w*|quelle\w*|ліценз\w*|licen\w*|lizenz\w*",
    "english": r"en|eng|english|англ\w*|latin|translit\w*|латин\w*|englisch",
    "contact": r"контакт\w*|contact\w*|kontakt\w*|email|e|mail|телефон\w*|phone|tel|telefon|особ[аи]"
    r"|person\w*|population"
    r"|населення|einwohner\w*|lat|lon|широта|довгота|площа|кількість|count|anzahl|cent(?:re|er)|центр\w*"
    r"|population|category|категорія",
}
_PATTERNS = {stem: re.compile(pattern) for stem, pattern in _STEMS.items()}


@dataclass(frozen=True, slots=True)
class _Rule:
    """`words` all stand in the header, none of `without` does; `|` parts alternatives."""

    words: str
    meanings: tuple[str, ...]
    without: str = ""

    def fits(self, found: set[str]) -> bool:
        return all(found & set(word.split("|")) for word in self.words.split()) and not (
            found & set(self.without.split())
        )


_RULES = tuple(
    _Rule(words, meanings if isinstance(meanings, tuple) else (meanings,), without)
    for words, without, meanings in (
        ("contact", "", ()),
        ("url", "", m.URL),
        ("note", "", m.NOTE),
        ("source", "", m.SOURCE),
        ("katottg", "", m.UA_CODE),
        ("code country|foreign", "", m.COUNTRY_CODE),
        ("code oblast|raion|region", "", ()),
        ("code", "", (m.UA_CODE, m.COUNTRY_CODE)),
        ("registration number", "", m.NUMBER),
        ("document number", "date decision", m.NUMBER),
        ("date signing where", "", m.SIGNED_AND_PLACE),
        ("date where", "", m.SIGNED_AND_PLACE),
        ("plan date|signing|year", "", m.ANNOUNCED),
        ("end", "term", m.ENDED),
        ("end date", "", m.ENDED),
        ("decision", "", m.DECIDED),
        ("registration date|year", "", m.REGISTERED),
        ("signing mode", "", m.MODE),
        ("signing where", "", m.SIGNED_PLACE),
        ("signing", "body", m.SIGNED),
        ("term date", "", ()),
        ("term", "", m.TERM),
        ("document date", "", m.SIGNED),
        ("since", "", m.SINCE),
        ("year", "", m.SINCE),
        ("name document", "", m.TITLE),
        ("kind legal", "ua foreign", m.LEGAL_KIND),
        ("kind", "", m.KIND),
        ("status", "", m.STATUS),
        ("sphere", "", m.SPHERE),
        ("mode", "", m.MODE),
        ("foreign unit", "", m.FOREIGN_PARTY),
        ("country unit", "", m.FOREIGN_PARTY),
        ("foreign body", "", (m.FOREIGN_BODY, m.FOREIGN_PARTY)),
        ("country body", "ua", (m.FOREIGN_BODY, m.FOREIGN_PARTY)),
        ("country", "ua hromada", m.COUNTRY),
        ("region foreign", "", m.FOREIGN_REGION),
        ("oblast|raion foreign", "", ()),
        ("oblast", "", m.UA_OBLAST),
        ("raion", "", m.UA_RAION),
        ("region ua", "", m.UA_OBLAST),
        ("gebiet", "", (m.UA_OBLAST, m.FOREIGN_REGION)),
        ("region", "", (m.UA_OBLAST, m.FOREIGN_REGION)),
        ("foreign_of_ua", "", m.FOREIGN_PARTY),
        ("ua english", "", m.UA_PARTY_OTHER),
        ("ua", "date number", m.UA_PARTY),
        ("foreign", "date number", m.FOREIGN_PARTY),
        ("hromada english", "", m.UA_PARTY_OTHER),
        ("hromada", "date number", m.UA_PARTY),
        ("document", "date number", m.TITLE),
        ("date", "", ()),
        ("body", "", (m.UA_PARTY, m.FOREIGN_BODY)),
        ("party|unit", "date number", (m.UA_PARTY, m.FOREIGN_PARTY)),
    )
)
#: «Партнер української громади» is the partner, “Partner (Ukraine)” the Ukrainian side.
_PARTNER_OF_UKRAINIAN = re.compile(
    r"^(?:партнер|partner)\w* (?:україн\w+ої|україн\w+их|der ukrain\w+|of ukrain\w+)\b"
)
LONGEST = 150


def meanings_by_words(folded: str) -> tuple[tuple[str, ...], bool]:
    """What a folded header may mean, the likeliest first, and whether its words say whose it is."""
    words = folded.split()
    if len(folded) > LONGEST or max(map(len, words), default=0) < 3:
        return (), False
    found = {stem for stem, pattern in _PATTERNS.items() if any(pattern.fullmatch(word) for word in words)}
    if _PARTNER_OF_UKRAINIAN.match(folded):
        found.add("foreign_of_ua")
    rule = next((rule for rule in _RULES if rule.fits(found)), None)
    if rule is None:
        return (), False
    return rule.meanings, len(rule.meanings) == 1
