"""Two editors of one record: the second to save keeps all, and sees what the first did.

A form carries the revision of the working copy that it was made of. When that is no
longer the one of now, nothing is written: what both made is put together, and where
both changed the same, the second chooses. See ``wholes.merge``.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import OperationalError, transaction
from django.forms import all_valid
from django.utils.text import capfirst

from wijkwijzer.core.adresvraag import lees_getal
from wijkwijzer.wholes import work
from wijkwijzer.wholes.actions import working_document
from wijkwijzer.wholes.apply import apply
from wijkwijzer.wholes.merge import merge
from wijkwijzer.wholes.registry import whole_of
from wijkwijzer.wholes.validation import problems
from wijkwijzer.wholes.words import RowNames, Words, both, field_at, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpRequest, HttpResponse, QueryDict

    from wijkwijzer.wholes.declaration import Data
    from wijkwijzer.wholes.merge import Conflict, Merged

# Of which revision the form is, and of which the page where somebody chooses.
REVISIE, SAMEN = "_revisie", "_samen"
# Before the key of a conflict.
KIES = "_kies:"
ZELF = "een ander venster van jou"


class UndoError(Exception):
    """Ends a savepoint of which nothing must stay."""


class Posted(NamedTuple):
    form: Any
    formsets: list[Any]

    @property
    def is_valid(self) -> bool:
        form_is_valid = self.form.is_valid()
        return all_valid(self.formsets) and form_is_valid


class SamenMixin(admin.ModelAdmin[Any]):
    """For the admin of a record with versions."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = extra_context or {}
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        if obj is None or not self.has_change_permission(request, obj):
            # Django says what there is to see, or that it may not be.
            return super().changeform_view(request, object_id, form_url, context)
        if request.method == "POST":
            return self._save_together(request, obj, object_id, form_url, context)
        # Looking goes on while nothing can be written.
        with suppress(OperationalError):
            work.remember(obj, by=None)
            work.opens(obj, by=request.user)  # type: ignore[arg-type]
        context |= {
            "revisie": work.revision_of(obj),
            "anderen": work.others_at(obj, than=request.user),  # type: ignore[arg-type]
        }
        return super().changeform_view(request, object_id, form_url, context)

    def _save_together(
        self,
        request: HttpRequest,
        obj: Any,
        object_id: str | None,
        form_url: str,
        context: dict[str, Any],
    ) -> HttpResponse:
        with transaction.atomic():
            # Whoever else saves waits here: between the look and the writing is nobody.
            self.model._default_manager.select_for_update().order_by().get(pk=obj.pk)
            seen = lees_getal(request.POST.get(REVISIE, ""))
            if seen is not None and seen != work.revision_of(obj):
                answer = self._bring_together(request, obj, seen)
                if answer is not None:
                    return answer
            context |= {"revisie": "" if seen is None else seen}
            return super().changeform_view(request, object_id, form_url, context)

    def _bring_together(
        self, request: HttpRequest, obj: Any, seen: int
    ) -> HttpResponse | None:
        """The page where somebody chooses, or that of what was saved.

        None when the form can be handled as any other: nothing differs after all, or
        it must be mended before it can be compared.
        """
        declared = whole_of(self.model)
        theirs = working_document(obj)
        base = work.document_at(obj, seen) or theirs
        self._keep_parts_that_went(request, obj)
        if base == theirs:
            return None
        who = self._who(request, obj, seen)
        if not self._posted(request, obj).is_valid:
            messages.warning(
                request,
                f"{capfirst(who)} sloeg dit intussen ook op. Los eerst op wat "
                "hieronder staat; daarna zie je wat er verschilt.",
            )
            return None
        mine = self._as_posted(request, obj)
        chosen = {
            name.removeprefix(KIES): str(value)
            for name, value in request.POST.items()
            if name.startswith(KIES)
        }
        merged = merge(declared, base, mine, theirs, chosen)
        wrong = problems(declared, merged.data)
        current = request.POST.get(SAMEN) == str(work.revision_of(obj))
        if current and merged.is_settled and not wrong:
            return self._save_merged(request, obj, merged)
        names = RowNames()
        return self._page(  # type: ignore[attr-defined,no-any-return]
            request,
            obj,
            "admin/wholes/samen.html",
            f"“{obj}” is intussen ook door {who} gewijzigd",
            wie=who,
            opgeslagen=work.saved_since(obj, seen),
            conflicten=[
                _asked(Words(names), declared, conflict, mine, theirs)
                for conflict in merged.conflicts
            ],
            van_ander=told(declared, base, theirs, names),
            van_mij=told(declared, base, mine, names),
            problemen=wrong if current else [],
            vergeten=current and not merged.is_settled,
            velden=[*_typed(request.POST)],
            revisie=work.revision_of(obj),
            kies=KIES,
            publiceert="_publiceren" in request.POST,
        )

    def _who(self, request: HttpRequest, obj: Any, seen: int) -> str:
        saved = [s.door for s in work.saved_since(obj, seen) if s.door]
        names = [ZELF if by == request.user else str(by) for by in saved]
        return " en ".join(dict.fromkeys(names)) or "iemand anders"

    def _save_merged(
        self, request: HttpRequest, obj: Any, merged: Merged
    ) -> HttpResponse:
        posted = self._posted(request, obj)
        self._write(request, posted)
        apply(whole_of(self.model), merged.data)
        told = self.construct_change_message(request, posted.form, posted.formsets)
        self.log_change(request, obj, told)
        return self.response_change(request, self.get_object(request, str(obj.pk)))

    # What was posted, on top of what is there now

    def _posted(self, request: HttpRequest, obj: Any) -> Posted:
        fresh = self.get_object(request, str(obj.pk))
        form_class = self.get_form(request, fresh, change=True)
        form = form_class(request.POST, request.FILES, instance=fresh)
        formsets, _ = self._create_formsets(request, form.instance, change=True)  # type: ignore[attr-defined]
        return Posted(form, formsets)

    def _write(self, request: HttpRequest, posted: Posted) -> None:
        """As Django does when nobody was before us."""
        assert posted.is_valid, "it was just before"  # noqa: S101
        record = self.save_form(request, posted.form, change=True)
        self.save_model(request, record, posted.form, change=True)
        self.save_related(request, posted.form, posted.formsets, change=True)

    def _as_posted(self, request: HttpRequest, obj: Any) -> Data:
        """The document that saving the form would give; nothing of it is kept."""
        try:
            with transaction.atomic():
                self._write(request, self._posted(request, obj))
                data = working_document(obj)
                raise UndoError
        except UndoError:
            return data

    def _keep_parts_that_went(self, request: HttpRequest, obj: Any) -> None:
        """Make parts that another took away new ones, instead of others' rows."""
        post = request.POST.copy()
        formsets, _ = self._create_formsets(request, obj, change=True)  # type: ignore[attr-defined]
        for formset in formsets:
            keys = formset.get_queryset().values_list("pk", flat=True)
            _renumber(
                post, formset.prefix, formset.model._meta.pk.name, {*map(str, keys)}
            )
        request.POST = post  # type: ignore[assignment]


