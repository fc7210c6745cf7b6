from django.urls import path

from seeking.feeds import LatestCards
from seeking.views import public

app_name = "seeking"
urlpatterns = [
    path("", public.card_list, name="list"),
    path("feed/", LatestCards(), name="feed"),
    path("<int:pk>/", public.card_detail, name="card"),
]
