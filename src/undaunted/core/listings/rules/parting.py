"""Names of one cell of the Official Journal, parted where the Journal's own signs part them.

What stands there stays as it was written; the parts come beside it. A cell that holds facts besides
names, or whose parentheses a part would tear, is left whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undaunted.core.listings.rules.terms import Quality

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["named_apart"]

_SIGNS: Final = re.compile(
    r"(?:\b|(?<=\s))(?i:(?P<known>a\.?\s?k\.?\s?a\b\.?|alias\b|also known as\b)"
    r"|(?P<former>f\.?\s?k\.?\s?a\b\.?|formerly known as\b))\s{0,3}:?"
    r"|(?P<mark>;)"
    r"|(?:^|(?<=[,;])|(?<=[,;]\s))(?P<letter>\((?:[a-z]{1,2}|[ivx]{1,4})\)),?"
)
_ONCE: Final = re.compile(
    r"\((?:(?P<said>(?:formerly|previously)\sknown\sas|f\.?k\.?a\.?)|ex|formerly|previously)"
    r"[:.]?\s(?!listed\b|known\b)(?P<name>[^()]{2,120})\)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]{1,120}")
_SMALL: Final = frozenset({
    "abu", "al", "ben", "bin", "bint", "da", "de", "der", "di", "du", "el", "et", "ibn", "la", "le",
    "the", "und", "van", "von", "y",
})  # fmt: skip
"""Words within names that are written small."""
_JOINING: Final = frozenset({"and", "for", "of"})
"""Such words too, with which no name begins."""
_POST: Final = re.compile(
    r"\b(?:adviser|advisor|ambassador|chair(?:man|person|woman)?|chief|commander|deputy|director"
    r"|governor|head|judge|leader|mayor|member|minister|officer|owner|president|prosecutor|secretary"
    r"|senator|speaker)\b",
    re.IGNORECASE,
)
"""Words of a post: whoever had one before bore no other name."""
_FACTS: Final = re.compile(
    r"\b(?:date of birth|place of birth|dob|pob|nationality|born)\b", re.IGNORECASE
)
_OTHER_LETTERS: Final = re.compile(r"[\u0400-\u04ff\u0600-\u06ff]")
_QUOTES: Final = "\u2018\u2019\u201c\u201d\"'"


def named_apart(
    text: str, quality: Quality, *, person: bool = False
) -> tuple[tuple[str, Quality], ...]:
    """Give the names that a cell holds besides its whole text, each with its quality.

    A single word is a weak name of a person; what was a name before is a former one. None where no
    sign parts the cell.
    """
    if _FACTS.search(text):
        return ()
    other = Quality.ALIAS if quality is Quality.PRIMARY else quality
    found = dict.fromkeys(
        (name, Quality.WEAK if person and _is_short(name) else how)
        for part, how in _parts(text, other)
        for name in _by_letters(part)
    )
    return tuple(found) if all(each.count("(") == each.count(")") for each, _ in found) else ()


def _parts(text: str, quality: Quality) -> Iterator[tuple[str, Quality]]:
    once = [each for each in _ONCE.finditer(text) if each["said"] or _is_called(each["name"])]
    plain = text
    for each in reversed(once):
        plain = f"{plain[: each.start()]} {plain[each.end() :]}"
    signs = list(_SIGNS.finditer(plain))
    if not (once or signs):
        return
    ends = [*(each.start() for each in signs), len(plain)]
    cuts = [(0, ends[0], quality)]
    for sign, end in zip(signs, ends[1:], strict=True):
        cuts.append((sign.end(), end, Quality.FORMER if sign["former"] else quality))
    told = [(_clean(plain[start:end]), how) for start, end, how in cuts]
    told += [(_clean(each["name"]), Quality.FORMER) for each in once]
    yield from ((name, how) for name, how in told if name)


def _by_letters(part: str) -> tuple[str, ...]:
    """Part a name in Latin letters from another in Arabic or Cyrillic ones behind it."""
    begins = _OTHER_LETTERS.search(part)
    if begins is None:
        return (part,)
    first, other = part[: begins.start()], part[begins.start() :]
    whole = all(each.isspace() or _OTHER_LETTERS.match(each) for each in other)
    parted = whole and first.endswith(" ") and any(map(str.isalpha, first))
    return tuple(filter(None, map(_clean, (first, other)))) if parted else (part,)


def _is_called(text: str) -> bool:
    """Whether words that tell what was before look like a name, and not like a post or a deed."""
    words = _WORD.findall(text)
    return (
        bool(words)
        and words[0] not in _JOINING
        and all(not each[0].islower() or each in _SMALL | _JOINING for each in words)
        and _POST.search(text) is None
    )


def _is_short(name: str) -> bool:
    """Whether a name, or each of those that commas part, is a single word."""
    return all(" " not in each.strip() for each in name.split(","))


def _clean(part: str) -> str:
    """Give a part without quotation marks and parentheses around it, or torn ones."""
    name = " ".join(part.split()).strip(" ,;:")
    if name.startswith("(") and name.endswith(")") and name.count("(") == 1:
        name = name[1:-1]
    name = name.rstrip(" (")
    if name.endswith(")") and name.count(")") > name.count("("):
        name = name[:-1]
    ends = [name[:1] in _QUOTES, name[-1:] in _QUOTES]
    if any(ends) and sum(name.count(each) for each in _QUOTES) == sum(ends):
        name = name.strip(_QUOTES)
    return name if any(map(str.isalnum, name)) else ""
