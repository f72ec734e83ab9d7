from django.urls import path

from interventies import views

app_name = "interventies"
urlpatterns = [
    path("", views.interventie_list, name="list"),
    path("<slug:slug>/", views.interventie_detail, name="detail"),
]
