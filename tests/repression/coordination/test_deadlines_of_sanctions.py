"""Announcements and ends of regimes among deadlines: for parties alone, and no byte for others."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user, signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.commitments.factories import make_office, recorded
from tests.page_clocks import set_clock
from tests.repression.coordination.factories import NAME, accepted, gone, make_scene, timed
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.actions import open_feed
from undaunted.core.clocks.commands import commands as clocks
from undaunted.core.clocks.writers import subject_code
from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.actions import (
    answer_proposal,
    confirm_ending,
    hold_announcement,
    propose_ending,
    withdraw_proposal,
)
from undaunted.repression.coordination.analysis import renewals_due
from undaunted.repression.coordination.analysis.calendar import announcement_told_event
from undaunted.repression.coordination.commands import commands as coordination
from undaunted.repression.coordination.queries import proposal_for
from undaunted.repression.coordination.rules import Answer, CoordinationStage
from undaunted.repression.sanctions.rules import BOARD

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from tests.repression.coordination.factories import Body, Scene
    from tests.repression.coordination.scene_elsewhere import Across
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

SUMMARY = "Joint announcement"
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|DTSTAMP:\w+|UID:\S+')
"""What differs from one answer to the next whoever asks."""


def _page(user: User, address: str) -> str:
    answer = signed_in_client(user).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def _board(user: User) -> str:
    return _page(user, "/desk/clocks/")


def _feed(user: User) -> str:
    with acting_as(user) as actor:
        _made, token = open_feed(actor=actor, at=timezone.now())
    return f"/desk/clocks/calendar/{token}.ics"


def _announced(address: str) -> list[Any]:
    events = icalendar.Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    return [each for each in events if str(each["SUMMARY"]) == SUMMARY]


def _seen(user: User, feed: str) -> list[str]:
    """Give every byte that deadlines and their counts are told in."""
    pages = [_page(user, each) for each in ("/desk/clocks/", "/desk/", "/desk/clocks/calendar/")]
    told = [
        *pages,
        Client().get(feed).content.decode(),
        run_at_terminal(clocks, "board", person=user),
    ]
    return [CHANGING.sub("", each) for each in told]


def _ics(body: Body, scene: Scene) -> Any:
    address = f"/desk/coordination/proposals/{scene.proposal.pk}/announcement.ics"
    answer = signed_in_client(body.documenter).get(address)
    assert answer.status_code == 200
    calendar = icalendar.Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def _absent(user: User, proposal: UUID) -> bool:
    """Say whether a file is answered byte for byte as that of a proposal there is not."""
    client, nobodys = signed_in_client(user), uuid4()
    answers = [
        client.get(f"/desk/coordination/proposals/{each}/announcement.ics")
        for each in (proposal, nobodys)
    ]
    bodies = [
        CHANGING.sub("", each.content.decode().replace(str(which), ""))
        for each, which in zip(answers, (proposal, nobodys), strict=True)
    ]
    kept = [
        {name: told for name, told in each.items() if name != "Content-Security-Policy"}
        for each in answers
    ]
    assert answers[1].status_code == 404
    same: bool = bodies[0] == bodies[1] and kept[0] == kept[1]
    assert same == (answers[0].status_code == 404)
    return same


def test_parties_have_an_announcement_among_their_deadlines_and_nobody_else_a_byte_of_it(
    owner_sql: Any,
) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    with acting_as(scene.committee.documenter) as actor:
        told: dict[str, Any] = {"actor": actor, "at": timezone.now(), "reason": "No witness."}
        answer_proposal(scene.proposal, Answer.DECLINED, **told)
    others = [each.documenter for each in (*scene.others, scene.committee)]
    feeds = [_feed(each) for each in others]
    before = [_seen(*each) for each in zip(others, feeds, strict=True)]
    feed = _feed(scene.partner.documenter)
    assert not _announced(feed)
    moment = timezone.now() + timedelta(days=20)
    timed(scene, moment)
    code = subject_code(scene.proposal.pk)
    for body in (scene.proposer, scene.partner):
        board = _page(body.documenter, "/desk/clocks/")
        (line,) = re.findall(r"<tr>.*?</tr>", board[board.index("<tbody>") :], re.DOTALL)[:1]
        assert f'href="/desk/coordination/proposals/{scene.proposal.pk}/">{SUMMARY}</a>' in board
        assert code in line or code in board
        assert "Not every party has said go." in board
        assert NAME.split()[0] not in board
        assert code in run_at_terminal(clocks, "board", person=body.documenter)
    home = _page(scene.partner.documenter, "/desk/")
    assert "Within 30 days" in home
    (event,) = _announced(feed)
    assert event["DTSTART"].dt == moment.replace(microsecond=0)
    assert str(scene.proposal.pk) not in Client().get(feed).content.decode()
    assert [_seen(*each) for each in zip(others, feeds, strict=True)] == before


def test_who_leaves_or_is_told_further_than_thirty_days_has_no_line(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    timed(scene, timezone.now() + timedelta(days=40))
    user = scene.partner.documenter
    assert SUMMARY not in _page(user, "/desk/clocks/")
    code = subject_code(scene.proposal.pk)
    assert code in run_at_terminal(clocks, "board", "--days", "60", person=user)
    feed = _feed(user)
    assert len(_announced(feed)) == 1
    with acting_as(user) as actor:
        told: dict[str, Any] = {"actor": actor, "at": timezone.now(), "reason": "We must not."}
        answer_proposal(scene.proposal, Answer.LEFT, **told)
    assert code not in run_at_terminal(clocks, "board", "--days", "60", person=user)
    assert not _announced(feed)


def test_what_is_marked_red_stays_at_the_desk(owner_sql: Any) -> None:
    scene = make_scene(owner_sql, tlp=Tlp.RED)
    timed(scene)
    user = scene.partner.documenter
    assert SUMMARY in _page(user, "/desk/clocks/")
    assert not _announced(_feed(user))


def test_a_later_file_takes_the_place_of_an_earlier_and_what_is_called_off_is_cancelled(
    owner_sql: Any,
) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    timed(scene)
    feed = _feed(scene.partner.documenter)
    calendar, first = _ics(scene.partner, scene)
    moved_to = timezone.now() + timedelta(days=3)
    timed(scene, moved_to)
    later_calendar, later = _ics(scene.partner, scene)
    assert (later_calendar["UID"], later["UID"]) == (calendar["UID"], first["UID"])
    assert later["SEQUENCE"] > first["SEQUENCE"]
    assert later["DTSTART"].dt == moved_to.replace(microsecond=0)
    assert later["LAST-MODIFIED"].dt >= first["LAST-MODIFIED"].dt
    assert str(later["STATUS"]) == "TENTATIVE"
    for body in (scene.proposer, scene.partner):
        gone(scene, body)
    assert str(_ics(scene.partner, scene)[1]["STATUS"]) == "CONFIRMED"
    with acting_as(scene.partner.documenter) as actor:
        hold_announcement(scene.proposal, "A judgment.", actor=actor, at=timezone.now())
    assert str(_announced(feed)[0]["STATUS"]) == "TENTATIVE"
    with acting_as(scene.proposer.documenter) as actor:
        propose_ending(scene.proposal, actor=actor, at=timezone.now())
    with acting_as(scene.proposer.publisher) as actor:
        held = proposal_for(actor, scene.proposal.pk)
        assert held is not None
        confirm_ending(held, actor=actor, at=timezone.now())
    off_calendar, off = _ics(scene.partner, scene)
    assert (off_calendar["UID"], off["UID"]) == (calendar["UID"], first["UID"])
    assert str(off["STATUS"]) == "CANCELLED"
    assert off["SEQUENCE"] > later["SEQUENCE"]
    (fed,) = _announced(feed)
    assert (fed["UID"], str(fed["STATUS"]), fed["SEQUENCE"]) == (
        off["UID"], "CANCELLED", off["SEQUENCE"],
    )  # fmt: skip
    assert SUMMARY not in _page(scene.partner.documenter, "/desk/clocks/")


def test_what_is_withdrawn_leaves_the_calendars_of_others_and_is_cancelled_in_ones_own(
    owner_sql: Any,
) -> None:
    scene = make_scene(owner_sql)
    timed(scene)
    own, other = _feed(scene.proposer.documenter), _feed(scene.partner.documenter)
    with acting_as(scene.proposer.publisher) as actor:
        withdraw_proposal(scene.proposal, actor=actor, at=timezone.now())
    assert [str(each["STATUS"]) for each in _announced(own)] == ["CANCELLED"]
    assert not _announced(other)


def test_a_party_fetches_for_thirty_days_that_what_was_withdrawn_is_off_and_nobody_else_a_byte(
    owner_sql: Any, tmp_path: Path
) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    timed(scene)
    with acting_as(scene.committee.documenter) as actor:
        told: dict[str, Any] = {"actor": actor, "at": timezone.now(), "reason": "No witness."}
        answer_proposal(scene.proposal, Answer.DECLINED, **told)
    calendar, first = _ics(scene.partner, scene)
    with acting_as(scene.proposer.publisher) as actor:
        withdraw_proposal(scene.proposal, actor=actor, at=timezone.now())
    off_calendar, off = _ics(scene.partner, scene)
    assert (off_calendar["UID"], off["UID"]) == (calendar["UID"], first["UID"])
    assert (str(off["STATUS"]), off["DTSTART"].dt) == ("CANCELLED", first["DTSTART"].dt)
    assert off["SEQUENCE"] > first["SEQUENCE"]
    assert str(_ics(scene.proposer, scene)[1]["STATUS"]) == "CANCELLED"
    page = f"/desk/coordination/proposals/{scene.proposal.pk}/"
    assert signed_in_client(scene.partner.documenter).get(page).status_code == 404
    for body in (*scene.others, scene.committee, scene.stranger):
        assert _absent(body.documenter, scene.proposal.pk)
    for body, ends in ((scene.partner, 0), (scene.committee, 2)):
        words = ("ics", scene.proposal.pk, "--out", tmp_path / f"{ends}.ics")
        run_at_terminal(coordination, *words, person=body.documenter, status=ends)
    assert "STATUS:CANCELLED" in (tmp_path / "0.ics").read_text("utf-8")
    owner_sql("UPDATE coordination_proposal SET closed_at = closed_at - interval '31 days'")
    assert _absent(scene.partner.documenter, scene.proposal.pk)


def test_a_draft_that_was_withdrawn_and_a_moment_that_had_passed_are_nobodys_to_fetch(
    owner_sql: Any,
) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    timed(scene)
    with acting_as(scene.proposer.publisher) as actor:
        withdraw_proposal(scene.proposal, actor=actor, at=timezone.now())
    user = scene.partner.documenter
    assert not _absent(user, scene.proposal.pk)
    owner_sql("UPDATE coordination_proposal SET moment = closed_at - interval '1 minute'")
    assert _absent(user, scene.proposal.pk)
    owner_sql("UPDATE coordination_proposal SET moment = closed_at + interval '1 day'")
    assert not _absent(user, scene.proposal.pk)
    owner_sql("UPDATE coordination_proposal SET sent_at = NULL")
    assert _absent(user, scene.proposal.pk)


def test_a_guest_elsewhere_has_the_moment_as_it_was_told_last(across: Across) -> None:
    user = across.theirs.body.documenter
    across.timed()
    assert SUMMARY not in _page(user, "/desk/clocks/")
    across.theirs.accepted(across.told())
    board = _page(user, "/desk/clocks/")
    assert f'href="/desk/coordination/elsewhere/{across.invitation().pk}/">{SUMMARY}' in board
    (event,) = _announced(_feed(user))
    assert str(event["STATUS"]) == "TENTATIVE"


def test_a_moment_has_no_end_and_a_calendar_the_same_identifier_whenever_it_is_read(
    owner_sql: Any,
) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    timed(scene)
    feed = _feed(scene.partner.documenter)
    first, again = (icalendar.Calendar.from_ical(Client().get(feed).content) for _ in range(2))
    assert first["UID"] == again["UID"]
    (event,) = _announced(feed)
    assert "DTEND" not in event, "an end has to be later than its start"
    assert first["UID"] != scene.partner.documenter.pk


def test_a_partner_that_uses_the_id_of_anothers_proposal_calls_nothing_off(across: Across) -> None:
    user = across.theirs.body.documenter
    across.timed()
    across.theirs.accepted(across.told())
    feed = _feed(user)
    (before,) = _announced(feed)
    forged = across.invitation()
    forged.pk, forged.signing_key, forged.stage = uuid4(), "A" * 43, CoordinationStage.ENDED
    forged.written_at += timedelta(minutes=5)
    forged.moment = timezone.now() + timedelta(days=9)
    with acting_as(user):
        forged.save(force_insert=True)
    told = {each["UID"]: str(each["STATUS"]) for each in _announced(feed)}
    assert len(told) == 2
    assert told[before["UID"]] == "TENTATIVE"


def test_a_later_word_of_a_proposer_elsewhere_keeps_letters_and_identifier(across: Across) -> None:
    user = across.theirs.body.documenter
    across.timed()
    across.theirs.accepted(across.told())
    feed = _feed(user)

    def letters() -> str:
        (row,) = re.findall(rf"<tr>(?:(?!</tr>).)*{SUMMARY}.*?</tr>", _board(user), re.DOTALL)
        return str(re.findall(r"<td>([0-9A-Z]{4})</td>", row)[0])

    before, (first,) = letters(), _announced(feed)
    across.timed(5)
    across.theirs.accepted(across.told())
    (later,) = _announced(feed)
    assert (letters(), later["UID"]) == (before, first["UID"])
    word = across.invitation()
    sequence = announcement_told_event(word, at=timezone.now()).sequence
    word.written_at += timedelta(seconds=1)
    assert announcement_told_event(word, at=timezone.now()).sequence == sequence + 1


def test_ends_of_regimes_are_deadlines_of_who_works_on_sanctions_alone(
    owner_sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = make_scene(owner_sql)
    holder = make_organisation(owner_sql, country="XB")
    clerk = make_user(owner_sql, {holder: [Role.DOCUMENTER]})
    with acting_as(clerk) as actor:
        due, *_later = renewals_due(actor, timezone.now())
    office = make_office(owner_sql)
    lacks = {"code": "corruption", "has": False, "sources": ["gazette", "review"]}
    recorded(office, instrument=BOARD, since="2023-06-01", law="Order on rights", features=[lacks])
    set_clock(monkeypatch, "undaunted.core.clocks.pages.board", due.ends - timedelta(days=10))
    title = "end unless" if "listings" in due.rule.id else "ends unless"
    for user in (scene.stranger.documenter, office.writer):
        assert "BEGIN:VEVENT" in Client().get(_feed(user)).content.decode()
        board = _page(user, "/desk/clocks/")
        assert title in board
        assert 'href="/designations/renewals/"' in board
    assert "BEGIN:VEVENT" not in Client().get(_feed(clerk)).content.decode()
    assert title not in _page(clerk, "/desk/clocks/")
