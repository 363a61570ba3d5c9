"""The ledger of withdrawals read from its file, and the head noted apart from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from uuid import UUID

from undaunted.core.consent.rules import (
    FORMAT,
    FORMER,
    LEDGER,
    NOTED,
    Head,
    Kept,
    LedgerTampered,
    Line,
    Withdrawal,
    head_of,
    line_from,
    loose_line,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_former", "read_ledger", "read_noted", "read_since", "whatever_is_left"]

_BLOCK: Final = 1 << 16


def read_ledger(folder: Path, key: bytes | None) -> Kept | None:
    """Read and verify the whole ledger; None where there is no file. Raises `LedgerTampered`.

    Without a key, the former chain is read. A last line without its end was cut off while it was
    written: nobody was told that it was kept, and the database still holds it as not written yet.
    """
    try:
        first, *texts = _whole_lines((folder / LEDGER).read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as problem:
        raise LedgerTampered("the ledger has no first line") from problem
    instance = _instance_in(first, FORMER if key is None else FORMAT)
    return Kept(instance, _lines_after(instance, texts, Head(instance), key))


def read_former(folder: Path) -> Kept | None:
    """Read a ledger from before there was a key; None where there is none such.

    Raises `LedgerTampered`.
    """
    try:
        with (folder / LEDGER).open("rb") as file:
            held = json.loads(file.readline())
    except (FileNotFoundError, ValueError, RecursionError):
        return None
    if not isinstance(held, dict) or held.get("format") != FORMER:
        return None
    return read_ledger(folder, None)


def read_since(folder: Path, known: Head, key: bytes) -> Kept | None:
    """Read the end of the ledger from a line that is known, without the rest.

    Gives the lines after the known one only; None where there is no file. Raises `LedgerTampered`
    where the known line is not there or is another.
    """
    path = folder / LEDGER
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return None
    with path.open("rb") as file:
        instance = _instance_in(file.readline().decode(errors="replace"), FORMAT)
        block = _BLOCK
        while True:
            file.seek(max(0, size - block))
            held = _whole_lines(file.read())
            texts = held[1:]
            if block >= size or (texts and _begins_by(texts[0], known.number)):
                break
            block *= 4
    return Kept(instance, _lines_after(instance, texts, known, key))


def read_noted(folder: Path) -> Head | None:
    """Read the head that was noted in a second place; None where none was."""
    try:
        held = json.loads((folder / NOTED).read_text(encoding="utf-8"))
        return Head(UUID(held["instance"]), int(held["number"]), str(held["hash"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as problem:
        raise LedgerTampered(
            f"{folder / NOTED} is not readable as the head of a ledger"
        ) from problem


def whatever_is_left(folder: Path) -> tuple[Withdrawal, ...]:
    """Give every withdrawal that can still be read in a damaged ledger, in whatever order.

    A withdrawal only ever closes, so each is worth keeping, whoever wrote it.
    """
    try:
        texts = (folder / LEDGER).read_bytes().decode(errors="replace").splitlines()
    except FileNotFoundError:
        return ()
    found: dict[UUID, Withdrawal] = {}
    for line in map(loose_line, texts):
        if line is not None:
            found.setdefault(line.said.id, line.said)
    return tuple(found.values())


def _whole_lines(content: bytes) -> list[str]:
    return content[: content.rfind(b"\n") + 1].decode(errors="replace").splitlines()


def _instance_in(text: str, form: int) -> UUID:
    try:
        held = json.loads(text)
        if held["format"] == form:
            return UUID(held["instance"])
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise LedgerTampered("the first line does not name an installation") from problem
    raise LedgerTampered(f"the ledger is not of format {form}")


def _begins_by(text: str, number: int) -> bool:
    line = loose_line(text)
    return line is not None and line.number <= max(number, 1)


def _lines_after(
    instance: UUID, texts: list[str], known: Head, key: bytes | None
) -> tuple[Line, ...]:
    found = (loose_line(text) for text in texts)
    begun = known.number == 0
    head, after = Head(instance), []
    for text, line in zip(texts, found, strict=True):
        if not begun:
            begun = line is not None and line.number == known.number and line.hash == known.hash
            head = Head(instance, known.number, known.hash)
            continue
        made = line_from(text, head, key)
        after.append(made)
        head = head_of(instance, [made])
    if not begun:
        raise LedgerTampered(
            f"line {known.number} is not the one that the database has seen written"
        )
    return tuple(after)
