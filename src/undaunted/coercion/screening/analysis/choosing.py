"""What is drawn of everybody above a company: who bears on the answer, and whom one opened.

A small picture shows everybody. In a large one the holders of a company who do not bear on the
answer are one bundle, counted until it is opened; who stands above them is not drawn. Where that
is still too wide, only those remain whose stakes prove the answer or lead from an owner down.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from undaunted.engines.ownership import proof_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undaunted.engines.ownership import Control, Proof, Stakes

__all__ = ["Chosen", "Fold", "Links", "chosen_of", "folds", "links_of", "owners_first"]

SMALL = 60
"""So many parties are all drawn where that stays readable."""
MOST = 1500
"""More parties are never all drawn, whoever asks."""
ALONE = 2
"""So few holders have boxes of their own."""
LISTED = 5
"""So many holders, of whom nothing else is known, are told line by line and not in boxes."""
AT_MOST = 20
"""More companies that only may be controlled are not drawn for that alone."""


class Fold(Enum):
    """Who is folded: nobody, who does not bear on the answer, or all beside what carries it."""

    NOBODY = auto()
    IDLE = auto()
    BESIDE = auto()


@dataclass(frozen=True, slots=True)
class Links:
    """Who holds whom: holders by company, companies by holder, each once, by number."""

    above: Mapping[int, tuple[int, ...]]
    below: Mapping[int, tuple[int, ...]]

    def leaf(self, party: int) -> bool:
        """Tell whether a party holds one company and nobody is known to hold it."""
        return not self.above.get(party) and len(self.below.get(party, ())) == 1


@dataclass(frozen=True, slots=True)
class Chosen:
    """Boxes, and bundles by company: the holders in each, and whether they are told.

    `spine` are the company, the owners, the proof, a way from each owner to the company, and the
    parties of all stakes that carry the answer where these can be drawn.
    """

    boxes: frozenset[int]
    bundles: Mapping[int, tuple[tuple[int, ...], bool]]
    proof: Proof | None
    spine: frozenset[int]


def folds(parties: int, *, everything: bool) -> tuple[Fold, ...]:
    """Give what may be folded of so many parties, from the least; `everything` asks for nothing."""
    if everything and parties <= MOST:
        return (Fold.NOBODY,)
    return tuple(Fold) if parties <= SMALL else (Fold.IDLE, Fold.BESIDE)


def links_of(stakes: Stakes) -> Links:
    """Give who holds whom; a company's own stakes lead nowhere."""
    above: dict[int, dict[int, None]] = defaultdict(dict)
    below: dict[int, dict[int, None]] = defaultdict(dict)
    for owner, company in zip(stakes.owner.tolist(), stakes.owned.tolist(), strict=True):
        if owner != company:
            above[company][owner] = None
            below[owner][company] = None
    return Links(
        {each: tuple(others) for each, others in above.items()},
        {each: tuple(others) for each, others in below.items()},
    )


def chosen_of(  # noqa: PLR0913 - what is folded, and what never is
    found: Control,
    company: int,
    links: Links,
    opened: frozenset[int],
    fold: Fold,
    *,
    carrying: Sequence[int] | None = None,
) -> Chosen:
    """Choose what is drawn of the parties above a company; `opened` are companies.

    Whoever stands at either end of a stake on which the answer rests is drawn: of `carrying`
    where these rows are given.
    """
    proof = proof_of(found, company)
    spine = _spine(found, company, links, proof)
    carriers = _carriers(found, company, links, proof, carrying)
    if len(carriers) <= MOST:
        spine |= carriers
    bearing = spine if fold is Fold.BESIDE else spine | _bearing(found)
    whole = fold is Fold.NOBODY
    boxes: set[int] = set(found.seeds.tolist())
    bundles: dict[int, tuple[tuple[int, ...], bool]] = {}
    waiting = [company]
    while waiting:
        each = waiting.pop()
        if each in boxes and each not in found.seeds:
            continue
        boxes.add(each)
        shown, bundled, told = _holders(each, links, bearing, whole=whole or each in opened)
        if bundled and each not in bundles:
            bundles[each] = bundled, told
        waiting += [holder for holder in shown if holder not in boxes]
    return Chosen(frozenset(boxes), bundles, proof, frozenset(spine & boxes))


def owners_first(boxes: Iterable[int], links: Links, company: int) -> list[int]:
    """Give the boxes with owners before what they hold, as far as loops let them."""
    drawn, done, order = set(boxes), set[int](), list[int]()
    for start in (company, *sorted(drawn)):
        walk = [(start, iter(links.above.get(start, ())))] if start not in done else []
        done.add(start)
        while walk:
            party, holders = walk[-1]
            holder = next((each for each in holders if each in drawn and each not in done), None)
            if holder is None:
                order.append(party)
                walk.pop()
            else:
                done.add(holder)
                walk.append((holder, iter(links.above.get(holder, ()))))
    return order


def _spine(found: Control, company: int, links: Links, proof: Proof | None) -> set[int]:
    """Give the company, its owners, the proof, and a way down from each owner."""
    seeds = found.seeds.tolist()
    spine = {company, *seeds}
    if proof is not None:
        spine |= {step.company for step in proof.steps}
        spine |= set(found.graph.owner[proof.places].tolist())
    for seed in seeds:
        spine |= _way(seed, company, links)
    return spine


def _carriers(
    found: Control,
    company: int,
    links: Links,
    proof: Proof | None,
    carrying: Sequence[int] | None,
) -> set[int]:
    """Give the parties of stakes that carry the answer and that the proof need not tell."""
    if carrying is not None:
        stakes, rows = found.graph.stakes, list(carrying)
        return {*stakes.owner[rows].tolist(), *stakes.owned[rows].tolist()}
    if proof is None and company in found.joint:
        return set(links.above.get(company, ())) & set(found.must.tolist())
    return set()


def _bearing(found: Control) -> set[int]:
    """Give who else bears on the answer: what the owners control."""
    bearing = {*found.must.tolist(), *found.joint.tolist()}
    if found.may.size <= AT_MOST:
        bearing |= set(found.may.tolist())
    return bearing


def _way(seed: int, company: int, links: Links) -> set[int]:
    """Give the parties of a shortest way down; none where none leads there."""
    came: dict[int, int] = {seed: seed}
    waiting = [seed]
    while waiting and company not in came:
        further = []
        for party in waiting:
            for held in links.below.get(party, ()):
                if held not in came:
                    came[held] = party
                    further.append(held)
        waiting = further
    way, at = set[int](), company if company in came else seed
    while at != seed:
        way.add(at)
        at = came[at]
    return way


def _holders(
    company: int, links: Links, bearing: set[int], *, whole: bool
) -> tuple[list[int], tuple[int, ...], bool]:
    """Give a company's holders with boxes, those in its bundle, and whether they are told."""
    holders = links.above.get(company, ())
    shown = [each for each in holders if each in bearing]
    others = [each for each in holders if each not in bearing]
    leaves = [each for each in others if links.leaf(each)]
    if whole and len(others) <= MOST:
        listed = leaves if len(leaves) >= LISTED else []
        return [each for each in holders if each not in set(listed)], tuple(listed), True
    if len(others) <= ALONE and len(leaves) == len(others):
        return [*shown, *others], (), True
    return shown, tuple(others), False
