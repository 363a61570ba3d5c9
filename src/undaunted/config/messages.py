"""Gather every sentence to translate, bring the catalogues up to date, compile them.

`make messages`. Beside what is marked in code and templates these are the sentences that packs hold
and that rules and engines refuse in, where whoever owns them has registered that. Django's own
command needs gettext's programs; Babel needs nothing. Obsolete sentences are dropped, nothing is
guessed: a new sentence stays empty until a person translates it.
`--missing fr` prints what French still lacks as JSON, `--fill fr FILE` reads the same form back.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from undaunted.site.english import LAW, SAID, pack_texts, said_texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

__all__ = ["KEYWORDS", "CannotFill", "fill", "gather", "missing", "refresh"]

PACKAGE = Path(__file__).parents[1]
KEYWORDS: dict[str, Any] = {
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
SOURCE = "en"
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


class CannotFill(Exception):
    """A file of translations has something that must not reach a catalogue."""


def gather() -> Catalog:
    """Give every sentence in the source, with the files it appears in."""
    catalogue = Catalog(project="undaunted", charset="utf-8")
    for file, _line, message, comments, context in _found():
        catalogue.add(message, locations=[(file, None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    for context, texts in ((LAW, pack_texts()), (SAID, said_texts())):
        for file, text in texts:
            catalogue.add(text, locations=[(file, None)], context=context)  # type: ignore[list-item]
    return catalogue


@cache
def _found() -> list[tuple[Any, ...]]:
    """Read the source once: it stays as it is while the program runs."""
    methods: list[Any] = [
        ("**/migrations/**", "ignore"),
        ("**.py", "python"),
        ("**.html", _templates),
    ]
    found = extract_from_dir(PACKAGE, method_map=methods, keywords=KEYWORDS)
    return sorted(found, key=lambda each: each[:2])


def refresh(folder: Path) -> dict[str, int]:
    """Update and compile each language's catalogue in `folder`; give how many lack words."""
    template = gather()
    lacking = {}
    for code, _name in settings.LANGUAGES:
        if code == SOURCE:
            continue
        catalogue = _current(folder, code, template)
        _write(folder, code, catalogue)
        lacking[code] = sum(1 for each in catalogue if each.id and not _complete(each.string))
    return lacking


def missing(folder: Path, code: str) -> list[dict[str, Any]]:
    """Give what a language lacks: sentence, context, where it stands, and room for the words."""
    catalogue = _current(folder, code, gather())
    return [
        {
            "sentence": each.id if isinstance(each.id, str) else list(each.id),
            "context": each.context or "",
            "found_in": sorted({file for file, _line in each.locations}),
            "translation": "" if isinstance(each.id, str) else [""] * catalogue.num_plurals,
        }
        for each in catalogue
        if each.id and not _complete(each.string)
    ]


def fill(folder: Path, code: str, entries: list[dict[str, Any]]) -> int:
    """Take translations in the form that `missing` gives; all of them, or `CannotFill` for all."""
    catalogue = _current(folder, code, gather())
    faults = []
    for number, entry in enumerate(entries, 1):
        sentence, words = entry.get("sentence"), entry.get("translation")
        single = sentence[0] if isinstance(sentence, list) else sentence
        message = catalogue.get(single, entry.get("context") or None) if single else None
        if message is None:
            faults.append(f"entry {number}, sentence: the source does not say {single!r}")
        elif problem := _problem(message.id, words, catalogue.num_plurals):
            faults.append(f"entry {number}, translation of {single!r}: {problem}")
        else:
            message.string = tuple(words) if isinstance(words, list) else words or ""
    if faults:
        raise CannotFill("\n".join(faults))
    _write(folder, code, catalogue)
    return len(entries)


