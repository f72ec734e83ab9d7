"""All that waits for editors, in the order of the start page.

To add a queue: a group here, and one ``Wachtrij`` per model that it is about. The list
of the model then has it as a filter, and the start page counts it.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache, partial, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from interventies.admin.nakijken import (
    eerste_met_erkenning,
    hoe_het_staat,
    met_erkenning,
    nakijkadres,
)
from interventies.models import Erkenningsstatus, Interventie
from wijkwijzer.core.models import Adrescontrole, Status
from wijkwijzer.core.rollen import PUBLICEREN
from wijkwijzer.deelname.models import (
    Bericht,
    Berichtstatus,
    Inzending,
    Inzendingstatus,
    Reactie,
    Reactiemelding,
    Reactiestatus,
)
from wijkwijzer.publicatie.uitval import uitgevallen
from wijkwijzer.redactie.indexstand import uit_de_pas
from wijkwijzer.redactie.links.wachtrij import te_doen
from wijkwijzer.redactie.wachtrijen import Groep, Item, Kolom, Wachtrij, registreer
from wijkwijzer.search.models import Zoekwoord
from wijkwijzer.wholes.admin.filters import missing_of
from wijkwijzer.wholes.models import (
    Beoordeling,
    Gepland,
    Planstand,
    Publicatie,
    Uitkomst,
    Versie,
    Werkstand,
)
from wijkwijzer.wholes.registry import wholes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import User
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from wijkwijzer.wholes.declaration import Whole

# Facts are looked at again after this.
GELDT_NA = timedelta(days=365)
# What colleagues published, and what was searched for, longer ago is no news.
NIEUWS = timedelta(days=7)
ZOEKEN = timedelta(days=14)
# So many the start page shows itself, to begin with at once.
EERSTE = 5

IN_DE_MAAK = (Status.CONCEPT, Status.TER_BEOORDELING)
CONTROLE = "laatst_gecontroleerd_op"


def _ik(request: HttpRequest) -> User:
    user: Any = request.user
    return user  # type: ignore[no-any-return]


# What readers sent

VAN_LEZERS = Groep(
    "Van lezers",
    "Wat lezers stuurden en op jou wacht.",
    "wat lezers sturen",
)


def _inzendingen(rijen: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    return rijen.filter(status=Inzendingstatus.WACHT)


def _berichten(rijen: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Mail that failed, or that nobody even tries to send."""
    stuck = Bericht.objects.blijft_liggen().values("pk")
    return rijen.filter(Q(status=Berichtstatus.MISLUKT) | Q(pk__in=stuck))


registreer(
    Wachtrij(
        "reacties",
        VAN_LEZERS,
        "reacties",
        Reactie,
        lambda rijen, request: rijen.filter(status=Reactiestatus.WACHT),
    ),
    Wachtrij(
        "meldingen",
        VAN_LEZERS,
        "meldingen",
        Reactiemelding,
        lambda rijen, request: rijen.filter(afgehandeld=False),
    ),
    Wachtrij(
        "inzendingen",
        VAN_LEZERS,
        "praktijkvoorbeelden",
        Inzending,
        _inzendingen,
    ),
    Wachtrij(
        "berichten",
        VAN_LEZERS,
        "vragen en antwoorden die niet verstuurd zijn",
        Bericht,
        _berichten,
    ),
)

# What a colleague asks, and what was to happen

TE_BEOORDELEN = Groep(
    "Te beoordelen",
    "Een collega diende dit in en wacht op je antwoord.",
    "wat collega’s indienden",
)
MISLUKT = Groep(
    "Niet gelukt op tijd",
    "Dit zou vanzelf gepubliceerd of ingetrokken zijn, maar dat kon niet.",
    "wat gepland was",
)


