from django.urls import path, re_path

from partnerships.views import differences, export, extract, history, record, register, watch

app_name = "partnerships"
urlpatterns = [
    path("", register.partnership_list, name="list"),
    re_path(r"^export\.(?P<form>csv|xlsx|json|geojson)$", export.export, name="export"),
    path("watch/", watch.watch, name="watch"),
    path("differences/", differences.difference_list, name="differences"),
    path("<int:number>/", record.partnership_by_number, name="number"),
    path("<int:number>-<slug:slug>/", record.partnership_detail, name="detail"),
    path("<int:number>-<slug:slug>/extract.pdf", extract.partnership_extract, name="extract"),
    path("<int:number>-<slug:slug>/history/", history.partnership_history, name="history"),
]
