"""Content files: all or nothing, with the line of a mistake, never over an editor."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command
from taggit.models import Tag

from aanpakken.models import Aanpak, Reflectiethema
from interventies.models import Niveau
from kennisdossier.models import Begrip, Praktijkvoorbeeld
from tests import factories
from wijkwijzer.memory import number
from wijkwijzer.wholes import actions
from wijkwijzer.wholes.content.files import ContentError
from wijkwijzer.wholes.content.loading import is_up_to_date, load_content
from wijkwijzer.wholes.content.writing import write_content
from wijkwijzer.wholes.models import Inlading, Publicatie, Versie
from wijkwijzer.wholes.registry import terms, wholes

pytestmark = pytest.mark.usefixtures("inhoud")

CONTENT = settings.BASE_DIR / "fixtures"
ABCD = "aanpak/abcd.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The content files, to change."""
    return Path(shutil.copytree(CONTENT, tmp_path / "inhoud"))


def change(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def abcd() -> Aanpak:
    return Aanpak.objects.get(slug="abcd")


def remove_everything() -> None:
    for declared in reversed([*wholes().values()]):
        declared.model._default_manager.all().delete()
    for model in (Publicatie, Versie, Inlading):
        model.objects.all().delete()
    Niveau.objects.exclude(hoofdniveau=None).delete()
    for declared in reversed([*terms().values()]):
        declared.model._default_manager.all().delete()


# Reading and writing are one format


def test_what_readers_see_written_to_files_is_exactly_the_content(tmp_path):
    written = {file.relative_to(tmp_path) for file in write_content(tmp_path)}
    files = {file.relative_to(CONTENT) for file in CONTENT.glob("*/*.yaml")}
    assert written == files
    for name in files:
        assert (tmp_path / name).read_text(encoding="utf-8") == (
            CONTENT / name
        ).read_text(encoding="utf-8"), name


def test_a_file_is_the_document_of_its_record():
    text = (CONTENT / ABCD).read_text(encoding="utf-8")
    data = yaml.load(text, yaml.BaseLoader)  # noqa: S506 (only text)
    document = actions.working_document(abcd())
    assert data.pop("gepubliceerd_op") == "2026-11-24T09:00:00Z"
    assert [*data] == [*document]


def test_what_was_loaded_is_published_since_the_day_that_its_file_says():
    # An empty database was filled with all files before the tests began.
    assert abcd().gepubliceerd_op.isoformat() == "2026-11-24T09:00:00+00:00"
    assert Publicatie.objects.count() == 99
    assert len([*CONTENT.glob("*/*.yaml")]) > 99


@pytest.mark.long
def test_only_the_lists_can_be_loaded_too(folder):
    remove_everything()
    load_content(folder, only_lists=True)
    assert Reflectiethema.objects.count() == 4
    assert not Aanpak.objects.exists()
    assert is_up_to_date(folder) is None


# Loading again


def test_loading_again_changes_nothing(folder):
    before = number.read()
    loaded = load_content(folder)
    assert loaded.made == loaded.changed == loaded.left_alone == []
    assert number.read() == before


def test_what_changed_in_a_file_is_brought_up_to_date(folder, client):
    change(folder, ABCD, "naam: ABCD-methode", "naam: ABCD")
    assert is_up_to_date(folder) is False
    assert load_content(folder).changed == [ABCD]
    assert abcd().naam == "ABCD"
    assert "<h1>ABCD</h1>" in client.get("/aanpakken/abcd/").text
    assert is_up_to_date(folder) is True


def test_what_changed_in_a_list_is_brought_up_to_date(folder):
    name = "woordenlijsten/reflectiethema.yaml"
    change(folder, name, "naam: Zeggenschap", "naam: Meer zeggenschap")
    assert load_content(folder).changed == [f"{name}: zeggenschap"]
    thema = Reflectiethema.objects.get(slug="zeggenschap")
    assert thema.naam.startswith("Meer zeggenschap")


def test_a_new_file_is_a_new_record(folder):
    text = (folder / "begrip/bonding.yaml").read_text(encoding="utf-8")
    uuid = str(Begrip.objects.get(slug="bonding").uuid)
    (folder / "begrip/nieuw.yaml").write_text(
        text.replace("bonding", "nieuw").replace(uuid, uuid[:-1] + "0"),
        encoding="utf-8",
    )
    assert load_content(folder).made == ["begrip/nieuw.yaml"]
    assert Publicatie.objects.get(soort="begrip", slug="nieuw").versie.document


@pytest.mark.parametrize(
    "written",
    [["ÉÉN  BUURT"], [unicodedata.normalize("NFD", "één buurt"), "Één buurt"]],
)
def test_a_tag_in_a_file_is_the_one_that_is_already_there(folder, written):
    Tag.objects.create(name="Één buurt")
    before = {*Tag.objects.values_list("name", flat=True)}
    for name in (ABCD, "aanpak/wijktheater.yaml"):
        lines = "".join(f"  - {tag}\n" for tag in written)
        change(folder, name, "tags:\n", f"tags:\n{lines}")
    assert len(load_content(folder).changed) == 2
    assert {*Tag.objects.values_list("name", flat=True)} == before
    for slug in ("abcd", "wijktheater"):
        tags = Aanpak.objects.get(slug=slug).tags.names()
        assert [tag for tag in tags if "buurt" in tag] == ["Één buurt"]
    assert load_content(folder).changed == []


def test_new_tags_that_two_files_write_differently_become_one(folder):
    change(folder, "aanpak/abcd.yaml", "tags:\n", "tags:\n  - Café-achtig\n")
    change(folder, "aanpak/wijktheater.yaml", "tags:\n", "tags:\n  - CAFÉ-ACHTIG\n")
    load_content(folder)
    (tag,) = (t for t in Tag.objects.all() if "achtig" in t.name.casefold())
    assert {*Aanpak.objects.filter(tags=tag).values_list("slug", flat=True)} == {
        *("abcd", "wijktheater")
    }


# Never over what an editor did


def test_what_an_editor_changed_stays(folder):
    aanpak = abcd()
    aanpak.doel = "Iets anders"
    aanpak.save()
    change(folder, ABCD, "naam: ABCD-methode", "naam: ABCD")
    assert load_content(folder).left_alone == [ABCD]
    assert (abcd().naam, abcd().doel) == ("ABCD-methode", "Iets anders")


def test_what_an_editor_changed_in_a_part_stays(folder):
    aanpak = abcd()
    aanpak.stappen.first().delete()
    change(folder, ABCD, "naam: ABCD-methode", "naam: ABCD")
    assert load_content(folder).left_alone == [ABCD]
    assert abcd().naam == "ABCD-methode"


def test_what_an_editor_withdrew_stays_withdrawn(folder):
    factories.withdraw(abcd())
    change(folder, ABCD, "naam: ABCD-methode", "naam: ABCD")
    assert load_content(folder).left_alone == [ABCD]
    assert Publicatie.objects.get(uuid=abcd().uuid).versie.document is None


def test_what_an_editor_removed_stays_away(folder):
    begrip = Begrip.objects.get(slug="bonding")
    begrip.delete()
    change(folder, "begrip/bonding.yaml", "naam: bonding", "naam: Bonding")
    assert load_content(folder).left_alone == ["begrip/bonding.yaml"]
    assert not Begrip.objects.filter(slug="bonding").exists()


def test_a_term_that_an_editor_changed_stays(folder):
    Niveau.objects.filter(slug="effectief").update(naam="Werkt")
    change(folder, "woordenlijsten/niveau.yaml", "naam: Effectief", "naam: Heel goed")
    load_content(folder)
    assert Niveau.objects.get(slug="effectief").naam == "Werkt"


@pytest.mark.long
def test_an_older_database_takes_over_nothing_and_recognises_what_is_equal(folder):
    """As after the migration of 0.1.0, which knew no content files."""
    Inlading.objects.all().delete()
    Begrip.objects.get(slug="bonding").delete()
    aanpak = abcd()
    aanpak.naam = "Van de redactie"
    aanpak.save()
    loaded = load_content(folder)
    assert loaded.made == loaded.changed == []
    assert sorted(loaded.left_alone) == [ABCD, "begrip/bonding.yaml"]
    change(folder, "aanpak/wijktheater.yaml", "naam: Wijktheater", "naam: Theater")
    assert load_content(folder).changed == ["aanpak/wijktheater.yaml"]


# Mistakes


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as error:
        load_content(folder)
    return error.value.mistakes


def line_of(file: Path, text: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return max(n for n, line in enumerate(lines, start=1) if text in line)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (ABCD, "rubriek: methodische-aanpak", "rubriek: boek", "rubriek: "),
        (ABCD, "naam: ABCD-methode", "nam: ABCD-methode", "Dit veld bestaat niet."),
        (ABCD, "naam: ABCD-methode", "\tnaam: x", "Dit is geen YAML"),
        (ABCD, "slug: abcd", "slug: abcd\nslug: abc", "“slug” staat er twee keer."),
        (ABCD, "slug: abcd", "slug: buurtcirkel", "slug: "),
        (ABCD, "2026-11-24T09:00:00Z", "gisteren", "is geen tijd"),
        (ABCD, "2026-11-24T09:00:00Z", "2026-11-24T09:00:00", "is geen tijd"),
        (
            "woordenlijsten/databank.yaml",
            "organisatie: movisie",
            "organisatie: onbekend",
            "“onbekend” kennen we niet",
        ),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(folder, name, old, new, said):
    change(folder, name, old, new)
    found = mistakes(folder)
    line = line_of(folder / name, new.splitlines()[-1])
    assert any(m.startswith(f"{name}, regel {line}: ") and said in m for m in found), (
        found,
        line,
    )


def test_a_mistake_in_a_part_is_named_with_the_line_of_that_part(folder):
    name = "aanpak/buurtcirkel.yaml"
    change(folder, name, "    rol: primair", "    rol: onzin")
    (mistake,) = mistakes(folder)
    line = line_of(folder / name, "rol: onzin")
    assert mistake.startswith(f"{name}, regel {line}: doelgroepen 1: rol: ")


@pytest.mark.long
def test_two_files_of_one_record_are_refused(folder):
    shutil.copy(folder / ABCD, folder / "aanpak/ook-abcd.yaml")
    assert "staat er twee keer" in " ".join(mistakes(folder))


def test_all_mistakes_are_told_at_once(folder):
    change(folder, ABCD, "rubriek: methodische-aanpak", "rubriek: boek")
    change(folder, "begrip/bonding.yaml", "naam: bonding", "naam: ''")
    files = {mistake.partition(",")[0] for mistake in mistakes(folder)}
    assert files == {ABCD, "begrip/bonding.yaml"}


def test_with_a_mistake_nothing_at_all_is_loaded(folder):
    change(folder, "woordenlijsten/niveau.yaml", "naam: Effectief", "naam: Heel goed")
    change(folder, "begrip/bonding.yaml", "naam: bonding", "naam: Bonding")
    # Found last, when all the rest is already in the transaction.
    change(
        folder,
        "praktijkvoorbeeld/in-beeld-overvecht.yaml",
        "naam: In Beeld",
        "naam: In Beeld\nsamenvatting: ''\nlet_op: x",
    )
    before = number.read()
    with pytest.raises(ContentError):
        load_content(folder)
    assert Niveau.objects.get(slug="effectief").naam == "Effectief"
    assert Begrip.objects.get(slug="bonding").naam == "bonding"
    assert Praktijkvoorbeeld.objects.get(slug="in-beeld-overvecht").samenvatting
    assert number.read() == before


def test_the_command_says_what_it_did_and_what_it_left_alone(folder, capsys):
    aanpak = abcd()
    aanpak.naam = "Van de redactie"
    aanpak.save()
    change(folder, ABCD, "naam: ABCD-methode", "naam: ABCD")
    change(folder, "begrip/bonding.yaml", "naam: bonding", "naam: Bonding")
    call_command("laad_inhoud", folder)
    said = capsys.readouterr().out
    assert "0 gemaakt, 1 bijgewerkt." in said
    assert f"want de redactie veranderde het: {ABCD}" in said


def test_the_command_names_every_mistake(folder):
    change(folder, ABCD, "rubriek: methodische-aanpak", "rubriek: boek")
    with pytest.raises(CommandError, match=r"niets geladen[^$]*aanpak/abcd\.yaml"):
        call_command("laad_inhoud", folder)


def test_the_command_that_writes_says_how_many_files(tmp_path, capsys):
    call_command("schrijf_inhoud", tmp_path)
    number = len([*CONTENT.glob("*/*.yaml")])
    assert f"{number} bestanden geschreven" in capsys.readouterr().out


@pytest.mark.parametrize("made", [False, True])
def test_a_folder_without_content_is_a_mistake_and_not_done(tmp_path, made):
    folder = tmp_path / "leeg"
    if made:
        folder.mkdir()
    before = Inlading.objects.get(soort="", sleutel="fixtures").bestand
    with pytest.raises(CommandError, match="staan geen inhoudsbestanden"):
        call_command("laad_inhoud", folder)
    assert Inlading.objects.get(soort="", sleutel="fixtures").bestand == before


def test_a_content_file_that_cannot_be_read_is_named(folder):
    (folder / "aanpak" / "map.yaml").mkdir()
    with pytest.raises(CommandError, match=r"map\.yaml is niet te lezen"):
        call_command("laad_inhoud", folder)


@pytest.mark.parametrize(
    "command",
    [
        lambda to: ("schrijf_inhoud", to),
        lambda to: ("exporteer", to / "alles.zip", "--soort", "begrip"),
    ],
)
def test_a_command_that_cannot_write_says_where(tmp_path, command):
    file = tmp_path / "bestand"
    file.write_text("x")
    with pytest.raises(CommandError, match="is niet te schrijven"):
        call_command(*command(file))
    assert file.read_text() == "x"
