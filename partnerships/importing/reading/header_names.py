"""What columns are called in the tables that we know: whole headers, folded as `headers.folded` does it.

Headers that are not here are read by their words (`header_words`).
"""

from partnerships.importing.reading import meanings as m

#: Headers of each meaning, one a line or separated by semicolons.
_NAMES = {
    m.UA_PARTY: """
        ua place uk; ua place; ua text; ua party; ua subject; ua name; ua hromada; ua community; ua side
        hromada; hromada name; hromada short; hromada name uk; name of hromada; amalgamated hromada; tc; otg
        громада; назва громади; територіальна громада; назва територіальної громади; тг; отг; назва тг
        назва отг
        українська сторона; українська громада; україна; українське місто; українська територія
        суб'єкт україни; суб'єкт мтс; суб'єкт міжнародного територіального співробітництва
        суб'єкт міжнародного територіального співробітництва україни; суб'єкт співробітництва україни
        суб'єкт; сторона 1; перша сторона; заявник; ukraine; ukrainian side; side 1; party 1; party a
        ukrainische kommune; ukrainische seite; ukrainische gemeinde; ukrainische stadt; kommune ukraine
    """,
    m.UA_PARTY_OTHER: """
        ua place en; ua text en; ua source text; hromada name en; hromada en; name en; громада en
        громада англійською; назва громади англійською; ukrainian party en; назва англійською
    """,
    m.UA_CODE: """
        katottg; katotth; ua katottg; katottg hromada; katottg code; code katottg; hromada katottg; кататтг
        катоттг; код катоттг; катоттг громади; код громади; код за катоттг; код тг; hromada code; ua code
        codifier code; gemeindeschlussel; код за кодифікатором; кодифікатор
    """,
    m.UA_OBLAST: """
        oblast; ua oblast; ua oblast en; ua oblast uk; oblast name; oblast name uk; oblast name en
        ua region
        область; назва області; область україни; регіон україни; обл; gebiet; gebiet oblast; oblast gebiet
        oblast ukraine
    """,
    m.UA_RAION: """
        raion; ua raion; raion name; raion name uk; raion name en; район; назва району; rajon; rayon
        kreis ukraine
        район україни; ukrainian raion
    """,
    m.FOREIGN_PARTY: """
        foreign place; foreign text; foreign party; foreign atu; foreign name; foreign side; foreign city
        partner; partner name; partner place; partner city; partner town; partner municipality
        name of partner
        іноземна сторона; партнер; партнери; іноземний партнер; назва партнера; зарубіжний партнер
        партнерська сторона; місто партнер; місто побратим; міста побратими; громада партнер
        муніципалітет партнер
        сторона 2; друга сторона; ато іноземної держави; ато; адміністративно територіальна одиниця
        адміністративно територіальна одиниця іноземної держави; side 2; party 2; party b; counterpart
        partnerkommune; partnerstadt; partnergemeinde; partnerort; auslandische seite; auslandischer partner
        auslandische kommune; deutsche kommune; deutscher partner; sister city; twin town; twin city
        twinned with
    """,
    m.FOREIGN_BODY: """
        foreign subject; foreign body; суб'єкт іноземної держави; орган іноземної держави; іноземний суб'єкт
        суб'єкт співробітництва іноземної держави; орган іноземної сторони; partner body
    """,
    m.COUNTRY: """
        country; foreign state; foreign country; partner country; state; nation; country name
        country of partner
        країна; держава; країна партнера; країна партнер; назва країни; іноземна держава
        назва іноземної держави
        land; staat; partnerland; land des partners; herkunftsland; країна іноземної сторони
    """,
    m.COUNTRY_CODE: """
        iso; iso2; iso3; iso 2; iso 3; iso code; country iso; country iso2; country code; foreign iso2
        partner country iso2; foreign country iso2; partner iso2; iso 3166; код країни; код держави
        landercode
        landescode; alpha 2; alpha 3; iso alpha 2
    """,
    m.FOREIGN_REGION: """
        foreign region; partner region; region abroad; bundesland; voivodeship; воєводство; регіон партнера
        регіон іноземної держави; регіон іноземної сторони; region des partners; county; province
        штат; провінція; кантон
    """,
    m.TITLE: """
        title; agreement; agreement title; title of agreement; name of agreement; document; назва угоди
        назва документа; назва документу; угода; найменування угоди; назва договору; назва; titel
        titel der vereinbarung; bezeichnung der vereinbarung; vereinbarung; vertrag; документ
    """,
    m.TITLE_CUT: "title cut",
    m.SIGNED: """
        signed; signed on; signed iso; date signed; signing date; date of signing; signature date; date
        дата підписання; дата укладення; дата укладання; дата угоди; дата; підписано; підписана
        дата підпису
        unterzeichnet; unterzeichnet am; datum der unterzeichnung; unterzeichnungsdatum; datum
        unterzeichnung
        рік підписання; рік укладення; year of signing; year signed; unterzeichnungsjahr
    """,
    m.SIGNED_AND_PLACE: """
        signed date and place; signed cell; signed text; date and place; date and place of signing
        дата та місце підписання; дата і місце підписання; дата та місце; дата та місце укладення
        дата місце підписання; дата і місце укладення; datum und ort; datum und ort der unterzeichnung
        місце та дата підписання; місце і дата підписання; ort und datum; place and date
        дата та місце укладання; дата підписання та місце
    """,
    m.SIGNED_PLACE: """
        signed place; place of signing; signing place; signed at; signed in; місце підписання
        місце укладення
        ort der unterzeichnung; unterzeichnungsort; місце укладання
    """,
    m.DECIDED: """
        decided; decided on; decision date; date of decision; council decision; date decided; дата рішення
        рішення ради; дата рішення ради; рішення; beschluss; beschlossen am; ratsbeschluss
        datum des beschlusses
        beschlussdatum; рішення від; decision
    """,
    m.REGISTERED: """
        registered on; registered; registration date; date of registration; дата реєстрації; зареєстровано
        registriert am; datum der registrierung; registrierungsdatum
    """,
    m.ANNOUNCED: """
        announced for; announced; planned for; planned date; planned signing; запланована дата
        планована дата
        заплановано на; дата запланованого підписання; geplant fur; geplantes datum; geplant am
        angekundigt fur
    """,
    m.ENDED: """
        ended; ended on; end date; terminated; terminated on; date of end; дата припинення; дата завершення
        припинено; дата закінчення; beendet am; beendet; ende; enddatum; дата розірвання; valid until
        дійсна до; чинна до; дійсний до; чинний до; gultig bis; припинення
    """,
    m.SINCE: """
        since; since year; from year; year; start year; рік; з року; рік початку; рік заснування
        рік встановлення
        з якого року; seit; seit jahr; jahr; beginn; partners since; established; year established
        рік започаткування; partner seit; relations since
    """,
    m.MODE: "mode; format; формат; спосіб підписання; формат підписання; form der unterzeichnung",
    m.KIND: """
        kind; type; kind of relation; type of relation; relation; вид; тип; вид відносин; тип відносин
        форма
        вид партнерства; тип партнерства; форма партнерства; тип угоди; вид угоди; вид зв'язків
        тип документа
        art; art der beziehung; beziehung; form; beziehungsform; partnerschaftsform
        art der partnerschaft; typ
        kind of partnership; type of partnership; тип зв'язків; вид документа; type of agreement
    """,
    m.LEGAL_KIND: """
        legal kind; вид співробітництва; вид міжнародного територіального співробітництва; правовий вид
        вид мтс; rechtliche art; тип співробітництва; type of cooperation; kind of cooperation
        форма співробітництва
        art der zusammenarbeit; rechtsform
    """,
    m.STATUS: "status; state of relation; стан; статус; статус угоди; стан партнерства; stand; стан угоди",
    m.SPHERE: """
        sphere; spheres; field; fields; areas; topics; themes; сфера; сфери; сфера співробітництва; предмет
        сфери співробітництва; напрями; напрями співпраці; напрямки; напрямки співпраці; предмет угоди
        тематика
        bereich; bereiche; themen; sphare; thema; themenfelder; arbeitsfelder; areas of cooperation
        fields of cooperation; галузь; галузі; сфера співпраці; предмет співробітництва; subject matter
    """,
    m.TERM: """
        duration; term; validity; period; period of validity; строк; термін; строк дії; термін дії
        тривалість
        строк дії угоди; термін дії угоди; laufzeit; dauer; geltungsdauer; gultigkeit; vertragsdauer; frist
    """,
    m.NUMBER: """
        reg number; registration number; register number; registration no; реєстраційний номер
        номер реєстрації
        реєстр номер; рег номер; рег n; номер у реєстрі; номер в реєстрі; registernummer; registrierungsnummer
        реєстраційний n; номер угоди; agreement number
    """,
    m.URL: """
        url; link; links; web; webseite; website; source url; decided url; address; hyperlink; сайт
        посилання
        лінк; вебсторінка; веб сторінка; internetadresse; quelle url; адреса сторінки; посилання на джерело
    """,
    m.NOTE: """
        note; notes; remark; remarks; comment; comments; примітка; примітки; коментар; зауваження; додатково
        bemerkung; bemerkungen; anmerkung; anmerkungen; notiz; kommentar; hinweis; additional information
    """,
    m.SOURCE: """
        source; source title; source licence; source license; licence; license; sources; quelle; quellen
        джерело
        джерела; ліцензія; lizenz; also in; since source; decided grade; джерело інформації
    """,
    m.LINE: """
        id; no; nr; n; number; num; номер; n з п; з п; п п; no з п; nn; lfd nr; laufende nummer; row
        порядковий номер
        нумерація; lfd nummer; nummer; s no; line
    """,
}

#: Meaning by folded header.
NAMES: dict[str, str] = {
    name.replace("'", ""): meaning
    for meaning, lines in _NAMES.items()
    for line in lines.strip().splitlines()
    for name in (" ".join(part.split()) for part in line.split(";"))
    if name
}
#: Headers that mean one thing in one table and another in the next: the other meanings, in turn.
OTHERWISE: dict[str, tuple[str, ...]] = {
    "land": (m.FOREIGN_REGION,),
    "state": (m.STATUS, m.FOREIGN_REGION),
    "gebiet": (m.FOREIGN_REGION,),
    "назва": (m.UA_PARTY, m.FOREIGN_PARTY),
    "partner": (m.UA_PARTY,),
    "partners": (m.UA_PARTY,),
    "партнер": (m.UA_PARTY,),
    "субєкт": (m.FOREIGN_BODY,),
    "number": (m.NUMBER,),
    "номер": (m.NUMBER,),
}
