from django.urls import path

from news import views
from news.feeds import LatestNews

app_name = "news"
urlpatterns = [
    path("", views.news_list, name="list"),
    path("feed/", LatestNews(), name="feed"),
    path("<int:year>/<slug:slug>/", views.article, name="article"),
]
