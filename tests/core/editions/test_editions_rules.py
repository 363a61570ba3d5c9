"""What an edition is made of: numbered, checked, compared, frozen, signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.editions.factories import LONG, NAMES, document
from undaunted.core.editions.rules import (
    Brought,
    Column,
    ColumnKind,
    Cut,
    DocumentUnreadable,
    EditionAltered,
    EditionKind,
    Figure,
    FontMissing,
    Gathered,
    Heading,
    Link,
    Manifest,
    Name,
    Notice,
    Number,
    Paragraph,
    Parameter,
    ParameterRefused,
    Reference,
    Revision,
    Section,
    Sort,
    Table,
    breakable,
    brought_for,
    canonical,
    check_document,
    check_file,
    check_signature,
    chosen_parameters,
    decoded,
    encoded,
    families_for,
    fingerprint,
    fonts_for,
    laid_out,
    left_to_right,
    line_of,
    numbers_of,
    public_key,
    read_manifest,
    revisions,
    runs_right_to_left,
    series_of,
    sign,
    tombstone_number,
)

SECRET = b"a secret of the instance"
TABLE = Table(
    "numbers", "Numbers", (Column("a", "A"), Column("b", "B", ColumnKind.WHOLE)), (("x", 1),)
)


def _with(*blocks: object) -> object:
    return replace(document(), blocks=tuple(blocks))  # type: ignore[arg-type]


def test_sections_tables_and_figures_are_numbered_through_the_document() -> None:
    layout = laid_out(document())
    assert [(head.number, head.level) for head in layout.headings()] == [
        ("1", 1), ("1.1", 2), ("2", 1),
    ]  # fmt: skip
    assert layout.places["people"].number == "1"
    assert layout.places["chart"] == replace(layout.places["chart"], sort=Sort.FIGURE, number="1")
    assert layout.places["chart-data"].number == "2"
    assert isinstance(layout.items[0], Heading)


def test_sections_deeper_than_a_heading_can_be_stay_at_the_deepest() -> None:
    inner: tuple[object, ...] = (Paragraph(("x",)),)
    for at in range(7):
        inner = (Section(f"s{at}", "S", inner),)  # type: ignore[arg-type]
    levels = [head.level for head in laid_out(_with(*inner)).headings()]  # type: ignore[arg-type]
    assert levels == [1, 2, 3, 4, 5, 5, 5]


def test_a_frozen_document_comes_back_as_it_was() -> None:
    before = document()
    frozen = encoded(before)
    assert decoded(frozen) == before
    assert encoded(decoded(frozen)) == frozen


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b'{"is":"Name","text":"x"}', b'{"is":"Nobody"}', b"\xff"]
)
def test_what_is_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentUnreadable):
        decoded(content)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (replace(document(), title=" "), "title"),
        (_with(TABLE, TABLE), "given twice"),
        (_with(Section("No spaces", "S")), "key"),
        (_with(Section("", "S")), "key"),
        (_with(Section("x" * 61, "S")), "key"),
        (_with(Paragraph((Reference("nowhere"),))), "nothing has this key"),
        (_with(replace(TABLE, columns=())), "a key of its own"),
        (_with(replace(TABLE, columns=(Column("a", "A"), Column("a", "B")))), "a key of its own"),
        (_with(Paragraph((Link("odd", "javascript:alert(1)"),))), "only http and https"),
        (_with(replace(TABLE, rows=(("x",),))), "row 1: 1 cells for 2"),
        (_with(replace(TABLE, keys=("a", "b"))), "2 keys for 1 rows"),
        (_with(replace(TABLE, rows=(("x", 1),) * 100_001)), "100000 are the most"),
        (_with(Figure("f", "C", "", TABLE, specification={})), "say in words"),
        (_with(Figure("f", "C", "words", TABLE)), "a specification or a drawing"),
        (_with(Figure("f", "C", "words", TABLE, specification={}, svg="<svg>")), "a drawing"),
        (_with(Notice("", ("bell \x07",))), "U\\+0007"),
        (_with(replace(TABLE, rows=((Name("x\ue000"), 1),))), "U\\+E000"),
    ],
)
def test_document_that_cannot_be_written_is_refused_and_says_why(
    changed: object, told: str
) -> None:
    with pytest.raises(DocumentUnreadable, match=told):
        check_document(changed)  # type: ignore[arg-type]


def test_a_whole_document_is_good_and_tabs_and_lines_are_letters() -> None:
    check_document(document())
    check_document(_with(Paragraph(("a\tb\nc",)), Figure("f", "C", "w", TABLE, svg="<svg>")))  # type: ignore[arg-type]


def test_numbers_are_found_in_tables_with_keys_and_in_text() -> None:
    found = numbers_of(document())
    assert found["held@2026-06-30"] == ("Held", 8)
    assert found["people/latin/days"] == ("Who is held: Olena Korsak, Days", 12_345)
    assert "people/long/days" not in found, "nothing is no number"
    assert not any(key.startswith("chart-data") for key in found), "its rows have no keys"
    dated = replace(TABLE, columns=(TABLE.columns[0], replace(TABLE.columns[1], compared="b@1")),
                    keys=("x",))  # fmt: skip
    assert list(numbers_of(_with(dated, Paragraph((Number("n", None),))))) == ["numbers/x/b@1", "n"]  # type: ignore[arg-type]


def test_only_what_both_editions_give_can_be_revised() -> None:
    before, after = {"a": 1, "b": 2, "gone": 3}, {"a": 1, "b": 5, "new": 4}
    assert revisions(before, after) == (Revision("b", 2, 5),)
    assert tombstone_number([0, 1]) == 2


@settings(max_examples=30)
@given(
    st.dictionaries(st.text(max_size=3), st.integers()),
    st.dictionaries(st.text(max_size=3), st.integers()),
)
def test_revisions_turn_round_when_the_editions_do(a: dict[str, int], b: dict[str, int]) -> None:
    there = revisions(a, b)
    back = revisions(b, a)
    assert [(one.key, one.after, one.before) for one in there] == [
        (one.key, one.before, one.after) for one in back
    ]
    assert revisions(a, a) == ()


def _manifest(**more: object) -> Manifest:
    told = {
        "kind": "count-sheet",
        "series": "count-sheet",
        "number": "1.0",
        "parameters": {"country": ""},
        "cut": Cut(date(2026, 6, 30), datetime(2026, 7, 1, tzinfo=UTC), 3),
        "languages": ("en",),
        "renderers": {"typst": "0.15"},
        "files": (line_of("a.html", "text/html", b"abc"),),
        **more,
    }
    return Manifest(**told)  # type: ignore[arg-type]


@pytest.mark.parametrize("until", [None, datetime(2026, 12, 3, 9, tzinfo=UTC)])
def test_list_of_files_is_read_as_it_was_written(until: datetime | None) -> None:
    told = _manifest(embargo_until=until, replaces=(line_of("b", "x", b""),))
    assert read_manifest(told.encoded()) == told


def test_list_of_files_tells_that_a_file_was_brought_and_only_then() -> None:
    told = _manifest(brought=True)
    assert read_manifest(told.encoded()) == told
    assert b"brought" not in _manifest().encoded()
    for other in (b"1", b"false"):
        with pytest.raises(EditionAltered, match="one spelling"):
            read_manifest(told.encoded().replace(b'"brought":true', b'"brought":' + other))


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"embargo_until": null}'])
def test_what_is_no_list_of_files_is_refused(content: bytes) -> None:
    with pytest.raises(EditionAltered, match="no list of files"):
        read_manifest(content)


def test_list_of_files_has_one_spelling() -> None:
    with pytest.raises(EditionAltered, match="one spelling"):
        read_manifest(_manifest().encoded() + b" ")


def test_file_is_compared_with_its_line() -> None:
    line = line_of("a", "x", b"abc")
    check_file(line, b"abc")
    for other in (b"abd", b"abcd", b""):
        with pytest.raises(EditionAltered, match="not the bytes"):
            check_file(line, other)


def test_every_altered_byte_of_the_list_breaks_its_signature() -> None:
    manifest, key = _manifest().encoded(), public_key(SECRET)
    signature = sign(manifest, SECRET)
    check_signature(key, signature, manifest)
    for at in range(0, len(manifest), 7):
        changed = manifest[:at] + bytes([manifest[at] ^ 1]) + manifest[at + 1 :]
        with pytest.raises(EditionAltered, match="does not fit"):
            check_signature(key, signature, changed)
    with pytest.raises(EditionAltered, match="does not fit"):
        check_signature(public_key(b"another"), signature, manifest)
    with pytest.raises(EditionAltered, match="does not fit"):
        check_signature(key, b"", manifest)


@pytest.mark.parametrize("key", ["", "no base64!", "YWJj"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(EditionAltered, match="signing key"):
        fingerprint(key)


def test_fingerprint_is_read_out_in_groups() -> None:
    told = fingerprint(public_key(SECRET))
    assert [len(group) for group in told.split()] == [4] * 16


def test_fonts_follow_the_letters_and_not_the_language() -> None:
    families = [font.family for font in fonts_for(NAMES.values())]
    assert families[0] == "Noto Sans"
    assert {"Noto Naskh Arabic", "Noto Sans CJK SC", "Noto Sans Georgian"} <= set(families)
    assert [font.family for font in fonts_for(["plain"])] == ["Noto Sans"]
    mongolian = fonts_for(["ᠮᠣᠩᠭᠣᠯ"])
    assert [font.family for font in mongolian] == ["Noto Sans", "Noto Sans Mongolian"]
    assert families_for(fonts_for(NAMES.values()), "ar")[0] == "Noto Naskh Arabic"
    assert families_for(fonts_for(NAMES.values()), "en")[0] == "Noto Sans"
    assert fonts_for(["ཀ"])[1].files[0] == "NotoSerifTibetan-Regular.ttf"


@pytest.mark.parametrize("letter", ["\U0001f600", "\u1400", "\U00012000"])
def test_letter_that_no_font_has_is_named(letter: str) -> None:
    with pytest.raises(FontMissing, match=f"U\\+{ord(letter):04X}"):
        fonts_for(["fine", letter])


def test_direction_is_that_of_the_first_letter_that_has_one() -> None:
    assert runs_right_to_left(f"12 {NAMES['arabic']}")
    assert not runs_right_to_left(NAMES["latin"])
    assert runs_right_to_left("12", otherwise=True)
    assert not runs_right_to_left("")


def test_date_keeps_its_order_among_arabic_letters() -> None:
    told = left_to_right("2026-06-30")
    assert told == "\u200e2026-06-30\u200e"


def test_word_too_long_for_a_line_may_be_broken_and_others_stay() -> None:
    assert breakable("a few plain words") == "a few plain words"
    assert breakable("林" * 40) == "林" * 40
    told = breakable(f"x {LONG}")
    assert told.replace("\u200b", "") == f"x {LONG}"
    assert max(map(len, told.replace(" ", "\u200b").split("\u200b"))) == 24
    marked = breakable("e\u0301" * 30)
    assert all(not part.startswith("\u0301") for part in marked.split("\u200b"))


KIND = EditionKind(
    name="sheet",
    title=lambda: "Sheet",
    gather=lambda _question: Gathered(document()),
    parameters=(
        Parameter("country", "a code", str.upper, ""),
        Parameter("since", "a day", str, "", apart=False),
        Parameter("year", "a year", str),
    ),
)


def test_parameters_are_read_into_their_one_spelling() -> None:
    chosen = chosen_parameters(KIND, {"country": "xr", "year": "2026"})
    assert chosen == {"country": "XR", "since": "", "year": "2026"}
    assert series_of(KIND, chosen) == "sheet country=XR year=2026"
    assert series_of(KIND, chosen | {"since": "2020-01-01"}) == "sheet country=XR year=2026"


@pytest.mark.parametrize(
    ("given_", "told"), [({"color": "x"}, "color: a sheet has country, since, year"),
                         ({"country": "xr"}, "year: missing; a year")]
)  # fmt: skip
def test_parameter_that_is_unknown_or_missing_is_named(given_: dict[str, str], told: str) -> None:
    with pytest.raises(ParameterRefused, match=told):
        chosen_parameters(KIND, given_)


def test_a_file_is_read_by_a_kind_that_takes_one() -> None:
    assert brought_for(KIND, None) is None
    with pytest.raises(ParameterRefused, match="file: a sheet is built without one; leave it out"):
        brought_for(KIND, ("a.csv", b"x"))
    taking = replace(
        KIND, file=Brought(lambda: "Kept: all.", lambda content, name: (name, content))
    )
    assert brought_for(taking, ("a.csv", b"x")) == ("a.csv", b"x")
    assert brought_for(taking, None) is None


def test_kind_without_parameters_says_so() -> None:
    with pytest.raises(ParameterRefused, match="no parameter"):
        chosen_parameters(replace(KIND, parameters=()), {"a": "b"})


def test_canonical_text_is_sorted_and_plain() -> None:
    assert canonical({"b": 1, "a": "ü"}) == '{"a":"ü","b":1}'.encode()
    assert encoded(document()) == encoded(document())
    assert Link("a", "b") == Link("a", "b")
