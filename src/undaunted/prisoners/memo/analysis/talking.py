"""Talking points drafted from the numbers: whole sentences, for a desk to take or to rewrite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.events.rules import ActFamily
from undaunted.engines.census.trends import Verdict
from undaunted.prisoners.memo.analysis.words import day, number, term
from undaunted.prisoners.registry.rules.counts import Breakdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.editions.rules import Footnote, Text
    from undaunted.prisoners.memo.analysis.facts import CountryFacts

__all__ = ["points_for"]


def points_for(facts: CountryFacts, note: Footnote) -> tuple[Text, ...]:
    """Give what the numbers allow to say, the plainest first, each with the note of the count."""
    return tuple((sentence, note) for sentence in _sentences(facts))


def _sentences(facts: CountryFacts) -> Iterator[str]:
    stock = facts.stock
    if not stock.persons:
        return
    told = {"number": number(stock.persons), "day": day(stock.as_of)}
    yield (
        _(
            "Held on %(day)s for who they are or what they said, as far as we know: %(number)s. "
            "We ask for their release."
        )
        % told
    )
    roles = facts.parts(Breakdown.ROLE)
    if roles:
        told = {
            "role": term("target_roles", roles[0].value or ""),
            "number": number(roles[0].persons),
        }
        yield _("The largest group among them: %(role)s, %(number)s.") % told
    laws = facts.parts(Breakdown.LAW)
    if laws:
        told = {"law": term("law_taxonomy", laws[0].value or ""), "number": number(laws[0].persons)}
        yield _("Laws of this kind were used against %(number)s of them: %(law)s.") % told
    yield from _trend(facts)
    if facts.moved.died:
        told = {"number": number(facts.moved.died)}
        yield (
            _("In a year, deaths in custody: %(number)s. We ask for independent inquiries.") % told
        )
    civil = [
        each for each in facts.tactics if each.family == ActFamily.CIVIL_DEATH and each.persons
    ]
    if civil:
        worst = max(civil, key=lambda each: each.persons or 0)
        told = {"tactic": term("act_types", worst.code), "number": number(worst.persons)}
        yield _("Beyond prison: %(tactic)s, %(number)s. We ask that these measures end.") % told


def _trend(facts: CountryFacts) -> Iterator[str]:
    """Say where numbers have gone, and over which years, unless the last year went back."""
    if facts.trend is None:
        return
    told = {"first": facts.years[-facts.trend.points][0].year, "last": facts.years[-1][0].year}
    change = facts.stock.persons - facts.before.persons
    if facts.trend.verdict is Verdict.FALLING and change <= 0:
        yield _("Numbers have fallen from %(first)s to %(last)s; what comes next?") % told
    if facts.trend.verdict is Verdict.RISING and change >= 0:
        yield (
            _(
                "Numbers have risen from %(first)s to %(last)s; we ask what your government will "
                "do about it."
            )
            % told
        )
