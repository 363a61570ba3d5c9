"""An organisation's own flows, read again out of what it keeps, and tested."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.exposure.queries import flow_contents, monthly_content
from undaunted.coercion.exposure.readers import Flows, is_monthly, read_flows, read_monthly
from undaunted.coercion.exposure.rules import (
    MONTHLY,
    DependencyReport,
    WarningRefused,
    product_dependencies,
    warned_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from undaunted.coercion.exposure.rules import Episode, Warned
    from undaunted.core.access.rules import Actor

__all__ = ["Brought", "brought", "flows_of", "kept_dependencies", "kept_warning"]


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file turned out to hold; `said` is what was left out or put right."""

    layout: str
    years: tuple[int, ...]
    rows: int
    said: tuple[str, ...]


def brought(name: str, content: bytes) -> Brought:
    """Read a file of flows or of months. Raises `FileRefused`."""
    if not is_monthly(content):
        flows = flows_of({name: content})
        years = tuple(int(year) for year in np.unique(flows.year))
        return Brought(flows.layout, years, len(flows), flows.said)
    with _lying({name: content}) as paths:
        monthly = read_monthly(paths[0])
    years = tuple(sorted({int(month[:4]) for month in monthly.months}))
    return Brought(MONTHLY, years, len(monthly.sales), monthly.said)


def kept_dependencies(actor: Actor, holder: UUID, country: str) -> tuple[DependencyReport, Flows]:
    """Test the products that a country imports, by all files that an organisation keeps.

    Raises `FileRefused` and `DependenciesRefused`.
    """
    flows = flows_of(flow_contents(actor, holder))
    return product_dependencies(flows, country.upper()), flows


def kept_warning(actor: Actor, file: UUID, episode: Episode) -> Warned:
    """Answer an episode by a file of months that an organisation keeps.

    Raises `FileRefused` and `WarningRefused`.
    """
    held = monthly_content(actor, file)
    if held is None:
        raise WarningRefused("this file holds no months; bring one of months")
    with _lying(dict([held])) as paths:
        return warned_of(read_monthly(paths[0]), episode)


def flows_of(contents: Mapping[str, bytes]) -> Flows:
    """Read files of flows by their names. Raises `FileRefused`."""
    with _lying(contents) as paths:
        return read_flows(paths)


@contextmanager
def _lying(contents: Mapping[str, bytes]) -> Iterator[list[Path]]:
    """Lay files into a folder of their own for as long as they are read."""
    with tempfile.TemporaryDirectory(prefix="undaunted-flows-") as folder:
        paths = []
        for name, content in contents.items():
            # A name from outside never becomes a path: its last part alone, and always CSV.
            path = Path(folder) / f"{Path(name).stem or 'flows'}.csv"
            path.write_bytes(content)
            paths.append(path)
        yield paths
