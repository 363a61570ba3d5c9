"""What is wrong with the words of any command is told in sentences of the house."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from uuid import UUID

import pytest
import typer
import typer.main

from undaunted.cli.faults import plain_faults, told
from undaunted.cli.root import SUBJECTS, app

if TYPE_CHECKING:
    from collections.abc import Iterator

_THEIRS = re.compile(
    r"Input should be|Invalid value|Value error|valid UUID|No such (option|command)|Got unexpected|"
    r"does not exist|Missing (argument|option)|found `|%Y"
)
_ID = "00000000-0000-4000-8000-000000000000"


def _leaves(command: Any, path: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    if hasattr(command, "commands"):
        for name, each in command.commands.items():
            yield from _leaves(each, (*path, name))
    else:
        yield command, path


def _every() -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Give every command with its words."""
    named = {each.name for each in SUBJECTS}
    for each in SUBJECTS:
        yield from _leaves(
            typer.main.get_command(import_module(each.module).commands), (each.name,)
        )
    for command, path in _leaves(typer.main.get_command(app), ()):
        if path[0] not in named:
            yield command, path


def _kind(param: Any) -> Any:
    asked = param.type_descriptor.annotation
    return get_args(asked)[0] if param.type_descriptor.is_list else asked


def _good(param: Any) -> str:
    choices = param.type_descriptor.choices
    if choices:
        return str(getattr(choices[0], "value", choices[0]))
    kinds = {UUID: _ID, int: "1", float: "1", Path: __file__}
    return kinds.get(_kind(param), "x")


def _words(command: Any, changed: Any = None, value: str | None = None) -> list[str]:
    """Give good words for a command; one changed, or left out where `value` is None."""
    given = []
    for each in command.params:
        asked = each.required or getattr(each, "prompt", None) or each is changed
        if each.name == "help" or not asked:
            continue
        word = value if each is changed else _good(each)
        if word is not None:
            given += [each.opts[0], word] if each.param_type_name == "option" else [word]
    return given


def _refused(command: Any, path: tuple[str, ...], words: list[str]) -> str:
    try:
        command.make_context(" ".join(("undaunted", *path)), words)
    except typer.TyperException as fault:
        return told(fault)
    return ""


def test_wrong_words_of_every_command_are_told_in_our_sentences() -> None:
    counted = 0
    for command, path in _every():
        tries = [[*_words(command), "--colour"], [*_words(command), "one", "two", "three"]]
        for param in command.params:
            if param.name == "help" or getattr(param, "is_flag", False):
                continue
            tries.append(_words(command, param, "/no/such" if _kind(param) is Path else "wrong"))
            tries.append(_words(command, param, "-99999999"))
            if param.required and not getattr(param, "prompt", None):
                tries.append(_words(command, param, None))
        for words in tries:
            said = _refused(command, path, words)
            assert not _THEIRS.search(said), f"{path} {words}: {said}"
            if said:
                counted += 1
                assert re.match(r"^\S.{0,80}?: .{3,200}", said), f"{path} {words}: {said}"
                assert f"`undaunted {' '.join(path)} --help` tells more." in said
    assert counted > 1500


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("show wrong", "WHICH: 'wrong' is no id: 32 letters and figures in five groups. {of_show}"),
        ("show", "WHICH: it is missing. {of_show}"),
        ("list one", "'one': too many words; what is wanted: none."),
        ("list --colour", "--colour: there is no such option; there are --json, --help."),
        (
            f"add {_ID} /no/such",
            "FILE: '/no/such': there is no such file or folder. A file of TOML.",
        ),
        (f"file {_ID} x --out", "--out: nothing stands after it."),
        (f"redact {_ID} {_ID} --ground whim", "--ground: 'whim' is none of "),
    ],
)
def test_a_wrong_word_is_named_with_what_to_write(words: str, sentence: str) -> None:
    name, *others = words.split()
    (found,) = [each for each in _every() if each[1] == ("dossiers", name)]
    wanted = sentence.format(of_show="Id of the dossier, as `list` shows it.")
    said = _refused(*found, others)
    assert said.startswith(wanted)
    assert "--out" in words or said.endswith(f" `undaunted dossiers {name} --help` tells more.")


def test_no_such_command_says_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    commands = import_module("undaunted.repression.dossiers.commands").commands
    with pytest.raises(SystemExit) as ended, plain_faults():
        commands(["lst"], prog_name="undaunted dossiers", standalone_mode=False)
    assert ended.value.code == 2
    assert (
        "'lst': there is no such command; there are list, show, test, " in capsys.readouterr().err
    )


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(FileNotFoundError), plain_faults():
        Path("/no/such").read_bytes()
    with pytest.raises(SystemExit) as ended, plain_faults(of_files=True):
        Path("/no/such").read_bytes()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "undaunted: /no/such: No such file or directory\n"


def test_the_command_itself_says_so_and_ends_with_two() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "undaunted.cli.root", "names", "evaluate"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 2
    assert said.stderr.startswith("undaunted: PAIRS: it is missing. ")
