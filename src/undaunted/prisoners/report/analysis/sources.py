"""Sources as the report prints them: numbered, each with where it stands and how it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.editions.rules import Bullets, Link, Name
from undaunted.core.practices.writers import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.editions.rules import Text
    from undaunted.core.practices.rules import Source

__all__ = ["cited", "numbered", "source_list", "source_text"]


def numbered(sources: Iterable[Source]) -> Mapping[Source, int]:
    """Give each source its number, from 1, in the order in which they are named."""
    return {source: at for at, source in enumerate(dict.fromkeys(sources), start=1)}


def cited(sources: Iterable[Source], numbers: Mapping[Source, int]) -> str:
    """Give the numbers of the sources that carry something."""
    return ", ".join(str(at) for at in sorted(numbers[source] for source in sources))


def source_list(numbers: Mapping[Source, int], *, language: str) -> Bullets:
    """List the sources under their numbers."""
    return Bullets(
        tuple(
            (f"{at}. ", *source_text(source, language=language)) for source, at in numbers.items()
        )
    )


def source_text(source: Source, *, language: str) -> Text:
    """Give a source as a text; what was written about it stays in the language of its pack."""
    notes = " ".join(each for each in (source.read_in, source.note) if each)
    return (
        Name(f"{source.title}. {source.publisher}, {source.date}.", language),
        " ",
        Link(source.url, source.url),
        " (",
        told("SourceStatus", source.status),
        *((", ", Name(source.read_on)) if source.read_on else ()),
        *((": ", Name(notes, language)) if notes else ()),
        ")",
    )
