from django.urls import path

from guidelines import views

app_name = "guidelines"
urlpatterns = [
    path("", views.chapter_list, name="list"),
    path("<slug:slug>/", views.chapter, name="chapter"),
]
