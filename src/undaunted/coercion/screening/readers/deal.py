"""The facts of a transaction from TOML or JSON: everything that is wrong, at once, by field."""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.readers.shares import ShareUnreadable, share_of
from undaunted.coercion.screening.rules import (
    FLAGS,
    Answer,
    Facts,
    FactsUnreadable,
    Held,
    Investor,
    Money,
    Owner,
    Span,
    Target,
    TransactionKind,
    sector_lists,
)
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.engines.ownership import WHOLE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

__all__ = ["MOST_BYTES", "read_deal", "read_deal_file"]

MOST_BYTES = 1024 * 1024
_TOP = frozenset({"day", "kind", "investor", "target", "before", "after", "value", "flags"})
_INVESTOR = frozenset({"name", "id", "state", "owners", "complete"})
_OWNER = frozenset({"name", "state", "controls", "is_state", "interest", "proof"})
_TARGET = frozenset({"name", "states", "sectors", "ruled_out"})
_CODE = 2


def _is_country(code: str) -> bool:
    try:
        return len(code) == _CODE and country(code).code == code
    except UnknownCountry:
        return False


def read_deal_file(path: Path) -> Facts:
    """Read a file, TOML or JSON by its ending. Raises `FactsUnreadable`."""
    try:
        raw = path.read_bytes()
    except OSError as reason:
        raise FactsUnreadable(f"{path.name}: {reason.strerror}") from None
    if len(raw) > MOST_BYTES:
        raise FactsUnreadable(f"{path.name}: it has {len(raw)} bytes; {MOST_BYTES} are read")
    try:
        text = raw.decode("utf-8")
        data = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError) as reason:
        raise FactsUnreadable(
            f"{path.name}: no {'JSON' if path.suffix == '.json' else 'TOML'}: {reason}"
        ) from None
    if not isinstance(data, dict):
        raise FactsUnreadable(f"{path.name}: write a table with day, kind, investor and target")
    return read_deal(data)


def read_deal(data: Mapping[str, Any]) -> Facts:
    """Read what TOML or JSON holds. Raises `FactsUnreadable` with every problem."""
    read = _Reading()
    read.known("", data, _TOP)
    facts: dict[str, Any] = {
        "day": read.day(data.get("day")),
        "kind": read.kind(data.get("kind")),
        "investor": read.investor(read.table("investor", data.get("investor"))),
        "target": read.target(read.table("target", data.get("target"))),
        "before": read.held("before", data.get("before", {})),
        "after": read.held("after", data.get("after", {})),
        "value": read.value(data.get("value")),
        "flags": read.flags(data.get("flags", {})),
    }
    if read.problems:
        raise FactsUnreadable("; ".join(read.problems))
    return Facts(**facts)


