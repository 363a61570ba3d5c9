"""What a statement says, who stands where on a day, and what the shipped packs hold."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.commitments.factories import said, written
from undaunted.core.commitments.rules import (
    CatalogueBroken,
    CommitmentAnswer,
    Gaps,
    Known,
    Statement,
    StatementBroken,
    Status,
    gaps_of,
    instruments,
    is_state,
    known_by,
    read_instrument,
    read_json,
    read_statement,
    read_toml,
    shipped_statements,
    standing_of,
    standings,
)
from undaunted.core.practices.rules import PracticeSourceStatus

__all__: list[str] = []

SCREENING = instruments()["investment-screening"]
DAY = date(2026, 6, 1)


def known(told: Statement, *, on: date = DAY, until: date | None = None, id: int = 1) -> Known:  # noqa: A002
    return Known(UUID(int=id), told, on, until)


def bare(status: str, since: str, **changed: Any) -> Statement:
    """Give a statement without features."""
    sources = written()["sources"][:1]
    return said(status=status, since=since, features=[], sources=sources, **changed)


def features(**told: bool) -> list[dict[str, Any]]:
    return [
        {"code": code.replace("_", "-"), "has": has, "sources": ["gazette"]}
        for code, has in told.items()
    ]


def only(status: str, since: str, **told: bool) -> Statement:
    return said(
        status=status, since=since, features=features(**told), sources=written()["sources"][:1]
    )


def test_statement_is_read_and_written_back_the_same() -> None:
    told = said()
    assert read_statement(told.as_data(), where="again") == told
    assert told.digest == said().digest != said(since="2024-03-02").digest
    assert told.status is Status.IN_FORCE


@pytest.mark.parametrize(
    ("since", "first"),
    [
        ("2024-03-01", date(2024, 3, 1)),
        ("2024-02", date(2024, 2, 29)),
        ("2024", date(2024, 12, 31)),
        ("../2024-12-31", date(2024, 12, 31)),
    ],
)
def test_statement_holds_from_the_last_day_that_its_date_allows(since: str, first: date) -> None:
    assert said(since=since).first_day == first


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"instrument": "magic"}, "instrument: write one of anti-coercion, investment-screening"),
        ({"state": "Freedonia"}, "state: 'Freedonia' is no code of a state"),
        ({"state": "xf"}, "state: 'xf' is no code of a state"),
        ({"state": 3}, "state: 3 is no code"),
        ({"status": "maybe"}, "status: write one of absent"),
        ({"since": "soon"}, "since: write a day, a month or a year"),
        ({"since": "2024/.."}, "since: 2024/.. has no end"),
        ({"law": ""}, "law: name the law"),
        ({"law": "x" * 301}, "law: write 300 letters at most"),
        ({"language": "tlh"}, "language: write the code"),
        ({"sources": []}, "sources: write at least one"),
        ({"sources": [3]}, "sources 1: write a table"),
        ({"sources": "gazette"}, "sources: write at least one"),
        ({"features": [3]}, "features 1: write a table"),
        ({"features": [{}] * 61}, "features: write 60 at most"),
        ({"features": [{"code": 3, "has": "yes"}]}, "features 1, has: write true or false"),
        ({"features": [{"code": 3, "has": True}]}, "features 1, code: write the code"),
        (
            {
                "features": [
                    {"code": "call-in", "has": True, "clause": "a;b", "sources": ["gazette"]}
                ]
            },
            "features 1, clause: write no semicolon",
        ),
        (
            {"features": [{"code": "call-in", "has": True, "clause": 3, "sources": ["gazette"]}]},
            "features 1, clause: write a text",
        ),
        ({"features": features(flying=True)}, "features: flying is none of prior-authorisation"),
        ({"features": features(penalties=True) * 2}, "features: penalties stands twice"),
        ({"status": "not_known", "text": ""}, "text: say what was looked for"),
        ({"status": "lapsed", "law": ""}, "law: name the law"),
        ({"status": "lapsed"}, "features: lapsed leaves"),
        ({"status": "absent"}, "features: absent leaves nothing to have features"),
        ({"evidence": []}, "evidence, sources: name at least one source"),
        ({"evidence": ["nowhere"]}, "evidence, sources: there is no source nowhere"),
        ({"colour": "red"}, "the statement: 'colour' is no key here"),
    ],
)
def test_statement_that_is_wrong_names_field_and_remedy(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(StatementBroken) as broken:
        read_statement(written(**changed), where="row 7")
    assert broken.value.where == "row 7"
    assert any(each.startswith(told) for each in broken.value.problems), broken.value.problems


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(StatementBroken, match="write a table with the parts"):
        read_statement([], where="row 1")


@given(
    st.dictionaries(
        st.sampled_from(sorted(written())),
        st.none()
        | st.booleans()
        | st.integers()
        | st.text(max_size=12)
        | st.lists(st.integers() | st.dictionaries(st.text(max_size=4), st.text(max_size=4))),
        max_size=4,
    )
)
def test_no_value_whatever_it_is_breaks_the_reader(changed: dict[str, Any]) -> None:
    with suppress(StatementBroken):
        read_statement(written(**changed), where="row 1")


def test_codes_of_states_and_unions() -> None:
    assert is_state("LT")
    assert is_state("EU")
    assert is_state("XR")
    assert is_state("G7")
    assert not is_state("ZZ")
    assert not is_state("")


def test_latest_statement_gives_status_and_each_feature_stays_until_told_otherwise() -> None:
    rows = [
        known(only("adopted", "2020-01-01", call_in=False, penalties=True), id=1),
        known(only("in_force", "2021-01-01", call_in=True), id=2),
    ]
    early = standing_of(rows, SCREENING, date(2020, 6, 1))
    late = standing_of(reversed(rows), SCREENING, date(2021, 1, 1))
    assert early is not None
    assert late is not None
    assert (early.status, early.answers["call-in"], early.binds) == (
        Status.ADOPTED,
        CommitmentAnswer.LACKS,
        False,
    )
    assert (late.status, late.answers["call-in"], late.binds) == (
        Status.IN_FORCE,
        CommitmentAnswer.HAS,
        True,
    )
    assert late.answers["penalties"] is CommitmentAnswer.HAS
    assert late.told["penalties"][1].id == UUID(int=1)
    assert late.answers["recourse"] is CommitmentAnswer.UNKNOWN
    assert standing_of(rows, SCREENING, date(2019, 12, 31)) is None
    assert SCREENING.feature("call-in").short == "Call-in afterwards"
    assert late.verified
    unread = [each | {"status": "unverified"} for each in written()["sources"]]
    doubtful = standing_of([known(said(sources=unread))], SCREENING, DAY)
    assert doubtful is not None
    assert not doubtful.verified


def test_what_is_given_up_has_no_features_and_begins_anew() -> None:
    rows = [
        known(only("in_force", "2020-01-01", call_in=True), id=1),
        known(bare("withdrawn", "2021-01-01"), id=2),
        known(only("adopted", "2022-01-01", penalties=True), id=3),
    ]
    gone = standing_of(rows, SCREENING, date(2021, 6, 1))
    again = standing_of(rows, SCREENING, date(2022, 6, 1))
    assert gone is not None
    assert again is not None
    assert set(gone.answers.values()) == {CommitmentAnswer.LACKS}
    assert again.answers["call-in"] is CommitmentAnswer.UNKNOWN
    assert gaps_of(gone, SCREENING) == Gaps((), SCREENING.asked, ())


def test_gaps_part_what_the_model_asks_for() -> None:
    row = known(
        only("in_force", "2020-01-01", call_in=True, penalties=False, state_investors_only=True)
    )
    standing = standing_of([row], SCREENING, DAY)
    assert standing is not None
    gaps = gaps_of(standing, SCREENING)
    assert gaps.has == ("call-in",)
    assert gaps.lacks == ("penalties",)
    assert set(gaps.unknown) == set(SCREENING.asked) - {"call-in", "penalties"}
    assert "state-investors-only" not in SCREENING.asked


def test_correction_changes_what_is_known_and_not_what_was() -> None:
    wrong = known(only("in_force", "2020-01-01", call_in=True), until=date(2026, 7, 1), id=1)
    right = known(only("in_force", "2020-01-01", call_in=False), on=date(2026, 7, 1), id=2)
    before = known_by([wrong, right], date(2026, 6, 30))
    after = known_by([wrong, right], date(2026, 7, 1))
    assert before == (wrong,)
    assert after == (right,) == known_by([wrong, right], None)
    assert known_by([wrong, right], date(2026, 5, 31)) == ()


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 300), st.booleans()), max_size=6))
def test_order_of_rows_does_not_matter(told: list[tuple[int, int, bool]]) -> None:
    rows = [
        known(
            only("in_force", str(date(2015, 1, 1) + timedelta(since)), call_in=has),
            on=DAY + timedelta(seen),
            id=number + 1,
        )
        for number, (since, seen, has) in enumerate(told)
    ]
    for day in (date(2016, 1, 1), date(2024, 1, 1)):
        assert standings(rows, SCREENING, day) == standings(rows[::-1], SCREENING, day)


def test_every_state_once_by_code() -> None:
    rows = [
        known(bare("in_force", "2020-01-01", state=state), id=number)
        for number, state in enumerate(("XR", "EU", "XF"), 1)
    ]
    assert [each.state for each in standings(rows, SCREENING, DAY)] == ["EU", "XF", "XR"]


def test_json_is_read_as_it_is_written() -> None:
    text = json.dumps({"statements": [said().as_data(), said(state="XR").as_data()]})
    assert read_json(text, where="x.json") == (said(), said(state="XR"))
    for broken, told in (
        ("{", "not JSON"),
        ("[]", "write {"),
        ('{"statements": 3}', "write {"),
        ('{"statements": []}', "write at least one statement"),
        ('{"statements": [3, {}]}', "statement 1: write a table"),
    ):
        with pytest.raises(StatementBroken, match=told):
            read_json(broken, where="x.json")


TOML = """
instrument = "anti-coercion"
[[statements]]
state = "XS"
status = "absent"
since = "2024"
evidence = ["g"]
[[sources]]
id = "g"
title = "Gazette"
publisher = "Syldavia"
date = "2024"
url = "https://gazette.example/"
status = "unverified"
[[sources]]
id = "h"
title = "Not named"
publisher = "Syldavia"
date = "2024"
url = "https://gazette.example/"
status = "unverified"
"""


def test_toml_shares_instrument_and_sources() -> None:
    (told,) = read_toml(TOML, where="a.toml")
    assert told.instrument == "anti-coercion"
    assert [each.id for each in told.sources] == ["g"]
    for broken, match in (
        ("x =", "not TOML"),
        ("x = 3", "write one"),
        ("sources = 3\nstatements = []", "write one"),
        ('statements = [3]\n[[sources]]\nid = "g"', "statement 1: write a table"),
        ('[[statements]]\nfeatures = 3\n[[sources]]\nid = "g"', "statement 1: "),
    ):
        with pytest.raises(StatementBroken, match=match):
            read_toml(broken, where="a.toml")


def test_statement_keeps_what_it_says_itself() -> None:
    own = TOML.replace('evidence = ["g"]', 'evidence = ["g"]\ninstrument = "investment-screening"')
    (told,) = read_toml(own, where="a.toml")
    assert told.instrument == "investment-screening"


def test_catalogue_that_is_wrong_is_refused() -> None:
    feature = {
        "code": "a",
        "question": "?",
        "short": "a",
        "model": True,
        "why": "b",
        "sources": ["s"],
    }
    table = {
        "code": "x",
        "language": "en",
        "title": "X",
        "about": "x",
        "model": "m",
        "features": [feature, feature],
        "sources": [{"id": "t"}],
    }
    with pytest.raises(CatalogueBroken, match=r"x\.toml: .*title.*a stands twice.*no source s"):
        read_instrument({"instrument": table}, where="x.toml")


def test_shipped_statements_carry_sources_that_say_how_they_were_read() -> None:
    found = shipped_statements()
    assert {each.instrument for each in found} == set(instruments())
    for each in found:
        for source in each.sources:
            if source.status is PracticeSourceStatus.VERIFIED:
                assert "stored cop" in source.read_in, source.id
                assert source.read_on in {"2026-11-27", "2026-11-28"}, source.id
            assert source.status is not PracticeSourceStatus.UNVERIFIED or source.note
    assert len({each.digest for each in found}) == len(found)


def test_a_bill_that_lapsed_with_its_congress_is_proposed_no_more() -> None:
    told = [
        (each.status, each.since)
        for each in shipped_statements()
        if (each.instrument, each.state) == ("anti-coercion", "US")
    ]
    assert told == [(Status.PROPOSED, "2023-02-07"), (Status.LAPSED, "2025-01-03")]


def test_shipped_boards_on_three_days() -> None:
    rows = [
        Known(uuid4(), each, DAY)
        for each in shipped_statements()
        if each.instrument == SCREENING.code
    ]
    today = {each.state: each for each in standings(rows, SCREENING, date(2026, 11, 26))}
    early = {each.state: each for each in standings(rows, SCREENING, date(2025, 1, 1))}
    later = {each.state: each for each in standings(rows, SCREENING, date(2028, 1, 17))}
    assert early["GR"].status is Status.ABSENT
    assert {today[each].status for each in ("GR", "CY", "HR", "GB", "LT")} == {Status.IN_FORCE}
    assert today["CH"].status is Status.ADOPTED
    assert today["EU"].answers["prior-authorisation"] is CommitmentAnswer.LACKS
    assert later["EU"].answers["prior-authorisation"] is CommitmentAnswer.HAS
    assert later["EU"].answers["state-control"] is CommitmentAnswer.HAS
    assert (
        sum(
            each.binds and each.state not in {"EU", "GB", "US", "CA", "AU", "JP", "NZ"}
            for each in today.values()
        )
        == 27
    )
