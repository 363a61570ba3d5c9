"""Tags for pages of screening: terms, shares and days of clocks in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from undaunted.coercion.screening.analysis.letter_owners import states_named
from undaunted.coercion.screening.analysis.standing import done_by_of, terms_read
from undaunted.coercion.screening.analysis.words import (
    name_told,
    right_told,
    rows_told,
    shape_told,
    share_told,
)
from undaunted.coercion.screening.models import Decision, Fact, ListCheck, Mitigation, Party
from undaunted.coercion.screening.rules import Terms, factors_for, regimes
from undaunted.coercion.screening.rules.drawings import Shape
from undaunted.coercion.screening.rules.stakes import Right
from undaunted.coercion.screening.writers.apart_on_pages import marked_apart
from undaunted.coercion.screening.writers.case_terms import condition_told, in_words
from undaunted.coercion.screening.writers.terms import KNOWN
from undaunted.core.clocks.writers import ends_words, rule_title, start_words, state_words
from undaunted.site.components.numbers import percent_text
from undaunted.site.english import marked

if TYPE_CHECKING:
    from datetime import date

    from undaunted.coercion.screening.models import Assessment, Stake
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.clocks.actions import Clock
    from undaunted.core.clocks.rules import Deadline, State

__all__ = ["register"]

register = template.Library()


@register.filter
def term(value: object, kind: str) -> str:
    """`{{ case.stage|term:"Stage" }}`: the term in words."""
    return str(in_words(kind, str(value))) if value else ""


@register.filter
def known(status: str) -> str:
    """`{{ row.status|known }}`: how well a rule or a fact is known."""
    return str(KNOWN.get(status, status))


@register.filter
def shape(kind: str) -> str:
    """`{{ party.kind|shape }}`: what a party is."""
    return shape_told(Shape(kind))


@register.filter
def party(identifier: str, label: str = "") -> str:
    """`{{ stake.owner|party:stake.owner_name }}`: a party by its name."""
    return name_told(identifier, label or identifier)


@register.filter
def share(stake: Stake) -> str:
    """`{{ stake|share }}`: its share and, where it is not equity, its right."""
    told = share_told(stake.lo, stake.hi)
    right = Right(stake.right)
    return told if right is Right.EQUITY else f"{told} {right_told(right.name.lower())}"


@register.filter
def parts(held: list[float]) -> str:
    """`{{ answer.held|parts }}`: parts of one, at least and at most."""
    lowest, highest = (percent_text(each, int(round(1000 * each) % 10 > 0)) for each in held)
    return lowest if lowest == highest else f"{lowest}\N{EN DASH}{highest}"


@register.filter
def held(lowest: float, highest: float) -> str:
    """`{{ stake.min|held:stake.max }}`: a share of parts of one."""
    return parts([lowest, highest])


@register.filter
def item(mapping: dict[Any, Any] | str, key: object) -> Any:  # noqa: ANN401 - whatever it holds
    """`{{ texts|item:row.pk }}`: what a mapping holds under a key."""
    return mapping.get(key, "") if isinstance(mapping, dict) else ""


@register.filter
def factor_of(factors: dict[str, Any], row: Any) -> Any:  # noqa: ANN401 - a factor or nothing
    """`{{ factors|factor_of:assessment }}`: the factor as its law has it."""
    return factors.get(f"{row.regime} {row.factor}")


@register.filter
def factor_word(code: str) -> str:
    """`{{ told.factor|factor_word }}`: a factor of any regime by its title, else its code."""
    titles = {f.code: f.title for r in reversed(regimes()) for f in factors_for(r)}
    return marked(titles[code], law=True) if code in titles else code


@register.filter
def on_terms(decision: Decision) -> list[tuple[str, Terms, date]]:
    """`{% for text, terms, since in decision|on_terms %}`: conditions, as they will be watched."""
    terms = [terms_read(each) for each in decision.terms] or [Terms()] * len(decision.conditions)
    return [
        (condition_told(text, decision.unwind_by), each, each.starts_on or decision.day)
        for text, each in zip(decision.conditions, terms, strict=True)
    ]


@register.filter
def measure_text(row: Mitigation, sheet: CaseSheet) -> str:
    """`{{ measure|measure_text:sheet }}`: what a measure demands."""
    return condition_told(row.text, done_by_of(sheet, row))


@register.filter
def weighed(decision: Decision, sheet: CaseSheet) -> list[Assessment]:
    """`{{ decision|weighed:sheet }}`: the factors on which it rests, as they stand."""
    return [each for each in sheet.assessments if str(each.pk) in decision.factors]


@register.filter
def row_told(row: Any) -> str:  # noqa: ANN401 - a row of any model
    """`{{ row|row_told }}`: what a step is about, in words."""
    match row:
        case Decision():
            return str(in_words("DecisionKind", row.kind))
        case Mitigation():
            return condition_told(row.text, row.decision.unwind_by if row.decision else None)
        case Party():
            return f"{row.name} ({in_words('PartyRole', row.role)})"
        case Fact():
            return f"{in_words('FactKind', row.kind)}: {row.about}"
        case ListCheck():
            return f"{row.list_name}: {in_words('Judgement', row.judgement)}"
    return str(row)


@register.filter
def proof(sentence: str) -> str:
    """`{{ sentence|proof }}`: what the engine says of stakes, with states by their names."""
    return marked_apart(states_named(sentence))


@register.filter
def at_rows(finding: dict[str, Any]) -> str:
    """`{{ finding|at_rows }}`: the rows of a file at which something was found."""
    return rows_told(finding["rows"], finding.get("more", 0))


@register.filter
def begins(deadline: Deadline) -> str:
    """`{{ line.deadline|begins }}`: what the period is counted from."""
    return start_words(deadline.rule.starts)


@register.filter
def clock_title(clock: Clock) -> str:
    """`{{ clock|clock_title }}`: what a clock counts."""
    return rule_title(clock.held_rule)


@register.filter
def clock_end(clock: Clock) -> str:
    """`{{ clock|clock_end }}`: when it ends, for each who has an end of its own."""
    return ends_words(clock.ends())


@register.filter
def clock_state(state: State) -> str:
    """`{{ state|clock_state }}`: how a clock stands, in a word."""
    return state_words(state)


@register.filter
def until(deadline: Deadline) -> str:
    """`{{ line.deadline|until }}`: its last day, or that of each who has one of its own."""
    return ends_words(deadline)
