"""A world as arrays in an npz file, named as docs/reference/trade-data.md says."""

from __future__ import annotations

import lzma
import math
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.coercion.exposure.readers.refusals import FileRefused
from undaunted.engines.trade import WorldMalformed, balance_of, make_world, settled

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.engines.trade import Balance, World

__all__ = ["ARRAYS", "LoadedWorld", "balanced", "read_world", "write_world"]

ARRAYS = ("regions", "sectors", "pi", "tau", "beta", "gamma", "alpha", "theta", "VA", "D", "X")
OPTIONAL = {"tau": "tariffs are taken as zero"}
EXACT = 1e-12
MOST_OFF = 0.05
LARGEST = 8_000_000_000
LONGEST = 200
SHAPES = {
    "pi": "nnj", "tau": "nnj", "beta": "nj", "gamma": "njj", "alpha": "nj", "theta": "j",
    "VA": "n", "D": "n", "X": "nj",
}  # fmt: skip
BROKEN = (
    ValueError, TypeError, AttributeError, EOFError, RuntimeError, OverflowError, MemoryError,
    struct.error, zlib.error, lzma.LZMAError, zipfile.BadZipFile,
)  # fmt: skip
"""What NumPy and zipfile raise over files that are broken, encrypted or of another kind."""


@dataclass(frozen=True, slots=True)
class LoadedWorld:
    """A world from a file.

    Attributes:
        balance: how far it was from balance, as parts of one.
        said: what was repaired, in whole sentences, to print with the balance.
    """

    world: World
    balance: Balance
    said: tuple[str, ...]


def read_world(path: Path) -> LoadedWorld:
    """Give the world of an npz file. Raises `FileRefused` naming file, array, row and rule."""
    told = _arrays(path)
    said = [f"{name}: {OPTIONAL[name]}, the file has none" for name in OPTIONAL if name not in told]
    size = len(told["regions"]), len(told["sectors"])
    try:
        world = make_world(
            regions=[str(code) for code in told["regions"]],
            sectors=[str(code) for code in told["sectors"]],
            trade_shares=told["pi"],
            tariffs=told.get("tau", np.zeros((size[0], size[0], size[1]))),
            value_added_shares=told["beta"],
            input_shares=told["gamma"],
            final_shares=told["alpha"],
            elasticities=told["theta"],
            value_added=told["VA"],
            deficits=told["D"],
            expenditure=told["X"],
            name=path.stem,
        )
        return balanced(world, path.name, said)
    except WorldMalformed as fault:
        raise FileRefused(path.name, str(fault)) from fault


def write_world(world: World, path: Path) -> None:
    """Write a world as `read_world` reads it. Raises `FileRefused` where nothing can be written."""
    held: dict[str, Any] = {
        "regions": np.array(world.regions),
        "sectors": np.array(world.sectors),
        "pi": world.trade_shares,
        "tau": world.tariffs,
        "beta": world.value_added_shares,
        "gamma": world.input_shares,
        "alpha": world.final_shares,
        "theta": world.elasticities,
        "VA": world.value_added,
        "D": world.deficits,
        "X": world.expenditure,
    }
    try:
        with path.open("wb") as file:
            np.savez_compressed(file, **held)
    except OSError as fault:
        raise FileRefused(path.name, fault.strerror or "cannot be written") from fault


def balanced(world: World, where: str, said: list[str]) -> LoadedWorld:
    """Bring a world that nearly balances to balance, and say so; refuse one that is far off.

    Raises `FileRefused` and `WorldMalformed`.
    """
    off = balance_of(world)
    parts = {"goods": off.goods, "labour": off.labour, "deficits": off.deficits}
    name, worst = max(parts.items(), key=lambda each: each[1])
    if not worst <= MOST_OFF:
        raise FileRefused(
            where,
            f"does not balance: {name} differ by {worst:.1%} of the largest, {MOST_OFF:.0%} is "
            "taken; check that shares, spending and value added are of one year and one unit",
        )
    if worst > EXACT:
        world, _ = settled(world)
        said.append(
            f"brought to exact balance: {name} differed by {worst:.2g} of the largest; value "
            "added, final shares and deficits follow from trade, inputs and spending"
        )
    return LoadedWorld(world, off, tuple(said))


def _arrays(path: Path) -> dict[str, Any]:
    told = _held(path)
    missing = [name for name in ARRAYS if name not in told and name not in OPTIONAL]
    if missing:
        raise FileRefused(path.name, f"the array {missing[0]} is missing", column=missing[0])
    for name in ARRAYS[2:]:
        if name in told and not np.issubdtype(told[name].dtype, np.number):
            raise FileRefused(path.name, "holds no numbers", column=name)
    for name in ARRAYS[:2]:
        if told[name].ndim != 1 or told[name].dtype.kind != "U":
            raise FileRefused(path.name, "a row of texts is asked for", column=name)
    return told


def _held(path: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(each.file_size for each in packed.infolist())
            if size > LARGEST:
                said = f"unpacks to {size / 1e9:.1f} GB, {LARGEST / 1e9:.0f} GB is taken"
                raise FileRefused(path.name, said)  # noqa: TRY301 - where it is found
            inside = set(packed.namelist())
            named = [name for name in ARRAYS if f"{name}.npy" in inside]
            _check_heads(path.name, {name: _head(packed, name) for name in named})
        with np.load(path, allow_pickle=False) as held:
            return {name: held[name] for name in named}
    except FileRefused:
        raise
    except OSError as fault:
        raise FileRefused(path.name, fault.strerror or "cannot be read") from fault
    except BROKEN as fault:
        raise FileRefused(path.name, "is no npz file of plain numbers and texts") from fault


def _head(packed: zipfile.ZipFile, name: str) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Give the shape and kind of an array without reading it; its size must be what they say."""
    with packed.open(f"{name}.npy") as held:
        if np.lib.format.read_magic(held) == (1, 0):
            shape, _, kind = np.lib.format.read_array_header_1_0(held)
        else:
            shape, _, kind = np.lib.format.read_array_header_2_0(held)
        told = packed.getinfo(f"{name}.npy").file_size - held.tell()
    if kind.hasobject or math.prod(shape) * kind.itemsize != told:
        raise ValueError(name)
    return shape, kind


def _check_heads(where: str, heads: dict[str, tuple[tuple[int, ...], np.dtype[Any]]]) -> None:
    """Refuse what is of another size than countries and sectors, before any of it is read."""
    if not {"regions", "sectors"} <= heads.keys():
        return
    size = {}
    for axis, name in (("n", "regions"), ("j", "sectors")):
        shape, kind = heads[name]
        if len(shape) != 1 or kind.itemsize > 4 * LONGEST:
            raise FileRefused(where, "a row of texts is asked for", column=name)
        size[axis] = shape[0]
    for name in (each for each in SHAPES if each in heads):
        asked, found = tuple(size[axis] for axis in SHAPES[name]), heads[name][0]
        if found != asked:
            said = f"has the shape {found}; {asked} is asked for"
            raise FileRefused(where, said, column=name)
