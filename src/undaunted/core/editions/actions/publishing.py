"""The gate: one person proposes an edition, another publishes it, and withdrawing works at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.editions.models import Edition, EditionFile, EditionSubject
from undaunted.core.editions.rules import StepRefused

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["discard_edition", "propose_edition", "publish_edition", "withdraw_edition"]


def propose_edition(edition: Edition, *, actor: Actor, at: datetime) -> Edition:
    """Propose a draft for publication. Raises `StepRefused` where it is not built, or no draft."""
    require(actor, Verb.PROPOSE_PUBLICATION, Facts(holder=edition.holder))
    with transaction.atomic():
        held = _held(edition, "draft")
        if held.built_at is None:
            raise StepRefused("the edition waits to be built; build it first")
        held.state, held.proposed_by, held.proposed_at = "proposed", actor.person, at
        held.save(update_fields=["state", "proposed_by", "proposed_at"])
        _record("edition.proposed", held, actor, at)
    return held


def publish_edition(edition: Edition, *, actor: Actor, at: datetime) -> Edition:
    """Publish a proposed edition as a second person; under an embargo it appears when that ends."""
    hands = frozenset(each for each in (edition.proposed_by, edition.built_by) if each)
    require(actor, Verb.PUBLISH, Facts(holder=edition.holder, earlier_hands=hands or None))
    with transaction.atomic():
        held = _held(edition, "proposed")
        held.state, held.published_by, held.published_at = "published", actor.person, at
        held.save(update_fields=["state", "published_by", "published_at"])
        _record("edition.published", held, actor, at)
    return held


def withdraw_edition(edition: Edition, *, actor: Actor, at: datetime) -> Edition:
    """Withdraw a published edition at once: its bytes are destroyed, their checksums stay."""
    require(actor, Verb.TAKE_DOWN, Facts(holder=edition.holder))
    with transaction.atomic():
        held = _held(edition, "published")
        held.state, held.withdrawn_at, held.why = "withdrawn", at, "editor"
        held.figures, held.revised = {}, []
        held.save(update_fields=["state", "withdrawn_at", "why", "figures", "revised"])
        EditionFile.objects.filter(edition=held).update(content=None)
        EditionSubject.objects.filter(edition=held).delete()
        _record("edition.withdrawn", held, actor, at)
    return held


def discard_edition(edition: Edition, *, actor: Actor, at: datetime) -> None:
    """Delete a draft or a proposal that nobody published; its number is free again."""
    require(actor, Verb.PROPOSE_PUBLICATION, Facts(holder=edition.holder))
    with transaction.atomic():
        held = _held(edition, "draft", "proposed")
        if held.replaces_id is not None:
            raise StepRefused("it stands for an edition that was withdrawn, and stays")
        _record("edition.discarded", held, actor, at)
        held.delete()


def _held(edition: Edition, *states: str) -> Edition:
    held = Edition.objects.select_for_update().filter(pk=edition.pk).first()
    if held is None or held.state not in states:
        raise StepRefused(f"the edition is {held.state if held else 'gone'}")
    return held


def _record(verb: str, edition: Edition, actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="edition",
        subject_id=edition.pk,
        at=at,
        detail={"series": edition.series, "number": edition.label},
    )
