"""The published knowledge in memory: what belongs to what, and which words are terms.

Built from a fixed number of queries and replaced as a whole when the catalogue version
rises, like the catalogue of aanpakken.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Prefetch

from aanpakken.models import Aanpak, Doelgroep, Reflectiethema, WerkzaamElement
from kennisdossier.markering import Begrippenlijst
from kennisdossier.models import (
    Aandachtspunt,
    Artikel,
    Begrip,
    Dossier,
    Dossierlink,
    Effect,
    Financiering,
    Gemeente,
    Praktijkvoorbeeld,
    Provincie,
    Tip,
    Voorbeeldkoppeling,
    Vraag,
)
from wijkwijzer.core.catalogusversie import PerVersie
from wijkwijzer.core.facetten import Facettenindex, Waarde
from wijkwijzer.core.teksten import sorteersleutel

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model

ONBEKEND = Waarde("onbekend", "Niet bekend")


class Verwijzing(NamedTuple):
    """A record elsewhere on the site, and why it is named here."""

    titel: str
    url: str
    toelichting: str = ""


@dataclass
class Erbij:
    """What the knowledge has to say about one record, in the order of the pages."""

    aanpakken: list[Verwijzing] = field(default_factory=list)
    voorbeelden: list[Verwijzing] = field(default_factory=list)
    dossiers: list[Verwijzing] = field(default_factory=list)
    vragen: list[Vraag] = field(default_factory=list)
    # Lessons
    effecten: list[Effect] = field(default_factory=list)
    elementen: list[WerkzaamElement] = field(default_factory=list)
    tips: list[Tip] = field(default_factory=list)
    aandachtspunten: list[Aandachtspunt] = field(default_factory=list)
    financieringen: list[Financiering] = field(default_factory=list)
    # To read further
    links: list[Dossierlink] = field(default_factory=list)

    @property
    def heeft_lessen(self) -> bool:
        """Whether there is something on the page beside the dossier."""
        return bool(
            self.voorbeelden
            or self.effecten
            or self.elementen
            or self.tips
            or self.aandachtspunten
            or self.financieringen
            or self.links
        )

    def noem(self, soort: str, verwijzing: Verwijzing) -> None:
        """Add a reference; the first reason to name a record is the one shown."""
        lijst: list[Verwijzing] = getattr(self, soort)
        if verwijzing.url not in {bekend.url for bekend in lijst}:
            lijst.append(verwijzing)


class Kennis:
    """Everything at once, so that all pages of one version agree."""

    def __init__(self) -> None:
        self.begrippen = Begrippenlijst(Begrip.objects.gepubliceerd())
        self.voorbeelden = _voorbeeldindex()
        dossiers = Dossier.objects.gepubliceerd().prefetch_related("elementen__bron")
        self.dossiers = list(dossiers)
        self.aandachtspunten = list(
            Aandachtspunt.objects.filter(dossier__in=self.dossiers).select_related(
                "dossier", "bron"
            )
        )
        # Per kind of record, per key.
        self._erbij: dict[type[Model], dict[int, Erbij]] = {
            model: defaultdict(Erbij) for model in (Aanpak, Dossier, Praktijkvoorbeeld)
        }
        self._lees_koppelingen()
        self._lees_artikelen()
        self._lees_lessen()

    def erbij(self, record: Model) -> Erbij:
        """What belongs to an aanpak, a dossier or an example."""
        return self._erbij[type(record)].get(record.pk) or Erbij()

    def _lees_koppelingen(self) -> None:
        koppelingen = Voorbeeldkoppeling.objects.filter(
            aanpak__in=Aanpak.objects.gepubliceerd(),
            voorbeeld__in=Praktijkvoorbeeld.objects.gepubliceerd(),
        ).select_related("voorbeeld__gemeente")
        for koppeling in koppelingen.order_by("voorbeeld__naam", "pk"):
            voorbeeld = koppeling.voorbeeld
            basis = f"{koppeling.get_basis_display()}"
            self._erbij[Aanpak][koppeling.aanpak_id].noem(
                "voorbeelden",
                Verwijzing(
                    voorbeeld.naam,
                    voorbeeld.get_absolute_url(),
                    " ".join(filter(None, [koppeling.reden, f"({basis})"])),
                ),
            )

    def _lees_artikelen(self) -> None:
        artikelen = (
            Artikel.objects.filter(dossier__in=Dossier.objects.gepubliceerd())
            .select_related("dossier")
            .prefetch_related(
                Prefetch("aanpakken", Aanpak.objects.gepubliceerd()),
                Prefetch("voorbeelden", Praktijkvoorbeeld.objects.gepubliceerd()),
            )
            .order_by("dossier__volgorde", "dossier", "volgorde", "pk")
        )
        for artikel in artikelen:
            dossier = artikel.dossier
            erbij = self._erbij[Dossier][dossier.pk]
            hierheen = Verwijzing(
                dossier.naam, artikel.get_absolute_url(), f"bij “{artikel.naam}”"
            )
            for model, soort, records in (
                (Aanpak, "aanpakken", artikel.aanpakken.all()),
                (Praktijkvoorbeeld, "voorbeelden", artikel.voorbeelden.all()),
            ):
                for record in records:
                    erbij.noem(
                        soort,
                        Verwijzing(
                            record.naam, record.get_absolute_url(), record.samenvatting
                        ),
                    )
                    andersom = self._erbij[model][record.pk]
                    # One line per dossier: its first article that names the record.
                    if not any(v.titel == dossier.naam for v in andersom.dossiers):
                        andersom.noem("dossiers", hierheen)

    def _lees_lessen(self) -> None:
        effecten = Effect.objects.select_related("bron").prefetch_related(
            Prefetch("dossiers", Dossier.objects.gepubliceerd()),
            Prefetch("aanpakken", Aanpak.objects.gepubliceerd()),
            Prefetch("voorbeelden", Praktijkvoorbeeld.objects.gepubliceerd()),
        )
        for effect in effecten:
            for model, records in (
                (Dossier, effect.dossiers.all()),
                (Aanpak, effect.aanpakken.all()),
                (Praktijkvoorbeeld, effect.voorbeelden.all()),
            ):
                for record in records:
                    self._erbij[model][record.pk].effecten.append(effect)
        for dossier in self.dossiers:
            self._erbij[Dossier][dossier.pk].elementen = list(dossier.elementen.all())
        for punt in self.aandachtspunten:
            self._erbij[Dossier][punt.dossier_id].aandachtspunten.append(punt)
        for vraag in Vraag.objects.select_related("voorbeeld"):
            self._erbij[Dossier][vraag.dossier_id].vragen.append(vraag)
        for link in Dossierlink.objects.all():
            self._erbij[Dossier][link.dossier_id].links.append(link)
        for tip in Tip.objects.select_related("bron"):
            self._erbij[Dossier][tip.dossier_id].tips.append(tip)
            if tip.voorbeeld_id:
                self._erbij[Praktijkvoorbeeld][tip.voorbeeld_id].tips.append(tip)
        for geld in Financiering.objects.select_related(
            "bron", "voorbeeld", "aanpak", "dossier"
        ):
            for doel in (geld.dossier, geld.aanpak, geld.voorbeeld):
                if doel is not None:
                    self._erbij[type(doel)][doel.pk].financieringen.append(geld)


def _voorbeeldindex() -> Facettenindex:
    """The facets of the published examples, by name."""
    velden = ("naam", "pk", "gemeente__slug", "gemeente__provincie")
    rijen = sorted(
        Praktijkvoorbeeld.objects.gepubliceerd().order_by().values_list(*velden),
        key=lambda rij: (sorteersleutel(rij[0]), rij[1]),
    )
    index = Facettenindex([pk for _, pk, *_ in rijen])
    index.voeg_toe(
        "provincie",
        [*(Waarde(p.value, str(p.label)) for p in Provincie), ONBEKEND],
        ((pk, provincie or ONBEKEND.slug) for _, pk, _, provincie in rijen),
    )
    index.voeg_toe(
        "gemeente",
        [*_waarden(Gemeente), ONBEKEND],
        ((pk, gemeente or ONBEKEND.slug) for _, pk, gemeente, _ in rijen),
    )
    koppelingen = Voorbeeldkoppeling.objects.filter(
        aanpak__in=Aanpak.objects.gepubliceerd()
    ).order_by("aanpak__naam")
    paren = list(koppelingen.values_list("voorbeeld", "aanpak__slug", "aanpak__naam"))
    namen = {slug: naam for _, slug, naam in paren}
    index.voeg_toe(
        "aanpak",
        [Waarde(slug, naam) for slug, naam in namen.items()],
        ((pk, slug) for pk, slug, _ in paren),
    )
    for sleutel, model, veld in (
        ("thema", Reflectiethema, "themas"),
        ("doelgroep", Doelgroep, "doelgroepen"),
        ("element", WerkzaamElement, "elementen"),
    ):
        rijen_van = Praktijkvoorbeeld.objects.order_by().exclude(**{veld: None})
        index.voeg_toe(
            sleutel, _waarden(model), rijen_van.values_list("pk", f"{veld}__slug")
        )
    return index


def _waarden(model: type[Model]) -> list[Waarde]:
    termen = model._default_manager.values_list("slug", "naam")
    return [Waarde(*term) for term in termen]


def _bouw(peildatum: date) -> Kennis:
    return Kennis()


kennis = PerVersie(_bouw)
