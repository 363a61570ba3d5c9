"""What the preview says about single rows: values, problems, keys, skips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.prisoners.registry.readers.lists import (
    HEADER,
    ROW,
    TODAY,
    changed,
    codes,
    column,
    csv_text,
    mapping,
    names,
    read,
    read_one,
    summary,
    write,
)
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.prisoners.registry.readers import (
    UnreadableFile,
    open_preview,
    parse_mapping,
)
from undaunted.prisoners.registry.rules.import_rows import (
    ImportedName,
    Outcome,
    RecordKind,
    Sentence,
    SentenceKind,
)

if TYPE_CHECKING:
    from pathlib import Path

MAPPED_WITH_COUNTRY = (
    'id = "i"\nversion = 1\n[keys]\ncolumns = ["ID"]\n[constants]\n"spell.country" = "CN"\n'
    + column("Name", "person.name.full")
    + column("Country", "spell.country")
)


def test_good_row_becomes_typed_values(tmp_path: Path) -> None:
    row = read_one(tmp_path)
    assert row.outcome is Outcome.OK
    assert (row.line, row.source_key, row.kind) == (2, "K1", RecordKind.DETENTION)
    assert row.values == {
        "person.names": (ImportedName("Ana Lund", "full", "en", "Latn"),),
        "person.birth": PartialDate.parse("1970"),
        "spell.country": "XR",
        "spell.start": PartialDate.parse("2020-03-05"),
        "spell.sentence": Sentence(SentenceKind.TERM, 36, "3 years"),
        "source.url": ("https://example.org/1",),
    }


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"Name": ""}, "missing_name"),
        ({"Name": "12345"}, "name_without_letters"),
        ({"Name": "a" * 301}, "name_too_long"),
        ({"ID": ""}, "missing_key"),
        ({"Arrested": "31.02.2020"}, "no_such_date"),
        ({"Arrested": "03/04/2020"}, "ambiguous_date"),
        ({"Arrested": "03.04.20"}, "two_digit_year"),
        ({"Arrested": "43952"}, "spreadsheet_day_number"),
        ({"Arrested": "soon"}, "unreadable_date"),
        ({"Arrested": "2031"}, "date_in_future"),
        ({"Born": "1790"}, "birth_implausible"),
        ({"Born": "2021"}, "start_before_birth"),
        ({"Released": "2019"}, "end_before_start"),
        ({"Country": "Atlantis"}, "no_such_country"),
        ({"Sentence": "some years"}, "bad_sentence"),
        ({"Link": "javascript:alert(1)"}, "bad_url"),
        ({"Link": "https://"}, "bad_url"),
        ({"Name": "Ana\0Lund"}, "null_byte"),
        ({"Country": "#REF!"}, "spreadsheet_error"),
    ],
)
def test_bad_value_rejects_its_row_with_line_and_reason(
    tmp_path: Path, cells: dict[str, str], code: str
) -> None:
    row = read_one(tmp_path, None, **cells)
    assert row.outcome is Outcome.REJECTED
    assert code in codes(row)
    assert {problem.line for problem in row.problems} == {2}


@pytest.mark.parametrize(
    ("cells", "code", "name"),
    [
        ({"Name": "=cmd|' /C calc'!A"}, "formula", "=cmd|' /C calc'!A"),
        ({"Name": "@SUM(A)"}, "formula", "@SUM(A)"),
        ({"Name": "+Ana"}, "formula", "+Ana"),
        ({"Name": "-Ana"}, "formula", "-Ana"),
        ({"Name": "Ana\u202eLund"}, "bidi_marks", "AnaLund"),
        ({"Name": "\ufeffAna"}, "invisible_characters", "Ana"),
        ({"Name": "Ana\x07Lund"}, "control_characters", "Ana Lund"),
        ({"Name": "Ana 🎉"}, "emoji", "Ana 🎉"),
        ({"Name": "Ana\ufffd"}, "replacement_character", "Ana\ufffd"),
        ({"Name": "Ana\ue000"}, "private_characters", "Ana\ue000"),
        ({"Name": "An?"}, "question_mark_in_name", "An?"),
        ({"Name": "Ana 2"}, "digits_in_name", "Ana 2"),
        ({"Name": "陳琱j"}, "mixed_scripts", "陳琱j"),
        ({"Name": "\u0410na"}, "mixed_scripts", "\u0410na"),
    ],
)
def test_odd_text_is_flagged_and_kept_as_text(
    tmp_path: Path, cells: dict[str, str], code: str, name: str
) -> None:
    row = read_one(tmp_path, None, **cells)
    assert (row.outcome, codes(row)) == (Outcome.FLAGGED, [code])
    assert names(row) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
        "क\u094d\u200dष",
        "Ana\u00a0 Lund",
        "O\u2019Neil",
    ],
)
def test_joiners_a_script_needs_raise_no_flag(tmp_path: Path, name: str) -> None:
    assert read_one(tmp_path, Name=name).outcome is Outcome.OK


def test_names_are_normalised_to_one_form(tmp_path: Path) -> None:
    row = read_one(tmp_path, Name="  Jose\u0301   Lund ")
    assert names(row) == ["Jos\u00e9 Lund"]


def test_too_long_cell_rejects_only_its_row(tmp_path: Path) -> None:
    path = write(tmp_path, csv_text(changed(Name="a" * 10 * 1024**2), changed(ID="K2")))
    long, good = read(path)
    assert codes(long) == ["cell_too_long"]
    assert good.outcome is Outcome.OK


def test_text_longer_than_the_ledger_keeps_is_cut_and_said_so(tmp_path: Path) -> None:
    how = mapping(extra=column("Released", "spell.city"), columns={"Name": "person.name.full"})
    row = read_one(tmp_path, how, Released="a" * 121)
    assert (codes(row), row.values["spell.city"]) == (["text_shortened"], "a" * 120)


def test_grades_flags_languages_and_choices_are_checked(tmp_path: Path) -> None:
    for field, good, value, bad, code in (
        ("source.grade", "b2", "B2", "Z9", "bad_grade"),
        ("spell.family_contact", "нет", False, "perhaps", "not_yes_or_no"),
        ("source.language", "zh-Hant", "zh-Hant", "Chinese language", "bad_language"),
        ("tier", "d", "D", "E", "unknown_value"),
        ("spell.kind", "House arrest", "house_arrest", "cellar", "unknown_value"),
    ):
        how = mapping(extra=column("Released", field), columns={"Name": "person.name.full"})
        assert read_one(tmp_path, how, Released=good).values[field] == value
        assert codes(read_one(tmp_path, how, Released=bad)) == [code]


def test_value_that_cannot_be_read_is_dropped_where_the_mapping_says_so(tmp_path: Path) -> None:
    for choice, outcome in (("flag", Outcome.FLAGGED), ("ignore", Outcome.OK)):
        extra = column("Released", "person.death", f'on_error = "{choice}"')
        how = mapping(extra=extra, columns={"Name": "person.name.full"})
        row = read_one(tmp_path, how, Released="31.02.2020")
        assert (row.outcome, "person.death" in row.values) == (outcome, False)


def test_required_column_must_be_filled(tmp_path: Path) -> None:
    how = mapping(
        extra=column("Released", "spell.city", "required = true"),
        columns={"Name": "person.name.full"},
    )
    assert codes(read_one(tmp_path, how)) == ["missing_value"]


def test_parts_of_a_cell_are_read(tmp_path: Path) -> None:
    parts = {"before_comma": "Prison 1", "after_comma": "North, Rovenia", "last_after_comma": "XR"}
    for part, expected in parts.items():
        field = "spell.country" if part == "last_after_comma" else "spell.place"
        extra = column("Released", field, f'part = "{part}"')
        how = mapping(extra=extra, columns={"Name": "person.name.full"})
        header_row = changed(Released='"Prison 1, North, Rovenia"')
        [row] = read(write(tmp_path, csv_text(header_row)), how)
        assert row.values[field] == expected


def test_bounded_date_says_only_what_the_list_knows(tmp_path: Path) -> None:
    for bound, edtf in (("no_later_than", "../2020-12-31"), ("no_earlier_than", "2020-01-01/..")):
        extra = column("Arrested", "spell.start", f'bound = "{bound}"')
        how = mapping(extra=extra, columns={"Name": "person.name.full"})
        row = read_one(tmp_path, how, Arrested="2020")
        assert row.values["spell.start"] == PartialDate.parse(edtf)


def test_many_different_values_do_not_fill_the_memory(tmp_path: Path) -> None:
    people = [
        changed(ID=f"K{number}", Name=f"Ana {'abcdefghij'[number % 10]}{chr(0x4E00 + number)}")
        for number in range(20_200)
    ]
    rows = read(write(tmp_path, csv_text(*people)), mapping(columns={"Name": "person.name.full"}))
    assert names(rows[-1]) == [people[-1][1]]


def test_unknown_country_names_near_ones(tmp_path: Path) -> None:
    [problem] = read_one(tmp_path, Country="Rovena").problems
    assert dict(problem.params)["near"] == "XR"


def test_second_row_with_the_same_key_names_both_lines(tmp_path: Path) -> None:
    rows = read(write(tmp_path, csv_text(ROW, changed(Name="Bo Lund"))))
    assert [row.outcome for row in rows] == [Outcome.OK, Outcome.REJECTED]
    assert dict(rows[1].problems[0].params) == {"key": "K1", "first": "2", "line": "3"}


def test_identical_row_is_passed_over_where_the_mapping_says_so(tmp_path: Path) -> None:
    text = csv_text(ROW, ROW, changed(Name="Bo Lund"))
    chosen = parse_mapping(
        'id = "i"\nversion = 1\n[keys]\ncolumns = ["ID"]\nduplicates = "skip_identical"\n'
        + column("Name", "person.name.full")
    )
    rows = read(write(tmp_path, text), chosen)
    assert [row.outcome for row in rows] == [Outcome.OK, Outcome.SKIPPED, Outcome.REJECTED]
    assert rows[1].skipped == "identical_row"


def test_rows_without_key_columns_are_keyed_by_content(tmp_path: Path) -> None:
    how = parse_mapping('id = "i"\nversion = 1\n' + column("Name", "person.name.full"))
    first, second = read(write(tmp_path, csv_text(ROW, changed(ID="K2"))), how)
    assert first.source_key.startswith("content:")
    assert first.source_key != second.source_key


def test_killed_people_do_not_become_prisoners(tmp_path: Path) -> None:
    skip = '[[skip]]\ncolumn = "Status"\nequals = ["Killed"]\nreason = "killed_not_detained"\n'
    how = mapping(extra=skip)
    header = (*HEADER, "Status")
    path = write(tmp_path, csv_text((*ROW, "Killed"), (*ROW, "Held"), header=header))
    killed, held = read(path, how)
    assert (killed.outcome, killed.skipped, killed.values) == (
        Outcome.SKIPPED,
        "killed_not_detained",
        {},
    )
    assert held.outcome is Outcome.OK


def test_file_without_the_protecting_column_is_refused(tmp_path: Path) -> None:
    skip = '[[skip]]\ncolumn = "Status"\nequals = ["Killed"]\nreason = "killed_not_detained"\n'
    with pytest.raises(UnreadableFile) as refused:
        read(write(tmp_path, csv_text(ROW)), mapping(extra=skip))
    assert refused.value.code == "columns_missing"
    assert refused.value.params["missing"] == "Status"


def test_table_without_persons_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "COUNTRY,YEAR,Total\nRovenia,2020,5\n")
    with pytest.raises(UnreadableFile) as refused:
        read(path)
    assert refused.value.code == "no_person_column"


def test_record_kind_follows_the_rules_and_the_unknown_is_an_error(tmp_path: Path) -> None:
    rules = (
        '[record_kind]\notherwise = "reject"\n[[record_kind.rules]]\ncolumn = "Status"\n'
        'equals = ["Dead"]\nkind = "death"\n'
    )
    header = (*HEADER, "Status")
    path = write(tmp_path, csv_text((*ROW, "Dead"), (*changed(ID="K2"), "Other"), header=header))
    dead, other = read(path, mapping(extra=rules))
    assert dead.kind is RecordKind.DEATH
    assert codes(other) == ["unknown_kind"]


def test_short_and_long_rows_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, csv_text(ROW[:5], (*ROW, "more"), (*changed(ID="K3"), "")))
    short, long, padded = read(path)
    assert (codes(short), codes(long), padded.outcome) == (
        ["short_row"],
        ["long_row"],
        Outcome.OK,
    )


def test_columns_neither_read_nor_ignored_are_reported(tmp_path: Path) -> None:
    path = write(tmp_path, csv_text((*ROW, "x", "y", "z"), header=(*HEADER, "A", "B", "A")))
    with open_preview(
        path, mapping('ignore = ["B"]'), today=TODAY, find_country=lambda _text: "XR"
    ) as preview:
        assert preview.unmapped == ("A", "A")
        assert [note.code for note in preview.notes] == ["columns_unmapped", "columns_repeated"]
        assert [row.source_key for row in preview] == [row.source_key for row in preview]


def test_two_columns_that_disagree_are_flagged_and_the_first_is_kept(tmp_path: Path) -> None:
    how = mapping(extra=column("ID", "spell.sentence", 'values = { K1 = "life" }'))
    row = read_one(tmp_path, how)
    assert codes(row) == ["conflicting_values"]
    assert row.values["spell.sentence"] == Sentence(SentenceKind.TERM, 36, "3 years")


def test_constants_fill_only_what_no_column_gave(tmp_path: Path) -> None:
    how = mapping(extra='[constants]\n"spell.country" = "Nowhere"\n')
    given, absent = read(
        write(tmp_path, csv_text(ROW, changed(ID="K2", Country=""))),
        parse_mapping(MAPPED_WITH_COUNTRY),
    )
    assert given.values["spell.country"] == "XR"
    assert absent.values["spell.country"] == "CN"
    with pytest.raises(UnreadableFile) as refused:
        read(write(tmp_path, csv_text(ROW)), how)
    assert refused.value.code == "bad_constant"


def test_end_known_only_as_a_fact_is_bounded_by_start_and_source(tmp_path: Path) -> None:
    how = mapping(
        extra=column("ID", "spell.ended", 'values = { K1 = "yes" }')
        + column("Sentence", "source.date", 'values = { "3 years" = "2024-05-06" }')
    )
    row = read_one(tmp_path, how)
    assert row.values["spell.end"] == PartialDate.parse("2020-03-05/2024-05-06")
    assert codes(row) == ["ended_without_date"]


def test_expected_release_that_has_passed_is_flagged(tmp_path: Path) -> None:
    how = mapping(
        columns={"Name": "person.name.full", "Arrested": "spell.start"},
        extra=column("Released", "spell.expected_release"),
    )
    assert codes(read_one(tmp_path, how, Released="2023")) == ["expected_release_passed"]
    assert codes(read_one(tmp_path, how, Released="2033")) == []
    assert codes(read_one(tmp_path, how, Released="2019-02")) == ["release_expected_before_start"]


@pytest.mark.parametrize(
    ("choice", "outcome"), [("reject", Outcome.REJECTED), ("flag", Outcome.FLAGGED)]
)
def test_impossible_years_are_rejected_or_flagged_never_swallowed(
    tmp_path: Path, choice: str, outcome: Outcome
) -> None:
    dates = f'[dates]\nearliest_year = 1945\nlatest_year = 1992\nout_of_range = "{choice}"\n'
    how = mapping(extra=dates)
    for year, code in (("1922", "year_too_early"), ("1993", "year_too_late")):
        row = read_one(tmp_path, how, Arrested=year, Born="")
        assert (row.outcome, codes(row)[0]) == (outcome, code)
        assert "spell.start" not in row.values


@pytest.mark.parametrize(
    ("otherwise", "expected"),
    [
        ("reject", (Outcome.REJECTED, ["unknown_value"])),
        ("flag", (Outcome.FLAGGED, ["unknown_value"])),
        ("ignore", (Outcome.OK, [])),
    ],
)
def test_value_outside_the_value_map_does_what_the_mapping_says(
    tmp_path: Path, otherwise: str, expected: tuple[Outcome, list[str]]
) -> None:
    more = f'values = {{ A = "journalist" }}\notherwise = "{otherwise}"'
    row = read_one(tmp_path, mapping(extra=column("ID", "person.role", more)))
    assert (row.outcome, codes(row)) == expected


def test_alias_in_parentheses_becomes_a_second_name(tmp_path: Path) -> None:
    how = mapping(
        columns={},
        extra=column("Name", "person.name.native", 'part = "outside_parentheses"')
        + column("Name", "person.name.alias", 'part = "inside_parentheses"'),
    )
    found = read_one(tmp_path, how, Name="王玉文\uff08王藏\uff09").values["person.names"]
    assert [(one.text, one.kind, one.script) for one in found] == [  # type: ignore[union-attr]
        ("王玉文", "native", "Hani"),
        ("王藏", "alias", "Hani"),
    ]


def test_roles_are_split_and_mapped(tmp_path: Path) -> None:
    more = 'split = ";"\nvalues = { reporter = "journalist" }'
    how = mapping(extra=column("ID", "person.role", more))
    row = read_one(tmp_path, how, ID="Reporter; student;")
    assert row.values["person.role"] == ("journalist", "student")


def test_summary_counts_each_outcome_and_reason(tmp_path: Path) -> None:
    counted = summary(read(write(tmp_path, csv_text(ROW, ROW, changed(ID="K2", Name="An?")))))
    assert (counted.rows, counted.errors, counted.warnings) == (
        3,
        {"duplicate_key": 1},
        {"question_mark_in_name": 1},
    )
