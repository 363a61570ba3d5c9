"""Who is whom for everybody; pairs and verdicts at the desk, each of what was looked at."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query
from ninja.errors import HttpError

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.accounts.api import actor_of, conflicts, require_scope
from undaunted.core.accounts.rules import Scope
from undaunted.core.matching.actions import (
    MatchingRefused,
    confirm_batch,
    confirm_judgement,
    judge_entries,
    undo_batch,
    undo_judgement,
)
from undaunted.core.matching.api.messages import (
    UNSEEN,
    EntryText,
    JudgementOut,
    MatchStandingOut,
    MatchStepOut,
    MatchUndoIn,
    PairSeenIn,
    PairSheetOut,
    PairsIn,
    PairsOut,
    TogetherOut,
    VerdictIn,
)
from undaunted.core.matching.api.root import DECIDE, MOST_SHOWN, PROPOSE, READ, router
from undaunted.core.matching.queries import (
    log_of,
    pair_for,
    queue_of,
    shown_of_pairs,
    standing_of,
    together_for,
)
from undaunted.core.matching.rules import EntryKey, Named, Reference, ReferenceMalformed
from undaunted.core.matching.writers import pair_told, standing_told
from undaunted.site.problems import demand_fields

__all__: list[str] = []


@router.get("/", response=MatchStandingOut, summary="Who is whom")
@face("public")
def show_standing(request: HttpRequest) -> dict[str, Any]:
    """Give parties of entries that people confirmed to be one, and what is not settled."""
    demand_fields(request)
    return standing_told(standing_of(PUBLIC))


@router.get("/desk/pairs", response=PairsOut, auth=READ, summary="Pairs that wait")
def list_pairs(request: HttpRequest, asked: Annotated[PairsIn, Query()]) -> dict[str, Any]:
    """Give the pairs that wait for somebody, likeliest first."""
    demand_fields(request, PairsIn.model_fields)
    actor = actor_of(request)
    found = queue_of(
        actor, why=asked.why, source=asked.source, words=asked.q, strong=asked.strong
    ).pairs
    shown = found[asked.start : asked.start + MOST_SHOWN]
    held = shown_of_pairs(actor, ((each.left, each.right) for each in shown))
    told = [pair_told(each) | {"seen": held.seen_of((each.left, each.right))} for each in shown]
    return {"count": len(found), "pairs": told}


@router.get("/desk/pair", response=PairSheetOut, auth=READ, summary="A pair side by side")
def show_pair(request: HttpRequest, left: EntryText, right: EntryText) -> dict[str, Any]:
    """Give two entries with all that is shown of them, and what names that for a verdict."""
    demand_fields(request, ("left", "right"))
    sides = _entry("left", left), _entry("right", right)
    sheet = pair_for(actor_of(request), *sides)
    if sheet is None:
        raise Http404
    return {
        "sides": [
            {"entry": ":".join(key), "says": told, "gone": key in sheet.shown.gone}
            for key, told in sheet.told
        ],
        "standing": sheet.standing,
        "changed": sheet.judged_otherwise,
        "seen": sheet.seen,
    }


@router.get("/desk/log", response=list[MatchStepOut], auth=READ, summary="Log of verdicts")
def list_log(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the newest verdicts and what was undone."""
    demand_fields(request)
    actor = actor_of(request)
    steps = log_of(actor, most=MOST_SHOWN)
    held = shown_of_pairs(actor, {each.judgement.pair for each in steps})
    names = MatchStepOut.model_fields.keys() - {"seen"}
    return [
        {name: getattr(each, name) for name in names} | {"seen": held.seen_of(each.judgement.pair)}
        for each in steps
    ]


@router.post("/desk/judgements", response={201: JudgementOut}, auth=PROPOSE, summary="Judge a pair")
def add_judgement(request: HttpRequest, told: VerdictIn) -> Any:  # noqa: ANN401 - ninja's status
    """Say that two entries are the same, are different, or that nobody can tell.

    Where that confirms or replaces a verdict, the token needs the scope that confirming needs.
    """
    left, right = _entry("left", told.left), _entry("right", told.right)
    with conflicts(MatchingRefused):
        return judge_entries(
            left,
            right,
            verdict=told.verdict,
            why=told.why,
            share=told.share,
            seen=told.seen,
            actor=actor_of(request),
            at=timezone.now(),
            settling=partial(require_scope, request, Scope.DECIDE),
        )


@router.post(
    "/desk/judgements/{uuid:judgement}/undo",
    response=JudgementOut,
    auth=DECIDE,
    summary="Undo a verdict",
)
def take_back(request: HttpRequest, judgement: UUID, told: MatchUndoIn) -> Any:  # noqa: ANN401
    """Take a verdict back; it stays in the log."""
    with conflicts(MatchingRefused):
        return undo_judgement(judgement, **told.dict(), actor=actor_of(request), at=timezone.now())


@router.post(
    "/desk/judgements/{uuid:judgement}/confirm",
    response=JudgementOut,
    auth=DECIDE,
    summary="Confirm a verdict",
)
def confirm(request: HttpRequest, judgement: UUID, told: PairSeenIn | None = None) -> Any:  # noqa: ANN401
    """Confirm what another person judged; readers are shown what follows."""
    with conflicts(MatchingRefused):
        return confirm_judgement(
            judgement, seen=_seen(told), actor=actor_of(request), at=timezone.now()
        )


@router.get(
    "/desk/together/{uuid:batch}", response=TogetherOut, auth=READ, summary="What was one act"
)
def show_act(request: HttpRequest, batch: UUID) -> dict[str, Any]:
    """Give what stands of everything that somebody accepted in one act, to whoever judges."""
    demand_fields(request)
    act = together_for(actor_of(request), batch)
    if act is None:
        raise Http404
    return {
        **{name: getattr(act, name) for name in ("verdict", "why", "reasoned", "mine", "seen")},
        **{
            name: [pair_told(each) | {"judgement": each.judgement} for each in getattr(act, name)]
            for name in ("pairs", "changed", "settled")
        },
    }


@router.post(
    "/desk/together/{uuid:batch}/confirm", response=int, auth=DECIDE, summary="Confirm an act"
)
def confirm_all(request: HttpRequest, batch: UUID, told: PairSeenIn | None = None) -> int:
    """Confirm what another person accepted in one act and nothing changed of; gives how many."""
    with conflicts(MatchingRefused):
        return confirm_batch(batch, seen=_seen(told), actor=actor_of(request), at=timezone.now())


@router.post("/desk/together/{uuid:batch}/undo", response=int, auth=DECIDE, summary="Undo an act")
def take_back_all(request: HttpRequest, batch: UUID, told: MatchUndoIn) -> int:
    """Take back everything that was accepted in one act; gives how many."""
    with conflicts(MatchingRefused):
        return undo_batch(batch, **told.dict(), actor=actor_of(request), at=timezone.now())


def _seen(told: PairSeenIn | None) -> str:
    """Give what was looked at; a confirmation took no body before, and is told what it takes."""
    if told is None:
        raise HttpError(422, UNSEEN)
    return told.seen


def _entry(name: str, text: str) -> EntryKey:
    try:
        return Reference(Named.ENTRY, text).entry
    except ReferenceMalformed as problem:
        raise HttpError(422, f"{name}: {problem}") from None
