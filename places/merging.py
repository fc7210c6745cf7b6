"""Two records that mean one place become one: what may be merged, and what of a place the other takes over.

Who relates to the place belongs to higher floors: `partnerships.place_merging` moves that and calls this.
"""

from django.db.models import F, Q
from django.utils.translation import gettext as _

from places.enums import CodeScheme, Level, NameKind
from places.models import Place, PlaceCode, PlaceName

#: Facts that stand together: taken over where the place that stays has none of a group.
_GROUPS = (
    ("latitude", "longitude"),
    ("population", "population_year"),
    ("website",),
    ("region_name",),
    ("name_uk", "name_uk_source"),
    ("name_en",),
    ("name_own", "own_language"),
    ("office_uk", "office_en", "office_email", "office_phone", "office_checked_on"),
)
_NAME_COLUMNS = ("name_uk", "name_en", "name_own")


def obstacles(kept: Place, merged: Place) -> list[str]:
    """Why the two cannot become one, in sentences for people; empty where they can."""
    if kept.pk == merged.pk:
        return [_("A place cannot be merged with itself.")]
    found = []
    for place in (kept, merged):
        if place.merged_into is not None:
            found.append(
                _("“%(place)s” was merged into “%(other)s” already.")
                % {"place": place.full_name(), "other": place.merged_into.full_name()}
            )
        if place.level == Level.COUNTRY:
            found.append(_("“%(place)s” is a country; countries are not merged.") % {"place": place.name()})
    if kept.country_id != merged.country_id:
        found.append(_("The two lie in different countries."))
    elif kept.level != merged.level:
        found.append(
            _("One is recorded as “%(one)s”, the other as “%(other)s”. If that is wrong, correct it first.")
            % {"one": kept.get_level_display(), "other": merged.get_level_display()}
        )
    if kept.katottg and merged.katottg and not kept.abolished and not merged.abolished:
        found.append(_("Each of the two has a valid KATOTTG code of its own, so they are two places."))
    if kept.abolished and not merged.abolished:
        found.append(
            _("“%(place)s” no longer exists; the other one has to stay.") % {"place": kept.full_name()}
        )
    if _lies_in(kept, merged) or _lies_in(merged, kept):
        found.append(_("One of the two lies in the other."))
    return found


def absorb(kept: Place, merged: Place) -> None:
    """Give `kept` the names, codes and facts of `merged` and what lies in it; then `merged` only leads on.

    Both rows are to be locked, and `obstacles` to be empty.
    """
    _take_names(kept, merged)
    _take_codes(kept, merged)
    _take_facts(kept, merged)
    # Before others move: the constraint of slugs and codes is met by each row as it is.
    merged.abolished, merged.merged_into = True, kept
    merged.save(update_fields=["abolished", "merged_into"])
    children = list(merged.children.values_list("pk", flat=True))
    Place.objects.filter(pk__in=children).update(parent=kept)
    # The oblast of what lies deeper follows that of its parent.
    Place.objects.filter(parent__in=children).update(parent=F("parent"))
    Place.objects.filter(centre=merged).update(centre=kept)
    Place.objects.filter(successor=merged).exclude(pk=kept.pk).update(successor=kept)
    Place.objects.filter(merged_into=merged).update(merged_into=kept)


def _lies_in(place: Place, other: Place) -> bool:
    above = place.parent
    while above is not None:
        if above.pk == other.pk:
            return True
        above = above.parent
    return False


def _take_names(kept: Place, merged: Place) -> None:
    """The names of `merged` become other names unless `kept` bears them; a name of both keeps its dates."""
    borne = {getattr(kept, column) for column in _NAME_COLUMNS}
    known = {(name.text, name.language, name.kind): name for name in kept.other_names.all()}
    for name in merged.other_names.order_by("pk"):
        same = known.get((name.text, name.language, name.kind))
        if same is None:
            PlaceName.objects.filter(pk=name.pk).update(place=kept)
            continue
        for column in ("valid_from", "valid_to", "source"):
            setattr(same, column, getattr(same, column) or getattr(name, column))
        same.save()
        name.delete()
    borne |= set(kept.other_names.values_list("text", flat=True))
    languages = ("uk", "en", merged.own_language)
    for column, language in zip(_NAME_COLUMNS, languages, strict=True):
        text = getattr(merged, column)
        if text and text not in borne and getattr(kept, column):
            borne.add(text)
            PlaceName.objects.create(
                place=kept, text=text, language=language, kind=NameKind.OTHER_SPELLING, source="merged place"
            )


def _take_codes(kept: Place, merged: Place) -> None:
    known = set(kept.codes.values_list("scheme", "value"))
    for code in merged.codes.order_by("pk"):
        if (code.scheme, code.value) in known:
            code.delete()
        else:
            PlaceCode.objects.filter(pk=code.pk).update(place=kept)
    if merged.katottg:
        PlaceCode.objects.get_or_create(place=kept, scheme=CodeScheme.KATOTTG, value=merged.katottg)


def _take_facts(kept: Place, merged: Place) -> None:
    taken = []
    for columns in _GROUPS:
        if not any(getattr(kept, column) for column in columns):
            taken += [column for column in columns if getattr(merged, column)]
    for column in taken:
        setattr(kept, column, getattr(merged, column))
    if taken:
        kept.save(update_fields=taken)


def place_meant_by(text: str) -> Place | None:
    """The place that a registrar means by a KATOTTG code, by «de/duisburg», or by the number of its form."""
    text = text.strip().strip("/")
    country, slash, slug = text.partition("/")
    if slash:
        condition = Q(country=country.upper(), slug=slug)
    elif text.isascii() and text.isdigit() and len(text) < 10:
        condition = Q(pk=int(text))
    else:
        condition = Q(katottg=text.upper()) if text else Q(pk__in=[])
    return Place.objects.with_context().select_related("merged_into").filter(condition).first()
