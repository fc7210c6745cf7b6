from types import SimpleNamespace

import pytest

from tests.partnerships.importing.matching.atlas import Atlas


@pytest.fixture
def atlas() -> Atlas:
    return Atlas()


@pytest.fixture
def ukraine(atlas: Atlas) -> SimpleNamespace:
    return a_small_ukraine(atlas)


@pytest.fixture
def world(atlas: Atlas) -> Atlas:
    some_places_abroad(atlas)
    return atlas


def a_small_ukraine(atlas: Atlas) -> SimpleNamespace:
    """Two cities of Mykolaiv, Kyiv and its oblast, a renamed town, villages that share names."""
    lviv = atlas.unit("oblast", "Львівська")
    mykolaiv = atlas.unit("oblast", "Миколаївська")
    dnipro = atlas.unit("oblast", "Дніпропетровська")
    chernivtsi = atlas.unit("oblast", "Чернівецька")
    kyiv_oblast = atlas.unit("oblast", "Київська")
    stryi = atlas.unit("raion", "Стрийський", lviv)
    mykolaivskyi = atlas.unit("raion", "Миколаївський", mykolaiv)
    kryvorizkyi = atlas.unit("raion", "Криворізький", dnipro)
    samarskyi = atlas.unit("raion", "Самарівський", dnipro)
    chernivetskyi = atlas.unit("raion", "Чернівецький", chernivtsi)
    made = SimpleNamespace(
        lviv=lviv,
        chernivtsi_oblast=chernivtsi,
        dnipro=dnipro,
        kyiv_oblast=kyiv_oblast,
        kryvorizkyi=kryvorizkyi,
        kyiv=atlas.unit("special_city", "Київ", category="city"),
        mykolaiv=atlas.hromada("Миколаївська", "Миколаїв", mykolaivskyi, people=480_000),
        mykolaiv_of_lviv=atlas.hromada("Миколаївська", "Миколаїв", stryi, people=20_000),
        kryvyi_rih=atlas.hromada("Криворізька", "Кривий Ріг", kryvorizkyi, people=600_000),
        samar=atlas.hromada("Самарівська", "Самар", samarskyi, people=70_000),
        karapchiv=atlas.hromada("Карапчівська", "Карапчів", chernivetskyi, "village"),
        chernivtsi=atlas.hromada("Чернівецька", "Чернівці", chernivetskyi, people=260_000),
        ivanivka=atlas.hromada("Іванівська", "Іванівка", kryvorizkyi, "village"),
        ivanivka_town=atlas.hromada("Іванівська", "Іванівка", samarskyi, "settlement"),
        slobidka=atlas.hromada("Слобідська", "Слобідка", stryi, "village"),
    )
    made.samar.names.add("новомосковська")
    made.samar.former.add("новомосковська")
    made.kyiv.spellings.add("kiew")
    made.kyiv.population = 2_900_000
    made.village_of_kryvyi_rih = atlas.village("Кривий Ріг", made.mykolaiv)
    made.village_of_slobidka = atlas.village("Слобідка", made.mykolaiv_of_lviv)
    made.lone_village = atlas.village("Дзвиняч", made.karapchiv)
    made.pecherskyi = atlas.unit("city_district", "Печерський", made.kyiv)
    return made


def some_places_abroad(atlas: Atlas) -> None:
    """Namesakes, a county, communes, a part of a city, American towns."""
    atlas.foreign("DE", "koln", "Köln", "Cologne", "Кельн", region="Nordrhein-Westfalen", people=1_000_000)
    atlas.foreign("DE", "bonn", "Bonn", region="Nordrhein-Westfalen", people=330_000)
    atlas.foreign("DE", "frankfurt-oder", "Frankfurt (Oder)", people=58_000)
    atlas.foreign("DE", "neustadt-1", "Neustadt", region="Bayern")
    atlas.foreign("DE", "neustadt-2", "Neustadt", region="Hessen")
    atlas.foreign("DE", "gudensberg", "Gudensberg", "Гуденсберг", people=9_000)
    atlas.foreign("DE", "kreis-borken", "Kreis Borken", level="region")
    atlas.foreign("DE", "borken", "Borken", people=40_000)
    mitte = atlas.foreign("DE", "mitte-berlin", "Mitte (Berlin)", level="city_district")
    mitte.city = "Berlin"
    mitte.spellings.add("mitte")
    atlas.foreign("PL", "szczecin", "Szczecin", people=390_000)
    atlas.foreign("PL", "gmina-hrubieszow", "Gmina Hrubieszów", "Ґміна Грубешів")
    atlas.foreign("PL", "hrubieszow", "Hrubieszów", "Грубешів", people=18_000)
    atlas.foreign("PL", "zamosc", "Zamość", "Замостя", people=60_000)
    strzelce = atlas.foreign("PL", "strzelce-opolskie", "Strzelce Opolskie", people=20_000)
    strzelce.spellings.add("strzelce")
    atlas.foreign("US", "windsor-connecticut", "Windsor", region="Connecticut", people=29_000)
    atlas.foreign("US", "portland-oregon", "Portland", region="Oregon", people=650_000)
