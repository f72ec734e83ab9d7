"""Which sites may show our embeds in a frame."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import idna
from django.core.exceptions import ValidationError
from django.db import models

# The name of a host; the last part is no number, so that no IP address is one.
HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?", re.ASCII
)
GEEN_DOMEIN = "Schrijf alleen de naam van de site, bijvoorbeeld: www.zuid.nl"
# All of them go in one header of each embed: servers take 8 kB of headers together.
MAX_SAMEN = 6000
TE_VEEL = "Er passen niet meer sites in de lijst. Haal er eerst een weg."


def lees_domein(tekst: str) -> str:
    """The host in what an editor typed or pasted, as browsers compare it.

    "https://www.zuid.nl/wijken" gives "www.zuid.nl"; a port stays. Raises
    ValidationError when there is no host in it.
    """
    tekst = tekst.strip().lower()
    try:
        delen = urlsplit(tekst if "://" in tekst else f"//{tekst}")
        naam = idna.encode(delen.hostname or "", uts46=True).decode()
        poort = delen.port
    except ValueError:
        raise ValidationError(GEEN_DOMEIN) from None
    if not HOST.fullmatch(naam):
        raise ValidationError(GEEN_DOMEIN)
    return f"{naam}:{poort}" if poort else naam


class Insluitdomein(models.Model):
    """A site that may show our embeds in a frame."""

    domein = models.CharField("domein", max_length=260, unique=True)
    van = models.CharField("van wie", max_length=200)

    class Meta:
        verbose_name = "site die mag insluiten"
        verbose_name_plural = "sites die mogen insluiten"
        ordering = ("domein",)

    def __str__(self) -> str:
        return self.domein

    def clean_fields(self, exclude: Any = None) -> None:
        """Before the rest is looked at: two ways to write one site are one site."""
        super().clean_fields(exclude=exclude)
        try:
            self.domein = lees_domein(self.domein)
        except ValidationError as fout:
            raise ValidationError({"domein": fout.messages}) from None

    def clean(self) -> None:
        super().clean()
        anderen = Insluitdomein.objects.exclude(pk=self.pk)
        namen = [*anderen.values_list("domein", flat=True), self.domein]
        if sum(len(naam) + 1 for naam in namen) > MAX_SAMEN:
            raise ValidationError(TE_VEEL)
