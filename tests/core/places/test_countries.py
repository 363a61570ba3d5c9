"""Codes of countries that are, were, and never will be."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.places.rules import (
    DISPUTED_STATUS_NOTE,
    LANGUAGES,
    CountryStatus,
    UnknownCountry,
    UnknownRegion,
    admin1,
    countries,
    countries_in,
    country,
    country_at,
    country_name,
    find_country,
    hypothetical_states,
    region,
    region_name,
    region_of,
    regions,
    suggest_countries,
)

# The tables are loaded once, and not inside an example that is timed.
suggest_countries("Atlantis")


def test_every_kind_of_code_is_known() -> None:
    assert country("BY").status is CountryStatus.CURRENT
    assert country("xk").status is CountryStatus.USER_ASSIGNED
    assert country("SUHH").former
    assert country("XR").hypothetical
    assert len(countries()) == 249 + 1 + 5
    assert len(countries(hypothetical=False)) == 250
    assert len(countries(former=True)) == 255 + 31


@pytest.mark.parametrize("code", ["", "ZZ", "SU", "BLR", "XA", "\0"])
def test_an_unknown_code_is_refused_by_name(code: str) -> None:
    with pytest.raises(UnknownCountry, match="is not a country code") as caught:
        country(code)
    assert caught.value.code == code


def test_letters_of_a_former_country_are_answered_with_what_to_write() -> None:
    with pytest.raises(UnknownCountry, match="no more until 1992-08-30: write SUHH") as caught:
        country("su")
    assert caught.value.remedy
    with pytest.raises(UnknownCountry) as other:
        country("ZZ")
    assert not other.value.remedy


def test_a_former_country_ends_on_the_day_its_code_was_withdrawn() -> None:
    last = country_at("SUHH", date(1992, 8, 30))
    assert last
    assert last.valid_until == date(1992, 8, 30)
    assert country_at("SUHH", date(1992, 8, 31)) is None
    assert country("DYBJ").valid_until == date(1977, 12, 31)
    assert country_at("BY", date(1980, 1, 1)) == country("BY")


def test_two_withdrawn_letters_mean_whoever_held_them_on_the_day() -> None:
    assert country_at("CS", date(1990, 1, 1)) == country("CSHH")
    assert country_at("cs", date(2004, 1, 1)) == country("CSXX")
    assert country_at("CS", date(2020, 1, 1)) is None
    with pytest.raises(UnknownCountry):
        country_at("QQ", date(2020, 1, 1))


def test_disputed_status_is_told_and_not_decided() -> None:
    assert {one.code for one in countries() if one.disputed} >= {"EH", "PS", "TW", "XK"}
    assert "takes no position" in str(DISPUTED_STATUS_NOTE)
    assert country_name("TW") == "Taiwan"
    assert not country("BY").disputed


def test_every_country_has_a_name_in_every_language() -> None:
    for language in LANGUAGES:
        for one in countries():
            assert country_name(one.code, language).strip()
    assert country_name("BY", "be") == "Беларусь"
    assert country_name("XR", "ug") == "رۇرىتانىيە"
    assert country_name("SUHH", "fr") == "Union soviétique"


def test_a_missing_name_or_language_is_answered_in_english() -> None:
    assert country_name("DYBJ", "fr") == "Dahomey"
    assert country_name("DE", "xx") == "Germany"
    assert country_name("DE", "ru-RU") == "Германия"
    assert country_name("DE", "zh-CN") == "德国"
    with pytest.raises(UnknownCountry):
        country_name("QQ")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BY", "BY"),
        ("by", "BY"),
        ("BLR", "BY"),
        ("SU", "SUHH"),
        ("SUN", "SUHH"),
        ("suhh", "SUHH"),
        ("CS", None),
        ("Белоруссия", "BY"),
        ("THE GAMBIA", "GM"),
        ("Bahamas, The", "BS"),
        ("Cote d'Ivoire", "CI"),
        ("Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire", "CI"),
        ("U.S.A.", "US"),
        ("臺灣", "TW"),
        ("İran", "IR"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Congo", "CG"),
        ("DR Congo", "CD"),
        ("كوسوۋو", "XK"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Áo", "AT"),
        ("Nga", "RU"),
        ("NGA", "NG"),
        ("Bỉ", "BE"),
        ("Soviet Union", "SUHH"),
        ("  Russia\u200f ", "RU"),
        ("Рурытанія", "XR"),
        ("Atlantis", None),
        ("", None),
        ("\0", None),
        ("x" * 10_000, None),
    ],
)
def test_what_people_write_is_found(text: str, code: str | None) -> None:
    assert find_country(text) == code


def test_every_name_finds_its_own_country() -> None:
    for language in LANGUAGES:
        for one in countries(former=True):
            assert find_country(country_name(one.code, language)) == one.code


def test_misspelt_names_get_suggestions_and_no_decision() -> None:
    assert find_country("Belarrus") is None
    assert "BY" in suggest_countries("Belarrus")
    assert "RU" in suggest_countries("Росия")
    assert suggest_countries("qqqqqq") == ()
    assert len(suggest_countries("Gui", limit=2)) <= 2


@given(st.text(max_size=200))
def test_any_text_is_a_known_code_or_none(text: str) -> None:
    found = find_country(text)
    assert found is None or country(found).code == found
    assert all(country(code) for code in suggest_countries(text, limit=1))


def test_every_country_but_the_antarctic_lies_in_a_region() -> None:
    outside = {one.code for one in countries(former=True) if region_of(one.code) is None}
    assert outside == {"AQ", "BQAQ", "FQHH", "NQAQ"}
    eastern_europe = region_of("BY")
    assert eastern_europe == region("151")
    assert eastern_europe
    assert eastern_europe.parent == "150"
    assert {"BY", "XK", "LT"} <= set(countries_in("150"))
    assert {one.code for one in regions()} == {"002", "009", "019", "142", "150", "ZZZ"}
    assert {one.code for one in regions(parent="150")} == {"039", "151", "154", "155"}
    with pytest.raises(UnknownRegion, match="150 for Europe"):
        region("999")


def test_regions_have_names_in_every_language() -> None:
    assert region_name("150") == "Europe"
    assert region_name("150", "ru") == "Европа"
    assert region_name("ZZZ", "ru") == "Hypothetical states"


def test_first_level_divisions_are_listed_by_name() -> None:
    assert len(admin1("BY")) == 7
    assert [one.name for one in admin1("FR")] == sorted(one.name for one in admin1("FR"))
    assert admin1("XK") == ()
    assert admin1("SUHH") == ()
    assert "Zenda" in {one.name for one in admin1("XR")}


def test_hypothetical_states_are_complete_and_invented() -> None:
    states = hypothetical_states()
    assert [one.code for one in states] == ["XB", "XF", "XR", "XS", "XZ"]
    real = {country_name(one.code).casefold() for one in countries(hypothetical=False)}
    for state in states:
        assert set(state.names) == set(LANGUAGES)
        assert 4 <= len(state.regions) <= 6
        assert state.capital in state.regions[0].cities
        assert state.adjective
        assert not {name.casefold() for name in state.names.values()} & real
        for part in state.regions:
            assert part.code.startswith(f"{state.code}-")
            assert part.cities
            assert part.facilities


def test_importing_the_rules_loads_no_code_list() -> None:
    program = (
        "import sys; import undaunted.core.places.rules;"
        "sys.exit(bool({'pycountry', 'babel', 'rapidfuzz'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
