"""What is known of a transaction; whatever is not known is None, and says so in the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undaunted.engines.ownership import WHOLE, Answer

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from undaunted.coercion.screening.rules.terms import TransactionKind

__all__ = ["FLAGS", "Answer", "Facts", "Held", "Investor", "Money", "Owner", "Span", "Target"]

FLAGS = {
    "participation": "the stake lets the investor take part in management or control",
    "controls": "the investor gains control of the target",
    "board": "the investor gets a seat, an observer or a right to nominate on the board",
    "access": "the investor gets access to technical information that is not public",
    "involvement": "the investor takes part in decisions on sensitive data or technologies",
    "influence": "the investor can influence the target's policy",
    "blocks": "the investor's votes secure or prevent a class of resolution",
    "passive": "the stake is held for passive investment alone",
    "excepted": "the investor is one that the regime excepts",
    "licence": "the target's critical technology needs a licence to go to the investor",
    "genuine": "the investor has a business of its own where it is established",
    "sensitive_land": "the land is near a sensitive place, as the regime means it",
    "listed": "the target or its assets are named in the regime's own register",
    "sanctioned": (
        "the investor, somebody who controls it or one of its subsidiaries is under sanctions of "
        "the Union"
    ),
    "refused": (
        "an earlier investment of the investor was refused by a Member State, or broke its "
        "conditions gravely or again and again"
    ),
    "enterprise_act": (
        "the Secretary of State gave a notice about it on grounds of the public interest under "
        "the Enterprise Act 2002"
    ),
    "union_project": "the target is active in a project or programme of the Union",
    "union_group": "the target or its group has a subsidiary in another Member State",
    "newcomer": (
        "the restructuring brings an entity of another third country into the chain of owners"
    ),
}
"""What an officer answers with yes or no, and what it means."""


@dataclass(frozen=True, slots=True)
class Span:
    """A share in units of a billionth, at least and at most."""

    lowest: int
    highest: int

    def __post_init__(self) -> None:
        """Refuse what no share can be."""
        if not 0 <= self.lowest <= self.highest <= WHOLE:
            raise ValueError("a share lies between 0 and 100 %, its lowest not above its highest")


@dataclass(frozen=True, slots=True)
class Held:
    """What the investor holds of the target, through everybody it acts with."""

    equity: Span | None = None
    votes: Span | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """An ultimate owner of the investor, as the ownership engine found it.

    Attributes:
        state: the country it belongs to, or which it is; empty where that is not known.
        controls: whether it must, may or does not control the investor.
        is_state: it is a state, an organ of one or its armed forces.
        interest: its votes in the investor, a parent's interest counting as the whole.
        proof: the sentences that carry the finding.
    """

    name: str
    state: str
    controls: Answer
    is_state: bool | None = None
    interest: Span | None = None
    proof: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Investor:
    """Who invests. `complete` tells that no ultimate owner is missing among `owners`."""

    name: str
    state: str = ""
    owners: tuple[Owner, ...] = ()
    complete: bool | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What is invested in.

    Attributes:
        states: where it is established or active; nothing known where empty.
        sectors: codes of the lists of sectors; None where nobody has said.
        ruled_out: codes that somebody has looked at and that do not apply.
    """

    name: str
    states: frozenset[str] = frozenset()
    sectors: frozenset[str] | None = None
    ruled_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, as the filing has it."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A transaction as it is known; `day` is that of its filing or, unfiled, its completion."""

    day: date
    kind: TransactionKind
    investor: Investor
    target: Target
    before: Held = field(default_factory=Held)
    after: Held = field(default_factory=Held)
    value: Money | None = None
    flags: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a flag that nothing asks for."""
        strange = sorted(set(self.flags) - set(FLAGS))
        if strange:
            raise ValueError(f"{strange[0]!r} is no question here; there are: {', '.join(FLAGS)}")
