"""What a letter says, section by section, in one of its two versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from undaunted.coercion.screening.rules import Answer, LetterKind, Version
from undaunted.coercion.screening.writers.exposure_chapter import exposure_chapter
from undaunted.coercion.screening.writers.proofs import proof_told
from undaunted.coercion.screening.writers.terms import FOUND, KNOWN, VERDICTS
from undaunted.core.editions.rules import (
    Bullets,
    Column,
    Name,
    Notice,
    Paragraph,
    Section,
    Strong,
    Table,
)
from undaunted.site.components.dates import date_text
from undaunted.site.english import law_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.coercion.screening.rules import (
        ConditionLine,
        DecisionPart,
        EvidenceLine,
        Letter,
        OwnershipLine,
        RecourseLine,
    )
    from undaunted.core.editions.rules import Block, Text

__all__ = ["chapters"]

_WEIGHS = frozenset({LetterKind.NOTICE, LetterKind.DECISION})
"""Letters that tell who owns the investor and what was weighed."""
_ASKS = frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.REQUEST})
"""Letters to whoever filed, who is not told what the authority holds."""


def chapters(letter: Letter, version: Version) -> Iterator[Block]:
    """Give the blocks of a letter; runs in its language."""
    yield from _opening(letter, version)
    yield from _asked(letter, version)
    yield from _deal(letter, version)
    yield from _notified(letter, version)
    if letter.kind in _WEIGHS:
        yield from _ownership(letter, version)
        shown = (each for each in letter.facts.exposure if _readable(each.secret, version))
        yield from exposure_chapter(shown)
        yield from _factors(letter, version)
    if letter.decision is not None:
        yield from _decided(letter.decision, version)
    else:
        yield from _deadlines(letter)
    if letter.kind not in _ASKS:
        yield from _evidence(letter, version)
    if letter.decision is not None:
        yield from _recourse(letter.decision.recourse)
        if letter.decision.signed:
            yield Paragraph((Strong(letter.decision.signed),))
    if not letter.facts.verified:
        yield Notice(
            "",
            (_("Not every rule named here was read at its source: check the law before sending."),),
        )


def _opening(letter: Letter, version: Version) -> Iterator[Block]:
    names = {"authority": letter.facts.authority, "target": letter.facts.target}
    if version is Version.OPEN:
        yield Paragraph((_("In this version, secrets are left out or summed up."),))
    if letter.decision is not None:
        yield Paragraph((Strong(str(VERDICTS[letter.decision.kind])),))
    elif letter.kind is LetterKind.ACKNOWLEDGEMENT:
        yield Paragraph((_receipt(letter),))
    elif letter.kind is LetterKind.NOTICE:
        told = _("%(authority)s screens an investment in %(target)s and asks you for comments.")
        yield Paragraph((told % names,))
    yield from _told(letter.says.read(version))


def _receipt(letter: Letter) -> str:
    filed = letter.facts.filed or letter.on
    if letter.asks:
        told = _("Your notification was received on %(date)s. It is not complete; it lacks:")
    else:
        told = _("Your notification was received on %(date)s and is complete.")
    return told % {"date": date_text(filed)}


def _asked(letter: Letter, version: Version) -> Iterator[Block]:
    asked = tuple((Name(each.read(version)),) for each in letter.asks if each.read(version).strip())
    if asked:
        yield Bullets(asked)
    if letter.answer_by is None:
        if letter.stops:
            yield Paragraph((_("Periods stand still until your answer."),))
        return
    day = {"date": date_text(letter.answer_by)}
    if letter.stops:
        told = _("Please answer by %(date)s. Periods stand still until your answer.") % day
    else:
        told = _("Please answer by %(date)s.") % day
    yield Paragraph((told,))


def _deal(letter: Letter, version: Version) -> Iterator[Block]:
    facts = letter.facts
    rows: list[Text] = [
        (Strong(_("Investor")), ": ", Name(facts.investor)),
        (Strong(_("Target company")), ": ", Name(facts.target)),
    ]
    value = facts.value.read(version)
    if value:
        rows.append((Strong(_("Value")), ": ", Name(value)))
    told = _told(facts.deal.read(version))
    yield Section("deal", _("The investment"), (Bullets(tuple(rows)), *told))


def _notified(letter: Letter, version: Version) -> Iterator[Block]:
    told = tuple(
        (Strong(title), ": ", Name(text.read(version)))
        for title, text in letter.facts.notified
        if text.read(version).strip()
    )
    if told:
        yield Section("notified", _("What the notification says"), (Bullets(told),))


def _ownership(letter: Letter, version: Version) -> Iterator[Block]:
    shown = [each for each in letter.facts.ownership if _readable(each.secret, version)]
    if not shown:
        return
    blocks: list[Block] = []
    for each in shown:
        blocks.append(Paragraph(_owner(each, letter.facts.investor)))
        if each.proof:
            blocks.append(proof_told(each.proof))
    yield Section("ownership", _("Who controls the investor"), tuple(blocks))


def _owner(line: OwnershipLine, investor: str) -> Text:
    state = f" ({line.state})" if line.state and line.state != line.owner else ""
    names = {"owner": f"{line.owner}{state}", "investor": investor, "held": line.held}
    if line.law:
        return (_test(line) % (names | {"law": line.law}),)
    if line.controls is Answer.MUST:
        told = _("%(owner)s controls %(investor)s: with what it controls, it holds %(held)s of it.")
    elif line.controls is Answer.MAY:
        told = _(
            "%(owner)s may control %(investor)s: with what it controls, it holds %(held)s, as far "
            "as is known."
        )
    else:
        told = _("%(owner)s holds %(held)s of %(investor)s and does not control it.")
    return (told % names,)


def _test(line: OwnershipLine) -> str:
    if line.controls is Answer.MUST:
        return _(
            "%(owner)s meets the test of %(law)s in %(investor)s: with what it controls, it holds "
            "%(held)s of it."
        )
    if line.controls is Answer.MAY:
        return _(
            "%(owner)s may meet the test of %(law)s in %(investor)s: it holds %(held)s, as far as "
            "is known."
        )
    return _("%(owner)s holds %(held)s of %(investor)s and does not meet the test of %(law)s.")


def _factors(letter: Letter, version: Version) -> Iterator[Block]:
    points: list[Text] = []
    for each in letter.facts.factors:
        reasons = each.reasons.read(version)
        points.append(
            (
                Strong(law_told(each.title)),
                f": {FOUND[each.found]}. ",
                Name(reasons),
                _cited(each.evidence),
            )
        )
    if points:
        yield Section("factors", _("What was weighed"), (Bullets(tuple(points)),))


def _cited(numbers: Iterable[int]) -> str:
    told = ", ".join(str(each) for each in numbers)
    return f" [{told}]" if told else ""


def _decided(decision: DecisionPart, version: Version) -> Iterator[Block]:
    texts = (decision.reasons, decision.no_less, decision.account)
    blocks = (
        *(block for each in texts for block in _told(each.read(version))),
        *_early(decision, version),
    )
    if blocks:
        yield Section("reasons", _("Reasons"), blocks)
    if decision.conditions:
        lines = tuple(_condition(each, version) for each in decision.conditions)
        yield Section("conditions", _("Conditions"), (Bullets(lines),))


def _early(decision: DecisionPart, version: Version) -> Iterator[Block]:
    """Give which periods of partners had not ended, and why the decision did not wait for them."""
    if decision.early:
        yield Paragraph((_("When this is decided, partner authorities can still speak:"),))
        yield Bullets(
            tuple(
                (
                    each.title,
                    f": {_('stands still') if each.due is None else date_text(each.due)}",
                    " (",
                    Name(each.law),
                    ")",
                )
                for each in decision.early
            )
        )
    yield from _told(decision.urgent.read(version))
    if decision.urgent_told_on is not None:
        said = _("Partner authorities were told on %(date)s that this decision does not wait:")
        words = said % {"date": date_text(decision.urgent_told_on)}
        yield Paragraph((f"{words} ", Name(decision.urgent_told_to)))


def _condition(line: ConditionLine, version: Version) -> Text:
    """Give a condition; one that is not in the register yet has no days on which it is watched."""
    if not line.months:
        return (Name(line.text.read(version)),)
    span = ngettext(
        "From %(date)s, looked at every month by %(who)s.",
        "From %(date)s, looked at every %(months)s months by %(who)s.",
        line.months,
    ) % {"date": date_text(line.since), "months": line.months, "who": line.watched_by}
    told = line.text.read(version)
    end = ""
    if line.until is not None:
        end = " " + _("Until %(date)s.") % {"date": date_text(line.until)}
    return (Name(told), " " if told else "", span, end)


def _deadlines(letter: Letter) -> Iterator[Block]:
    if not letter.deadlines:
        return
    columns = (
        Column("what", _("Deadline")),
        Column("day", _("Day")),
        Column("law", _("Law")),
        Column("known", _("How well it is known")),
    )
    rows = tuple(
        (each.title, date_text(each.due), each.law, str(KNOWN[each.known]))
        for each in letter.deadlines
    )
    yield Section("deadlines", _("Deadlines"), (Table("calendar", _("Deadlines"), columns, rows),))


def _evidence(letter: Letter, version: Version) -> Iterator[Block]:
    if not letter.facts.evidence:
        return
    lines = tuple(_piece(each, version) for each in letter.facts.evidence)
    yield Section("evidence", _("Evidence"), (Bullets(lines),))


def _piece(line: EvidenceLine, version: Version) -> Text:
    number = Strong(f"[{line.number}] ")
    if not _readable(line.secret, version):
        return (number, _("confidential"))
    on = f", {date_text(line.on)}" if line.on else ""
    return (number, Name(line.title), "; ", Name(line.source), on)


def _recourse(lines: Iterable[RecourseLine]) -> Iterator[Block]:
    told = tuple(_one_recourse(each) for each in lines)
    if told:
        yield Section("recourse", _("Where this can be contested"), (Bullets(told),))


def _one_recourse(line: RecourseLine) -> Text:
    within = law_told(line.within) or _("no time was read; see national law")
    last = ""
    if line.until is not None:
        last = " " + _("Last day, if received today: %(date)s.") % {"date": date_text(line.until)}
    known = f"; {KNOWN[line.known]})"
    return (Strong(law_told(line.body)), f": {within}.{last} (", Name(line.law), known)


def _told(text: str) -> Iterator[Block]:
    """Give each paragraph of a text."""
    for part in text.split("\n\n"):
        if part.strip():
            yield Paragraph((Name(part.strip()),))


def _readable(secret: bool, version: Version) -> bool:  # noqa: FBT001 - private, one word
    return not secret or version is Version.CONFIDENTIAL
