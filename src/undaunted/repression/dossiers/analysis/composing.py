"""A submission for one government, composed from the dossier with nothing typed anew.

What is told of each victim is a question to consent; what the law is asked is what may be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from undaunted.core.listings.writers import titled_whose
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.core.standards.rules import Value
from undaunted.repression.coordination.rules import framework_due
from undaunted.repression.dossiers.analysis.citing import Citing
from undaunted.repression.dossiers.analysis.going import annexes_going
from undaunted.repression.dossiers.analysis.listed import lists_unsearched, search_told
from undaunted.repression.dossiers.analysis.naming import (
    naming_problems,
)
from undaunted.repression.dossiers.analysis.testing import told_of
from undaunted.repression.dossiers.queries import statements_changed
from undaunted.repression.dossiers.rules import (
    HEALTH_FACTS,
    Accused,
    ActTold,
    DetailKind,
    DossierReply,
    FactTold,
    LinkTold,
    MeasureTold,
    PaperTold,
    PartyKind,
    PersonTold,
    PostTold,
    QuestionTold,
    Statement,
    StatementTold,
    Weighed,
    missing_of,
    unsettled_of,
)
from undaunted.repression.sanctions.rules import Fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.analysis.gathering import (
        ActLine,
        Cited,
        PersonLine,
        QuestionLine,
        Sheet,
    )
    from undaunted.repression.dossiers.analysis.testing import Reach
    from undaunted.repression.dossiers.models import Submission
    from undaunted.repression.dossiers.rules import AnnexTold
    from undaunted.repression.sanctions.rules import Authority

__all__ = ["Composed", "Recipient", "compose", "problems_of", "unsettled_in"]


_LACKS: Final = frozenset({Fit.PARTIAL, Fit.MISSING})


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who reads a submission: called what, under which law, in which language, as which copy."""

    name: str
    authority: Authority
    language: str
    number: str
    watermark: str
    publisher: str
    seals: bool
    coincidences: tuple[str, ...] = ()
    """Words that are a victim's surname elsewhere, as who writes declared."""
    summary: str = ""
    """Written for this submission; empty where the dossier's goes along."""
    neutral: bool = False
    """Whether one is put together from the paper in place of the dossier's."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A submission before it is set: the paper, the bytes of annexes, who the victims are."""

    paper: PaperTold
    annexes: Mapping[str, bytes]
    victims: Mapping[int, tuple[str, ...]]
    subjects: frozenset[UUID]
    seals_annexes: bool = False
    """Whether an annex names or shows somebody, so that annexes go out sealed."""
    looks: tuple[UUID, ...] = ()
    """By which looks the pictures among the annexes go along."""
    taken: tuple[UUID, ...] = ()
    """Which annexes go along."""


def problems_of(
    actor: Actor, people: Iterable[PersonLine], reach: Reach, jurisdiction: str
) -> tuple[str, ...]:
    """Give everything that is missing before these people can be told of to a government."""
    return missing_of(
        Accused(
            label=person.label,
            details=frozenset(DetailKind(each.row.kind) for each in person.details),
            posts=len(person.posts),
            reply=DossierReply(person.row.reply),
            lists_searched=person.row.searched_at is not None,
            statements=_weighed(person),
            links=len(_links(person, reach)),
            reader=jurisdiction,
            unsearched=lists_unsearched(
                actor, person.row.searched, first=jurisdiction, still=person.still
            ),
        )
        for person in people
    ) or (() if reach.acts else ("consent: nobody agreed that this recipient is told of them",))


def unsettled_in(actor: Actor, submission: Submission, sheet: Sheet) -> tuple[str, ...]:
    """Give why a written submission may not say any more what speaks for its people."""
    about = [each for each in sheet.people if each.row.pk in submission.people]
    changed = statements_changed(actor, submission)
    return (
        *(one for each in about for one in unsettled_of(each.label, _weighed(each))),
        *(
            f"{each.label}: exculpatory material: it changed after this was written; write it anew"
            for each in about
            if each.row.pk in changed
        ),
    )


