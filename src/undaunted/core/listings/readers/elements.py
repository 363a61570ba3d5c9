"""XML record by record: no document types, no entities, no record without end, no cut file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from undaunted.core.listings.readers.files import opened
from undaunted.core.listings.rules import LIMITS, ListRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from undaunted.core.listings.readers.files import MeteredFile

__all__ = ["elements_of", "every", "local", "one", "text_of", "written"]

DEEPEST = 40
_BEGINNING = 256


class _TooLong(ValueError):
    """A record goes on past what records hold."""


class _Metered:
    """A file that is read no further than one record may go."""

    def __init__(self, held: MeteredFile) -> None:
        self._held, self.since = held, 0

    def read(self, size: int = -1) -> bytes:
        given = self._held.read(size)
        self.since += len(given)
        if self.since > LIMITS["record_bytes"]:
            raise _TooLong
        return given


def elements_of(
    path: Path, names: Collection[str], *, roots: Collection[str], over: Collection[str] = ()
) -> Iterator[tuple[int, Element]]:
    """Give the elements of some names with their number from 1; the root first, as number 0.

    An element is emptied after it was given, and what stands around those is kept no longer than
    until it ends. Those of the names in `over` are records too, which
    another reading of the file takes: they are emptied, neither given nor numbered. Raises
    `ListRefused` for a file that is cut, that has another root, or that brings a document type or
    entities.
    """
    number = 0
    try:
        with opened(path) as held:
            for number, element in _records(_Metered(held), names, over):
                if number == 0 and local(element) not in roots:
                    raise ListRefused(
                        f"{path.name}: begins with <{local(element)}> and not "
                        f"<{' or '.join(sorted(roots))}>; name the source that it is of"
                    )
                yield number, element
    except (DefusedXmlException, _TooLong) as reason:
        raise ListRefused(
            f"{path.name}, after record {number}: holds what no list does "
            f"({type(reason).__name__.strip('_')}); fetch it from its issuer"
        ) from None
    except (ParseError, UnicodeDecodeError, LookupError, ValueError) as reason:
        if isinstance(reason, ListRefused):
            raise
        if not _begins_as_xml(path):
            raise ListRefused(
                f"{path.name}: is no XML, as this list is; name the source that it is of"
            ) from None
        raise ListRefused(
            f"{path.name}, after record {number}: is cut or no XML ({reason}); fetch it again"
        ) from None


def _begins_as_xml(path: Path) -> bool:
    """Say whether the first sign is that of a mark, in whatever encoding."""
    with opened(path) as held:
        head = held.read(_BEGINNING)
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def _records(
    held: _Metered, names: Collection[str], over: Collection[str]
) -> Iterator[tuple[int, Element]]:
    number, deep, records, told = 0, [], 0, False
    for event, element in iterparse(held, events=("start", "end"), forbid_dtd=True):
        name = local(element)
        recorded = name in names or name in over
        if event == "start":
            deep.append(element)
            records += recorded
            if len(deep) > DEEPEST:
                raise _TooLong
            if not told:
                told = True
                yield 0, element
            continue
        deep.pop()
        records -= recorded
        if name in names:
            number += 1
            yield number, element
        if recorded:
            element.clear()
        if records:
            continue
        if recorded:
            held.since = 0
        if deep:
            # Whatever has ended around records, of any name: nobody asks for it again.
            del deep[-1][:]


def local(element: Element) -> str:
    """Give the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def every(element: Element | None, name: str) -> Iterator[Element]:
    """Give the children of a name, whatever their namespace."""
    if element is not None:
        yield from (child for child in element if local(child) == name)


def one(element: Element | None, name: str) -> Element | None:
    """Give the first child of a name."""
    return next(every(element, name), None)


def text_of(element: Element | None, name: str = "") -> str:
    """Give the words of an element, or of its first child of a name, with single blanks."""
    found = one(element, name) if name else element
    return " ".join((found.text or "").split()) if found is not None else ""


def written(element: Element) -> str:
    """Give all that stands in an element, however it is laid out: it is known again by that."""
    return "|".join(
        f"{local(each)} {sorted(each.attrib.items())} {text_of(each)}" for each in element.iter()
    )
