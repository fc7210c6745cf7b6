"""The gallery of components, for those who build pages. Wired only where DEBUG is on.

The samples show real facts of the register (Duisburg and Kryvyi Rih) and their longest relatives.
"""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partnerships.drawing import MapPair, MapPoint, pair_map, register_map
from partnerships.life_drawing import LifePoint, life_line

KRYVYI_RIH = MapPoint("Кривий Ріг", 47.9105, 33.3918, "ua")
DUISBURG = MapPoint("Дуйсбург", 51.4325, 6.7652, "foreign")
KORSUN = MapPoint("Корсунь-Шевченківська громада", 49.4222, 31.2567, "ua")
FAR = MapPoint("Albuquerque", 35.0845, -106.6511, "foreign", "en")
NEAR = (
    MapPoint("Хотин", 48.5072, 26.4908, "ua"),
    MapPoint("Teltow", 52.4031, 13.2609, "foreign", "de"),
    MapPoint("Żagań", 51.6178, 15.3144, "foreign", "pl"),
)
STATUSES = [
    ("announced", "оголошено"), ("approved", "погоджено"), ("decided", "вирішено"), ("signed", "підписано"),
    ("registered", "зареєстровано"), ("suspended", "призупинено"), ("ended", "припинено"),
    ("unknown", "невідомо"),
]  # fmt: skip
LIFE = [
    LifePoint("Заклик президентів", "жовтень 2022", "Штайнмаєр і Зеленський", "happened"),
    LifePoint("Рішення ради Дуйсбурга", "9 лютого 2023", "підтвердження B", "happened", href="#sources"),
    LifePoint("Підписання онлайн", "21 лютого 2023", "", "announced"),
    LifePoint("Реєстрація", "", "", "none"),
]


class SampleForm(forms.Form):
    """Fields of each kind, two of them wrong when bound."""

    name = forms.CharField(label="Ваше ім'я")
    email = forms.EmailField(label="Електронна пошта", help_text="Сюди надійде відповідь.", required=False)
    kind = forms.ChoiceField(label="Вид", choices=[("", "оберіть"), ("a", "партнерство солідарності")])
    text = forms.CharField(label="Що не так?", widget=forms.Textarea)
    agree = forms.BooleanField(label="Показати моє повідомлення громаді")
    way = forms.ChoiceField(
        label="Як відповісти", widget=forms.RadioSelect, choices=[("m", "листом"), ("t", "телефоном")]
    )


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with samples on one page."""
    form = SampleForm({"email": "не-адреса"}) if "wrong" in request.GET else SampleForm()
    context: dict[str, Any] = {
        "statuses": STATUSES,
        "grades": "ABCDE",
        "crumbs": [("Реєстр партнерств", "#"), ("№ 1", "")],
        "tags": [{"label": "Дніпропетровська область", "url": "#"}, {"label": "Німеччина", "url": "#"}],
        "facts": [{"value": "1 149", "label": "пар у джерелах"}, {"value": "67", "label": "країн"}],
        "rows": [
            {"label": "Область", "value": "Дніпропетровська", "url": "#"},
            {"label": "Код КАТОТТГ", "value": "UA12060170000091033"},
            {"label": "Власна назва партнера", "value": "Duisburg", "lang": "de"},
        ],
        "options": [
            {"value": "DE", "label": "Німеччина", "count": 3, "selected": True},
            {"value": "PL", "label": "Польща", "count": 2, "selected": False},
            {
                "value": "GB",
                "label": "Сполучене Королівство Великої Британії та Північної Ірландії",
                "count": 1,
            },
        ],
        "form": form,
        "page_obj": Paginator(range(300), 25).page(3),
        "numbers": Paginator(range(300), 25).get_elided_page_range(3, on_each_side=1, on_ends=1),
        "pair_map": pair_map([KRYVYI_RIH, DUISBURG]),
        "pair_maps": [pair_map(list(NEAR)), pair_map([KORSUN, FAR], planned=True)],
        "register_map": register_map(
            [MapPair((KRYVYI_RIH.lat, KRYVYI_RIH.lon), (DUISBURG.lat, DUISBURG.lon))], (KRYVYI_RIH, DUISBURG)
        ),
        "line": life_line(LIFE),
        "long_line": life_line([*LIFE[:2] * 3, *LIFE[2:]]),
        "hide_header_search": True,
    }
    return render(request, "layout/gallery.html", context)
