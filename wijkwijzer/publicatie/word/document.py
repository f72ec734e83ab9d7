"""A document of Word with real styles: headings, lists, links, tables."""

from __future__ import annotations

import zipfile
from base64 import b64decode
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from docx.table import _Cell
    from docx.text.run import Run

Stuk = dict[str, Any]
# A line, and a cell of a table: some of them.
Regel = list[Stuk]
Cel = list[Regel]

KLEUREN = {1: "211E19", 2: "0B6F68", 3: "2F3B8F", 4: "211E19"}
# In points.
GROOTTEN = {1: 20, 2: 15, 3: 12, 4: 10.5}
ZACHT = RGBColor(0x5C, 0x55, 0x48)
REDACTIE = RGBColor(0xB8, 0x43, 0x1B)
LETTER = "Calibri"
# How the text of a table is styled, and how deep lists have a style.
CEL, DIEPST = "No Spacing", 3
# The same words are the same file, whenever it is made.
ALTIJD = (1980, 1, 1, 0, 0, 0)


class Word:
    """A document that is written from its beginning to its end."""

    def __init__(
        self,
        titel: str,
        tijd: int,
        ankers: Iterable[str] = (),
        beelden: Mapping[str, dict[str, Any]] | None = None,
    ) -> None:
        self._doc = docx.Document()
        self._beelden = beelden or {}
        # What links inside the document can lead to.
        self._ankers = {*ankers}
        # All that is written stands before it: how the page is.
        self._einde = self._doc.sections[-1]._sectPr
        self._stijlen = {stijl.name: stijl for stijl in self._doc.styles}
        self._bladwijzers = 0
        self._maak_op()
        eigen = self._doc.core_properties
        eigen.title, eigen.author, eigen.language = titel, "WijkWijzer", "nl-NL"
        eigen.comments = ""
        op = datetime.fromtimestamp(tijd, UTC).replace(tzinfo=None)
        eigen.created = eigen.modified = op

    def _maak_op(self) -> None:
        """Letters and colours of the styles; who reworks it changes them at once."""
        self._maak_blad_op()
        # Those of the empty document have a font for each kind of letter.
        for letters in self._doc.styles.element.iter(qn("w:rFonts")):
            letters.attrib.clear()
            for naam in ("w:ascii", "w:hAnsi", "w:cs"):
                letters.set(qn(naam), LETTER)
        for taal in self._doc.styles.element.iter(qn("w:lang")):
            taal.set(qn("w:val"), "nl-NL")
        for niveau, kleur in KLEUREN.items():
            kop = self._stijlen[f"Heading {niveau}"].font
            kop.color.rgb = RGBColor.from_string(kleur)
            kop.size, kop.italic = Pt(GROOTTEN[niveau]), False
        for naam in ("Title", "Subtitle"):
            self._stijlen[naam].font.color.rgb = RGBColor.from_string(KLEUREN[1])
        self._stijlen["Subtitle"].font.italic = False
        self._stijlen["Normal"].font.size = Pt(10.5)
        self._stijlen["Normal"].paragraph_format.space_after = Pt(6)

    def _maak_blad_op(self) -> None:
        """Dutch paper, words broken as Dutch does, and pages with a number."""
        (blad,) = self._doc.sections
        blad.page_width, blad.page_height = Mm(210), Mm(297)
        blad.left_margin = blad.right_margin = Mm(25)
        blad.top_margin = blad.bottom_margin = Mm(22)
        # The order of settings is fixed.
        voor = self._doc.settings.element.find(qn("w:defaultTabStop"))
        voor.addnext(OxmlElement("w:autoHyphenation"))
        voet = blad.footer.paragraphs[0]
        voet.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        nummer = OxmlElement("w:fldSimple")
        nummer.set(qn("w:instr"), "PAGE")
        voet._p.append(nummer)

    def begin_op_nieuw_blad(self) -> None:
        """Each chapter, of what is a book."""
        self._stijlen["Heading 1"].paragraph_format.page_break_before = True

    def alinea(self, stukken: Iterable[Stuk], stijl: str = "Normal") -> Paragraph:
        # The library looks for the end of the document, and for the style, each time.
        nieuw = OxmlElement("w:p")
        self._einde.addprevious(nieuw)
        alinea = Paragraph(nieuw, self._doc._body)
        nieuw.style = self._stijlen[stijl].style_id
        self._vul(alinea, stukken)
        return alinea

    def _vul(self, alinea: Paragraph, stukken: Iterable[Stuk]) -> None:
        for stuk in stukken:
            self._zet(alinea, stuk)

    def tekst(self, woorden: str, stijl: str = "Normal") -> None:
        if woorden:
            self.alinea([{"tekst": woorden}], stijl)

    def beeld(self, naam: str, beschrijving: str, stijl: str = "Normal") -> None:
        """A picture; what it shows is told where it is not there."""
        if not (gegevens := self._beelden.get(naam)):
            self.tekst(f"Afbeelding: {beschrijving}", stijl)
            return
        loop = self.alinea([], stijl).add_run()
        bestand = BytesIO(b64decode(gegevens["data"]))
        beeld = loop.add_picture(bestand, width=Mm(gegevens["breed"]))
        beeld._inline.docPr.set("descr", beschrijving)

    def kop(
        self, niveau: int, woorden: str, anker: str = "", *, hier: bool = False
    ) -> None:
        """``hier``: also where chapters begin on a new page, this one does not."""
        alinea = self.alinea([{"tekst": woorden}], f"Heading {niveau}")
        if hier:
            alinea.paragraph_format.page_break_before = False
        if anker:
            self._merk(alinea, anker)

    def lijst(self, punten: Iterable[Sequence[Stuk]], *, genummerd: bool) -> None:
        zet_punt = self.punt(genummerd=genummerd)
        for punt in punten:
            zet_punt(punt)

    def punt(
        self, *, genummerd: bool, diepte: int = 1, begin: int = 1
    ) -> Callable[[Iterable[Stuk]], None]:
        """What writes the items of one list, of which ``diepte`` are around it."""
        trap = "" if diepte == 1 else f" {min(diepte, DIEPST)}"
        stijl = f"List {'Number' if genummerd else 'Bullet'}{trap}"
        nummering = self._nieuwe_nummering(stijl, begin) if genummerd else None

        def zet(stukken: Iterable[Stuk]) -> None:
            alinea = self.alinea(stukken, stijl)
            if nummering is not None:
                eigen = alinea._p.get_or_add_pPr().get_or_add_numPr()
                eigen.get_or_add_ilvl().val = 0
                eigen.get_or_add_numId().val = nummering

        return zet

    def tabel(self, kop: Sequence[str], rijen: Iterable[Sequence[str]]) -> None:
        """A table of words; each line of a cell is a paragraph."""

        def cel(woorden: str) -> list[Regel]:
            return [[{"tekst": regel}] for regel in woorden.split("\n")]

        vol = [[cel(woorden) for woorden in rij] for rij in rijen]
        self.regeltabel([cel(woorden) for woorden in kop], vol)

    def regeltabel(
        self,
        kop: Sequence[Cel],
        rijen: Sequence[Sequence[Cel]],
        *,
        rijkoppen: bool = False,
    ) -> None:
        alle = [*([kop] if kop else []), *rijen]
        tabel = self._doc.add_table(
            len(alle), len(alle[0]), self._stijlen["Table Grid"]
        )
        if kop:
            # Said again on each page that it goes on to, and to who listens.
            herhaal = OxmlElement("w:tblHeader")
            tabel.rows[0]._tr.get_or_add_trPr().append(herhaal)
        for nummer, (rij, cellen) in enumerate(zip(tabel.rows, alle, strict=True)):
            # A row that is parted by a page is read as two.
            heel = OxmlElement("w:cantSplit")
            rij._tr.get_or_add_trPr().append(heel)
            for plaats, (cel, regels) in enumerate(zip(rij.cells, cellen, strict=True)):
                vet = (bool(kop) and not nummer) or (rijkoppen and not plaats)
                self._vul_cel(cel, regels, vet=vet)
        # Word glues two tables to each other; and text below it needs air.
        self.alinea([])

    def _vul_cel(self, cel: _Cell, regels: Cel, *, vet: bool) -> None:
        for nummer, regel in enumerate(regels):
            alinea = cel.add_paragraph() if nummer else cel.paragraphs[0]
            alinea.style = self._stijlen[CEL]
            self._vul(
                alinea, ({**stuk, "vet": True} if vet else stuk for stuk in regel)
            )

    # Pieces of a line

    def _zet(self, alinea: Paragraph, stuk: Stuk) -> None:
        loop = alinea.add_run(stuk["tekst"])
        loop.bold = stuk.get("vet") or None
        loop.italic = stuk.get("schuin") or None
        if stuk.get("anker", "") in self._ankers:
            self._link(alinea, loop, {"w:anchor": _naam(stuk["anker"])})
        elif url := stuk.get("url"):
            self._link(alinea, loop, {"r:id": self._extern(url)})
        elif stuk.get("zacht"):
            loop.font.color.rgb = ZACHT
        if stuk.get("redactie"):
            loop = alinea.add_run(" (redactie)")
            loop.font.color.rgb = REDACTIE
        if nr := stuk.get("nr"):
            alinea.add_run(f"[{nr}]").font.superscript = True

    def _link(self, alinea: Paragraph, loop: Run, doel: dict[str, str]) -> None:
        link = OxmlElement("w:hyperlink")
        for naam, waarde in doel.items():
            link.set(qn(naam), waarde)
        loop.font.underline = True
        loop.font.color.rgb = RGBColor.from_string(KLEUREN[3])
        link.append(loop._r)
        alinea._p.append(link)

    def _extern(self, url: str) -> str:
        soort = RELATIONSHIP_TYPE.HYPERLINK
        return str(self._doc.part.relate_to(url, soort, is_external=True))

    def _merk(self, alinea: Paragraph, anker: str) -> None:
        self._bladwijzers += 1
        begin, eind = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for deel in (begin, eind):
            deel.set(qn("w:id"), str(self._bladwijzers))
        begin.set(qn("w:name"), _naam(anker))
        alinea._p.insert(1, begin)
        alinea._p.append(eind)

    def _nieuwe_nummering(self, stijl: str, begin: int) -> int:
        """A list that begins anew: else it would go on with the list before."""
        lijsten = self._doc.part.numbering_part.element
        eigen = self._stijlen[stijl].element.pPr.numPr.numId.val
        vorm = next(num for num in lijsten.num_lst if num.numId == eigen)
        nieuw = lijsten.add_num(vorm.abstractNumId.val)
        nieuw.add_lvlOverride(ilvl=0).add_startOverride(begin)
        return int(nieuw.numId)

    def bytes(self) -> bytes:
        uit, gelijk = BytesIO(), BytesIO()
        self._doc.save(uit)
        with (
            zipfile.ZipFile(uit) as van,
            zipfile.ZipFile(gelijk, "w", zipfile.ZIP_DEFLATED) as naar,
        ):
            for naam in van.namelist():
                info = zipfile.ZipInfo(naam, ALTIJD)
                naar.writestr(info, van.read(naam), zipfile.ZIP_DEFLATED)
        return gelijk.getvalue()


def _naam(anker: str) -> str:
    """The name of a bookmark: Word has forty characters for it, and no hyphen."""
    return anker.replace("-", "_")[-40:]
