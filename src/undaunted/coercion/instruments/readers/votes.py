"""Votes of the Council as they stand in a file: a sheet of member and vote, or a table (TOML)."""

from __future__ import annotations

import csv
import io
import tomllib
from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.readers.refusals import FileRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["read_votes"]


def read_votes(path: Path) -> dict[str, str]:
    """Give what each member state did, by its code. Raises `FileRefused` by row or key."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() == ".csv":
            return _of_sheet(path.name, text)
        held = tomllib.loads(text)
    except OSError as error:
        raise FileRefused(path.name, f"cannot be opened: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileRefused(path.name, f"is neither TOML nor a sheet (.csv): {error}") from error
    problems = list(_strange(held))
    if problems:
        raise FileRefused(path.name, *problems)
    return dict(held["votes"])


def _strange(held: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key}: is no key here; remove it" for key in sorted(set(held) - {"votes"}))
    votes = held.get("votes")
    if not isinstance(votes, dict):
        yield 'votes: write a table [votes] with one line a member state, as LT = "for"'
        return
    yield from (
        f"votes, {code}: write a text, as for" for code, each in votes.items()
        if not isinstance(each, str)
    )  # fmt: skip


def _of_sheet(where: str, text: str) -> dict[str, str]:
    marks = ";" if ";" in text.partition("\n")[0] else ","
    sheet = csv.DictReader(io.StringIO(text), delimiter=marks)
    if not {"member", "vote"} <= set(sheet.fieldnames or ()):
        raise FileRefused(where, "row 1: write the columns member and vote")
    told: dict[str, str] = {}
    problems: list[str] = []
    for number, row in enumerate(sheet, start=2):
        member, vote = ((row.get(name) or "").strip() for name in ("member", "vote"))
        if member.upper() in told:
            problems.append(f"row {number}, member: {member} stands twice; remove one")
        elif member or vote:
            told[member.upper()] = vote.lower()
    if problems:
        raise FileRefused(where, *problems)
    return told
