"""What filters must find, computed from the rows: no documents, no index, no bitmaps.

Each record that readers see has a set of values per facet, read with the ORM from its
working copy. So this holds as long as all that is published has no later changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from itertools import cycle
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.text import slugify
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from aanpakken.models import MAX_LEEFTIJD, Aanpak
from interventies.models import (
    Databank,
    Erkenning,
    Geldigheidsregel,
    InDatabank,
    Interventie,
    Niveau,
)
from kennisdossier.models import Praktijkvoorbeeld
from tests import factories
from wijkwijzer.core.models import Status
from wijkwijzer.facets.filters import FacetFilterSet
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.stand import Stand

# By slug: what a record has of each facet.
Records = Mapping[str, Mapping[str, Collection[str]]]
Asked = Mapping[str, Collection[str]]

UNKNOWN = "bestaatniet"

# Examples share one database and only read.
reading = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def interventies(day: date) -> Records:
    return {
        record.slug: {
            **_recognition(record, day),
            "databank": {
                listing.databank.slug
                for listing in record.vermeldingen.select_related("databank")
                if listing.in_databank == "nu"
            },
        }
        for record in Interventie.objects.gepubliceerd()
    }


LAPSED = {"verlopen", "waarschijnlijk-verlopen"}
MOST = ["geldig", "onbekend", "waarschijnlijk-verlopen", "verlopen"]


def _recognition(record: Interventie, day: date) -> dict[str, list[str]]:
    """Level and status of one recognition: known, not lapsed, highest, surest."""
    found = []
    for recognition in record.erkenningen.select_related("niveau__hoofdniveau"):
        level, status = recognition.niveau, status_of(recognition, day)
        slug = (level.hoofdniveau or level).slug if level else "onbekend"
        rank = (
            -bool(level),
            status in LAPSED,
            -(level.volgorde if level else 0),
            MOST.index(status),
        )
        found.append((rank, status, slug))
    if not found:
        return {"erkenning": ["geen"], "niveau": ["onbekend"]}
    _, status, level = min(found)
    return {"erkenning": [status], "niveau": [level]}


def status_of(recognition: Erkenning, day: date) -> str:
    """What a source says of the end; else whether the usual term has passed."""
    if end := recognition.geldig_tot and str(recognition.geldig_tot):
        return "geldig" if str(day)[: len(end)] <= end else "verlopen"
    begin, level = recognition.datum or recognition.bron_datum, recognition.niveau
    rule = Geldigheidsregel.objects.filter(
        databank=recognition.databank, niveau=level and (level.hoofdniveau or level)
    ).first()
    if begin and rule:
        end = f"{begin.jaar + rule.jaren}{str(begin)[4:]}"
        if str(day)[: len(end)] > end:
            return "waarschijnlijk-verlopen"
    return "onbekend"


def aanpakken(day: date) -> Records:
    register = interventies(day)
    nothing = {"erkenning": ["geen"], "niveau": ["onbekend"], "databank": []}
    records = {}
    for record in Aanpak.objects.gepubliceerd():
        entry = record.interventie.slug if record.interventie else ""
        doers = record.uitvoeringen.filter(basis="expliciet")
        records[record.slug] = {
            **register.get(entry, nothing),
            "laag": _slugs(doers.exclude(rol__in=["partner", "verwijzer"]), "laag"),
            "actor": _slugs(doers, "actor"),
            "vraagstuk": _slugs(record.vraagstukkoppelingen, "vraagstuk"),
            "thema": _slugs(record.themakoppelingen, "thema"),
            "doelgroep": _slugs(record.doelgroepkoppelingen, "doelgroep"),
            "leeftijd": _ages(record),
            "soort": [record.rubriek],
            "vorm": [record.vorm.slug] if record.vorm else [],
            "aspect": _slugs(record.aspectkoppelingen, "aspect"),
            "element": _slugs(record.elementkoppelingen, "element"),
            "tag": {slugify(tag.name) for tag in record.tags.all()},
        }
    return records


def _slugs(parts: Any, term: str) -> set[str]:
    return {*parts.exclude(**{term: None}).values_list(f"{term}__slug", flat=True)}


def _ages(record: Aanpak) -> set[str]:
    """Every age that fits: a group without an age, or no group at all, fits any."""
    groups = record.doelgroepkoppelingen
    primary = groups.filter(rol="primair") or groups.all()
    bounds = [
        (group.leeftijd_van, group.leeftijd_tot, group.bovengrens_telt_niet)
        for group in primary
    ] or [(None, None, False)]
    return {
        str(age)
        for age in range(MAX_LEEFTIJD + 1)
        if any(
            (low is None or low <= age)
            and (high is None or age < high or (age == high and not below))
            for low, high, below in bounds
        )
    }


def voorbeelden(day: date) -> Records:
    seen = {*Aanpak.objects.gepubliceerd().values_list("slug", flat=True)}
    return {
        record.slug: {
            "provincie": [
                record.gemeente.provincie if record.gemeente else "onbekend",
            ],
            "gemeente": [record.gemeente.slug if record.gemeente else "onbekend"],
            "thema": {*record.themas.values_list("slug", flat=True)},
            "doelgroep": {*record.doelgroepen.values_list("slug", flat=True)},
            "aanpak": _slugs(record.koppelingen, "aanpak") & seen,
            "element": {*record.elementen.values_list("slug", flat=True)},
        }
        for record in Praktijkvoorbeeld.objects.gepubliceerd()
    }


def found(records: Records, asked: Asked) -> set[str]:
    """OR within a facet, AND across; nothing asked of a facet filters nothing."""
    return {
        slug
        for slug, values in records.items()
        if all(
            any(value in values[facet] for value in wanted)
            for facet, wanted in asked.items()
            if wanted
        )
    }


# What the application says


def slugs(filterset: FacetFilterSet) -> list[str]:
    """What a form finds, in its order."""
    records = filterset.index.records
    return [records[position].slug for position in filterset.treffers()]


def agrees(filterset: FacetFilterSet, records: Records) -> None:
    """Everything that a form finds and counts is what the rows say."""
    data = filterset.data
    asked = {
        key: [value for value in data.getlist(key) if value != UNKNOWN]
        for key in next(iter(records.values()))
    }
    # Words are the business of the search: a filter keeps what they find, and no more.
    if words := data.get("q"):
        hits = {*slugs(type(filterset)(QueryDict(f"q={words}"), filterset.stand))}
        records = {slug: values for slug, values in records.items() if slug in hits}
    hits = slugs(filterset)
    assert len(hits) == len(filterset.treffers())
    assert sorted(hits) == sorted(found(records, asked)), data
    for group in filterset.facetten():
        for option in group.opties:
            one = {**asked, group.sleutel: [option.waarde]}
            assert option.aantal == len(found(records, one)), (data, option)


def queries(
    filterset: type[FacetFilterSet], **typed: st.SearchStrategy[str]
) -> st.SearchStrategy[QueryDict]:
    """Any choice of values, existing or not, in some groups and of what is typed."""
    form = filterset(QueryDict(), current_stand())
    groups = {key: value.map(lambda text: [text]) for key, value in typed.items()}
    for key in form.meerkeuzes:
        values = [*form.index.waarden(key), UNKNOWN]
        groups[key] = st.lists(st.sampled_from(values), max_size=4)

    def as_query(chosen: dict[str, list[str]]) -> QueryDict:
        query = QueryDict(mutable=True)
        for key, values in chosen.items():
            query.setlist(key, values)
        return query

    # Few groups at a time, or nothing is ever found.
    return (
        st.lists(st.sampled_from([*groups]), max_size=4, unique=True)
        .flatmap(lambda keys: st.fixed_dictionaries({k: groups[k] for k in keys}))
        .map(as_query)
    )


def stands() -> list[Stand]:
    """The stand with what changed in layers over it, and the same one built anew."""
    layered = current_stand()
    current_stand.reset()
    return [layered, current_stand()]


def vary() -> None:
    """Make what the content has no example of: ends, what nobody sees, no links."""
    today = timezone.localdate()
    ends = ["9000", "2001-02-03", str(today), f"{today:%Y-%m}", f"{today:%Y}", None]
    for erkenning, end in zip(
        Erkenning.objects.order_by("pk"), cycle(ends), strict=False
    ):
        Erkenning.objects.filter(pk=erkenning.pk).update(datum=None, geldig_tot=end)
    for interventie in Interventie.objects.gepubliceerd():
        factories.publish(interventie)
    factories.withdraw(Interventie.objects.get(slug="thuis-op-straat"))
    factories.withdraw(Aanpak.objects.get(slug="goldensports"))
    factories.make_complete_aanpak(status=Status.TER_BEOORDELING)
    factories.make_aanpak()
    concept = factories.make_interventie(status=Status.CONCEPT)
    factories.make_aanpak(interventie=concept)
    recognised = factories.make_interventie()
    for databank, niveau, place in zip(
        Databank.objects.all(), Niveau.objects.all(), cycle(InDatabank), strict=False
    ):
        for record in (concept, recognised):
            factories.make_erkenning(record, databank=databank, niveau=niveau)
            factories.make_vermelding(record, databank=databank, in_databank=place)
    lapsed = factories.make_interventie()
    for niveau in Niveau.objects.all():
        factories.make_erkenning(lapsed, niveau=niveau, datum="2001")
    factories.make_aanpak(interventie=lapsed)
    factories.make_complete_aanpak(
        interventie=recognised,
        tags=["sport", "bijzonder"],
        rubriek="methodische-aanpak",
    )
