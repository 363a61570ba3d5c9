"""What is asked for, and a draft of the reasons for each person whose facts meet a law.

A desk writes such a statement in the words of its law: who, what part in which act, under which
clause. All of it stands in the paper already, as alleged and with its evidence; nothing is added,
and of somebody whose facts do not meet the law nothing is drafted: other chapters say what lacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.commitments.writers import told as word_told
from undaunted.core.editions.rules import Bullets, Paragraph, Strong
from undaunted.core.listings.writers import told as list_word
from undaunted.core.practices.rules import PracticeSourceStatus
from undaunted.repression.dossiers.rules import PartyKind
from undaunted.repression.dossiers.writers.citing import (
    act_line,
    cited_told,
    clause_kept,
    clause_told,
    day_told,
    fact_named,
    typed,
    until_told,
)
from undaunted.repression.sanctions.rules import Fit
from undaunted.repression.sanctions.writers import (
    act_told,
    and_list,
    authority_short,
)
from undaunted.site.components.clauses import clauses_text, comma_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.core.editions.rules import Block, Text
    from undaunted.repression.dossiers.rules import (
        ActTold,
        FactTold,
        MeasureTold,
        PaperTold,
        PersonTold,
    )
    from undaunted.repression.sanctions.rules import RegimeTest

__all__ = ["measures_told", "reasons_told"]


def measures_told(measures: Iterable[MeasureTold]) -> str:
    """Give the measures that are asked for, each with where the law provides for it, if read."""
    return clauses_text(map(_measure, measures))


def _measure(told: MeasureTold) -> str:
    if told.status != PracticeSourceStatus.UNVERIFIED:
        return f"{list_word('Measure', told.measure)} {clause_told(told.clause)}"
    where = [clause_kept(told.clause), word_told("SourceStatus", told.status)]
    return f"{list_word('Measure', told.measure)} ({clauses_text(where)})"


def reasons_told(paper: PaperTold) -> Iterator[Block]:
    """Draft the reasons for each person whose facts meet the law; nothing where nobody's do."""
    people = [each for each in paper.people if each.test.fit is Fit.FITS]
    if people:
        yield Paragraph((_drafted(),))
    for person in people:
        yield Paragraph((Strong(_alleged(person)),))
        yield Bullets((*_points(paper, person), *_asked(paper, person)))


def _asked(paper: PaperTold, person: PersonTold) -> Iterator[Text]:
    """Give the measures that are asked for against one of them: a company enters nowhere."""
    measures = [
        each for each in paper.measures if not each.people or person.kind == PartyKind.PERSON
    ]
    if measures:
        yield (f"{_('Measures asked for')}: {measures_told(measures)}",)


def _drafted() -> str:
    return _(
        "Put together from what stands in this paper, as alleged, for the recipient to examine; "
        "nothing in it is a finding."
    )


def _alleged(person: PersonTold) -> str:
    tests = person.fitting or (person.test,)
    clauses = dict.fromkeys(
        clause
        for test in tests
        for element in test.elements
        for fact in element.shown
        if (clause := test.clause(fact))
    )
    law = typed(authority_short(person.test.authority))
    under = comma_mark(apart=True) + and_list(map(clause_kept, clauses)) if clauses else ""
    return _("%(name)s is alleged to come under %(law)s, for these reasons:") % {
        "name": typed(person.label),
        "law": law + under,
    }


def _points(paper: PaperTold, person: PersonTold) -> Iterator[Text]:
    for post in person.posts:
        days = f"{day_told(post.start)} … {until_told(post.end)}"
        yield (f"{typed(post.office)} · {days} ", cited_told(post.evidence))
    tests = {str(each.act): each for each in person.fitting}
    for act in paper.acts:
        if test := tests.get(act.label):
            yield from _of_act(act, person, test)
    apart = person.test if not tests else next(iter(tests.values()))
    for fact in person.facts:
        if fact.value == "met" and fact.fact in _shown(apart):
            yield _fact(fact, apart)


def _of_act(act: ActTold, person: PersonTold, test: RegimeTest) -> Iterator[Text]:
    shown = _shown(test)
    place = f" · {typed(act.place)}" if act.place else ""
    yield (Strong(act_told(int(act.label))), f"{act_line(act)}{place}")
    for link in person.links:
        if link.act == act.label and link.mode in shown:
            yield (
                f"{act_told(int(act.label))} · {_named(link.mode, test)}: {typed(link.reasons)} ",
                cited_told(link.evidence),
            )
    for fact in act.findings:
        if fact.value == "met" and fact.fact in shown:
            before, *after = _fact(fact, test)
            yield (f"{act_told(int(act.label))} · {before}", *after)


def _fact(fact: FactTold, test: RegimeTest) -> tuple[str, str]:
    return f"{_named(fact.fact, test)}: {typed(fact.reasons)} ", cited_told(fact.evidence)


def _named(fact: str, test: RegimeTest) -> str:
    clause = test.clause(fact)
    return f"{fact_named(fact)} {clause_told(clause)}" if clause else fact_named(fact)


def _shown(test: RegimeTest) -> frozenset[str]:
    return frozenset(fact for element in test.elements for fact in element.shown)
