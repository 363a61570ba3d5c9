"""Files of lists from outside: which reader a source has, and one whole reading of a file."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from undaunted.core.listings.readers.addresses import Address, Addresses, read_addresses
from undaunted.core.listings.readers.australia import read_australia
from undaunted.core.listings.readers.canada import read_canada
from undaunted.core.listings.readers.china import read_china
from undaunted.core.listings.readers.dates import DateUnknown, day_of
from undaunted.core.listings.readers.eu_fsf import read_eu_fsf
from undaunted.core.listings.readers.eu_journal import read_eu_journal
from undaunted.core.listings.readers.files import ending_of, is_empty, opened
from undaunted.core.listings.readers.ofac_csv import FILES, is_part_of_ofac, read_ofac_csv
from undaunted.core.listings.readers.ofac_xml import read_ofac_xml
from undaunted.core.listings.readers.packed import unpacked
from undaunted.core.listings.readers.plain import read_plain
from undaunted.core.listings.readers.reading import Reading
from undaunted.core.listings.readers.switzerland import read_switzerland
from undaunted.core.listings.readers.uk_fcdo import read_uk_fcdo
from undaunted.core.listings.readers.uk_ofsi import read_uk_ofsi
from undaunted.core.listings.readers.ukraine import read_ukraine
from undaunted.core.listings.readers.un import read_un
from undaunted.core.listings.readers.words import nationalities_of
from undaunted.core.listings.rules import ListRefused, list_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from undaunted.core.listings.rules import Entry

    Reader = Callable[[Path, Reading], Iterator[Entry]]

__all__ = [
    "Address",
    "Addresses",
    "Reading",
    "digest_of",
    "is_part_of_ofac",
    "nationalities_of",
    "opened",
    "published_day",
    "read_addresses",
    "read_list",
    "recognised",
    "unpacked",
]

_READERS: Final[dict[str, Reader]] = {
    "us-ofac-sdn": read_ofac_csv,
    "eu-fsf": read_eu_fsf,
    "eu-journal": read_eu_journal,
    "uk-fcdo": read_uk_fcdo,
    "uk-ofsi": read_uk_ofsi,
    "un-sc": read_un,
    "ca-sema": read_canada,
    "au-dfat": read_australia,
    "ch-seco": read_switzerland,
    "ua-nsdc": read_ukraine,
    "cn-counter": read_china,
    "xf-invented": read_plain,
    "xz-invented": read_plain,
}
_IN_PARTS: Final = frozenset({read_ofac_csv, read_eu_journal})
"""Readers of lists that come in several files, given as a folder."""
_CHUNK = 2**20


def read_list(source: str, path: Path, told: Reading) -> Iterator[Entry]:
    """Give the entries of a file as its source's reader reads them; `told` gathers the faults.

    Raises `UnknownList`, and `ListRefused` for a file that is cut, damaged, no such list, or has
    not one entry. Whoever reads must take nothing into force before the last entry was given.
    """
    regime = list_source(source).measures
    _demand_file(path)
    reader = _READERS[source]
    if reader is read_ofac_csv and path.is_file() and ending_of(path) == "xml":
        reader = read_ofac_xml
    if path.is_dir() and reader not in _IN_PARTS:
        raise ListRefused(f"{source}: this list comes in one file; give it alone")
    if path.is_file() and is_empty(path):
        raise ListRefused(f"{path.name}: is empty; fetch the file again")
    given = 0
    for entry in reader(path, told):
        given += 1
        yield told.check(entry if entry.measures else replace(entry, measures=regime))
    told.demand_letters()
    if not given:
        raise ListRefused(
            f"{path.name}: not one entry could be read, faults: {told.count}; fetch the file again"
        )


def recognised(path: Path) -> str:
    """Give the code of the list that a file is of, as its issuer gives it out; "" for none."""
    for source, reader in _READERS.items():
        if reader is read_plain or (reader is read_ofac_csv and not _of_ofac(path)):
            continue
        try:
            next(iter(read_list(source, path, Reading(path.name))))
        except ListRefused:
            continue
        return source
    return ""


def _of_ofac(path: Path) -> bool:
    """Say whether a file is one of those that its reader finds beside any file."""
    return ending_of(path) == "xml" or path.name.lower() in FILES


def _demand_file(path: Path) -> None:
    """Refuse what gives its bytes once alone, as a pipe does: a list is read more than once."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise ListRefused(f"{path.name}: is neither a file nor a folder; save the list as a file")


def digest_of(path: Path) -> tuple[str, int]:
    """Give digest and size of a file, or of all files of a folder with their names.

    Raises `ListRefused` for what is neither.
    """
    _demand_file(path)
    files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
    total, held = 0, hashlib.sha256()
    for each in files:
        if path.is_dir():
            held.update(str(each.relative_to(path)).encode() + b"\x00")
        with each.open("rb") as opened:
            while chunk := opened.read(_CHUNK):
                held.update(chunk)
                total += len(chunk)
    return held.hexdigest(), total


def published_day(told: Reading) -> str:
    """Give the day that a file gives itself as EDTF; "" where it gives none that can be read."""
    try:
        return day_of(told.published)
    except DateUnknown:
        return ""
