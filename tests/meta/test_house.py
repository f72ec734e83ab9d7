"""The house keeps its shape: relations go down, no address or template is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.forms.renderers import get_default_renderer
from django.template import TemplateDoesNotExist, engines
from django.template.base import (
    Node,
    NodeList,
    TextNode,
    Variable,
    VariableDoesNotExist,
    VariableNode,
)
from django.template.context import BaseContext
from django.template.defaulttags import IfNode
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode
from django.templatetags.static import StaticNode
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from aanpakken.models import Aanpak
from tests import factories
from tests.paginas import INGESLOTEN, PAGINAS, bereid_voor
from wijkwijzer.core.templatetags.wijkwijzer import FixedNode, pad, redactie
from wijkwijzer.levering.lijst import FORMATEN
from wijkwijzer.levering.matrix import MATRIXFORMATEN
from wijkwijzer.levering.urls import LIJSTEN
from wijkwijzer.publicatie.leveren import PLATEN, SOORTEN
from wijkwijzer.wholes.registry import wholes

# DESIGN §3: a layer may use the ones after it; those of one row do not know each other.
LAYERS = [
    {"web"},
    {"operations"},
    {"backup"},
    {"uitwisseling"},
    {"redactie"},
    {"toegang"},
    {"deelname"},
    {"publicatie"},
    {"api"},
    {"nieuws"},
    {"delen"},
    {"kennisdossier"},
    {"aanpakken"},
    {"interventies"},
    {"search"},
    {"wholes"},
    {"memory"},
    {"core"},
]
LEVEL = {label: level for level, labels in enumerate(LAYERS) for label in labels}

TEMPLATES = settings.BASE_DIR / "templates"
OURS = sorted(str(f.relative_to(TEMPLATES)) for f in TEMPLATES.rglob("*.html"))


def local(app_config) -> bool:
    return app_config.name in settings.LOCAL_APPS


# Relations


def test_every_app_of_ours_has_its_layer():
    assert {app.label for app in apps.get_app_configs() if local(app)} <= {*LEVEL}


@pytest.mark.parametrize(
    "model",
    apps.get_models(include_auto_created=True),
    ids=lambda m: m._meta.label,
)
def test_a_model_refers_to_its_own_layer_or_below(model):
    label = model._meta.app_label
    if label not in LEVEL:
        # A model from outside refers to none of ours.
        label, own = None, len(LAYERS)
    else:
        own = LEVEL[label]
    for field in model._meta.get_fields():
        if not field.is_relation or field.auto_created or not field.related_model:
            continue
        target = field.related_model._meta.app_label
        if target in LEVEL:
            allowed = target == label or LEVEL[target] > own
            assert allowed, f"{model._meta.label}.{field.name} refers up to {target}"


# Addresses


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """The route of every address, without the admin."""
    for entry in resolver.url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield route
        elif entry.app_name != "admin":
            yield from addresses(entry, route)


# Of these lists: tests/nieuws.
# With what some programs put at its end.
PERMALINKS = [f"id/<slug:soort>/<elke_uuid:uuid>{end}" for end in ("", "/")]
FEEDS = ("aanpakken", "interventies", "kennisdossier", "praktijkvoorbeelden")

# A list and what somebody picked as a file: tests/levering.
EXPORTS = [
    f"{naam}/export.{formaat}"
    for naam in (*LIJSTEN, "selectie")
    for formaat in FORMATEN
]
EXPORTS += [f"aanpakken/matrix.{formaat}" for formaat in MATRIXFORMATEN]

# What can be printed, with an example: tests/publicatie.
EDITIE_PDF = "publicatie/edities/<int:nummer>/wijkwijzer-<int:deel>.pdf"
PRINTED = {
    **{
        route.replace(".pdf", f".{vorm}"): path.replace(".pdf", f".{vorm}")
        for route, path in {
            "publicatie/wijkwijzer.pdf": "/publicatie/wijkwijzer.pdf",
            "publicatie/wijkwijzer-<int:deel>.pdf": "/publicatie/wijkwijzer-1.pdf",
            "selectie/brochure.pdf": "/selectie/brochure.pdf?aanpak=abcd",
            "wijkplan/wijkplan.pdf": "/wijkplan/wijkplan.pdf?aanpak=abcd",
        }.items()
        for vorm in SOORTEN
    },
    EDITIE_PDF: "/publicatie/edities/1/wijkwijzer-1.pdf",
    "aanpakken/matrix.pdf": "/aanpakken/matrix.pdf",
    "aanpakken/matrix.png": "/aanpakken/matrix.png",
    **{
        f"aanpakken/vergelijken.{vorm}": (
            f"/aanpakken/vergelijken.{vorm}?aanpak=abcd&aanpak=wijktheater"
        )
        for vorm in PLATEN
    },
    "aanpakken/<slug:slug>.pdf": "/aanpakken/abcd.pdf",
    "interventies/<slug:slug>.pdf": "/interventies/abcd.pdf",
}

# For who has a signed link: tests/wholes/test_preview.py.
PREVIEWS = {"voorbeeld/<str:token>/", "voorbeeld/<str:token>/<path:deel>"}


def test_every_address_has_an_example_among_the_page_types():
    examples = {
        resolve(pagina.pad.split("?")[0]).route
        for pagina in [*PAGINAS, *INGESLOTEN]
        if pagina.naam != "niet gevonden"
    }
    # Not pages: tests/core/test_permalinks.py, tests/search, tests/web/test_stijl.py,
    # tests/aanpakken/test_matrix.py, tests/web/test_bestanden.py,
    # tests/kennisdossier/test_admin_afbeeldingen.py, tests/wholes/test_preview.py and
    # tests/delen.
    others = {
        *(*PERMALINKS, "zoeken/suggesties/", "stijl/"),
        *("aanpakken/matrix.csv", "aanpakken/matrix.svg"),
        *(".well-known/security.txt", "robots.txt", "favicon.ico"),
        *("sitemap.xml", "sitemap-<slug:section>.xml"),
        *(f"{path}/feed.atom" for path in FEEDS),
        *("gegevens/wijkwijzer.zip", "gegevens/catalogus.jsonld"),
        *(*EXPORTS, *PRINTED),
        *("media/afbeeldingen/<str:naam>", *PREVIEWS),
        *("embed/kleuren/<str:kleur>.css", "embed/hoogte.js", "oembed"),
        # Where gemeenten were before: tests/kennisdossier.
        "praktijkvoorbeelden/in/<slug:slug>/",
        "deelbeeld.png",
        # It leads to the page about the API.
        "api/v1",
        # What a mail program asks: tests/deelname/test_volgen.py.
        "volgen/<elke_uuid:sleutel>/stop/",
        "id/<str:soort>/<elke_uuid:uuid>.<str:vorm>",
    }
    # What programs ask: tests/api looks at all of it.
    pages = {a for a in addresses(get_resolver()) if not a.startswith("api/v1/")}
    assert pages == examples | others


def test_every_page_answers(inhoud, client):
    bereid_voor()
    for pagina in PAGINAS:
        response = client.get(pagina.pad)
        assert response.status_code == pagina.status, pagina
        assert response["Content-Type"] == "text/html; charset=utf-8"


def test_an_address_without_its_last_slash_leads_to_the_page(inhoud, client):
    bereid_voor()
    for pagina in PAGINAS:
        path, _, query = pagina.pad.partition("?")
        if path == "/" or pagina.status == 404:
            continue
        response = client.get(f"{path.rstrip('/')}?{query}")
        assert response.status_code == 301, pagina
        assert response["Location"] == f"{path}?{query}".rstrip("?")


# A part of the sitemap is no record: only a program asks for it.
BY_SLUG = [
    route
    for route in addresses(get_resolver())
    if "<slug:" in route and not route.startswith("sitemap")
    # Leads elsewhere in any case.
    if route != "praktijkvoorbeelden/in/<slug:slug>/"
]


@pytest.mark.parametrize("route", BY_SLUG)
def test_an_address_by_slug_in_capitals_leads_to_the_one_in_small_letters(
    inhoud, client, route
):
    """Every part of it that is a slug, one by one; what was asked comes along."""
    bereid_voor()
    paths = {
        (path := pagina.pad.partition("?")[0]): resolve(path)
        for pagina in [*PAGINAS, *INGESLOTEN]
        if pagina.status == 200
    }
    examples = {path: at for path, at in paths.items() if at.route == route}
    if route in PERMALINKS:
        path = f"/id/aanpak/{Aanpak.objects.get(slug='abcd').uuid}"
        path += "/" if route.endswith("/") else ""
        examples = {path: resolve(path)}
    if route in PRINTED:
        examples = {PRINTED[route]: resolve(PRINTED[route])}
    assert examples, "every address has an example"
    for path, found in examples.items():
        slugs = re.findall(r"<slug:(\w+)>", route)
        for slug in (found.kwargs[name] for name in slugs):
            loud = re.sub(rf"/{slug}(?=[/.])", f"/{slug.upper()}", path)
            assert loud != path
            response = client.get(f"{loud}?a=B")
            if route.startswith("id/"):
                # It leads elsewhere anyhow.
                assert response["Location"] == client.get(path)["Location"]
            else:
                assert response.status_code == 301, loud
                assert response["Location"] == f"{path}?a=B"


# Templates

NAMED = re.compile(r"""\{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")
IN_PYTHON = re.compile(r"""["']([\w/-]+\.html)["']""")
BY_DJANGO = {"400.html", "403.html", "404.html", "500.html"}
BY_ADMIN = {"admin/admin/logentry/change_list.html"}


def used_templates() -> set[str]:
    found = {*BY_DJANGO, *BY_ADMIN}
    for name in OURS:
        found |= {*NAMED.findall((TEMPLATES / name).read_text(encoding="utf-8"))}
    for app in apps.get_app_configs():
        if local(app):
            for file in Path(app.path).rglob("*.py"):
                found |= {*IN_PYTHON.findall(file.read_text(encoding="utf-8"))}
    return found


def overrides(name: str) -> bool:
    """Whether a package has a template of this name, which ours replaces."""
    engine = engines["django"].engine
    for loader in engine.template_loaders:
        for origin in loader.get_template_sources(name):
            file = Path(origin.name)
            if file.exists() and TEMPLATES not in file.parents:
                return True
    return False


def fixed(nodelist: NodeList) -> Iterator[Node]:
    """Every node of a part, with those of what it includes."""
    for node in nodelist.get_nodes_by_type(Node):
        yield node
        if isinstance(node, IncludeNode):
            yield from fixed(get_template(node.template.var).template.nodelist)


def test_what_is_made_once_for_every_page_follows_from_nothing_else():
    seen = set()
    for name in OURS:
        for part in get_template(name).template.nodelist.get_nodes_by_type(FixedNode):
            for node in fixed(part.nodelist):
                seen.add(getattr(node, "func", type(node)))
    allowed = {TextNode, VariableNode, IncludeNode, StaticNode, IfNode, pad, redactie}
    assert seen <= allowed
    assert pad in seen


def test_times_for_people_are_written_in_one_way():
    """By the names of ``core/formats``: no template or module does it by itself."""
    own = re.compile(
        r"""\|(?:date|time):"[^"]*[HGi]|date_format\([^)]*"[^"]*[HG][.:]i"""
    )
    sources = [
        *TEMPLATES.rglob("*.html"),
        *(TEMPLATES.parent / "wijkwijzer").rglob("*.py"),
    ]
    found = [
        str(f)
        for f in sources
        if own.search(re.sub("[A-Z]+_FORMAT", "", f.read_text()))
    ]
    assert found == []


def test_every_template_is_used():
    unused = [name for name in {*OURS} - used_templates() if not overrides(name)]
    assert unused == []


def test_every_template_that_is_named_exists():
    missing = []
    for name in sorted(used_templates()):
        # Those of widgets stand with Django's forms.
        for engine in (get_template, get_default_renderer().get_template):
            with suppress(TemplateDoesNotExist):
                engine(name)
                break
        else:
            missing.append(name)
    assert missing == []


class Undefined(str):
    """Given to Django as ``string_if_invalid``: fails instead of showing nothing."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, variable: object) -> str:
        raise AssertionError(f"the template uses {variable}, which does not exist")


@pytest.fixture
def strict_templates(monkeypatch):
    """Fail on what does not exist; an attribute of None may still be asked."""
    lookup = Variable._resolve_lookup

    def lenient(self, context):
        try:
            return lookup(self, context)
        except VariableDoesNotExist as error:
            # What was asked, and of what.
            asked, thing = error.params
            if thing is None:
                return None
            if not isinstance(thing, BaseContext | dict):
                # Also where Django would go on with nothing, as in a loop.
                raise AssertionError(f"{self} does not exist: no {asked}") from error
            raise

    monkeypatch.setattr(Variable, "_resolve_lookup", lenient)
    monkeypatch.setattr(
        engines["django"].engine, "string_if_invalid", Undefined("undefined")
    )


def test_an_undefined_variable_would_be_noticed(strict_templates):
    for source in (
        "{{ bestaat_niet.veld }}",
        "{{ aanpak.nam }}",
        "{% for deel in aanpak.dele %}{% endfor %}",
        "{% regroup aanpak.dele|dictsort:'naam' by naam as delen %}",
    ):
        template = engines["django"].from_string(source)
        with pytest.raises(AssertionError, match="does not exist"):
            template.render({"aanpak": Aanpak(naam="x")})
    template = engines["django"].from_string("{{ aanpak.interventie.naam }}")
    template.render({"aanpak": Aanpak()})


@pytest.mark.long
def test_no_page_uses_a_variable_that_does_not_exist(inhoud, client, strict_templates):
    bereid_voor()
    for pagina in [*PAGINAS, *INGESLOTEN]:
        assert client.get(pagina.pad).status_code == pagina.status, pagina


@pytest.mark.long
def test_no_detail_page_uses_a_variable_that_does_not_exist(
    inhoud, client, strict_templates
):
    factories.make_aanpak()
    factories.make_complete_aanpak()
    for declared in wholes().values():
        for record in declared.model._default_manager.gepubliceerd():
            assert client.get(record.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "file",
    sorted((settings.BASE_DIR / "static" / "css").glob("*.css")),
    ids=lambda f: f.name,
)
def test_every_rule_of_a_stylesheet_is_closed_before_the_next(file):
    """A browser says nothing of it, and leaves out all that follows."""
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S)
    open_rules: list[str] = []
    for before, brace in re.findall(r"([^{}]*)([{}])", text):
        if brace == "}":
            assert open_rules, before
            open_rules.pop()
        else:
            inside = [rule for rule in open_rules if not rule.startswith("@")]
            assert not inside, (inside, before.strip())
            open_rules.append(before.strip().rpartition(";")[2].strip())
    assert open_rules == []
