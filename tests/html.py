"""Read a page as a reader sees it: elements, their words, and what a list says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
    *("source", "track", "wbr"),
}


class Element:
    def __init__(self, name: str, attributes: dict[str, str], parent: Element | None):
        self.name, self.attributes, self.parent = name, attributes, parent
        self.children: list[Element | str] = []

    def __getitem__(self, attribute: str) -> str:
        return self.attributes[attribute]

    def get(self, attribute: str, default: str = "") -> str:
        return self.attributes.get(attribute, default)

    def __contains__(self, attribute: str) -> bool:
        return attribute in self.attributes

    @property
    def text(self) -> str:
        """The words, with single spaces and without soft hyphens."""
        return " ".join(self._raw_text().replace("\u00ad", "").split())

    @property
    def raw_text(self) -> str:
        """The text as it is written, for what stands in a text area."""
        return "".join(child for child in self.children if isinstance(child, str))

    def _raw_text(self) -> str:
        return "".join(
            child
            if isinstance(child, str)
            else f" {child._raw_text()} "
            if child.name in {"li", "dt", "dd", "p", "div", "td", "th", "option"}
            else child._raw_text()
            for child in self.children
        )

    def all(self, *names: str, **attributes: str) -> Iterator[Element]:
        """Elements below this one; ``class_="x"`` looks for one class of several."""
        wanted_class = attributes.pop("class_", None)
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        for child in self.children:
            if isinstance(child, str):
                continue
            if (
                (not names or child.name in names)
                and all(child.attributes.get(k) == v for k, v in wanted.items())
                and (not wanted_class or wanted_class in child.get("class").split())
            ):
                yield child
            yield from child.all(
                *names,
                **wanted,
                **({"class_": wanted_class} if wanted_class else {}),
            )

    def one(self, *names: str, **attributes: str) -> Element:
        """The only such element; anything else is an error."""
        (found,) = self.all(*names, **attributes)
        return found

    def above(self) -> Iterator[Element]:
        element = self.parent
        while element:
            yield element
            element = element.parent


class _Reader(HTMLParser):
    def __init__(self, *, strict: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.strict = strict
        self.root = self.current = Element("document", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, self.current)
        self.current.children.append(element)
        if tag not in VOID:
            self.current = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.current.children.append(Element(tag, attributes, self.current))

    def handle_endtag(self, tag: str) -> None:
        if self.strict and tag != self.current.name:
            raise ValueError(f"</{tag}> closes <{self.current.name}>")
        closed = next(
            (e for e in [self.current, *self.current.above()] if e.name == tag), None
        )
        if closed and closed.parent:
            self.current = closed.parent

    def handle_data(self, data: str) -> None:
        self.current.children.append(data)


TIP = re.compile(r'<button class="tip".*?</button><span class="tip-text".*?</span>')


def without_tips(document: str) -> str:
    """Without the meaning of terms, which stands in the middle of a sentence."""
    return TIP.sub("", document)


def read(document: str | bytes) -> Element:
    """Return the document; our pages close every element, so anything else fails."""
    reader = _Reader(strict=True)
    reader.feed(document if isinstance(document, str) else document.decode())
    reader.close()
    if reader.current is not reader.root:
        raise ValueError(f"<{reader.current.name}> is not closed")
    return reader.root


def read_loosely(document: bytes) -> Element:
    """Return a document that is not ours, such as a page of the admin."""
    reader = _Reader(strict=False)
    reader.feed(document.decode())
    reader.close()
    return reader.root


@dataclass(frozen=True)
class Option:
    """A checkbox of a filter form and the number that stands beside it."""

    key: str
    value: str
    label: str
    count: int
    checked: bool
    disabled: bool


def options(page: Element) -> list[Option]:
    found = []
    for box in page.one(id="filters").all("input", type="checkbox"):
        if box["name"] == "aanpak":  # picks a result, filters nothing
            continue
        label = next(e for e in box.above() if e.name == "label").text
        match = re.fullmatch(r"(.*?) (\d+) resulta(?:at|ten)", label)
        assert match, f"no count in {label!r}"
        found.append(
            Option(
                box["name"],
                box["value"],
                match[1],
                int(match[2]),
                "checked" in box,
                "disabled" in box,
            )
        )
    return found


def result_count(page: Element) -> int:
    """The number of results as the status says it, which the title repeats."""
    status = page.one(role="status").text
    match = re.match(r"(\d+) resulta(?:at|ten) gevonden", status)
    assert match, status
    title = page.one("title").text
    assert re.search(rf"\b{match[1]} resulta(at|ten)\b", title), (status, title)
    return int(match[1])


def result_names(page: Element, prefix: str) -> list[str]:
    """The slugs of the results on this page, in their order."""
    pattern = re.compile(rf"{prefix}([a-z0-9-]+)/")
    return [
        match[1]
        for link in page.one(id="resultaten").all("a")
        if any(e.name in {"h2", "h3", "h4", "th"} for e in link.above())
        and (match := pattern.fullmatch(link.get("href")))
    ]
