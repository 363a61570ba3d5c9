"""XML record by record: no document types, no entities, no record without end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from undaunted.coercion.screening.readers.loading import FileRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from typing import BinaryIO
    from xml.etree.ElementTree import Element

__all__ = ["elements_of"]

MOST_BYTES = 16 * 1024 * 1024
"""So much may stand in one record."""
DEEPEST = 40
"""So deep may elements lie in each other."""


class _TooLong(ValueError):
    """A record goes on past what records hold."""


class _Metered:
    """A file that is read no further than one record may go."""

    def __init__(self, held: BinaryIO) -> None:
        self._held, self.since = held, 0

    def read(self, size: int = -1) -> bytes:
        given = self._held.read(size)
        self.since += len(given)
        if self.since > MOST_BYTES:
            raise _TooLong
        return given


def elements_of(path: Path, names: Collection[str]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Give the elements of some names as mappings by local name, with their number from 1.

    An element that stands several times is a list; attributes are not read.
    """
    number = 0
    try:
        with path.open("rb") as held:
            metered = _Metered(held)
            deep: list[Element] = []
            for event, element in iterparse(metered, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    deep.append(element)
                    _demand_shallow(deep)
                    continue
                deep.pop()
                if _local(element) in names:
                    number += 1
                    yield number, _mapped(element)
                    element.clear()
                    metered.since = 0
                    if deep:
                        deep[-1].remove(element)
    except (DefusedXmlException, _TooLong) as reason:
        raise FileRefused(
            f"{path.name}, after record {number}: holds what such files do not "
            f"({type(reason).__name__.strip('_')}); fetch it from its publisher"
        ) from None
    except ParseError as reason:
        raise FileRefused(
            f"{path.name}, after record {number}: is cut or no XML ({reason}); fetch the file again"
        ) from None
    except OSError as reason:
        raise FileRefused(f"{path.name}: {reason.strerror}") from None


def _demand_shallow(deep: list[Element]) -> None:
    if len(deep) > DEEPEST:
        raise _TooLong


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _mapped(element: Element) -> dict[str, Any] | str:
    if len(element) == 0:
        return (element.text or "").strip()
    told: dict[str, Any] = {}
    for child in element:
        name, value = _local(child), _mapped(child)
        if name not in told:
            told[name] = value
        elif isinstance(told[name], list):
            told[name].append(value)
        else:
            told[name] = [told[name], value]
    return told
