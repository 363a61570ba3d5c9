"""What somebody is shown before they judge: the verdict is of that, and of nothing newer.

More than the form that a verdict holds for: remarks, posts, programmes and measures decide as well,
while somebody looks. Order, the file and its rows, and the day of a load say nothing.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from undaunted.core.matching.rules.forms import form_of_entry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from undaunted.core.listings.rules import Entry
    from undaunted.core.matching.rules.references import EntryKey

__all__ = ["digest_of_pairs", "digest_of_question", "is_named_by", "mark_of", "shown_of_entry"]

_MARK = 32
"""Signs of a digest that somebody copies by hand: an issuer who writes both versions of an entry
would try 2 to the 64 to let two of them bear one mark."""


def shown_of_entry(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Give everything of an entry that whoever judges is shown, by field, in an order of its own.

    Measures that a regime imposes follow from its programmes, on whatever day is asked about.
    """
    form = form_of_entry(entry)
    told = {
        "kind": (form.kind,),
        "names": form.names,
        "births": (_joined(each.day or each.text, each.place, each.country)
                   for each in entry.births),
        "gender": (form.gender,),
        "nationalities": form.nationalities,
        "identifiers": form.identifiers,
        "ids": (f"{scheme}: {number}" for scheme, number in entry.ids),
        "countries": entry.countries,
        "positions": entry.positions,
        "addresses": (_joined(each.text, each.country) for each in entry.addresses),
        "programmes": (_joined(each.code, each.title) for each in entry.programmes),
        "measures": (_joined(each.kind, "" if each.stated else "implied")
                     for each in entry.measures),
        "events": (_joined(each.day, each.kind, each.basis) for each in entry.events),
        "reasons": (entry.reasons,),
        "remarks": (entry.remarks,),
    }  # fmt: skip
    sorted_out = {name: tuple(sorted({*texts} - {""})) for name, texts in told.items()}
    return {name: texts for name, texts in sorted_out.items() if texts}


def digest_of_pairs(
    pairs: Iterable[tuple[EntryKey, EntryKey]],
    entries: Mapping[EntryKey, Entry],
    gone: Collection[EntryKey] = (),
) -> str:
    """Name which pairs are shown and all that is shown of both entries of each, in any order.

    `gone` are those that are told as they last stood, since they left their list.
    """
    held = tuple(pairs)
    said = {
        key: _digest(entries[key], gone=key in gone)
        for key in {key for pair in held for key in pair}
        if key in entries
    }
    lines = {json.dumps([(key, said.get(key, "")) for key in sorted(pair)]) for pair in held}
    return _named(sorted(lines))


def digest_of_question(subject: str, listed: str, entry: Entry, *standing: str) -> str:
    """Name what is shown of a question: who is meant, an entry, and the answer that stands.

    `subject` is the digest of the file's form, `listed` the reference of the entry. What is alike
    of them is shown from all that the entry says, places of birth and numbers too.
    """
    return _named((subject, listed, _digest(entry, gone=False), *standing))


def mark_of(seen: str) -> str:
    """Give the short form of what names something shown: for whoever writes it by hand."""
    return seen[:_MARK]


def is_named_by(seen: str, told: str) -> bool:
    """Whether a text names what is shown, whole or by its mark."""
    return bool(seen) and told in {seen, mark_of(seen)}


def _digest(entry: Entry, *, gone: bool) -> str:
    told = json.dumps([shown_of_entry(entry), gone], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _named(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
