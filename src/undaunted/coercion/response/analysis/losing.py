"""What the target of a front loses without a response, in money: an equivalent variation.

Final demand is homothetic in the model, so that what would have to be taken from a country at the
prices of the benchmark to leave it as the episode does is the loss of real income, as a part of
one, times what the country spends finally in the benchmark: value added, tariff revenue, deficit.
Both are of the same table; no income from elsewhere is laid beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.exposure.readers import shipped_paper, shipped_world
from undaunted.coercion.response.readers.episodes import shipped_episodes

if TYPE_CHECKING:
    from undaunted.coercion.response.readers.fronts import Front

__all__ = ["Loss", "TableReplaced", "loss_of"]


class TableReplaced(ValueError):
    """A front was found over another table than that of this copy; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss of real income.

    Attributes:
        episode: what it is called; its short name where it is a shipped one.
        per_cent: lowest, best and highest loss; the interval is that of the published sets of
            elasticities, `sets` of them, and holds the best.
        spent: final spending of the target in the benchmark, in `unit` of `year`.
        table, table_sha256: of the benchmark.
    """

    target: str
    coercer: str
    episode: str
    per_cent: tuple[float, float, float]
    sets: int
    spent: float
    unit: str
    year: int
    table: str
    table_sha256: str

    @property
    def money(self) -> tuple[float, float, float]:
        """The equivalent variation, lowest, best and highest; below zero where it gains."""
        low, best, high = (each / 100 * self.spent for each in self.per_cent)
        return low, best, high


def loss_of(front: Front) -> Loss:
    """Give what the target of a front loses without a response. Raises `TableReplaced`."""
    paper, world, question = shipped_paper(), shipped_world(), front.question
    if front.data_sha256 != paper.sha256:
        raise TableReplaced(
            f"result: was worked out over {front.data}, and this copy holds another table; work "
            "it out anew and attach that"
        )
    losses = [front.target_loss, *(target for target, _ in front.band.values())]
    known = shipped_episodes().get(question.episode)
    return Loss(
        target=question.target,
        coercer=question.coercer,
        episode=known.title if known else "",
        per_cent=(min(losses), front.target_loss, max(losses)),
        sets=len(front.band),
        spent=float(world.income[world.regions.index(question.target)]),
        unit=paper.money,
        year=paper.year,
        table=front.data,
        table_sha256=front.data_sha256,
    )
