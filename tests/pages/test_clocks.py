"""Deadlines at the desk, in a calendar, over the API: explained, and without a name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import make_user, signed_in_client
from tests.pages.desk_scene import Desk, open_desk
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.actions import (
    cancel_clock,
    extend_clock,
    meet_clock,
    open_feed,
    start_clock,
    stop_clock,
)
from undaunted.core.clocks.rules import Period, Unit
from undaunted.core.clocks.writers import subject_code

if TYPE_CHECKING:
    from undaunted.core.clocks.models import Clock

pytestmark = pytest.mark.usefixtures("ledger")

DAY = timedelta(days=1)


@pytest.fixture
def desk(owner_sql: Any) -> Desk:
    return open_desk(owner_sql)


@pytest.fixture
def client(desk: Desk) -> Client:
    return desk.client(desk.first)


def start(
    desk: Desk, rule: str = "fdi-comments", ago: int = 10, on: datetime | None = None
) -> Clock:
    now = timezone.now()
    with acting_as(desk.first) as actor:
        return start_clock(
            rule,
            actor=actor,
            at=now,
            holder=desk.organisation,
            subject_kind="matter",
            subject_id=uuid4(),
            started_at=on or now - ago * DAY,
        )


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_board_shows_what_is_overdue_and_what_comes(desk: Desk, client: Client) -> None:
    assert "No clock is running out" in page_of(client, "/desk/clocks/")
    late, coming = start(desk, ago=300), start(desk)
    page = page_of(client, "/desk/clocks/")
    assert page.index("Overdue") < page.index(f"/desk/clocks/{late.pk}/")
    assert page.index("Within 30 days") < page.index(f"/desk/clocks/{coming.pk}/")
    assert "No clock is running out" not in page
    assert "style=" not in page


def test_a_board_is_as_quick_with_many_clocks(
    desk: Desk, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        start(desk, ago=300)
    with django_assert_max_num_queries(20):
        client.get("/desk/clocks/")


def test_a_clock_explains_each_of_its_dates_and_its_source(desk: Desk, client: Client) -> None:
    day = datetime(2026, 11, 2, 9, tzinfo=UTC)  # of the first version of the rule
    page = page_of(client, f"/desk/clocks/{start(desk, on=day).pk}/")
    assert "Regulation (EU) 2019/452" in page
    assert "Article 6(7)" in page
    assert "Read in a copy or a report" in page, "no page of the publisher reaches the paragraph"
    assert "The day of the event is not counted" in page
    assert "35 days later it is" in page
    unread = "The rule was not read at its source"
    assert unread not in page
    page = page_of(client, f"/desk/clocks/{start(desk, 'japan-waiting').pk}/")
    assert "Not read" in page
    assert unread in page


def test_a_clock_is_stopped_resumed_and_met_by_plain_forms(desk: Desk, client: Client) -> None:
    clock = start(desk)
    address = f"/desk/clocks/{clock.pk}/"
    today = timezone.now().date()
    for what, since in (("stop", today - 5 * DAY), ("resume", today - 2 * DAY), ("meet", today)):
        answer = client.post(f"{address}{what}/", {"since": since.isoformat()})
        assert answer.status_code == 302, answer.content.decode()
    page = page_of(client, address)
    assert "Met" in page
    assert "The clock stood still from" in page
    assert "What happened?" not in page


def test_a_refusal_names_its_reason_on_the_page(desk: Desk, client: Client) -> None:
    clock = start(desk, "wgad-reply")
    address = f"/desk/clocks/{clock.pk}/"
    told = client.post(f"{address}extend/", {"period": "2 months"}).content.decode()
    assert "can be extended by 1 months at most" in told
    told = client.post(f"{address}extend/", {"period": "long"}).content.decode()
    assert "write 1 month or 7 days" in told
    told = client.post(f"{address}meet/", {"since": "31.10.2026"}).content.decode()
    assert "write 2026-10-31" in told
    assert client.post(f"{address}cancel/").status_code == 302
    told = client.post(f"{address}cancel/", follow=True).content.decode()
    assert "met or cancelled before" in told


def test_a_strangers_clock_is_absent(desk: Desk, client: Client) -> None:
    clock = start(desk)
    stranger = desk.client(desk.stranger)
    for address in (f"/desk/clocks/{clock.pk}/", f"/desk/clocks/{uuid4()}/"):
        assert stranger.get(address).status_code == 404
        assert stranger.post(f"{address}cancel/").status_code == 404
    assert str(clock.pk) not in page_of(stranger, "/desk/clocks/")
    assert Client().get("/desk/clocks/").status_code == 302


def test_what_if_answers_and_stores_nothing(client: Client) -> None:
    asked = {"rule": "ccf-access", "start": "2026-10-31"}
    answer = client.get("/desk/clocks/what-if/", asked)
    page = answer.content.decode()
    assert "28 February 2027" in page
    assert "there is no day 31 in the month" in page
    stopped = {
        "rule": "fdi-comments",
        "start": "2026-03-02",
        "country": "be",
        "stop_from": "2026-03-10",
        "stop_until": "2026-03-17",
    }
    page = client.get("/desk/clocks/what-if/", stopped).content.decode()
    assert "13 April 2026" in page
    with_problem = client.get("/desk/clocks/what-if/", asked | {"stop_from": "2026-11-01"})
    assert "ccf-access cannot be stopped" in with_problem.content.decode()
    with_problem = client.get("/desk/clocks/what-if/", asked | {"country": "QQ"})
    assert "does not know" in with_problem.content.decode()


def test_a_clock_of_ones_own_is_started(desk: Desk, client: Client) -> None:
    values = {
        "rule": "ccf-access",
        "start": "2026-10-31",
        "organisation": str(desk.organisation),
        "sharing": "organisation",
    }
    answer = client.post("/desk/clocks/new/", values)
    assert answer.status_code == 302, answer.content.decode()
    assert "Case " in page_of(client, answer["Location"])
    told = client.post("/desk/clocks/new/", values | {"organisation": str(uuid4())})
    assert told.status_code == 200


def test_whoever_may_not_start_a_clock_is_not_led_to_it(
    desk: Desk, client: Client, owner_sql: Any
) -> None:
    assert "/desk/clocks/new/" in page_of(client, "/desk/clocks/")
    reader = signed_in_client(make_user(owner_sql, {desk.organisation: [Role.PUBLISHER]}))
    assert "/desk/clocks/new/" not in page_of(reader, "/desk/clocks/")
    assert reader.get("/desk/clocks/new/").status_code == 404


def make_feed(desk: Desk) -> str:
    with acting_as(desk.first) as actor:
        _feed, token = open_feed(actor=actor, at=timezone.now())
    return f"/desk/clocks/calendar/{token}.ics"


def read(address: str) -> Any:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies == {}
    return icalendar.Calendar.from_ical(answer.content)


def events_of(address: str) -> list[Any]:
    return list(read(address).walk("VEVENT"))


def test_a_calendar_program_reads_deadlines_without_a_name(desk: Desk) -> None:
    clock = start(desk)
    address = make_feed(desk)
    calendar = read(address)
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    (event,) = events_of(address)
    code = subject_code(clock.subject_id)
    assert str(event["SUMMARY"]) == f"FDI comments due · case {code}"
    last_day = clock.reckon(timezone.now()).limits[0].last_day
    assert event["DTSTART"].dt == last_day
    assert event["DTEND"].dt == (last_day or date.min) + DAY
    whole = Client().get(address).content.decode()
    for secret in (desk.first.username, str(clock.subject_id), str(desk.organisation)):
        assert secret not in whole


def test_a_change_keeps_the_event_and_raises_its_sequence(desk: Desk) -> None:
    clock, address = start(desk, "wgad-reply"), make_feed(desk)
    (before,) = events_of(address)
    with acting_as(desk.first) as actor:
        month = Period(1, Unit.MONTHS)
        extend_clock(clock, actor=actor, at=timezone.now(), period=month)
    (after,) = events_of(address)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt > before["DTSTART"].dt
    with acting_as(desk.first) as actor:
        cancel_clock(clock, actor=actor, at=timezone.now())
    (gone,) = events_of(address)
    assert str(gone["STATUS"]) == "CANCELLED"
    assert gone["SEQUENCE"] > after["SEQUENCE"]


def test_every_limit_is_an_event_hours_are_moments_and_states_are_told(desk: Desk) -> None:
    address, now = make_feed(desk), timezone.now()
    decision, alert = start(desk, "lifeline-decision", ago=0), start(desk, "alert-red", ago=0)
    found = events_of(address)
    assert len({str(event["UID"]) for event in found}) == 3
    moments = [event["DTSTART"].dt for event in found if isinstance(event["DTSTART"].dt, datetime)]
    assert [moment.replace(microsecond=0) for moment in moments] == [
        alert.due_at.astimezone(UTC).replace(microsecond=0)
    ]
    with acting_as(desk.first) as actor:
        stop_clock(decision, actor=actor, at=now, since=now)
        then = timezone.now()
        meet_clock(alert, actor=actor, at=then, met_at=then)
    told = {str(event["SUMMARY"]).rpartition(" · ")[2]: event for event in events_of(address)}
    assert set(told) == {"Standing still", "Met"}
    assert str(told["Standing still"]["STATUS"]) == "TENTATIVE"


def test_an_address_is_shown_once_and_revoked(desk: Desk, client: Client) -> None:
    page = client.post("/desk/clocks/calendar/").content.decode()
    address = page.partition("<code>http://testserver")[2].partition("</code>")[0]
    assert read(address)
    assert address not in page_of(client, "/desk/clocks/calendar/")
    revoke = page_of(client, "/desk/clocks/calendar/").partition('action="/desk/clocks/calendar/')
    rest = revoke[2].partition('"')[0]
    assert client.post(f"/desk/clocks/calendar/{rest}").status_code == 302
    assert Client().get(address).status_code == 404
    unknown = "/desk/clocks/calendar/" + "x" * 43 + ".ics"
    assert Client().get(unknown).status_code == 404


def test_a_calendar_shows_what_its_owner_may_see_and_no_more(desk: Desk) -> None:
    start(desk)
    with acting_as(desk.stranger) as actor:
        _feed, token = open_feed(actor=actor, at=timezone.now())
    assert events_of(f"/desk/clocks/calendar/{token}.ics") == []


def test_the_api_reckons_for_everybody_and_explains() -> None:
    asked = {"rule": "ccf-access", "start": "2026-10-31"}
    answer = Client().get("/api/v1/clocks/due", asked)
    assert answer.status_code == 200
    told = answer.json()
    assert told["limits"][0]["last_day"] == "2027-02-28"
    assert told["limits"][0]["steps"][2]["key"] == "add.months_cut"
    assert told["source"]["status"] == "secondary"
    stopped = {
        "rule": "fdi-comments",
        "start": "2026-03-02",
        "stop": ["2026-03-10..2026-03-12", "2026-03-15..2026-03-20"],
    }
    answer = Client().get("/api/v1/clocks/due", stopped)
    assert answer.json()["limits"][0]["last_day"] == "2026-04-13"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"rule": "ccf"}, "rule: No rule is called 'ccf'"),
        ({"start": "soon"}, "start: 'soon' is no day"),
        ({"start": "9999-01-01"}, "start: the year 9999 is out of range"),
        ({"country": "QQ"}, "country: The library"),
        ({"zone": "Mars"}, "zone: There is no time zone"),
        ({"stop": "2026-11-01"}, "stop: '2026-11-01' is no stop"),
        ({"stop": "2026-11-01..2026-11-02"}, "ccf-access cannot be stopped"),
        ({"extension": "99999999 days"}, "extension: '99999999 days' is no period"),
        ({"rule": "alert-red"}, "start: hours count here"),
        ({"rule": "lifeline-decision", "country": "US"}, "zone: US has"),
    ],
)
def test_the_api_names_what_it_cannot_read(changed: dict[str, str], told: str) -> None:
    asked = {"rule": "ccf-access", "start": "2026-10-31"} | changed
    answer = Client().get("/api/v1/clocks/due", asked)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(told)


def test_the_api_lists_the_rules() -> None:
    found = Client().get("/api/v1/clocks/rules").json()
    assert {"rule", "law", "status", "valid_from"} <= set(found[0])
