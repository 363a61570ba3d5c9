"""Every catalogue says everything that the source says, and nothing that is only a guess."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.house.tree import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

    from babel.messages.catalog import Catalog

__all__: list[str] = []

LOCALE = PACKAGE / "site" / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def _templates(
    file: IO[bytes], keywords: object, tags: object, _options: object
) -> Iterator[tuple[object, ...]]:
    from babel.messages.extract import extract_python  # noqa: PLC0415 - for this shape alone

    source = templatize(file.read().decode("utf-8"))
    yield from extract_python(BytesIO(source.encode("utf-8")), keywords, tags, {})  # type: ignore[arg-type]


@cache
def _said_in_source() -> frozenset[tuple[str, str | None]]:
    found = set()
    for _, _, message, _, context in extract_from_dir(
        PACKAGE,
        method_map=[("**/migrations/**", "ignore"), ("**.py", "python"), ("**.html", _templates)],  # type: ignore[list-item]
        keywords=KEYWORDS,
    ):
        single = message[0] if isinstance(message, (tuple, list)) else message
        if single:
            found.add((single, context))
    return frozenset(found)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parents[1].name)
def test_catalogue_is_complete(path: Path) -> None:
    empty = []
    for message in _read(path):
        forms = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        if message.id and (message.fuzzy or not all(forms)):
            empty.append(message.id)
    assert empty == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parents[1].name)
def test_catalogue_knows_every_sentence_of_the_source(path: Path) -> None:
    known = {(m.id[0] if isinstance(m.id, (tuple, list)) else m.id, m.context) for m in _read(path)}
    assert sorted(text for text, context in _said_in_source() - known) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parents[1].name)
def test_catalogue_keeps_every_placeholder(path: Path) -> None:
    wrong = []
    for message in _read(path):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, (tuple, list)) else [message.id]
        allowed = {name for each in ids for name in re.findall(r"%\((\w+)\)s", each)}
        forms = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        used = [set(re.findall(r"%\((\w+)\)s", form or "")) for form in forms]
        if any(each - allowed for each in used) or (len(ids) == 1 and used[0] != allowed):
            wrong.append(message.id)
    assert wrong == []


def test_sentences_are_found_in_python_and_in_templates() -> None:
    if not LOCALE.exists():
        pytest.skip("there is no catalogue yet")
    assert _said_in_source()
