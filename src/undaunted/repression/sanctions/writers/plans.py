"""The action plan of a state as a document: for the page of an edition, Word and PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from undaunted.core.commitments.rules import instruments
from undaunted.core.commitments.writers import state_name
from undaunted.core.commitments.writers import told as word_told
from undaunted.core.editions.rules import (
    Bullets,
    Column,
    ColumnKind,
    Document,
    Link,
    Name,
    Notice,
    Paragraph,
    Section,
    Strong,
    Table,
    Unknown,
)
from undaunted.core.listings.writers import titled
from undaunted.core.places.rules.hypothetical import HYPOTHETICAL_CODES
from undaunted.repression.sanctions.rules import BOARD, ENFORCEMENT, Task
from undaunted.repression.sanctions.writers.wording import earlier_told, step_parts, told
from undaunted.site.components.clauses import clauses_text, commas_text
from undaunted.site.components.dates import date_text, partial_date
from undaunted.site.english import law_told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.commitments.rules import Standing
    from undaunted.core.editions.rules import Block, Cell, Text
    from undaunted.core.practices.rules import Source
    from undaunted.repression.sanctions.rules import Plan, Step, Uses

__all__ = ["plan_document", "stakes_kept"]

ENGLISH = "en"


def plan_document(plan: Plan, *, language: str, known_at: str) -> Document:
    """Lay the plan of a state out, in the language that is in use."""
    return Document(
        title=_("Targeted sanctions: action plan for %(state)s") % {"state": _named(plan)},
        subtitle=_("Adopt, use, enforce: as of %(day)s") % {"day": date_text(plan.on)},
        language=language,
        publisher="Undaunted",
        as_of=plan.on,
        known_at=known_at,
        blocks=tuple(_blocks(plan)),
        hypothetical=plan.state in HYPOTHETICAL_CODES,
        licence=_("Creative Commons Attribution 4.0. Name Undaunted and the edition."),
    )


def stakes_kept() -> str:
    """Say what of a file of stakes stays in an edition, before it is brought and in the edition."""
    return _(
        "Of a file of stakes an action plan keeps only companies that are on a list, or surely "
        "controlled by somebody on one, each with its row and source; it names no other owner."
    )


def _named(plan: Plan) -> str:
    return state_name(plan.state)


def _blocks(plan: Plan) -> Iterable[Block]:
    yield Section("steps", _("What could be done"), tuple(_steps(plan)))
    yield Section("adopt", told(Task.ADOPT), tuple(_standing(plan.adoption, BOARD, "adopt")))
    yield Section("use", told(Task.USE), tuple(_uses(plan)))
    enforced = [*_facts(plan), *_standing(plan.enforcement, ENFORCEMENT, "enforce")]
    yield Section("enforce", told(Task.ENFORCE), tuple(enforced))
    yield Section("enablers", _("Companies that listed people control"), tuple(_enablers(plan)))


def _steps(plan: Plan) -> Iterable[Block]:
    for task in Task:
        points = [_step(each) for each in plan.steps if each.task is task]
        if points:
            yield Paragraph((Strong(told(task)),))
            yield Bullets(tuple(points))
    yield Notice(
        _("How to read this."),
        (_("Each step follows from a fact below. States are not ranked, and nothing here says how "
           "much a state does; what nobody told is to be found out, and is not a no."),),
    )  # fmt: skip


def _standing(standing: Standing | None, board: str, key: str) -> Iterable[Block]:
    if standing is None:
        yield Notice(_("Not known."), (_("No statement about this state was accepted here."),))
        return
    current = standing.current.statement
    status = Strong(word_told("Status", standing.status))
    since = _("since %(day)s") % {"day": partial_date(current.since).text}
    yield Paragraph((status, " ", since, "."))
    for text in filter(None, (current.law, current.text)):
        yield Paragraph((text,), language=current.language)
    yield Paragraph(_sources(current.carriers), language=current.language)
    yield _features(standing, board, key)


def _facts(plan: Plan) -> Iterable[Block]:
    """Give every fact of enforcement before the last, which the standing tells."""
    for known in plan.facts[:-1]:
        each = known.statement
        words = " ".join(filter(None, (each.law + ".", each.text)))
        day = Strong(f"{partial_date(each.since).text}: ")
        yield Paragraph((day, words, " ", *_sources(each.carriers)), language=each.language)


def _features(standing: Standing, board: str, key: str) -> Table:
    instrument = instruments()[board]
    rows = []
    for feature in instrument.features:
        answer = word_told("Answer", standing.answers[feature.code])
        clause, sources = _clause(standing, feature.code)
        rows.append((Name(feature.short, ENGLISH), answer, Name(clause, ENGLISH), Name(sources)))
    return Table(
        f"{key}-features",
        instrument.title,
        (
            Column("feature", _("Feature")),
            Column("answer", _("Answer")),
            Column("clause", _("Clause")),
            Column("sources", _("Sources")),
        ),
        tuple(rows),
        keys=instrument.codes,
    )


def _clause(standing: Standing, code: str) -> tuple[str, str]:
    """Give where a feature stands, and who says so with how well that is known."""
    if code not in standing.told:
        return "", ""
    told_of, known = standing.told[code]
    sources = [each for each in known.statement.sources if each.id in told_of.sources]
    named = (f"{each.publisher} ({word_told('SourceStatus', each.status)})" for each in sources)
    return told_of.clause, clauses_text(named)


def _uses(plan: Plan) -> Iterable[Block]:
    counted = [each for each in plan.uses if each.read is not None]
    named = {each.code: each for each in plan.authorities}
    if counted:
        columns = [Column("year", _("Year"))]
        columns += [
            Column(each.authority, named[each.authority].short, ColumnKind.WHOLE)
            for each in counted
        ]
        rows: list[tuple[Cell, ...]] = [
            (str(year), *(_in_year(each, year) for each in counted)) for year in plan.years
        ]
        rows.append((_("No day told"), *(each.undated for each in counted)))
        rows.append((_("Together"), *(each.total for each in counted)))
        keys: tuple[str, ...] = (*map(str, plan.years), "undated", "total")
        if any(each.entries != each.total for each in counted):
            rows.append((_("Entries"), *(each.entries for each in counted)))
            keys = (*keys, "entries")
        yield Table("designations", _("Designations by year"), tuple(columns), tuple(rows), keys)
    for each in plan.uses:
        short = Strong(named[each.authority].short)
        yield Paragraph((short, " ", _use_told(each)))
    if not plan.uses:
        yield Paragraph((_("The register holds no law of this state."),))


def _in_year(uses: Uses, year: int) -> Cell:
    """Give how many a year of the law has; entries without a day may belong to one without any."""
    number = uses.known(year)
    return Unknown(_("not known")) if number is None and year in uses.by_year else number


def _step(step: Step) -> Text:
    before, about, behind = step_parts(step)
    said = law_told(about)
    named = Name(said, ENGLISH if said == about else "")
    return tuple(each for each in (before, about and named, behind) if each)


def _use_told(uses: Uses) -> str:
    read = uses.read
    if read is None:
        return _("No list that names this law is loaded, or none is known: nothing is counted.")
    said = [
        _("Counted on %(list)s, version %(number)d, which tells up to %(day)s.")
        % {"list": titled(read.source), "number": read.number, "day": date_text(read.seen)}
    ]
    if not read.exact:
        said.append(_("The programme of the list holds entries under other laws too."))
    if earlier := earlier_told(uses):
        said.append(earlier)
    if uses.unused:
        years = {"years": commas_text(map(str, uses.unused))}
        said.append(
            _("Years without a designation: %(years)s.") % years
            if uses.sure
            else _("No dated designation: %(years)s. That there was none is not known.") % years
        )
    said.append(_("What left the list before that version is not counted."))
    return " ".join(said)


def _enablers(plan: Plan) -> Iterable[Block]:
    held = plan.enablers
    if held is None:
        yield Paragraph((_("No file of stakes was given; nothing is said about companies."),))
        return
    about = {"file": held.file, "digest": held.digest[:12], "number": len(held.asked)}
    yield Paragraph(
        (_("File %(file)s (SHA-256 %(digest)s…). Owners in it that stand under the laws above: "
           "%(number)d. That a company is controlled does not say that it did anything.") % about,)
    )  # fmt: skip
    if held.narrowed:
        yield Paragraph((stakes_kept(),))
    if held.found:
        yield Table(
            "controlled",
            _("Companies that listed people control"),
            (
                Column("company", _("Company")),
                Column("held", _("How")),
                Column("by", _("By")),
                Column("listed", _("Listed itself")),
                Column("proof", _("What shows it")),
            ),
            tuple(
                (Name(each.company), told(each.held), Name(f"{each.name} ({each.entry})"),
                 Name(each.listed), Name(" ".join(each.proof), ENGLISH))
                for each in held.found
            ),
        )  # fmt: skip


def _sources(sources: Iterable[Source]) -> Text:
    pieces: list[Any] = []
    for each in sources:
        status = word_told("SourceStatus", each.status)
        pieces += [Link(each.title, each.url), f" ({each.publisher}, {each.date}; {status}) "]
    return tuple(pieces)
