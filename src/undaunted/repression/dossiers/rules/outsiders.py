"""Who is told of in a text by number: “Person 2”, in each language of the product.

A paper calls victims by number, and so do those who type. A number that stands for somebody who is
not in the paper tells of them all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undaunted.repression.dossiers.rules.leaks import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["numbers_told"]

_CALLED: Final = frozenset({
    "person", "persons", "people", "victim", "victims",
    "personne", "personnes", "victime", "victimes",
    "persona", "personas", "víctima", "víctimas", "người",
    "лицо", "лица", "лицу", "лицом", "лице", "лиц", "лицам", "лицами", "лицах",
    "чалавек", "чалавека", "чалавеку", "чалавекам", "чалавекі", "чалавекаў",
    "asmuo", "asmens", "asmeniui", "asmenį", "asmeniu", "asmenys", "asmenų", "asmenims",
    "kişi", "kişiye", "kişiyi", "kişinin", "kişide", "kişiden", "kişiyle",
    "kişiler", "kişilere", "kişileri", "kişilerin", "kişilerden", "kişilerle",
})  # fmt: skip
_CALLED_BY_END: Final = ("人员", "人员编号", "شخص", "أشخاص", "اشخاص", "شخصهای")
"""Words before which another is written without a blank."""
_CALLED_BEHIND: Final = "كىشى"
"""The word that stands behind its number."""
_CALLED_NUMBER: Final = "号人员"
"""As it begins behind its number: 2号人员."""
_NUMBER: Final = frozenset({
    "no", "nos", "nono", "nr", "n", "num", "number", "numbers", "numéro", "numéros",
    "número", "números", "номер", "номера", "номером", "номерами", "под", "нумар", "нумары",
    "numeris", "numeriai", "numara", "numarası", "số", "thứ", "第", "编号",  # noqa: RUF001 - as it is typed
    "رقم", "أرقام", "ارقام", "شماره", "شمارههای", "نومۇر", "نومۇرى",
})  # fmt: skip
"""Words for a number that may stand before it: Person No. 2."""
_OPENING: Final = frozenset("#°:([«“„")
"""Signs that may stand before a number, though not between two."""
_AROUND: Final = frozenset(')]»”"')
_TURKISH: Final = frozenset({
    ".", "'", "’", "numaralı", "nolu", "no", "lu", "lı", "nci", "inci", "uncu", "üncü",  # noqa: RUF001 - as typed
})  # fmt: skip
"""What stands between an ordinal number and kişi; without it, the number is how many."""
_RANGE: Final = frozenset("-‐‑–—−")  # noqa: RUF001 - each as it is typed
_BETWEEN: Final = frozenset(",;&/+،、")
_SHORT: Final = 4
"""Letters up to which a word between two numbers may be an “and”."""
_WIDEST: Final = 500
_WIDE: Final = 4
"""How many words and signs stand between a number and the word behind it, with the number."""


def numbers_told(text: str) -> frozenset[int]:
    """Give the numbers of whoever a text calls a person by number, ranges and lists too."""
    plain = plain_text(text).casefold().replace("\u0307", "")  # what İ leaves behind
    tokens = re.findall(r"\d{1,6}|[^\W\d_]{1,40}|\S", plain)
    found: set[int] = set()
    for place, token in enumerate(tokens):
        found.update(_before(tokens[max(0, place - _WIDE) : place], token))
    bare = list(_bare(tokens))
    for place, token in enumerate(bare):
        if token in _CALLED or token.endswith(_CALLED_BY_END):
            found.update(_listed(bare[place + 1 :]))
    return frozenset(found)


def _bare(tokens: Iterable[str]) -> Iterator[str]:
    """Give a text without what may stand about its numbers: No., №, brackets and quotes."""
    before, after_left = "", False
    for token in tokens:
        opens = token in _OPENING and not before.isdecimal()
        ends = after_left and token in {".", "o"}
        after_left = opens or ends or token in _NUMBER or token in _AROUND
        before = token
        if not after_left:
            yield token


def _listed(tokens: Sequence[str]) -> Iterator[int]:
    """Read the numbers that follow: 1, 2 and 4 to 6."""
    last, through = 0, False
    for place, token in enumerate(tokens):
        if token.isdecimal():
            number = int(token)
            yield from range(last + 1, number) if through and number - last < _WIDEST else ()
            yield number
            last, through = number, False
        elif token in _RANGE and (last or not place):
            through = bool(last)
        elif not (last and (token in _BETWEEN or _is_and(tokens, place))):
            return


def _is_and(tokens: Sequence[str], place: int) -> bool:
    behind = tokens[place + 1 : place + 2]
    short = tokens[place].isalpha() and len(tokens[place]) <= _SHORT
    return short and any(each.isdecimal() for each in behind)


def _before(tokens: Sequence[str], called: str) -> Iterator[int]:
    """Read the number that stands before a word, as in 2-كىشى, 2. kişi and 2号人员.

    In most languages a number there says how many: a cell of 3 persons, 3 чалавекі.
    """
    if called not in _CALLED and not called.startswith((_CALLED_BEHIND, _CALLED_NUMBER)):
        return
    joints, needed = frozenset[str](), True
    if called.startswith((_CALLED_BEHIND, _CALLED_NUMBER)):
        joints, needed = _RANGE | {"نومۇرلۇق"}, False
    elif called.startswith("kişi"):
        joints = _TURKISH
    elif called.startswith(("лиц", "чалавек")):
        joints = _RANGE
    for token in reversed(tokens):
        if token.isdecimal() and not needed:
            yield int(token)
        if token not in joints:
            return
        needed = False
