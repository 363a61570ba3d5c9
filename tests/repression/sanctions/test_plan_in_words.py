"""An action plan in the reader's language: its questions, and its days as words."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.test import Client

from undaunted.core.commitments.rules import instruments
from undaunted.repression.sanctions.rules import BOARD, ENFORCEMENT
from undaunted.site.english import pack_texts


@pytest.mark.parametrize("board", [BOARD, ENFORCEMENT])
def test_questions_of_a_plan_are_gathered_for_translation(board: str) -> None:
    gathered = {text for _, text in pack_texts()}
    assert {each.question for each in instruments()[board].features} <= gathered


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("address", ["plans/XF.docx?on=2026-06-01", "model-law.docx"])
def test_days_of_a_paper_are_words(address: str) -> None:
    answer = Client().get(f"/sanctions/{address}")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as held:
        words = held.read("word/document.xml").decode()
    assert ("1 June 2026" in words) is address.startswith("plans")
    assert not re.search(r">[^<]{0,40}2026-\d\d-\d\d", words)