def compose(  # noqa: PLR0913 - who asks, from what, whom, what may be told, to whom, when
    actor: Actor,
    sheet: Sheet,
    people: tuple[PersonLine, ...],
    reach: Reach,
    recipient: Recipient,
    *,
    on: date,
) -> tuple[Composed, tuple[str, ...]]:
    """Compose a submission, and give beside it what must not go out as it is."""
    going = annexes_going(actor, sheet, reach, recipient.coincidences)
    problems = (*going.problems, *(() if recipient.seals else _unsealed(going.telling)))
    problems += tuple(_kept_back(sheet, reach))
    victims = _victims(reach)
    sealed = recipient.seals and any(victims.values())
    citing = _citing(actor, reach, going.told)
    about, acts = _told(actor, sheet, people, reach, recipient, citing, on=on)
    due = framework_due(recipient.authority.code, on)
    paper = PaperTold(
        title=sheet.dossier.title,
        recipient=recipient.name,
        law=recipient.authority.title,
        citation="",
        status="",
        jurisdiction=recipient.authority.jurisdiction,
        country=sheet.dossier.country,
        number=recipient.number,
        tlp=sheet.dossier.tlp,
        watermark=recipient.watermark,
        language=recipient.language,
        publisher=recipient.publisher,
        day=on,
        summary=recipient.summary or ("" if recipient.neutral else sheet.dossier.summary),
        acts=acts,
        people=about,
        annexes=tuple(annex for _, annex in going.told),
        sealed=bool(sealed),
        nameless=tuple(one for one, names in victims.items() if recipient.seals and not names),
        hypothetical=_hypothetical(sheet.dossier.country),
        neutral=recipient.neutral and not recipient.summary,
        sources=citing.sources(),
        measures=_measures(recipient.authority, about),
        ends=due.last if due else None,
        ended=due is not None and due.passed,
    )
    made = Composed(
        paper, going.contents, victims if sealed else {}, _subjects(reach), bool(going.telling),
        going.looks, going.taken,
    )  # fmt: skip
    return made, (*problems, *naming_problems(paper, reach, recipient.coincidences))


def _victims(reach: Reach) -> dict[int, tuple[str, ...]]:
    """Give the names that may be told of whoever agreed to be named, by number; none of some."""
    agreed = {line.row.number: reach.agreed[line.row.subject] for line in reach.acts}
    return {number: each.told_names for number, each in agreed.items() if each.named}


def _subjects(reach: Reach) -> frozenset[UUID]:
    """Give those to whom what goes out was done."""
    return frozenset(one for line in reach.acts for one in reach.agreed[line.row.subject].subjects)


def _listed(one: Mapping[str, Any]) -> str:
    """Call an entry whose name is alike, and say how many more of its list there are."""
    programmes = ", ".join(one["programmes"])
    text = f"{titled_whose(one['list'])}, {one['key']}: {one['name']} ({programmes})"
    if more := one.get("more", 0):
        text += "; " + _("and at least %(more)s more entries of this list") % {"more": more}
    return text


def _citing(actor: Actor, reach: Reach, annexes: Sequence[tuple[UUID, AnnexTold]]) -> Citing:
    """Begin to count sources; no victim's name, agreed or not, may stand where one is found."""
    numbers = {document: annex.number for document, annex in reversed(annexes)}
    names = [name for each in reach.agreed.values() for name in each.names]
    return Citing(actor, numbers, names)


def _told(  # noqa: PLR0913, PLR0917 - who asks, from what, of whom, what may be told, to whom, when
    actor: Actor,
    sheet: Sheet,
    people: tuple[PersonLine, ...],
    reach: Reach,
    recipient: Recipient,
    citing: Citing,
    *,
    on: date,
) -> tuple[tuple[PersonTold, ...], tuple[ActTold, ...]]:
    """Give people and acts in the order in which a paper tells of them and counts its sources."""
    places = {line.key: place for place, line in enumerate(reach.acts, 1)}
    about = tuple(
        _person(actor, sheet, each, reach, recipient, places, citing, on=on) for each in people
    )
    return about, tuple(_act(sheet, line, reach, places[line.key], citing) for line in reach.acts)


def _measures(law: Authority, people: Iterable[PersonTold]) -> tuple[MeasureTold, ...]:
    """Give what the law provides for against those whose facts meet it, as the register has it."""
    kinds = {each.kind for each in people if each.test.fit is Fit.FITS}
    return tuple(
        MeasureTold(each.measure.value, each.clause, each.people, each.mark.value)
        for each in law.measures
        if kinds and (not each.people or PartyKind.PERSON in kinds)
    )


def _unsealed(annexes: Iterable[str]) -> Iterable[str]:
    for title in annexes:
        yield (
            f"annex “{title}”: it names or shows somebody who suffered it and goes out sealed; "
            "choose a partner, or write a key"
        )


def _kept_back(sheet: Sheet, reach: Reach) -> Iterable[str]:
    for number in dict.fromkeys(
        line.row.number for line in reach.acts if line.row.claim in sheet.kept_back
    ):
        yield (
            f"person {number}: a partner sent what was done to them, and its package (TLP, PAP, "
            "purpose) lets it go no further; take that act out"
        )


