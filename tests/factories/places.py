"""Made-up places. Codes fit the pattern of the codifier, under an oblast number (99) that it does not use.

Columns that the database derives (`oblast`, `has_namesakes`, sort keys) are read back after each creation.
"""

from typing import Any

import factory

from places.enums import Category, CodeScheme, Level, NameKind
from places.models import Place, PlaceCode, PlaceName
from tests.factories.base import ModelFactory


def katottg(number: int) -> str:
    """A code that fits the codifier's pattern and belongs to no real place."""
    return f"UA99{number:015d}"


class _PlaceFactory(ModelFactory[Place]):
    class Meta:
        model = Place
        abstract = True
        skip_postgeneration_save = True

    @classmethod
    def _create(cls, model_class: type[Place], *args: Any, **kwargs: Any) -> Place:
        place: Place = super()._create(model_class, *args, **kwargs)
        place.refresh_from_db()
        return place


class CountryFactory(_PlaceFactory):
    """A made-up country under a code that ISO 3166 leaves to its users; real ones by trait."""

    class Meta:
        django_get_or_create = ("iso2",)

    class Params:
        ukraine = factory.Trait(
            iso2="UA", name_uk="Україна", name_en="Ukraine", name_own="Україна", own_language="uk"
        )
        germany = factory.Trait(
            iso2="DE", name_uk="Німеччина", name_en="Germany", name_own="Deutschland", own_language="de"
        )
        poland = factory.Trait(
            iso2="PL", name_uk="Польща", name_en="Poland", name_own="Polska", own_language="pl"
        )

    level = Level.COUNTRY
    iso2 = factory.Sequence(lambda n: "XQ"[n // 26 % 2] + chr(ord("A") + n % 26))
    country_id = factory.SelfAttribute("iso2")
    name_uk = factory.Sequence(lambda n: f"Тестландія-{n}")
    name_en = factory.Sequence(lambda n: f"Testland-{n}")


class _UkrainianPlaceFactory(_PlaceFactory):
    class Meta:
        abstract = True

    country = factory.SubFactory(CountryFactory, ukraine=True)
    katottg = factory.Sequence(katottg)
    data_source = "made up for a test"


# The codes of all factories below come from one counter, so that no two of them meet.
class OblastFactory(_UkrainianPlaceFactory):
    level = Level.OBLAST
    name_uk = factory.Sequence(lambda n: f"Тестівська-{n}")
    name_en = factory.Sequence(lambda n: f"Testivska-{n}")
    katottg = factory.Sequence(lambda n: katottg(1_000_000 + n))


class SpecialCityFactory(_UkrainianPlaceFactory):
    level = Level.SPECIAL_CITY
    category = Category.CITY
    name_uk = factory.Sequence(lambda n: f"Особливе-{n}")
    name_en = factory.Sequence(lambda n: f"Osoblyve-{n}")
    katottg = factory.Sequence(lambda n: katottg(2_000_000 + n))


class RaionFactory(_UkrainianPlaceFactory):
    level = Level.RAION
    parent = factory.SubFactory(OblastFactory)
    name_uk = factory.Sequence(lambda n: f"Пробний-{n}")
    name_en = factory.Sequence(lambda n: f"Probnyi-{n}")
    katottg = factory.Sequence(lambda n: katottg(3_000_000 + n))


class SettlementFactory(_UkrainianPlaceFactory):
    """A settlement; `parent` is its hromada."""

    class Params:
        city = factory.Trait(category=Category.CITY)

    level = Level.SETTLEMENT
    category = Category.VILLAGE
    name_uk = factory.Sequence(lambda n: f"Тестове-{n}")
    name_en = factory.Sequence(lambda n: f"Testove-{n}")
    katottg = factory.Sequence(lambda n: katottg(4_000_000 + n))
    parent = factory.SubFactory("tests.factories.places.HromadaFactory")


class HromadaFactory(_UkrainianPlaceFactory):
    """A rural hromada; `city=True` makes it an urban one, `with_centre=True` gives it a centre settlement,
    whose fields are set by `centre_settlement__name_uk` and so on."""

    class Params:
        city = factory.Trait(category=Category.CITY)
        with_centre = factory.Trait(
            centre_settlement=factory.RelatedFactory(
                SettlementFactory,
                "parent",
                category=factory.SelfAttribute("parent.category"),
            )
        )

    level = Level.HROMADA
    category = Category.VILLAGE
    parent = factory.SubFactory(RaionFactory)
    name_uk = factory.Sequence(lambda n: f"Зразкова-{n}")
    name_en = factory.Sequence(lambda n: f"Zrazkova-{n}")
    katottg = factory.Sequence(lambda n: katottg(5_000_000 + n))
    latitude = 48.5
    longitude = 33.5

    @classmethod
    def _after_postgeneration(
        cls, instance: Place, create: bool, results: dict[str, Any] | None = None
    ) -> None:
        centre = (results or {}).get("centre_settlement")
        if create and isinstance(centre, Place):
            instance.centre = centre
            instance.save(update_fields=["centre"])


class CityDistrictFactory(_UkrainianPlaceFactory):
    """A district of a city; `parent` is the settlement or the city with special status."""

    level = Level.CITY_DISTRICT
    name_uk = factory.Sequence(lambda n: f"Дільничний-{n}")
    name_en = factory.Sequence(lambda n: f"Dilnychnyi-{n}")
    katottg = factory.Sequence(lambda n: katottg(6_000_000 + n))
    parent = factory.SubFactory(SpecialCityFactory)


class ForeignPlaceFactory(_PlaceFactory):
    """A municipality of Germany, so that two of them share their country; `region=True` makes it a region."""

    class Params:
        region = factory.Trait(level=Level.REGION)

    level = Level.MUNICIPALITY
    country = factory.SubFactory(CountryFactory, germany=True)
    slug = factory.Sequence(lambda n: f"musterstadt-{n}")
    name_own = factory.Sequence(lambda n: f"Musterstadt-{n}")
    own_language = "de"
    region_name = "Musterland"
    latitude = 51.0
    longitude = 7.0


class PlaceNameFactory(ModelFactory[PlaceName]):
    class Meta:
        model = PlaceName

    place = factory.SubFactory(HromadaFactory)
    text = factory.Sequence(lambda n: f"Стара назва-{n}")
    language = "uk"
    kind = NameKind.FORMER


class PlaceCodeFactory(ModelFactory[PlaceCode]):
    class Meta:
        model = PlaceCode

    place = factory.SubFactory(HromadaFactory)
    scheme = CodeScheme.KATOTTG
    value = factory.Sequence(lambda n: katottg(9_000_000 + n))
