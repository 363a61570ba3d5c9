"""Records that may be one person: a queue, a comparison, a verdict, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Verb
from undaunted.core.accounts.middleware import face
from undaunted.core.actors.actions import JudgementsContradict
from undaunted.prisoners.registry.actions.matching import judge_pair, undo_match
from undaunted.prisoners.registry.actions.publication import NeverOnward
from undaunted.prisoners.registry.analysis.candidates import weighed_alone
from undaunted.prisoners.registry.analysis.likeness import compare
from undaunted.prisoners.registry.forms.people import GENDERS
from undaunted.prisoners.registry.pages.desk_frame import (
    actor_of,
    allowed,
    first_name,
    found,
    organisation_names,
    shown,
)
from undaunted.prisoners.registry.pages.desk_weights import weight_lines
from undaunted.prisoners.registry.queries.candidates import (
    candidate_of,
    comparisons_of,
    waiting_candidates,
)
from undaunted.prisoners.registry.queries.changes import merge_waits
from undaunted.prisoners.registry.queries.matching import (
    holders_of,
    judged_lately,
    judgements_about,
    postponed_pairs,
    sketches,
)
from undaunted.prisoners.registry.rules.matching import Finding, MatchField
from undaunted.prisoners.registry.tasks import start_comparison
from undaunted.prisoners.registry.templatetags.registry import country_label
from undaunted.site.components.clauses import commas_text
from undaunted.site.components.dates import partial_date
from undaunted.site.components.listing import Compared
from undaunted.site.components.numbers import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.rules.matching import CaseSketch, MatchReasons, Reason

__all__ = ["compare_anew", "index", "one", "undo"]

FIELDS = {
    MatchField.NAME: gettext_lazy("Name"),
    MatchField.BIRTH_DATE: gettext_lazy("Date of birth"),
    MatchField.GENDER: gettext_lazy("Gender"),
    MatchField.COUNTRY: gettext_lazy("Country"),
    MatchField.PLACE: gettext_lazy("Place"),
    MatchField.ARREST_DATE: gettext_lazy("Date of arrest"),
}
FINDINGS = {
    Finding.SAME: gettext_lazy("the same"),
    Finding.SIMILAR: gettext_lazy("alike"),
    Finding.COMPATIBLE: gettext_lazy("may be the same"),
    Finding.DIFFERENT: gettext_lazy("different"),
}
AGREEMENT = {
    Finding.SAME: "same",
    Finding.SIMILAR: "close",
    Finding.COMPATIBLE: "close",
    Finding.DIFFERENT: "different",
}
VERDICTS = frozenset({"same", "different", "postponed"})
SHOWN = 100


@dataclass(frozen=True, slots=True)
class _Pair:
    left: UUID
    right: UUID
    left_name: str
    right_name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Comparison:
    """When an organisation's records were compared, and whether to offer doing so."""

    holder: UUID
    organisation: str
    last: Any
    records: int
    stale: bool
    may_ask: bool


