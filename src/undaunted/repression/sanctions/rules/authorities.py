"""The register of legal authorities: which state may list whom, under which law, as who says so.

What a law asks element by element stands in its rule pack; here stands what is told of it as a
whole, and under which programmes its entries stand on lists. States without an authority stand
here too, because what nobody wrote down is otherwise taken for a gap of the register.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.practices.rules import PracticeSourceStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.commitments.rules import CommitmentAnswer, Status
    from undaunted.core.listings.rules import Measure
    from undaunted.core.practices.rules import Source

__all__ = [
    "Alone",
    "Authority",
    "Begun",
    "Facet",
    "FacetKind",
    "ListedAs",
    "Provided",
]


class Alone(StrEnum):
    """Whether a state may list somebody whom no other has listed."""

    YES = "yes"
    FOLLOWS = "follows"
    """It carries out what others have decided."""
    NO = "no"


class Begun(StrEnum):
    """What the day is from which on something is told of a state's law."""

    IN_FORCE = "in_force"
    ADOPTED = "adopted"
    """That of adoption; the day of entry into force was not read."""
    READ = "read"
    """That of the source which says that there is none."""


class FacetKind(StrEnum):
    """What is told of a law as a whole; each answers one question of the table."""

    ADOPTION = "adoption"
    CONDUCT = "conduct"
    LINKS = "links"
    DECISION = "decision"
    FAMILY = "family"
    ENABLERS = "enablers"
    PARLIAMENT = "parliament"
    CORRUPTION = "corruption"


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing that is told of a law; `answer` is None where it is neither yes nor no."""

    kind: FacetKind
    text: str
    sources: tuple[Source, ...]
    answer: CommitmentAnswer | None = None

    @property
    def mark(self) -> PracticeSourceStatus:
        """As well known as the least known of its sources."""
        return _weakest(self.sources)


@dataclass(frozen=True, slots=True)
class ListedAs:
    """The programme under which a list names entries of a law; not exact where others share it."""

    source: str
    code: str
    exact: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Provided:
    """A measure for which a law provides against whom it lists, and where the law says so."""

    measure: Measure
    clause: str
    people: bool
    """Whether it is against people alone: nobody bans a company's entry."""
    sources: tuple[Source, ...]

    @property
    def mark(self) -> PracticeSourceStatus:
        """As well known as the least known of its sources."""
        return _weakest(self.sources)


@dataclass(frozen=True, slots=True)
class Authority:
    """One law, or that a state has none; `pack` names the rule pack that tests a file under it."""

    code: str
    jurisdiction: str
    title: str
    short: str
    status: Status
    since: str
    told: Mapping[FacetKind, Facet]
    listed_as: tuple[ListedAs, ...] = ()
    pack: str = ""
    no_test: str = ""
    """Why there is no test, where there is none."""
    conduct: tuple[str, ...] = ()
    """The facts of conduct that its rule pack names."""
    invented: bool = False
    measures: tuple[Provided, ...] = ()
    """What it provides for; none where nobody wrote them down, which says nothing of the law."""
    follows: bool = False
    """Whether it carries out the listings of others alone."""
    begun: Begun = Begun.IN_FORCE
    runs_until: date | None = None
    """The last day of its last period that is known here, where it ends unless it is renewed."""

    @property
    def alone(self) -> Alone:
        """Whether whoever decides under it may list somebody by itself."""
        if not self.status.binds:
            return Alone.NO
        return Alone.FOLLOWS if self.follows else Alone.YES

    @property
    def first_day(self) -> date:
        """The first day on which it is surely law: the last that its date allows."""
        return PartialDate.parse(self.since).latest or date.max

    @property
    def programmes(self) -> tuple[str, ...]:
        """The codes by which lists name entries under it."""
        return tuple(each.code for each in self.listed_as)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of what is told, once, by id."""
        of_facets = [source for each in self.told.values() for source in each.sources]
        of_lists = [source for each in self.listed_as for source in each.sources]
        of_measures = [source for each in self.measures for source in each.sources]
        held = {source.id: source for source in (*of_facets, *of_lists, *of_measures)}
        return tuple(held[name] for name in sorted(held))

    @property
    def mark(self) -> PracticeSourceStatus:
        """As well known as the least known of what is told."""
        return _weakest(source for facet in self.told.values() for source in facet.sources)


def _weakest(sources: Iterable[Source]) -> PracticeSourceStatus:
    order = list(PracticeSourceStatus)
    return max((each.status for each in sources), key=order.index, default=order[-1])
