"""Latin words in an Arabic letter: brackets, stops and days stay at their own end."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tests.coercion.screening.letters import letter
from undaunted.coercion.screening.rules import Version
from undaunted.coercion.screening.writers.letters import sheet_of
from undaunted.core.editions.rules import (
    Bullets,
    Name,
    Notice,
    Paragraph,
    Section,
    Strong,
    apart,
    kept_apart,
)

__all__: list[str] = []

LRM, RLM = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("تملك Ruritania (XR) نسبة 51 %", ["Ruritania (XR)"]),
        ("نسبة 51 % (register of Ruritania, row 4)؛ > 50 %.", ["register of Ruritania, row 4"]),
        ("سجل (invented", ["invented"]),
        ("سجل Harbour (old", ["Harbour", "old"]),
        ("سجل A]b (c) d.", ["A", "b (c) d"]),
        ("شركة B (c [d] e), f: g", ["B (c [d] e), f: g"]),
        ("شركة Shell NV 55 %، ثم", ["Shell NV 55 %"]),
        ("بلا لاتينية 12", []),
        ("", []),
    ],
)
def test_what_runs_from_left_to_right_is_a_piece_with_its_own_brackets(
    text: str, found: list[str]
) -> None:
    pieces = apart(text)
    assert [each.text for each in pieces if isinstance(each, Name)] == found


@given(st.text("ab 1.,()[]\u0628\u0629\u061b", max_size=30))
def test_parted_text_says_the_same(text: str) -> None:
    said = [each.text if isinstance(each, Name) else str(each) for each in apart(text)]
    assert "".join(said) == text
    assert all(said)


def test_marks_stand_around_latin_names_and_nowhere_else() -> None:
    arabic, latin, strong = Name("سجل"), Name("Register (invented)"), Strong("Court")
    text = (latin, ", 30 ", arabic, strong)
    wanted = (RLM, Name(f"{LRM}Register (invented){LRM}"), RLM, ", 30 ", arabic, strong)
    blocks = (
        Section("s", "S", (Paragraph(text), Bullets((text,)), Notice("", text))),
        Paragraph(text, "en"),
        Bullets((text,), "en"),
    )
    section, *english = kept_apart(blocks)
    assert isinstance(section, Section)
    assert section.blocks == (Paragraph(wanted), Bullets((wanted,)), Notice("", wanted))
    assert english == list(blocks[1:]), "what is in another language runs its own way"


def test_an_arabic_letter_sets_latin_evidence_apart_from_its_day() -> None:
    def evidence(language: str) -> tuple[object, ...]:
        with override(language):
            document = sheet_of(letter(language=language), Version.CONFIDENTIAL).document
        (found,) = (e for e in document.blocks if isinstance(e, Section) and e.key == "evidence")
        (bullets,) = found.blocks
        assert isinstance(bullets, Bullets)
        return bullets.items[0]

    _number, *pieces = evidence("ar")
    assert pieces[1:7] == [
        Name(f"{LRM}Statistics of trade by port{LRM}"), RLM, "; ",
        RLM, Name(f"{LRM}Office of Statistics{LRM}"), RLM,
    ]  # fmt: skip
    assert not any(LRM in str(each) or RLM in str(each) for each in evidence("fr"))