@face("desk")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the pairs that wait, likeliest first, then those put off, and the latest verdicts."""
    actor = actor_of(request)
    waiting = waiting_candidates(actor, most=SHOWN)
    put_off = list(postponed_pairs(actor)[:SHOWN])
    both = [(one.left_id, one.right_id) for one in waiting]
    both += [(one.left_id, one.right_id) for one in put_off]
    known = sketches(actor, {party for pair in both for party in pair})
    pairs = [
        _pair(one, other, known[one], known[other], compare(known[one], known[other]))
        for one, other in both
        if one in known and other in known
    ]
    judged: list[Any] = list(judged_lately(actor))
    for one in judged:
        one.left_name, one.right_name = _shown_name(one.left), _shown_name(one.right)
        one.may_undo = _may_judge(actor, (one.left.holder, one.right.holder))
    return shown(
        request, "matches", pairs=pairs, judged=judged, comparisons=list(_comparisons(actor))
    )


@face("desk")
@require_POST
def compare_anew(request: HttpRequest, holder: UUID) -> HttpResponse:
    """Let the worker hold the records of an organisation against each other."""
    actor = actor_of(request)
    if holder not in actor.organisations or not allowed(actor, Verb.JUDGE_MATCH, holder):
        raise Http404
    start_comparison(holder, actor=actor, at=timezone.now())
    messages.success(request, _("Records are being compared; come back in some minutes."))
    return redirect("desk:matches")


@face("desk")
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, left: UUID, right: UUID) -> HttpResponse:
    """Show two records side by side, and take the verdict."""
    actor = actor_of(request)
    known = sketches(actor, (left, right))
    if left == right or left not in known or right not in known:
        raise Http404
    if request.method == "POST":
        verdict = request.POST.get("verdict", "")
        if verdict not in VERDICTS:
            raise Http404
        try:
            judge_pair(left, right, actor=actor, at=timezone.now(), verdict=verdict)
            messages.success(request, _("The decision has been recorded. It can be undone."))
            _tell_waiting(request, actor, (left, right))
        except JudgementsContradict:
            told = _("A decision that two of these records are different stands against it.")
            messages.error(request, told)
        except NeverOnward:
            told = _(
                "A partner sent one of these records, and what is received never goes onward. Take "
                "the published case down first, or keep the two apart."
            )
            messages.error(request, told)
        return redirect("desk:matches")
    match = compare(known[left], known[right])
    kept = candidate_of(actor, left, right)
    steps = kept.steps if kept else weighed_alone(known[left], known[right])
    return shown(
        request,
        "match",
        left={"pk": left},
        right={"pk": right},
        weights=weight_lines(steps, kept.before if kept else None),
        kept=kept,
        reasons=[_sentence(reason) for reason in match.reasons],
        lines=_lines(known[left], known[right], match),
        may_judge=_may_judge(actor, holders_of(actor, (left, right))),
    )


@face("desk")
@require_POST
def undo(request: HttpRequest, left: UUID, judgement: UUID) -> HttpResponse:
    """Take a verdict back."""
    actor = actor_of(request)
    held = found(judgements_about(actor, left).filter(pk=judgement).first())
    try:
        undo_match(held, actor=actor, at=timezone.now())
        messages.success(request, _("The decision has been undone."))
        _tell_waiting(request, actor, (held.left_id, held.right_id))
    except ValueError:
        messages.error(request, _("The decision was undone before."))
    return redirect("desk:matches")


def _may_judge(actor: Actor, holders: Iterable[UUID]) -> bool:
    """Tell whether to offer a verdict on records, and its way back."""
    return all(allowed(actor, Verb.JUDGE_MATCH, each) for each in holders)


def _comparisons(actor: Actor) -> Iterator[_Comparison]:
    names = organisation_names(actor)
    for one in comparisons_of(actor):
        may_ask = allowed(actor, Verb.JUDGE_MATCH, one.holder)
        yield _Comparison(
            one.holder, names.get(one.holder, ""), one.last, one.records, one.stale, may_ask
        )


def _tell_waiting(request: HttpRequest, actor: Actor, pair: tuple[UUID, UUID]) -> None:
    if merge_waits(actor, pair):
        told = _("The public sees it once somebody else approves it under Changes.")
        messages.info(request, told)


def _pair(
    left: UUID, right: UUID, first: CaseSketch, second: CaseSketch, match: MatchReasons
) -> _Pair:
    one, other = ((sketch.names or ("",))[0] for sketch in (first, second))
    return _Pair(left, right, one, other, tuple(_grouped(match)))


def _grouped(match: MatchReasons) -> Iterator[str]:
    """Say in a few words what agrees and what does not; the page of the pair says how much."""
    for finding, words in FINDINGS.items():
        fields = [str(FIELDS[one.field]) for one in match.reasons if one.finding is finding]
        if fields:
            yield _("%(finding)s: %(fields)s") % {
                "finding": capfirst(words),
                "fields": commas_text(fields).lower(),
            }


def _sentence(reason: Reason) -> str:
    return _("%(field)s: %(finding)s (%(effect)s)") % {
        "field": FIELDS[reason.field],
        "finding": FINDINGS[reason.finding],
        "effect": number_text(round(reason.effect, 2)),
    }


def _lines(first: CaseSketch, second: CaseSketch, match: MatchReasons) -> list[Compared]:
    by_field = {reason.field: reason for reason in match.reasons}
    values: list[tuple[MatchField, object, object]] = [
        (MatchField.NAME, commas_text(first.names), commas_text(second.names)),
        (MatchField.BIRTH_DATE, _text(first.birth), _text(second.birth)),
        (MatchField.ARREST_DATE, _text(first.arrested), _text(second.arrested)),
        (MatchField.GENDER, _gender(first), _gender(second)),
        (MatchField.COUNTRY, _country(first), _country(second)),
        (MatchField.PLACE, first.place, second.place),
    ]
    return [_line(field, left, right, by_field.get(field)) for field, left, right in values]


def _line(field: MatchField, left: object, right: object, reason: Reason | None) -> Compared:
    if reason is not None:
        agreement = AGREEMENT[reason.finding]
    else:
        agreement = "same" if left and left == right else "missing"
    told = str(FINDINGS[reason.finding]) if reason else ""
    return Compared(str(FIELDS[field]), left, right, agreement, told)


def _text(day: Any) -> str:  # noqa: ANN401
    return partial_date(day.text).text if day else ""


def _country(sketch: CaseSketch) -> str:
    return country_label(sketch.country) if sketch.country else ""


def _gender(sketch: CaseSketch) -> str:
    return str(dict(GENDERS).get(sketch.gender, sketch.gender)) if sketch.gender else ""


def _shown_name(party: Any) -> str:  # noqa: ANN401
    named = first_name(party)
    return str(named.text) if named else "\u2013"
