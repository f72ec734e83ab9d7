"""Fill in the forms of readers as a browser does, without waiting for the clock."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.core.signing import b62_encode
from django.test import Client

from kennisdossier.models import Contactpunt
from tests import factories, html
from tests.factories import make_dossier
from wijkwijzer.core.models import Status
from wijkwijzer.deelname import spam
from wijkwijzer.deelname.models import Reactie, Reactiestatus, Stem
from wijkwijzer.deelname.spam import Formulier

TEKST = "Bij ons werkt dit goed.\n\nVooral met koffie erbij."
DELEN = "/praktijkvoorbeelden/delen/"


def sleutel(soort: Formulier, seconden: float = 60) -> str:
    """The key of a form that was opened so many seconds ago."""
    signer = spam.signer(soort)
    moment = int(time.time() - seconden)
    # Not by setting the clock: tests with threads share it.
    signer.timestamp = lambda: b62_encode(moment)
    return signer.sign(str(uuid4()))


def make_contactpunt(**kwargs: Any) -> Contactpunt:
    """A contact of a dossier that readers see, without an address of its own."""
    nummer = next(factories.numbers)
    dossier = kwargs.pop("dossier", None) or make_dossier()
    defaults = {
        "slug": f"contactpunt-{nummer}",
        "organisatie": factories.make_organisatie(),
        "functie": "Adviseur",
    }
    punt = Contactpunt.objects.create(**defaults | kwargs)
    punt.dossiers.add(dossier)
    if dossier.status == Status.GEPUBLICEERD:
        factories.publish(dossier)
    return punt


def make_reactie(onderwerp: Any = None, **kwargs: Any) -> Reactie:
    """A reaction that readers can see."""
    onderwerp = onderwerp or make_dossier()
    defaults = {
        onderwerp.soort: onderwerp,
        "tekst": TEKST,
        "status": Reactiestatus.GOEDGEKEURD,
    }
    return Reactie.objects.create(**defaults | kwargs)


def make_stem(onderwerp: Any, waarde: int = 4) -> Stem:
    nummer = next(factories.numbers)
    return Stem.objects.create(
        kiezer=f"kiezer-{nummer}",
        waarde=waarde,
        **{onderwerp.soort: onderwerp},
    )


def make_redacteur() -> User:
    return User.objects.create_superuser(f"redacteur-{next(factories.numbers)}")


def adres(naam: str, onderwerp: Any) -> str:
    return f"/{naam}/{onderwerp.soort}/{onderwerp.slug}/"


def reactie_van(
    client: Client, onderwerp: Any, *, stap: str = "plaatsen", **velden: Any
):
    data = {
        "tekst": TEKST,
        "naam": "",
        "email": "",
        "sleutel": sleutel(Formulier.REACTIE),
        "stap": stap,
    }
    kop = {"REMOTE_ADDR": velden.pop("ip", "192.0.2.1")}
    return client.post(adres("reageren", onderwerp), data | velden, **kop)


def stem_van(client: Client, onderwerp: Any, waarde: Any = 4, **velden: Any):
    data = {"waarde": waarde, "sleutel": sleutel(Formulier.STEM)}
    kop = {"REMOTE_ADDR": velden.pop("ip", "192.0.2.1")}
    return client.post(adres("waarderen", onderwerp), data | velden, **kop)


def vraag_van(client: Client, punt: Contactpunt, **velden: Any):
    data = {
        "vraag": "Hoe begin ik?",
        "naam": "Noor",
        "email": "noor@voorbeeld.example",
        "sleutel": sleutel(Formulier.CONTACT),
    }
    return client.post(f"/contact/{punt.slug}/", data | velden)


def voorbeeld_van(client: Client, **velden: Any):
    data = {
        "naam_voorbeeld": "Soep op straat",
        "plaats": "Utrecht, Overvecht",
        "omschrijving": "Buren koken elke maand soep voor elkaar.",
        "aanpak": "",
        "link": "",
        "naam": "",
        "email": "",
        "sleutel": sleutel(Formulier.VOORBEELD),
    }
    kop = {"REMOTE_ADDR": velden.pop("ip")} if "ip" in velden else {}
    return client.post(DELEN, data | velden, **kop)


def melding_van(client: Client, reactie: Reactie, **velden: Any):
    data = {"reden": "Dit klopt niet.", "sleutel": sleutel(Formulier.MELDING)}
    return client.post(f"/reacties/{reactie.pk}/melden/", data | velden)


def is_bedankt(response: Any) -> bool:
    return response.status_code == 303 and response["Location"].endswith(
        "?verstuurd=ja"
    )


def fouten(response: Any) -> list[str]:
    """What the summary of errors says; our pages are read strictly."""
    pagina = html.read(response.content)
    return [
        punt.text
        for blok in pagina.all(class_="error-summary")
        for punt in blok.all("li")
    ]


def ingevuld(response: Any, naam: str) -> str:
    """What stands in a field of the form that came back."""
    veld = next(
        e
        for e in html.read(response.content).one("main").all("input", "textarea")
        if e.get("name") == naam
    )
    if veld.name == "textarea":
        return veld.raw_text.removeprefix("\n")
    return veld.get("value")
