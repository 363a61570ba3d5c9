"""The long form of the drill: run every attack, then write what was tried and found.

The page says the same when the same holds: no time, no date, no number that a machine decides.
What was measured is printed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PAGE", "PROMISES", "Found", "main", "page_of", "read_results"]

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs" / "security" / "drill.md"
PROMISES = HERE / "promises.toml"
FOREWORD = """# The drill

Every attack of `tests/attacks` in its long form, and what it found. This page is written by
`make drill` and by nobody else; the short form runs with every `make test`.

*Held*: the attack was tried and the promise stood. *Not kept*: the attack succeeds, and the line
says how. *Not run*: this machine lacked something, and the line says what. An attack that looks
for something has a twin that proves that it would be found.

"""
PEERS = (
    (
        "GlobaLeaks",
        "the server sees plaintext before it seals",
        "so it does here without script; with script it does not, and the page says which holds",
    ),
    (
        "GlobaLeaks",
        "receipts of 53 bits, one salt a tenant, served to anybody",
        "132 bits, no salt to serve",
    ),
    (
        "GlobaLeaks",
        "ten reports an hour block a tenant",
        "no block by number or by address; see S12",
    ),
    (
        "GlobaLeaks",
        "one administrator's escrow key can open everything",
        "no escrow key; recovery by a quorum of several organisations",
    ),
    (
        "SecureDrop",
        "every journalist can download every source's files",
        "a team's mailboxes are its own; each opening has a reason, and the reporter sees it",
    ),
    (
        "SecureDrop",
        "`COEP: same-origin`, which is not a valid value",
        "`require-corp`, tested by value",
    ),
    ("SecureDrop", "no removal of camera notes", "clean copies only"),
)
BESIDE = """
## Beside others

GlobaLeaks and SecureDrop cannot be had as packages here, so **they were not run**. What follows
was read in their files and threads when this was designed, and is no result of the drill.

| | what their files say | here |
|---|---|---|
"""


@dataclass
class Found:
    """What became of one test function over all its cases."""

    held: int = 0
    failed: int = 0
    not_kept: list[str] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = []
        if self.failed:
            told.append("**failed**")
        if self.not_kept:
            told.append("**not kept**: " + "; ".join(sorted(set(self.not_kept))))
        if self.held:
            told.append(f"held ({self.held} cases)" if self.held > 1 else "held")
        if self.not_run:
            told.append("not run: " + "; ".join(sorted(set(self.not_run))))
        return "; ".join(told).replace("|", "\\|")


def main() -> int:
    """Run the drill, write the page, print what was measured; gives the exit status."""
    with tempfile.TemporaryDirectory(prefix="undaunted-drill-") as folder:
        results, numbers = Path(folder) / "results.xml", Path(folder) / "numbers.jsonl"
        numbers.touch()
        status = subprocess.run(
            [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "-q", "-rs",
             f"--junitxml={results}", str(HERE)],
            env=os.environ | {"UNDAUNTED_DRILL": "long", "UNDAUNTED_DRILL_SECONDS": "5",
                              "UNDAUNTED_DRILL_NUMBERS": str(numbers)},
            cwd=ROOT, check=False,
        ).returncode  # fmt: skip
        found = read_results(results)
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page_of(found), encoding="utf-8")
        for line in numbers.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            values = ", ".join(f"{k} {v:.3f}" for k, v in told.items() if k != "what")
            print(f"{told['what']}: {values}")  # noqa: T201 - what the drill says
    print(f"Written: {PAGE.relative_to(ROOT)}")  # noqa: T201 - as above
    return status


def read_results(path: Path) -> dict[str, dict[str, Found]]:
    """Give what was found, by file and test function."""
    found: dict[str, dict[str, Found]] = defaultdict(dict)
    tree = ET.parse(path)  # noqa: S314 - written by our own pytest a moment ago
    for case in tree.iter("testcase"):
        file = case.get("classname", "").rpartition(".")[2] + ".py"
        name = case.get("name", "").partition("[")[0]
        _add(found[file].setdefault(name, Found()), case)
    return found


def _add(found: Found, case: ET.Element) -> None:
    skipped = case.find("skipped")
    if case.find("failure") is not None or case.find("error") is not None:
        found.failed += 1
    elif skipped is None:
        found.held += 1
    elif skipped.get("type") == "pytest.xfail":
        found.not_kept.append(skipped.get("message", ""))
    else:
        found.not_run.append(skipped.get("message", ""))


def page_of(found: dict[str, dict[str, Found]]) -> str:
    """Give the page."""
    told: dict[str, Any] = tomllib.loads(PROMISES.read_text(encoding="utf-8"))
    number = sum(len(tests) for tests in found.values())
    count = f"{number} attacks in {len(found)} files.\n"
    parts = [FOREWORD, count]
    for promise, words in told["promises"].items():
        parts.append(f"\n## {promise}: {words}\n\n" + "".join(_promise(promise, told, found)))
    parts += [BESIDE, *(f"| {who} | {there} | {here} |\n" for who, there, here in PEERS)]
    return "".join(parts)


def _promise(
    promise: str, told: dict[str, Any], found: dict[str, dict[str, Found]]
) -> Iterator[str]:
    files = [name for name, tries in told["files"].items() if promise in tries and name in found]
    if files:
        yield "| tried | in | found |\n|---|---|---|\n"
    for name in files:
        for test, result in sorted(found[name].items()):
            yield f"| {_sentence(test)} | `{name}` | {result} |\n"
    others = ", ".join(f"`{each}`" for each in told["elsewhere"].get(promise, []))
    if others:
        held = "Also held" if files else "Held"
        yield f"\n{held} by {others}, which run with every `make test`.\n"
    for line in told["not_kept"].get(promise, []):
        yield f"\n**Not kept, or not tried.** {line}\n"


def _sentence(test: str) -> str:
    text = test.removeprefix("test_").replace("_", " ")
    return text[:1].upper() + text[1:]


if __name__ == "__main__":
    sys.exit(main())
