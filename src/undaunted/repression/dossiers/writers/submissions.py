"""A submission as one paper for Word and as PDF: everything in it is told in the paper's language.

Laws and what was typed stand as they were written; facts and elements in the paper's language where
it has them. No victim has a name here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

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
)
from undaunted.core.editions.writers import Paper, write_paper_pdf, write_paper_word
from undaunted.repression.dossiers.writers.citing import (
    act_line,
    day_told,
    evidence_told,
    fact_named,
    until_told,
)
from undaunted.repression.dossiers.writers.laws import laws_told
from undaunted.repression.dossiers.writers.searches import searched_told
from undaunted.repression.dossiers.writers.summing import summary_told
from undaunted.repression.dossiers.writers.terms import in_words
from undaunted.repression.sanctions.rules import facts
from undaunted.site.components.dates import partial_date
from undaunted.site.english import law_told

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
    """Give the paper for Word and as PDF, by name, with its kind."""
    with override(paper.language):
        laid = submission_paper(paper)
        return {
            "submission.docx": (MEDIA["docx"], write_paper_word(laid, moment=moment)),
            "submission.pdf": (MEDIA["pdf"], write_paper_pdf(laid, moment=moment)),
        }


def submission_paper(paper: PaperTold) -> Paper:
    """Lay a submission out in the language that is active."""
    people = [each for one in enumerate(paper.people, 1) for each in _person(*one)]
    document = Document(
        title=paper.title,
        subtitle="",
        language=paper.language,
        publisher=paper.publisher,
        as_of=paper.day,
        known_at=paper.day.isoformat(),
        blocks=(
            Notice(_("Allegations"), (_told_first(),)),
            Paragraph((_grades_told(),)),
            Section("summary", _("Summary"), tuple(summary_told(paper))),
            *people,
            Section("conduct", _("What was done"), tuple(_conduct(paper))),
            Section("law", _("The law, element by element"), tuple(laws_told(paper))),
            Section("annexes", _("Annexes"), tuple(_annexes(paper))),
            Section("about", _("About this paper"), tuple(_about(paper))),
        ),
        hypothetical=paper.hypothetical,
    )
    heads = (
        (_("For"), paper.recipient),
        (_("Under"), paper.law),
        (_("State whose officials it is about"), state_name(paper.country)),
        (_("Number"), paper.number),
        (_("Day"), partial_date(paper.day.isoformat()).text),
        (_("Copy"), paper.watermark),
    )
    marking = f"TLP:{paper.tlp} · {paper.recipient} · {paper.watermark}"
    return Paper(document, _("Submission on targeted sanctions"), marking, heads)


def _told_first() -> str:
    return _(
        "What follows are allegations. Each rests on the evidence that is named with it and its "
        "grade. What speaks for each person stands in this paper as well. Nobody is given a score; "
        "the decision is the recipient's."
    )


def _person(place: int, person: PersonTold) -> Iterator[Block]:
    yield Section(
        f"person-{place}",
        _("%(name)s: who it is") % {"name": person.label},
        tuple(_identity(place, person)),
    )
    yield Section(
        f"link-{place}",
        _("%(name)s: part in what was done") % {"name": person.label},
        tuple(_linked(person)),
    )
    yield Section(
        f"weighed-{place}",
        _("%(name)s: what speaks for the person") % {"name": person.label},
        tuple(_weighed(person)),
    )


def _identity(place: int, person: PersonTold) -> Iterator[Block]:
    yield Table(
        f"identity-{place}",
        _("Identification"),
        (Column("what", _("What")), Column("told", _("As recorded")),
         Column("rests", _("Evidence"))),
        tuple(
            (in_words("DetailKind", kind), Name(_dated(kind, text)), evidence_told(evidence))
            for kind, text, evidence in person.details
        ),
    )  # fmt: skip
    if person.posts:
        yield Table(
            f"posts-{place}",
            _("Posts and periods"),
            (Column("post", _("Post")), Column("above", _("Answered to")),
             Column("from", _("From")), Column("to", _("Until")),
             Column("rests", _("Evidence"))),
            tuple(
                (each.office, each.above or "—", day_told(each.start), until_told(each.end),
                 evidence_told(each.evidence))
                for each in person.posts
            ),
        )  # fmt: skip
    yield from searched_told(person)


def _linked(person: PersonTold) -> Iterator[Block]:
    for link in person.links:
        title = fact_named(link.mode)
        yield Paragraph((Strong(_("Act %(number)s") % {"number": link.act}), f" · {title}"))
        yield Paragraph((link.reasons,))
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
        "name": asked.below,
        "posts": " → ".join(asked.offices),
    }
    if asked.certain:
        return told
    return f"{told} {_('The dates leave open whether each post was held then.')}"


def _weighed(person: PersonTold) -> Iterator[Block]:
    yield Paragraph((Strong(_("The person's own account")),
                     f" · {in_words('Reply', person.reply)}"))  # fmt: skip
    yield Paragraph((person.reply_note or "—",))
    for each in person.statements:
        yield Paragraph((Strong(in_words("Weighed", each.kind)),))
        yield from (Paragraph((part.strip(),)) for part in each.body.split("\n") if part.strip())
        if each.evidence:
            yield Paragraph((evidence_told(each.evidence),))


def _conduct(paper: PaperTold) -> Iterator[Block]:
    for act in paper.acts:
        yield Paragraph((Strong(_("Act %(number)s") % {"number": act.label}), act_line(act)))
        told = [text for text in (act.place, act.authority, act.law) if text]
        if told:
            yield Paragraph((" · ".join(told),))
        for fact in act.findings:
            yield from _fact(fact)


def _fact(fact: FactTold) -> Iterator[Block]:
    yield Bullets(
        ((Strong(fact_named(fact.fact)), f": {in_words('Value', fact.value)}. {fact.reasons} ",
          evidence_told(fact.evidence)),)
    )  # fmt: skip


def _annexes(paper: PaperTold) -> Iterator[Block]:
    if paper.annexes:
        yield Paragraph((_annexes_told(),))
        points: list[Text] = [
            (Strong(_("Annex %(number)s") % {"number": each.number}),
             f" · {each.title} · {each.name} · SHA-256 {each.sha256}",
             f" · {_('original')} SHA-256 {each.original}" if each.original else "",
             f" · {_redacted_told(each.redacted)}" if each.redacted else "",
             f" · {_looked_told()}" if each.looked_at else "")
            for each in paper.annexes
        ]  # fmt: skip
        yield Bullets(tuple(points))
    else:
        yield Paragraph((_("No annex goes along."), " ", _asked_for(paper)))
    if paper.sealed:
        yield Paragraph((_sealed_told(),))
    else:
        yield Paragraph((_("Who the victims are does not go along."),))


def _redacted_told(ground: str) -> str:
    return _("redacted: %(ground)s") % {"ground": in_words("Ground", ground)}


def _looked_told() -> str:
    return _("its pictures were looked at by two people, as no program finds names in them")


def _annexes_told() -> str:
    return _(
        "Copies without hidden data go along; the digest tells whether one is unchanged. The "
        "originals stay with the publisher under the digests that are given."
    )


def _asked_for(paper: PaperTold) -> str:
    return _(
        "Ask %(publisher)s for the evidence by the number of the copy, %(copy)s, and the title of "
        "the source; it is given where those whom it concerns agree."
    ) % {"publisher": paper.publisher, "copy": paper.watermark}


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
