"""What the landing page counts of coordination: by who reads it, and in as many queries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone as clock

from tests.briefings.test_desk_home import SECOND, waits
from tests.coercion.screening.deciding import screened as noticed
from tests.coercion.screening.factories import AT
from tests.core.matching import factories as matching
from tests.repression.coordination.factories import SUBJECT, accepted, make_scene, timed
from tests.repression.coordination.scene_elsewhere import agreed_across, make_across, pass_moment
from tests.repression.dossiers import factories as dossiers
from undaunted.briefings.queries import deadlines_of, to_answer_for, to_confirm_for
from undaunted.coercion.screening.actions import send_notice, write_notice
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.queries import feed_events
from undaunted.core.matching.actions import judge_entries_together
from undaunted.core.matching.rules import Verdict
from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.actions import (
    begin_proposal,
    confirm_ending,
    confirm_go,
    confirm_guest,
    confirm_moment,
    confirm_parting,
    invite_partner,
    propose_ending,
    propose_parting,
    say_go,
    send_proposal,
    set_moment,
)
from undaunted.repression.coordination.queries import proposal_for
from undaunted.repression.coordination.rules import Announced, CoordinationStep
from undaunted.repression.dossiers.actions import confirm_statement

if TYPE_CHECKING:
    from pathlib import Path

    from tests.repression.coordination.factories import Body

pytestmark = pytest.mark.usefixtures("ledger")
ROOM, ASKED = "/desk/coordination/", "Waiting"


def _of(body: Body, under: str = SECOND) -> int:
    return waits(body.publisher, under).get(ROOM, 0)


def test_each_step_on_a_proposal_waits_until_a_second_person_takes_it(owner_sql: Any) -> None:
    scene = make_scene(owner_sql, sent=False)
    ours, first = scene.proposer, scene.proposer.documenter
    assert (_of(ours), _of(scene.partner, ASKED)) == (1, 0)
    with acting_as(ours.publisher) as actor:
        send_proposal(scene.proposal, actor=actor, at=clock.now())
    assert (_of(ours), _of(scene.partner, ASKED)) == (0, 1)
    accepted(scene, scene.partner)
    assert _of(scene.partner, ASKED) == 0
    held = timed(scene)
    for body in (ours, scene.partner):
        with acting_as(body.documenter) as actor:
            say_go(held, actor=actor, at=clock.now())
    assert (_of(ours), _of(scene.partner)) == (1, 1)
    with acting_as(ours.publisher) as actor:
        confirm_go(held, actor=actor, at=clock.now())
    with acting_as(first) as actor:
        set_moment(held, clock.now() + timedelta(hours=5), actor=actor, at=clock.now())
    assert _of(ours) == 1
    with acting_as(ours.publisher) as actor:
        confirm_moment(held, actor=actor, at=clock.now())
    # The partner's go was for the earlier moment: nobody confirms it any more.
    assert (_of(ours), _of(scene.partner)) == (0, 0)
    with acting_as(first) as actor:
        held = propose_ending(held, actor=actor, at=clock.now())
    assert _of(ours) == 1
    with acting_as(ours.publisher) as actor:
        confirm_ending(held, actor=actor, at=clock.now())
    assert (_of(ours), _of(scene.committee, ASKED)) == (0, 0)


def test_guests_wait_to_be_let_in_and_for_the_end_of_their_part(owner_sql: Any) -> None:
    across = make_across(owner_sql)
    ours, theirs, held = across.ours.body, across.theirs.body, across.now()
    assert (_of(ours), _of(theirs, ASKED)) == (0, 0)
    across.theirs.accepted(across.told())
    assert _of(theirs, ASKED) == 1
    across.back(CoordinationStep.ACCEPTED)
    assert _of(theirs, ASKED) == 0
    with acting_as(ours.documenter) as actor:
        propose_parting(across.guest, actor=actor, at=clock.now())
    assert _of(ours) == 1
    with acting_as(ours.publisher) as actor:
        confirm_parting(across.guest, actor=actor, at=clock.now())
    assert _of(ours) == 0
    with acting_as(ours.documenter) as actor:
        again = invite_partner(
            held, across.guest.partner, key=ours.key, actor=actor, at=clock.now()
        )
    assert _of(ours) == 1
    with acting_as(ours.publisher) as actor:
        confirm_guest(again, actor=actor, at=clock.now())
    across.guest = again
    assert _of(ours) == 0
    across.theirs.accepted(across.told())
    assert _of(theirs, ASKED) == 1


@pytest.mark.parametrize("content", [b"", b'{"format": "of another version"}'])
def test_a_word_that_cannot_be_read_waits_and_leaves_the_first_page_as_it_is(
    owner_sql: Any, content: bytes
) -> None:
    """One package of a stranger made the landing page of a whole organisation an error."""
    across = make_across(owner_sql)
    across.theirs.accepted(across.told())
    owner_sql("UPDATE coordination_invitation SET content = %s", [content])
    assert _of(across.theirs.body, ASKED) == 1


def test_what_was_announced_waits_for_nobody(owner_sql: Any) -> None:
    across = agreed_across(make_across(owner_sql))
    ours, held = across.ours.body, across.now()
    with acting_as(ours.documenter) as actor:
        set_moment(held, clock.now() + timedelta(hours=5), actor=actor, at=clock.now())
        propose_parting(across.guest, actor=actor, at=clock.now())
    assert _of(ours) == 2
    pass_moment(owner_sql)
    assert across.stands() is Announced.LIFTED
    assert _of(ours) == 0


def test_as_many_queries_however_many_proposals_there_are(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    timed(scene)
    asked = []
    for _ in range(2):
        with (
            acting_as(scene.proposer.documenter) as actor,
            CaptureQueriesContext(connection) as ran,
        ):
            to_confirm_for(actor, clock.now())
            to_answer_for(actor)
            deadlines_of(actor, clock.now())
            feed_events(actor, clock.now())
        asked.append(len(ran))
        for _ in range(3):
            with acting_as(scene.proposer.documenter) as actor:
                made = begin_proposal(
                    scene.proposer.id, SUBJECT, tlp=Tlp.AMBER, state="XR",
                    invited=[scene.partner.id], actor=actor, at=clock.now(),
                )  # fmt: skip
            with acting_as(scene.proposer.publisher) as actor:
                held = proposal_for(actor, made.pk)
                assert held is not None
                send_proposal(held, actor=actor, at=clock.now())
            with acting_as(scene.proposer.documenter) as actor:
                soon = clock.now() + timedelta(days=2)
                set_moment(held, soon, actor=actor, at=clock.now())
    assert asked[0] == asked[1]


def test_what_was_judged_in_one_act_waits_as_one(owner_sql: Any, tmp_path: Path) -> None:
    office = matching.make_office(owner_sql)
    people = [
        matching.person(str(n), name, born="1961-03-04")
        for n, name in enumerate(("Viktor Strovik", "Olga Hentzau", "Anton Maubon"))
    ]
    matching.listed(office, matching.XF, tmp_path, people)
    matching.listed(office, matching.XZ, tmp_path, people)
    pairs = [((matching.XF, str(n)), (matching.XZ, str(n))) for n in range(3)]
    with acting_as(office.writer) as actor:
        judge_entries_together(
            pairs,
            verdict=Verdict.SAME,
            why="Looked.",
            seen=matching.shown(*pairs),
            actor=actor,
            at=clock.now(),
        )
    assert waits(office.reviewer, SECOND)["/desk/matching/"] == 1


def test_a_notice_to_a_partner_waits_until_a_second_person_sends_it(owner_sql: Any) -> None:
    scene = noticed(owner_sql)
    room = "/desk/screening/"
    assert waits(scene.own.publisher, SECOND).get(room, 0) == 0
    with acting_as(scene.own.documenter) as actor:
        made = write_notice(scene.case, scene.partner.id, actor=actor, at=AT)
    assert waits(scene.own.publisher, SECOND)[room] == 1
    assert waits(scene.partner.publisher, SECOND).get(room, 0) == 0
    with acting_as(scene.own.publisher) as actor:
        send_notice(made, actor=actor, at=AT)
    assert waits(scene.own.publisher, SECOND).get(room, 0) == 0


def test_what_speaks_for_somebody_and_a_dossier_to_close_wait(owner_sql: Any) -> None:
    scene = dossiers.make_scene(owner_sql, weighed=False)
    room, reader = "/desk/dossiers/", scene.desk.publisher
    dossiers.weigh(scene, confirmed=False)
    assert waits(reader, SECOND)[room] == len(scene.statements)
    with acting_as(reader) as actor:
        for each in scene.statements:
            confirm_statement(each, actor=actor, at=dossiers.AT)
    assert room not in waits(reader, SECOND)


def test_questions_about_people_in_files_await_an_answer(owner_sql: Any, tmp_path: Path) -> None:
    office, room = matching.make_office(owner_sql), "/desk/matching/files/"
    strovik = matching.person("1", "Viktor Strovik", born="1961-03-04")
    matching.listed(office, matching.XF, tmp_path, [strovik])
    matching.in_file(office, "Viktor Strovik", born="1961")
    assert room not in waits(office.reviewer, ASKED)
    matching.screened(office)
    assert waits(office.reviewer, ASKED)[room] == 1
