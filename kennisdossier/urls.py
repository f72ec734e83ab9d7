from django.urls import include, path

from kennisdossier import views

kennisdossier = [
    path("", views.dossier_list, name="list"),
    path("<slug:slug>/", views.dossier_detail, name="detail"),
    path("<slug:slug>/lessen/", views.dossier_lessen, name="lessen"),
    path("<slug:slug>/vragen/", views.dossier_vragen, name="vragen"),
]
begrippen = [
    path("", views.begrip_list, name="list"),
    path("<slug:slug>/", views.begrip_detail, name="detail"),
]
praktijkvoorbeelden = [
    path("", views.voorbeeld_list, name="list"),
    path("in/<slug:slug>/", views.gemeente, name="gemeente"),
    path("in/<slug:gemeente>/<slug:slug>/", views.wijk, name="wijk"),
    path("<slug:slug>/", views.voorbeeld_detail, name="detail"),
]

urlpatterns = [
    path("", include("kennisdossier.urls_reacties")),
    path("kennisdossier/", include((kennisdossier, "kennisdossier"))),
    path("begrippen/", include((begrippen, "begrippen"))),
    path("praktijkvoorbeelden/", include((praktijkvoorbeelden, "praktijkvoorbeelden"))),
]
