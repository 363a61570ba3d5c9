"""Words by which issuers name nationalities and countries that no index of names holds."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["demonyms", "more_countries"]


@cache
def _pack() -> dict[str, Any]:
    path = files("undaunted.core.listings").joinpath("packs/nationalities.toml")
    return tomllib.loads(path.read_text("utf-8"))


@cache
def demonyms() -> Mapping[str, str]:
    """Give the code of the country for each word in small letters, such as "kuwaiti"."""
    return MappingProxyType(
        {word: code for code, words in _pack()["demonyms"].items() for word in words}
    )


@cache
def more_countries() -> Mapping[str, str]:
    """Give the code of the country for each name in small letters."""
    return MappingProxyType(
        {word: code for code, words in _pack()["countries"].items() for word in words}
    )
