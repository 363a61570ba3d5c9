"""`undaunted screening` without a database: a deal's facts in, what each law asks out."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.house.tree import ROOT
from undaunted.coercion.screening.commands import commands
from undaunted.coercion.screening.readers import read_deal
from undaunted.coercion.screening.rules import FactsUnreadable

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

__all__: list[str] = []

PORT = ROOT / "docs" / "examples" / "screening"
DEAL: dict[str, Any] = {
    "day": "2028-01-17",
    "kind": "acquisition",
    "investor": {"name": "Harbour Holdings", "state": "XZ"},
    "target": {"name": "Port of Strelsau", "states": ["XF"]},
}


def _run(*words: object) -> Result:
    return CliRunner().invoke(commands, [str(each) for each in words])


def _json(*words: object) -> Any:
    done = _run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_port_is_told_with_the_state_behind_it_and_the_rows_that_decide() -> None:
    told = _json("scope", PORT / "port.toml", "--stakes", PORT / "port.csv")
    (state,) = told["owners"]
    assert (state["state"], state["controls"], state["is_state"]) == ("XR", "must", True)
    assert "51 % (register of Ruritania, row 2)" in state["proof"][0]
    union, model = told["regimes"]
    assert (union["regime"], union["in_scope"], union["filing"]) == (
        "eu-2026-1386",
        "yes",
        "mandatory",
    )
    assert not union["verified"]
    assert [each["id"] for each in union["rows"] if each["decides"]] == [
        "minimum-scope",
        "other-sectors",
    ]
    assert (model["regime"], model["filing"]) == ("model", "mandatory")


def test_the_terminal_says_which_row_and_how_well_it_is_known() -> None:
    done = _run("scope", PORT / "port.toml", "--stakes", PORT / "port.csv")
    assert "STATE:XR (XR): must control" in done.stdout
    assert "in scope yes, filing mandatory" in done.stdout
    assert "unverified, secondary 2026-11-27" in done.stdout
    assert "This Regulation was read in a copy alone" in done.stdout
    assert "others told, yes: A third country controls the investor" in done.stdout
    assert "others told, unclear: The investor is under sanctions" in done.stdout
    assert "    missing, flags.refused: whether an earlier investment" in done.stdout
    alone = _run(
        "scope", PORT / "port.toml", "--stakes", PORT / "port.csv", "--regime", "eu-2019-452"
    )
    assert "missing, flags.genuine: whether the investor has a business of its own" in alone.stdout
    assert "may be national" in alone.stdout


def test_the_terminal_asks_who_enters_the_chain_of_owners_of_a_restructuring(
    tmp_path: Path,
) -> None:
    owner = {"name": "Ruritania", "state": "XR", "controls": "must", "is_state": True}
    facts = DEAL | {
        "kind": "restructuring",
        "investor": DEAL["investor"] | {"owners": [owner], "complete": True},
        "target": DEAL["target"] | {"sectors": ["critical_transport"]},
        "flags": {"participation": True},
    }
    file = tmp_path / "group.json"
    file.write_text(json.dumps(facts))
    shown = _run("scope", file, "--regime", "eu-2026-1386").stdout
    assert "in scope unclear, filing none, may be mandatory" in shown
    assert "unclear: A restructuring inside a group" in shown
    assert "missing, flags.newcomer: whether the restructuring brings an entity of" in shown
    file.write_text(json.dumps(facts | {"flags": {"participation": True, "newcomer": True}}))
    (told,) = _json("scope", file, "--regime", "eu-2026-1386")["regimes"]
    assert (told["in_scope"], told["missing"]) == ("yes", [])


def test_regimes_and_sectors_are_listed_by_day() -> None:
    told = _json("regimes", "--on", "2027-06-01")
    assert {each["key"] for each in told["regimes"]} == {
        "au-fata", "ca-ica", "eu-2019-452", "model", "uk-nsia", "us-cfius",
    }  # fmt: skip
    shown = _run("regimes", "--on", "2028-01-17").stdout
    assert "eu-2026-1386" in shown
    assert "eu-2019-452" not in shown
    assert "no time was read" in shown
    lists = {(each["list"], each["version"]): each for each in _json("sectors")["lists"]}
    assert lists["uk-nsia", 1]["in_force"] is True
    assert lists["uk-nsia", 2]["in_force"] is None
    assert len(lists["uk-nsia", 1]["items"]) == 17
    assert len(lists["uk-nsia", 2]["items"]) == 19
    assert lists["eu-2026-minimum", 1]["in_force"] is False
    told_so = _run("sectors", "--on", "2026-11-26").stdout
    assert "announced, not known to be in force" in told_so
    assert "critical_transport: Critical entities in transport (within transport)" in told_so


def test_both_calendars_stand_beside_each_other() -> None:
    asked = ("eu-2019-452", "model", "eu-2026-1386")
    steps = ("accepted=2027-03-01", "notified=2027-03-01")
    words = ["calendar", "--on", "2027-03-05"]
    words += [word for each in asked for word in ("--regime", each)]
    words += [word for each in steps for word in ("--step", each)]
    told = _json(*words)
    union, model, later = ({each["clock"]: each for each in held["clocks"]}
                           for held in told["calendars"])  # fmt: skip
    assert {name: each["last_day"] for name, each in union.items()} == {
        "fdi-intent": "2027-03-16", "fdi-comments": "2027-04-05",
    }  # fmt: skip
    assert model["screening-first-phase"]["last_day"] == "2027-04-15"
    assert later["fdi-first-phase"]["last_day"] is None
    shown = _run(*words).stdout
    assert "fdi-comments: 2027-03-01 to 2027-04-05, running" in shown
    assert "fdi-first-phase: has no rule in force on 2027-03-01" in shown
    none = _run("calendar", "--regime", "uk-nsia", "--step", "opinion=2027-03-01").stdout
    assert "none of these steps starts a clock here" in none


def test_what_cannot_be_answered_is_refused_with_field_and_remedy(tmp_path: Path) -> None:
    file = tmp_path / "deal.json"
    file.write_text(json.dumps(DEAL | {"target": {"name": "Port", "states": ["XB"]}}))
    for words, says in (
        (("scope", file), "name one by --regime"),
        (("scope", file, "--regime", "no-such"), "there is none called 'no-such'"),
        (("scope", tmp_path / "none.toml"), "No such file"),
        (("scope", PORT / "port.toml", "--stakes", file), "deal.json"),
        (("calendar", "--regime", "model", "--step", "sung=2027-01-01"), "'sung' is no step"),
        (("calendar", "--regime", "model", "--step", "accepted"), "write accepted=2027-03-01"),
        (("regimes", "--on", "soon"), "is no day; write 2028-01-17"),
        (("sectors", "--on", "soon"), "is no day"),
    ):
        done = _run(*words)
        assert done.exit_code == 2, words
        assert says in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("deal.toml", "day = ", "no TOML"),
        ("deal.json", "{", "no JSON"),
        ("deal.json", "[1]", "write a table"),
        ("deal.json", "[" * 100_000, "no JSON"),
        ("deal.toml", "\udcff", "no TOML"),
        ("deal.toml", "#" * (1024 * 1024 + 1), "bytes"),
    ],
)
def test_a_file_that_is_no_deal_is_refused(tmp_path: Path, name: str, text: str, says: str) -> None:
    file = tmp_path / name
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    done = _run("scope", file)
    assert done.exit_code == 2
    assert says in done.stderr


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"colour": 1}, "colour: no such field"),
        ({"day": "soon"}, "day: write a day"),
        ({"day": datetime(2028, 1, 17, tzinfo=UTC)}, "day: write a day"),
        ({"kind": []}, "kind: write one of acquisition"),
        ({"kind": "gift"}, "kind: write one of acquisition"),
        ({"investor": 1}, "investor: write a table"),
        ({"investor": {"name": " "}}, "investor.name: write a text"),
        ({"investor": {"name": "H", "state": "Zub"}}, "investor.state: 'Zub' is no code"),
        ({"investor": {"name": "H", "complete": "no"}}, "investor.complete: write true or false"),
        ({"investor": {"name": "H", "owners": {}}}, "investor.owners: write a list"),
        ({"investor": {"name": "H", "owners": [1]}}, "investor.owners[1]: write a table"),
        (
            {"investor": {"name": "H", "owners": [{"name": "R", "controls": "yes"}]}},
            "investor.owners[1].controls: write one of must, may, no",
        ),
        ({"target": {"name": "P", "states": "XF"}}, "target.states: write a list of texts"),
        (
            {"target": {"name": "P", "states": ["ZZ"]}},
            "target.states: 'ZZ' is no code of a country",
        ),
        ({"target": {"name": "P", "sectors": ["ports"]}}, "target.sectors: 'ports' is in no list"),
        ({"after": {"votes": "most"}}, "after.votes: 'most' is no share"),
        ({"after": {"votes": True}}, "after.votes: True is no share"),
        ({"after": {"votes": "120 %"}}, "after.votes: '120 %' is no share"),
        ({"after": {"shares": 1}}, "after.shares: no such field"),
        ({"value": {"amount": "much", "currency": "EUR"}}, "value.amount: write a number"),
        ({"value": {"amount": -1, "currency": "EUR"}}, "value.amount: write a number"),
        ({"flags": {"board": "yes"}}, "flags.board: write true or false"),
        ({"flags": {"bribed": True}}, "flags.bribed: no such field"),
    ],
)
def test_every_wrong_field_of_a_deal_is_named(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(FactsUnreadable) as refused:
        read_deal(DEAL | changed)
    assert says in str(refused.value)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
NAMES = st.sampled_from(["name", "states", "sectors", "owners", "votes", "amount", "controls"])


@given(
    st.dictionaries(
        st.sampled_from(["day", "kind", "investor", "target", "after", "value", "flags", "other"]),
        st.recursive(
            SCALARS,
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
            max_leaves=12,
        ),
    )
)
def test_no_document_is_more_than_refused(changed: dict[str, Any]) -> None:
    with suppress(FactsUnreadable):
        read_deal(DEAL | changed)


def test_a_whole_deal_is_read_and_what_is_unknown_stays_so() -> None:
    owner = {"name": "Ruritania", "state": "XR", "controls": "must", "is_state": True,
             "interest": "51 %", "proof": ["by statute"]}  # fmt: skip
    investor = {"name": "Harbour Holdings", "state": "XZ", "owners": [owner], "complete": True}
    value = {"amount": "240000000", "currency": "EUR"}
    facts = read_deal(DEAL | {"investor": investor, "value": value, "flags": {"board": True}})
    assert facts.investor.owners[0].interest is not None
    assert facts.investor.owners[0].interest.lowest == 510_000_000
    assert facts.value is not None
    assert facts.value.amount == 240_000_000
    assert facts.flags == {"board": True}
    bare = read_deal(DEAL)
    assert (bare.target.sectors, bare.after.votes, bare.investor.complete) == (None, None, None)
