"""Birth dates, countries, genders and identifiers: what raises a score and what lowers it."""

from __future__ import annotations

import pytest

from undaunted.engines.names import (
    NOTHING_KNOWN,
    REVIEW,
    Facts,
    FactsMalformed,
    Ground,
    Verdict,
    compare,
)
from undaunted.engines.names.known.facts import weighed

__all__: list[str] = []


def verdicts(left: Facts, right: Facts) -> tuple[Verdict, ...]:
    found = weighed(0.8, left, right)
    assert found == weighed(0.8, right, left)
    return found[1]


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("1970-03-04", "1970-03-04", Verdict.SAME_BIRTH),
        ("1970-03-04", "1970-04-03", Verdict.SWAPPED_BIRTH),
        ("1970-03-04", "1970", Verdict.NEAR_BIRTH),
        ("1970-03", "1970-03", Verdict.NEAR_BIRTH),
        ("1970-03-04", "1970-03-05", Verdict.NEAR_BIRTH),
        ("1970-03-04", "1970-03-14", Verdict.NEAR_BIRTH),
        ("1970-03-04", "1970-05-04", Verdict.NEAR_BIRTH),
        ("1970-03-04", "1970-03", Verdict.NEAR_BIRTH),
        ("1970-03-04", "1971-03-04", Verdict.NEAR_BIRTH),
        ("1970-03-04", "1980-03-04", Verdict.NEAR_BIRTH),
        ("1967-03-04", "1976-03-04", Verdict.NEAR_BIRTH),
        ("1970-00-00", "1971-03-00", Verdict.NEAR_BIRTH),
        ("1970", "1971", Verdict.NEAR_BIRTH),
        ("1970", "1972", Verdict.OTHER_BIRTH),
        ("1970-03-04", "1970-05-19", Verdict.OTHER_BIRTH),
        ("1970-03", "1970-05", Verdict.OTHER_BIRTH),
        ("1970-03-04", "1971-08-09", Verdict.OTHER_BIRTH),
        ("1970-03-04", "1995-03-04", Verdict.OTHER_BIRTH),
    ],
)
def test_birth_dates(one: str, other: str, verdict: Verdict) -> None:
    assert verdicts(Facts(born=(one,)), Facts(born=(other,))) == (verdict,)


def test_the_best_of_several_birth_dates_counts() -> None:
    several = Facts(born=("1960", "1970-03-04"))
    assert verdicts(several, Facts(born=("1970-03-04", "1990"))) == (Verdict.SAME_BIRTH,)


def test_identifiers_count_whatever_their_signs() -> None:
    one = Facts(identifiers=frozenset({("Passport", "AB 12-34")}))
    assert verdicts(one, Facts(identifiers=frozenset({("passport", "ab1234")}))) == (
        Verdict.SAME_IDENTIFIER,
    )
    assert verdicts(one, Facts(identifiers=frozenset({("passport", "ZZ1")}))) == (
        Verdict.OTHER_IDENTIFIER,
    )
    assert verdicts(one, Facts(identifiers=frozenset({("tax", "AB1234")}))) == ()


def test_countries_and_genders() -> None:
    one = Facts(countries=frozenset({"XR", "XS"}), gender="female")
    assert verdicts(one, Facts(countries=frozenset({"XS"}))) == (Verdict.SAME_COUNTRY,)
    assert verdicts(one, Facts(countries=frozenset({"XB"}), gender="male")) == (
        Verdict.OTHER_COUNTRY,
        Verdict.OTHER_GENDER,
    )
    assert verdicts(one, Facts(gender="other")) == ()
    assert verdicts(one, Facts(gender="female")) == ()


def test_facts_raise_and_lower_and_are_reasons() -> None:
    plain = compare("Karl Brand", "Karl Brandt")
    same = Facts(born=("1970-03-04",))
    raised = compare("Karl Brand", "Karl Brandt", left_facts=same, right_facts=same)
    lowered = compare(
        "Karl Brand", "Karl Brandt", left_facts=same, right_facts=Facts(born=("1950",))
    )
    assert lowered.score < plain.score < raised.score <= 1
    assert plain.by_name == raised.by_name == lowered.by_name
    assert [r.by for r in raised.reasons if r.ground is Ground.FACT] == ["same-birth"]
    assert weighed(0.5, NOTHING_KNOWN, same) == (0.5, ())


def test_no_fact_makes_one_person_of_two_names_but_an_identifier() -> None:
    passport = frozenset({("passport", "X1")})
    all_same = Facts(born=("1970-03-04",), countries=frozenset({"XR"}), gender="male")
    assert weighed(0.0, all_same, all_same)[0] == 0.0
    assert weighed(0.0, Facts(identifiers=passport), Facts(identifiers=passport))[0] == 0.9


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (Facts(born=("1965",)), Facts(born=("1966",)), Verdict.NEAR_BIRTH),
        (Facts(born=("1970-03-04",)), Facts(born=("1970-04-03",)), Verdict.SWAPPED_BIRTH),
        (
            Facts(countries=frozenset({"XR"})),
            Facts(countries=frozenset({"XR"})),
            Verdict.SAME_COUNTRY,
        ),
    ],
)
def test_what_brothers_share_has_no_name_looked_at_that_is_not_so_by_itself(
    one: Facts, other: Facts, verdict: Verdict
) -> None:
    below, verdicts_of = weighed(0.695, one, other)
    assert verdicts_of == (verdict,)
    assert 0.695 < below < REVIEW
    assert weighed(REVIEW, one, other)[0] > REVIEW


def test_a_day_of_birth_or_an_identifier_has_a_name_looked_at() -> None:
    day = Facts(born=("1970-03-04",))
    passport = Facts(identifiers=frozenset({("passport", "X1")}))
    assert weighed(0.65, day, day)[0] > REVIEW
    assert weighed(0.65, passport, passport)[0] > REVIEW


@pytest.mark.parametrize(
    ("one", "other", "looked_at"),
    [
        ("1970-03-04", "1970-05-19", True),
        ("1970", "1980", True),
        ("1970", "1981", False),
        ("1970-03-04", "1946-05-19", False),
    ],
)
def test_one_name_is_another_persons_where_births_are_more_than_a_decade_apart(
    one: str, other: str, *, looked_at: bool
) -> None:
    found = compare(
        "Karl Brand",
        "Karl Brand",
        left_facts=Facts(born=(one,)),
        right_facts=Facts(born=(other,)),
    )
    assert [r.by for r in found.reasons if r.ground is Ground.FACT] == ["other-birth"]
    assert (found.score >= REVIEW) is looked_at


@pytest.mark.parametrize(
    "wrong",
    [
        {"born": ("4 March 1970",)},
        {"born": ("1970-13",)},
        {"born": ("1970-00-03",)},
        {"born": ("1970-03-32",)},
        {"countries": frozenset({"xr"})},
        {"gender": "m"},
    ],
)
def test_facts_that_mean_nothing_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(FactsMalformed):
        Facts(**wrong)  # type: ignore[arg-type]
