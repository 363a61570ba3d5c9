"""What each door asks. Nothing must be answered but whether there is danger now.

The keys are what a sealed report holds; the words a reporter reads stand in `forms.py`, where they
are translated. A key never changes its meaning: a new meaning is a new key.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CONSENTS",
    "DOORS",
    "FORMAT",
    "LONGEST_TEXT",
    "Danger",
    "Door",
    "Kind",
    "Question",
    "Severity",
    "consents_of",
    "questions_of",
    "severity_of",
]

FORMAT: Final = 1
"""Version of the sealed document."""
LONGEST_TEXT: Final = 20_000


class Door(StrEnum):
    """Why somebody comes."""

    HELP = "help"
    INCIDENT = "incident"
    TARGETED = "targeted"


class Danger(StrEnum):
    """Whether there is danger now; the one question that must be answered."""

    NOW = "now"
    SOON = "soon"
    NO = "no"
    UNSURE = "unsure"


class Severity(StrEnum):
    """How fast somebody must look (card 3.6): the hour, the day, five days."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    LONG = "long"
    ONE = "one"
    MANY = "many"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked: key, kind, and the choices where there are some."""

    key: str
    kind: Kind
    choices: tuple[str, ...] = ()


_WHO: Final = Question(
    "for_whom", Kind.ONE, ("self", "family", "colleague", "organisation", "other")
)
_CONTACT: Final = (
    Question("safe_contact", Kind.TEXT),
    Question("safe_times", Kind.TEXT),
    Question("language", Kind.TEXT),
)
_STORY: Final = Question("story", Kind.LONG)
_SUPPORT: Final = (
    "medical", "legal", "prison_visits", "trial_monitoring", "temporary_relocation", "security",
    "equipment_replacement", "family_support", "psychosocial", "other",
)  # fmt: skip
_TARGET_ROLES: Final = ("human_rights_defender", "journalist", "opposition_politician", "lawyer",
                        "former_insider", "minority_or_religious_group", "student", "artist",
                        "trade_unionist", "other")  # fmt: skip
_METHODS: Final = ("assassination", "assault", "detention", "rendition", "unlawful_deportation",
                   "physical_intimidation", "spyware", "digital_threat", "family_intimidation",
                   "interpol_abuse", "mobility_controls", "other")  # fmt: skip
_ABUSE: Final = ("threats", "doxxing", "impersonation", "account_takeover", "coordinated_attack",
                 "sexualised_abuse", "false_reports", "surveillance", "other")  # fmt: skip

DOORS: Final[Mapping[Door, tuple[Question, ...]]] = MappingProxyType(
    {
        Door.HELP: (
            _WHO,
            Question("track", Kind.ONE, ("emergency", "resiliency", "advocacy")),
            Question("needs", Kind.MANY, _SUPPORT),
            Question("relocation", Kind.ONE, ("yes", "no", "perhaps")),
            _STORY,
            Question("activism", Kind.LONG),
            Question("group_size", Kind.ONE, ("one", "two_or_more")),
            Question("country", Kind.TEXT),
            Question("other_funds", Kind.LONG),
            Question("governments", Kind.LINES),
            *_CONTACT,
        ),
        Door.INCIDENT: (
            Question("who_did", Kind.LONG),
            Question("what_was_done", Kind.MANY, _METHODS),
            Question("to_whom", Kind.LONG),
            Question("target_roles", Kind.MANY, _TARGET_ROLES),
            Question("when", Kind.TEXT),
            Question("where", Kind.TEXT),
            Question("origin_state", Kind.TEXT),
            _STORY,
            Question("how_known", Kind.ONE, ("self", "witness", "told", "media", "other")),
            *_CONTACT,
        ),
        Door.TARGETED: (
            Question("abuse", Kind.MANY, _ABUSE),
            Question("platforms", Kind.LINES),
            Question("accounts", Kind.LINES),
            Question("addresses", Kind.LINES),
            Question("times", Kind.LINES),
            Question("hashes", Kind.LINES),
            Question("reported_to", Kind.LONG),
            _STORY,
            *_CONTACT,
        ),
    }
)


CONSENTS: Final[Mapping[Door, tuple[str, ...]]] = MappingProxyType(
    {
        Door.HELP: (
            "share_with_lawyers",
            "share_with_funds",
            "compare_with_funds",
            "share_for_relocation",
            "share_for_care",
            "speak_in_private",
            "speak_in_public",
            "count_only",
        ),
        Door.INCIDENT: ("share_with_lawyers", "share_for_accountability", "count_only"),
        Door.TARGETED: ("share_with_lawyers", "share_with_platforms", "count_only"),
    }
)
"""What can be agreed to at a door: each key is one purpose and one audience."""


def consents_of(door: Door) -> tuple[str, ...]:
    """Give what can be agreed to at a door."""
    return CONSENTS[door]


def questions_of(door: Door) -> tuple[Question, ...]:
    """Give what a door asks, in order, after the question of danger."""
    return DOORS[door]


def severity_of(danger: Danger) -> Severity:
    """Give how fast somebody must look; who is not sure is looked at as if it were soon."""
    if danger is Danger.NOW:
        return Severity.RED
    return Severity.GREEN if danger is Danger.NO else Severity.AMBER
