"""Tags for authorities, tests and plans: terms in words, facts by name, sentences of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from undaunted.repression.sanctions.rules import facts
from undaunted.repression.sanctions.writers import lacking_told, step_told, told
from undaunted.site.english import law_told, marked

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from undaunted.repression.sanctions.rules import ElementTest, RegimeTest, Step

__all__ = ["clause_of", "fact_named", "law_words", "register", "sanction_term", "told_lacking"]

register = template.Library()


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
def step_words(step: Step) -> str:
    """`{{ step|step_words }}`: a step as a sentence."""
    return step_told(step)
