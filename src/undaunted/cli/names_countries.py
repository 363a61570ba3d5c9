"""Countries of a table of names as people write them: codes, names in any language, demonyms."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["coded"]


@lru_cache(maxsize=16_384)
def coded(cell: str) -> str:
    """Give a cell with the code of each country that it names; words that name none are kept.

    What is kept is no code, so that whoever reads the cell tells of its row.
    """
    return ";".join(code for part in cell.split(";") for code in _codes(part.strip()))


def _codes(words: str) -> tuple[str, ...]:
    from undaunted.core.listings.readers import nationalities_of  # noqa: PLC0415 - starts faster

    sides = [nationalities_of(side) for side in words.split("/")]
    if len(sides) > 1 and all(map(_are_codes, sides)):
        return tuple(dict.fromkeys(code for side in sides for code in side))
    return nationalities_of(words) or (words,)


def _are_codes(found: tuple[str, ...]) -> bool:
    return bool(found) and all(len(code) == len("IR") and code.isupper() for code in found)
