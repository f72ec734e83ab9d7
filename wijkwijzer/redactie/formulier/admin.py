"""What the form of every model in the admin gets from the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, ManyToManyField
from django.forms.utils import ErrorDict, ErrorList

from wijkwijzer.core.adresvraag import lees_getal
from wijkwijzer.core.slugs import maak_slug
from wijkwijzer.core.uitleg import uitleg_van
from wijkwijzer.redactie.formulier.delen import lichte
from wijkwijzer.redactie.formulier.lijkt import TOCH, LijktOp, gelijkenden
from wijkwijzer.redactie.formulier.regels import HeleRij
from wijkwijzer.redactie.formulier.secties import alle_fouten, secties_van
from wijkwijzer.redactie.formulier.velden import maak_licht

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.db.models import Model, SlugField
    from django.http import HttpRequest, HttpResponse

# The button that asks for one more part where there is no script.
ERBIJ = "_erbij"
# More than a form ever has.
VEEL = 1000


class Formulier(admin.ModelAdmin[Any]):
    """Sections with a menu, fields that weigh little, and one part more without script.

    ``volgorde_secties`` names fieldsets and prefixes of parts, as the page has them.
    ``vergelijk_naam`` is the field by which a new record may be one that is there.
    """

    # Only said, not set: this class goes before the one that sets them.
    volgorde_secties: tuple[str, ...]
    vergelijk_naam: str

    def __init__(self, model: type[Model], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        self.form = type(self.form.__name__, (HeleRij, self.form), {})

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        veld = super().formfield_for_dbfield(db_field, request, **kwargs)
        return veld and uitleg_van(maak_licht(veld, request), db_field, self.model)

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        instances = super().get_inline_instances(request, obj)
        for instance in instances:
            instance.__class__ = lichte(type(instance))
        return instances

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and ERBIJ in request.POST:
            een_erbij(request)
        elif request.method == "POST":
            self._vul_slugs(request, nieuw=object_id is None)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _vul_slugs(self, request: HttpRequest, *, nieuw: bool) -> None:
        if nieuw:
            vul_slugs(request, "", self.model, self.get_prepopulated_fields(request))
        for inline in self.get_inline_instances(request):
            if uit := inline.get_prepopulated_fields(request):
                prefix = inline.get_formset(request).get_default_prefix()
                totaal = lees_getal(request.POST.get(f"{prefix}-TOTAL_FORMS", "")) or 0
                for nummer in range(min(totaal, VEEL)):
                    vul_slugs(request, f"{prefix}-{nummer}-", inline.model, uit)

    def get_form(
        self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, *args, **kwargs)
        if wil_erbij(request):
            return zonder_oordeel(form)
        if request.method == "POST" and obj is None and self._vergelijkt():
            own = {"vergelijk_naam": self._vergelijkt(), "toch": TOCH in request.POST}
            return type(form.__name__, (LijktOp, form), own)
        return form

    def _vergelijkt(self) -> str:
        namen = {f.name for f in self.opts.fields}
        gewoon = next((n for n in ("naam", "titel") if n in namen), "")
        return str(getattr(self, "vergelijk_naam", gewoon))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address of a new record fills in; not what does not exist."""
        begin: dict[str, Any] = super().get_changeform_initial_data(request)
        return {
            naam: waarde for naam, waarde in begin.items() if self._kan(naam, waarde)
        }

    def _kan(self, naam: str, waarde: Any) -> bool:
        veld = next((f for f in self.opts.get_fields() if f.name == naam), None)
        if not isinstance(veld, (ForeignKey, ManyToManyField)):
            return True
        keuzes = veld.remote_field.model._default_manager
        sleutels = waarde if isinstance(waarde, list) else [waarde]
        try:
            # One by one: Django bounds what a column can hold only for one.
            return all(keuzes.filter(pk=s).exists() for s in sleutels)
        except (ValueError, ValidationError):
            return False

    def get_formsets_with_inlines(
        self, request: HttpRequest, obj: Any = None
    ) -> Iterator[tuple[Any, Any]]:
        erbij = wil_erbij(request)
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            yield (delen_zonder_oordeel(formset) if erbij else formset), inline

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        erbij = wil_erbij(request)
        inlines = context["inline_admin_formsets"]
        volgorde = getattr(self, "volgorde_secties", ())
        secties = secties_van(context["adminform"], inlines, volgorde, erbij)
        form = context["adminform"].form
        context |= {
            "secties": secties,
            "foutlijst": alle_fouten(form, secties) if context.get("errors") else [],
            "kan_erbij": any(i.has_add_permission for i in inlines),
            "erbij": erbij,
            "lijkt_op": gelijkenden(form, self),
            "toch": TOCH,
        }
        return super().render_change_form(request, context, *args, **kwargs)


def wil_erbij(request: HttpRequest) -> str:
    """The prefix of the parts of which one more is asked; empty when none is."""
    return request.POST.get(ERBIJ, "") if request.method == "POST" else ""


def een_erbij(request: HttpRequest) -> None:
    """Let the form that comes back have one row more."""
    post = request.POST.copy()
    naam = f"{post[ERBIJ]}-TOTAL_FORMS"
    totaal = lees_getal(post.get(naam, ""))
    if totaal is not None and totaal < VEEL:
        post[naam] = str(totaal + 1)
    request.POST = post  # type: ignore[assignment]


def vul_slugs(
    request: HttpRequest, bij: str, model: type[Model], uit: Mapping[str, Sequence[str]]
) -> None:
    """Make what Django's script makes while somebody types, where it did not run."""
    for slug, velden in uit.items():
        tekst = " ".join(request.POST.get(bij + veld, "") for veld in velden)
        if request.POST.get(bij + slug, "").strip() or not tekst.strip():
            continue
        lengte = cast("SlugField", model._meta.get_field(slug)).max_length
        post = request.POST.copy()
        post[bij + slug] = maak_slug(tekst, lengte or 50)
        request.POST = post  # type: ignore[assignment]


def zonder_oordeel(klasse: Any) -> Any:
    """The same form with what was typed: not judged yet, and never to be saved."""

    class Getoond(klasse):
        def full_clean(self) -> None:
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}

        def is_valid(self) -> bool:
            return False

    Getoond.__name__ = klasse.__name__
    return Getoond


def delen_zonder_oordeel(klasse: Any) -> Any:
    class Getoond(klasse):
        form = zonder_oordeel(klasse.form)

        def full_clean(self) -> None:
            self._errors: list[Any] = [ErrorDict() for _ in self.forms]
            self._non_form_errors = ErrorList()

        def is_valid(self) -> bool:
            return False

    Getoond.__name__ = klasse.__name__
    return Getoond