class _Reading:
    """Reads field by field, and keeps what is wrong."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def known(self, place: str, table: Mapping[str, Any], names: Collection[str]) -> None:
        for key in sorted(set(table) - set(names)):
            there = ", ".join(sorted(names))
            self.problems.append(f"{place}{key}: no such field; there are {there}")

    def table(self, place: str, value: object) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self.problems.append(f"{place}: write a table")
        return {}

    def day(self, value: object) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.problems.append("day: write a day, as 2028-01-17")
            return date.min

    def kind(self, value: object) -> TransactionKind:
        kinds = {each.value: each for each in TransactionKind}
        if str(value) not in kinds:
            self.problems.append(f"kind: write one of {', '.join(kinds)}")
        return kinds.get(str(value), TransactionKind.ACQUISITION)

    def investor(self, table: Mapping[str, Any]) -> Investor:
        self.known("investor.", table, _INVESTOR)
        owners = table.get("owners", [])
        if not isinstance(owners, list):
            self.problems.append("investor.owners: write a list of tables")
            owners = []
        return Investor(
            name=self.text("investor.name", table.get("name")),
            state=self.state("investor.state", table.get("state", "")),
            owners=tuple(
                self.owner(f"investor.owners[{number}]", each)
                for number, each in enumerate(owners, start=1)
            ),
            complete=self.answer("investor.complete", table.get("complete")),
        )

    def owner(self, place: str, value: object) -> Owner:
        table = self.table(place, value)
        self.known(f"{place}.", table, _OWNER)
        answers = {each.value: each for each in Answer}
        if str(table.get("controls")) not in answers:
            self.problems.append(f"{place}.controls: write one of {', '.join(answers)}")
        return Owner(
            name=self.text(f"{place}.name", table.get("name")),
            state=self.state(f"{place}.state", table.get("state", "")),
            controls=answers.get(str(table.get("controls")), Answer.NO),
            is_state=self.answer(f"{place}.is_state", table.get("is_state")),
            interest=self.share(f"{place}.interest", table.get("interest")),
            proof=self.texts(f"{place}.proof", table.get("proof", [])),
        )

    def target(self, table: Mapping[str, Any]) -> Target:
        self.known("target.", table, _TARGET)
        sectors = table.get("sectors")
        states = self.texts("target.states", table.get("states", []))
        return Target(
            name=self.text("target.name", table.get("name")),
            states=frozenset(self.state("target.states", each) for each in states),
            sectors=None if sectors is None else self.sectors("target.sectors", sectors),
            ruled_out=self.sectors("target.ruled_out", table.get("ruled_out", [])),
        )

    def sectors(self, place: str, value: object) -> frozenset[str]:
        known = {each.code for held in sector_lists() for each in held.items}
        known |= {each.within for held in sector_lists() for each in held.items if each.within}
        told = self.texts(place, value)
        for each in told:
            if each not in known:
                self.problems.append(
                    f"{place}: {each!r} is in no list of sectors; "
                    "`undaunted screening sectors` tells those there are"
                )
        return frozenset(told)

    def held(self, place: str, value: object) -> Held:
        table = self.table(place, value)
        self.known(f"{place}.", table, {"equity", "votes"})
        equity, votes = (
            self.share(f"{place}.{right}", table.get(right)) for right in ("equity", "votes")
        )
        return Held(equity, votes)

    def share(self, place: str, value: object) -> Span | None:
        if value is None:
            return None
        try:
            if isinstance(value, bool):
                raise ShareUnreadable(str(value))
            lowest, highest = (round(each * WHOLE) for each in share_of(str(value)))
            return Span(lowest, highest)
        except (ValueError, OverflowError):
            self.problems.append(f'{place}: {value!r} is no share; write 0.51, "51 %" or "25-50 %"')
            return None

    def value(self, value: object) -> Money | None:
        if value is None:
            return None
        table = self.table("value", value)
        self.known("value.", table, {"amount", "currency"})
        currency = self.text("value.currency", table.get("currency"))
        try:
            amount = Decimal(str(table.get("amount")))
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount < 0:
            self.problems.append("value.amount: write a number, as 240000000")
            return None
        return Money(amount, currency)

    def flags(self, value: object) -> dict[str, bool]:
        table = self.table("flags", value)
        self.known("flags.", table, FLAGS)
        told = {key: self.answer(f"flags.{key}", each) for key, each in table.items()}
        return {key: each for key, each in told.items() if each is not None and key in FLAGS}

    def answer(self, place: str, value: object) -> bool | None:
        if value is not None and not isinstance(value, bool):
            self.problems.append(f"{place}: write true or false, or leave it out if not known")
            return None
        return value

    def state(self, place: str, value: object) -> str:
        code = str(value)
        if code and not _is_country(code):
            self.problems.append(f"{place}: {code!r} is no code of a country; write two capitals")
            return ""
        return code

    def text(self, place: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            self.problems.append(f"{place}: write a text that is not empty")
            return ""
        return value.strip()

    def texts(self, place: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.problems.append(f"{place}: write a list of texts")
            return ()
        return tuple(value)
