"""A question to the search as a file (TOML): who may answer an episode, with what, on what terms.

The schema is docs/reference/scenarios.md. Everything that is wrong is told at once, each with the
key, the rule and the remedy. Countries and sectors are looked up later, in the table.
"""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from undaunted.coercion.response.readers.episodes import shipped_episodes
from undaunted.coercion.response.readers.question_checks import BAN, question_problems
from undaunted.coercion.response.readers.scenario import ScenarioRefused, is_there, read_shocks
from undaunted.engines.trade.menu import Instrument, Key, Pool

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from undaunted.engines.trade.scenario import Shock

__all__ = ["VERSION", "Asked", "Question", "parse_question", "question_of", "read_question"]

VERSION = 1
LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """On what terms partners take part, in per cent.

    Attributes:
        ceiling: no partner loses more than this of real income; None is no ceiling.
        transfers: by what key partners share the cost; None pays nothing.
        among: who shares it.
        least_harm: what the response must take from the coercer at least.
    """

    ceiling: float | None = None
    transfers: Key | None = Key.EQUAL_LOSS
    among: Pool = Pool.MEMBERS
    least_harm: float = 0.0


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; shares are in per cent, `inf` is a ban.

    Attributes:
        episode: key of a shipped episode; empty where the file brings its own.
        shocks: what the coercer has in force.
        sectors: as a shock has them.
        levels: of each measure, above 0 and rising.
        retaliation: of each measure, what the coercer puts back; it takes what is best for itself.
    """

    name: str
    episode: str
    coercer: str
    target: str
    shocks: tuple[Shock, ...]
    partners: tuple[str, ...]
    instruments: tuple[Instrument, ...] = (Instrument.TARIFF,)
    sectors: str | tuple[str, ...] = "goods"
    levels: tuple[float, ...] = (10.0, 25.0, 50.0, 100.0)
    retaliation: tuple[float, ...] = (0.0, 50.0, 100.0)
    terms: Asked = Asked()
    seed: int = 1
    data: str | None = None
    elasticities: str = "data"
    horizon: str = "long"

    def digest(self, data_sha256: str) -> str:
        """Give SHA-256 over what is asked, told against which table; its name is not in it."""
        told = asdict(self) | {"version": VERSION, "table": data_sha256}
        for name in ("name", "data"):
            del told[name]
        told["levels"] = [str(each) for each in self.levels]
        canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def written(self) -> dict[str, Any]:
        """Give the question as the table of a file, its episode's shocks written out."""
        terms = {
            "transfers": "none" if self.terms.transfers is None else self.terms.transfers.value,
            "among": self.terms.among.value,
            "least_harm": self.terms.least_harm,
        }
        if self.terms.ceiling is not None:
            terms["ceiling"] = self.terms.ceiling
        shocks = [
            {name: each for name, each in asdict(shock).items() if each is not None}
            for shock in self.shocks
        ]
        told = {
            "version": VERSION, "name": self.name, "episode": self.episode,
            "coercer": self.coercer, "target": self.target, "partners": list(self.partners),
            "instruments": [each.value for each in self.instruments],
            "sectors": self.sectors if isinstance(self.sectors, str) else list(self.sectors),
            "levels": [BAN if math.isinf(each) else each for each in self.levels],
            "retaliation": list(self.retaliation), "terms": terms, "seed": self.seed,
            "elasticities": self.elasticities, "horizon": self.horizon, "shocks": shocks,
        }  # fmt: skip
        if not self.episode:
            del told["episode"]
        else:
            for name in ("coercer", "target", "shocks"):
                del told[name]
        return told


def read_question(path: Path) -> Question:
    """Give the question of a file, its table's path made absolute. Raises `ScenarioRefused`."""
    try:
        held = path.read_bytes()
    except OSError as fault:
        raise ScenarioRefused(path.name, [fault.strerror or "cannot be read"]) from fault
    if len(held) > LARGEST:
        raise ScenarioRefused(path.name, [f"larger than {LARGEST // 1_000_000} MB"])
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ScenarioRefused(path.name, ["is no text in UTF-8; save it as UTF-8"]) from fault
    return parse_question(text, where=path.name, folder=path.parent)


def parse_question(text: str, *, where: str, folder: Path | None = None) -> Question:
    """Give the question of a TOML text. Raises `ScenarioRefused` with all that is wrong."""
    try:
        held = tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        raise ScenarioRefused(where, [f"is no TOML: {fault}"]) from fault
    return question_of(held, where=where, folder=folder)


def question_of(held: Mapping[str, Any], *, where: str, folder: Path | None = None) -> Question:
    """Give the question of a table that was read. Raises `ScenarioRefused`."""
    problems = list(question_problems(held))
    data = held.get("data")
    if not problems and data is not None:
        if folder is None or not is_there(folder / data):
            problems = [f"data: {data} is not there; a relative path starts at the file"]
        else:
            data = str(folder / data)
    if problems:
        raise ScenarioRefused(where, problems)
    known = shipped_episodes().get(held.get("episode", ""))
    sectors = held.get("sectors", "goods")
    return Question(
        name=held.get("name", known.title if known else where),
        episode=held.get("episode", ""),
        coercer=known.coercer if known else held["coercer"],
        target=known.target if known else held["target"],
        shocks=known.replay if known else read_shocks(held["shocks"]),
        partners=tuple(held["partners"]),
        instruments=tuple(Instrument(each) for each in held.get("instruments", ["tariff"])),
        sectors=sectors if isinstance(sectors, str) else tuple(sectors),
        levels=tuple(_level(each) for each in held.get("levels", (10, 25, 50, 100))),
        retaliation=tuple(float(each) for each in held.get("retaliation", (0, 50, 100))),
        terms=_terms(held.get("terms", {})),
        seed=held.get("seed", 1),
        data=data,
        elasticities=held.get("elasticities", "data"),
        horizon=held.get("horizon", "long"),
    )


def _terms(held: Mapping[str, Any]) -> Asked:
    key = held.get("transfers", Key.EQUAL_LOSS.value)
    ceiling = held.get("ceiling")
    return Asked(
        ceiling=None if ceiling is None else float(ceiling),
        transfers=None if key == "none" else Key(key),
        among=Pool(held.get("among", Pool.MEMBERS)),
        least_harm=float(held.get("least_harm", 0)),
    )


def _level(held: float | str) -> float:
    return math.inf if held == BAN else float(held)
