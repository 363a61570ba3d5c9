"""The chapters of a brief: what happened, who does what, where it bites, on what law, how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.coercion.exposure.analysis import shipped_exposure, shipped_source
from undaunted.coercion.exposure.rules import Measure
from undaunted.coercion.response.analysis.acts import acts_in_brief, acts_in_full
from undaunted.coercion.response.analysis.laws import laws_of, union_told
from undaunted.coercion.response.analysis.spreading import set_told
from undaunted.coercion.response.analysis.tables import partners_of, sectors_of
from undaunted.coercion.response.analysis.words import (
    commas,
    level_told,
    nation,
    per_cent,
)
from undaunted.coercion.response.readers.episodes import shipped_episodes
from undaunted.core.editions.rules import (
    Bullets,
    Footnote,
    Notice,
    Paragraph,
    Section,
    Strong,
    left_to_right,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undaunted.coercion.response.analysis.weighing import Told
    from undaunted.core.editions.rules import Block

__all__ = [
    "certificate_told",
    "chapters",
    "over_told",
    "proof_told",
    "reply_told",
    "spread_told",
]

CLOSE = 1e-6
"""Per cent by which a loss may pass the ceiling without being told so."""


def chapters(told: Told) -> Iterator[Block]:
    """Give the sections, in their order; runs in the brief's language."""
    yield Section("episode", _("What happened"), tuple(_episode(told)))
    yield Section("response", _("Who does what, and who bears it"), tuple(_response(told)))
    yield Section("sectors", _("Where it bites"), (sectors_of(told),), new_page=True)
    yield Section("law", _("What legal basis each partner needs"), tuple(_law(told)))
    yield Section("method", _("How sure this is"), tuple(_method(told)))


def _episode(told: Told) -> Iterator[Block]:
    front = told.front
    known = shipped_episodes().get(front.question.episode)
    target = nation(front.question.target)
    if known is not None:
        sources = "; ".join(
            f"{each.publisher}, {each.title}, {each.date} ({each.status.value})"
            for each in known.sources
            if each.id in known.demand.sources
        )
        note = Footnote((sources,))
        yield Paragraph((Strong(known.demand.text), note), language="en")
        yield Bullets(tuple((each.text,) for each in known.measures[:2]), language="en")
    yield from _exposure(told)
    losses = [each[0] for each in front.band.values()] or [front.target_loss]
    yield Paragraph(
        (
            _(
                "Loss of %(target)s: %(loss)s of real income in a year, from %(least)s to %(most)s "
                "under %(number)s sets of elasticities. Partners in trade replace part of what was "
                "lost; what fear and broken contracts cost is not in it."
            )
            % {
                "target": target,
                "loss": per_cent(front.target_loss),
                "least": per_cent(min(losses)),
                "most": per_cent(max(losses)),
                "number": len(front.band),
            },
        )
    )
    if known is not None:
        yield Paragraph((known.replay_says,), language="en")


def _exposure(told: Told) -> Iterator[Block]:
    """Give how far the target depended on the coercer, by the table of this copy alone."""
    question = told.front.question
    if question.data is not None:
        return
    parts = shipped_exposure(question.target, question.coercer).parts
    yield Paragraph(
        (
            _(
                "Exposure in %(year)s: %(demand)s of the income of %(target)s came from final "
                "buyers in %(coercer)s; %(exports)s of its exports went there, %(imports)s of its "
                "imports came from there."
            )
            % {
                "year": shipped_source().year,
                "target": nation(question.target),
                "coercer": nation(question.coercer),
                "demand": per_cent(100 * parts[Measure.DEMAND]),
                "exports": per_cent(100 * parts[Measure.EXPORTS]),
                "imports": per_cent(100 * parts[Measure.IMPORTS]),
            },
        )
    )


def over_told(told: Told) -> str:
    """Give who loses more than the question allows; empty where nobody does."""
    ceiling = told.front.question.terms.ceiling
    if ceiling is None:
        return ""
    changes = told.weighed.changes.items()
    over = [nation(name) for name, change in changes if -change > ceiling + CLOSE]
    if not over:
        return ""
    said = _("These lose more than the ceiling of the question: %(over)s.")
    return said % {"over": commas(over)}


def _response(told: Told) -> Iterator[Block]:
    over = over_told(told)
    if over:
        yield Notice(_("More than partners agreed to"), (over,))
    for head, sectors in acts_in_brief(told):
        yield Paragraph((Strong(head), ": ", sectors))
    yield partners_of(told)
    yield Paragraph((reply_told(told),))


def reply_told(told: Told) -> str:
    """Give what the coercer is taken to do."""
    if not told.weighed.reply:
        return _("Of the answers it was given, none is better for the coercer than no answer.")
    return _(
        "Of the answers it was given, it is best for the coercer to put back %(part)s of each "
        "measure."
    ) % {"part": level_told(told.weighed.reply)}


def _law(told: Told) -> Iterator[Block]:
    laws = laws_of(told)
    if laws:
        yield Bullets(
            tuple(
                (Strong(each.who), f" \u00b7 {each.needs}", Footnote((each.note,))) for each in laws
            )
        )
    said = union_told(told)
    if said:
        yield Notice("", (said,))


def _method(told: Told) -> Iterator[Block]:
    front = told.front
    yield Paragraph((spread_told(told.band),))
    for head, sectors in acts_in_full(told):
        yield Paragraph((Strong(f"{head} \u00b7 {_('in full')}"), ": ", sectors))
    yield Paragraph(
        (
            _(
                "Method: the field's standard model of trade in general equilibrium (Caliendo and "
                "Parro, 2015), %(data)s, solved in changes; real income is exact. The search "
                "solved %(solved)s responses, and by its estimate no response inflicts more than "
                "%(gap)s beyond any point of the front at that point's cost. The estimate is no "
                "proof."
            )
            % {
                "data": left_to_right(front.data),
                "solved": front.solved,
                "gap": per_cent(front.gap),
            },
        )
    )
    yield Paragraph((certificate_told(told), Footnote((proof_told(told),))))


def certificate_told(told: Told) -> str:
    """Give what proves the equilibrium, under which closure and elasticities."""
    kept = told.weighed.certificate
    return _(
        "Certificate: residual %(residual)s, markets clear to %(clearing)s, %(rounds)s iterations, "
        "deficits %(deficits)s, elasticities %(elasticities)s."
    ) % {
        "residual": f"{kept.residual:.1e}",
        "clearing": f"{kept.market_clearing:.1e}",
        "rounds": kept.iterations,
        "deficits": kept.deficits,
        "elasticities": left_to_right(set_told(told.front.elasticities)),
    }


def proof_told(told: Told) -> str:
    """Give the digests of world and question, and what is assumed; in English."""
    front = told.front
    said = " ".join(_ended(front.said))
    return f"world {told.weighed.certificate.data}; question {front.digest}; {said}"


def _ended(said: tuple[str, ...]) -> Iterator[str]:
    return (each.rstrip(".") + "." for each in said)


def spread_told(band: Mapping[str, tuple[float, float]]) -> str:
    """Give between which bounds harm and cost lie."""
    if not band:
        return _("No published set of elasticities fits this table, so no interval is told.")
    harms, costs = ([each[at] for each in band.values()] for at in (0, 1))
    return _(
        "Under %(number)s sets of elasticities, that of the year after among them, the harm lies "
        "from %(least)s to %(most)s and what partners lose from %(low)s to %(high)s."
    ) % {
        "number": len(band),
        "least": per_cent(min(harms)),
        "most": per_cent(max(harms)),
        "low": per_cent(min(costs)),
        "high": per_cent(max(costs)),
    }