def _problem(sentence: str | Sequence[str], words: object, forms: int) -> str:
    """Say what is wrong with a translation, or nothing."""
    plural = not isinstance(sentence, str)
    texts = words if plural and isinstance(words, list) else [words]
    sources = [sentence] if isinstance(sentence, str) else sentence
    wanted = f"write {forms} forms in a list" if plural else "write one text"
    if isinstance(words, list) is not plural or (plural and len(texts) != forms):
        return wanted
    if not all(isinstance(text, str) and text.strip() for text in texts):
        return f"{wanted}, none of them empty"
    allowed = set(PLACEHOLDER.findall(" ".join(sources)))
    for text in texts:
        used = set(PLACEHOLDER.findall(str(text)))
        if used - allowed or (not plural and used != allowed):
            return f"use the placeholders {sorted(allowed)}, not {sorted(used)}"
    return ""


def _current(folder: Path, code: str, template: Catalog) -> Catalog:
    """Give the catalogue of a language with exactly the sentences of the source."""
    if code not in dict(settings.LANGUAGES) or code == SOURCE:
        raise CannotFill(f"{code} is not a language to translate into.")
    catalogue = _existing(_path(folder, code), code)
    catalogue.update(
        template, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False
    )
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    return catalogue


def _path(folder: Path, code: str) -> Path:
    return folder / to_locale(code) / "LC_MESSAGES" / "django.po"


def _write(folder: Path, code: str, catalogue: Catalog) -> None:
    path = _path(folder, code)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def _existing(path: Path, code: str) -> Catalog:
    if path.exists():
        with path.open("rb") as file:
            return read_po(file, locale=to_locale(code))
    catalogue = Catalog(
        locale=to_locale(code),
        header_comment="# Licence: that of the project. Reviews: site/packs/languages.toml.",
        project="undaunted",
        version="1",
        msgid_bugs_address="see SECURITY.md and CONTRIBUTING.md",
        last_translator="see the history of this file",
        language_team=code,
        charset="utf-8",
    )
    of_django = Path(django.__file__).parent / "conf/locale" / to_locale(code) / "LC_MESSAGES"
    with (of_django / "django.mo").open("rb") as file:
        known = read_mo(file)
    # The plural forms are Django's, or its catalogue and ours could not be merged. Its compiled
    # catalogue is what runs; the French text beside it says something else.
    plurals: Any = catalogue
    plurals._num_plurals = known.num_plurals  # noqa: SLF001 - no public way to set it
    plurals._plural_expr = known.plural_expr  # noqa: SLF001 - as above
    return catalogue


def _complete(string: str | list[str] | tuple[str, ...] | None) -> bool:
    return all(string) if isinstance(string, (list, tuple)) else bool(string)


def _templates(
    file: IO[bytes],
    keywords: Mapping[str, Any],
    tags: Collection[str],
    options: dict[str, str],
) -> Iterator[tuple[Any, ...]]:
    source = templatize(file.read().decode("utf-8"))
    yield from extract_python(BytesIO(source.encode("utf-8")), keywords, tags, options)  # type: ignore[arg-type]


def _main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m undaunted.config.messages", description=__doc__
    )
    parser.add_argument("--missing", metavar="LANGUAGE", help="print what it lacks as JSON")
    parser.add_argument("--fill", nargs=2, metavar=("LANGUAGE", "FILE"), help="read that form back")
    chosen = parser.parse_args(arguments)
    folder = Path(settings.LOCALE_PATHS[0])
    if chosen.missing:
        print(json.dumps(missing(folder, chosen.missing), ensure_ascii=False, indent=1))  # noqa: T201 - a command
        return
    if chosen.fill:
        entries = json.loads(Path(chosen.fill[1]).read_text("utf-8"))
        print(f"{chosen.fill[0]}: {fill(folder, chosen.fill[0], entries)} sentences filled")  # noqa: T201 - a command
        return
    for language, number in refresh(folder).items():
        print(f"{language}: {number} sentences without translation")  # noqa: T201 - a command


if __name__ == "__main__":
    django.setup()
    try:
        _main(sys.argv[1:])
    except CannotFill as error:
        sys.exit(str(error))
