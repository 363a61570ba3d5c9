"""Tags for sanctions: words of states and terms, lines of entries, facts, steps of plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html

from undaunted.core.listings.writers import KEPT
from undaunted.repression.sanctions.rules import State, facts
from undaunted.repression.sanctions.writers import (
    ALONE,
    ALONE_NOTE,
    FOLLOWED,
    LISTED_THEN,
    LISTED_THEN_NOTE,
    SHORT_WORDS,
    STATE_NOTES,
    STATE_WORDS,
    alone_told,
    as_of_told,
    authority_short,
    begun_told,
    cell_short,
    earlier_told,
    lacking_told,
    lag_told,
    laid_apart,
    line_told,
    step_parts,
    told,
)
from undaunted.site.english import law_told, marked

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from undaunted.repression.sanctions.rules import (
        Aligned,
        Authority,
        Cell,
        ElementTest,
        Lag,
        Line,
        ListSpoken,
        RegimeTest,
        Span,
        Step,
        Uses,
    )

__all__ = ["register"]

register = template.Library()
_LOOKS = {
    State.LISTED: "accent",
    State.UNTOLD: "accent",
    State.OTHERWISE: "accent",
    State.POSSIBLY: "warning",
    State.POSSIBLY_OTHERWISE: "warning",
    State.POSSIBLY_DELISTED: "warning",
    State.NOT_FOUND: "",
}


@register.filter
def state_short(state: State) -> str:
    """`{{ cell.state|state_short }}`: the state in a word or two."""
    return str(SHORT_WORDS[state])


@register.filter
def state_note(state: State) -> str:
    """`{{ state|state_note }}`: what the state means, in a sentence."""
    return str(STATE_NOTES[state])


@register.simple_tag
def listed_then() -> str:
    """`{% listed_then %}`: what is said of who stands in a version that tells nothing of a day."""
    return str(LISTED_THEN)


@register.simple_tag
def listed_then_note() -> str:
    """`{% listed_then_note %}`: what that means, in a sentence."""
    return str(LISTED_THEN_NOTE)


@register.simple_tag
def by_one() -> str:
    """`{% by_one %}`: the mark of what one person's file alone says."""
    return str(ALONE)


@register.simple_tag
def by_one_note() -> str:
    """`{% by_one_note %}`: what that means, in a sentence."""
    return str(ALONE_NOTE)


@register.simple_tag
def kept_note() -> str:
    """`{% kept_note %}`: what is said of an entry whose row could not be read."""
    return str(KEPT)


@register.filter
def state_look(state: State) -> str:
    """`{{ cell.state|state_look }}`: how its badge looks; what says nothing is dashed."""
    return _LOOKS.get(state, "outline")


@register.filter
def state_words(state: State) -> str:
    """`{{ state|state_words }}`: the state in whole words."""
    return str(STATE_WORDS[state])


@register.filter
def cell_word(cell: Cell) -> str:
    """`{{ cell|cell_word }}`: what a cell says in a word or two."""
    return cell_short(cell)


@register.filter
def cell_look(cell: Cell) -> str:
    """`{{ cell|cell_look }}`: how its badge looks; an old version's is not that of today's."""
    return "outline" if cell.then else state_look(cell.state)


@register.filter
def as_of(told: ListSpoken) -> str:
    """`{{ list|as_of }}`: which version speaks."""
    return as_of_told(told)


@register.filter
def entry_line(line: Line) -> str:
    """`{{ line|entry_line }}`: what an entry says, in one line; names keep their own direction."""
    return line_told(line, laid_apart)


@register.filter
def law_short(code: str) -> str:
    """`{{ code|law_short }}`: the short name of a legal authority."""
    return authority_short(code)


@register.filter
def alone(law: Authority) -> str:
    """`{{ law|alone }}`: whether a state may list under it by itself."""
    return alone_told(law)


@register.filter
def begun(law: Authority) -> str:
    """`{{ law|begun }}`: its day, and what day that is."""
    return begun_told(law)


@register.filter
def lag(told: Lag) -> str:
    """`{{ party.told.lags.EU|lag }}`: the days a jurisdiction needed, or what of it is known."""
    return lag_told(told)


@register.filter
def followed_word(told: Lag) -> str:
    """`{{ lag|followed_word }}`: how a jurisdiction stands to the first designation."""
    return str(FOLLOWED[told.followed])


@register.filter
def lag_of(told: Aligned, jurisdiction: str) -> Lag:
    """`{{ party.told|lag_of:code }}`: the days of one jurisdiction."""
    return told.lags[jurisdiction]


@register.filter
def span_text(span: Span) -> str:
    """`{{ told.first|span_text|partial }}`: two days as EDTF; empty where neither is known."""
    if span.first is None and span.last is None:
        return ""
    if span.day is not None:
        return span.day.isoformat()
    ends = (each.isoformat() if each else ".." for each in (span.first, span.last))
    return "/".join(ends)


@register.filter
def sanction_term(term: str) -> str:
    """`{{ test.fit|sanction_term }}`: a term in words."""
    return told(str(term))


@register.filter
def fact_named(code: str) -> str:
    """`{{ code|fact_named }}`: the fact in the reader's language."""
    return law_told(facts()[code].title)


@register.filter
def law_words(text: str) -> SafeString:
    """`{{ law.summary|law_words }}`: a text of a pack, marked where it stays English."""
    return marked(text, law=True)


@register.filter
def clause_of(test: RegimeTest, code: str) -> str:
    """`{{ test|clause_of:code }}`: where the law names a fact."""
    return test.clause(code)


@register.filter
def told_lacking(element: ElementTest) -> str:
    """`{{ element|told_lacking }}`: what would meet it."""
    return lacking_told(element)


@register.filter
def step_words(step: Step) -> SafeString:
    """`{{ step|step_words }}`: a step as a sentence, marked where it stays English."""
    before, about, behind = step_parts(step)
    return format_html("{}{}{}", before, marked(about, law=True) if about else "", behind)


@register.filter
def earlier(uses: Uses) -> str:
    """`{{ uses|earlier }}`: which years that are counted lie before the law."""
    return earlier_told(uses)
