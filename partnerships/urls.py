from django.urls import path

from partnerships.views import record, register

app_name = "partnerships"
urlpatterns = [
    path("", register.partnership_list, name="list"),
    path("<int:number>/", record.partnership_by_number),
    path("<int:number>-<slug:slug>/", record.partnership_detail, name="detail"),
]
