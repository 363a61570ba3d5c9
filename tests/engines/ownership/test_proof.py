"""Every answer has a proof that stands on its stakes alone and falls without any one of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.engines.ownership.tables import interpreted, table
from undaunted.engines.ownership import (
    WHOLE,
    Right,
    Threshold,
    control,
    proof_of,
    proofs_of,
    sentences,
    stands,
    votes_graph,
)

__all__: list[str] = []

NAMES = "abcdefg"
DRAWN = st.tuples(
    st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 9), st.sampled_from([0, 0, 3])
)


@given(
    st.lists(DRAWN, max_size=18),
    st.sets(st.sampled_from(NAMES), min_size=1, max_size=2),
    st.sampled_from([Threshold(), Threshold(WHOLE // 4), Threshold(3 * WHOLE // 4, reached=True)]),
)
def test_a_proof_stands_alone_and_falls_without_any_stake(
    drawn: list[tuple[str, str, int, int]], seeds: set[str], threshold: Threshold
) -> None:
    rows = [(a, b, (lo / 10, min(lo + wide, 10) / 10)) for a, b, lo, wide in drawn]
    stakes = table(*rows, *((each, f"{each}'", 0.0) for each in NAMES))
    with interpreted():
        found = control(votes_graph(stakes), seeds, threshold)
        proofs = proofs_of(found, range(len(stakes.parties)))
        assert {each.company for each in proofs} == {*found.must.tolist(), *found.may.tolist()}
        for proof in proofs:
            assert stands(proof)
            assert proof.may == (proof.company in found.may)
            if not proof.may:
                number = proof.places.size + proof.own_rows.size
                assert not any(stands(proof, without=each) for each in range(number))


def test_a_proof_is_read_from_the_owners_to_the_company() -> None:
    stakes = table(
        ("STATE:XR", "holding", 0.51), ("holding", "shell", 1.0), ("STATE:XR", "port", 0.3),
        ("shell", "port", 0.25), ("other", "port", 0.1), ("holding", "port", 0.02),
    )  # fmt: skip
    found = control(votes_graph(stakes), ["STATE:XR"])
    proof = proof_of(found, stakes.parties.number_of("port"))
    assert proof is not None
    assert sentences(proof) == (
        "holding is controlled: STATE:XR holds 51 % (list, row 1); > 50 %.",
        "shell is controlled: holding holds 100 % (list, row 2); > 50 %.",
        (
            "port is controlled: STATE:XR holds 30 % (list, row 3); "
            "shell holds 25 % (list, row 4), 55 % together; > 50 %."
        ),
    )
    assert proof.stakes.row.tolist() == [1, 2, 3, 4]
    assert proof_of(found, stakes.parties.number_of("other")) is None


def test_a_proof_of_what_may_be_says_so() -> None:
    stakes = table(("a", "x", (0.0, 1.0)), ("b", "x", 0.1), ("a", "x", (0.2, 0.3)))
    proof = proof_of(control(votes_graph(stakes), ["a"]), stakes.parties.number_of("x"))
    assert proof is not None
    assert sentences(proof) == (
        "x may be controlled: a holds a share that is not stated (list, row 1); > 50 %.",
    )
    wide = table(("a", "x", (0.2, 0.3)), ("b", "x", (0.0, 0.3)), ("a", "b", 0.9))
    told = proof_of(control(votes_graph(wide), ["a"]), wide.parties.number_of("x"))
    assert told is not None
    assert sentences(told)[1] == (
        "x may be controlled: a holds 20 % to 30 % (list, row 1); b holds 0 % to 30 % "
        "(list, row 2), at most 60 % together; > 50 %."
    )


def test_a_proof_of_what_may_be_tells_what_is_sure_of_it() -> None:
    stakes = table(
        ("s", "a", 0.51), ("s", "b", (0.3, 0.4)), ("a", "b", (0.3, 0.4)), ("b", "c", (0.4, 0.6)),
        ("c", "d", 1),
    )  # fmt: skip
    proof = proof_of(control(votes_graph(stakes), ["s"]), stakes.parties.number_of("d"))
    assert proof is not None
    assert sentences(proof) == (
        "a is controlled: s holds 51 % (list, row 1); > 50 %.",
        (
            "b is controlled: s holds 30 % to 40 % (list, row 2); a holds 30 % to 40 % "
            "(list, row 3), 60 % together; > 50 %."
        ),
        "c may be controlled: b holds 40 % to 60 % (list, row 4); > 50 %.",
        "d may be controlled: c holds 100 % (list, row 5); > 50 %.",
    )


def test_a_proof_of_what_may_be_spares_what_it_can() -> None:
    stakes = table(
        ("s", "a", 1), ("s", "b", 1), ("s", "x", (0.0, 0.3)), ("a", "x", (0.0, 0.3)),
        ("b", "x", 0.28), ("other", "x", 0.42),
    )  # fmt: skip
    proof = proof_of(control(votes_graph(stakes), ["s"]), stakes.parties.number_of("x"))
    assert proof is not None
    assert proof.stakes.row.tolist() == [2, 3, 5]


def test_a_company_s_own_shares_are_part_of_the_proof_where_they_count() -> None:
    stakes = table(("a", "x", 0.4), ("x", "x", 0.15), ("x", "x", 0.1), ("x", "x", 0.02))
    proof = proof_of(control(votes_graph(stakes), ["a"]), stakes.parties.number_of("x"))
    assert proof is not None
    assert proof.own_rows.tolist() == [1, 2]
    assert [stands(proof, without=each) for each in range(3)] == [False, False, False]
    assert sentences(proof) == (
        (
            "x is controlled: a holds 40 % (list, row 1); its own shares do not vote, 75 % do "
            "(list, row 2, list, row 3); > 50 %."
        ),
    )


def test_own_equity_of_a_company_whose_votes_are_stated_in_part_may_be_all_that_is_left() -> None:
    stakes = table(
        ("s", "x", 0.45, Right.VOTES), ("t", "x", (0.25, 0.5), Right.VOTES), ("x", "x", 0.05)
    )
    proof = proof_of(control(votes_graph(stakes), ["s"]), stakes.parties.number_of("x"))
    assert proof is not None
    assert (proof.may, proof.own_rows.tolist()) == (True, [2])
    assert stands(proof)
    assert not stands(proof, without=1)
    assert sentences(proof)[0].endswith(
        "its own shares do not vote, 70 % do (list, row 3); > 50 %."
    )
