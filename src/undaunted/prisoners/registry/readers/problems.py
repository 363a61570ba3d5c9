"""Every problem a list can have, as whole sentences: what is wrong and what to do about it.

Readers give codes and parameters; sentences are made here from the catalogue, in the language of
whoever reads them, with named placeholders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext

from undaunted.prisoners.registry.readers.catalogue import SENTENCES, SKIPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.prisoners.registry.rules.import_rows import Problem

__all__ = [
    "Explanation",
    "InvalidMapping",
    "UnreadableFile",
    "explain",
    "explain_unreadable",
    "skip_sentence",
]


class UnreadableFile(ValueError):
    """The file as a whole cannot be read; nothing of it was taken."""

    def __init__(self, code: str, /, **params: object) -> None:
        self.code = code
        self.params = {name: str(value) for name, value in params.items()}
        super().__init__(f"{code}: {self.params}" if params else code)


class InvalidMapping(ValueError):
    """The mapping is not one; `problems` names every fault at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        shown = ", ".join(f"{one.code} {one.column}".strip() for one in problems)
        super().__init__(shown)


class Explanation(NamedTuple):
    """One problem told to a person."""

    reason: str
    advice: str


def explain(problem: Problem) -> Explanation:
    """Tell a problem in the active language: what is wrong, and what to do."""
    return _tell(problem.code, dict(problem.params) | {"value": problem.value})


def explain_unreadable(error: UnreadableFile) -> Explanation:
    """Tell why a whole file was refused."""
    return _tell(error.code, error.params)


def skip_sentence(reason: str) -> str:
    """Tell why rows were passed over; reasons of one's own mapping are shown as written."""
    known = SKIPS.get(reason)
    return gettext(known) if known else reason.replace("_", " ")


def _tell(code: str, params: Mapping[str, str]) -> Explanation:
    reason, advice = SENTENCES[code]
    named = _Named(params)
    return Explanation(
        gettext(reason).format_map(named), gettext(advice).format_map(named) if advice else ""
    )


class _Named(dict[str, str]):
    """Parameters by name; one that is missing shows as a dash, never as an error page."""

    def __missing__(self, key: str) -> str:
        return "—"
