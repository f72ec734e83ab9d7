"""Text with headings, lists, links, tables and pictures, safe wherever it is shown.

`schoon` keeps what our editor can make (static/js/admin-opmaak.js) and drops the rest.
`problemen` is what an editor must mend first, so that nothing is dropped in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import nh3
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import linebreaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model

# What may stay

REGEL, LIJF = {"strong", "em", "a", "br"}, {"p", "ul", "ol"}
# The schema of the editor: what each element can hold.
INHOUD: dict[str, set[str]] = {
    "": LIJF | {"h3", "h4", "blockquote", "table", "figure"},
    **dict.fromkeys(("p", "h3", "h4", "figcaption", "strong", "em", "a"), REGEL),
    **dict.fromkeys(("li", "blockquote", "th", "td"), REGEL | LIJF),
    "ul": {"li"},
    "ol": {"li"},
    "figure": {"img", "figcaption"},
    "table": {"caption", "thead", "tr"},
    "caption": set(),
    "thead": {"tr"},
    "tr": {"th", "td"},
}
# Other names for the same, for who types HTML.
OOK = {"b": "strong", "i": "em", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}
TAGS = {*INHOUD, *OOK, "br", "img"} - {"", "thead"}
ADRES = re.compile(
    r"(?i)tel:\+?[().-]*\d[\d().-]*"
    r"|(?:https?://(?:[\w-]+\.)*[\w-]+(?::\d{1,5})?(?![^/?#])|mailto:[^@#]+@[^@]"
    r"|/(?![/\\])|(?=#.))[^#]*(?:#[^#]*)?"
)
NIET_IN_ADRES = re.compile(r'(?i)[\s"<>\\^`{|}[\]]|%(?![0-9a-f]{2})')
BEELD = {"src", "alt", "width", "height"}


def _attribuut(tag: str, naam: str, waarde: str) -> str | None:
    """What an attribute may say, or nothing."""
    if naam == "href":
        adres = waarde.strip()
        if adres[:4].lower() == "tel:":  # nobody dials a space
            adres = re.sub(r"\s|%20", "", adres)
        veilig = NIET_IN_ADRES.sub(lambda teken: quote(teken[0]), adres)
        return veilig if ADRES.fullmatch(adres) else None
    if naam == "src":  # a picture of ours, without detours
        eigen = "|".join(map(re.escape, (settings.MEDIA_URL, settings.STATIC_URL)))
        pad = rf"(?:{eigen})(?:[\w-][\w.-]*/)*[\w-][\w.-]*"
        return waarde if re.fullmatch(pad, waarde) else None
    if naam == "scope":  # nh3 gives it
        return waarde
    if naam == "alt":
        return " ".join(waarde.split()) or None
    getal = int(waarde) if re.fullmatch("[0-9]{1,5}", waarde) else 0
    return str(getal) if getal > (naam == "start") else None


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}, "ol": {"start"}, "img": BEELD},
    attribute_filter=_attribuut,
    set_tag_attribute_values={"th": {"scope": "col"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)

# Characters that no page may have, and halves of characters, which nh3 cannot read.
ONTEKENS = re.compile(
    "[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff"
    f"{''.join(chr(n - 2) + chr(n - 1) for n in range(0x10000, 0x120000, 0x10000))}]"
)
# A parser repeats what is open of these in each next paragraph: of the same ones three,
# but of those that differ in an attribute all. A page of text could become gigabytes.
STIJL = re.compile(
    r"(?i)<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/])"
)
GENEST = re.compile(r"<(/?)(?!(?:p|li|t[dhr]|br|hr|img|col)\b)([a-z]\w*)")
DIEPSTE = 60


def _veilig(html: str) -> str:
    return _cleaner.clean(STIJL.sub(r"<\1><x-\1", ONTEKENS.sub("", html)))


# One way to write it

BLOK = r"p|h[34]|[uo]l|li|blockquote|figure|figcaption|table|caption|thead|tr|t[hd]"
VORM = [
    (re.compile(patroon), nieuw)
    for patroon, nieuw in (
        *((rf"<(/?){van}>", rf"<\1{naar}>") for van, naar in OOK.items()),
        # A picture that is not ours, or does not say what it shows, goes.
        (r'<img(?:(?![^>]* src=")|(?![^>]* alt="))[^>]*>', ""),
        # One space between words, none around blocks.
        (r"[ \t\n\f\r]+", " "),
        (rf" ?(</?(?:{BLOK})\b[^>]*>|<br>) ?", r"\1"),
        # The first paragraph of an item or a cell needs no tags if no other follows.
        (
            r"(<(?:li|t[hd])\b[^>]*>)<p>([^<]*(?:<(?!/?p>)[^<]*)*)</p>"
            r"(?=</(?:li|t[hd])>|<[uo]l\b)",
            r"\1\2",
        ),
        (r"<(p|h[34]|caption|figcaption)>(?:&nbsp;| |<br>)*</\1>", ""),
        # A heading in a table is one of a column or a row, and says something.
        (r"<th [^>]*></th>", "<td></td>"),
        (
            r"(<table>(?:<caption>[^<]*</caption>)?)"
            r"(<tr>(?=(?:<td></td>)*<th)(?:(?!<td>(?!</td>)|<table>|</tr>).)*</tr>)",
            r"\1<thead>\2</thead>",
        ),
        (r'(?<!<thead>)<tr><th scope="col">', '<tr><th scope="row">'),
        # Each block on a line of its own, so that versions are easy to compare.
        (rf"(?<!^)(<(?!t[hd]\b|figc)(?:{BLOK})\b|</(?:[uo]l|table|thead)>)", r"\n\1"),
    )
]


def schoon(html: str) -> str:
    """Return the text with only what a page may have. Again, it changes nothing.

    Once may not be enough: where elements go, what is left can mean something else. Of
    what does not come to rest, and of what nests too deep, only the words stay.
    """
    if not _te_diep(html):
        for _ in range(5):
            vorige, html = html, _eens(html)
            if html == vorige:
                return html
    return _eens(escape(platte_tekst(html)))


def _te_diep(html: str) -> bool:
    """A parser looks up through all that is open, again at each element."""
    diepte: Counter[str] = Counter()
    for einde, naam in GENEST.findall(html.lower()):
        diepte[naam] += -min(1, diepte[naam]) if einde else 1
        if diepte[naam] > DIEPSTE:
            return True
    return False


def _eens(html: str) -> str:
    html = _veilig(html)
    if not re.search(rf"<(?:{BLOK})\b", html):
        html = linebreaks(html.strip())
    for patroon, nieuw in VORM:
        html = patroon.sub(nieuw, html)
    return html if "<img" in html or platte_tekst(html) else ""


BLOKEINDE = re.compile(rf"</(?:{BLOK})>|<br>")


def platte_tekst(html: str) -> str:
    """The words of a cleaned text on one line, for search, cards and reading time."""
    zonder = re.sub(r"<[^<>]*>", "", BLOKEINDE.sub(" ", html))
    return " ".join(unescape(zonder).split())


TABEL = re.compile(r"(?s)<table>(?:\n<caption>(?P<naam>[^<]*)</caption>)?.*?</table>")


def met_schuifbare_tabellen(html: str) -> str:
    """A cleaned text for a page: a table wider than a phone scrolls by itself.

    A keyboard reaches it, and its name says what scrolls.
    """
    return TABEL.sub(_schuifbaar, html)


def _schuifbaar(tabel: re.Match[str]) -> str:
    naam = ": ".join(filter(None, ("Tabel", tabel["naam"])))
    naam = naam.replace('"', "&quot;")
    kop = f'<div class="wide" role="group" aria-label="{naam}" tabindex="0">'
    return f"{kop}{tabel[0]}</div>"


# What an editor must mend

MAX_TEKENS = 200_000  # about sixty pages of print
# Of these only the look is lost.
ZONDER_INHOUD = {"span", "font", "thead", "tbody", "tfoot", "colgroup", "col"}
EINDE = "\ue000"  # put behind a text, it shows whether cleaning gets there
TITEL = r"(?:\n<caption>(?P<naam>[^<]*)</caption>)?"
# In what nh3 leaves: this would go.
VALT_WEG = {
    "De link {} heeft geen goed adres. Dat begint met https:// of /": (
        r"<a>(?P<naam>.*?)</a>"
    ),
    "De afbeelding {} is van een andere site. Voeg hem eerst toe bij Afbeeldingen en "
    "kies hem dan met de knop Afbeelding.": r'<img(?![^>]* src=")',
    "De afbeelding {} heeft geen beschrijving. Schrijf in alt wat je ziet, voor wie "
    "het beeld niet kan zien.": r'<img(?![^>]* alt=")',
}
# In what is kept: this would not be right.
KLOPT_NIET = {
    "Onder de afbeelding {} staat niet wie hem maakte. Zet dat in het bijschrift.": (
        r"<img[^>]*>(?!<figcaption>)"
    ),
    "De link {} heeft geen tekst.": r"<a [^>]*>(?:\s|&nbsp;|<(?!/a>)[^>]*>)*</a>",
    "Boven de subkop {} staat geen kop. Zet die erboven, of maak er een kop van.": (
        r"\A(?:(?!<h3>).)*?<h4>(?P<naam>.*?)</h4>"
    ),
    "De tabel {} heeft geen koppen. Zet de cursor in de tabel en kies Koprij.": (
        rf"<table>{TITEL}(?:\n<tr>(?:(?!<th ).)*?</tr>|\n</table>)"
    ),
}


def problemen(html: str) -> list[str]:
    """What cleaning would drop or what makes a page wrong, each with its place."""
    if len(html) > MAX_TEKENS:
        return [
            f"De tekst is te lang: {len(html)} tekens, de opmaak meegeteld. Er kunnen "
            f"hoogstens {MAX_TEKENS} tekens in: haal er {len(html) - MAX_TEKENS} weg."
        ]
    if _te_diep(html):
        return ["Er staan te veel elementen in elkaar. Mist er ergens een einde?"]
    return [*dict.fromkeys(_problemen(html))][:10]


def _problemen(html: str) -> Iterator[str]:
    over, tekst = _veilig(html), schoon(html)
    # A name that is still there was no element, but a word.
    woorden = {naam.lower() for naam in re.findall(r"&lt;([\w:-]+)", over)}
    kan_weg = TAGS | ZONDER_INHOUD | woorden
    for element in re.finditer(r"<([a-zA-Z][\w:-]*)", html):
        if element[1].lower() not in kan_weg:
            plek = _waar(html, element)
            yield f"<{element[1][:20]}> kan niet in een tekst, {plek}."
    if EINDE not in _veilig(html + EINDE):
        yield "Ergens staat < zonder >. Wat erna komt, valt weg. Schrijf &lt;"
    for bron, fouten in ((over, VALT_WEG), (tekst, KLOPT_NIET)):
        for zin, patroon in fouten.items():
            for fout in re.finditer(patroon, bron, re.DOTALL):
                yield zin.format(_waar(bron, fout))
    for tabel in re.finditer(rf"(?s)<table>{TITEL}(?P<rijen>.*?)</table>", tekst):
        rijen = tabel["rijen"].split("</tr>")[:-1]
        if len({len(re.findall(r"<t[hd]\b", rij)) for rij in rijen}) > 1:
            plek = _waar(tekst, tabel)
            yield f"In de tabel {plek} heeft niet elke rij evenveel cellen."
    ouders = [""]
    for stuk in re.finditer(r"<(/?)(\w+)[^>]*>|[^<]+", tekst):
        ouder, tag = ouders[-1], stuk[2]
        if tag is None:
            if stuk[0].strip() and ouder != "caption" and not INHOUD[ouder] >= REGEL:
                yield f"“{stuk[0].strip()[:60]}” staat niet in een alinea, zoals <p>."
        elif stuk[1]:
            ouders.pop()
        else:
            if tag not in INHOUD[ouder]:
                plek = f"in <{ouder}>" if ouder else "buiten een alinea"
                yield f"<{tag}> kan niet {plek}, {_waar(tekst, stuk)}."
            ouders += [tag] if tag in INHOUD else []


def _waar(html: str, plek: re.Match[str]) -> str:
    """The name of what is found, or else the words before it."""
    if naam := platte_tekst(plek.groupdict().get("naam") or ""):
        return f"“{naam[:60]}”"
    voor = platte_tekst(html[max(0, plek.start() - 300) : plek.start()])[-60:].split()
    return f"na “{' '.join(voor[-5:])}”" if voor else "aan het begin"


# In a model, in a form and in the admin


class OpmaakWidget(forms.Textarea):
    """A textarea that our script turns into an editor; without it, HTML is typed.

    Not the widget of django-prose-editor: it finds its bundle by an inline import map,
    which our policy refuses. Our module imports it from the address on the textarea.
    """

    class Media:
        css = {"all": ["css/admin-opmaak.css"]}
        js = [forms.Script("js/admin-opmaak.js", type="module")]

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().build_attrs(*args, **kwargs) | {
            "data-hoogstens": str(MAX_TEKENS),
            "data-opmaak": static("django_prose_editor/editor.js"),
            "data-opmaak-plakken": static("js/admin-opmaak-plakken.js"),
            "data-afbeeldingen": reverse("admin:kennisdossier_afbeelding_kiezen"),
            "data-afbeelding-toevoegen": reverse("admin:kennisdossier_afbeelding_add"),
        }


def weiger_problemen(html: str) -> None:
    """Raise ValidationError with all that must be mended first."""
    if gevonden := problemen(html):
        raise ValidationError(gevonden)


class OpgemaakteTekstFormField(forms.CharField):
    widget = OpmaakWidget

    def clean(self, value: Any) -> str:
        weiger_problemen(str(value or ""))
        return str(super().clean(schoon(str(value or ""))))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Another way to write the same text is no change."""
        voor, na = (schoon(str(tekst or "")) for tekst in (initial, data))
        return bool(super().has_changed(voor, na))


class OpgemaakteTekstField(models.TextField):  # type: ignore[type-arg]
    """HTML that is cleaned on its way to the database, whoever saves it.

    `pre_save` gives the record itself the clean text; fixtures and updates of a
    queryset pass by there, but not by `get_db_prep_save`.
    """

    # For documents, which come by no form.
    default_validators = [weiger_problemen]

    def pre_save(self, model_instance: Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = schoon(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        value = schoon(value) if isinstance(value, str) else value
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs: Any) -> Any:
        # The admin asks for its own textarea: ours is one too.
        kwargs |= {"widget": OpmaakWidget, "form_class": OpgemaakteTekstFormField}
        return super().formfield(**kwargs)
