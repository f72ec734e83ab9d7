"""What readers type: what is taken out of it, and what stays."""

from __future__ import annotations

import pytest

from wijkwijzer.core.tekens import afgekapt, een_regel, maak_schoon, toonbaar

ZWJ, ZWNJ = "\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"
WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"


@pytest.mark.parametrize(
    "text",
    [
        f"👩{ZWJ}👩{ZWJ}👧",
        f"👩🏽{ZWJ}⚕️",
        f"❤️{ZWJ}🔥",
        f"🏳️{ZWJ}🌈",
        f"🙂{ZWJ}↔️",
        f"🐦{ZWJ}⬛",
        f"می{ZWNJ}خواهم",
        f"می{ZWNJ}شود",
        f"क्{ZWJ}ष",
        f"क्{ZWNJ}ष",
        f"ශ්{ZWJ}රී ලංකා",
        f"র{ZWJ}্যাম",
        # The last sign of a word: chillu of Malayalam, a half letter, a visible virama.
        f"അവന്{ZWJ}",
        f"അവന്{ZWJ} വന്നു.",
        f"അവന്{ZWNJ}, പിന്നെ",
        f"उत्{ZWJ}",
        f"হঠাত্{ZWJ} (হ)",
        WALES,
    ],
    ids=ascii,
)
def test_a_joiner_that_says_how_something_is_written_stays(text):
    assert maak_schoon(text, regels=True) == (text, False)
    assert maak_schoon(text, regels=False) == (text, False)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"sa{ZWNJ}men", "samen"),
        (f"sa{ZWJ}men", "samen"),
        (f"👩{ZWJ}", "👩"),
        (f"👩{ZWNJ}👧", "👩👧"),
        (f"👩{ZWJ}{ZWJ}👧", "👩👧"),
        (f"👩{ZWJ}a", "👩a"),
        (f"a{ZWJ}👩", "a👩"),
        (f"می{ZWJ}👩", "می👩"),
        (f"{ZWNJ}می{ZWNJ}", "می"),
        (f"می {ZWNJ}خواهم", "می خواهم"),
        (f"می{ZWNJ}{ZWNJ}خواهم", "میخواهم"),
        (f"അവന്{ZWJ}{ZWJ}", f"അവന്{ZWJ}"),
        (f"അവന{ZWJ}", "അവന"),
        (f"{ZWJ}അവന്", "അവന്"),
        (WALES[:-1], "\U0001f3f4"),
        (f"x{WALES[1:]}", "x"),
    ],
    ids=ascii,
)
def test_a_joiner_that_means_nothing_goes(text, clean):
    assert maak_schoon(text, regels=True) == (clean, True)
    assert maak_schoon(clean, regels=True) == (clean, False)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  een\n\ttitel ", "een titel"),
        ("buurt\u00adbemid\u00addeling", "buurtbemiddeling"),
        ("den\u00ad haag", "den haag"),
        ("\u200bzuid\ufeff", "zuid"),
        ("a\x00b\ue000c\ud800d", "ab cd"),
        (f"👩{ZWJ}👩{ZWJ}👧 samen", f"👩{ZWJ}👩{ZWJ}👧 samen"),
        (f"می{ZWNJ}خواهم", f"می{ZWNJ}خواهم"),
        (WALES, WALES),
        ("x" * 50, "x" * 40),
    ],
    ids=ascii,
)
def test_one_line_has_all_that_shows_and_nothing_else(typed, line):
    assert een_regel(typed, 40) == line


FAMILY = f"👨{ZWJ}👩{ZWJ}👧{ZWJ}👦"


@pytest.mark.parametrize(
    "sign", [FAMILY, "👩🏽", "❤️", "e\u0323\u0301", f"അവന്{ZWJ}"[2:], WALES]
)
def test_a_text_is_never_cut_within_a_sign(sign):
    for length in range(1, len(sign)):
        assert afgekapt(f"ab{sign}c", 2 + length) == "ab"
    assert afgekapt(f"ab{sign}c", 2 + len(sign)) == f"ab{sign}"


def test_a_line_ends_before_the_picture_that_does_not_fit():
    assert een_regel(f"samen {FAMILY}", 9) == "samen"


def test_a_text_that_is_one_long_sign_is_cut_all_the_same():
    assert len(afgekapt("a" + "\u0323" * 50, 10)) <= 10


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (FAMILY, FAMILY),
        (WALES, WALES),
        (f"می{ZWNJ}خواهم", f"می{ZWNJ}خواهم"),
        (f"a{ZWJ}b\u202ec\x00", "a�b�c�"),
        ("\ufffd \u00ad", "\ufffd �"),
    ],
)
def test_what_shows_nothing_is_seen_in_a_message_and_pictures_stay_whole(text, shown):
    assert toonbaar(text) == shown
