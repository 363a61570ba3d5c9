"""What a proposal says, and which step follows which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.rules.limits import (
    LONGEST_NAME,
    checked_text,
    needed_text,
    shown_text,
)
from undaunted.repression.coordination.rules.refusals import (
    CoordinationRefused,
    ProposalClosed,
    SealUnreadable,
)
from undaunted.repression.coordination.rules.terms import Answer, CoordinationStage, SubjectKind
from undaunted.repression.sanctions.rules import Alone, AuthorityUnknown, authority_for

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ANSWERS",
    "MARKINGS",
    "EntryKey",
    "Subject",
    "check_answer",
    "check_open",
    "checked_subject",
    "read_key",
    "read_subject",
    "subject_data",
]

EntryKey = tuple[str, str]
"""Source and key: how the house names an entry of a list."""
MARKINGS = (Tlp.RED, Tlp.AMBER_STRICT, Tlp.AMBER)
"""What a proposal can be marked with: none is for everybody."""
MOST_AUTHORITIES = 40
ANSWERS: Mapping[Answer, frozenset[Answer]] = MappingProxyType(
    {
        Answer.INVITED: frozenset({Answer.ACCEPTED, Answer.DECLINED}),
        Answer.ACCEPTED: frozenset({Answer.LEFT}),
        Answer.DECLINED: frozenset(),
        Answer.LEFT: frozenset(),
    }
)
"""What a party can say next; the database holds the same."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a proposal is about, as the proposer says it; sealed to the parties.

    Attributes:
        entry: the entry of a list, where somebody is listed already.
        identification: births, papers, posts: what tells the person from namesakes.
        authorities: under which laws measures are asked for: codes of the register, or the name of
            a law outside it.
        exculpatory: what speaks for the person, or where it was looked for in vain.
    """

    kind: SubjectKind
    name: str
    identification: str
    conduct: str
    exculpatory: str
    authorities: tuple[str, ...]
    entry: EntryKey | None = None


def checked_subject(subject: Subject) -> Subject:
    """Give a subject as it is kept. Raises `CoordinationRefused` naming the field."""
    if (subject.entry is None) is (subject.kind is SubjectKind.LISTED):
        raise CoordinationRefused(
            "entry: name the entry of a list as source:key for who is listed, and none for others"
        )
    if not subject.authorities:
        raise CoordinationRefused("authorities: name one legal authority or more, each by its code")
    if len(subject.authorities) > MOST_AUTHORITIES:
        raise CoordinationRefused(f"authorities: name {MOST_AUTHORITIES} at most")
    return Subject(
        kind=subject.kind,
        name=needed_text("name", subject.name, LONGEST_NAME),
        identification=needed_text("identification", subject.identification),
        conduct=needed_text("conduct", subject.conduct),
        exculpatory=needed_text("exculpatory", subject.exculpatory),
        authorities=tuple(dict.fromkeys(_authority(each) for each in subject.authorities)),
        entry=subject.entry,
    )


_CODE = re.compile(r"[a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){1,6}")
"""Every code of the register has a hyphen; a law's name without a blank is a name."""


def _authority(text: str) -> str:
    """Give a code of the register, or a law outside it by its name, which is no code.

    Of the register only laws under which somebody may be listed whom no other has listed.
    """
    told = needed_text("authorities", text, 80)
    if not _CODE.fullmatch(told):
        return told
    try:
        law = authority_for(told)
    except AuthorityUnknown as refusal:
        raise CoordinationRefused(str(refusal)) from None
    if law.alone is not Alone.YES:
        raise CoordinationRefused("authorities: choose a law of the register, or name another")
    return law.code


def read_key(text: str) -> EntryKey:
    """Give source and key of an entry out of `source:key`. Raises `CoordinationRefused`."""
    source, colon, key = checked_text("entry", text, 240).partition(":")
    if not (source and colon and key):
        raise CoordinationRefused(
            f"entry: {text[:60]!r} names no entry; write source:key, as in xf-invented:P-1"
        )
    return source, key


def subject_data(subject: Subject) -> dict[str, object]:
    """Give a subject as plain values."""
    return {
        "kind": subject.kind.value,
        "name": subject.name,
        "identification": subject.identification,
        "conduct": subject.conduct,
        "exculpatory": subject.exculpatory,
        "authorities": list(subject.authorities),
        "entry": ":".join(subject.entry) if subject.entry else "",
    }


def read_subject(told: Mapping[str, object]) -> Subject:
    """Give the subject that `subject_data` told, on another installation perhaps.

    Raises `SealUnreadable` for what tells none.
    """
    try:
        entry, authorities = str(told["entry"]), told["authorities"]
        codes = authorities if isinstance(authorities, list) else []
        return Subject(
            kind=SubjectKind(str(told["kind"])),
            name=shown_text(str(told["name"]), LONGEST_NAME),
            identification=str(told["identification"]),
            conduct=str(told["conduct"]),
            exculpatory=str(told["exculpatory"]),
            authorities=tuple(shown_text(str(each), 80) for each in codes[:MOST_AUTHORITIES]),
            entry=read_key(entry) if entry else None,
        )
    except (KeyError, ValueError) as problem:
        raise SealUnreadable("sealed: it does not tell whom the proposal is about") from problem


def check_open(stage: CoordinationStage) -> None:
    """Raise `ProposalClosed` where nothing is added any more."""
    if stage in {CoordinationStage.WITHDRAWN, CoordinationStage.ENDED}:
        raise ProposalClosed(f"proposal: it was {stage}; begin another")


def check_answer(held: Answer, to: Answer, reason: str) -> None:
    """Raise `CoordinationRefused` where a party cannot answer so; who declines says why."""
    if to not in ANSWERS[held]:
        ways = ", ".join(sorted(ANSWERS[held])) or "nothing more"
        raise CoordinationRefused(f"answer: after {held} a party says {ways}, not {to}")
    if to in {Answer.DECLINED, Answer.LEFT} and not reason.strip():
        raise CoordinationRefused("reason: say why; the other parties read it")
