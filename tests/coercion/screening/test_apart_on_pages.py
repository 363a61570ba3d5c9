"""Latin words in a sentence of an Arabic page: pieces of their own, with the brackets they open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template import Context, Template
from django.utils.translation import override

from tests.translated import translate_into
from undaunted.coercion.screening.writers.apart_on_pages import marked_apart, set_apart

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

__all__: list[str] = []

HOLDS = ("refusal", "{owner} holds {lo} ({stakes})")
PROOF = "Morava <Shell> NV holds 55 % (register (invented), row 3)"


def test_a_bracket_behind_a_latin_source_stays_outside_it_and_its_own_within() -> None:
    with override("ar"):
        told = set_apart("يملك Morava <Shell> NV 55 % (register (invented), الصف 3)")
    assert told == (
        'يملك <bdi dir="ltr">Morava &lt;Shell&gt; NV 55 %</bdi> '
        '(<bdi dir="ltr">register (invented)</bdi>, الصف 3)'
    )


def test_a_page_from_left_to_right_needs_nothing() -> None:
    for language in ("en", "fr"):
        with override(language):
            assert set_apart("Shell (x) <b>") == "Shell (x) &lt;b&gt;"


def test_a_proof_is_told_in_arabic_and_set_apart_else_marked_as_english(
    tmp_path: Path, settings: Settings
) -> None:
    translate_into(
        "ar", {HOLDS: "{owner} يملك {lo} ({stakes})"}, folder=tmp_path, settings=settings
    )
    with override("ar"):
        told, english = marked_apart(PROOF), marked_apart("nobody says so (x)")
    assert told.startswith('<bdi dir="ltr">Morava &lt;Shell&gt; NV</bdi> يملك 55 % (<bdi')
    assert told.endswith("</bdi>)")
    assert english == '<span lang="en" dir="ltr">nobody says so (x)</span>'


def test_an_arrow_points_the_way_that_the_page_is_read_and_a_stake_by_hand_has_no_row() -> None:
    told = Template("{% load screening_names %}0 {% arrow %} 1; {{ s|at_row:3 }}; {{ s|at_row:0 }}")
    with override("en"):
        assert told.render(Context({"s": "Deed"})) == "0 → 1; Deed, row 3; Deed"
    with override("ar"):
        assert told.render(Context({"s": "Deed"})).startswith("0 ← 1; Deed، ")
