"""For who forgot a password: a mail with a link, and no word on who has an account.

The answer is the same for everybody, and so is what is done for it: the mail waits in
the outbox, and who sends that is another process. The link is worth nothing after an
hour, which is long before editors can read a mail that could not be sent; and it
changes the password only: the second step stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.crypto import get_random_string

from wijkwijzer.deelname.mail import kan_mailen
from wijkwijzer.deelname.models import Bericht
from wijkwijzer.toegang import grenzen
from wijkwijzer.toegang.grenzen import Soort, TeVaakError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

ONDERWERP = "Een nieuw wachtwoord voor WijkWijzer"


class VergetenForm(PasswordResetForm):
    """Puts the mail in the outbox, for staff who have a password."""

    def get_users(self, email: str) -> Iterator[User]:
        return (user for user in super().get_users(email) if user.is_staff)

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        leg_klaar(to_email, render_to_string(email_template_name, context))


def leg_klaar(aan: str, tekst: str) -> None:
    # Not under the address of the person: whoever asks for all that we have of somebody
    # would get the link too.
    Bericht.objects.create(
        onderwerpregel=ONDERWERP,
        tekst=tekst,
        aan=aan,
        antwoord_aan=settings.BEHEERDER_EMAIL,
        koppen={"Auto-Submitted": "auto-generated"},
    )


class InBeheer:
    """In the look of the page to sign in."""

    titel = ""
    request: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        beheer = admin.site.each_context(self.request)
        return {**context, **beheer, "title": self.titel}


class Vergeten(InBeheer, views.PasswordResetView):
    titel = "Wachtwoord vergeten"
    form_class = VergetenForm
    template_name = "admin/toegang/vergeten.html"
    email_template_name = "admin/toegang/vergeten.txt"
    success_url = reverse_lazy("admin:wachtwoord_onderweg")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "kan_mailen": kan_mailen()}

    def form_valid(self, form: Any) -> HttpResponse:
        """Too often is answered as everything else: only no mail is made."""
        try:
            grenzen.begin(self.request, form.cleaned_data["email"], Soort.HERSTEL)
        except TeVaakError:
            return super(views.PasswordResetView, self).form_valid(form)
        if not kan_mailen():
            return super(views.PasswordResetView, self).form_valid(form)
        if not [*form.get_users(form.cleaned_data["email"])]:
            # What is made for somebody is made for nobody as well, and thrown away.
            context = {"user": User(username="niemand"), "token": get_random_string(39)}
            context |= {"uid": "x", "protocol": "https", "domain": "localhost"}
            render_to_string(self.email_template_name, context)
        return super().form_valid(form)


class Onderweg(InBeheer, views.PasswordResetDoneView):
    titel = "Kijk in je mail"
    template_name = "admin/toegang/onderweg.html"


class Nieuw(InBeheer, views.PasswordResetConfirmView):
    """Signs nobody in: that asks for the second step as well."""

    titel = "Kies een nieuw wachtwoord"
    template_name = "admin/toegang/nieuw_wachtwoord.html"
    success_url = reverse_lazy("admin:login")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(
            self.request,
            "Je nieuwe wachtwoord is opgeslagen. Je bent overal uitgelogd.",
        )
        return response