def _ingediend(rijen: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """What waits for another: who submitted it has it with what is his."""
    waiting = rijen.filter(uitkomst=Uitkomst.WACHT)
    return waiting.exclude(ingediend_door=_ik(request))


def _niet_gelukt(rijen: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    lately = timezone.now() - NIEUWS
    return rijen.filter(stand=Planstand.MISLUKT, op__gt=lately)


registreer(
    Wachtrij(
        "beoordelen",
        TE_BEOORDELEN,
        "inzendingen van collega’s",
        Beoordeling,
        _ingediend,
        recht=PUBLICEREN,
    ),
    Wachtrij("mislukt", MISLUKT, "plannen", Gepland, _niet_gelukt, recht=PUBLICEREN),
)

# Recognitions

ERKENNINGEN = Groep(
    "Erkenningen",
    "Lezers zien dat de erkenning niet meer geldt, of dat niemand het weet.",
    "erkenningen",
)


def _met(
    status: Erkenningsstatus, rijen: QuerySet[Any], request: HttpRequest
) -> QuerySet[Any]:
    seen = Publicatie.objects.filter(pk__in=met_erkenning(status))
    return rijen.filter(uuid__in=seen.values("uuid"))


def _eerste(status: Erkenningsstatus) -> list[Item]:
    uuids = eerste_met_erkenning(status, EERSTE)
    rows = Interventie.objects.in_bulk(uuids, field_name="uuid")
    found = [rows[uuid] for uuid in uuids if uuid in rows]
    said = hoe_het_staat(found)
    return [Item(nakijkadres(row), row.naam, said.get(row.pk, "")) for row in found]


registreer(
    *(
        Wachtrij(
            f"erkenning-{status.value}",
            ERKENNINGEN,
            words,
            Interventie,
            partial(_met, status),
            kolom=Kolom("erkenning", partial(hoe_het_staat, als_link=True)),
            eerste=partial(_eerste, status),
        )
        for status, words in (
            (Erkenningsstatus.VERLOPEN, "verlopen"),
            (Erkenningsstatus.WAARSCHIJNLIJK_VERLOPEN, "waarschijnlijk verlopen"),
            (Erkenningsstatus.ONBEKEND, "geldigheid niet bekend"),
        )
    )
)

# What somebody is working on

VAN_MIJ = Groep(
    "Mijn concepten",
    "Wat je schreef en lezers nog niet zien.",
    "jouw concepten",
)
VERSCHILT = Groep(
    "Mijn wijzigingen",
    "Gepubliceerd, maar je werkversie is anders dan wat lezers zien.",
    "jouw wijzigingen",
)


def _mijn_concepten(rijen: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    mine = Werkstand.objects.filter(uuid=OuterRef("uuid"), door=_ik(request))
    return rijen.filter(Exists(mine), status__in=IN_DE_MAAK)


def _mijn_wijzigingen(rijen: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Working copies that differ, by what I saved since they were published."""
    mine = Werkstand.objects.filter(
        uuid=OuterRef("uuid"), door=_ik(request), revisie__gt=OuterRef("_gezien")
    )
    changed = rijen.filter(status=Status.GEPUBLICEERD).exclude(_gezien=F("revisie"))
    return changed.filter(Exists(mine))


# What needs another look

GECONTROLEERD = Groep(
    "Een jaar niet gecontroleerd",
    "Gepubliceerd, en langer dan een jaar geleden of nooit nagekeken.",
    "de jaarlijkse controle",
)
ONVOLLEDIG = Groep(
    "Nog niet volledig",
    "Lezers zoeken hier iets wat er nog niet staat.",
    "wat nog niet volledig is",
)
LINKS = Groep(
    "Kapotte en verhuisde links",
    "Lezers komen er niet meer, of via een omweg.",
    "kapotte links",
)
DRUK = Groep(
    "Niet in het overzicht",
    "De pdf van het overzicht kon dit niet opnemen. Kijk de tekst na.",
    "het overzicht als pdf",
)
INDEX = Groep(
    "Zoeker loopt achter",
    "Lezers zien of vinden niet de versie die gepubliceerd is.",
    "de zoeker",
)


def _oud(rijen: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    since = timezone.localdate() - GELDT_NA
    old = Q(laatst_gecontroleerd_op=None) | Q(laatst_gecontroleerd_op__lt=since)
    return rijen.filter(old, status=Status.GEPUBLICEERD)


@cache
def _lacks(declared: type[Whole]) -> dict[str, tuple[str, Q]]:
    """What a record can lack, what costs least to see first: its words, and of which.

    Not that it was checked: that is a queue of its own.
    """
    columns = {f.name for f in declared.model._meta.concrete_fields}
    found = {
        name: (words, _without(declared, lookups, columns))
        for name, (words, lookups) in missing_of(declared).items()
        if name != CONTROLE
    }
    return dict(sorted(found.items(), key=lambda item: _is_of_parts(item[1][1])))


def _without(declared: type[Whole], lookups: dict[str, Any], columns: set[str]) -> Q:
    """Parts are asked for one by one: joined, they would multiply each other."""
    if lookups.keys() <= columns:
        return Q(**lookups)
    own = declared.model._default_manager.order_by().filter(pk=OuterRef("pk"))
    has = {f"{name}__isnull": False for name in lookups}
    return Q(~Exists(own.filter(**has)))


def _is_of_parts(lack: Q) -> bool:
    return not isinstance(lack.children[0], tuple)


@cache
def _lacking(declared: type[Whole]) -> Q:
    return reduce(or_, (lack for _, lack in _lacks(declared).values()))


def _niet_gedrukt(
    soort: str, rijen: QuerySet[Any], request: HttpRequest
) -> QuerySet[Any]:
    """What the last overview had to leave out: a file says so, no table."""
    return rijen.filter(slug__in=uitgevallen(soort), status=Status.GEPUBLICEERD)


def _onvolledig(
    declared: type[Whole], rijen: QuerySet[Any], request: HttpRequest
) -> QuerySet[Any]:
    return rijen.filter(~Q(status=Status.GEARCHIVEERD), _lacking(declared))


def _mist(declared: type[Whole], rijen: Sequence[Any]) -> dict[Any, Any]:
    """What each of these rows lacks, in words."""
    keys = [row.pk for row in rijen]
    found: dict[Any, list[str]] = {}
    rows = declared.model._default_manager.order_by().filter(pk__in=keys)
    for words, lack in _lacks(declared).values():
        for pk in rows.filter(lack).values_list("pk", flat=True):
            found.setdefault(pk, []).append(words)
    return {pk: ", ".join(words) for pk, words in found.items()}


def _van_gehelen() -> None:
    """For each kind of record with versions the same queues, group after group."""
    every = list(wholes().items())
    names = {s: str(d.model._meta.verbose_name_plural) for s, d in every}
    registreer(
        *(
            Wachtrij(f"{key}-{soort}", groep, names[soort], declared.model, rijen)
            for key, groep, rijen in (
                ("concepten", VAN_MIJ, _mijn_concepten),
                ("wijzigingen", VERSCHILT, _mijn_wijzigingen),
                ("controle", GECONTROLEERD, _oud),
            )
            for soort, declared in every
        ),
        *(
            Wachtrij(
                f"onvolledig-{soort}",
                ONVOLLEDIG,
                names[soort],
                declared.model,
                partial(_onvolledig, declared),
                kolom=Kolom("mist", partial(_mist, declared)),
            )
            for soort, declared in every
            if _lacks(declared)
        ),
        *(
            Wachtrij(
                f"index-{soort}",
                INDEX,
                names[soort],
                declared.model,
                partial(uit_de_pas, declared),
            )
            for soort, declared in every
        ),
        *(
            Wachtrij(
                f"druk-{soort}",
                DRUK,
                names[soort],
                declared.model,
                partial(_niet_gedrukt, soort),
            )
            for soort, declared in every
        ),
    )


_van_gehelen()
registreer(
    Wachtrij("links", LINKS, "links", Adrescontrole, te_doen),
)

# News

GEZOCHT = Groep(
    "Gezocht en niets gevonden",
    "Woorden die op één dag drie of meer lezers zochten, in de laatste twee weken.",
    "zoekwoorden zonder resultaat",
)
COLLEGAS = Groep(
    "Van collega’s",
    "Wat collega’s in de laatste week publiceerden of introkken.",
    "wat collega’s publiceerden",
)


def _gezocht(rijen: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    since = timezone.localdate() - ZOEKEN
    return rijen.filter(afgehandeld=False, dag__gt=since)


def _van_collegas(rijen: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    lately = rijen.filter(op__gt=timezone.now() - NIEUWS, door__isnull=False)
    return lately.exclude(door=_ik(request))


registreer(
    Wachtrij("gezocht", GEZOCHT, "woorden", Zoekwoord, _gezocht),
    Wachtrij("collegas", COLLEGAS, "versies", Versie, _van_collegas, recht="view"),
)
