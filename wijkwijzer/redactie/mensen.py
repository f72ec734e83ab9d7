"""Who may sign in, and in which roles: an admin that nobody can climb in.

Roles are chosen, never single rights. Who manages people gives only what he may do
himself, and changes nobody who may do more: else the password of such a colleague
would be the way up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Prefetch, Q
from django.http import HttpResponseRedirect
from django.urls import reverse

from wijkwijzer.core.groepen import REDACTIE
from wijkwijzer.core.rollen import Rol

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

VAN_VROEGER = (
    "Van voor er rollen waren: mag alles met de inhoud en met wat lezers sturen."
)


def rechten(user: User) -> set[int]:
    """What somebody may do, or could do again once his account works."""
    found = Permission.objects.all()
    if not user.is_superuser:
        found = found.filter(Q(group__user=user.pk) | Q(user=user.pk))
    return {*found.values_list("pk", flat=True)}


def te_geven(user: User) -> QuerySet[Group]:
    """The groups of which somebody may do everything himself."""
    if user.is_superuser:
        return Group.objects.all()
    more = Permission.objects.exclude(pk__in=rechten(user))
    return Group.objects.exclude(permissions__in=more)


def mag_beheren(user: User, ander: User) -> bool:
    """Whether somebody may change the account of another, or his own."""
    if user.is_superuser:
        return True
    return not ander.is_superuser and rechten(ander) <= rechten(user)


class RolKeuze(forms.ModelMultipleChoiceField[Group]):
    """The roles by name, with what they are for."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Group) -> str:
        if obj.name in {*Rol}:
            return f"{obj.name}: {Rol(obj.name).uitleg}"
        return f"{obj.name}: {VAN_VROEGER}" if obj.name == REDACTIE else obj.name


# Nobody puts a group together by hand: what a role may do is declared in core/rollen.
admin.site.unregister(Group)
admin.site.unregister(User)


@admin.register(User)
class MensenAdmin(UserAdmin[User]):
    list_display = ("username", "volledige_naam", "email", "rollen", "is_active")
    list_filter = ("groups", "is_active")
    filter_horizontal = ()
    # A name and a password; the roles come on the next page.
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "usable_password", "password1", "password2"),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        groups = Prefetch("groups", Group.objects.order_by("name"))
        return super().get_queryset(request).prefetch_related(groups)

    @admin.display(description="naam", ordering="first_name")
    def volledige_naam(self, obj: User) -> str:
        return obj.get_full_name() or "–"

    @admin.display(description="rollen")
    def rollen(self, obj: User) -> str:
        names = [group.name for group in obj.groups.all()]
        if obj.is_superuser:
            names.append("technisch beheer (alles)")
        return ", ".join(names) or "geen"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        may = ["groups" if self._chooses_roles(request, obj) else "rollen", "is_active"]
        if request.user.is_superuser:
            may += ["is_staff", "is_superuser"]
        return (
            (None, {"fields": ("username", "password")}),
            ("Wie is het?", {"fields": ("first_name", "last_name", "email")}),
            ("Wat mag deze persoon?", {"fields": may}),
            ("Wanneer", {"fields": ("last_login", "date_joined")}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ["rollen", "last_login", "date_joined"]
        if obj and obj.pk == request.user.pk:
            # Nobody gives himself a role, nor locks himself out.
            fixed += ["is_active", "is_staff", "is_superuser"]
        return fixed

    def _chooses_roles(self, request: HttpRequest, obj: User) -> bool:
        own = obj.pk == request.user.pk
        return self.has_change_permission(request, obj) and not own

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        return RolKeuze(
            te_geven(request.user).order_by("name"),  # type: ignore[arg-type]
            label="Rollen",
            required=False,
            help_text=(
                "Je ziet alleen rollen waarvan je zelf alle rechten hebt. Wat een rol "
                "mag, staat bij Rollen op de startpagina."
            ),
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or mag_beheren(request.user, obj))  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """With an account its history would go: who leaves is made inactive."""
        may = super().has_delete_permission(request, obj)
        did = obj and LogEntry.objects.filter(user=obj.pk).exists()
        return may and not did

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        # It does not ask for each account what that did.
        actions.pop("delete_selected", None)
        return actions

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Of another. For one's own the old one is asked: a session may be stolen."""
        own = id == str(request.user.pk)
        if own and self.has_change_permission(request):
            return HttpResponseRedirect(reverse("admin:password_change"))
        return super().user_change_password(request, id, form_url)

    def save_model(
        self, request: HttpRequest, obj: User, form: Any, change: bool
    ) -> None:
        if not change:
            # There are accounts only for who works here.
            obj.is_staff = True
        super().save_model(request, obj, form, change)
