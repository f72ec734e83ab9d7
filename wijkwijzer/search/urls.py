from django.urls import path

from wijkwijzer.search import views

app_name = "zoeken"
urlpatterns = [
    path("", views.zoeken, name="zoeken"),
    path("suggesties/", views.suggesties, name="suggesties"),
]
