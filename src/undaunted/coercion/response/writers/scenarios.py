"""A point of a front as a scenario file, so that whoever doubts it can solve it again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from undaunted.coercion.response.readers.fronts import Front, FrontPoint
    from undaunted.engines.trade.scenario import Shock

__all__ = ["Acted", "write_scenario"]


@dataclass(frozen=True, slots=True)
class Acted:
    """What is done.

    Attributes:
        levels: by member, the instrument, sector and level of each line.
        reply: of each measure, what the coercer puts back, in per cent.
        transfers: what each receives; below zero it pays.
    """

    levels: Mapping[str, Sequence[tuple[str, str, float | str]]]
    reply: float
    transfers: Mapping[str, float]


def write_scenario(front: Front, point: FrontPoint, acted: Acted | None = None) -> str:
    """Give the TOML text: the episode, what members do, what comes back, who pays whom.

    `acted` stands for the point where partners were changed by hand.
    """
    question = front.question
    name = f"{question.name}, point {point.number}"
    lines = [
        f"name = {_text(name if acted is None else name + ', changed by hand')}",
        "note = "
        + _text("The episode's own measures stand first; quotas follow trade here, as they did."),
        "tolerance = 1e-10",
        f"elasticities = {_text(question.elasticities)}",
        f"horizon = {_text(question.horizon)}",
    ]
    if question.data is not None:
        lines.insert(2, f"data = {_text(question.data)}")
    done = _as_found(point) if acted is None else acted
    for shock in (*map(_of, question.shocks), *_acted(front, done), *_paid(done)):
        lines += ["", "[[shocks]]"]
        lines += [f"{name} = {_value(each)}" for name, each in shock.items()]
    return "\n".join(lines) + "\n"


def _as_found(point: FrontPoint) -> Acted:
    lines = tuple((each.instrument, each.sector, each.level) for each in point.levels)
    return Acted(dict.fromkeys(point.members, lines), point.reply, point.transfers)


def _of(shock: Shock) -> dict[str, Any]:
    told = {
        "importer": shock.importer, "exporter": shock.exporter, "sectors": shock.sectors,
        "kind": shock.kind.value, "value": shock.value,
        "rent": None if shock.rent is None else shock.rent.value,
    }  # fmt: skip
    return {name: each for name, each in told.items() if each is not None}


def _acted(front: Front, acted: Acted) -> Iterator[dict[str, Any]]:
    """Give what members do, and what the coercer puts back, by instrument, level and members."""
    lines: dict[tuple[str, float | str, str], list[str]] = {}
    for member, levels in acted.levels.items():
        for instrument, sector, level in levels:
            lines.setdefault((instrument, level, sector), []).append(member)
    groups: dict[tuple[str, float | str, tuple[str, ...]], list[str]] = {}
    for (instrument, level, sector), members in lines.items():
        groups.setdefault((instrument, level, tuple(members)), []).append(sector)
    coercer = front.question.coercer
    for (instrument, level, who), sectors in groups.items():
        members, buys = list(who), instrument != "export_control"
        for acts, part in ((True, 1.0), (False, acted.reply / 100)):
            if part == 0:
                continue
            inward = buys == acts
            yield {
                "importer": members if inward else coercer,
                "exporter": coercer if inward else members,
                "sectors": sectors,
                **_measure(instrument, level, part),
            }


def _measure(instrument: str, level: float | str, part: float) -> dict[str, Any]:
    if isinstance(level, str):
        return {"kind": "ban"}
    kind = "tariff_pp" if instrument == "tariff" else "iceberg"
    return {"kind": kind, "value": round(level * part, 9)}


def _paid(acted: Acted) -> Iterator[dict[str, Any]]:
    """Give who pays whom: each who pays, to each who is paid, by what it receives."""
    received = {name: each for name, each in acted.transfers.items() if each > 0}
    total = sum(received.values())
    for payer, amount in acted.transfers.items():
        if amount >= 0 or not total:
            continue
        for name, each in received.items():
            value = round(-amount * each / total, 6)
            if value > 0:
                yield {
                    "importer": name,
                    "exporter": payer,
                    "kind": "transfer",
                    "value": value,
                }


def _value(told: object) -> str:
    if isinstance(told, list | tuple):
        return "[" + ", ".join(_text(str(each)) for each in told) + "]"
    return _text(told) if isinstance(told, str) else repr(told)


def _text(told: str) -> str:
    """Write a text of TOML; JSON's way of writing one is one of TOML's."""
    return json.dumps(told, ensure_ascii=True)
