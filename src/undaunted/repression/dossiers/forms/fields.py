"""Fields that forms of a dossier share: evidence with its grade, people and acts of a file."""

from __future__ import annotations

from collections import Counter
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.events.queries import acts_recorded
from undaunted.core.events.rules import labels
from undaunted.core.evidence.queries import citations_for, documents_for, sources_for
from undaunted.core.evidence.rules import Grade, GradeUnreadable
from undaunted.core.places.rules import countries, country_name
from undaunted.core.sharing.queries import received_subjects
from undaunted.repression.dossiers.actions import Evidence
from undaunted.repression.dossiers.queries import (
    acts_kept_back,
    documents_sought,
    sought,
    sources_sought,
    victims_read,
)
from undaunted.repression.sanctions.rules import FactKind, facts
from undaunted.repression.sanctions.writers import act_told
from undaunted.site.components.clauses import commas_text
from undaunted.site.components.dates import partial_date
from undaunted.site.english import law_told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.core.paginator import Page
    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from undaunted.core.access.rules import Actor
    from undaunted.core.events.queries import Act
    from undaunted.core.matching.rules import Subject
    from undaunted.repression.dossiers.analysis import Sheet
    from undaunted.repression.dossiers.queries import Sought

__all__ = [
    "LONG",
    "EvidenceFields",
    "FindForm",
    "PartForm",
    "act_choices",
    "acts_offered",
    "annexes_offered",
    "country_choices",
    "document_choices",
    "documents_offered",
    "fact_choices",
    "holder_choices",
    "ledger_choices",
    "person_choices",
]

LONG = forms.Textarea(attrs={"rows": 5})
_MOST = 200
_SOURCES = 40


