"""Exports: of all that somebody may see, or of what they chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from wijkwijzer.rekenblad import ods
from wijkwijzer.rekenblad.schrijven import XLSX, schrijf
from wijkwijzer.uitwisseling.bladen import schrijf_bladen
from wijkwijzer.uitwisseling.documenten import schrijf_documenten
from wijkwijzer.uitwisseling.gelezen import alle_soorten
from wijkwijzer.uitwisseling.models import Invoer
from wijkwijzer.uitwisseling.rechten import mag_zien

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Format → (what people call it, extension, media type).
FORMATEN = {
    "yaml": ("Documenten (YAML in een zip)", "zip", "application/zip"),
    "json": ("Documenten (één JSON-bestand)", "json", "application/json"),
    "xlsx": (
        "Rekenblad voor Excel (xlsx)",
        "xlsx",
        XLSX,
    ),
    "ods": (
        "Rekenblad voor LibreOffice (ods)",
        "ods",
        ods.MIME,
    ),
    "csv": ("Rekenbladen als csv (in een zip)", "zip", "application/zip"),
}
DOCUMENTEN = {"yaml", "json"}


def te_exporteren(user: User) -> list[str]:
    return [
        soort
        for soort, declared in alle_soorten().items()
        if mag_zien(user, declared.model)
    ]


def exporteer(
    soorten: dict[str, list[Any] | None], formaat: str, *, by: User | None
) -> bytes:
    """The file with these kinds: of each the keys of its rows, or None for all."""
    if formaat in DOCUMENTEN:
        inhoud = schrijf_documenten(soorten, formaat)
    else:
        inhoud = schrijf(schrijf_bladen(soorten), formaat)
    if by is not None:
        aantal = [
            f"{soort} ({'alles' if pks is None else len(pks)})"
            for soort, pks in soorten.items()
        ]
        LogEntry.objects.create(
            user=by,
            content_type=ContentType.objects.get_for_model(Invoer),
            object_id="",
            object_repr=f"Export: {formaat}",
            action_flag=CHANGE,
            change_message=f"Geëxporteerd: {', '.join(aantal)}",
        )
    return inhoud


def bestandsnaam(soorten: dict[str, Any], formaat: str) -> str:
    wat = next(iter(soorten)) if len(soorten) == 1 else "alles"
    dag = timezone.localdate()
    return f"wijkwijzer-{wat}-{dag}.{FORMATEN[formaat][1]}"
