"""Setting a page description with Typst: text goes in as JSON, and only the fonts that it needs.

The same text is so set with the same letters on every machine that has them.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typst

from undaunted.core.editions.rules import EditionRefused, FontMissing, families_for, fonts_for
from undaunted.core.editions.writers.fonts import FOLDERS, digests_of, files_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Typeset", "typeset"]

Media = Literal["pdf", "png", "svg"]


@dataclass(frozen=True, slots=True)
class Typeset:
    """The pages, one file each but for PDF, and the digests of the fonts they were set with."""

    pages: tuple[bytes, ...]
    fonts: Mapping[str, str]


def typeset(  # noqa: PLR0913 - the look, what it says, in which language, as what, dated when
    look: bytes,
    values: Mapping[str, Any],
    *,
    title: str,
    language: str,
    media: Media,
    moment: int = 0,
    sharpness: float = 72.0,
    folders: Iterable[Path] = FOLDERS,
) -> Typeset:
    """Set `values`, which the look reads as `sys.inputs.document` with `families` added.

    PDF is tagged (PDF/UA-1) and dated `moment`, in seconds (UTC). Raises `FontMissing` where a
    letter cannot be set, `EditionRefused` where a page cannot; `title` names it there.
    """
    fonts = fonts_for([json.dumps(values, ensure_ascii=False)])
    told = {**values, "families": families_for(fonts, language)}
    found = files_of(fonts, folders)
    with _compiler(found) as compiler, _refusals(title):
        done = compiler.compile(
            look,
            format=media,
            ppi=sharpness,
            sys_inputs={"document": json.dumps(told, ensure_ascii=False)},
            pdf_standards=["ua-1"] if media == "pdf" else None,
            timestamp=moment,
        )
    made: Any = done if isinstance(done, list) else [done]
    return Typeset(tuple(made), digests_of(found))


@contextmanager
def _compiler(found: Iterable[Path]) -> Iterator[typst.Compiler]:
    with tempfile.TemporaryDirectory(prefix="undaunted-fonts-") as folder:
        for file in found:
            (Path(folder) / file.name).symlink_to(file)
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )
        yield typst.Compiler(root=folder, font_paths=fonts)


@contextmanager
def _refusals(what: str) -> Iterator[None]:
    try:
        yield
    except typst.TypstError as problem:
        told: Any = problem
        text = " ".join([str(told.message), *map(str, told.hints)])
        if "font" in text or "glyph" in text:
            raise FontMissing(
                f"{what[:60]}: {text}; install the Debian packages fonts-noto-core and "
                "fonts-noto-cjk, or write it in other letters"
            ) from problem
        raise EditionRefused(f"{what[:60]}: the page cannot be set: {text}") from problem
