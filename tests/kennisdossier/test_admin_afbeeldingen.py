"""Pictures: what an editor may add, what becomes of it, and how readers get it."""

from __future__ import annotations

import io
import re
import struct
import zlib

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from kennisdossier import afbeeldingen
from kennisdossier.models import Afbeelding, Artikel
from tests import factories, html

pytestmark = pytest.mark.usefixtures("inhoud")

ADD = "admin:kennisdossier_afbeelding_add"
CHOOSE = "admin:kennisdossier_afbeelding_kiezen"
WOORDEN = {"alt": "Buren drinken koffie", "maker": "Foto: Wijkteam"}


@pytest.fixture
def editor(admin_client):
    return admin_client


def add(client, content: bytes, name: str = "IMG Jan de Vries.JPG", **fields):
    file = SimpleUploadedFile(name, content, "image/jpeg")
    return client.post(reverse(ADD), WOORDEN | {"bestand": file} | fields)


def picture(width: int = 40, height: int = 30, soort: str = "JPEG", **kwargs) -> bytes:
    return factories.make_picture(width, height, soort, **kwargs).read()


def saved(response) -> Image.Image:
    assert response.status_code == 302, error(response)
    with Afbeelding.objects.first().bestand.open() as file:
        return Image.open(io.BytesIO(file.read()))


def error(response) -> str:
    page = html.read_loosely(response.content)
    return " ".join(e.text for e in page.all(class_="errorlist"))


# Coming in


@pytest.mark.parametrize("soort", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_under_a_name_that_says_nothing(editor, soort):
    image = saved(add(editor, picture(soort=soort)))
    assert (image.format, image.size) == (soort, (40, 30))
    afbeelding = Afbeelding.objects.first()
    assert re.fullmatch(
        r"afbeeldingen/[0-9a-f]{32}\.(jpg|png|webp)", afbeelding.bestand.name
    )
    assert (afbeelding.breedte, afbeelding.hoogte) == (40, 30)


def test_what_a_camera_wrote_in_a_picture_is_gone(editor):
    exif = Image.Exif()
    exif[0x013B] = "Jan de Vries"
    exif.get_ifd(0x8825)[2] = (52.0, 5.0, 0.0)
    content = picture(exif=exif.tobytes(), comment=b"thuis bij Jan")
    assert b"Jan" in content
    image = saved(add(editor, content))
    assert not image.getexif()
    assert {"exif", "comment", "xmp"} & {*image.info} == set()


def test_what_a_program_wrote_in_a_picture_is_gone(editor):
    words = PngInfo()
    words.add_text("Author", "Jan de Vries")
    assert saved(add(editor, picture(soort="PNG", pnginfo=words))).info == {}


def test_a_picture_that_was_taken_sideways_stands_upright(editor):
    exif = Image.Exif()
    exif[0x0112] = 6
    assert saved(add(editor, picture(exif=exif.tobytes()))).size == (30, 40)


def test_a_large_picture_becomes_as_wide_as_a_page_needs(editor):
    assert saved(add(editor, picture(3200, 1000))).size == (1600, 500)


@pytest.mark.parametrize(
    ("mode", "soort", "kept"),
    [
        ("CMYK", "JPEG", "RGB"),
        ("L", "JPEG", "L"),
        ("P", "PNG", "RGB"),
        ("RGBA", "PNG", "RGBA"),
        ("LA", "PNG", "RGBA"),
        ("1", "PNG", "RGB"),
        ("RGBA", "WEBP", "RGBA"),
    ],
)
def test_every_way_to_write_colours_can_be_read(editor, mode, soort, kept):
    file = io.BytesIO()
    Image.new(mode, (20, 20)).save(file, soort)
    assert saved(add(editor, file.getvalue())).mode == kept


def test_of_what_a_phone_takes_in_two_the_first_is_kept(editor):
    first, second = (Image.new("RGB", (20, 10), colour) for colour in ("red", "blue"))
    file = io.BytesIO()
    first.save(file, "MPO", save_all=True, append_images=[second])
    image = saved(add(editor, file.getvalue()))
    assert (image.format, image.size) == ("JPEG", (20, 10))
    red, _, blue = image.getpixel((5, 5))
    assert red > 200 > 50 > blue


def grey(transparent: int | None = None) -> bytes:
    """A png of 16 bits from dark to light, in which one shade may be transparent."""
    shades = (0, 256, 10_000, 32_768, 65_280, 65_535)
    file = io.BytesIO()
    Image.frombytes("I;16", (6, 1), struct.pack("<6H", *shades)).save(file, "PNG")
    content = file.getvalue()
    if transparent is not None:
        chunk = b"tRNS" + struct.pack(">H", transparent)
        chunk = struct.pack(">I", 2) + chunk + struct.pack(">I", zlib.crc32(chunk))
        content = content.replace(content[33:], chunk + content[33:])
    return content


def test_grey_of_sixteen_bits_keeps_its_shades(editor):
    image = saved(add(editor, grey()))
    assert image.mode == "L"
    assert [*image.get_flattened_data()] == [0, 1, 39, 128, 255, 255]


@pytest.mark.parametrize(
    ("transparent", "at"), [(65_535, 5), (10_000, 2), (9_999, None)]
)
def test_grey_of_sixteen_bits_keeps_what_is_transparent(editor, transparent, at):
    image = saved(add(editor, grey(transparent)))
    assert image.mode == "RGBA"
    assert [p[0] for p in image.get_flattened_data()] == [0, 1, 39, 128, 255, 255]
    alpha = [p[3] for p in image.get_flattened_data()]
    assert alpha == [0 if n == at else 255 for n in range(6)]


@pytest.mark.parametrize(
    ("mode", "see_through", "other"),
    [
        ("L", 10, 200),
        ("RGB", (10, 10, 10), (200, 10, 10)),
    ],
)
def test_a_colour_that_is_transparent_stays_so(editor, mode, see_through, other):
    file = io.BytesIO()
    image = Image.new(mode, (2, 1), see_through)
    image.putpixel((1, 0), other)
    image.save(file, "PNG", transparency=see_through)
    pixels = saved(add(editor, file.getvalue())).get_flattened_data()
    assert [pixel[3] for pixel in pixels] == [0, 255]


@pytest.mark.parametrize("soort", ["PNG", "WEBP"])
def test_a_picture_that_moves_is_refused_and_not_stopped_in_silence(editor, soort):
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, soort, save_all=True, append_images=frames[1:])
    assert "beweegt" in error(add(editor, file.getvalue()))
    assert not Afbeelding.objects.exists()


