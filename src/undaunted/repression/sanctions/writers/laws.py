"""Laws in sentences: whether a file shows what one asks, and what is missing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.lists import format_list
from django.utils.translation import get_language, gettext, override

from undaunted.core.listings.writers import place_told
from undaunted.repression.sanctions.rules import ElementState, Fit, authority_for, facts
from undaunted.site.components.clauses import clauses_text
from undaunted.site.components.numbers import number_text
from undaunted.site.english import law_told
from undaunted.site.languages import current_locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from undaunted.repression.sanctions.rules import RegimeTest

__all__ = [
    "act_told",
    "agreement_sentence",
    "and_list",
    "authority_of_state",
    "authority_short",
    "scattered_sentence",
    "test_sentence",
    "within",
]


def and_list(parts: Iterable[str]) -> str:
    """Join words as the reader's language joins the last of several."""
    return str(format_list(list(parts), locale=current_locale()))


def authority_short(code: str) -> str:
    """Give the short name of a legal authority."""
    return authority_for(code).short


def authority_of_state(code: str) -> str:
    """Name a legal authority after its state, where its short name does not tell of which it is."""
    law = authority_for(code)
    if law.jurisdiction == "EU":
        return law.short
    with override("en"):
        state = place_told(law.jurisdiction)
    first = law.short.split()[0]
    initials = "".join(word[0] for word in state.split())
    if first == initials or first[:3] == state[:3]:
        return law.short
    return f"{place_told(law.jurisdiction)} ({law.short})"


def act_told(number: int) -> str:
    """Call an act of a file by its number there."""
    return gettext("Act %(number)s") % {"number": number}


def scattered_sentence() -> str:
    """Say that the elements of a law are met, though not by one act."""
    return gettext("Every element is met over several acts, and no act carries all of them.")


def test_sentence(test: RegimeTest) -> str:
    """Say of one law whether a file shows what it asks, and what is missing; of which act."""
    told = _test_told(test)
    if test.scattered:
        told = f"{told} {scattered_sentence()}"
    return f"{act_told(test.act)} · {told}" if test.act else told


def _test_told(test: RegimeTest) -> str:
    law = {"law": authority_of_state(test.authority)}
    if test.fit is Fit.NO_TEST:
        return gettext("%(law)s: there is no test.") % law
    if test.fit is Fit.NOT_IN_FORCE:
        return gettext("%(law)s: not in force on that day.") % law
    if test.fit is Fit.FITS:
        clauses = and_list(dict.fromkeys(_clauses(test)))
        if clauses:
            law["clauses"] = clauses
            return gettext("The conduct meets %(law)s, %(clauses)s.") % law
        return gettext("The conduct meets %(law)s.") % law
    wanted = tuple(_wanted(test))
    if wanted:
        missing = {"missing": _numbered(wanted)}
        return gettext("%(law)s: missing evidence of %(missing)s.") % {**law, **missing}
    return gettext("%(law)s: an element was found not to be met.") % law


def agreement_sentence(what: str, lacking: Iterable[str]) -> str:
    """Say of a law or an element that facts are shown, and nobody agreed that they are told."""
    named = and_list(within(law_told(facts()[each].title)) for each in lacking)
    return gettext("%(what)s: agreement is missing to tell of %(facts)s.") % {
        "what": what,
        "facts": named,
    }


def _numbered(parts: Sequence[str]) -> str:
    """Join what several elements lack, each by its number; one alone bears none."""
    if len(parts) == 1:
        return parts[0]
    return clauses_text(f"({number_text(n)}) {each}" for n, each in enumerate(parts, 1))


def _clauses(test: RegimeTest) -> Iterable[str]:
    """Give where the law names the facts that are shown."""
    return (
        clause
        for element in test.elements
        for fact in element.shown
        if (clause := test.clause(fact))
    )


def _wanted(test: RegimeTest) -> Iterable[str]:
    """Give for each element that lacks the facts of which one way would do."""
    known = facts()
    for element in test.elements:
        if element.state is not ElementState.MET and element.wants:
            ways = [and_list(within(law_told(known[name].title)) for name in way)
                    for way in element.wants]  # fmt: skip
            yield gettext("; or ").join(ways)


def within(title: str) -> str:
    """Give a title as it stands within a sentence."""
    if title[:1].isupper() and title[1:2].islower():
        first = {"İ": "i", "I": "ı"} if get_language() == "tr" else {}  # noqa: RUF001 - Turkish
        return f"{first.get(title[0], title[0].lower())}{title[1:]}"
    return title
