from django.urls import include, path

from aanpakken import views, views_keuze

aanpakken = [
    path("", views.aanpak_list, name="list"),
    path("matrix/", views_keuze.matrix, name="matrix"),
    path("matrix.csv", views_keuze.matrix_csv, name="matrix_csv"),
    path("matrix.svg", views_keuze.matrix_svg, name="matrix_svg"),
    path("vergelijken/", views_keuze.vergelijken, name="vergelijken"),
    path("<slug:slug>/", views.aanpak_detail, name="detail"),
]
themas = [
    path("", views.thema_list, name="list"),
    path("<slug:slug>/", views.thema_detail, name="detail"),
]
wie = [
    path("", views.actor_list, name="list"),
    path("<slug:slug>/", views.actor_detail, name="detail"),
]

urlpatterns = [
    path("aanpakken/", include((aanpakken, "aanpakken"))),
    path("themas/", include((themas, "themas"))),
    path("wie/", include((wie, "wie"))),
    path("keuzehulp/", views_keuze.keuzehulp, name="keuzehulp"),
    path("selectie/", views_keuze.selectie, name="selectie"),
]
