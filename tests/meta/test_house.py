"""The house keeps its shape: relations go down, no address or template is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.template import TemplateDoesNotExist, engines
from django.template.base import Variable, VariableDoesNotExist
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from aanpakken.models import Aanpak
from tests import factories
from tests.paginas import PAGINAS, bereid_voor
from wijkwijzer.core.catalogusversie import huidige_versie

# DESIGN §3: a layer may use the ones after it; those of one row do not know each other.
LAYERS = [
    {"web"},
    {"kennisdossier"},
    {"aanpakken"},
    {"interventies"},
    {"search", "api", "publication"},
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


def test_every_address_has_an_example_among_the_page_types():
    examples = {
        resolve(pagina.pad.split("?")[0]).route
        for pagina in PAGINAS
        if pagina.naam != "niet gevonden"
    }
    # Not pages: tests/core/test_permalinks.py, tests/search, tests/web/test_stijl.py,
    # tests/aanpakken/test_matrix.py and tests/kennisdossier/test_admin_afbeeldingen.py.
    others = {
        *("id/<slug:soort>/<uuid:uuid>", "zoeken/suggesties/", "stijl/"),
        *("aanpakken/matrix.csv", "aanpakken/matrix.svg"),
        "media/afbeeldingen/<str:naam>",
    }
    assert {*addresses(get_resolver())} == examples | others


@pytest.mark.parametrize("pagina", PAGINAS, ids=str)
def test_every_page_type_answers(inhoud, client, pagina):
    bereid_voor()
    response = client.get(pagina.pad)
    assert response.status_code == pagina.status
    assert response["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("pagina", PAGINAS, ids=str)
def test_an_address_without_its_last_slash_leads_to_the_page(inhoud, client, pagina):
    bereid_voor()
    path, _, query = pagina.pad.partition("?")
    if path == "/" or pagina.status == 404:
        return
    response = client.get(f"{path.rstrip('/')}?{query}")
    assert response.status_code == 301
    assert response["Location"] == f"{path}?{query}".rstrip("?")


# Templates

NAMED = re.compile(r"""\{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")
IN_PYTHON = re.compile(r"""["']([\w/-]+\.html)["']""")
BY_DJANGO = {"400.html", "403.html", "404.html", "500.html"}


def used_templates() -> set[str]:
    found = {*BY_DJANGO}
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


def test_every_template_is_used():
    unused = [name for name in {*OURS} - used_templates() if not overrides(name)]
    assert unused == []


def test_every_template_that_is_named_exists():
    missing = []
    for name in sorted(used_templates()):
        try:
            get_template(name)
        except TemplateDoesNotExist:
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
            if error.params[1:] == (None,):
                return None
            raise

    monkeypatch.setattr(Variable, "_resolve_lookup", lenient)
    monkeypatch.setattr(
        engines["django"].engine, "string_if_invalid", Undefined("undefined")
    )


def test_an_undefined_variable_would_be_noticed(strict_templates):
    for source in ("{{ bestaat_niet.veld }}", "{{ aanpak.nam }}"):
        template = engines["django"].from_string(source)
        with pytest.raises(AssertionError, match="does not exist"):
            template.render({"aanpak": Aanpak(naam="x")})
    template = engines["django"].from_string("{{ aanpak.interventie.naam }}")
    template.render({"aanpak": Aanpak()})


@pytest.mark.parametrize("pagina", PAGINAS, ids=str)
def test_no_page_uses_a_variable_that_does_not_exist(
    inhoud, client, strict_templates, pagina
):
    bereid_voor()
    assert client.get(pagina.pad).status_code == pagina.status


def test_no_detail_page_uses_a_variable_that_does_not_exist(
    inhoud, client, strict_templates
):
    empty, full = factories.make_aanpak(), factories.make_complete_aanpak()
    for aanpak in (empty, full, *Aanpak.objects.gepubliceerd()):
        assert client.get(aanpak.get_absolute_url()).status_code == 200
        if aanpak.interventie:
            address = aanpak.interventie.get_absolute_url()
            assert client.get(address).status_code == 200


# Migrations

PORTAL = sorted(
    app.label for app in apps.get_app_configs() if local(app) and any(app.get_models())
)


def our_tables() -> set[str]:
    prefixes = tuple(f"{label}_" for label in PORTAL)
    return {
        table
        for table in connection.introspection.table_names()
        if table.startswith(prefixes)
    }


def test_migrations_go_back_to_nothing_and_forward_again(transactional_db):
    before = our_tables()
    assert before
    try:
        # From the top down, because the lower layers do not know who stands on them.
        for label in sorted(PORTAL, key=LEVEL.__getitem__):
            call_command("migrate", label, "zero", verbosity=0)
        assert our_tables() == set()
    finally:
        call_command("migrate", verbosity=0)
    assert our_tables() == before
    version = huidige_versie()
    factories.make_doelgroep()
    assert huidige_versie() > version, "the triggers came back"
