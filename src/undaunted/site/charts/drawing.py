"""From a specification to a drawing on disk: looked up by hash, else drawn by a child process."""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

__all__ = ["ChartError", "Specification", "empty_cache", "svg_for", "svgs_for"]

Specification = Mapping[str, object]

_PATIENCE = 20.0
_KEPT = 5000
_SOURCES = Path(__file__).resolve().parents[3]


class ChartError(RuntimeError):
    """A chart could not be drawn; the table behind it still says everything."""


def svg_for(specification: Specification) -> str:
    """Draw one specification, or find it in the cache."""
    return svgs_for([specification])[0]


def svgs_for(specifications: Sequence[Specification]) -> list[str]:
    """Draw several at the price of one process; what the cache holds is not drawn again."""
    keys = [_key(each) for each in specifications]
    folder = _folder()
    found = {key: text for key in keys if (text := _read(folder, key)) is not None}
    if len(found) < len(set(keys)):
        with _one_at_a_time(folder):
            wanted = {
                key: each
                for key, each in zip(keys, specifications, strict=True)
                if key not in found and (text := _read(folder, key)) is None
            }
            drawn = _draw_elsewhere(list(wanted.values())) if wanted else []
            fresh = dict(zip(wanted, drawn, strict=True))
            for key, text in fresh.items():
                _write(folder, key, text)
        found |= fresh
    return [found[key] if key in found else str(_read(folder, key)) for key in keys]


def empty_cache() -> int:
    """Throw every drawing away, after a takedown for instance; returns how many there were."""
    folder = _folder()
    if folder is None:
        return 0
    drawings = list(folder.glob("*.svg"))
    for drawing in drawings:
        drawing.unlink(missing_ok=True)
    return len(drawings)


def _key(specification: Specification) -> str:
    text = json.dumps(specification, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _folder() -> Path | None:
    place = getattr(settings, "CHART_CACHE", None)
    if not place:
        return None
    folder = Path(place)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _read(folder: Path | None, key: str) -> str | None:
    if folder is None:
        return None
    try:
        return (folder / f"{key}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def _write(folder: Path | None, key: str, text: str) -> None:
    if folder is None:
        return
    _make_room(folder)
    handle, name = tempfile.mkstemp(dir=folder, suffix=".new")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).replace(folder / f"{key}.svg")


def _make_room(folder: Path) -> None:
    drawings = list(folder.glob("*.svg"))
    if len(drawings) < _KEPT:
        return
    drawings.sort(key=lambda each: each.stat().st_mtime)
    for drawing in drawings[: _KEPT // 5]:
        drawing.unlink(missing_ok=True)


@contextmanager
def _one_at_a_time(folder: Path | None) -> Iterator[None]:
    if folder is None:
        yield
        return
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _draw_elsewhere(specifications: list[Specification]) -> list[str]:
    command = [sys.executable, "-m", "undaunted.site.charts.render"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no outside word
            command,
            input=json.dumps(specifications).encode(),
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
            env={"TZ": "UTC", "PYTHONPATH": str(_SOURCES), "PATH": os.defpath},
        )
        return [str(each) for each in json.loads(done.stdout)]
    except (OSError, subprocess.SubprocessError, ValueError) as problem:
        raise ChartError("the drawing process gave no chart") from problem
