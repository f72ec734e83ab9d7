"""What can be wrong with a page as a browser shows it, each as a list of sentences."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageStat
from playwright.sync_api import Locator, Page

# What a reader may ask for (WCAG 1.4.12).
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""


@contextmanager
def wider_spacing(page: Page) -> Iterator[None]:
    """Give the page the CSS of a reader who needs more room between letters."""
    page.evaluate(
        """css => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          document.adoptedStyleSheets = [sheet];
        }""",
        SPACING,
    )
    yield
    page.evaluate("() => { document.adoptedStyleSheets = []; }")


def lost(page: Page) -> list[str]:
    """What sticks out, innermost first, when the page can be scrolled sideways; and
    what is cut off."""
    return page.evaluate(
        """() => {
          const found = [], width = document.documentElement.clientWidth;
          const short = e => e.outerHTML.slice(0, 100);
          const right = e => {
            const range = document.createRange();
            range.selectNodeContents(e);
            return Math.round(Math.max(e.getBoundingClientRect().right,
              range.getBoundingClientRect().right));
          };
          const wide = document.documentElement.scrollWidth;
          if (wide > width) {
            found.push(`the page is ${wide} px wide`,
              ...[...document.body.querySelectorAll('*')].reverse()
                .filter(e => right(e) > width)
                .map(e => `${right(e)} px: ${short(e)}`)
                .slice(0, 4));
          }
          for (const e of document.querySelectorAll('main *')) {
            const { overflowX } = getComputedStyle(e);
            if (['hidden', 'clip'].includes(overflowX) && e.clientWidth > 1
                && e.scrollWidth > e.clientWidth + 1
                && !e.closest('input, .visually-hidden'))
              found.push(`cut off: ${short(e)}`);
          }
          return found;
        }"""
    )


def without_line(page: Page) -> list[str]:
    """Buttons of which forced colours leave only words: a background is taken away."""
    return page.evaluate(
        """() => [...document.querySelectorAll(
            'button, input[type=submit], .button, .object-tools a')]
          .filter(e => e.checkVisibility() && e.getBoundingClientRect().width > 2)
          .filter(e => !e.querySelector('svg'))
          .filter(e => {
            const { borderBottomWidth, textDecorationLine } = getComputedStyle(e);
            return borderBottomWidth === '0px' && textDecorationLine === 'none';
          })
          .map(e => e.outerHTML.slice(0, 100))"""
    )


def without_focus_ring(page: Page) -> list[str]:
    """Where the focus draws no line: no outline, and in a picture no other stroke.

    A shadow or a background does not count: forced colours take them away.
    """
    page.keyboard.press("Tab")  # from here on the browser shows where the focus is
    return page.evaluate(
        """() => {
          const line = style => [style.outlineStyle === 'none' ? 0 : style.outlineWidth,
            style.stroke, style.strokeWidth];
          const around = e => [e.closest(':not(a, button, input)'), e.parentElement,
            e.closest('[role=combobox]')].filter(Boolean);
          const lines = e => [...around(e), e, ...e.querySelectorAll('*')]
            .flatMap(near => [undefined, '::after']
              .map(part => line(getComputedStyle(near, part)))).join();
          const found = [];
          for (const e of document.querySelectorAll('a[href], button, input, select,'
              + 'textarea, summary, [tabindex="0"]')) {
            document.activeElement.blur();
            const before = lines(e);
            e.focus();
            // What is hidden or disabled gets no focus.
            if (document.activeElement === e && lines(e) === before)
              found.push(e.outerHTML.slice(0, 100));
          }
          document.activeElement.blur();
          scrollTo(0, 0);
          return found;
        }"""
    )


def faint_in_pictures(page: Page) -> list[str]:
    """Drawn words that are hard to read on the background of the reader.

    Forced colours leave pictures as they are: those must follow them by themselves.
    """
    return page.evaluate(
        """() => {
          const channels = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
          const light = colour => channels(colour).map(c => c / 255)
            .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], .05);
          const probe = document.createElement('i');
          probe.style.color = 'Canvas';
          document.body.append(probe);
          const canvas = getComputedStyle(probe).color;
          probe.remove();
          return [...document.querySelectorAll('svg :is(text, tspan, textPath)')]
            .filter(e => e.checkVisibility()).filter(e => {
              const { fill } = getComputedStyle(e);
              if (fill === canvas) return false;  // on a shape of the other colour
              const [a, b] = [light(fill), light(canvas)].sort((x, y) => x - y);
              return b / a < 4.5;
            }).map(e => e.outerHTML.slice(0, 100));
        }"""
    )


# Every line of text that is on the screen: its words, its place, what it stands in.
WORDS = """root => {
  const found = [];
  const all = { opacityProperty: true, visibilityProperty: true };
  const seen = e => e.checkVisibility(all)
    && !e.closest('.visually-hidden, :disabled, [aria-disabled=true], option, title');
  const within = (box, e) => {
    let { left, top, right, bottom } = box;
    for (let above = e; above !== document.body && above; above = above.parentElement) {
      if (getComputedStyle(above).overflow === 'visible') continue;
      const part = above.getBoundingClientRect();
      left = Math.max(left, part.left);
      top = Math.max(top, part.top);
      right = Math.min(right, part.right);
      bottom = Math.min(bottom, part.bottom);
    }
    // Its middle: at the edge the picture has something of what is around it.
    const edge = (bottom - top) / 5;
    return [left + 1, top + edge, right - 1, bottom - edge].map(Math.round);
  };
  const texts = document.createTreeWalker(
    document.querySelector(root), NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());) {
    const e = text.parentElement;
    if (!text.data.trim() || !seen(e)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    // Words along a line have no box of their own.
    const round = e.closest('textPath');
    const boxes = round ? [e.getBoundingClientRect()] : range.getClientRects();
    for (const box of boxes) {
      const [left, top, right, bottom] = within(box, e);
      // Not what waits above the page until it has the focus.
      if (right - left > 2 && bottom - top > 4 && top >= 0)
        found.push([`${text.data.trim().slice(0, 40)} in ${e.cloneNode().outerHTML}`,
          [left, top, right, bottom]]);
    }
  }
  return found;
}"""
READABLE = 4.5
LINEAR = [
    round(255 * (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4))
    for c in (n / 255 for n in range(256))
]


def luminance(shot: bytes) -> Image.Image:
    """How light every pixel is, as WCAG reckons, from 0 to 255."""
    picture = Image.open(io.BytesIO(shot)).convert("RGB").point(LINEAR * 3)
    return picture.convert("L", (0.2126, 0.7152, 0.0722, 0))


def brightness(element: Locator) -> float:
    """How light an element is on the whole, from 0 to 1."""
    light = luminance(element.screenshot())
    return ImageStat.Stat(light).mean[0] / 255


def unreadable(page: Page, root: str = "body") -> list[str]:
    """Words that cannot be told from what is behind them, in the picture itself.

    Forced colours put a plate behind words that no style tells of, so only a picture
    shows whether they can be read: light and dark must both be where the words are.
    """
    before = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    # All of it on the screen: nothing is behind what sticks to its edge.
    page.set_viewport_size({"width": before["width"], "height": height})
    words = page.evaluate(WORDS, root)
    shot = page.screenshot(animations="disabled", caret="hide")
    page.set_viewport_size(before)
    light = luminance(shot)
    found = []
    for word, box in words:
        darkest, lightest = light.crop(box).getextrema()
        contrast = (lightest / 255 + 0.05) / (darkest / 255 + 0.05)
        if contrast < READABLE:
            found.append(f"{contrast:.1f} to 1: {word}")
    return found
