"""`manage.py generate_aanpakken N`: a catalogue of any size, to measure and to try."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction
from django.utils import timezone
from taggit.models import Tag

from aanpakken.management.proefteksten import Proeftekst, schrijf
from aanpakken.models import (
    Aanpak,
    Actor,
    Aspectkoppeling,
    Basis,
    Doelgroep,
    Doelgroepkoppeling,
    Doelgroeprol,
    Elementkoppeling,
    Feit,
    Feitsoort,
    Laagbasis,
    Leefbaarheidsaspect,
    Link,
    Linksoort,
    Reflectiethema,
    Rubriek,
    Stap,
    Sterkte,
    Themakoppeling,
    Trefwoordkoppeling,
    Uitvoering,
    Uitvoeringsrol,
    Vorm,
    Vraagstuk,
    Vraagstukkoppeling,
    WerkzaamElement,
)
from aanpakken.whole import AanpakDocument
from interventies.models import (
    Databank,
    Databankvermelding,
    Erkenning,
    InDatabank,
    Interventie,
    Niveau,
    Vermeldingssoort,
)
from interventies.whole import InterventieDocument
from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.core.models import Bron, Status
from wijkwijzer.memory.number import fold
from wijkwijzer.wholes.content.loading import load_content
from wijkwijzer.wholes.first_versions import add_first_versions
from wijkwijzer.wholes.registry import wholes

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from datetime import datetime

# What this command made is known by it, and nothing else is ever touched.
VOORVOEGSEL = "synthetisch-"
PER_KEER = 2000
ADRES = "https://voorbeeld.invalid/aanpak"

M = TypeVar("M", bound=models.Model)


class Command(BaseCommand):
    help = (
        "Vult een lege database met verzonnen aanpakken, tot er zoveel zijn als je "
        "vraagt. Nummer 12 is altijd dezelfde, tenzij je een andere --seed kiest."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("aantal", type=int, help="hoeveel aanpakken er moeten zijn")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, aantal: int, seed: int, **options: Any) -> None:
        if aantal < 1:
            raise CommandError("Vraag om minstens één aanpak.")
        weiger_echte_inhoud()
        laad_woordenlijsten()
        begin, nieuw = time.monotonic(), 0
        eerste = Aanpak.objects.count() + 1
        maker = Maker(seed)
        for nummer in range(eerste, aantal + 1, PER_KEER):
            nummers = range(nummer, min(nummer + PER_KEER, aantal + 1))
            with transaction.atomic():
                maker.maak(nummers)
            fold()
            nieuw += len(nummers)
        self.stdout.write(
            f"{nieuw} aanpakken gemaakt in {time.monotonic() - begin:.1f} s; "
            f"er zijn er nu {Aanpak.objects.count()}."
        )


def weiger_echte_inhoud() -> None:
    """Stop when anything can be published that this command did not make."""
    for declared in wholes().values():
        model = declared.model
        echt = model._default_manager.exclude(slug__startswith=VOORVOEGSEL)
        if aantal := echt.count():
            naam = model._meta.verbose_name_plural
            raise CommandError(
                f"Deze database bevat echte inhoud ({aantal} {naam}). Verzonnen "
                "aanpakken horen daar niet tussen. Kies een lege database met "
                "DATABASE_URL of VAR_DIR."
            )


def laad_woordenlijsten() -> None:
    """Without lists there is nothing to link to."""
    if not Reflectiethema.objects.exists():
        load_content(settings.BASE_DIR / "fixtures", only_lists=True)


@dataclass
class Rijen:
    """New records per model; an aanpak needs its interventie to be saved first."""

    per_model: dict[type[models.Model], list[models.Model]] = field(
        default_factory=lambda: {Interventie: [], Aanpak: []}
    )

    def nieuw(self, model: type[M], **velden: Any) -> M:
        rij = model(**velden)
        self.per_model.setdefault(model, []).append(rij)
        return rij

    def bewaar(self) -> None:
        for model, rijen in self.per_model.items():
            model._default_manager.bulk_create(rijen)


class Maker:
    """Makes aanpakken by number; what it looks up once, it keeps."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.vraagstukken = list(Vraagstuk.objects.all())
        self.themas = list(Reflectiethema.objects.all())
        self.doelgroepen = list(Doelgroep.objects.all())
        self.vormen = list(Vorm.objects.all())
        self.aspecten = list(Leefbaarheidsaspect.objects.all())
        self.elementen = list(WerkzaamElement.objects.all())
        self.actoren = list(Actor.objects.all())
        self.databanken = list(Databank.objects.all())
        self.niveaus = list(Niveau.objects.all())
        self.bronnen = list(Bron.objects.all())
        self.tags: dict[str, Tag] = {}

    def maak(self, nummers: range) -> None:
        """Make and save the aanpakken with these numbers."""
        randoms = [Random(f"{self.seed}:{nummer}") for nummer in nummers]  # noqa: S311
        teksten = [schrijf(random) for random in randoms]
        self._laad_tags({woord for tekst in teksten for woord in tekst.trefwoorden})
        nu = timezone.now()
        stam, rijen = Rijen(), Rijen()
        aanpakken = [
            self._aanpak(stam, nummer, random, tekst, nu)
            for nummer, random, tekst in zip(nummers, randoms, teksten, strict=True)
        ]
        stam.bewaar()
        for aanpak, random, tekst in zip(aanpakken, randoms, teksten, strict=True):
            self._koppelingen(rijen, aanpak, random, tekst)
            if aanpak.interventie:
                self._register(rijen, aanpak.interventie, random)
        rijen.bewaar()
        slugs = [aanpak.slug for aanpak in aanpakken]
        for declared in (InterventieDocument, AanpakDocument):
            records = declared.model._default_manager.filter(slug__in=slugs)
            add_first_versions(declared, records)

    def _aanpak(
        self, rijen: Rijen, nummer: int, random: Random, tekst: Proeftekst, nu: datetime
    ) -> Aanpak:
        publicatie = {
            "slug": f"{VOORVOEGSEL}{nummer}",
            "naam": tekst.naam,
            "status": Status.GEPUBLICEERD,
            "gepubliceerd_op": nu - timedelta(days=random.randint(0, 3000)),
            "laatst_gecontroleerd_op": (
                nu - timedelta(days=random.randint(0, 900))
            ).date(),
        }
        interventie = None
        if random.random() < 0.4:
            interventie = rijen.nieuw(
                Interventie,
                uuid=_uuid(random),
                eigenaar="Stichting Proef",
                **publicatie,
            )
        return rijen.nieuw(
            Aanpak,
            uuid=_uuid(random),
            interventie=interventie,
            rubriek=random.choice(Rubriek.values),
            naamvarianten=tekst.variant,
            samenvatting=tekst.samenvatting,
            doel=tekst.doel,
            omschrijving=tekst.omschrijving,
            vorm=random.choice([*self.vormen, None]),
            eigenaar="Stichting Proef",
            **publicatie,
        )

    def _koppelingen(
        self, rijen: Rijen, aanpak: Aanpak, random: Random, tekst: Proeftekst
    ) -> None:
        # Keys and not objects: a quarter less time for a million rows.
        for vraagstuk in _paar(random, self.vraagstukken, 1, 2):
            rijen.nieuw(
                Vraagstukkoppeling,
                aanpak_id=aanpak.pk,
                vraagstuk_id=vraagstuk.pk,
                basis=random.choice(Basis.values),
            )
        for thema in _paar(random, self.themas, 1, 3):
            rijen.nieuw(
                Themakoppeling,
                aanpak_id=aanpak.pk,
                thema_id=thema.pk,
                basis=random.choice(Basis.values),
                sterkte=random.choice(Sterkte.values),
            )
        groepen = _paar(random, self.doelgroepen, 1, 2)
        for plek, groep in enumerate(groepen):
            van = random.choice([None, *range(0, 70, 4)])
            tot = random.choice([None, (van or 0) + random.randint(4, 40)])
            rijen.nieuw(
                Doelgroepkoppeling,
                aanpak_id=aanpak.pk,
                doelgroep_id=groep.pk,
                rol=Doelgroeprol.SECUNDAIR if plek else Doelgroeprol.PRIMAIR,
                omschrijving=tekst.groepen[plek],
                leeftijd_van=van,
                leeftijd_tot=tot,
                bovengrens_telt_niet=tot is not None and tot % 2 == 0,
                volgorde=plek,
            )
        for plek, actor in enumerate(_paar(random, self.actoren, 1, 2)):
            rijen.nieuw(
                Uitvoering,
                aanpak_id=aanpak.pk,
                naam=tekst.uitvoerders[plek],
                rol=random.choice(Uitvoeringsrol.values),
                laag_id=actor.laag_id,
                laag_basis=Laagbasis.LIJST,
                actor_id=actor.pk,
                volgorde=plek,
            )
        for aspect in _paar(random, self.aspecten, 1, 2):
            rijen.nieuw(
                Aspectkoppeling,
                aanpak_id=aanpak.pk,
                aspect_id=aspect.pk,
                basis=random.choice(Basis.values),
            )
        for element in _paar(random, self.elementen, 0, 2):
            rijen.nieuw(
                Elementkoppeling,
                aanpak_id=aanpak.pk,
                element_id=element.pk,
                basis=random.choice(Basis.values),
            )
        for plek, (naam, toelichting) in enumerate(tekst.stappen, start=1):
            rijen.nieuw(
                Stap,
                aanpak_id=aanpak.pk,
                nummer=plek,
                naam=naam,
                toelichting=toelichting,
            )
        rijen.nieuw(
            Feit,
            aanpak_id=aanpak.pk,
            soort=Feitsoort.DUUR,
            tekst=tekst.duur,
            bron_id=random.choice(self.bronnen).pk,
        )
        rijen.nieuw(
            Link,
            aanpak_id=aanpak.pk,
            label="Meer over deze aanpak",
            url=f"{ADRES}/{aanpak.slug}/",
            soort=Linksoort.LEES_MEER,
        )
        rijen.nieuw(
            Aanpak.bronnen.through,
            aanpak_id=aanpak.pk,
            bron_id=random.choice(self.bronnen).pk,
        )
        for woord in dict.fromkeys(tekst.trefwoorden):
            rijen.nieuw(
                Trefwoordkoppeling,
                content_object_id=aanpak.pk,
                tag_id=self.tags[woord].pk,
            )

    def _register(self, rijen: Rijen, interventie: Interventie, random: Random) -> None:
        """One listing, and for most a recognition; what it leaves open varies."""
        databank = random.choice(self.databanken)
        adres = f"{ADRES}/register/{interventie.slug}/"
        rijen.nieuw(
            Databankvermelding,
            interventie_id=interventie.pk,
            databank_id=databank.pk,
            soort=random.choice(Vermeldingssoort.values),
            in_databank=random.choice(InDatabank.values),
            bron_url=adres,
        )
        if random.random() < 0.7:
            jaar = random.randint(2012, 2026)
            rijen.nieuw(
                Erkenning,
                interventie_id=interventie.pk,
                databank_id=databank.pk,
                niveau_id=random.choice([*(n.pk for n in self.niveaus), None]),
                datum=Deeldatum(jaar, random.randint(1, 12)),
                geldig_tot=random.choice([None, Deeldatum(jaar + 5)]),
                bron_url=adres,
            )

    def _laad_tags(self, woorden: set[str]) -> None:
        ontbreekt = sorted(woorden - self.tags.keys())
        Tag.objects.bulk_create(
            [Tag(name=woord, slug=woord.replace("é", "e")) for woord in ontbreekt],
            ignore_conflicts=True,
        )
        self.tags |= {tag.name: tag for tag in Tag.objects.filter(name__in=ontbreekt)}


def _paar(random: Random, uit: list[M], minstens: int, hooguit: int) -> list[M]:
    return random.sample(uit, random.randint(minstens, min(hooguit, len(uit))))


def _uuid(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)
