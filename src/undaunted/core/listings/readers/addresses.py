"""The operator's file of addresses: which lists are fetched from where, and in whose name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from undaunted.core.listings.rules import ListRefused, UnknownList, list_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Address", "Addresses", "read_addresses"]

_HOST = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,20}[A-Za-z][A-Za-z0-9-]{0,62}|localhost")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Address:
    """Where a list is fetched, and the name that its file gets: its ending tells the format.

    `hosts` are those to which the address may lead beside its own.
    """

    source: str
    address: str
    name: str
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Addresses:
    """The lists that are fetched, as the user in whose name they are loaded."""

    user: str
    lists: tuple[Address, ...]


def read_addresses(path: Path | None) -> Addresses:
    """Give what the file says. Raises `ListRefused` with everything that is wrong."""
    if path is None:
        raise ListRefused("UNDAUNTED_LISTS names no file of addresses; no list is fetched")
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as reason:
        raise ListRefused(f"{path}: cannot be read ({reason})") from None
    rows = data.get("lists", [])
    problems = list(_problems(data))
    if problems:
        raise ListRefused(f"{path}: " + "; ".join(problems))
    return Addresses(data["as"], tuple(_address(row) for row in rows))


def _problems(data: dict[str, Any]) -> Iterator[str]:
    if not isinstance(data.get("as"), str) or not data["as"]:
        yield "as: name the user in whose name lists are loaded"
    rows = data.get("lists")
    if not isinstance(rows, list) or not rows:
        yield "lists: write at least one [[lists]] with source and address"
        return
    for number, row in enumerate(rows, start=1):
        for name in ("source", "address"):
            if not isinstance(row.get(name), str):
                yield f"lists {number}, {name}: is missing"
                return
        try:
            list_source(row["source"])
        except UnknownList as unknown:
            yield f"lists {number}, source: {unknown}"
        if not _is_safe(row["address"]):
            yield f"lists {number}, address: begin it with https://"
        if "/" in str(row.get("name", "")):
            yield f"lists {number}, name: a file's name has no slash"
        if not _are_hosts(row.get("hosts", [])):
            yield f'lists {number}, hosts: write names of hosts alone, as ["files.issuer.example"]'


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    )


def _are_hosts(told: object) -> bool:
    return isinstance(told, list) and all(
        isinstance(each, str) and _HOST.fullmatch(each) for each in told
    )


def _address(row: dict[str, Any]) -> Address:
    source = row["source"]
    last = urlsplit(row["address"]).path.rpartition("/")[2]
    known = "." in last and last.rpartition(".")[2].lower() in {"csv", "xml", "xlsx", "xls", "gz"}
    name = row.get("name") or (last if known else f"{source}.{list_source(source).formats[-1]}")
    hosts = tuple(each.lower() for each in row.get("hosts", ()))
    return Address(source, row["address"], name, hosts)