class PartForm(forms.Form):
    """A form about a part of one dossier, whose choices are what stands in it.

    Where it offers more than a page holds, `page` is the one that its address asks for.
    """

    page: Page[Any] | None = None

    def __init__(self, *args: Any, actor: Actor, sheet: Sheet, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.actor, self.sheet = actor, sheet
        self.choose()

    def choose(self) -> None:
        """Fill the choices of fields that depend on the dossier."""

    def offer(self, field: str, choices: Sequence[tuple[str, str]], *, empty: str = "") -> None:
        """Give a field its choices, an empty one first where there is one."""
        first = [("", empty)] if empty else []
        self.fields[field].choices = [*first, *choices]  # type: ignore[attr-defined]

    def uuid(self, field: str) -> UUID | None:
        """Give the id that was chosen, None for none."""
        told = self.cleaned_data.get(field)
        return UUID(told) if told else None


class FindForm(PartForm):
    """A part that is chosen among more than a page holds: words narrow what is offered.

    What is chosen stays among the choices, whatever is looked for then.
    """

    find = forms.CharField(
        label=_("Search"),
        max_length=200,
        required=False,
        help_text=_("A title, a number, a day, the name of a person or the reference of a case."),
    )
    found: int | None = None
    kept_back = 0
    """How many are not offered, as a partner sent them who lets them go no further."""

    @cached_property
    def words(self) -> Sought | None:
        """What is looked for; None where nothing is."""
        told = self.data.get("find") if self.is_bound else self.initial.get("find")
        text = str(told or "").strip()[:200]
        return sought(self.actor, text) if text else None

    def chosen(self, field: str) -> list[str]:
        """Give the ids that were chosen in a field so far."""
        given = self.data if self.is_bound else self.initial
        told = given.getlist(field) if isinstance(given, QueryDict) else given.get(field) or []
        return [each for each in ([told] if isinstance(told, str) else told) if _is_id(each)]

    def narrowed(
        self,
        field: str,
        rows: QuerySet[Any],
        narrow: Callable[[QuerySet[Any], Sought], QuerySet[Any]],
        *,
        key: str = "pk",
        unasked: Iterable[Any] | None = None,
    ) -> list[Any]:
        """Give what is found, and count it; where nothing is looked for `unasked`, or a page."""
        words = self.words
        if words is None and unasked is not None:
            shown = list(unasked)
        elif words is None:
            self.page = Paginator(rows, _MOST).get_page(self.initial.get("page"))
            shown = list(self.page)
        else:
            told = narrow(rows, words)
            self.found = (self.found or 0) + told.count()
            shown = list(told[:_MOST])
        held = {str(getattr(each, key)) for each in shown}
        missing = [each for each in self.chosen(field) if each not in held]
        return [*rows.filter(**{f"{key}__in": missing}), *shown] if missing else shown


class EvidenceFields(FindForm):
    """A part that rests on evidence: sources, one grade for them, and where in them it stands."""

    sources = forms.MultipleChoiceField(
        label=_("Sources"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sources and documents are recorded beside cases and under Documents."),
    )
    document = forms.ChoiceField(label=_("Document"), required=False)
    grade = forms.CharField(
        label=_("Grade"),
        max_length=4,
        initial="F6",
        help_text=_("A letter for the source and a figure for the information, such as B2."),
    )
    locator = forms.CharField(label=_("Where in it"), max_length=200, required=False)

    def choose(self) -> None:
        """Offer what dossier and acts cite, and what the desk recorded; imports are too many."""
        claims = [each.row.claim for each in self.sheet.acts]
        of_acts = citations_for(self.actor, "act", claims)
        cited = {each.source.pk: each.source for each in (*self.sheet.citations(), *of_acts)}
        sources = sources_for(self.actor).filter(holder=self.sheet.dossier.holder)
        by_hand = sources.filter(origin__isnull=True)[:_SOURCES]
        narrow = partial(sources_sought, self.actor)
        offered = self.narrowed("sources", sources, narrow, unasked=by_hand)
        held = cited | {each.pk: each for each in offered}
        self.offer("sources", [(str(each.pk), str(each)) for each in held.values()])
        evidence = EvidenceFields.base_fields
        self.order_fields([*(each for each in self.fields if each not in evidence), *evidence])
        documents = documents_offered(self.actor, self.sheet)
        narrow = partial(documents_sought, self.actor)
        shown = self.narrowed("document", documents, narrow, unasked=documents[:_MOST])
        self.offer("document", document_choices(shown), empty="—")

    def clean_grade(self) -> Grade:
        """Read the grade, or say how one is written."""
        try:
            return Grade.parse(self.cleaned_data["grade"])
        except GradeUnreadable as refusal:
            raise forms.ValidationError(
                gettext("Write a letter A to F and a figure 1 to 6, such as B2.")
            ) from refusal

    def evidence(self) -> Evidence:
        """Give what the part rests on."""
        told = self.cleaned_data
        return Evidence(
            tuple(UUID(each) for each in told["sources"]),
            told["grade"],
            told["locator"],
            self.uuid("document"),
        )


def holder_choices(actor: Actor) -> list[tuple[str, str]]:
    """Give the organisations for which somebody may record."""
    return [
        (str(each.pk), each.name)
        for each in organisations_for(actor)
        if decide(actor, Verb.RECORD, Facts(holder=each.pk)).allowed
    ]


def country_choices() -> list[tuple[str, str]]:
    """Give every country by its name in the reader's language."""
    language = get_language() or "en"
    return sorted(
        ((each.code, country_name(each.code, language)) for each in countries()),
        key=lambda pair: pair[1],
    )


def acts_offered(actor: Actor, sheet: Sheet) -> tuple[QuerySet[Act], int]:
    """Give the acts of the ledger that a dossier may rest on and does not yet.

    Beside them, how many the actor reads that a partner sent who lets them go no further.
    """
    rows = acts_recorded(actor, holder=sheet.dossier.holder, country=sheet.dossier.country)
    rows = rows.exclude(claim__in=[each.row.claim for each in sheet.acts])
    if not received_subjects(actor).exists():
        return rows, 0
    back = acts_kept_back(actor, list(rows.values_list("claim", flat=True)))
    return rows.exclude(claim__in=back), len(back)


def ledger_choices(actor: Actor, sheet: Sheet, acts: Iterable[Act]) -> list[tuple[str, SafeString]]:
    """Give acts of the ledger to choose from, with whose each is.

    A victim is named as far as the actor may read the case, with its reference and the way to it.
    """
    acts = tuple(acts)
    victims = victims_read(actor, {each.victim_id for each in acts})
    numbers = {each.row.subject: each.row.number for each in sheet.acts}
    told = [
        (str(each.claim), _choice(each, victims.get(each.victim_id), numbers.get(each.victim_id)))
        for each in acts
    ]
    often = Counter(words for _, words in told)
    return [
        (key, words if often[words] == 1 else format_html("{} <bdi>{}</bdi>", words, key[:8]))
        for key, words in told
    ]


def _choice(act: Act, victim: Subject | None, number: int | None) -> SafeString:
    person = gettext("Person %(number)s") % {"number": number} if number else ""
    names = commas_text(victim.form.names) if victim else ""
    told = (person, names, victim.called if victim else "")
    whose = format_html_join("", "<bdi>{}</bdi> · ", ((each,) for each in told if each))
    way = (
        format_html(' · <a href="{}">{}</a>', victim.address, gettext("Open the file"))
        if victim and victim.address
        else ""
    )
    return format_html("<span>{}<bdi>{}</bdi>{}</span>", whose, _act_words(act), way)


def act_choices(sheet: Sheet) -> list[tuple[str, str]]:
    """Give the acts of a dossier by their number, that of the person, and day."""
    person = gettext("Person %(number)s")
    return [
        (
            each.key,
            f"{act_told(sheet.numbers[each.key])} · {person % {'number': each.row.number}}"
            + (f" · {_act_words(each.act)}" if each.act else ""),
        )
        for each in sheet.acts
    ]


def person_choices(sheet: Sheet) -> list[tuple[str, str]]:
    """Give those alleged to be responsible."""
    return [(str(each.row.pk), each.label) for each in sheet.people]


def documents_offered(actor: Actor, sheet: Sheet) -> QuerySet[Any]:
    """Give the documents of the holder, the newest first."""
    return documents_for(actor).filter(holder=sheet.dossier.holder)


def annexes_offered(actor: Actor, sheet: Sheet) -> tuple[QuerySet[Any], int]:
    """Give the documents that may go along, and how many may not, as a partner sent them."""
    rows = documents_offered(actor, sheet)
    received = received_subjects(actor).values("subject")
    theirs = Q(pk__in=received) | Q(source__in=received)
    return rows.exclude(theirs), rows.filter(theirs).count()


def document_choices(rows: Iterable[Any]) -> list[tuple[str, str]]:
    """Give documents to choose from with the title of their source."""
    return [(str(each.pk), f"{each.source} · {each.sha256[:12]}") for each in rows]


def fact_choices(*kinds: FactKind) -> list[tuple[str, str]]:
    """Give the facts of some kinds by their titles, in the reader's language."""
    return [(each.id, law_told(each.title)) for each in facts().values() if each.kind in kinds]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _act_words(act: Act) -> str:
    words = labels("act_types", get_language() or "en").get(act.type, act.type)
    end = partial_date(act.end).text if act.end else ""
    days = " … ".join(filter(None, (partial_date(act.start).text if act.start else "", end)))
    return " · ".join(filter(None, (words, days, act.facility or act.city)))
