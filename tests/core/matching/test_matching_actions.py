"""Lists held against each other, pairs judged and undone, and who is whom afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection

from tests.core.accounts.factories import make_user, signed_in_client
from tests.core.listings.factories import loaded
from tests.core.matching.factories import (
    AT,
    XF,
    XZ,
    Office,
    confirmed,
    judged,
    listed,
    make_office,
    person,
    resolved,
    shown,
    shown_together,
    undone,
)
from undaunted.core.access.rules import PUBLIC, Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.queries import entries_in_force
from undaunted.core.matching.actions import (
    MatchingRefused,
    confirm_batch,
    confirm_judgement,
    judge_entries_together,
    undo_batch,
)
from undaunted.core.matching.actions.vouching import code_of_act
from undaunted.core.matching.models import MatchJudgement
from undaunted.core.matching.queries import log_of, queue_of, standing_of
from undaunted.core.matching.rules import Verdict, Why

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.listings.rules import Entry

pytestmark = pytest.mark.usefixtures("ledger")

STROVIK = person("1", "Viktor Strovik", born="1961-03-04")
STROWIK = person("9", "Wiktor Strowik", "Виктор Стровик", born="1961-03-04")
OTHER = person("2", "Anna Maria Fellner", born="1962-02-28")
REASONS = "FROM matching_hand h JOIN matching_reason r ON r.hand = h.id"
SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [STROVIK, OTHER])
    listed(held, XZ, tmp_path, [STROWIK])
    return held


def test_before_anything_is_compared_every_entry_waits_and_is_its_own_party(office: Office) -> None:
    standing = standing_of(PUBLIC)
    assert standing.waiting == ((XF, "1"), (XF, "2"), (XZ, "9"))
    assert standing.party_of[XZ, "9"] == "xz-invented:9"
    assert standing.open == ()


def test_pair_that_came_up_is_open_until_it_is_judged(office: Office) -> None:
    done = resolved(office.writer)
    assert (done.entries, done.compared, len(done.found), done.refused) == (3, 3, 1, 0)
    (pair,) = standing_of(PUBLIC).open
    assert (pair.left, pair.right, pair.why) == ((XF, "1"), (XZ, "9"), Why.NEW)
    assert pair.score > 0.9
    assert {"ground": "fact", "by": "same-birth", "likeness": 0.0} in pair.reasons
    made = judged(office.writer, (XZ, "9"), (XF, "1"), SAME, "The same prison.", office.reviewer)
    assert (made.left, made.likeness) == ("xf-invented:1", pair.score)
    standing = standing_of(PUBLIC)
    assert (standing.open, standing.waiting) == ((), ())
    assert standing.party_of[XZ, "9"] == standing.party_of[XF, "1"] == "xf-invented:1"
    assert standing.members["xf-invented:1"] == ((XF, "1"), (XZ, "9"))


def test_only_what_came_or_changed_is_compared_again(office: Office, tmp_path: Path) -> None:
    resolved(office.writer)
    assert resolved(office.writer).compared == 0
    remarked = {**STROVIK, "remarks": "Amended.", "reasons": "Other reasons."}
    listed(office, XF, tmp_path, [remarked, person("3", "Ilya Dresk")])
    done = resolved(office.writer)
    assert (done.compared, done.gone) == (1, ("xf-invented:2",))
    assert len(standing_of(PUBLIC).open) == 1
    assert resolved(office.writer, whole=True).compared == 3
    assert len(standing_of(PUBLIC).open) == 1


def test_pair_with_an_entry_that_left_stays_until_that_one_is_compared_anew(
    office: Office, tmp_path: Path
) -> None:
    def pairs() -> list[tuple[str, str]]:
        return [(each.left[1], each.right[1]) for each in standing_of(PUBLIC).open]

    resolved(office.writer)
    listed(office, XZ, tmp_path, [person("8", "Ilya Dresk")])
    listed(office, XF, tmp_path, [person("1", "Viktor Strovik", born="1961-03-05"), OTHER])
    assert resolved(office.writer).gone == ("xz-invented:9",)
    assert pairs() == [("1", "9")], "what the other one says now tells nothing of those days"
    assert not queue_of(PUBLIC).pairs, "nobody is asked about one that stands no more"
    listed(office, XZ, tmp_path, [person("8", "Ilya Dresk"), person("9", "Quentin Zzyzx")])
    resolved(office.writer)
    assert pairs() == []


def test_verdict_survives_remarks_and_comes_back_with_a_new_birth(
    office: Office, tmp_path: Path
) -> None:
    resolved(office.writer)
    made = judged(office.reviewer, (XF, "1"), (XZ, "9"), DIFFERENT, second=office.writer)
    listed(office, XF, tmp_path, [{**STROVIK, "remarks": "Amended."}, OTHER])
    resolved(office.writer)
    assert standing_of(PUBLIC).open == ()
    listed(office, XF, tmp_path, [person("1", "Viktor Strovik", born="1961-03-05"), OTHER])
    resolved(office.writer)
    (pair,) = standing_of(PUBLIC).open
    assert (pair.why, pair.judgement) == (Why.CHANGED, str(made.pk))


def test_verdict_survives_another_spelling_on_a_list_without_numbers(
    office: Office, tmp_path: Path
) -> None:
    def canada(given: str, family: str) -> Entry:
        file = tmp_path / "ca.xml"
        born = "<DateOfBirth>1961-03-04</DateOfBirth>"
        name = f"<LastName>{family}</LastName><GivenName>{given}</GivenName>"
        row = f"<record><Country>Ruritania</Country>{name}{born}<Item>1</Item></record>"
        file.write_text(f"<data-set>{row}</data-set>", encoding="utf-8")
        loaded(office, "ca-sema", file)
        resolved(office.writer)
        ((_source, entry),) = entries_in_force(PUBLIC, ["ca-sema"])
        return entry

    key = canada("Viktor", "Strovik").key
    made = judged(office.reviewer, (XF, "1"), ("ca-sema", key), DIFFERENT, second=office.writer)
    respelt = canada("Wiktor", "Strowik")
    assert (respelt.key, respelt.name) == (key, "Wiktor Strowik")
    (pair,) = [each for each in standing_of(PUBLIC).open if each.judgement == str(made.pk)]
    assert pair.why is Why.CHANGED


def test_entry_that_leaves_and_returns_finds_its_verdict(office: Office, tmp_path: Path) -> None:
    resolved(office.writer)
    judged(office.writer, (XF, "1"), (XZ, "9"), SAME, second=office.reviewer)
    listed(office, XF, tmp_path, [OTHER])
    resolved(office.writer)
    assert standing_of(PUBLIC).party_of[XZ, "9"] == "xf-invented:1"
    listed(office, XF, tmp_path, [STROVIK, OTHER])
    resolved(office.writer)
    standing = standing_of(PUBLIC)
    assert (standing.open, len(standing.members)) == ((), 2)


def test_undoing_lets_the_pair_wait_again_and_keeps_the_log(office: Office, owner_sql: Any) -> None:
    resolved(office.writer)
    made = judged(office.writer, (XF, "1"), (XZ, "9"), SAME)
    undone(office.reviewer, made, "Another mother.")
    standing = standing_of(PUBLIC)
    assert [each.why for each in standing.open] == [Why.NEW]
    assert standing.party_of[XZ, "9"] == "xz-invented:9"
    assert owner_sql(f"SELECT h.undone, h.by, r.text {REASONS} ORDER BY undone") == [
        (False, office.writer.pk, "Looked."),
        (True, office.reviewer.pk, "Another mother."),
    ]
    with pytest.raises(MatchingRefused, match="undone before"):
        undone(office.writer, made)


def test_later_verdict_takes_the_place_of_the_earlier(office: Office, owner_sql: Any) -> None:
    judged(office.writer, (XF, "1"), (XZ, "9"), UNSURE)
    assert [each.why for each in standing_of(PUBLIC).open] == []
    resolved(office.writer)
    assert [each.why for each in standing_of(PUBLIC).open] == [Why.UNSURE]
    judged(office.writer, (XZ, "9"), (XF, "1"), SAME)
    rows = "SELECT verdict, undone_at IS NULL FROM published_match_judgement ORDER BY 2"
    assert owner_sql(rows) == [("unsure", False), ("same", True)]


def test_verdict_on_one_pair_of_an_act_takes_its_place(office: Office, owner_sql: Any) -> None:
    pairs = [((XF, "1"), (XZ, "9")), ((XF, "2"), (XZ, "9"))]
    seen = shown(*pairs)
    with acting_as(office.writer) as actor:
        batch = judge_entries_together(
            pairs, verdict=SAME, why="All.", seen=seen, actor=actor, at=AT
        )
    page = f"/desk/matching/pair/?left={XF}:1&right={XZ}:9"
    sentence = "The same verdict by a second person confirms it"
    assert sentence not in signed_in_client(office.reviewer).get(page).content.decode()
    made = judged(office.reviewer, *pairs[0], SAME)
    assert (made.batch, made.confirmed_at) == (None, None)
    assert sentence in signed_in_client(office.writer).get(page).content.decode()
    assert judged(office.writer, *pairs[0], SAME).pk == made.pk
    seen = shown_together(office.reviewer, batch)
    with acting_as(office.reviewer) as actor:
        assert confirm_batch(batch, seen=seen, actor=actor, at=AT) == 1
    with pytest.raises(MatchingRefused, match="two people have said so"):
        judged(office.reviewer, *pairs[1], SAME)


def test_pairs_accepted_together_are_undone_together(office: Office, owner_sql: Any) -> None:
    pairs = [((XF, "1"), (XZ, "9")), ((XF, "2"), (XZ, "9"))]
    seen = shown(*pairs)
    with acting_as(office.writer) as actor:
        batch = judge_entries_together(
            pairs, verdict=SAME, why="All.", seen=seen, actor=actor, at=AT
        )
    assert len(standing_of(PUBLIC).members) == 3, "one person alone joins nobody"
    with acting_as(office.writer) as actor, pytest.raises(MatchingRefused, match="yourself"):
        confirm_batch(batch, seen=seen, actor=actor, at=AT)
    (one, _other) = MatchJudgement.objects.values_list("pk", flat=True)
    with acting_as(office.reviewer) as actor, pytest.raises(MatchingRefused, match="that act"):
        confirm_judgement(one, seen=seen, actor=actor, at=AT)
    with acting_as(office.reviewer) as actor:
        assert confirm_batch(batch, seen=seen, actor=actor, at=AT) == 2
    assert len(standing_of(PUBLIC).members) == 1
    with acting_as(office.writer) as actor:
        assert undo_batch(batch, seen=seen, actor=actor, at=AT) == 2
    assert len(standing_of(PUBLIC).members) == 3
    verbs = "SELECT verb FROM audit_entry WHERE verb LIKE 'match.%%' ORDER BY seq"
    assert owner_sql(verbs) == [
        ("match.entries_together",),
        ("match.batch_confirmed",),
        ("match.batch_undone",),
    ]


def test_contradiction_dissolves_the_group_until_a_verdict_is_undone(office: Office) -> None:
    second = office.reviewer
    judged(office.writer, (XF, "1"), (XZ, "9"), SAME, second=second)
    judged(office.writer, (XF, "2"), (XZ, "9"), SAME, second=second)
    against = judged(office.writer, (XF, "1"), (XF, "2"), DIFFERENT, second=second)
    standing = standing_of(PUBLIC)
    (found,) = standing.contradictions
    assert (found.different, len(found.chain)) == (str(against.pk), 2)
    assert len(standing.members) == 3
    undone(office.writer, against)
    assert len(standing_of(PUBLIC).members) == 1


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([((XF, "1"), (XF, "1"))], "compared with itself"),
        ([((XF, "1"), (XZ, "77"))], "xz-invented:77 is on no list in force"),
        ([((XF, "1"), (XZ, "9")), ((XZ, "9"), (XF, "1"))], "named twice"),
        ([], "none is left"),
    ],
)
def test_pair_that_cannot_be_judged_is_refused_and_none_is_judged(
    office: Office, owner_sql: Any, pairs: Any, said: str
) -> None:
    with acting_as(office.writer) as actor, pytest.raises(MatchingRefused, match=said):
        judge_entries_together(
            pairs, verdict=SAME, why="Looked.", seen=shown(*pairs), actor=actor, at=AT
        )
    assert owner_sql("SELECT count(*) FROM published_match_judgement") == [(0,)]


def test_reader_judges_nothing_and_nobody_writes_past_the_functions(office: Office) -> None:
    with pytest.raises(Forbidden):
        judged(office.reader, (XF, "1"), (XZ, "9"), SAME)
    with pytest.raises(Forbidden):
        resolved(office.reader)
    for statement in (
        "SELECT matching_judge('[]', now(), 'none')",
        "SELECT matching_undo('{}', now(), 'none')",
        "SELECT matching_confirm('{}', now(), 'none')",
        "SELECT matching_note('[]', '[]', '[]', '[]', now(), 'none')",
        "SELECT matching_settle('{}', now(), 'none')",
    ):
        with (
            acting_as(office.reader),
            pytest.raises(DatabaseError, match="with the role"),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with (
        acting_as(office.writer),
        pytest.raises(DatabaseError, match="permission denied"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE published_match_judgement SET verdict = 'same'")


def test_verdict_of_one_person_joins_nobody_for_readers_until_a_second_confirms_it(
    office: Office, owner_sql: Any
) -> None:
    resolved(office.writer)
    made = judged(office.writer, (XF, "1"), (XZ, "9"), SAME)
    standing = standing_of(PUBLIC)
    assert standing.party_of[XZ, "9"] == "xz-invented:9"
    assert [(each.why, each.judgement) for each in standing.open] == [(Why.WAITS, str(made.pk))]
    with pytest.raises(MatchingRefused, match="a second person confirms"):
        confirmed(office.writer, made)
    with pytest.raises(Forbidden):
        confirmed(office.reader, made)
    done = confirmed(office.reviewer, made)
    assert done.confirmed_at == AT
    assert standing_of(PUBLIC).party_of[XZ, "9"] == "xf-invented:1"
    with pytest.raises(MatchingRefused, match="none waits"):
        confirmed(office.reviewer, made)
    assert owner_sql("SELECT by FROM matching_hand WHERE confirmed") == [(office.reviewer.pk,)]


@pytest.mark.parametrize("verdict", [SAME, DIFFERENT])
def test_what_settles_a_pair_needs_a_reason(office: Office, verdict: Verdict) -> None:
    with pytest.raises(MatchingRefused, match="why: say on what"):
        judged(office.writer, (XF, "1"), (XZ, "9"), verdict, " ")
    judged(office.writer, (XF, "1"), (XZ, "9"), UNSURE, "")


def test_other_organisation_neither_undoes_nor_replaces_a_verdict_but_a_steward_does(
    office: Office, owner_sql: Any
) -> None:
    other = make_office(owner_sql)
    made = judged(office.writer, (XF, "1"), (XZ, "9"), SAME, second=other.writer)
    with pytest.raises(MatchingRefused, match="or a steward"):
        undone(other.writer, made)
    with pytest.raises(MatchingRefused, match="or a steward"):
        judged(other.writer, (XF, "1"), (XZ, "9"), UNSURE)
    told: list[Any] = [[made.pk], AT, code_of_act("matching-undo", str(made.pk), AT)]
    with (
        acting_as(other.writer),
        pytest.raises(DatabaseError, match="or a steward"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT matching_undo(%s, %s, %s)", told)
    assert standing_of(PUBLIC).party_of[XZ, "9"] == "xf-invented:1"
    steward = make_user(owner_sql, {other.holder: [Role.STEWARD]})
    undone(steward, made, "Another mother.")
    assert standing_of(PUBLIC).party_of[XZ, "9"] == "xz-invented:9"


def test_database_lets_nobody_confirm_their_own_or_sign_for_another(office: Office) -> None:
    made = judged(office.writer, (XF, "1"), (XZ, "9"), SAME)
    sign = (
        "INSERT INTO matching_hand (id, holder, sharing, judgement, undone, confirmed, by, at,"
        " reasoned) VALUES (gen_random_uuid(), %s, 'shared', gen_random_uuid(), false, false, %s,"
        " now(), false)"
    )
    code = code_of_act("matching-confirm", str(made.pk), AT)
    confirm: list[Any] = [[made.pk], AT, code]
    for statement, given, said in (
        ("SELECT matching_confirm(%s, %s, %s)", confirm, "a second person confirms"),
        (sign, [office.holder, office.reviewer.pk], "own name"),
    ):
        with (
            acting_as(office.writer),
            pytest.raises(DatabaseError, match=said),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, given)


def _log(office: Office) -> list[tuple[str, str, bool, bool]]:
    with acting_as(office.reader) as actor:
        return [
            (step.judgement.verdict, step.who, step.confirmed, step.replaced)
            for step in log_of(actor)
        ]


def test_same_verdict_by_a_second_person_confirms_the_first(office: Office, owner_sql: Any) -> None:
    first = judged(office.writer, (XF, "1"), (XZ, "9"), SAME, "The same mother.")
    again = judged(office.writer, (XF, "1"), (XZ, "9"), SAME, "And the same father.")
    assert again.pk != first.pk
    assert again.confirmed_at is None
    done = judged(office.reviewer, (XZ, "9"), (XF, "1"), SAME, "The same paper.")
    assert (done.pk, done.confirmed_at) == (again.pk, AT)
    assert standing_of(PUBLIC).party_of[XZ, "9"] == f"{XF}:1"
    reasons = owner_sql(f"SELECT r.text {REASONS} WHERE h.confirmed")
    assert reasons == [("The same paper.",)]
    assert [(told[2], told[3]) for told in _log(office)].count((True, False)) == 1
    assert [told[3] for told in _log(office)].count(True) == 1
    with pytest.raises(MatchingRefused, match="two people have said so"):
        judged(office.writer, (XF, "1"), (XZ, "9"), SAME)
    assert standing_of(PUBLIC).party_of[XZ, "9"] == f"{XF}:1"


def test_other_verdict_takes_the_place_and_the_log_says_so(office: Office) -> None:
    judged(office.writer, (XF, "1"), (XZ, "9"), SAME)
    other = judged(office.reviewer, (XF, "1"), (XZ, "9"), DIFFERENT)
    assert other.confirmed_at is None
    assert {told[0]: told[3] for told in _log(office)} == {"same": True, "different": False}
    undone(office.reviewer, other)
    assert [told[3] for told in _log(office) if told[0] == "different"] == [False, False]