BROKEN = picture(400, 400)[:300]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (BROKEN, "geen afbeelding die we kunnen lezen"),
        (b"GIF89a<script>", "geen afbeelding die we kunnen lezen"),
        (SVG, "geen afbeelding die we kunnen lezen"),
        (picture(soort="GIF"), "geen afbeelding die we kunnen lezen"),
        (b"", "leeg"),
        (picture(6001, 1), "6001 bij 1 pixels"),
        (b"x" * (5 * 1024**2 + 1), "hoogstens 5,0"),
    ],
    ids=["broken", "no picture", "svg", "gif", "empty", "too wide", "too heavy"],
)
def test_what_is_wrong_with_a_file_is_said_and_the_form_stays(editor, content, says):
    response = add(editor, content)
    assert response.status_code == 200
    assert says in error(response)
    page = html.read_loosely(response.content)
    assert page.one(id="id_alt")["value"] == WOORDEN["alt"]
    assert page.one(id="id_maker")["value"] == WOORDEN["maker"]
    assert not Afbeelding.objects.exists()


def test_a_picture_that_unpacks_to_far_too_much_is_refused(editor, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    assert "geen afbeelding" in error(add(editor, picture()))


@pytest.mark.parametrize("missing", WOORDEN)
def test_a_picture_has_a_description_and_a_maker(editor, missing):
    response = add(editor, picture(), **{missing: ""})
    assert error(response) == "Dit veld is verplicht."


# Going out


def test_readers_get_a_picture_that_their_browser_keeps(client):
    response = client.get(factories.make_afbeelding().bestand.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies
    assert Image.open(io.BytesIO(response.getvalue())).size == (40, 30)


@pytest.mark.parametrize(
    "name",
    [
        *("weg.png", "x.svg", "x.html", "x.png.html", "..%2Fx.png", "x", "x%00.png"),
        ".png",
    ],
)
def test_only_pictures_are_served(client, name):
    default_storage.save("afbeeldingen/x.html", ContentFile(b"<script>"))
    assert client.get(f"/media/afbeeldingen/{name}").status_code == 404
    assert client.post("/media/afbeeldingen/x.png").status_code == 405


@pytest.mark.parametrize("name", ["x" * 252, "अ" * 90, "x" * 9_000], ids=len)
def test_a_name_that_is_too_long_for_a_disk_is_not_found(
    client, name, tmp_path, monkeypatch
):
    (tmp_path / "afbeeldingen").mkdir()
    monkeypatch.setattr(afbeeldingen, "default_storage", FileSystemStorage(tmp_path))
    assert client.get(f"/media/afbeeldingen/{name}.png").status_code == 404


def test_the_address_of_a_picture_is_the_one_that_is_served(client):
    afbeelding = factories.make_afbeelding()
    assert afbeelding.bestand.url.startswith(f"{settings.MEDIA_URL}afbeeldingen/")
    name = afbeelding.bestand.name.rpartition("/")[2]
    assert afbeelding.bestand.url == reverse("afbeelding", args=[name])


# In texts


@pytest.fixture
def used() -> tuple[Afbeelding, Artikel]:
    afbeelding = factories.make_afbeelding(alt="Oud & <nieuw>")
    src = afbeelding.bestand.url
    text = (
        f'<figure><img src="{src}" alt="Oud &amp; &lt;nieuw&gt;">'
        "<figcaption>Foto</figcaption></figure>"
    )
    return afbeelding, factories.make_artikel(tekst=text)


def change(afbeelding: Afbeelding) -> str:
    return reverse("admin:kennisdossier_afbeelding_change", args=[afbeelding.pk])


def test_a_better_description_reaches_the_texts(editor, used):
    afbeelding, artikel = used
    data = {"alt": 'Koffie "met" <melk> \\1', "maker": afbeelding.maker}
    assert editor.post(change(afbeelding), data).status_code == 302
    artikel.refresh_from_db()
    assert 'alt="Koffie &quot;met&quot; &lt;melk&gt; \\1"' in artikel.tekst
    assert "<figcaption>Foto</figcaption>" in artikel.tekst


def test_a_better_description_reaches_what_was_typed_in_another_order(editor, used):
    afbeelding, artikel = used
    src, other = afbeelding.bestand.url, factories.make_afbeelding().bestand.url
    artikel.tekst = "".join(
        f'<figure><img width="40" alt="Oud" src="{url}"><figcaption>x</figcaption>'
        for url in (src, other)
    )
    artikel.save()
    editor.post(change(afbeelding), {"alt": "Nieuw", "maker": afbeelding.maker})
    artikel.refresh_from_db()
    images = [*html.read(artikel.tekst).all("img")]
    assert [(i["src"], i["alt"]) for i in images] == [(src, "Nieuw"), (other, "Oud")]


def test_a_picture_that_a_text_shows_says_where_and_stays(editor, used):
    afbeelding, artikel = used
    page = html.read_loosely(editor.get(change(afbeelding)).content)
    assert f"{artikel.dossier}: {artikel}" in page.one(class_="field-gebruik").text
    delete = reverse("admin:kennisdossier_afbeelding_delete", args=[afbeelding.pk])
    assert editor.post(delete, {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": afbeelding.pk}
    editor.post(reverse("admin:kennisdossier_afbeelding_changelist"), action)
    assert Afbeelding.objects.filter(pk=afbeelding.pk).exists()


def test_a_picture_that_no_text_shows_can_go(editor):
    afbeelding = factories.make_afbeelding()
    page = html.read_loosely(editor.get(change(afbeelding)).content)
    assert "nergens" in page.one(class_="field-gebruik").text
    delete = reverse("admin:kennisdossier_afbeelding_delete", args=[afbeelding.pk])
    assert editor.post(delete, {"post": "yes"}).status_code == 302
    assert not Afbeelding.objects.exists()


def test_replacing_the_file_is_not_offered(editor, used):
    page = html.read_loosely(editor.get(change(used[0])).content)
    assert not [*page.all("input", type="file")]


# Choosing


def test_the_editor_chooses_from_the_newest_that_match(editor):
    wanted = factories.make_afbeelding(alt="Moestuin", maker="Foto: Ali")
    for _ in range(30):
        factories.make_afbeelding()
    answer = editor.get(reverse(CHOOSE)).json()
    assert len(answer["afbeeldingen"]) == 24
    assert answer["meer"]
    assert answer["toevoegen"]
    answer = editor.get(reverse(CHOOSE), {"q": "moestuin ali"}).json()
    assert answer["afbeeldingen"] == [
        {
            "src": wanted.bestand.url,
            "alt": "Moestuin",
            "maker": "Foto: Ali",
            "width": 40,
            "height": 30,
        }
    ]
    assert not answer["meer"]
    one = editor.get(reverse(CHOOSE), {"id": wanted.pk}).json()
    assert one["afbeeldingen"] == answer["afbeeldingen"]


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\0"},
        {"q": "a " * 3_000},
        {"id": "x"},
        {"id": "²"},
        {"id": "9" * 40},
        {"id": "9" * 10_000},
    ],
    ids=lambda query: str(query)[:12],
)
def test_odd_questions_get_an_answer(editor, query):
    assert editor.get(reverse(CHOOSE), query).status_code == 200


@pytest.mark.parametrize("number", ["9" * 18, "9" * 40, "9" * 10_000, "x"], ids=len)
def test_a_number_that_no_picture_has_finds_none(editor, number):
    factories.make_afbeelding()
    assert editor.get(reverse(CHOOSE), {"id": number}).json()["afbeeldingen"] == []


def test_choosing_is_for_those_who_may_see_pictures(client):
    assert client.get(reverse(CHOOSE)).status_code == 302
    user = User.objects.create_user("mag-niets", is_staff=True)
    client.force_login(user)
    assert client.get(reverse(CHOOSE)).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_afbeelding"))
    answer = client.get(reverse(CHOOSE))
    assert answer.status_code == 200
    assert not answer.json()["toevoegen"]


def test_choosing_costs_the_same_for_many(editor, met_queries):
    for _ in range(5):
        factories.make_afbeelding()
    with met_queries(4):  # session, account, where signed in, pictures
        editor.get(reverse(CHOOSE))


def test_every_kind_that_may_come_in_goes_out():
    assert {*afbeeldingen.TYPEN} == {"jpg", "png", "webp"}
