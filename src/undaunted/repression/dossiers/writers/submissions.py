"""A submission as one paper for Word and as PDF: everything in it is told in the paper's language.

Laws and what was typed stand as they were written; facts and elements in the paper's language where
it has them. No victim has a name here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from undaunted.core.commitments.writers import state_name
from undaunted.core.editions.rules import (
    Bullets,
    Column,
    Document,
    Name,
    Notice,
    Paragraph,
    Section,
    Strong,
    Table,
    apart_in_words,
    kept_apart,
)
from undaunted.core.editions.writers import (
    Paper,
    draft_text,
    write_paper_pdf,
    write_paper_word,
)
from undaunted.repression.dossiers.rules import DRAFT, DetailKind, PartyKind, told_from_others
from undaunted.repression.dossiers.writers.annexes import nameless_told
from undaunted.repression.dossiers.writers.citing import (
    act_line,
    day_told,
    evidence_told,
    fact_named,
    typed,
    until_told,
)
from undaunted.repression.dossiers.writers.laws import laws_told
from undaunted.repression.dossiers.writers.reasons import measures_told, reasons_told
from undaunted.repression.dossiers.writers.searches import (
    searched_head,
    searched_told,
    searches_told,
)
from undaunted.repression.dossiers.writers.sources import sources_told
from undaunted.repression.dossiers.writers.summing import summary_told, weighed_head
from undaunted.repression.dossiers.writers.terms import in_words
from undaunted.repression.sanctions.rules import Fit, facts
from undaunted.site.components.dates import partial_date
from undaunted.site.english import law_told
from undaunted.site.languages import arrow_onward, direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.editions.rules import Block, Text
    from undaunted.repression.dossiers.rules import (
        FactTold,
        PaperTold,
        PersonTold,
        QuestionTold,
    )

__all__ = ["MEDIA", "submission_paper", "write_submission_files"]

MEDIA: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def write_submission_files(paper: PaperTold, *, moment: int) -> dict[str, tuple[str, bytes]]:
    """Give the paper for Word and as PDF, and the draft that is read until it is released.

    By name, each with its kind. The draft says so on every page and tells the same.
    """
    with override(paper.language):
        laid = submission_paper(paper)
        draft = submission_paper(paper, draft=True)
        return {
            "submission.docx": (MEDIA["docx"], write_paper_word(laid, moment=moment)),
            "submission.pdf": (MEDIA["pdf"], write_paper_pdf(laid, moment=moment)),
            DRAFT: (MEDIA["pdf"], write_paper_pdf(draft, moment=moment)),
        }


def submission_paper(paper: PaperTold, *, draft: bool = False) -> Paper:
    """Lay a submission out in the language that is active."""
    rtl = direction(paper.language) == "rtl"
    blocks = tuple(_chapters(paper))
    document = Document(
        title=paper.title,
        subtitle="",
        language=paper.language,
        publisher=paper.publisher,
        as_of=paper.day,
        known_at=paper.day.isoformat(),
        blocks=tuple(kept_apart(blocks)) if rtl else blocks,
        hypothetical=paper.hypothetical,
    )
    heads = _heads(paper)
    if rtl:
        heads = tuple((label, apart_in_words(told)) for label, told in heads)
    marking = f"TLP:{paper.tlp} · {typed(paper.recipient)} · {paper.watermark}"
    kicker = _("Submission on targeted sanctions")
    if draft:
        kicker, marking = f"{draft_text()} · {kicker}", f"{draft_text()} · {marking}"
    return Paper(document, kicker, marking, heads)


def _heads(paper: PaperTold) -> tuple[tuple[str, str], ...]:
    # where the facts of some do not meet the law, the reasons say for each what is asked
    whole = paper.measures and all(each.test.fit is Fit.FITS for each in paper.people)
    asked = ((_("Measures asked for"), measures_told(paper.measures)),) if whole else ()
    return (
        (pgettext("addressee of a paper", "For"), typed(paper.recipient)),
        (_("Submitted by"), typed(paper.publisher)),
        (_("Under"), typed(paper.law)),
        *asked,
        (_("State whose officials it is about"), state_name(paper.country)),
        (_("Number"), paper.number),
        (_("Day"), partial_date(paper.day.isoformat()).text),
        (_("Copy"), paper.watermark),
    )


def _chapters(paper: PaperTold) -> Iterator[Block]:
    done = pgettext("chapter of a paper", "What was done")
    yield Notice(_("Allegations"), (_told_first(),))
    yield Paragraph((_grades_told(),))
    yield Section("summary", _("Summary"), tuple(summary_told(paper)))
    if reasons := tuple(reasons_told(paper)):
        yield Section("reasons", _("Draft of a statement of reasons"), reasons)
    for place, person in enumerate(paper.people, 1):
        yield from _person(place, person)
    yield Section("searched", searched_head(), tuple(searches_told(paper)))
    yield Section("conduct", done, tuple(_conduct(paper)))
    yield Section("law", _("The law, element by element"), tuple(laws_told(paper)))
    yield Section("sources", _("Sources"), tuple(sources_told(paper)))
    yield Section("annexes", _("Annexes"), tuple(_annexes(paper)))
    yield Section("about", _("About this paper"), tuple(_about(paper)))


def _told_first() -> str:
    return _(
        "What follows are allegations. Each rests on the evidence that is named with it and its "
        "grade. What speaks for each person stands in this paper as well. Nobody is given a score; "
        "the decision is the recipient's."
    )


def _person(place: int, person: PersonTold) -> Iterator[Block]:
    yield Section(
        f"person-{place}",
        _("%(name)s: who it is") % {"name": typed(person.label)},
        tuple(_identity(place, person)),
    )
    yield Section(
        f"link-{place}",
        _("%(name)s: part in what was done") % {"name": typed(person.label)},
        tuple(_linked(person)),
    )
    yield Section(
        f"weighed-{place}",
        weighed_head(person),
        tuple(_weighed(person)),
    )


def _identity(place: int, person: PersonTold) -> Iterator[Block]:
    yield Table(
        f"identity-{place}",
        _("Identification"),
        (Column("what", pgettext("detail of a person", "What")), Column("told", _("As recorded")),
         Column("rests", _("Evidence"))),
        tuple(
            (in_words("DetailKind", kind), Name(_dated(kind, text)), evidence_told(evidence))
            for kind, text, evidence in person.details
        ),
    )  # fmt: skip
    kinds = {DetailKind(kind) for kind, _text, _evidence in person.details}
    if person.kind == PartyKind.PERSON and not told_from_others(kinds):
        yield Notice("", (_namesakes_told(),))
    if person.posts:
        yield Table(
            f"posts-{place}",
            _("Posts and periods"),
            (Column("post", _("Post")), Column("above", _("Answered to")),
             Column("from", _("From")), Column("to", _("Until")),
             Column("rests", _("Evidence"))),
            tuple(
                (typed(each.office), typed(each.above) or "—", day_told(each.start),
                 until_told(each.end), evidence_told(each.evidence))
                for each in person.posts
            ),
        )  # fmt: skip
    yield from searched_told(person)


def _namesakes_told() -> str:
    return _(
        "No birth, nationality, paper, photo or address is recorded: by posts alone this person "
        "is told from namesakes."
    )


def _linked(person: PersonTold) -> Iterator[Block]:
    for link in person.links:
        title = fact_named(link.mode)
        yield Paragraph((Strong(_("Act %(number)s") % {"number": link.act}), f" · {title}"))
        yield Paragraph((typed(link.reasons),))
        yield Paragraph((evidence_told(link.evidence),))
    for fact in person.facts:
        yield from _fact(fact)
    if person.questions:
        yield Notice(_("Questions of command, not findings"), (_asked_of_command(),))
        yield Bullets(tuple((_question(each),) for each in person.questions))


def _asked_of_command() -> str:
    return _(
        "By posts and periods this person stood above somebody who is linked to an act. Whether "
        "they knew of it, and could have prevented or punished it, is not shown by that."
    )


def _question(asked: QuestionTold) -> str:
    told = _("Act %(number)s: above %(name)s by these posts: %(posts)s.") % {
        "number": asked.act,
        "name": typed(asked.below),
        "posts": f" {arrow_onward()} ".join(map(typed, asked.offices)),
    }
    if asked.certain:
        return told
    return f"{told} {_('The dates leave open whether each post was held then.')}"


def _weighed(person: PersonTold) -> Iterator[Block]:
    yield Paragraph((Strong(_("The person's own account")),
                     f" · {in_words('Reply', person.reply)}"))  # fmt: skip
    yield Paragraph((typed(person.reply_note) or "—",))
    for each in person.statements:
        yield Paragraph((Strong(in_words("Weighed", each.kind)),))
        yield from (
            Paragraph((typed(part.strip()),)) for part in each.body.split("\n") if part.strip()
        )
        if each.evidence:
            yield Paragraph((evidence_told(each.evidence),))


def _conduct(paper: PaperTold) -> Iterator[Block]:
    for act in paper.acts:
        yield Paragraph((Strong(_("Act %(number)s") % {"number": act.label}), act_line(act)))
        told = [typed(text) for text in (act.place, act.authority, act.law) if text]
        if told:
            yield Paragraph((" · ".join(told),))
        for fact in act.findings:
            yield from _fact(fact)


def _fact(fact: FactTold) -> Iterator[Block]:
    told = f": {in_words('Value', fact.value)}. {typed(fact.reasons)} "
    yield Bullets(((Strong(fact_named(fact.fact)), told, evidence_told(fact.evidence)),))


def _annexes(paper: PaperTold) -> Iterator[Block]:
    if paper.annexes:
        yield Paragraph((_annexes_told(),))
        points: list[Text] = [
            (Strong(_("Annex %(number)s") % {"number": each.number}),
             f" · {typed(each.title)} · {each.name} · SHA-256 {each.sha256}",
             f" · {_('original')} SHA-256 {each.original}" if each.original else "",
             f" · {_redacted_told(each.redacted)}" if each.redacted else "",
             f" · {_looked_told()}" if each.looked_at else "")
            for each in paper.annexes
        ]  # fmt: skip
        yield Bullets(tuple(points))
    else:
        yield Paragraph((_("No annex goes along."),))
    if paper.sealed:
        yield Paragraph((_sealed_told(),))
    else:
        yield Paragraph((_("Who the victims are does not go along."),))
    yield from (Paragraph((nameless_told(each),)) for each in paper.nameless)


def _redacted_told(ground: str) -> str:
    return _("redacted: %(ground)s") % {"ground": in_words("Ground", ground)}


def _looked_told() -> str:
    return _("its pictures were looked at by two people, as no program finds names in them")


def _annexes_told() -> str:
    return _(
        "Copies without hidden data go along; the digest tells whether one is unchanged. The "
        "originals stay with the publisher under the digests that are given."
    )


def _sealed_told() -> str:
    return _(
        "Who the victims are, of those who agreed that this recipient learns it, lies in the file "
        "victims.age, which only the recipient's key opens."
    )


def _about(paper: PaperTold) -> Iterator[Block]:
    yield Paragraph((_law_told(),))
    lacking = {
        name
        for person in paper.people
        for element in person.test.elements
        for way in element.wants
        for name in way
    }
    named = [each for each in facts().values() if each.id in lacking]
    if named:
        yield Paragraph((Strong(_("What would show the facts that lack")),))
        yield Bullets(
            tuple((Strong(law_told(each.title)), f": {law_told(each.evidence)}") for each in named)
        )


def _grades_told() -> str:
    return _(
        "Grades: a letter for the source, A completely reliable to E unreliable, F not to be "
        "judged; a figure for the information, 1 confirmed to 5 improbable, 6 not to be judged."
    )


def _law_told() -> str:
    return _(
        "The test asks what the law of the day asks; how its text was read stands beside it. It is "
        "no legal advice."
    )


def _dated(kind: str, text: str) -> str:
    return day_told(text) if kind == "birth" else text
