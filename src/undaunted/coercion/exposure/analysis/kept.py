"""An organisation's own flows, read again out of what it keeps, and tested."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from undaunted.coercion.exposure.queries import flow_contents
from undaunted.coercion.exposure.readers import Flows, read_flows
from undaunted.coercion.exposure.rules import DependencyReport, product_dependencies

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["flows_of", "kept_dependencies"]


def kept_dependencies(actor: Actor, holder: UUID, country: str) -> tuple[DependencyReport, Flows]:
    """Test the products that a country imports, by all files that an organisation keeps.

    Raises `FileRefused` and `DependenciesRefused`.
    """
    flows = flows_of(flow_contents(actor, holder))
    return product_dependencies(flows, country.upper()), flows


def flows_of(contents: Mapping[str, bytes]) -> Flows:
    """Read files of flows by their names. Raises `FileRefused`."""
    with tempfile.TemporaryDirectory(prefix="undaunted-flows-") as folder:
        paths = []
        for name, content in contents.items():
            # A name from outside never becomes a path: its last part alone, and always CSV.
            path = Path(folder) / f"{Path(name).stem or 'flows'}.csv"
            path.write_bytes(content)
            paths.append(path)
        return read_flows(paths)
