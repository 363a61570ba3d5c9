"""References, forms, verdicts in any order, contradictions, open pairs, and what is remembered."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.listings.rules import Birth, Entry, Identifier, Kind, Name, Quality
from undaunted.core.matching.analysis import Listed, compared, held_beside
from undaunted.core.matching.rules import (
    Answered,
    Candidate,
    Form,
    Judged,
    Memory,
    Named,
    Reference,
    ReferenceMalformed,
    Refused,
    Subject,
    SubjectsUnknown,
    Verdict,
    Why,
    changed_between,
    entry_of_subject,
    entry_reference,
    form_of_entry,
    grouped,
    in_order,
    open_pairs,
    read_form,
    register_subjects,
    standing_from,
    subjects,
    subjects_of,
)
from undaunted.core.matching.templatetags.matching import form_lines

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


def ref(key: str) -> Reference:
    return entry_reference(("l" + key[0], key))


def said(number: int, left: str, right: str, verdict: Verdict = SAME, was: str = "v1") -> Judged:
    return Judged(f"j{number:02}", ref(left), ref(right), verdict, was, was, confirmed=True)


def now(*keys: str, **changed: str) -> dict[Reference, str]:
    return {ref(key): changed.get(key, "v1") for key in keys}


def test_reference_is_written_and_read() -> None:
    one = Reference.read("entry:xz-invented:Z/1:2")
    assert one == entry_reference(("xz-invented", "Z/1:2"))
    assert one.entry == ("xz-invented", "Z/1:2")
    assert str(one) == "entry:xz-invented:Z/1:2"
    assert Reference.read("person:7").kind is Named.PERSON


@pytest.mark.parametrize("text", ["", "entry", "entry:", ":a", "ship:a"])
def test_text_that_names_nothing_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(ReferenceMalformed, match="kind:key"):
        Reference.read(text)


@pytest.mark.parametrize(
    "one",
    [
        Reference(Named.ENTRY, "alone"),
        Reference(Named.ENTRY, ":key"),
        Reference(Named.ENTRY, "source:"),
        Reference(Named.PERSON, "source:key"),
    ],
)
def test_what_is_no_entry_has_no_source_and_key(one: Reference) -> None:
    with pytest.raises(ReferenceMalformed, match="source:key"):
        _ = one.entry


ENTRY = Entry(
    "1", Kind.PERSON, (Name("B"), Name("A ")), births=(Birth("1961"), Birth("", text="about 1960")),
    nationalities=("XR",), identifiers=(Identifier("passport", "R1"),), gender="male",
)  # fmt: skip


def test_form_holds_what_tells_somebody_apart_in_no_order_and_no_remarks() -> None:
    form = form_of_entry(ENTRY)
    assert (form.names, form.births) == (("A", "B"), ("1961", "about 1960"))
    assert form.identifiers == ("passport:R1",)
    same = replace(ENTRY, names=ENTRY.names[::-1], remarks="x", reasons="y")
    assert form_of_entry(same).digest == form.digest
    other = replace(ENTRY, births=(Birth("1962"),))
    assert form_of_entry(other).digest != form.digest
    assert changed_between(form, form_of_entry(other)) == ("births",)
    assert read_form(form.as_data()) == form
    assert read_form({"kind": "body"}) == Form("body", ())


def test_groups_take_their_smallest_member_and_reach_through_others() -> None:
    groups = grouped([said(1, "c", "b"), said(2, "a", "c"), said(3, "d", "e", DIFFERENT)])
    assert {groups.party(ref(one)) for one in "abc"} == {ref("a")}
    assert groups.members[ref("a")] == (ref("a"), ref("b"), ref("c"))
    assert groups.party(ref("d")) == ref("d")
    assert (groups.contradictions, groups.disputed) == ((), frozenset())


def test_contradiction_is_found_with_its_shortest_chain_and_dissolves_its_group_alone() -> None:
    judged = [
        said(1, "a", "b"), said(2, "b", "c"), said(3, "c", "d"), said(4, "b", "d"),
        said(5, "d", "a", DIFFERENT), said(6, "x", "y"), said(7, "a", "z", DIFFERENT),
    ]  # fmt: skip
    groups = grouped(judged)
    (found,) = groups.contradictions
    assert (found.left, found.right, found.different) == (ref("a"), ref("d"), "j05")
    assert found.chain in {("j04", "j01"), ("j01", "j04")}
    assert groups.party(ref("a")) == ref("a")
    assert groups.party(ref("y")) == ref("x")
    assert groups.disputed == {ref(one) for one in "abcd"}


@pytest.mark.parametrize("verdict", [SAME, DIFFERENT])
def test_one_person_alone_settles_nothing(verdict: Verdict) -> None:
    alone = replace(said(1, "a", "b", verdict), confirmed=False)
    assert not alone.counts
    groups = grouped([alone, said(2, "b", "c")])
    assert groups.party(ref("a")) == ref("a")
    offered = [Candidate(ref("a"), ref("b"), 0.9), Candidate(ref("a"), ref("c"), 0.8)]
    told = open_pairs(offered, [alone, said(2, "b", "c")], now("a", "b", "c"))
    assert [(each.why, each.judgement) for each in told] == [(Why.WAITS, "j01"), (Why.NEW, "")]
    both = [replace(alone, confirmed=True), said(2, "b", "c")]
    assert open_pairs(offered, both, now("a", "b", "c")) == ()


def test_verdict_of_one_person_dissolves_no_group() -> None:
    against = replace(said(3, "a", "c", DIFFERENT), confirmed=False)
    groups = grouped([said(1, "a", "b"), said(2, "b", "c"), against])
    assert (groups.contradictions, groups.party(ref("c"))) == ((), ref("a"))


NAMES = st.sampled_from("abcdefg")
LOGS = st.lists(
    st.tuples(NAMES, NAMES, st.sampled_from(Verdict)).filter(lambda row: row[0] != row[1]),
    max_size=12,
)


@given(LOGS, st.randoms())
def test_order_and_side_of_verdicts_do_not_matter(
    log: list[tuple[str, str, Verdict]], random: object
) -> None:
    judged = [said(at, *row) for at, row in enumerate(log)]
    mixed = [
        Judged(e.id, e.right, e.left, e.verdict, e.right_digest, e.left_digest, e.confirmed)
        for e in judged
    ]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = grouped(judged), grouped(mixed)
    assert (one.party_of, one.members, one.disputed) == (
        other.party_of, other.members, other.disputed,
    )  # fmt: skip
    assert [(c.left, c.right, c.different, len(c.chain)) for c in one.contradictions] == [
        (c.left, c.right, c.different, len(c.chain)) for c in other.contradictions
    ]


@given(LOGS, NAMES, NAMES, st.sampled_from(Verdict))
def test_a_verdict_and_its_undoing_leave_no_trace(
    log: list[tuple[str, str, Verdict]], left: str, right: str, verdict: Verdict
) -> None:
    judged = [said(at, *row) for at, row in enumerate(log)]
    with_it = [*judged, said(99, left, right, verdict)] if left != right else judged
    without = [each for each in with_it if each.id != "j99"]
    assert grouped(without) == grouped(judged)


def _open(candidates: list[tuple[str, str]], judged: list[Judged], digests: Any) -> list[object]:
    rows = [Candidate(ref(one), ref(other), 0.8) for one, other in candidates]
    found = open_pairs(rows, judged, digests)
    return [(each.left[1], each.right[1], each.why) for each in found]


def test_candidate_is_open_until_judged_whichever_side_is_named_first() -> None:
    assert _open([("b", "a")], [], now("a", "b")) == [("a", "b", Why.NEW)]
    for verdict in (SAME, DIFFERENT):
        assert _open([("a", "b")], [said(1, "b", "a", verdict)], now("a", "b")) == []
    unsure = [said(1, "a", "b", UNSURE)]
    assert _open([("a", "b")], unsure, now("a", "b")) == [("a", "b", Why.UNSURE)]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_judged_pair_comes_back_when_a_side_changed(verdict: Verdict) -> None:
    judged = [said(1, "a", "b", verdict)]
    changed = now("a", "b", b="v2")
    assert _open([("a", "b")], judged, changed) == [("a", "b", Why.CHANGED)]
    assert _open([], judged, changed) == [("a", "b", Why.CHANGED)]
    assert _open([], judged, {ref("b"): "v2"}) == []


def test_clearing_reaches_whoever_was_confirmed_to_be_the_same() -> None:
    judged = [said(1, "a", "b"), said(2, "b", "x", DIFFERENT)]
    pairs = [("a", "x"), ("b", "x"), ("a", "b")]
    assert _open(pairs, judged, now("a", "b", "x")) == []
    assert _open(pairs, judged[1:], now("a", "b", "x")) == [
        ("a", "b", Why.NEW), ("a", "x", Why.NEW),
    ]  # fmt: skip
    changed = now("a", "b", "x", a="v2")
    assert _open(pairs, judged, changed) == [("a", "b", Why.CHANGED), ("a", "x", Why.NEW)]


def test_pair_inside_a_group_is_settled_through_a_third() -> None:
    assert _open([("a", "c")], [said(1, "a", "b"), said(2, "b", "c")], now("a", "b", "c")) == []


def test_every_pair_of_a_disputed_group_is_open() -> None:
    judged = [said(1, "a", "b"), said(2, "b", "c"), said(3, "a", "c", DIFFERENT)]
    expected = [("a", "b", Why.DISPUTED), ("a", "c", Why.DISPUTED), ("b", "c", Why.DISPUTED)]
    assert _open([("a", "b")], judged, now("a", "b", "c")) == expected
    for order in permutations(judged):
        assert _open([("a", "b")], list(order), now("a", "b", "c")) == expected


def test_disputed_candidate_without_a_verdict_of_its_own_is_open_too() -> None:
    judged = [
        said(1, "a", "b"), said(2, "b", "c"), said(3, "a", "c", DIFFERENT), said(4, "c", "d"),
    ]  # fmt: skip
    found = open_pairs([Candidate(ref("a"), ref("d"), 0.9)], judged, now("a", "b", "c", "d"))
    assert (found[0].left[1], found[0].right[1], found[0].judgement) == ("a", "d", "")
    assert found[0].why is Why.DISPUTED


def test_standing_gives_every_entry_a_party_and_keeps_people_of_files_out() -> None:
    person = Reference(Named.PERSON, "p")
    judged = [said(1, "a", "b"), Judged("j2", person, Reference(Named.PERSON, "q"), SAME)]
    keys = [ref(one).entry for one in "abc"]
    refused = [Refused(keys[2], "one letter")]
    standing = standing_from(keys, grouped(judged), (), refused, keys[2:])
    assert standing.party_of == {keys[0]: "la:a", keys[1]: "la:a", keys[2]: "lc:c"}
    assert standing.members == {"la:a": tuple(keys[:2]), "lc:c": (keys[2],)}
    assert (standing.refused, standing.waiting) == (tuple(refused), (keys[2],))


def test_party_keeps_its_id_when_it_grows_or_its_first_member_leaves_the_list() -> None:
    judged = [said(1, "a", "b"), said(2, "b", "c")]
    keys = [ref(one).entry for one in "bcd"]
    standing = standing_from(keys, grouped(judged))
    assert standing.party_of[keys[0]] == standing.party_of[keys[1]] == "la:a"
    assert in_order(ref("b"), ref("a")) == (ref("a"), ref("b"))


def _answered(
    key: str,
    verdict: Verdict = DIFFERENT,
    subject_digest: str = "s",
    entry_digest: str = "v1",
) -> Answered:
    return Answered(ref(key), verdict, subject_digest, entry_digest)


@pytest.mark.parametrize(
    ("answers", "settled"),
    [
        ([], None),
        ([_answered("a")], "a"),
        ([_answered("a", SAME)], "a"),
        ([_answered("a", UNSURE)], None),
        ([_answered("a", subject_digest="other")], None),
        ([_answered("a", entry_digest="v0")], None),
        ([_answered("b")], "b"),
        ([_answered("b"), _answered("a")], "a"),
        ([_answered("c")], None),
    ],
)
def test_answer_is_remembered_while_both_sides_are_as_they_were(
    answers: list[Answered], settled: str | None
) -> None:
    memory = Memory([said(1, "a", "b")], now("a", "b", "c"))
    found = memory.answer_to(ref("a"), "s", answers)
    assert (found.entry.key[-1] if found else None) == settled


def test_answer_on_another_entry_does_not_count_once_what_joined_them_changed() -> None:
    memory = Memory([said(1, "a", "b")], now("a", "b", a="v2"))
    assert memory.answer_to(ref("a"), "s", [_answered("b")]) is None
    gone = Memory([], {})
    assert gone.answer_to(ref("z"), "s", [_answered("z")]) is not None


def test_subjects_of_an_unknown_kind_are_refused_and_digests_differ_by_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(subjects, "_SUBJECTS", {})
    with pytest.raises(SubjectsUnknown, match="notice"):
        subjects_of(Named.NOTICE)
    register_subjects(Named.NOTICE, "them")  # type: ignore[arg-type]
    assert str(subjects_of(Named.NOTICE)) == "them"
    form = Form("person", ("A",))
    one, other = (
        Subject(Reference(Named.NOTICE, key), None, form)  # type: ignore[arg-type]
        for key in "ab"
    )
    assert one.digest != other.digest


def test_somebody_of_a_file_is_held_against_lists_as_an_entry_that_says_the_same() -> None:
    form = Form(
        kind="person",
        names=("Olena Korsak", "Корсак"),
        births=("1961", "1961-03-04"),
        nationalities=("XR", "XS"),
        identifiers=("other:P:1", "passport:RR0042117"),
        gender="female",
    )
    told = Subject(Reference(Named.NOTICE, "7"), UUID(int=1), form)
    entry = entry_of_subject(told)
    assert (entry.key, entry.kind) == ("notice:7", Kind.PERSON)
    assert entry.name == "Olena Korsak"
    assert {each.quality for each in entry.names} == {Quality.PRIMARY}
    assert entry.identifiers == (Identifier("other", "P:1"), Identifier("passport", "RR0042117"))
    assert form_of_entry(entry) == form
    assert (entry.reasons, entry.remarks, entry.programmes, entry.events) == ("", "", (), ())


def test_nobody_is_held_against_lists_as_what_no_list_knows() -> None:
    told = Subject(Reference(Named.NOTICE, "7"), UUID(int=1), Form("wizard", ("A",)))
    with pytest.raises(ValueError, match="'wizard' is not a valid Kind"):
        entry_of_subject(told)


@pytest.mark.parametrize(
    ("left", "right", "agreement"),
    [
        (("1958", "1960"), ("1959",), "close"),
        (("1958",), ("1958",), "same"),
        (("1958/1960",), ("1959",), "close"),
        (("1958-03-04",), ("1958-04-03",), "close"),
        (("1958",), ("1975",), "different"),
        (("1958",), (), "missing"),
        (("1958",), ("about 1959 (invented)",), "missing"),
    ],
)
def test_births_side_by_side_are_marked_as_the_comparison_takes_them(
    left: tuple[str, ...], right: tuple[str, ...], agreement: str
) -> None:
    lines = form_lines(*(Form("person", ("A",), births=each) for each in (left, right)))
    assert lines[2].agreement == agreement


@pytest.mark.parametrize(
    ("woman", "man"),
    [("female", "Male"), ("Female", "male."), ("F", "M"), ("Female ", "m"), ("FEMALE", "MALE")],
)
def test_gender_counts_however_a_list_writes_it(woman: str, man: str) -> None:
    names = (Name("Robin Strovik"),)
    entries = {
        ("xf-invented", "1"): Entry("1", Kind.PERSON, names, gender=woman),
        ("xz-invented", "2"): Entry("2", Kind.PERSON, names, gender=man),
    }
    (found,) = compared(Listed(entries), entries.keys()).found
    assert [each["by"] for each in found.reasons if each.get("ground") == "fact"] == [
        "other-gender"
    ]
    alike = {key: replace(each, gender=woman) for key, each in entries.items()}
    (same,) = compared(Listed(alike), alike.keys()).found
    assert found.score < same.score


def test_genders_side_by_side_are_the_same_however_they_are_written() -> None:
    one, other, third, odd = (Form("person", ("A",), gender=e) for e in ("Male", "m", "F", "z"))
    assert form_lines(one, other)[-1].agreement == "same"
    assert form_lines(one, third)[-1].agreement == "different"
    assert form_lines(odd, odd)[-1].agreement == "same"


@pytest.mark.parametrize("gender", ["", "other", "unknown", "мужской"])
def test_gender_that_says_nothing_lowers_nothing(gender: str) -> None:
    entry = Entry("1", Kind.PERSON, (Name("Robin Strovik"),), gender=gender)
    form = Form("person", ("Robin Strovik",), gender="Female")
    found = held_beside(form, ("xf-invented", "1"), entry)
    assert found is not None
    assert found.score == pytest.approx(1.0)