class Asked(NamedTuple):
    """A conflict in words: what it is about, and what either made of it."""

    key: str
    label: str
    of_mine: str
    of_theirs: str
    choice: str | None


def _asked(
    words: Words, declared: type[Any], conflict: Conflict, mine: Data, theirs: Data
) -> Asked:
    gone = "(weggehaald)"
    of_mine, of_theirs = both(
        words, field_at(declared, conflict.place), conflict.mine, conflict.theirs
    )
    document = theirs if conflict.mine is None else mine
    return Asked(
        conflict.key,
        words.where(declared, conflict.place, document),
        gone if conflict.mine is None else of_mine or "(leeg)",
        gone if conflict.theirs is None else of_theirs or "(leeg)",
        conflict.choice,
    )


def _renumber(post: QueryDict, prefix: str, key: str, living: set[str]) -> None:
    """Put the rows that still are first, as a formset wants them."""
    total, initial = (
        lees_getal(post.get(f"{prefix}-{name}_FORMS", ""))
        for name in ("TOTAL", "INITIAL")
    )
    if total is None or initial is None or initial > len(post):
        return
    if not all(post.get(f"{prefix}-{i}-{key}") in living for i in range(initial)):
        rows = [_take(post, f"{prefix}-{i}-") for i in range(min(total, len(post)))]
        stay = [row for row in rows[:initial] if row.get(key, [""])[0] in living]
        new = [row | {key: [""]} for row in rows if row not in stay]
        for i, row in enumerate([*stay, *new]):
            for name, values in row.items():
                post.setlist(f"{prefix}-{i}-{name}", values)
        post[f"{prefix}-INITIAL_FORMS"] = str(len(stay))


def _take(post: QueryDict, start: str) -> dict[str, list[str]]:
    names = [name for name in post if name.startswith(start)]
    return {name.removeprefix(start): post.pop(name) for name in names}


def _typed(post: QueryDict) -> Iterable[tuple[str, str]]:
    """All that the form held, to send along; not what belongs to this page."""
    return _pairs(post, {"csrfmiddlewaretoken", SAMEN})


def _pairs(post: QueryDict, without: set[str]) -> Iterator[tuple[str, str]]:
    for name, values in post.lists():
        if name not in without and not name.startswith(KIES):
            yield from ((name, str(value)) for value in values)
