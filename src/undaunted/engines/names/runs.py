"""Neighbouring words read as one, since lists write Jong-un in one word or in two."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from undaunted.engines.names.scripts import COMMON
from undaunted.engines.names.spelling import token_of

if TYPE_CHECKING:
    from undaunted.engines.names.tokens import Prepared, Token

__all__ = ["Span", "runs"]

Span = tuple[int, int]
"""From a first place to behind a last one."""

_MOST = 8
_LONGEST_SYLLABIC = 6
_SYLLABIC = frozenset({"han", "hangul"})


@lru_cache(maxsize=1 << 13)
def runs(name: Prepared) -> dict[Span, Token]:
    """Give runs of two and three words of one script, each as one token."""
    found: dict[Span, Token] = {}
    count = min(len(name.tokens), _MOST)
    for first in range(count - 1):
        for behind in range(first + 2, min(first + 4, count + 1)):
            run = name.tokens[first:behind]
            script = run[0].script
            if script != COMMON and all(token.script == script for token in run):
                found[first, behind] = _run(
                    "".join(token.text for token in run), script, foreign=name.foreign
                )
    return found


def _run(word: str, script: str, *, foreign: bool) -> Token:
    syllabic = script in _SYLLABIC and len(word) <= _LONGEST_SYLLABIC and not foreign
    return token_of(word, script, syllabic=syllabic)
