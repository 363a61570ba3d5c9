"""A document that Word wrote becomes one that may be open beside a request."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from typer.testing import CliRunner

from tests.coercion.instruments.test_open_documents import check
from undaunted.coercion.instruments.commands import commands
from undaunted.coercion.instruments.rules import SummaryLeaks

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []


def _word(*lines: str) -> bytes:
    """Give a file as Word's own template makes it, with numbers of sessions and a thumbnail."""
    made, content = docx.Document(), io.BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(content)
    return content.getvalue()


def _clean(folder: Path, content: bytes) -> bytes:
    (folder / "n.docx").write_bytes(content)
    done = CliRunner().invoke(commands, ["clean", str(folder / "n.docx"), str(folder / "c.docx")])
    assert done.exit_code == 0, done.output
    assert "without document properties, earlier versions" in done.output
    return (folder / "c.docx").read_bytes()


def test_a_file_of_word_is_open_as_its_clean_copy(tmp_path: Path) -> None:
    whole = _word("A notice on wood.")
    with pytest.raises(SummaryLeaks, match="undaunted instruments clean"):
        check("n.docx", whole)
    check("n.docx", _clean(tmp_path, whole))


def test_a_clean_copy_is_looked_into_like_every_other(tmp_path: Path) -> None:
    copy = _clean(tmp_path, _word("Altmoor asks for it."))
    with pytest.raises(SummaryLeaks, match="tells"):
        check("n.docx", copy)


def test_nothing_is_written_over_and_what_cannot_be_cleaned_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK\x03\x04 cut")
    for copy, said in (("x.docx", "there is such a file"), ("y.docx", "no clean copy can be")):
        told = ["clean", str(tmp_path / "x.docx"), str(tmp_path / copy)]
        done = CliRunner().invoke(commands, told)
        assert done.exit_code == 2
        assert said in done.output
    assert not (tmp_path / "y.docx").exists()
