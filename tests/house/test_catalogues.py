"""Every catalogue says everything that the source says, and nothing that is only a guess."""

from __future__ import annotations

import ast
import re
from datetime import date
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import django
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale

from tests.house.tree import PACKAGE, modules, nodes_of, relative
from undaunted.coercion.instruments.rules import annex, points, request_fields
from undaunted.coercion.screening.rules import factors_for, fields, regimes, sector_list_on
from undaunted.config.messages import KEYWORDS, gather
from undaunted.core.clocks.rules import rules
from undaunted.core.standards.rules import pack
from undaunted.site.english import LAW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog

__all__: list[str] = []

LOCALE = PACKAGE / "site" / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
ON = date(2026, 11, 26)
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
TAG = re.compile(r"</?[a-z][^>]*>")


@cache
def _said_in_source() -> frozenset[tuple[str, str | None]]:
    return frozenset(
        (message.id if isinstance(message.id, str) else message.id[0], message.context)
        for message in gather()
        if message.id
    )


@cache
def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


def test_sentences_are_marked_by_names_that_are_gathered() -> None:
    """A function of translation under another name marks sentences that no catalogue gets."""
    found = [
        f"{relative(path)}:{node.lineno} {alias.name} as {alias.asname}"
        for path in modules("src")
        for node in nodes_of(path)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name and (alias.asname or alias.name) not in KEYWORDS
    ]
    assert found == []


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
        allowed = {name for each in ids for name in PLACEHOLDER.findall(each)}
        forms = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        used = [set(PLACEHOLDER.findall(form or "")) for form in forms]
        if any(each - allowed for each in used) or (len(ids) == 1 and used[0] != allowed):
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parents[1].name)
def test_catalogue_keeps_every_tag(path: Path) -> None:
    wrong = []
    for message in _read(path):
        ids = message.id if isinstance(message.id, (tuple, list)) else [message.id]
        forms = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        wanted = sorted(TAG.findall(ids[0]))
        if message.id and any(sorted(TAG.findall(form or "")) != wanted for form in forms):
            wrong.append(message.id)
    assert wrong == []


def _form(catalogue: GNUTranslations, number: int) -> int:
    # The attribute is what gettext itself makes of the head; it has no public name.
    return int(catalogue.plural(number))  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parents[1].name)
def test_plural_forms_are_those_of_django(path: Path) -> None:
    of_django = Path(django.__file__).parent / "conf/locale" / path.parents[1].name
    with (of_django / "LC_MESSAGES" / "django.mo").open("rb") as file:
        theirs = GNUTranslations(file)
    with path.with_suffix(".mo").open("rb") as file:
        ours = GNUTranslations(file)
    numbers = [*range(130), 1000, 1_000_000]
    assert [_form(ours, n) for n in numbers] == [_form(theirs, n) for n in numbers]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parents[1].name)
def test_compiled_catalogue_is_that_of_the_text(path: Path) -> None:
    compiled = BytesIO()
    write_mo(compiled, _read(path))
    assert path.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run make messages"


def test_every_language_has_a_catalogue() -> None:
    wanted = {to_locale(code) for code, _ in settings.LANGUAGES} - {"en"}
    assert {path.parents[1].name for path in CATALOGUES} == wanted


def _texts_of_law() -> Iterator[str]:
    """Give what pages of screening, instruments, response and deadlines show of packs."""
    for regime in regimes():
        yield from (row.says for row in regime.scope)
        yield from (phase.title for phase in regime.phases)
        for way in regime.recourse:
            yield from (way.body, way.within)
        yield regime.caveat
        yield from (factor.title for factor in factors_for(regime))
        for row in regime.scope:
            if "sectors" in row.when:
                listed = sector_list_on(str(row.when["sectors"]), ON)
                yield from (item.title for item in listed.items)
    yield from (field.title for field in fields())
    yield from (point.text for point in points())
    yield from (kind.title for kind in annex())
    for asked in request_fields():
        yield from (asked.title, asked.asks)
    for name in ("coercion-trigger", "eu-aci-coercion"):
        held = pack(name, ON)
        yield from (held.title, held.summary)
        yield from (each.title for each in held.criteria.values())
        yield from (each.label for each in held.outcomes)
        texts = (each.texts["en"] for each in held.criteria.values())
        yield from (each.text for each in texts if each.wording == "summary")
    for rule in rules():
        yield from (rule.title["en"], rule.short["en"])
        yield from (limit.whose for limit in rule.limits)


def test_every_text_of_a_pack_that_pages_show_is_gathered() -> None:
    lacking = {text for text in _texts_of_law() if text} - {
        sentence for sentence, context in _said_in_source() if context == LAW
    }
    assert lacking == set(), "register the pack's key in the subject's apps.py"


def test_what_is_quoted_from_a_law_is_not_translated() -> None:
    gathered = {sentence for sentence, context in _said_in_source() if context == LAW}
    held = pack("eu-aci-coercion", ON).criteria.values()
    quoted = {each.texts["en"].text for each in held if each.texts["en"].wording == "verbatim"}
    assert quoted
    assert gathered & quoted == set()
