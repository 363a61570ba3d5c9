"""Identifiers are kept in one form, and those that only look like one are found."""

from __future__ import annotations

import pytest

from undaunted.engines.ownership import (
    PartyKind,
    PartyUnknown,
    Register,
    Rule,
    alike,
    alike_in,
    gather_stakes,
    one_form,
)

__all__: list[str] = []

COMPOSED, PARTED = "Soci\u00e9t\u00e9", "Socie\u0301te\u0301"


def _found(*pairs: tuple[str, str]) -> list[tuple[Rule, tuple[int, ...], str]]:
    register = Register()
    register.number("port ", PartyKind.COMPANY)
    owner, owned = ([register.number(pair[at]) for pair in pairs] for at in (0, 1))
    stakes = gather_stakes(
        register.parties(), {"owner": owner, "owned": owned, "lo": [1] * len(owner)}
    )
    return [(each.rule, each.rows, each.detail) for each in alike(stakes)]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (PARTED, COMPOSED), (f"\u00a0{COMPOSED} ", COMPOSED), ("state:xr", "STATE:XR"),
        ("State: xr ", "STATE:XR"), ("STATE:Some body", "STATE:Some body"), (" a b ", "a b"),
    ],
)  # fmt: skip
def test_an_identifier_is_kept_in_one_form(written: str, kept: str) -> None:
    register = Register()
    assert one_form(written) == kept
    assert register.number(written) == register.number(kept)
    parties = register.parties()
    assert (parties.ids, written in parties, parties.number_of(written)) == ((kept,), True, 0)


def test_what_no_form_names_is_unknown() -> None:
    parties = Register().parties()
    assert (7 in parties, "a" in parties) == (False, False)
    with pytest.raises(PartyUnknown):
        parties.number_of("a")


@pytest.mark.parametrize(
    "other",
    ["HARBOUR ONE", "Harbour  One", "HarbourOne", "Har\u200bbour One", "\uff28arbour One",
     "Harbour One\ufe00", "Harbour\u3000One"],
)  # fmt: skip
def test_identifiers_that_look_like_one_are_found(other: str) -> None:
    ((rule, rows, said),) = _found(("a", "Harbour One"), ("b", "c"), (other, "d"), (other, "e"))
    assert (rule, rows, said) == (Rule.ALIKE, (1, 3), f"'Harbour One', {other!a}")


def test_parties_without_stakes_and_other_names_are_not_found() -> None:
    assert _found(("a", "Port"), ("b", "Port 2")) == []
    assert _found(("a", COMPOSED), (PARTED, "Societe")) == []


def test_a_new_identifier_is_told_beside_a_known_one_that_it_looks_like() -> None:
    known = ["EIGHT", "STATE:XR", COMPOSED]
    new = ["eight", "EIGHT", "state:xr", PARTED, f"{PARTED.lower()} ", "Nine"]
    assert alike_in(new, known) == (("eight", "EIGHT"), (f"{PARTED.lower()} ", COMPOSED))
    assert alike_in(["eight"], ["EIGHT", "eight"]) == ()
