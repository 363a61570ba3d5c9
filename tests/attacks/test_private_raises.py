"""An adversary compares every published number of a campaign: no private raise shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client

from tests.prisoners.campaigns.factories import AT, PLAN, Scene, let_it_out, make_scene, raised
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent
from undaunted.prisoners.campaigns.actions import (
    begin_campaign,
    freeze_private,
    let_out,
    withdraw_adopter,
    withdraw_campaign,
    withdraw_raise,
)
from undaunted.prisoners.campaigns.models import Raise
from undaunted.prisoners.campaigns.queries import private_at_least, public_lines
from undaunted.prisoners.campaigns.rules import Channel

pytestmark = pytest.mark.usefixtures("ledger")

BEFORE = date(2026, 9, 4)
VIEWS = (
    "published_campaign", "published_campaign_case", "published_campaign_adoption",
    "published_campaign_raise", "published_campaign_private", "published_campaign_material",
)  # fmt: skip


def _everything(scene: Scene) -> list[list[tuple[Any, ...]]]:
    """Read all rows of all that the public may read of campaigns, as its own role."""
    found = []
    with connections["public"].cursor() as cursor:
        for view in VIEWS:
            cursor.execute(f"SELECT * FROM {view} ORDER BY 1::text")
            found.append(cursor.fetchall())
    assert scene.campaign.pk in {row[0] for row in found[0]}
    return found


def _pages(scene: Scene) -> list[bytes]:
    address = f"/campaigns/{scene.campaign.reference}/"
    reader = Client()
    answers = [reader.get(each) for each in (address, f"/api/v1{address}", "/campaigns/")]
    assert {each.status_code for each in answers} == {200}
    return [each.content for each in answers]


def _private(scene: Scene, number: int, **how: Any) -> None:
    """Log private raises of the case in private only, of the public one and of the campaign."""
    for at in range(number):
        case = (scene.whispered, scene.shown, None)[at % 3]
        raised(scene, case, channel=Channel.PRIVATE, day=BEFORE, **how)


def _log_of_september(owner_sql: Any) -> None:
    owner_sql("UPDATE campaigns_raise SET recorded_at = '2026-09-20' WHERE channel = 'private'")


def _month_begins(owner_sql: Any, month: str) -> None:
    """Let the first of a month come, as the hourly job does."""
    owner_sql("SELECT campaigns_count_private(%s)", [month])


def _told(scene: Scene) -> tuple[int, str]:
    held = private_at_least(PUBLIC, scene.campaign.pk)
    return (held.at_least, f"{held.until:%Y-%m}") if held else (0, "")


def test_four_private_raises_change_nothing_that_anybody_can_read(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    raised(scene, scene.shown)
    let_it_out(scene)
    before, pages = _everything(scene), _pages(scene)
    _private(scene, 4)
    _log_of_september(owner_sql)
    _month_begins(owner_sql, "2026-10-01")
    assert _everything(scene) == before
    assert _pages(scene) == pages
    assert _told(scene) == (0, "")


def test_looks_of_all_days_of_a_month_show_the_same(owner_sql: Any) -> None:
    """Between two looks raises are logged, taken out, withdrawn, moved: nothing moves."""
    scene = make_scene(owner_sql)
    for country in ("XS", "XF"):
        raised(scene, scene.shown, by_country=country)
    let_it_out(scene)
    _private(scene, 6)
    _log_of_september(owner_sql)
    _month_begins(owner_sql, "2026-10-01")
    assert _told(scene) == (5, "2026-10")
    before, pages = _everything(scene), _pages(scene)
    # The next day: more that were logged before the month began, and the job again and again.
    _private(scene, 7)
    _log_of_september(owner_sql)
    for _ in range(2):
        _month_begins(owner_sql, "2026-10-01")
    assert (_everything(scene), _pages(scene)) == (before, pages)
    # Two were wrong; whoever was raised in private withdraws.
    with acting_as(scene.desk.documenter) as actor:
        wrong = Raise.objects.filter(channel="private", case=scene.shown)[:2]
        for entry in wrong:
            withdraw_raise(entry, actor=actor, at=AT)
        revoke_consent(scene.to_syldavia, actor=actor, at=AT + timedelta(1))
    _month_begins(owner_sql, "2026-10-01")
    assert (_everything(scene), _pages(scene)) == (before, pages)


def test_who_withdraws_lowers_no_number_in_any_month(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    _private(scene, 6)  # two each: of the case in private only, of the public one, of all
    _log_of_september(owner_sql)
    _month_begins(owner_sql, "2026-10-01")
    told = [_told(scene)[0]]
    with acting_as(scene.desk.documenter) as actor:
        revoke_consent(scene.to_syldavia, actor=actor, at=AT + timedelta(1))
    _month_begins(owner_sql, "2026-11-01")
    told.append(_told(scene)[0])
    # Erased, even.
    owner_sql("DELETE FROM campaigns_raise WHERE case_id = %s", [scene.whispered.pk])
    owner_sql("UPDATE campaigns_privatemonth SET until = until - interval '1 month'")
    _month_begins(owner_sql, "2026-11-01")
    assert [*told, _told(scene)[0]] == [5, 5, 5]
    # What was logged wrongly is corrected when the next month begins.
    with acting_as(scene.desk.documenter) as actor:
        for entry in Raise.objects.filter(channel="private")[:2]:
            withdraw_raise(entry, actor=actor, at=AT.replace(month=11, day=2))
    assert _told(scene)[0] == 5
    owner_sql("UPDATE campaigns_privatemonth SET until = until - interval '1 month'")
    owner_sql(
        "UPDATE campaigns_raise SET withdrawn_at = '2026-10-05' WHERE withdrawn_at IS NOT NULL"
    )
    _month_begins(owner_sql, "2026-11-01")
    assert _told(scene) == (0, "")


def test_no_difference_of_two_published_numbers_tells_of_a_private_raise(owner_sql: Any) -> None:
    """One more each month, beside a twin campaign: by no facet, no total, no other view."""
    scene = make_scene(owner_sql)
    raised(scene, scene.shown)
    with acting_as(scene.desk.documenter) as actor:
        twin = begin_campaign(
            scene.desk.organisation, replace(PLAN, reference="twin"), actor=actor, at=AT
        )
    with acting_as(scene.desk.publisher) as actor:
        let_out(twin, actor=actor, at=AT)
    let_it_out(scene)
    before = _everything(scene)
    told = []
    for month in range(1, 12):
        _private(scene, 1)
        _log_of_september(owner_sql)
        owner_sql("UPDATE campaigns_raise SET day = '2025-01-01', recorded_at = '2025-01-01'"
                  " WHERE channel = 'private'")  # fmt: skip
        _month_begins(owner_sql, f"2026-{month:02}-01")
        told.append(_told(scene)[0])
        after = _everything(scene)
        # Everything but the one number in fives is what it was: nothing to subtract it from.
        assert [*after[:4], *after[5:]] == [*before[:4], *before[5:]]
        # A second campaign beside it is told nothing of, and no number is of both.
        assert {row[0] for row in after[4]} <= {scene.campaign.pk}
    assert told == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]
    lines = public_lines(PUBLIC, scene.campaign.pk)
    assert [line.channel for line in lines] == [Channel.PUBLIC]
    answer = Client().get(f"/api/v1/campaigns/{scene.campaign.reference}/").json()
    assert set(answer["figures"]["by_channel"]) == {"public"}
    assert (answer["figures"]["raises"], answer["private_at_least"]) == (1, 10)


def test_private_raise_of_this_month_is_in_no_number_before_the_month_is_over(
    owner_sql: Any,
) -> None:
    scene = make_scene(owner_sql)
    _private(scene, 5)
    owner_sql("UPDATE campaigns_raise SET recorded_at = date_trunc('month', now())")
    assert freeze_private(actor=PUBLIC, at=AT) == 1
    assert _told(scene) == (0, "")
    assert freeze_private(actor=PUBLIC, at=AT) == 0
    with acting_as(scene.desk.documenter):
        for statement in ("SELECT campaigns_count_private('2027-01-01')",
                          "SELECT * FROM campaigns_privatemonth"):  # fmt: skip
            _refused(statement, matching="permission denied")


def test_silent_case_is_in_no_new_number_and_on_no_page(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    _private(scene, 6)
    _log_of_september(owner_sql)
    owner_sql(
        "UPDATE campaigns_campaigncase SET mode = 'silent', mode_grant = NULL WHERE id = %s",
        [scene.whispered.pk],
    )
    _month_begins(owner_sql, "2026-10-01")
    assert _told(scene) == (0, "")
    for page in chain(_pages(scene), map(str, map(tuple, _everything(scene)))):
        text = page.decode() if isinstance(page, bytes) else page
        assert str(scene.silent.pk) not in text
        assert str(scene.whispered.pk) not in text


def _refused(statement: str, *values: Any, matching: str) -> None:
    with (
        pytest.raises(DatabaseError, match=matching),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


APPROVE = "UPDATE {} SET approved_at = now(), approved_by = %s WHERE id = %s"


def test_colleague_with_sql_shows_nobody_alone_and_no_private_raise(owner_sql: Any) -> None:
    scene = make_scene(owner_sql, out=False)
    private = raised(scene, scene.whispered, channel=Channel.PRIVATE)
    case, campaign = "campaigns_campaigncase", "campaigns_campaign"
    with acting_as(scene.desk.documenter) as actor:
        _refused(APPROVE.format(campaign), actor.id, scene.campaign.pk, matching="second person")
        _refused(APPROVE.format(case), actor.id, scene.shown.pk, matching="second person")
        for mode in ("public", "private_only"):
            _refused(
                f"UPDATE {case} SET mode = %s, mode_by = %s, mode_grant = %s WHERE id = %s",
                mode, actor.id, scene.to_public.pk, scene.silent.pk,
                matching="no agreement in force",
            )  # fmt: skip
        _refused(
            f"UPDATE {case} SET mode = 'public', mode_by = %s, mode_grant = gen_random_uuid()"
            " WHERE id = %s",
            actor.id, scene.silent.pk, matching="whoever holds the consent",
        )  # fmt: skip
        _refused(f"UPDATE {case} SET subject = gen_random_uuid()", matching="attached anew")
        _refused("DELETE FROM campaigns_raise", matching="permission denied")
        _refused("UPDATE campaigns_raisestep SET text = 'x'", matching="permission denied")
        _refused("SELECT * FROM campaigns_agreed", matching="permission denied")
        _refused("SELECT campaigns_destroy('{}', '', now())", matching="permission denied")
    with acting_as(scene.desk.publisher) as actor:
        _refused(APPROVE.format(case), scene.desk.steward.pk, scene.shown.pk, matching="own name")
        _refused(
            f"UPDATE {case} SET ask = 'x', approved_at = now(), approved_by = %s WHERE id = %s",
            actor.id, scene.shown.pk, matching="approval away",
        )  # fmt: skip
        _refused(APPROVE.format("campaigns_raise"), actor.id, private.pk, matching="never_public")
        _refused(APPROVE.format(case), actor.id, scene.whispered.pk, matching="two_people_show")
    with acting_as(scene.desk.stranger):
        assert not Raise.objects.exists()
    with connections["public"].cursor() as cursor, pytest.raises(DatabaseError, match="denied"):
        cursor.execute("SELECT * FROM campaigns_raise")


def test_colleague_with_sql_publishes_no_reply_and_undoes_no_withdrawal(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    shown = raised(scene, scene.shown, adopter=scene.adopter)
    gone = raised(scene, scene.shown)
    let_it_out(scene)
    with acting_as(scene.desk.documenter) as actor:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO campaigns_raisestep (id, holder, sharing, raised_id, day, reply, text,"
                " recorded_at, recorded_by) SELECT gen_random_uuid(), r.holder, r.sharing, r.id,"
                " r.day, 'release', '', r.approved_at - interval '1 second', %s"
                " FROM campaigns_raise r WHERE r.id = %s",
                [actor.id, shown.pk],
            )
        _refused(
            "UPDATE campaigns_raise SET let_out_at = '{2020-01-01}' WHERE id = %s", shown.pk,
            matching="approval away",
        )  # fmt: skip
    assert {line.reply for line in public_lines(PUBLIC, scene.campaign.pk)} == {None}
    # It waits, as one recorded by the page does, until somebody else lets it out.
    assert let_it_out(scene, AT + timedelta(1))["raise"] == 1
    assert "release" in {line.reply for line in public_lines(PUBLIC, scene.campaign.pk)}
    with acting_as(scene.desk.publisher) as actor:
        withdraw_campaign(scene.campaign, actor=actor, at=AT)
    with acting_as(scene.desk.documenter) as actor:
        withdraw_raise(gone, actor=actor, at=AT)
        withdraw_adopter(scene.adopter, actor=actor, at=AT)
        for statement in (
            "UPDATE campaigns_campaign SET withdrawn_at = NULL",
            "UPDATE campaigns_raise SET withdrawn_at = NULL",
            "UPDATE campaigns_adoption SET ended_at = NULL",
            "UPDATE campaigns_adopter SET withdrawn_at = NULL",
            "UPDATE campaigns_campaign SET withdrawn_at = 'infinity'",
        ):
            _refused(statement, matching="stays ended")
        _refused("SELECT campaigns_end_sheets(gen_random_uuid(), NULL)", matching="denied")
