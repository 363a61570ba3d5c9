"""The deterrence brief: two pages on one response, whether of the front or changed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from undaunted.coercion.response.analysis.chapters import chapters
from undaunted.coercion.response.analysis.words import commas, money, nation, per_cent, unit
from undaunted.coercion.response.readers.episodes import shipped_episodes
from undaunted.coercion.response.writers import (
    Brief,
    Curve,
    Figure,
    write_brief_pdf,
    write_brief_word,
)
from undaunted.core.editions.rules import Document, check_document
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.coercion.response.analysis.weighing import Told, Weighed

__all__ = ["MEDIA", "brief_of", "draw_brief"]

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def draw_brief(told: Told, *, language: str, media: str, at: datetime) -> bytes:
    """Write a brief as `pdf` or `docx`. Raises `EditionRefused` where it cannot be set."""
    with override(language):
        brief = brief_of(told, language=language, at=at)
        check_document(brief.document)
        write = write_brief_pdf if media == "pdf" else write_brief_word
        return write(brief, moment=int(at.timestamp()))


def brief_of(told: Told, *, language: str, at: datetime) -> Brief:
    """Give the brief; runs in its language."""
    front, weighed = told.front, told.weighed
    question = front.question
    names = {"coercer": nation(question.coercer), "target": nation(question.target)}
    document = Document(
        title=_("Answering %(coercer)s over %(target)s") % names,
        subtitle="",
        language=language,
        publisher="Undaunted",
        as_of=at.date(),
        known_at=at.date().isoformat(),
        blocks=tuple(chapters(told)),
        licence=front.attribution,
    )
    return Brief(
        document=document,
        kicker=_("Deterrence brief"),
        marking=_("A calculation on public statistics, not a forecast and no legal advice"),
        heads=_heads(told, at),
        figures=(
            Figure(per_cent(weighed.harm), _("of real income lost by %(coercer)s") % names),
            Figure(per_cent(weighed.cost), _("of real income lost by the partners together")),
            Figure(
                per_cent(front.target_loss),
                _("of real income lost by %(target)s in the episode itself") % names,
            ),
            Figure(
                money(_paid(weighed)),
                _("paid among the partners, in %(unit)s") % {"unit": unit(question.data)},
            ),
        ),
        curve=_curve(told),
    )


def _heads(told: Told, at: datetime) -> tuple[tuple[str, str], ...]:
    question = told.front.question
    known = shipped_episodes().get(question.episode)
    members = commas(nation(each) for each in told.weighed.members) or _("nobody")
    which = _("Point %(number)s of %(all)s") % {
        "number": told.point.number,
        "all": len(told.front.points),
    }
    if told.changed:
        which = _("Point %(number)s of %(all)s, changed by hand") % {
            "number": told.point.number,
            "all": len(told.front.points),
        }
    return (
        (_("Episode"), question.name if known is None else known.title),
        (_("Date"), date_text(at.date())),
        (_("Who acts"), members),
        (_("Response"), which),
    )


def _paid(weighed: Weighed) -> float:
    return sum(each for each in weighed.transfers.values() if each > 0)


def _curve(told: Told) -> Curve:
    front, weighed = told.front, told.weighed
    costs, harms = ([getattr(p, name) for p in front.points] for name in ("cost", "harm"))
    costs.append(weighed.cost)
    harms.extend((weighed.harm, 0.0))
    coercer = nation(front.question.coercer)
    return Curve(
        title=_("What more harm costs: the front of %(number)s responses, this one in red")
        % {"number": len(front.points)},
        alternative=_(
            "From %(least)s to %(most)s of harm to %(coercer)s, what partners lose goes from "
            "%(low)s to %(high)s. This response: %(harm)s of harm, %(cost)s lost."
        )
        % {
            "least": per_cent(front.points[0].harm),
            "most": per_cent(front.points[-1].harm),
            "coercer": coercer,
            "low": per_cent(front.points[0].cost),
            "high": per_cent(front.points[-1].cost),
            "harm": per_cent(weighed.harm),
            "cost": per_cent(weighed.cost),
        },
        across=_("What partners lose together, in per cent"),
        upward=_("What %(coercer)s loses, in per cent") % {"coercer": coercer},
        points=tuple((each.cost, each.harm) for each in front.points),
        chosen=(weighed.cost, weighed.harm),
        ends=(
            per_cent(min(costs)),
            per_cent(max(costs)),
            per_cent(min(harms)),
            per_cent(max(harms)),
        ),
    )
