"""The summary of a paper: as it was typed, or put together from what the paper itself tells.

One that is put together tells of nothing that is not in the paper: no act that is left out, no
person it is not about. So it may stand wherever a typed one may tell of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Bullets, Paragraph, Strong
from undaunted.repression.dossiers.rules import Weighed
from undaunted.repression.dossiers.writers.citing import act_line, fact_named, typed
from undaunted.repression.dossiers.writers.laws import fit_told
from undaunted.repression.dossiers.writers.terms import in_words
from undaunted.repression.sanctions.writers import act_told, and_list, test_sentence
from undaunted.site.components.clauses import clauses_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.editions.rules import Block
    from undaunted.repression.dossiers.rules import ActTold, PaperTold, PersonTold

__all__ = ["summary_told", "weighed_head"]


def summary_told(paper: PaperTold) -> Iterator[Block]:
    """Tell the summary, and how the facts about each person stand under the law."""
    if paper.neutral:
        yield Paragraph((_put_together(),))
        yield Bullets(tuple((Strong(act_told(int(act.label))), _act(act)) for act in paper.acts))
        yield Bullets(
            tuple(
                (Strong(typed(one.label)), f": {f'{_accused(one)} {_weighed(one)}'.strip()}")
                for one in paper.people
            )
        )
        yield from _asked_by_law(paper)
        return
    for part in paper.summary.split("\n"):
        if part.strip():
            yield Paragraph((typed(part.strip()),))
    yield Bullets(tuple((Strong(typed(person.label)), fit_told(person)) for person in paper.people))


def weighed_head(person: PersonTold) -> str:
    """Give the heading of the chapter of what speaks for somebody."""
    return _("%(name)s: what speaks for the person") % {"name": typed(person.label)}


def _put_together() -> str:
    return _("This summary is put together from what stands in this paper.")


def _act(act: ActTold) -> str:
    """Tell an act with its place and the facts that were found of it."""
    place = f" · {typed(act.place)}" if act.place else ""
    found = clauses_text(
        f"{fact_named(e.fact)}: {in_words('Value', e.value)}" for e in act.findings
    )
    return f"{act_line(act)}{place}{f' · {found}' if found else ''}"


def _accused(person: PersonTold) -> str:
    """Tell in which way somebody had a part in which acts, as alleged."""
    modes: dict[str, list[str]] = {}
    for link in person.links:
        modes.setdefault(link.mode, []).append(act_told(int(link.act)))
    parts = [
        _("%(part)s, as alleged: %(acts)s.") % {"part": fact_named(mode), "acts": and_list(acts)}
        for mode, acts in modes.items()
    ]
    several = fit_told(person) if len(person.alone) > 1 else ""
    return " ".join(parts) + several


def _weighed(person: PersonTold) -> str:
    """Count what speaks for somebody and say where it is read, and nothing of what it says."""
    return _(
        "What was found that speaks for the person, and their own account: %(number)s; "
        "see “%(chapter)s”."
    ) % {
        "number": sum(each.kind in {Weighed.FOUND, Weighed.ACCOUNT} for each in person.statements),
        "chapter": weighed_head(person),
    }


def _asked_by_law(paper: PaperTold) -> Iterator[Block]:
    """Say what the law asks, once for all of whom it says the same."""
    said: dict[str, list[str]] = {}
    for person in paper.people:
        said.setdefault(test_sentence(person.test), []).append(typed(person.label))
    yield Bullets(
        tuple((Strong(and_list(names)), f": {sentence}") for sentence, names in said.items())
    )
