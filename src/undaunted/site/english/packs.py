"""Texts of packs that pages show: which keys of which files hold them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LAW", "folder_of", "pack_texts", "register_packs"]

LAW: Final = "law"
"""The context of such texts in a catalogue: a sector is called otherwise than a button."""

_PACKS: dict[tuple[str, str], tuple[str, ...]] = {}


def register_packs(package: str, files: str, *keys: str) -> None:
    """Say that files of a package hold texts that pages show, under `keys`, as `scope.says`.

    After a key may stand what must hold of its table: `criteria.texts.en.text wording=summary`.
    """
    _PACKS[package, files] = keys


@cache
def pack_texts() -> tuple[tuple[str, str], ...]:
    """Give every text with the file that it stands in."""
    return tuple(
        (
            f"{package.partition('.')[2].replace('.', '/')}/{path.relative_to(folder).as_posix()}",
            text,
        )
        for (package, files), keys in sorted(_PACKS.items())
        for folder in (folder_of(package),)
        for path in sorted(folder.glob(files))
        for key in keys
        for text in _under(tomllib.loads(path.read_text("utf-8")), key)
    )


def folder_of(package: str) -> Path:
    """Give the folder of a package. Raises `LookupError`."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise LookupError(f"{package} is no package of this copy")
    return Path(spec.origin).parent


def _under(held: Any, key: str) -> Iterator[str]:  # noqa: ANN401 - whatever the file holds
    names, _space, only = key.partition(" ")
    tables: list[Any] = [held]
    *above, last = names.split(".")
    for name in above:
        tables = [each for table in tables for each in _listed(table.get(name))]
    wanted, _sign, value = only.partition("=")
    for table in tables:
        text = table.get(last)
        if isinstance(text, str) and text and (not wanted or table.get(wanted) == value):
            yield text


def _listed(held: Any) -> list[Any]:  # noqa: ANN401 - as above
    if held is None:
        return []
    return held if isinstance(held, list) else [held]
