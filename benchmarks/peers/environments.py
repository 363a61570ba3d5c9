"""One virtual environment a peer, from its own locked requirements, kept under `var/`."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

__all__ = ["PeerFailed", "ask"]

HERE = Path(__file__).parent
KEPT = HERE.parents[1] / "var" / "bench-peers"
LONGEST = 1200
BUILT = {"names": ("--no-binary", "pyicu")}
"""Of whom no wheel exists; a compiler and ICU's headers (libicu-dev, pkg-config) are needed."""


class PeerFailed(Exception):
    """The peer could not be installed or did not answer; the message says why."""


def ask(name: str, question: dict[str, Any]) -> dict[str, Any]:
    """Run `NAME_peer.py` under the environment of `NAME.txt`; JSON in, JSON out."""
    python = _environment(name)
    try:
        done = subprocess.run(
            [python, "-W", "ignore", HERE / f"{name}_peer.py"], input=json.dumps(question),
            capture_output=True, text=True, check=False, timeout=LONGEST,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise PeerFailed(f"no answer within {LONGEST} s") from None
    if done.returncode:
        raise PeerFailed(done.stderr.strip().splitlines()[-1] if done.stderr else "no answer")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _environment(name: str) -> Path:
    requirements = HERE / f"{name}.txt"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()[:16]
    folder = KEPT / f"{name}-{sys.version_info[0]}.{sys.version_info[1]}-{digest}"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        venv.create(folder, with_pip=True, clear=True)
        installed = subprocess.run(
            [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet",
             "--require-hashes", "--only-binary", ":all:", *BUILT.get(name, ()),
             "-r", requirements],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        if installed.returncode:
            raise PeerFailed(f"not installed: {installed.stderr.strip()[-200:]}")
        (folder / "ready").touch()
    return python
