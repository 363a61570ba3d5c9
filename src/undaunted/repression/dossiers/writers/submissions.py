"""A submission as one paper for Word and as PDF: everything in it is told in the paper's language.

Laws and what was typed stand as they were written; facts and elements in the paper's language where
it has them. No victim has a name here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from undaunted.core.commitments.writers import state_name
from undaunted.core.commitments.writers import told as word_told
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
from undaunted.core.events.rules import VocabularyUnknown, labels
from undaunted.repression.dossiers.writers.terms import in_words
from undaunted.repression.sanctions.rules import facts
from undaunted.repression.sanctions.writers import act_told, scattered_sentence
from undaunted.site.components.dates import partial_date
from undaunted.site.english import law_told, refusal_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.editions.rules import Block, Text
    from undaunted.repression.dossiers.rules import (
        ActTold,
        EvidenceTold,
        FactTold,
        PaperTold,
        PersonTold,
        QuestionTold,
    )
    from undaunted.repression.sanctions.rules import ElementTest

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
            Section("summary", _("Summary"), tuple(_summary(paper))),
            *people,
            Section("conduct", _("What was done"), tuple(_conduct(paper))),
            Section("law", _("The law, element by element"), tuple(_laws(paper))),
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


def _summary(paper: PaperTold) -> Iterator[Block]:
    for part in paper.summary.split("\n"):
        if part.strip():
            yield Paragraph((part.strip(),))
    yield Bullets(tuple((Strong(person.label), _fit(person)) for person in paper.people))


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
            (in_words("DetailKind", kind), Name(_dated(kind, text)), _evidence(evidence))
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
                (each.office, each.above or "—", _day(each.start), _until(each.end),
                 _evidence(each.evidence))
                for each in person.posts
            ),
        )  # fmt: skip
    yield Paragraph((Strong(_("Lists that were searched")),))
    searched = ", ".join(person.searched) or _("No list is loaded.")
    yield Paragraph((f"{_('Searched on')} {_day(person.searched_on)}: {searched}",))
    if person.listed:
        yield Paragraph((_("Entries with a name alike; each is a question, not a finding:"),))
        yield Bullets(tuple((each,) for each in person.listed))
    else:
        yield Paragraph((_("No entry with a name alike was found."),))


def _linked(person: PersonTold) -> Iterator[Block]:
    for link in person.links:
        title = _named(link.mode)
        yield Paragraph((Strong(_("Act %(number)s") % {"number": link.act}), f" · {title}"))
        yield Paragraph((link.reasons,))
        yield Paragraph((_evidence(link.evidence),))
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
            yield Paragraph((_evidence(each.evidence),))


def _conduct(paper: PaperTold) -> Iterator[Block]:
    for act in paper.acts:
        yield Paragraph((Strong(_("Act %(number)s") % {"number": act.label}), _act_line(act)))
        told = [text for text in (act.place, act.authority, act.law) if text]
        if told:
            yield Paragraph((" · ".join(told),))
        for fact in act.findings:
            yield from _fact(fact)


def _act_line(act: ActTold) -> str:
    try:
        words = labels(act.vocabulary or "act_types", get_language() or "en").get(
            act.type, act.type
        )
    except VocabularyUnknown:
        words = act.type
    person = _("Person %(number)s") % {"number": act.person}
    return f" · {person} · {words} · {_day(act.start)} … {_until(act.end)}"


def _fact(fact: FactTold) -> Iterator[Block]:
    yield Bullets(
        ((Strong(_named(fact.fact)), f": {in_words('Value', fact.value)}. {fact.reasons} ",
          _evidence(fact.evidence)),)
    )  # fmt: skip


def _laws(paper: PaperTold) -> Iterator[Block]:
    for place, person in enumerate(paper.people, 1):
        test = person.test
        yield Paragraph((Strong(person.label), _fit(person)))
        if test.scattered:
            yield Paragraph((scattered_sentence(),))
        if test.law is not None:
            source = test.law.source
            status = word_told("SourceStatus", source.status.value)
            yield Paragraph((f"{source.citation} ({status})",))
        if test.elements:
            yield Table(
                f"law-{place}",
                paper.law,
                (Column("element", _("Element")), Column("state", _("State")),
                 Column("shown", _("Shown")), Column("wants", _("What would meet it"))),
                tuple(_element(each) for each in test.elements),
            )  # fmt: skip
        if test.why:
            yield Paragraph((refusal_told(test.why),))
        if test.outside:
            named = ", ".join(map(_named, test.outside))
            yield Paragraph((_("Shown, and not named by this law: %(facts)s.") % {"facts": named},))


def _fit(person: PersonTold) -> str:
    """Say how the facts stand under the law, and by which act."""
    told = f" · {in_words('Fit', person.test.fit)}"
    return f"{told} · {act_told(person.test.act)}" if person.test.act else told


def _element(each: ElementTest) -> tuple[str, str, str, str]:
    ways = [" + ".join(map(_named, way)) for way in each.wants]
    wants = f" {_('or')} ".join(ways) if ways else "—"
    if each.ruled_out:
        wants = _("It was found not to be so.")
    shown = ", ".join(map(_named, each.shown)) or "—"
    return law_told(each.title), in_words("ElementState", each.state), shown, wants


def _named(fact: str) -> str:
    """Give the title of a fact in the paper's language."""
    return law_told(facts()[fact].title)


def _annexes(paper: PaperTold) -> Iterator[Block]:
    if paper.annexes:
        yield Paragraph((_annexes_told(),))
        points: list[Text] = [
            (Strong(_("Annex %(number)s") % {"number": each.number}),
             f" · {each.title} · {each.name} · SHA-256 {each.sha256}",
             f" · {_('original')} SHA-256 {each.original}" if each.original else "",
             f" · {_redacted_told(each.redacted)}" if each.redacted else "")
            for each in paper.annexes
        ]  # fmt: skip
        yield Bullets(tuple(points))
    else:
        yield Paragraph((_("No annex goes along."),))
    if paper.sealed:
        yield Paragraph((_sealed_told(),))
    else:
        yield Paragraph((_("Who the victims are does not go along."),))


def _redacted_told(ground: str) -> str:
    return _("redacted: %(ground)s") % {"ground": in_words("Ground", ground)}


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
    yield Paragraph((_grades_told(),))
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


def _evidence(evidence: tuple[EvidenceTold, ...]) -> str:
    if not evidence:
        return _("No evidence is named.")
    told = []
    for each in evidence:
        where = f", {each.locator}" if each.locator else ""
        annex = f", {_('Annex %(number)s') % {'number': each.annex}}" if each.annex else ""
        told.append(f"{each.title} ({each.grade}{where}{annex})")
    return "; ".join(told)


def _dated(kind: str, text: str) -> str:
    return _day(text) if kind == "birth" else text


def _day(edtf: str) -> str:
    return partial_date(edtf).text if edtf else _("not known")


def _until(edtf: str) -> str:
    return partial_date(edtf).text if edtf else _("goes on")
