"""The forms for readers. Whatever is wrong, a form gives back what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from aanpakken.models import Aanpak
from aanpakken.whole import AanpakDocument
from wijkwijzer.core.tekens import ONLEESBAAR, maak_schoon
from wijkwijzer.core.teksten import beginkapitaal
from wijkwijzer.deelname import spam
from wijkwijzer.deelname.invoer import aantal_links
from wijkwijzer.deelname.models import Ritme
from wijkwijzer.deelname.spam import Formulier
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import timedelta
    from uuid import UUID

MAX_TEKST = 4000
MAX_LINKS = 2
# A list that is longer helps nobody to choose.
MAX_KEUZELIJST = 300
TE_LANG = (
    "Dit zijn %(show_value)s tekens; er passen er %(limit_value)s in. Maak het korter."
)
KIES_GETAL = "Kies een getal van 1 tot en met 5."

FOUTEN = {
    "csrf": (
        "We weten niet zeker of jij dit formulier verstuurde. Wat je invulde, is er "
        "nog. Verstuur het nog een keer. Lukt het weer niet? Sta dan cookies toe voor "
        "deze site."
    ),
    "website": (
        "Er was een veld ingevuld dat leeg moet blijven; dat doen vooral robots. We "
        "maakten het leeg. Verstuur je formulier nog een keer."
    ),
    "te_snel": (
        "Dat ging wel erg snel. Kijk rustig na wat je invulde en verstuur het nog een "
        "keer."
    ),
    "sleutel": (
        "Dit formulier stond te lang open. Wat je invulde, is er nog. Kijk het na en "
        "verstuur het nog een keer."
    ),
}


class Keuzerondjes(forms.RadioSelect):
    """A few choices side by side; ``toont_waarde``: each with its value before it."""

    toont_waarde = False


class Cijferrondjes(Keuzerondjes):
    toont_waarde = True


class Lezersformulier(forms.Form):
    """What every form for readers has: a signed key, and a field that stays empty.

    ``vertrouwd``: whether it came from one of our own pages; no other form is valid.
    """

    soort: ClassVar[Formulier]
    te_snel: ClassVar[timedelta] = spam.TE_SNEL
    # Fields that are shown, and in which links are counted.
    velden_met_tekst: ClassVar[tuple[str, ...]] = ()

    sleutel = forms.CharField(required=False, widget=forms.HiddenInput)
    # For robots only: nobody sees or hears it.
    website = forms.CharField(required=False, label="Laat dit veld leeg")

    # Of a form that passed: the key that it was given.
    sleutel_uuid: UUID
    # Of the answer that shows this form.
    status = 200

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        initial: Mapping[str, str] | None = None,
        vertrouwd: bool = False,
    ) -> None:
        self.vertrouwd = vertrouwd
        self.opgeschoond: set[str] = set()
        # The data of a bound form, which may still be made right.
        self.waarden = {} if data is None else self._schoon(data)
        super().__init__(
            None if data is None else self.waarden,
            initial={"sleutel": spam.nieuwe_sleutel(self.soort), **(initial or {})},
        )
        for veld in self.fields.values():
            # A browser would cut off without a word what is pasted; we say it.
            veld.widget.attrs.pop("maxlength", None)
            veld.error_messages["max_length"] = TE_LANG

    @classmethod
    def om_aan_te_passen(cls, data: Mapping[str, str]) -> Lezersformulier:
        """The form with what was written, without a word about it."""
        return cls(initial={naam: data.get(naam, "") for naam in cls.base_fields})

    def _schoon(self, data: Mapping[str, str]) -> dict[str, str]:
        """The values of our fields, fit to show; remembers what was wrong."""
        schoon = {}
        for naam, veld in self.base_fields.items():
            regels = isinstance(veld.widget, forms.Textarea)
            schoon[naam], gewist = maak_schoon(data.get(naam, ""), regels=regels)
            if gewist:
                self.opgeschoond.add(naam)
        return schoon

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for veld in self.zichtbare_velden:
            self._meld_tekens(veld.name)
        teksten = [cleaned.get(naam) or "" for naam in self.velden_met_tekst]
        if (links := aantal_links(*teksten)) > MAX_LINKS:
            self.add_error(
                self.velden_met_tekst[0],
                f"Er staan {links} webadressen in. Hoogstens {MAX_LINKS} mag: haal er "
                "een paar weg.",
            )
        self._controleer_verzending()
        return cleaned

    def _meld_tekens(self, naam: str) -> None:
        if naam in self.opgeschoond:
            self.add_error(
                naam,
                "Er stonden tekens in die niemand kan zien, of die de leesrichting "
                "veranderen. We haalden ze weg. Staat er nog wat je bedoelt?",
            )
        if ONLEESBAAR in self.data[naam]:
            self.add_error(
                naam,
                f"Waar {ONLEESBAAR} staat, konden we een teken niet lezen. Typ daar "
                "zelf wat er hoort te staan.",
            )

    def _controleer_verzending(self) -> None:
        """Say what is wrong with how it was sent, and make that right for next time."""
        if not self.vertrouwd:
            self.add_error(None, FOUTEN["csrf"])
        if self.data["website"]:
            self.waarden["website"] = ""
            self.add_error(None, FOUTEN["website"])
        try:
            self.sleutel_uuid = spam.lees_sleutel(
                self.soort, self.data["sleutel"], self.te_snel
            )
        except spam.TeSnelError:
            self._meld_tijd(FOUTEN["te_snel"])
        except spam.OngeldigeSleutelError:
            self.waarden["sleutel"] = spam.nieuwe_sleutel(self.soort)
            self._meld_tijd(FOUTEN["sleutel"])

    def _meld_tijd(self, zin: str) -> None:
        """Only when nothing else is wrong: who corrects a field takes time for it."""
        if not self.errors:
            self.add_error(None, zin)

    def kan_nu_niet(self, reden: str, *, status: int) -> None:
        """Nothing is wrong with what was written, but it cannot be taken now."""
        self.add_error(None, reden)
        self.status = status

    @property
    def zichtbare_velden(self) -> list[forms.BoundField]:
        return [veld for veld in self.visible_fields() if veld.name != "website"]

    @property
    def fouten(self) -> list[tuple[str, str]]:
        """What is wrong, each with the id of the field; empty when it is of none."""
        algemeen = [("", str(fout)) for fout in self.non_field_errors()]
        return algemeen + [
            (veld.id_for_label or f"{veld.auto_id}_0", str(fout))
            for veld in self.zichtbare_velden
            for fout in veld.errors
        ]


def _naam(hint: str) -> forms.CharField:
    return forms.CharField(
        label="Naam",
        max_length=80,
        required=False,
        help_text=hint,
        widget=forms.TextInput({"autocomplete": "name"}),
    )


def _email(hint: str, *, verplicht: bool = False) -> forms.EmailField:
    return forms.EmailField(
        label="E-mailadres",
        max_length=254,
        required=verplicht,
        help_text=hint,
        error_messages={
            "required": "Vul je e-mailadres in. Anders kunnen we je niet antwoorden.",
            "invalid": "Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl.",
        },
        widget=forms.EmailInput(
            {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


def _tekst(
    label: str, hint: str, leeg: str, maximum: int, rijen: int
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=maximum,
        help_text=hint,
        error_messages={"required": leeg},
        widget=forms.Textarea({"rows": rijen}),
    )


class ReactieForm(Lezersformulier):
    soort = Formulier.REACTIE
    velden_met_tekst = ("tekst", "naam")

    tekst = _tekst(
        "Jouw reactie",
        f"Hoogstens {MAX_TEKST} tekens en {MAX_LINKS} webadressen. Schrijf geen namen "
        "of gegevens van anderen op.",
        "Schrijf je reactie op.",
        MAX_TEKST,
        8,
    )
    naam = _naam(
        "Je naam komt bij je reactie te staan. Vul je niets in, dan staat er Anoniem."
    )
    email = _email(
        "Je adres komt niet op de site. We mailen je alleen of je reactie geplaatst is."
    )


class MeldingForm(Lezersformulier):
    soort = Formulier.MELDING
    velden_met_tekst = ("reden",)

    reden = _tekst(
        "Wat is er mis met deze reactie?",
        "Hoogstens 500 tekens. Alleen de redactie leest dit.",
        "Schrijf op wat er mis is.",
        500,
        4,
    )


class StemForm(Lezersformulier):
    soort = Formulier.STEM
    te_snel = spam.TE_SNEL_GEKOZEN

    WAARDEN = (
        ("1", "niet nuttig"),
        ("2", "een beetje nuttig"),
        ("3", "redelijk nuttig"),
        ("4", "nuttig"),
        ("5", "heel nuttig"),
    )

    waarde = forms.TypedChoiceField(
        label="Hoe nuttig is dit voor jou?",
        choices=WAARDEN,
        coerce=int,
        error_messages={"required": KIES_GETAL, "invalid_choice": KIES_GETAL},
        widget=Cijferrondjes,
    )


class VraagForm(Lezersformulier):
    soort = Formulier.CONTACT
    velden_met_tekst = ("vraag", "naam")

    vraag = _tekst(
        "Jouw vraag",
        f"Hoogstens {MAX_TEKST} tekens en {MAX_LINKS} webadressen.",
        "Schrijf je vraag op.",
        MAX_TEKST,
        8,
    )
    naam = _naam("Zo weet degene die antwoordt hoe je heet.")
    email = _email("Hier komt het antwoord.", verplicht=True)


KIES_RITME = "Kies hoe vaak je mail wilt."
RITMES = [(ritme.value, beginkapitaal(ritme.label)) for ritme in Ritme]


def _ritme(label: str, keuzes: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=keuzes,
        initial=Ritme.WEEK.value,
        error_messages={"required": KIES_RITME, "invalid_choice": KIES_RITME},
        widget=Keuzerondjes,
    )


class VolgForm(Lezersformulier):
    soort = Formulier.VOLGEN

    email = _email(
        "Hierheen gaat een mail met een link. Pas als je die volgt en ja zegt, volg je "
        "dit.",
        verplicht=True,
    )
    ritme = _ritme("Hoe vaak, als er iets nieuws is?", RITMES)


class AbonnementForm(Lezersformulier):
    """What somebody may choose who has the link of a mail."""

    soort = Formulier.ABONNEMENT
    te_snel = spam.TE_SNEL_GEKOZEN

    STOP = "stop"
    KEUZES = (*RITMES, (STOP, "Niet: stop, en wis mijn adres"))

    ritme = _ritme("Hoe vaak wil je mail, als er iets nieuws is?", KEUZES)


class VoorbeeldForm(Lezersformulier):
    soort = Formulier.VOORBEELD
    velden_met_tekst = ("omschrijving", "naam_voorbeeld", "plaats", "naam")

    naam_voorbeeld = forms.CharField(
        label="Hoe heet het?",
        max_length=150,
        help_text="De naam van het project of wat jullie samen doen.",
        error_messages={"required": "Schrijf op hoe jullie voorbeeld heet."},
    )
    plaats = forms.CharField(
        label="In welke gemeente of wijk?",
        max_length=150,
        error_messages={"required": "Schrijf op in welke gemeente of wijk het is."},
    )
    omschrijving = _tekst(
        "Wat gebeurt er?",
        f"Wie doet wat, voor wie, en wat levert het op? Hoogstens {MAX_TEKST} tekens. "
        "Schrijf geen namen of gegevens van anderen op.",
        "Schrijf op wat er gebeurt.",
        MAX_TEKST,
        10,
    )
    aanpak = forms.ChoiceField(
        label="Bij welke aanpak hoort het?",
        required=False,
        error_messages={"invalid_choice": "Kies een aanpak uit de lijst."},
    )
    link = forms.URLField(
        label="Website over het voorbeeld",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": "Dit is geen webadres. Schrijf het als https://voorbeeld.nl."
        },
        widget=forms.URLInput({"autocomplete": "off", "inputmode": "url"}),
    )
    naam = _naam("Alleen de redactie ziet je naam.")
    email = _email(
        "Alleen de redactie ziet je adres. Zo kunnen we je iets vragen, en vertellen "
        "wat we met je voorbeeld doen."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        records = current_stand().records(AanpakDocument)
        if len(records) > MAX_KEUZELIJST:
            del self.fields["aanpak"]
            return
        alle = (records[positie] for positie in records.in_order(records.all))
        veld = self.fields["aanpak"]
        assert isinstance(veld, forms.ChoiceField)  # noqa: S101
        veld.choices = [("", "Weet ik niet"), *((r.slug, r.name) for r in alle)]

    def clean_aanpak(self) -> Aanpak | None:
        """The row of what was chosen."""
        gekozen = current_stand().get(AanpakDocument, self.cleaned_data["aanpak"])
        return Aanpak.objects.filter(uuid=gekozen.uuid).first() if gekozen else None

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith(("http://", "https://")):
            raise ValidationError("Schrijf een adres dat met https:// begint.")
        return link
