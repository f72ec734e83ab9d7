"""What editors teach the search: words that mean the same, parts of compounds, and
where to look for what nothing is about. And what was asked of it in vain.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from wijkwijzer.core.teksten import regels


class SynoniemgroepManager(models.Manager["Synoniemgroep"]):
    def get_by_natural_key(self, naam: str) -> Synoniemgroep:
        return self.get(naam=naam)


class Synoniemgroep(models.Model):
    """Words and short phrases that readers use for the same thing."""

    naam = models.CharField("naam", max_length=100, unique=True)
    termen = models.TextField(
        "termen",
        help_text="Eén woord of korte woordgroep per regel. Wie het ene zoekt, "
        "vindt ook het andere.",
    )

    objects = SynoniemgroepManager()

    class Meta:
        verbose_name = "synoniemgroep"
        verbose_name_plural = "synoniemgroepen"
        ordering = ("naam",)

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.naam,)

    def clean(self) -> None:
        super().clean()
        if len(set(regels(self.termen))) < 2:
            raise ValidationError(
                {"termen": "Een groep heeft minstens twee verschillende termen."}
            )


class WoorddeelManager(models.Manager["Woorddeel"]):
    def get_by_natural_key(self, woord: str) -> Woorddeel:
        return self.get(woord=woord)


class Woorddeel(models.Model):
    """A word that makes compounds: with "theater", it is found in "wijktheater"."""

    woord = models.CharField(
        "woord",
        max_length=50,
        unique=True,
        help_text="Enkelvoud, kleine letters. Hiermee vindt de zoeker het woord ook "
        "binnen langere woorden.",
    )

    objects = WoorddeelManager()

    class Meta:
        verbose_name = "woorddeel"
        verbose_name_plural = "woorddelen"
        ordering = ("woord",)

    def __str__(self) -> str:
        return self.woord

    def natural_key(self) -> tuple[str]:
        return (self.woord,)


class VerwantManager(models.Manager["Verwant"]):
    def get_by_natural_key(self, naam: str) -> Verwant:
        return self.get(naam=naam)


class Verwant(models.Model):
    """Words that nothing here is about, and what comes nearest to them."""

    naam = models.CharField("naam", max_length=100, unique=True)
    woorden = models.TextField(
        "woorden",
        help_text="Eén woord of korte woordgroep per regel. Wie dit zoekt en niets "
        "vindt, ziet de pagina’s en de zoekterm hieronder.",
    )
    zoekterm = models.CharField(
        "zoekterm",
        max_length=100,
        blank=True,
        help_text="Een andere zoekterm, waarmee wel iets te vinden is.",
    )
    paginas = models.TextField(
        "pagina’s",
        blank=True,
        help_text="Eén adres per regel, zonder domein, van een thema, een dossier of "
        "iets anders dat de zoeker kent: /themas/verbinding/.",
    )

    objects = VerwantManager()

    class Meta:
        verbose_name = "verwant onderwerp"
        verbose_name_plural = "verwante onderwerpen"
        ordering = ("naam",)

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.naam,)

    def clean(self) -> None:
        super().clean()
        if not self.zoekterm and not regels(self.paginas):
            raise ValidationError("Geef een zoekterm of minstens één pagina.")


# What was asked in vain: see search/gemist.py


class Zoekwoord(models.Model):
    """What several people searched for on one day, and nothing here is about."""

    dag = models.DateField("dag")
    woord = models.CharField("gezocht", max_length=60)
    vragers = models.PositiveIntegerField(
        "door hoeveel lezers",
        help_text="Zoveel verschillende internetverbindingen, minstens.",
    )
    afgehandeld = models.BooleanField("afgehandeld", default=False)

    class Meta:
        verbose_name = "zoekwoord zonder resultaat"
        verbose_name_plural = "zoekwoorden zonder resultaat"
        ordering = ("-dag", "-vragers", "woord")
        constraints = [
            models.UniqueConstraint(
                fields=("dag", "woord"), name="search_zoekwoord_uniek"
            )
        ]

    def __str__(self) -> str:
        return self.woord


class Zoekdag(models.Model):
    """The secret of one day, with which askers and words are counted. Goes with it."""

    dag = models.DateField("dag", unique=True)
    zout = models.CharField("zout", max_length=64)

    class Meta:
        verbose_name = "zoekdag"
        verbose_name_plural = "zoekdagen"

    def __str__(self) -> str:
        return str(self.dag)


class Zoekvrager(models.Model):
    """That somebody asked something: two hashes, of which nobody reads who or what."""

    zoekdag = models.ForeignKey(
        Zoekdag, on_delete=models.CASCADE, related_name="vragers"
    )
    woord = models.CharField("woord", max_length=32)
    vrager = models.CharField("vrager", max_length=32)

    class Meta:
        verbose_name = "zoekvrager"
        verbose_name_plural = "zoekvragers"
        constraints = [
            models.UniqueConstraint(
                fields=("zoekdag", "woord", "vrager"), name="search_zoekvrager_uniek"
            )
        ]

    def __str__(self) -> str:
        return self.woord
