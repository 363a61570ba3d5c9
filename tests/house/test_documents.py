"""What can be set, called or promised is written down, and the papers are complete."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from typer.main import get_command

from tests.house.tree import ROOT, room_modules, subjects
from undaunted.cli import sanctions
from undaunted.cli.root import SUBJECTS, app
from undaunted.config.environment import setting_variables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


__all__: list[str] = []

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
HEADINGS = ("Context", "Decision", "Consequences", "Alternatives")


def _pages(folder: str) -> str:
    pages = sorted((ROOT / "docs" / folder).rglob("*.md"))
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.parametrize("variable", sorted(setting_variables().values()))
def test_setting_is_described_for_operators(variable: str) -> None:
    described = re.search(rf"\b{variable}\b", _pages("operators")) is not None
    assert described, "say in docs/operators what it does"


def _commands(command: object, path: str) -> Iterator[str]:
    group = getattr(command, "commands", None)
    if group is None:
        yield path
        return
    for name, inner in group.items():
        yield from _commands(inner, f"{path} {name}")


def test_every_command_is_described() -> None:
    mounted = {each.name for each in SUBJECTS}
    commands = [
        each for each in _commands(get_command(app), "undaunted") if each.split()[1] not in mounted
    ]
    for subject in SUBJECTS:
        own = import_module(subject.module).commands
        commands += _commands(get_command(own), f"undaunted {subject.name}")
    reference = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert [each for each in commands if f"`{each}" not in reference] == []


def test_every_subject_with_commands_is_mounted() -> None:
    rooms = {f"undaunted.{s.name}.commands" for s in subjects() if room_modules(s, "commands")}
    mounted = {each.module for each in SUBJECTS} - {sanctions.__name__}
    assert rooms == mounted | set(sanctions.PARTS)


@pytest.mark.parametrize("record", DECISIONS, ids=lambda path: path.stem)
def test_decision_is_complete(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert text.startswith(f"# {record.name[:4]} ")
    assert re.search(r"^Status: ", text, re.MULTILINE)
    assert re.search("measured", text, re.IGNORECASE), "say what was measured, or that nothing was"
    assert [heading for heading in HEADINGS if f"\n## {heading}\n" not in text] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(record.name[:4]) for record in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("promise", [f"S{number}" for number in range(1, 16)])
def test_promise_has_a_status(promise: str) -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert re.search(
        rf"^\| {promise} \| [^|]+ \| (kept|partly|later) \| [^|]+ \|$", text, re.MULTILINE
    )


@pytest.mark.parametrize(
    "paper",
    ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE", "docs/glossary.md"],
)
def test_paper_of_the_house_exists(paper: str) -> None:
    assert (ROOT / paper).stat().st_size > 0


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_links_of_the_papers_lead_somewhere(paper: str) -> None:
    text = (ROOT / paper).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_changelog_keeps_its_form() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.startswith("# Changelog\n")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    form = re.compile(r"\[Unreleased\]|\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}")
    assert headings
    assert [each for each in headings if not form.fullmatch(each)] == []
