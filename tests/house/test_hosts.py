"""No file names a package host, a content network, or somebody's machine."""

from __future__ import annotations

import re

from tests.house.tree import ROOT, relative, tracked_files

__all__: list[str] = []

# Written in two halves, so that this file does not hold what it looks for.
HOSTS = tuple(
    first + second
    for first, second in (
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("registry.npmjs", ".org"),
        ("registry.yarnpkg", ".com"),
        ("jsdelivr", ".net"),
        ("cdnjs.cloudflare", ".com"),
        ("googleapis", ".com"),
        ("gstatic", ".com"),
        ("--index-", "url"),
        ("--extra-index-", "url"),
        ("--find-", "links"),
    )
)
CONTENT_NETWORK = "unpkg" + ".com"
MACHINE = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/\w")
TEXT = {".py", ".toml", ".txt", ".in", ".md", ".html", ".css", ".js", ".json", ".yml", ".yaml"}
TEXT |= {".cfg", ".ini", ".po", ".svg", ".sh", ""}


def _texts() -> list[tuple[str, str]]:
    files = [path for path in tracked_files() if path.suffix in TEXT]
    return [(relative(p), p.read_text(encoding="utf-8", errors="replace")) for p in files]


def test_no_file_names_a_package_host() -> None:
    found = [f"{name}: {host}" for name, text in _texts() for host in HOSTS if host in text]
    assert found == []


def test_no_file_names_a_content_network() -> None:
    found = {name for name, text in _texts() if CONTENT_NETWORK in text}
    assert found == set()


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [f"{name}: {m.group()}" for name, text in _texts() for m in [MACHINE.search(text)] if m]
    assert found == []


def test_lock_files_hold_hashes() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert len(re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==", text, re.MULTILINE)) <= text.count(
            "--hash=sha256:"
        )


def test_no_note_to_oneself_is_left() -> None:
    note = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    ours = [(n, t) for n, t in _texts() if n.startswith(("src/", "tests/", "docs/", "benchmarks/"))]
    found = [n for n, t in ours if note.search(t) and "/vendor/" not in n and "LICENSE" not in n]
    assert found == []
