"""The landing page of the desk: what waits for who looks, of every area, and of nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.screening.deciding import decision_proposed, screened
from tests.coercion.screening.factories import AT
from tests.core.accounts.factories import signed_in_client
from tests.core.commitments import factories as commitments
from tests.core.matching import factories as matching
from tests.core.practices import factories as practices
from tests.repression.coordination.factories import make_scene as make_seats
from tests.repression.dossiers import factories as dossiers
from undaunted.briefings.queries import deadlines_of
from undaunted.coercion.screening.actions import take_decision
from undaunted.coercion.screening.queries import decision_for
from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.queries import questions_for
from undaunted.core.matching.rules import Verdict
from undaunted.repression.coordination.actions import change_seat_key, withdraw_seat_key
from undaunted.repression.coordination.queries import own_seats
from undaunted.repression.dossiers.actions import end_submission

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User

SECOND = "Waiting for a second person"
pytestmark = pytest.mark.usefixtures("ledger")


def waits(who: User, under: str = "") -> dict[str, int]:
    """Give what the landing page counts, by address; all of it, or under one of its headings."""
    page = signed_in_client(who).get("/desk/").content.decode()
    if under:
        page = page.partition(f"<h2>{under}</h2>")[2].partition("<h2>")[0]
    found = re.findall(r'<dt><a href="([^"]+)">[^<]+</a></dt><dd class="stat-value">(\d+)', page)
    return {address: int(number) for address, number in found}


def test_a_decision_waits_for_a_second_person_until_it_is_taken(owner_sql: Any) -> None:
    scene = screened(owner_sql)
    assert "/desk/screening/" not in waits(scene.own.documenter)
    proposed = decision_proposed(scene)
    for who in (scene.own.documenter, scene.own.publisher):
        assert waits(who)["/desk/screening/"] == 1
    assert "/desk/screening/" not in waits(scene.partner.documenter)
    assert "/desk/screening/" not in waits(scene.stranger.documenter)
    with acting_as(scene.own.publisher) as actor:
        held = decision_for(actor, proposed.pk)
        assert held is not None
        take_decision(held, actor=actor, at=AT)
    assert "/desk/screening/" not in waits(scene.own.publisher)


def test_deadlines_are_counted_as_they_come_and_pass_and_the_registry_stays(owner_sql: Any) -> None:
    scene = screened(owner_sql)
    registry = {"/desk/recognition/", "/desk/publication/", "/desk/changes/", "/desk/imports/"}
    assert registry <= set(waits(scene.own.documenter))
    with acting_as(scene.own.documenter) as actor:
        soon = [deadlines_of(actor, AT + timedelta(days=each)) for each in range(0, 400, 10)]
    assert any(coming for *_, coming in soon)
    assert soon[0][:2] == (0, 0)
    assert sum(soon[-1][:2]) > 0 == soon[-1][2]
    with acting_as(scene.stranger.documenter) as actor:
        assert deadlines_of(actor, AT + timedelta(days=390)) == (0, 0, 0)


def test_statements_and_versions_of_others_are_not_ones_own_to_confirm(owner_sql: Any) -> None:
    library, office = practices.make_library(owner_sql), commitments.make_office(owner_sql)
    practices.proposed(library)
    commitments.recorded(office)
    for who, other in ((library.reviewer, office.reviewer), (office.reviewer, library.reviewer)):
        room = "/desk/practices/" if who is library.reviewer else "/desk/commitments/"
        assert waits(who)[room] == 1
        assert room not in waits(other)


def test_a_later_key_of_a_seat_waits_until_it_is_withdrawn(owner_sql: Any) -> None:
    partner = make_seats(owner_sql).partner
    room = "/desk/coordination/"
    assert room not in waits(partner.publisher, SECOND)
    with acting_as(partner.documenter) as actor:
        made = change_seat_key(own_seats(actor).get(), key=partner.key, actor=actor, at=AT)
    assert waits(partner.publisher, SECOND)[room] == 1
    with acting_as(partner.documenter) as actor:
        withdraw_seat_key(made, actor=actor, at=AT)
    assert room not in waits(partner.publisher, SECOND)


def test_a_submission_waits_until_it_is_released_or_ends(owner_sql: Any) -> None:
    scene = dossiers.make_scene(owner_sql)
    room = "/desk/dossiers/"
    assert room not in waits(scene.desk.publisher)
    dossiers.agree(scene, dossiers.UNION)
    made = dossiers.written(scene, "eu-2020-1998")
    assert waits(scene.desk.publisher)[room] == 1
    with acting_as(scene.desk.documenter) as actor:
        end_submission(made, actor=actor, at=AT)
    assert room not in waits(scene.desk.publisher)


def test_verdicts_and_answers_about_lists_wait_for_a_second_person(
    owner_sql: Any, tmp_path: Path
) -> None:
    office, room = matching.make_office(owner_sql), "/desk/matching/"
    strovik = matching.person("1", "Viktor Strovik", born="1961-03-04")
    matching.listed(office, matching.XF, tmp_path, [strovik])
    matching.listed(office, matching.XZ, tmp_path, [{**strovik, "key": "9"}])
    matching.in_file(office, "Viktor Strovik", born="1961")
    matching.screened(office)
    assert room not in waits(office.reviewer)
    made = matching.judged(office.writer, (matching.XF, "1"), (matching.XZ, "9"), Verdict.SAME)
    assert waits(office.reviewer)[room] == 1
    with acting_as(office.writer) as actor:
        asked = questions_for(actor)[0]
        matching.answered_as_shown(actor, asked, Verdict.SAME)
    assert waits(office.reviewer)[room] == 2
    matching.confirmed(office.reviewer, made)
    assert waits(office.reviewer)[room] == 1
    with acting_as(office.reviewer) as actor:
        matching.answered_as_shown(actor, asked, Verdict.SAME, "Read.")
    assert room not in waits(office.reviewer)
