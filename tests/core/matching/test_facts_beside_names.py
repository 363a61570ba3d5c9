"""Issuers write facts in the cell of a name: whoever is meant is found by the name all the same."""

from __future__ import annotations

import pytest

from undaunted.core.listings.rules import Entry, Kind, Name, Quality
from undaunted.core.matching.analysis import Listed, compared
from undaunted.core.matching.analysis.facts import names_of


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Viktor Strovik (Date of birth: 26.9.1973; place of birth: Karsk)", ("Viktor Strovik",)),
        ("Viktor Strovik, born in Karsk on 01 Jan.1967", ("Viktor Strovik",)),
        ("Viktor Strovik (previously listed as)", ("Viktor Strovik",)),
        ("Viktor Strovik. Date of birth: 11.4.1963. In Arabic: سيف العدل",
         ("Viktor Strovik", "سيف العدل")),
        ("Viktor Strovik (original script: ﻣﺻطﻔﻰ ﻋدﻧﺎن) (National Identification card no. 9)",
         ("Viktor Strovik", "ﻣﺻطﻔﻰ ﻋدﻧﺎن")),
        ("Viktor Born", ("Viktor Born",)),
        ("Anna Strovik (born KORL)", ("Anna Strovik (born KORL)",)),
        ("Strovik, Viktor", ("Strovik, Viktor",)),
        ("(born 1961)", ("(born 1961)",)),
    ],
)  # fmt: skip
def test_facts_behind_a_name_are_no_name(written: str, names: tuple[str, ...]) -> None:
    assert names_of(Entry("1", Kind.PERSON, (Name(written, Quality.ALIAS),))) == names


def test_an_alias_with_facts_behind_it_is_asked_about() -> None:
    first = Name("Quentin Zzyzx", Quality.PRIMARY)
    alias = Name("Mostefa Djamel (Date of birth: 26.9.1973; place of birth: Karsk)", Quality.ALIAS)
    held = Listed({
        ("xf-invented", "1"): Entry("1", Kind.PERSON, (first, alias)),
        ("xz-invented", "2"): Entry("2", Kind.PERSON, (Name("Mostefa DJAMEL"),)),
    })  # fmt: skip
    assert len(compared(held, [("xf-invented", "1")]).found) == 1
