"""The packs this copy knows, read once; the version of a rule is chosen by the day of its start."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from undaunted.core.clocks.rules.reading import PackBroken, read_rules

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from undaunted.core.clocks.rules.terms import Rule

__all__ = ["RuleUnknown", "choose", "read_packs", "rule_for", "rule_version", "rules"]


class RuleUnknown(LookupError):
    """No rule has that name, or none of its versions is in force on that day."""


@cache
def rules() -> tuple[Rule, ...]:
    """Return every version of every rule, by id and version."""
    folder = files("undaunted.core.clocks").joinpath("packs")
    return read_packs(
        (path.name, path.read_text("utf-8"))
        for path in folder.iterdir()
        if path.name.endswith(".toml")
    )


def rule_for(name: str, on: date) -> Rule:
    """Return the version of a rule under which a clock started on this day runs."""
    return choose(rules(), name, on)


def rule_version(name: str, version: int) -> Rule:
    """Return the version that a running clock names."""
    for held in rules():
        if held.id == name and held.version == version:
            return held
    raise RuleUnknown(f"There is no version {version} of the rule {name!r}.")


def choose(held: Iterable[Rule], name: str, on: date) -> Rule:
    """Return the version of `name` in force on `on`, out of `held`."""
    held = tuple(held)
    versions = [version for version in held if version.id == name]
    for version in versions:
        if version.in_force(on):
            return version
    if not versions:
        known = ", ".join(sorted({version.id for version in held}))
        raise RuleUnknown(f"No rule is called {name!r}; there are: {known}.")
    times = "; ".join(
        f"{each.valid_from} to {each.valid_to or 'now'} (first day no longer)" for each in versions
    )
    raise RuleUnknown(f"{name} has no version in force on {on}; it is in force: {times}.")


def read_packs(texts: Iterable[tuple[str, str]]) -> tuple[Rule, ...]:
    """Return the rules of (file name, TOML) pairs. Raises `PackBroken` with all that is wrong."""
    found: list[Rule] = []
    for where, text in sorted(texts):
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise PackBroken(where, (f"not TOML: {error}; correct the line it names",)) from error
        for new in read_rules(data, where=where):
            _refuse_overlap(new, found, where)
            found.append(new)
    return tuple(sorted(found, key=lambda each: (each.id, each.version)))


def _refuse_overlap(new: Rule, earlier: Iterable[Rule], where: str) -> None:
    for other in earlier:
        if other.id != new.id:
            continue
        if other.version == new.version:
            raise PackBroken(where, (f"{new.id}.version: {new.reference} exists twice; raise one",))
        if other.in_force(new.valid_from) or new.in_force(other.valid_from):
            both = f"{new.reference} overlaps {other.reference}"
            remedy = "end one where the other begins"
            raise PackBroken(where, (f"{new.id}.valid_from, valid_to: {both}; {remedy}",))
