"""Mapping files: all faults named at once, nothing unknown passes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.prisoners.registry.readers.lists import column, mapping, mapping_text
from undaunted.prisoners.registry.readers import InvalidMapping, parse_mapping, read_mapping
from undaunted.prisoners.registry.rules.mapping import (
    FIELDS,
    Calendar,
    Duplicates,
    FileFormat,
    Otherwise,
    Part,
)

EXAMPLES = Path(__file__).parents[4] / "docs" / "examples" / "mappings"
GUIDE = Path(__file__).parents[4] / "docs" / "how-to" / "import-a-list.md"


def faults(text: str) -> list[str]:
    with pytest.raises(InvalidMapping) as error:
        parse_mapping(text)
    return [problem.code for problem in error.value.problems]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_mapping_is_valid(path: Path) -> None:
    assert read_mapping(path).version >= 1


def test_whole_mapping_is_read() -> None:
    found = parse_mapping(
        mapping_text(
            'title = "T"\nlanguage = "fa"\nignore = ["a"]\nempty = ["?"]',
            extra="""
[format]
kind = "xlsx"
encoding = "cp1251"
delimiter = ";"
sheet = "S"
header_line = 3
records = "r[]"
short_rows = true
[dates]
formats = ["%d.%m.%Y"]
order = "dmy"
calendar = "persian"
earliest_year = 1950
latest_year = 2000
out_of_range = "flag"
[values.roles]
a = "lawyer"
[[columns]]
column = "Role"
field = "person.role"
values = "roles"
otherwise = "flag"
on_error = "flag"
part = "before_comma"
split = ";"
language = "en"
empty = ["-"]
formats = ["%Y"]
calendar = "minguo"
required = true
""",
        )
    )
    assert found.format.kind is FileFormat.XLSX
    assert found.format.short_rows
    assert found.dates.calendar is Calendar.PERSIAN
    assert found.keys.duplicates is Duplicates.REJECT
    rule = found.columns[-1]
    assert (rule.values, rule.otherwise, rule.part) == (
        {"a": "lawyer"},
        Otherwise.FLAG,
        Part.BEFORE_COMMA,
    )
    assert rule.calendar is Calendar.MINGUO
    assert found.needed_columns == {"ID", "Role"}
    assert len(found.digest) == 64


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("colour = 1", "mapping_unknown"),
        ("title = 1", "mapping_wrong"),
        ("ignore = 1", "mapping_wrong"),
        ("format = 1", "mapping_wrong"),
        ("skip = 1", "mapping_wrong"),
        ('[format]\nencoding = "utf-7"', "mapping_wrong"),
        ('[format]\ndelimiter = "ab"', "mapping_wrong"),
        ('[format]\nkind = "pdf"', "mapping_wrong"),
        ("[format]\nheader_line = 0", "mapping_wrong"),
        ('[format]\nshort_rows = "yes"', "mapping_wrong"),
        ('[dates]\nformats = ["%d.%m.%y"]', "mapping_wrong"),
        ('[dates]\nformats = ["%d.%m"]', "mapping_wrong"),
        ('[dates]\norder = "ymd"', "mapping_wrong"),
        ('[dates]\nearliest_year = "x"', "mapping_wrong"),
        ('[constants]\n"person.nam" = "x"', "mapping_field"),
        ("[constants]\ntier = 1", "mapping_wrong"),
        ('[constants]\ntier = "A"', "mapping_wrong"),
        ('[[skip]]\ncolumn = "a"', "mapping_missing"),
        ('[record_kind]\ndefault = "ghost"', "mapping_wrong"),
        ('[[record_kind.rules]]\ncolumn = "a"', "mapping_missing"),
    ],
)
def test_fault_of_a_mapping_is_named(more: str, code: str) -> None:
    assert code in faults(f'id = "i"\nversion = 1\n{more}\n{column("Name", "person.name.full")}')


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ('values = "absent"', "mapping_unknown"),
        ("values = { a = 1 }", "mapping_wrong"),
        ("values = 5", "mapping_wrong"),
        ('on_error = "keep"', "mapping_wrong"),
        ('bound = "near"', "mapping_wrong"),
        ('regex = "(a+)+"', "mapping_unknown"),
        ('part = "half"', "mapping_wrong"),
    ],
)
def test_fault_of_a_column_is_named(more: str, code: str) -> None:
    assert faults(mapping_text(extra=column("X", "person.birth", more))) == [code]


def test_all_faults_are_named_at_once() -> None:
    assert faults('[[columns]]\nfield = "person.nme.full"\n') == [
        "mapping_missing",
        "mapping_missing",
        "mapping_field",
        "mapping_missing",
        "mapping_no_name",
    ]


def test_misspelt_field_names_near_ones() -> None:
    with pytest.raises(InvalidMapping) as error:
        mapping(columns={"Name": "person.name.ful"})
    assert "person.name.full" in dict(error.value.problems[0].params)["near"]


def test_file_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    for content in (b"\xff\xfe", b"= =", b"a" * 1_100_000):
        path = tmp_path / "m.toml"
        path.write_bytes(content)
        with pytest.raises(InvalidMapping):
            read_mapping(path)
    with pytest.raises(InvalidMapping):
        read_mapping(tmp_path / "absent.toml")


def test_guide_documents_every_field() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert [name for name in FIELDS if f"`{name}`" not in text] == []


@given(st.text(max_size=300))
def test_no_text_makes_the_mapping_reader_stumble(text: str) -> None:
    with pytest.raises(InvalidMapping):
        parse_mapping(text)


_VALUES = st.recursive(
    st.none().map(lambda _none: "") | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
_NAMES = st.sampled_from(
    [
        "id",
        "version",
        "title",
        "format",
        "keys",
        "dates",
        "values",
        "constants",
        "columns",
        "skip",
        "record_kind",
    ]
)


@given(st.dictionaries(_NAMES, _VALUES, max_size=6))
def test_no_values_make_the_mapping_reader_stumble(data: dict[str, object]) -> None:
    lines = [f"{name} = {_toml(value)}" for name, value in data.items()]
    with pytest.raises(InvalidMapping):
        parse_mapping("\n".join(lines))


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value) if isinstance(value, int) else '"' + str(value).encode().hex() + '"'
