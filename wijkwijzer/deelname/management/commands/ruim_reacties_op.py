"""Keep the promises of the privacy page: run this every day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from wijkwijzer.deelname.bewaren import ruim_op
from wijkwijzer.search import gemist


class Command(BaseCommand):
    help = (
        "Verwijdert wat lang genoeg bewaard is: geweigerde reacties en voorbeelden "
        "en spam na 30 dagen, mails na 30 dagen, e-mailadressen na 12 maanden, wie "
        "niet bevestigde een lijst te volgen na een week, en pogingen na een uur."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        gedaan = ruim_op()
        # The site does so itself each minute; this is for one that is not running.
        gemist.ruim_op()
        self.stdout.write(
            f"Verwijderd: {gedaan.reacties} reacties, "
            f"{gedaan.inzendingen} inzendingen, {gedaan.meldingen} meldingen, "
            f"{gedaan.berichten} mails, {gedaan.abonnementen} abonnementen en "
            f"{gedaan.pogingen} pogingen. "
            f"E-mailadressen gewist: {gedaan.emails}."
        )
