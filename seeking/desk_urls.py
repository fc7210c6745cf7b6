"""Addresses of the desk under `/desk/seeking/`, in the desk's own namespace."""

from django.urls import path, re_path

from seeking.views import desk

urlpatterns = [
    path("", desk.cards, name="seeking"),
    re_path(r"^new/(?P<katottg>UA\d{17})/$", desk.new_card, name="seeking_new"),
    path("<int:pk>/", desk.edit_card, name="seeking_card"),
    path("<int:pk>/renew/", desk.renew_card, name="seeking_renew"),
    path("<int:pk>/take-back/", desk.take_card_back, name="seeking_take_back"),
]
