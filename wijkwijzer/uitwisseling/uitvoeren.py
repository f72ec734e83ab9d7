"""Carrying out a plan: all of it in one transaction, or nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from wijkwijzer.core.models import Adrescontrole, Status, VorigeSlug
from wijkwijzer.core.models.adrescontrole import Adresstatus
from wijkwijzer.redactie.veranderd import verschillen
from wijkwijzer.uitwisseling.documenten import tijd
from wijkwijzer.uitwisseling.gelezen import (
    Fout,
    Kennis,
    alle_soorten,
    normaal,
    verwijzingen,
)
from wijkwijzer.uitwisseling.plan import stil
from wijkwijzer.wholes import work
from wijkwijzer.wholes.actions import CannotPublishError, publish, withdraw
from wijkwijzer.wholes.apply import MissingError, apply
from wijkwijzer.wholes.declaration import Data, Kind, Whole, spec_of
from wijkwijzer.wholes.models import Publicatie
from wijkwijzer.wholes.registry import terms, wholes
from wijkwijzer.wholes.words import RowNames

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from wijkwijzer.uitwisseling.plan import Plan, Regel, Voortgang


class NietUitgevoerdError(Exception):
    """Nothing was written, for these reasons."""

    def __init__(self, fouten: list[Fout]) -> None:
        super().__init__("\n".join(map(str, fouten)))
        self.fouten = fouten


class IntussenError(NietUitgevoerdError):
    """What is there is no longer what the plan was made of."""


def voer_uit(
    plan: Plan,
    *,
    by: User,
    bestand: str,
    publiceren: bool = False,
    voortgang: Voortgang = stil,
) -> None:
    """Write it to the working copies. Raises NietUitgevoerdError.

    ``publiceren``: what the file says that readers see, or of a spreadsheet all that it
    changed, readers then see.
    """
    if plan.fouten:
        raise NietUitgevoerdError(plan.fouten)
    with transaction.atomic():
        _houd_vast(plan)
        uitvoering = _Uitvoering(plan, by, f"Ingelezen uit {bestand[:200]}", voortgang)
        uitvoering.schrijf()
        if publiceren:
            uitvoering.publiceer()
        uitvoering.zet_adressen()


def _houd_vast(plan: Plan) -> None:
    """Lock what is to be written, and see that it is what it was."""
    for declared in alle_soorten().values():
        regels = [r for r in plan.regels if r.declared is declared]
        pks = [r.bestaand.pk for r in regels if r.bestaand]
        if not regels:
            continue
        rijen: Any = declared.model._default_manager.order_by("pk")
        for begin in range(0, len(pks), 500):
            deel = rijen.filter(pk__in=pks[begin : begin + 500])
            list(deel.select_for_update().values_list("pk"))
        nu = Kennis().van(declared)
        anders = [r for r in regels if _is_anders(r, nu.get(r.gelezen.key))]
        if anders:
            namen = ", ".join(f"“{r.naam}”" for r in anders[:5])
            raise IntussenError(
                [
                    Fout(
                        "",
                        f"Intussen gewijzigd: {namen}. Kijk het verschil opnieuw na.",
                    )
                ]
            )


def _is_anders(regel: Regel, nu: Any) -> bool:
    was = regel.bestaand
    if was is None or nu is None:
        return was is not nu
    return (was.pk, was.revisie, was.data) != (nu.pk, nu.revisie, nu.data)


class _Uitvoering:
    def __init__(
        self, plan: Plan, by: User, opmerking: str, voortgang: Voortgang
    ) -> None:
        self._plan, self._by, self._opmerking = plan, by, opmerking
        self._voortgang = voortgang
        self._rijen: dict[int, Any] = {}
        self._namen = RowNames()

    def schrijf(self) -> None:
        """Lists before what names them; in a group first all are there."""
        gedaan = 0
        self._onthoud([r for r in self._plan.regels if r.bestaand], by=None)
        for groep in self._groepen():
            for regel in self._eerst_kaal(groep):
                self._pas_toe(regel, _kaal(regel))
            for regel in groep:
                self._voortgang("Inlezen", gedaan, len(self._plan.regels))
                self._schrijf_regel(regel)
                gedaan += 1
        self._onthoud(self._plan.regels, by=self._by)
        self._schrijf_op()

    def _onthoud(self, regels: list[Regel], *, by: User | None) -> None:
        """Keep the working copies as they are now, for the history."""
        for declared in wholes().values():
            pks = [
                r.bestaand.pk if r.bestaand else self._rijen[id(r)].pk
                for r in regels
                if r.declared is declared
            ]
            for begin in range(0, len(pks), 500):
                work.remember_many(declared, pks[begin : begin + 500], by=by)

    def _groepen(self) -> list[list[Regel]]:
        regels = self._plan.regels
        lijsten = [
            [r for r in regels if r.declared is declared]
            for declared in terms().values()
        ]
        return [*lijsten, [r for r in regels if issubclass(r.declared, Whole)]]

    def _schrijf_regel(self, regel: Regel) -> None:
        row = self._pas_toe(regel, regel.nieuw)
        self._rijen[id(regel)] = row
        if issubclass(regel.declared, Whole):
            self._zet_status(regel, row)

    def _eerst_kaal(self, groep: list[Regel]) -> list[Regel]:
        """New records that name something new: first all are there."""
        nieuw = {(r.declared, r.gelezen.key) for r in groep if not r.bestaand}
        return [
            regel
            for regel in groep
            if not regel.bestaand
            and any(
                naam in nieuw
                for naam in verwijzingen(spec_of(regel.declared), regel.nieuw)
            )
        ]

    def _pas_toe(self, regel: Regel, data: Data) -> Any:
        try:
            return apply(regel.declared, data)
        except MissingError as fout:
            melding = f"Dit is er niet: {fout}."
        except (IntegrityError, DataError, ValidationError) as fout:
            melding = f"De database neemt dit niet aan: {fout}"
        raise NietUitgevoerdError([Fout(regel.gelezen.waar(()), melding)])

    def _zet_status(self, regel: Regel, row: Any) -> None:
        """A new record that was waiting for review still does."""
        stand = regel.gelezen.stand or {}
        if not regel.bestaand and stand.get("status") == Status.TER_BEOORDELING:
            type(row)._default_manager.filter(pk=row.pk).update(
                status=Status.TER_BEOORDELING
            )

    def _schrijf_op(self) -> None:
        """In the history of each record, with the old and the new values."""
        soorten = {r.declared.model for r in self._plan.regels}
        types = ContentType.objects.get_for_models(*soorten) if soorten else {}
        LogEntry.objects.bulk_create(
            [
                LogEntry(
                    user=self._by,
                    content_type=types[regel.declared.model],
                    object_id=str(self._rijen[id(regel)].pk),
                    object_repr=str(self._rijen[id(regel)])[:200],
                    action_flag=CHANGE if regel.bestaand else ADDITION,
                    change_message=self._bericht(regel),
                )
                for regel in self._plan.regels
            ],
            batch_size=500,
        )

    def _bericht(self, regel: Regel) -> str:
        if not regel.bestaand:
            return self._opmerking
        model = regel.declared.model
        regels = verschillen(model, regel.oud, regel.nieuw, self._namen)
        return "\n".join([self._opmerking, *regels])

    # What readers see

    def publiceer(self) -> None:
        alle = [*self._plan.regels, *self._plan.gelijk]
        regels = [r for r in alle if issubclass(r.declared, Whole)]
        for nummer, regel in enumerate(regels):
            self._voortgang("Publiceren", nummer, len(regels))
            stand = regel.gelezen.stand
            if stand is None:
                # A spreadsheet says nothing of it: what it changed.
                if id(regel) in self._rijen:
                    self._toon(regel, self._rij(regel))
            elif stand.get("eerste_op"):
                self._als_toen(regel, stand)

    def _rij(self, regel: Regel) -> Any:
        row = self._rijen.get(id(regel))
        if row is None and regel.bestaand:
            row = regel.declared.model._default_manager.get(pk=regel.bestaand.pk)
        return row

    def _toon(
        self,
        regel: Regel,
        row: Any,
        *,
        note: str | None = None,
        at: datetime | None = None,
    ) -> None:
        try:
            publish(
                record=row,
                by=self._by,
                note=(self._opmerking if note is None else note)[:250],
                at=at,
            )
        except CannotPublishError as fout:
            raise NietUitgevoerdError(
                [
                    Fout(regel.gelezen.waar(p.place), f"Publiceren kan niet: {p}")
                    for p in fout.problems
                ]
            ) from None

    def _als_toen(self, regel: Regel, stand: Data) -> None:
        """Let readers see what they saw, and since when, where they see nothing yet.

        Where they do see something, what the file says of it is published now.
        """
        row, ingetrokken = self._rij(regel), bool(stand.get("reden"))
        bekend = Publicatie.objects.filter(uuid=row.uuid).exists()
        if bekend and ingetrokken:
            return
        gezien = regel.gelezen.gezien
        gezien = gezien and normaal(spec_of(regel.declared), gezien)
        if gezien and gezien != regel.nieuw:
            row = self._pas_toe(regel, gezien)
        op, eerste = tijd(stand["op"]), tijd(stand["eerste_op"])
        if bekend:
            self._toon(regel, row)
        else:
            self._toon(regel, row, at=op, note=str(stand.get("opmerking", "")))
            Publicatie.objects.filter(uuid=row.uuid).update(eerste_op=eerste)
            row._meta.model._default_manager.filter(pk=row.pk).update(
                gepubliceerd_op=eerste
            )
            self._zet_vorige_slugs(row, stand)
            if ingetrokken:
                withdraw(record=row, reason=str(stand["reden"]), by=self._by, at=op)
        if gezien and gezien != regel.nieuw:
            self._pas_toe(regel, regel.nieuw)

    def _zet_vorige_slugs(self, row: Any, stand: Data) -> None:
        slugs = stand.get("vorige_slugs", ())
        VorigeSlug.objects.bulk_create(
            [
                VorigeSlug(soort=row.soort, slug=str(slug)[:100], uuid=row.uuid)
                for slug in (slugs if isinstance(slugs, list) else ())
            ],
            ignore_conflicts=True,
        )

    def zet_adressen(self) -> None:
        """What was known of addresses, of those of which nothing is known here."""
        Adrescontrole.objects.bulk_create(
            [
                Adrescontrole(
                    adres=str(rij["adres"])[:500],
                    status=rij["status"],
                )
                for rij in self._plan.lezing.adressen
                if rij.get("adres") and rij.get("status") in Adresstatus.values
            ],
            ignore_conflicts=True,
        )


def _kaal(regel: Regel) -> Data:
    """A document without what may not be there yet."""
    weg = {
        f.name
        for f in spec_of(regel.declared).fields
        if f.type is regel.declared or f.kind in {Kind.REF, Kind.REFS, Kind.PARTS}
    }
    return {naam: value for naam, value in regel.nieuw.items() if naam not in weg}
