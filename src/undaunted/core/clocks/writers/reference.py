"""The table of rules as the reference shows it; a test holds the page to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.clocks.rules import Firmness, Roll, rules
from undaunted.core.clocks.writers.sentences import period_words, start_words

if TYPE_CHECKING:
    from undaunted.core.clocks.rules import Rule

__all__ = ["reference_rows"]


def reference_rows() -> list[str]:
    """Give one row of Markdown a version of a rule, in English."""
    return [_row(rule) for rule in rules()]


def _row(rule: Rule) -> str:
    limits = " / ".join(
        period_words(each.period)
        + (" (normally)" if each.firmness is Firmness.SOFT else "")
        + (f" ({each.whose})" if each.whose else "")
        for each in rule.limits
    )
    traits = [rule.calendar, *(["rolls"] if rule.roll is Roll.NEXT_WORKING_DAY else [])]
    traits += ["stops"] if rule.stoppable else []
    traits += [f"extended up to {rule.extension.most}"] if rule.extension else []
    force = f"{rule.valid_from}" + (f" to {rule.valid_to}" if rule.valid_to else "")
    cells = (
        f"`{rule.reference}`",
        rule.title["en"],
        start_words(rule.starts),
        limits,
        ", ".join(traits),
        f"{rule.source.law}, {rule.source.article}",
        f"{rule.source.status} {rule.source.read_on}",
        force,
    )
    return "| " + " | ".join(cells) + " |"
