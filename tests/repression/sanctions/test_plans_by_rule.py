"""Uses of a law, steps of a plan, the model law, and files of stakes and findings: pure rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.commitments.rules import (
    CommitmentAnswer,
    Known,
    Standing,
    Status,
    instruments,
    read_statement,
)
from undaunted.core.standards.rules import Finding, Value
from undaunted.engines.ownership import WHOLE
from undaunted.repression.sanctions.readers import read_findings, read_stakes
from undaunted.repression.sanctions.rules import (
    BOARD,
    ENFORCEMENT,
    Enabler,
    Enablers,
    Held,
    ListRead,
    Plan,
    Reason,
    RegisterBroken,
    Step,
    Task,
    Uses,
    authorities,
    authority_for,
    kept_in_edition,
    model_features,
    model_law,
    states_having,
    steps_of,
    uses_of,
)
from undaunted.repression.sanctions.writers import earlier_told, step_told

ON = date(2025, 5, 20)
LAW = authority_for("gb-ghrsr-2020")
READ = ListRead("uk-fcdo", 3, date(2025, 5, 1))
SOURCE = {"id": "a", "title": "A", "publisher": "B", "date": "2025", "status": "unverified",
          "url": "https://example.org/"}  # fmt: skip


def _standing(board: str, status: str = "in_force", **answers: CommitmentAnswer) -> Standing:
    told = {"law": "L"} if status != "absent" else {}
    statement = read_statement(
        {"instrument": board, "state": "XF", "status": status, "since": "2023", "text": "T",
         "evidence": ["a"], "sources": [SOURCE], **told},
        where="test",
    )  # fmt: skip
    from uuid import uuid4  # noqa: PLC0415 - the one place

    codes = instruments()[board].codes
    every = {code: answers.get(code.replace("-", "_"), CommitmentAnswer.HAS) for code in codes}
    known = Known(uuid4(), statement, ON)
    return Standing("XF", Status(status), known, MappingProxyType({}), MappingProxyType(every))


def test_whoever_stands_in_several_entries_is_one_designation_of_the_first_day() -> None:
    days = ["2021-05", "2020-07-06", "2022", "", "2023", "2022-12/2023-01", "2023", "2030"]
    whose = ["a", "a", "b", "b", "c", "c", "d", "d"]
    uses = uses_of(LAW, days, READ, on=ON, parties=whose)

    held = {year: number for year, number in uses.by_year.items() if number}
    assert held == {2020: 1, 2023: 1}, "where one day is not told the first is not known"
    assert (uses.undated, uses.total, uses.entries) == (2, 4, 7)
    assert uses.untold == 2
    (step,) = steps_of(None, None, [uses])[1:]
    assert (step.reason, step.number) == (Reason.UNDATED, 2)


def test_years_run_from_the_law_to_the_last_that_the_list_can_tell_of() -> None:
    uses = uses_of(LAW, ["2020-07-06", "2022", "2022-05", "", "2023-12/2024-01"], READ, on=ON)

    assert dict(uses.by_year) == {2020: 1, 2021: 0, 2022: 2, 2023: 0, 2024: 0, 2025: 0}
    assert (uses.undated, uses.total, uses.idle) == (2, 5, 2)
    assert uses.unused == (2021, 2023, 2024)
    assert not uses.sure
    assert uses_of(LAW, [], None, on=ON) == Uses(LAW.code, {}, 0, None)
    never = uses_of(LAW, [], READ, on=ON)
    assert (never.idle, never.sure) == (4, True)


def test_open_ends_are_not_days() -> None:
    uses = uses_of(LAW, ["../2021", "2021/.."], READ, on=ON)

    assert (uses.undated, sum(uses.by_year.values())) == (2, 0)


@given(st.lists(st.sampled_from(["", "2019", "2021-03", "2024-02-29", "2030", "2021/2022"])))
def test_nothing_is_counted_twice_and_nothing_later(days: list[str]) -> None:
    uses = uses_of(LAW, days, READ, on=ON)

    begun = [day for day in days if not day or (PartialDate.parse(day).earliest or ON) <= ON]
    assert uses.total == len(begun)
    whole = {year: number for year, number in uses.by_year.items() if year not in uses.partial}
    assert set(uses.unused) == {year for year, number in whole.items() if number == 0}


def test_a_part_of_a_year_is_no_year_without_a_designation() -> None:
    early = uses_of(LAW, ["2021-03-22"], replace(READ, seen=date(2022, 5, 4)), on=ON)
    assert (set(early.partial), early.unused, early.idle) == ({2020, 2022}, (), 0)
    whole = uses_of(LAW, ["2021-03-22"], replace(READ, seen=date(2022, 12, 31)), on=ON)
    assert (set(whole.partial), whole.unused, whole.idle) == ({2020}, (2022,), 1)


def test_state_without_a_law_is_told_to_adopt_one() -> None:
    adopt, find_out = Task.ADOPT, Task.FIND_OUT

    assert steps_of(None, None, ()) == (Step(find_out, Reason.NOT_READ, BOARD),)
    assert steps_of(_standing(BOARD, "absent"), None, ()) == (Step(adopt, Reason.NO_LAW, BOARD),)
    proposed = steps_of(_standing(BOARD, "proposed"), None, ())
    assert proposed == (Step(adopt, Reason.NOT_IN_FORCE, BOARD),)
    vague = steps_of(_standing(BOARD, "not_known"), None, ())
    assert vague == (Step(find_out, Reason.NOT_READ, BOARD),)


def test_steps_come_from_gaps_and_idle_years_alone() -> None:
    idle = uses_of(LAW, ["2021"], READ, on=ON)
    steps = steps_of(
        _standing(
            BOARD,
            corruption=CommitmentAnswer.LACKS,
            review=CommitmentAnswer.UNKNOWN,
            family=CommitmentAnswer.LACKS,
        ),
        _standing(ENFORCEMENT, frozen=CommitmentAnswer.LACKS),
        [idle, uses_of(LAW, ["2025"], READ, on=ON)],
    )

    assert steps == (
        Step(Task.ADOPT, Reason.LACKS, "corruption"),
        Step(Task.USE, Reason.IDLE, LAW.code, 3),
        Step(Task.ENFORCE, Reason.LACKS, "frozen"),
        Step(Task.FIND_OUT, Reason.UNKNOWN, "review"),
    )
    assert step_told(steps[1]).startswith("Use the law: no designation in 3 years")


def test_law_that_binds_and_of_whose_enforcement_nothing_is_told_is_to_be_found_out() -> None:
    steps = steps_of(_standing(BOARD), None, [uses_of(LAW, [], None, on=ON)])

    assert steps == (
        Step(Task.FIND_OUT, Reason.NO_LIST, LAW.code),
        Step(Task.FIND_OUT, Reason.NOT_READ, ENFORCEMENT),
    )
    shared = uses_of(LAW, ["2021"], replace(READ, exact=False), on=ON)
    assert steps_of(_standing(BOARD), _standing(ENFORCEMENT), [shared]) == ()


def test_entries_without_a_day_are_found_out_before_years_are_called_idle() -> None:
    undated = uses_of(LAW, ["2021", "", "2022/.."], READ, on=ON)

    assert undated.idle == 3
    assert steps_of(_standing(BOARD), _standing(ENFORCEMENT), [undated]) == (
        Step(Task.FIND_OUT, Reason.UNDATED, LAW.code, 2),
    )
    dated = uses_of(LAW, ["2021"], READ, on=ON)
    (step,) = steps_of(_standing(BOARD), _standing(ENFORCEMENT), [dated])
    assert (step.task, step.number) == (Task.USE, 3)


def test_an_old_list_is_to_be_loaded_anew_before_years_are_called_idle() -> None:
    uses = uses_of(LAW, ["2014-03-01", "2021", "2021"], READ, on=date(2025, 6, 1))
    assert (uses.old, uses.earlier) == (True, (2014,))
    old = Step(Task.FIND_OUT, Reason.OLD, LAW.code, 2025)
    assert steps_of(_standing(BOARD), _standing(ENFORCEMENT), [uses]) == (old,)
    assert step_told(old).endswith(LAW.short)
    undated = uses_of(LAW, ["2021", ""], READ, on=date(2025, 6, 1))
    assert steps_of(_standing(BOARD), _standing(ENFORCEMENT), [undated]) == (
        old, Step(Task.FIND_OUT, Reason.UNDATED, LAW.code, 1),
    )  # fmt: skip
    assert "Before this law: 2014." in earlier_told(uses)
    assert (undated.earlier, earlier_told(undated)) == ((), "")
    assert not uses_of(LAW, ["2021"], READ, on=date(2025, 5, 31)).old


@pytest.mark.parametrize(
    ("last", "steps"), [("2021", (3,)), ("2022", (2,)), ("2023", ()), ("2024", ())]
)
def test_a_law_is_idle_from_the_second_year_without_a_designation(
    last: str, steps: tuple[int, ...]
) -> None:
    uses = uses_of(LAW, [last], READ, on=ON)

    told = steps_of(_standing(BOARD), _standing(ENFORCEMENT), [uses])
    assert told == tuple(Step(Task.USE, Reason.IDLE, LAW.code, years) for years in steps)


@pytest.mark.parametrize("task", Task)
def test_every_step_is_a_sentence(task: Task) -> None:
    pairs = {
        (Task.ADOPT, Reason.NO_LAW, BOARD), (Task.ADOPT, Reason.NOT_IN_FORCE, BOARD),
        (Task.ADOPT, Reason.LACKS, "corruption"), (Task.USE, Reason.IDLE, LAW.code),
        (Task.ENFORCE, Reason.LACKS, "frozen"), (Task.FIND_OUT, Reason.UNKNOWN, "penalty"),
        (Task.FIND_OUT, Reason.NOT_READ, ENFORCEMENT), (Task.FIND_OUT, Reason.NO_LIST, LAW.code),
        (Task.FIND_OUT, Reason.UNDATED, LAW.code), (Task.FIND_OUT, Reason.OLD, LAW.code),
    }  # fmt: skip
    for each in (pair for pair in pairs if pair[0] is task):
        told = step_told(Step(*each, number=1))
        assert told
        assert "%" not in told


def test_years_of_a_plan_are_those_of_its_laws() -> None:
    uses = uses_of(LAW, ["2021"], READ, on=ON)
    plan = Plan("GB", ON, ON, (LAW,), None, None, (uses,))

    assert plan.years == (2020, 2021, 2022, 2023, 2024, 2025)
    assert plan.steps == steps_of(None, None, (uses,))


def test_model_law_has_an_article_for_each_feature_and_names_who_has_it() -> None:
    resting = {code for each in model_law().articles for code in each.rests_on}

    assert resting == {each.code for each in model_features()}
    named = {each.key: states_having(each) for each in model_law().articles}
    assert {"EU", "AU"} <= set(named["persons"])
    assert named["parliament"] == ("US",)
    assert "JP" not in {state for states in named.values() for state in states}


def test_board_and_register_agree_on_who_has_a_law_and_on_corruption() -> None:
    having = {each.jurisdiction for each in authorities().values()
              if each.status.binds and not each.invented and each.jurisdiction != "CH"}  # fmt: skip
    conduct = next(each for each in model_law().articles if each.key == "measures")

    assert set(states_having(conduct)) <= having


def _none(_named: frozenset[str]) -> tuple[str, ...]:
    return ()


def test_stakes_are_read() -> None:
    given_stakes = read_stakes(
        b"owner,owned,share,min,max,valid_from,valid_to,source\n"
        b"xf-invented:F1,One,51%,,,2020-01-01,2024-01-01,Register\n"
        b"xf-invented:F1,Two,25-50 %,,,,,\n"
        b'B,Three,"0,5",,,,,\n'
        b"B,Four,,0.1,0.2,,,\n"
        b"B,xf-invented:F9,,,,,,\n",
        name="stakes.csv",
        unknown=_none,
    )
    stakes = given_stakes.stakes

    assert [int(each) * 100 // WHOLE for each in stakes.lo] == [51, 25, 50, 10, 0]
    assert [int(each) * 100 // WHOLE for each in stakes.hi] == [51, 50, 50, 20, 100]
    assert given_stakes.entries == {"xf-invented:F1", "xf-invented:F9"}
    assert stakes.sources == ("Register", "stakes.csv")
    assert len(stakes.as_of(date(2024, 1, 1))) == 4


def test_a_share_finer_than_a_billionth_lies_between_two() -> None:
    rows = b"A,B,50.00000001 %,,\nA,C,0.5000000001,0.5,0.6\nA,D,0.50,,\nA,E,,0.3333333333,\n"
    stakes = read_stakes(
        b"owner,owned,share,min,max\n" + rows, name="stakes.csv", unknown=_none
    ).stakes
    half = WHOLE // 2
    assert stakes.lo.tolist() == [half, half, half, WHOLE // 3]
    assert stakes.hi.tolist() == [half + 1, half + 1, half, WHOLE]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "row 1: write the columns owner, owned and share"),
        (b"owner,owned,share\n", "has no row below the heads"),
        (b"owner,owned,share\n,B,1\n", "row 2: owner: write who it is"),
        (b"owner,owned,share\nA,A,1\n", "row 2: owned: is the owner itself"),
        (b"owner,owned,share\nA,B,2\n", "row 2: share: write 0.51"),
        (b"owner,owned,share\nA,B,much\n", "row 2: share: write 0.51"),
        (b"owner,owned,share\nA,B,60-50 %\n", "row 2: share: the least is above the most"),
        (b"owner,owned,share,min,max\nA,B,0.6,0.1,0.2\n", "row 2: share: write 0.51"),
        (b"owner,owned,share\nA,B,1,x\n", "row 2: has more cells than heads"),
        (b"owner,owned,share,valid_to\nA,B,1,soon\n", "row 2: valid_to: write a day"),
        (b"owner,owned,share\nA,B\xff,1\n", "is no UTF-8"),
        (b"owner,owned,share\nA\x00,B,1\n", ""),
        (b"x" * 20_000_001, "is longer than 20000000 bytes"),
        (b"owner,owned,share\n" + b"A,B,1\n" * 200_001, "200001 rows; 200000 can be read"),
        (b'owner,owned,share\n"' + b"y" * 200_000 + b'",B,1\n', "is no CSV"),
    ],
    ids=range(15),
)
def test_stakes_that_are_wrong_are_refused_by_row(content: bytes, said: str) -> None:
    if not said:
        assert read_stakes(content, name="s.csv", unknown=_none).stakes.parties.ids == (
            "A\x00",
            "B",
        )
        return
    with pytest.raises(RegisterBroken, match=said):
        read_stakes(content, name="s.csv", unknown=_none)


def test_every_entry_that_no_list_holds_is_told_with_all_other_faults_in_their_order() -> None:
    content = (
        b"owner,owned,share\n"
        b"xf-invented:NOPE,Gamma,much\n"
        b"xf-invnted:XF-0002,Typo Ltd,60 %\n"
        b"GB-COH:01,xf-invented:GONE,1\n"
        b"XF-Invented:F1,https://cargo.example,1\n"
        b"xf-invented:F1,xf-invented:,1\n"
        b"zz-list:F1,Note: One,1\n"
        b"xf-invented :F1,lei:5493001,1\n"
    )

    def unknown(named: frozenset[str]) -> frozenset[str]:
        assert named == {f"xf-invented:{key}" for key in ("NOPE", "GONE", "F1", "")}
        return named - {"xf-invented:F1"}

    with pytest.raises(RegisterBroken) as refused:
        read_stakes(content, name="s.csv", unknown=unknown)
    no_list = "no list has this code; there are us-ofac-sdn"
    told = (
        "row 2: share: write 0.51",
        "row 2: owner: 'xf-invented:NOPE' is on no list in force; write list:key",
        f"row 3: owner: xf-invnted: {no_list}",
        "row 4: owned: 'xf-invented:GONE' is on no list in force; write list:key",
        f"row 5: owner: XF-Invented: {no_list}",
        "row 6: owned: 'xf-invented:' is on no list in force; write list:key",
        f"row 7: owner: zz-list: {no_list}",
        f"row 8: owner: xf-invented : {no_list}",
    )
    assert len(refused.value.problems) == len(told)
    for problem, begun in zip(refused.value.problems, told, strict=True):
        assert problem.startswith(begun)


def test_findings_are_read_with_reasons_and_sources() -> None:
    text = '[torture]\nvalue = "unclear"\nreasons = ["Two differ."]\nsources = ["s1"]\n'

    assert read_findings(text.encode(), name="f.toml") == {
        "torture": Finding(Value.UNCLEAR, ("Two differ.",), ("s1",))
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[torture]\nvalue = 'sure'\n", "torture, value: write one of met, not_met, unclear"),
        (b"[torture]\nvalue = 'met'\nscore = 3\n", "'score' is no key here"),
        (b"[torture]\nvalue = 'met'\nreasons = 'x'\n", "reasons: write a list of texts"),
        (b"[mood]\nvalue = 'met'\n", "mood: is no fact"),
        (b"torture = 1\n", "torture: write a table"),
        (b"[torture\n", "is no TOML"),
        (b"\xff", "is no UTF-8"),
        (b"#" * 200_001, "is longer than"),
    ],
)
def test_findings_that_are_wrong_are_refused(content: bytes, said: str) -> None:
    with pytest.raises(RegisterBroken, match=said):
        read_findings(content, name="f.toml")


def test_an_edition_keeps_who_is_sure_or_listed_and_nothing_that_names_another() -> None:
    def enabler(company: str, held: Held, listed: str = "", proof: str = "") -> Enabler:
        return Enabler(company, "xf-invented:F1", "Viktor", held, (proof,), listed)

    sure = enabler("Karsk Holding", Held.MUST, proof="xf-invented:F1 holds 60 % (Gazette, row 2).")
    listed = enabler("Brandl", Held.JOINT, "xf-invented:F9")
    left = (
        enabler("Varga Trading", Held.MAY),
        enabler("Jana-Privat Works", Held.MUST),
        enabler("Letters", Held.MUST, proof="It is controlled (letter of JANA PRIVAT, row 3)."),
    )
    held = Enablers("s.csv", "0", (), (sure, listed, *left))
    parties = ["xf-invented:F1", "Karsk Holding", "Jana Privat", "Privat Bank", "—"]
    kept = kept_in_edition(held, parties)
    assert (kept.found, kept.narrowed, held.narrowed) == ((sure, listed), True, False)
    assert kept_in_edition(replace(held, found=(sure,)), ["Karsk Holding"]).found == (sure,)
