"""Owners, stakes and proofs in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from undaunted.coercion.screening.rules import BY_MAJORITY
from undaunted.coercion.screening.rules.drawings import Part, Shape, Standing, Words
from undaunted.core.places.rules import UnknownCountry, country_name
from undaunted.engines.ownership import WHOLE, Right, unstated
from undaunted.site.components.clauses import comma_mark, commas_text
from undaunted.site.components.numbers import number_text, percent_text
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.coercion.screening.analysis.asking import Answered
    from undaunted.coercion.screening.rules import Measure
    from undaunted.engines.ownership import Parties, Proof, Step

__all__ = [
    "answer_told",
    "drawing_words",
    "measure_told",
    "name_told",
    "needed_told",
    "party_told",
    "proof_told",
    "right_told",
    "rows_told",
    "shape_told",
    "share_told",
    "source_told",
    "standing_told",
]

STATE = "STATE:"
MOST = 7
"""Digits of a percentage: a share is a whole number of billionths."""


def name_told(identifier: str, label: str) -> str:
    """Give a party's name; a state that has none but its code is named in the reader's language."""
    if label != identifier or not identifier.startswith(STATE):
        return label
    try:
        return country_name(identifier.removeprefix(STATE), get_language() or "en")
    except UnknownCountry:
        return label


def party_told(parties: Parties, number: int) -> str:
    """Give the name of a party by its number."""
    return name_told(parties.ids[number], parties.label(number))


def right_told(right: str) -> str:
    """Say a kind of right."""
    return {
        "equity": _("equity"),
        "votes": _("votes"),
        "profits": _("profits"),
        "assets": _("assets on dissolution"),
        "board": _("seats on the board"),
        "special": _("a special right"),
        "proxy": _("a proxy"),
        "contract": _("a contract"),
        "concert": _("acting in concert"),
        "lender": _("a loan"),
        "trust": _("a trust"),
        "nominee": _("as a nominee"),
        "partner": _("as general partner"),
    }[right]


def shape_told(shape: Shape) -> str:
    """Say what a party is."""
    return {
        Shape.STATE: pgettext("a government", "State"),
        Shape.COMPANY: _("Company"),
        Shape.PERSON: _("Person"),
        Shape.SEVERAL: _("Several, not as one"),
        Shape.UNKNOWN: _("Not known"),
    }[shape]


def standing_told(standing: Standing) -> str:
    """Say what the answer says of a party; nothing of most."""
    return {
        Standing.SEED: _("owner asked about"),
        Standing.MUST: _("must be controlled"),
        Standing.MAY: _("may be controlled"),
        Standing.JOINT: _("held in halves"),
        Standing.NONE: "",
    }[standing]


def share_told(lowest: int, highest: int) -> str:
    """Say a share, a range, or that none is stated."""
    if lowest == highest:
        return _percent(lowest)
    if unstated(lowest, highest):
        return _("not stated")
    low, high = _percent(lowest), _percent(highest)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def needed_told(answered: Answered) -> str:
    """Say how much is enough."""
    share = _percent(answered.threshold.share)
    if answered.threshold.reached:
        return _("%(share)s or more") % {"share": share}
    return _("more than %(share)s") % {"share": share}


def answer_told(answered: Answered) -> str:
    """Say the answer in a sentence, and where its stakes contradict each other."""
    told = _answer_told(answered)
    if not answered.over:
        return told
    company = commas_text(party_told(answered.found.graph.parties, each) for each in answered.over)
    over = _("Stakes in %(company)s add up to more than 100 %%; look at their sources.")
    return f"{told} {over % {'company': company}}"


def _answer_told(answered: Answered) -> str:
    parties = answered.found.graph.parties
    named = {
        "company": party_told(parties, answered.company),
        "owners": commas_text(party_told(parties, int(each)) for each in answered.found.seeds),
        "share": share_told(*answered.held),
        "needed": needed_told(answered),
    }
    measure = answered.asked.measure
    if measure is not None and measure.standard is not None:
        return _test_told(answered) % (named | {"law": measure.law})
    return {
        "must": _("%(owners)s must control %(company)s, whatever the shares are in their ranges."),
        "may": _("%(owners)s may control %(company)s: it follows from some shares and not others."),
        "joint": _("Half of %(company)s is held by %(owners)s, and half by one other."),
        "no": _(
            "%(company)s is not controlled by %(owners)s: with all that is controlled, %(share)s "
            "is held, and %(needed)s is needed."
        ),
    }[answered.answer] % named


def measure_told(measure: Measure, regime: str = "") -> str:
    """Say by what control is measured, and by which law; and where no law says a share."""
    if measure.standard is None:
        if measure.key == BY_MAJORITY:
            return _(
                "Measured by a majority of votes: the law that applies sets no share, or this "
                "was asked for."
            )
        return _("Measured by a share of one's own.")
    named = {"law": measure.law, "needed": str(measure.threshold), "regime": regime}
    told = (
        _("Measured by %(law)s (%(needed)s), as %(regime)s has it.")
        if regime
        else _("Measured by %(law)s (%(needed)s), as was asked for.")
    )
    return told % named


def _test_told(answered: Answered) -> str:
    return {
        "must": _(
            "The test of %(law)s is met in %(company)s by %(owners)s, whatever the shares are in "
            "their ranges: %(share)s, and %(needed)s is needed."
        ),
        "may": _(
            "%(owners)s may meet the test of %(law)s in %(company)s: it follows from some shares "
            "and not others."
        ),
        "no": _(
            "The test of %(law)s is not met in %(company)s by %(owners)s: %(share)s, and "
            "%(needed)s is needed."
        ),
    }[answered.answer]


def proof_told(answered: Answered) -> list[str]:
    """Say why, a sentence a company, from the owners down; nothing where it is not controlled."""
    must = set(answered.found.must.tolist())
    if not answered.proofs:
        return [_row(answered, row) for row in answered.rows or ()]
    return [
        _step(proof, step, must=step.company in must)
        for proof in answered.proofs
        for step in proof.steps
    ]


def drawing_words(answered: Answered) -> Words:
    """Give the words of a picture."""
    company = party_told(answered.found.graph.parties, answered.company)
    return Words(
        shapes={each: shape_told(each) for each in Shape},
        standings={each: standing_told(each) for each in Standing},
        asked=_("company asked about"),
        name=name_told,
        share=_tied,
        more=lambda number: _("More holders: %(number)s") % {"number": number_text(number)},
        carries=_("carries the answer"),
        open_ended=_("a range, or no share stated"),
        title=_("Who holds %(company)s") % {"company": company},
        description=answer_told(answered),
        right_to_left=direction(get_language() or "en") == "rtl",
    )


def _tied(part: Part) -> str:
    if part.right == Right.EQUITY.name.lower():
        return share_told(part.lowest, part.highest)
    if unstated(part.lowest, part.highest):
        return right_told(part.right)
    return f"{share_told(part.lowest, part.highest)} {right_told(part.right)}"


def _step(proof: Proof, step: Step, *, must: bool) -> str:
    graph, parties = proof.graph, proof.graph.parties
    stakes = graph.stakes
    held = [
        _("%(holder)s holds %(share)s (%(source)s)")
        % {
            "holder": party_told(parties, int(graph.owner[place])),
            "share": share_told(int(stakes.lo[row]), int(stakes.hi[row])),
            "source": source_told(stakes.sources[int(stakes.source[row])], int(stakes.row[row])),
        }
        for place, row in zip(step.places, graph.place[list(step.places)].tolist(), strict=True)
    ]
    if len(held) > 1:
        held.append(_("together %(share)s") % {"share": _percent(step.together)})
    if step.own_rows:
        held.append(_("%(share)s have votes") % {"share": _percent(step.votes)})
    named = {"company": party_told(parties, step.company), "stakes": "; ".join(held)}
    if must:
        return _("%(company)s must be controlled: %(stakes)s.") % named
    return _("%(company)s may be controlled: %(stakes)s.") % named


def _row(answered: Answered, row: int) -> str:
    stakes = answered.found.graph.stakes
    parties = stakes.parties
    named = {
        "holder": party_told(parties, int(stakes.owner[row])),
        "share": share_told(int(stakes.lo[row]), int(stakes.hi[row])),
        "company": party_told(parties, int(stakes.owned[row])),
        "source": source_told(stakes.sources[int(stakes.source[row])], int(stakes.row[row])),
    }
    return _("%(holder)s holds %(share)s of %(company)s (%(source)s).") % named


def rows_told(rows: Sequence[int], more: int = 0) -> str:
    """Name rows by their numbers, and how many more there are."""
    named = commas_text(map(number_text, rows))
    if not more:
        return named
    return _("%(rows)s and %(number)s more") % {"rows": named, "number": number_text(more)}


def source_told(source: str, row: int) -> str:
    """Say who says so, and in which row."""
    told = _("row %(number)s") % {"number": number_text(row)}
    return f"{source}{comma_mark(apart=True)}{told}" if source else told


def _percent(share: int) -> str:
    """Write a share with as many digits as it has."""
    told = f"{100 * share / WHOLE:.{MOST}f}".rstrip("0")
    return percent_text(share / WHOLE, len(told.partition(".")[2]))
