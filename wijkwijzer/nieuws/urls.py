"""Addresses of what changed. Feeds stand beside the lists that they are of."""

from django.urls import path

from wijkwijzer.nieuws import feeds, sitemap
from wijkwijzer.nieuws.pagina import nieuw

urlpatterns = [
    path("nieuw/", nieuw, name="nieuw"),
    path("aanpakken/feed.atom", feeds.aanpakken, name="aanpakken_feed"),
    path("interventies/feed.atom", feeds.interventies, name="interventies_feed"),
    path("kennisdossier/feed.atom", feeds.dossiers, name="kennisdossier_feed"),
    path(
        "praktijkvoorbeelden/feed.atom",
        feeds.praktijkvoorbeelden,
        name="praktijkvoorbeelden_feed",
    ),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap.deel, name="sitemap_deel"),
]
