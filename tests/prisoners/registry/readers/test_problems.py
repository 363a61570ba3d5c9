"""Every code has its sentence, and every sentence its use."""

from __future__ import annotations

import re
import string
from pathlib import Path

from undaunted.core.workbooks import readers as workbooks
from undaunted.prisoners.registry import readers
from undaunted.prisoners.registry.queries import reimport
from undaunted.prisoners.registry.readers import (
    UnreadableFile,
    explain,
    explain_unreadable,
    skip_sentence,
)
from undaunted.prisoners.registry.readers.catalogue import SENTENCES
from undaunted.prisoners.registry.rules.import_rows import Problem, Severity, shortened

FOLDER = Path(readers.__file__).parent
WORKBOOKS = Path(workbooks.__file__).parent


def test_every_sentence_is_used_and_every_code_has_one() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (*FOLDER.glob("*.py"), *WORKBOOKS.glob("*.py"), Path(reimport.__file__))
        if path.name != "catalogue.py"
    )
    quoted = set(re.findall(r'"([a-z_]+)"', source))
    raised = set(
        re.findall(
            r'(?:UnreadableFile|WorkbookRefused|_Refused|DateRefused)\(\s*"([a-z_]+)"', source
        )
    )
    assert set(SENTENCES) - quoted == set()
    assert raised - set(SENTENCES) == set()


def test_every_code_can_be_told_without_its_parameters() -> None:
    for code, sentences in SENTENCES.items():
        told = explain(Problem(Severity.ERROR, code, value="v"))
        assert told.reason
        for sentence in sentences:
            assert all(name != "" for _, name, _, _ in string.Formatter().parse(sentence) if name)


def test_problem_is_told_with_its_parameters() -> None:
    problem = Problem(Severity.ERROR, "unknown_country", 3, "Country", "Rovena", (("near", "XR"),))
    assert explain(problem).reason == "No country is called Rovena. Near: XR."
    assert "512" in explain_unreadable(UnreadableFile("wrong_encoding", line=512)).reason


def test_skip_reasons_are_told() -> None:
    assert skip_sentence("killed_not_detained").startswith("Killed")
    assert skip_sentence("my_own_reason") == "my own reason"


def test_shown_values_are_short_and_printable() -> None:
    assert shortened("a\0b") == "a\\u0000b"
    assert len(shortened("a" * 1000)) == 81
