"""What lies inside a sealed letter: JSON, versioned, with nothing a reader has to guess."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undaunted.core.intake.rules.questions import FORMAT, LONGEST_TEXT, Danger, Door

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Answers",
    "Draft",
    "LetterUnreadable",
    "read_answers",
    "read_draft",
    "read_text",
    "write_answers",
    "write_draft",
    "write_text",
]


class LetterUnreadable(ValueError):
    """What was sealed is no letter of this kind: made by another program, or damaged before."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a reporter said at a door; `decoy` tells the team that nothing real is here."""

    door: Door
    danger: Danger
    given: Mapping[str, Any] = field(default_factory=dict)
    spoken: str = ""
    decoy: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has typed at a door and not handed in yet; `danger` may be unanswered."""

    door: Door
    danger: str
    given: Mapping[str, Any]


def write_answers(answers: Answers) -> bytes:
    """Give the bytes to seal."""
    held = {
        "format": FORMAT,
        "door": answers.door.value,
        "danger": answers.danger.value,
        "spoken": answers.spoken,
        "decoy": answers.decoy,
        "given": dict(answers.given),
    }
    return json.dumps(held, ensure_ascii=False, sort_keys=True).encode()


def read_answers(content: bytes) -> Answers:
    """Read what was sealed, by us or in a browser. Raises `LetterUnreadable`."""
    held = _read(content)
    try:
        given = held["given"]
        if held["format"] != FORMAT or not isinstance(given, dict):
            raise LetterUnreadable("another format")
        return Answers(
            door=Door(held["door"]),
            danger=Danger(held["danger"]),
            given={str(key): _plain(value) for key, value in given.items()},
            spoken=str(held.get("spoken", ""))[:12],
            decoy=held.get("decoy") is True,
        )
    except (KeyError, ValueError, TypeError) as problem:
        raise LetterUnreadable("not what a door asks") from problem


def write_draft(draft: Draft) -> bytes:
    """Give the bytes to seal to somebody's own receipt."""
    held = {
        "format": FORMAT,
        "door": draft.door.value,
        "danger": draft.danger,
        "given": dict(draft.given),
    }
    return json.dumps(held, ensure_ascii=False, sort_keys=True).encode()


def read_draft(content: bytes) -> Draft:
    """Read a draft, ours or of a browser. Raises `LetterUnreadable`."""
    held = _read(content)
    try:
        given = held["given"]
        if held["format"] != FORMAT or not isinstance(given, dict):
            raise LetterUnreadable("another format")
        plain = {str(key): _plain(value) for key, value in given.items()}
        return Draft(Door(held["door"]), str(held.get("danger", "")), plain)
    except (KeyError, ValueError, TypeError) as problem:
        raise LetterUnreadable("not what a door asks") from problem


def write_text(text: str) -> bytes:
    """Give the bytes of a message."""
    return json.dumps({"format": FORMAT, "text": text}, ensure_ascii=False).encode()


def read_text(content: bytes) -> str:
    """Read a message. Raises `LetterUnreadable`."""
    held = _read(content)
    if held.get("format") != FORMAT or not isinstance(held.get("text"), str):
        raise LetterUnreadable("not a message")
    return str(held["text"])[:LONGEST_TEXT]


def _read(content: bytes) -> dict[str, Any]:
    try:
        held = json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise LetterUnreadable("not JSON") from problem
    if not isinstance(held, dict):
        raise LetterUnreadable("not an object")
    return held


def _plain(value: object) -> str | list[str]:
    """Keep text and lists of text; whatever else was sealed elsewhere is shown as text."""
    if isinstance(value, list):
        return [str(each)[:LONGEST_TEXT] for each in value[:100]]
    return str(value)[:LONGEST_TEXT]
