"""Gather every sentence to translate, bring the catalogues up to date, compile them.

`make messages`. Django's own command needs gettext's programs; Babel needs nothing. Obsolete
sentences are dropped, nothing is guessed: a new sentence stays empty until a person translates it.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

__all__ = ["gather", "refresh"]

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


def gather() -> Catalog:
    """Give every sentence in the source, with the files it appears in."""
    catalogue = Catalog(project="undaunted", charset="utf-8")
    methods: list[Any] = [
        ("**/migrations/**", "ignore"),
        ("**.py", "python"),
        ("**.html", _templates),
    ]
    found = extract_from_dir(PACKAGE, method_map=methods, keywords=KEYWORDS)
    for file, _line, message, comments, context in sorted(found, key=lambda each: each[:2]):
        catalogue.add(message, locations=[(file, None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    return catalogue


def refresh(folder: Path) -> dict[str, int]:
    """Update and compile each language's catalogue in `folder`; give how many lack words."""
    template = gather()
    lacking = {}
    for code, _name in settings.LANGUAGES:
        if code == SOURCE:
            continue
        path = folder / to_locale(code) / "LC_MESSAGES" / "django.po"
        catalogue = _existing(path, code)
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        catalogue.fuzzy = False
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        lacking[code] = sum(1 for each in catalogue if each.id and not _complete(each.string))
    return lacking


def _existing(path: Path, code: str) -> Catalog:
    if path.exists():
        with path.open("rb") as file:
            return read_po(file, locale=to_locale(code))
    catalogue = Catalog(locale=to_locale(code), project="undaunted", charset="utf-8")
    of_django = Path(django.__file__).parent / "conf/locale" / to_locale(code) / "LC_MESSAGES"
    with (of_django / "django.po").open("rb") as file:
        known = read_po(BytesIO(file.read().split(b"\n\n", 1)[0]))
    # The plural forms are Django's, or its catalogue and ours could not be merged.
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


if __name__ == "__main__":
    django.setup()
    for language, number in refresh(Path(settings.LOCALE_PATHS[0])).items():
        print(f"{language}: {number} sentences without translation")  # noqa: T201 - a command