def _act(sheet: Sheet, line: ActLine, reach: Reach, place: int, citing: Citing) -> ActTold:
    act = line.act
    assert act is not None  # noqa: S101 - a reach holds acts that stand in the ledger
    health = reach.agreed[line.row.subject].health
    return ActTold(
        label=str(place),
        person=line.row.number,
        type=act.type,
        vocabulary=act.vocabulary.rpartition("-")[0],
        start=act.start,
        end=act.end,
        place=", ".join(dict.fromkeys(filter(None, (act.facility, act.city, act.admin1)))),
        authority=act.authority,
        law=act.law,
        findings=tuple(
            _fact(each, citing)
            for each in sheet.findings
            if each.row.act_id == line.row.pk and (health or each.row.fact not in HEALTH_FACTS)
        ),
    )


def _person(  # noqa: PLR0913, PLR0917 - who asks, of whom, told to whom, by which numbers, when
    actor: Actor,
    sheet: Sheet,
    person: PersonLine,
    reach: Reach,
    recipient: Recipient,
    places: Mapping[str, int],
    citing: Citing,
    *,
    on: date,
) -> PersonTold:
    row = person.row
    law, found = recipient.authority, told_of(sheet, person, reach, places)
    search = search_told(actor, person, on=on, first=law.jurisdiction)
    test, each_act = found.under(law, on=on), found.each_act(law, on=on)
    return PersonTold(
        label=person.label,
        kind=row.kind,
        details=tuple(
            (each.row.kind, each.row.text, citing.evidence(each)) for each in person.details
        ),
        posts=tuple(
            PostTold(each.row.office, each.row.above, each.row.start, each.row.end,
                     citing.evidence(each))
            for each in person.posts
        ),
        listed=tuple(map(_listed, row.listings)),
        searched=search.searched,
        links=tuple(
            LinkTold(str(places[str(each.row.act_id)]), each.row.mode, each.row.reasons,
                     citing.evidence(each))
            for each in _links(person, reach)
        ),
        facts=_facts(sheet, person, citing),
        questions=_questions(sheet, person, places),
        reply=row.reply,
        reply_note=row.reply_note,
        statements=_confirmed(person, citing),
        test=test,
        searched_on=row.searched_at.date().isoformat() if row.searched_at else "",
        unheld=search.unheld,
        unheard=search.unheard,
        silent=not search.speaks,
        fitting=tuple(one for one in each_act if one.fit is Fit.FITS),
        alone=tuple(one.act for one in each_act if one.fit is Fit.FITS),
        others=tuple(one for one in each_act if one.fit in _LACKS and one.act != test.act),
    )  # fmt: skip


def _questions(
    sheet: Sheet, person: PersonLine, places: Mapping[str, int]
) -> tuple[QuestionTold, ...]:
    return tuple(
        QuestionTold(str(places[each.act.key]), _below(each, sheet),
                     tuple(post.office for post in each.steps), each.certain)
        for each in sheet.questions
        if each.superior.row.pk == person.row.pk and each.act.key in places
    )  # fmt: skip


def _confirmed(person: PersonLine, citing: Citing) -> tuple[StatementTold, ...]:
    return tuple(
        StatementTold(each.row.kind, each.row.body, citing.evidence(each))
        for each in person.statements
        if each.row.confirmed_by is not None
    )


def _below(question: QuestionLine, sheet: Sheet) -> str:
    """Call whoever acted by name where the paper is about them too, else by their office."""
    keys = {each.row.pk for each in sheet.people}
    below = question.below
    return below.label if below.row.pk in keys else question.steps[0].office


def _weighed(person: PersonLine) -> tuple[Statement, ...]:
    return tuple(
        Statement(Weighed(each.row.kind), each.row.confirmed_by is not None)
        for each in person.statements
    )


def _facts(sheet: Sheet, person: PersonLine, citing: Citing) -> tuple[FactTold, ...]:
    """Give what was found of the person, and of the whole."""
    return tuple(
        _fact(each, citing)
        for each in sheet.findings
        if each.row.act_id is None and each.row.accused_id in {None, person.row.pk}
    )


def _links(person: PersonLine, reach: Reach) -> tuple[Cited, ...]:
    return tuple(each for each in person.links if str(each.row.act_id) in reach.keys)


def _fact(line: Cited, citing: Citing) -> FactTold:
    value = Value(line.row.value)
    if value is Value.MET and not any(each.reliable for each in line.rests):
        value = Value.UNCLEAR
    return FactTold(line.row.fact, value.value, line.row.reasons, citing.evidence(line))


def _hypothetical(code: str) -> bool:
    try:
        return country(code).hypothetical
    except (UnknownCountry, AttributeError):
        return False
