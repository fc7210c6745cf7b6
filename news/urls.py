from django.urls import path

from news import feeds, views

app_name = "news"
urlpatterns = [
    path("", views.news_list, name="list"),
    path("feed/", feeds.LatestNews(), name="feed"),
    path("<int:year>/<slug:slug>/", views.article, name="article"),
]
