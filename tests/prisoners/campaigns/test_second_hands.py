"""What was changed, written or agreed goes back to a second person, and old words go nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.core.accounts.factories import make_user, signed_in_client
from tests.prisoners.campaigns.factories import (
    AT,
    PLAN,
    Scene,
    agreed,
    let_it_out,
    make_scene,
    raised,
    raising,
)
from undaunted.core.access.rules import PUBLIC, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.rules import Audience, IdentityLevel, Purpose
from undaunted.prisoners.campaigns.actions import (
    Standing,
    adopt_case,
    agree_to_be_named,
    begin_campaign,
    change_ask,
    change_campaign,
    let_out,
    make_material,
    record_adopter,
    record_raise,
    remove_case,
    rewrite_material,
    set_mode,
    withdraw_adopter,
)
from undaunted.prisoners.campaigns.models import Adopter, Campaign, CampaignCase, Material
from undaunted.prisoners.campaigns.queries import (
    case_for,
    desk_cases,
    material_for,
    public_lines,
    published_campaign,
    published_cases,
    published_materials,
    waiting_in,
)
from undaunted.prisoners.campaigns.rules import (
    AdopterKind,
    CampaignRefused,
    Channel,
    MaterialKind,
    Mode,
    NothingWaits,
    RaiserNotAgreed,
    occasions,
)

pytestmark = pytest.mark.usefixtures("ledger")

QUESTION = MaterialKind.PARLIAMENTARY_QUESTION
LATER = AT + timedelta(1)


def _refused(statement: str, *values: Any, matching: str) -> None:
    with (
        pytest.raises(DatabaseError, match=matching),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def _written(scene: Scene, *, by: Adopter | None = None, at: datetime = AT) -> list[Material]:
    with acting_as(scene.desk.documenter) as actor:
        case = case_for(actor, scene.shown.pk)
        assert case is not None
        if by is not None:
            by.refresh_from_db()
        return make_material(case, QUESTION, actor=actor, at=at, language="en", adopter=by)


def _handed_out(scene: Scene) -> set[str]:
    return {file.sha256 for file in published_materials(PUBLIC, scene.campaign.pk)}


def test_whoever_changed_it_lets_nothing_of_it_out_alone(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    both = [Role.DOCUMENTER, Role.PUBLISHER]
    alone = make_user(owner_sql, {scene.desk.organisation: both})
    with acting_as(alone) as actor:
        change_campaign(scene.campaign, replace(PLAN, name="Mine"), actor=actor, at=AT)
        change_ask(scene.shown, "My words.", actor=actor, at=AT)
        agree_to_be_named(scene.adopter, actor=actor, at=AT, on=date(2026, 11, 3), how="mine")
        waiting = waiting_in(actor, scene.campaign)
        assert {name: found for name, found in waiting.items() if found} == {}
        with pytest.raises(NothingWaits):
            let_out(scene.campaign, actor=actor, at=AT)
        approve = "UPDATE {} SET approved_at = now(), approved_by = %s{} WHERE id = %s"
        for table, row in (("campaign", scene.campaign), ("campaigncase", scene.shown),
                           ("adopter", scene.adopter)):  # fmt: skip
            for more in ("", ", changed_by = '{}'"):
                statement = approve.format(f"campaigns_{table}", more)
                _refused(statement, actor.id, row.pk, matching="second person")
    # What somebody else adds afterwards does not hide who changed it before.
    with acting_as(scene.desk.steward) as actor:
        change_ask(scene.shown, "My words, and one more.", actor=actor, at=AT)
    with acting_as(alone) as actor, pytest.raises(NothingWaits):
        let_out(scene.campaign, actor=actor, at=AT)
    assert published_campaign(PUBLIC, PLAN.reference) is None
    done = let_it_out(scene)
    assert (done["campaign"], done["case"], done["adopter"]) == (1, 1, 1)
    with acting_as(alone) as actor:
        hands = [set(model.objects.get(pk=row.pk).changed_by) for model, row in (
            (Campaign, scene.campaign), (CampaignCase, scene.shown), (Adopter, scene.adopter),
        )]  # fmt: skip
    assert hands == [{alone.pk}, {alone.pk, scene.desk.steward.pk}, {alone.pk}]


def test_old_words_are_marked_handed_to_nobody_and_written_anew(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    first = _written(scene)
    assert let_it_out(scene)["material"] == 2
    assert _handed_out(scene) == {file.sha256 for file in first}
    with acting_as(scene.desk.documenter) as actor:
        change_ask(scene.shown, "A doctor, today.", actor=actor, at=LATER)
    assert let_it_out(scene, LATER) == {
        "campaign": 0, "case": 1, "adopter": 0, "adoption": 0, "raise": 0, "material": 0,
    }  # fmt: skip
    assert _handed_out(scene) == set()
    client = signed_in_client(scene.desk.documenter)
    address = f"/desk/campaigns/files/{first[0].pk}/"
    answer = client.get(address)
    assert (answer.status_code, "words of this file are old" in answer.content.decode()) == (
        409, True,
    )  # fmt: skip
    assert Client().get(f"/campaigns/{PLAN.reference}/files/{first[0].pk}/").status_code == 404
    page = client.get(f"/desk/campaigns/cases/{scene.shown.pk}/").content.decode()
    assert page.count("Old words") == 2
    with acting_as(scene.desk.publisher) as actor:
        table = "UPDATE campaigns_material SET"
        old = first[0].pk
        _refused(f"{table} stale_at = NULL WHERE id = %s", old, matching="written anew")
        _refused(f"{table} approved_at = now(), approved_by = %s WHERE id = %s", actor.id, old,
                 matching="words are old")  # fmt: skip
    assert client.post(f"{address}rewrite/").status_code == 302
    with acting_as(scene.desk.documenter) as actor:
        rows = list(Material.objects.filter(campaign=scene.campaign))
        assert {row.withdrawn_why for row in rows if row.pk in {f.pk for f in first}} == {
            "rewritten"
        }
        fresh = [row for row in rows if row.withdrawn_at is None]
        assert len(fresh) == 2
        assert any(b"A doctor, today." in bytes(row.content or b"") for row in fresh)
        gone = material_for(actor, old)
        assert gone is not None
        with pytest.raises(CampaignRefused, match="destroyed"):
            rewrite_material(gone, actor=actor, at=LATER)
    assert _handed_out(scene) == set()
    assert let_it_out(scene, LATER)["material"] == 2
    assert _handed_out(scene) == {row.sha256 for row in fresh}
    # The campaign's own name stands in every file.
    with acting_as(scene.desk.documenter) as actor:
        change_campaign(scene.campaign, replace(PLAN, name="Other"), actor=actor, at=LATER)
    let_it_out(scene, LATER)
    assert _handed_out(scene) == set()


def test_withdrawal_reaches_files_adopters_and_the_map(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    by_code = agreed(scene.desk, _party(scene.shown), level=IdentityLevel.CODE)
    _written(scene)
    _written(scene, by=scene.adopter)
    raised(scene, scene.shown, adopter=scene.adopter)
    let_it_out(scene)
    assert len(_handed_out(scene)) == 4
    # Only the word for the name is taken back: the case stays by its reference, files with it go.
    with acting_as(scene.desk.documenter) as actor:
        revoke_consent(scene.to_public, actor=actor, at=LATER)
    (case,) = published_cases(PUBLIC, scene.campaign.pk)
    assert case.name == ""
    assert _handed_out(scene) == set()
    with acting_as(scene.desk.documenter):
        assert not Material.objects.filter(content__isnull=False).exists()
    _written(scene, at=LATER)
    signed = _written(scene, by=scene.adopter, at=LATER)
    let_it_out(scene, LATER)
    assert len(_handed_out(scene)) == 4
    # The adopter takes the name back: what names them goes, the rest stays.
    with acting_as(scene.desk.documenter) as actor:
        agree_to_be_named(scene.adopter, actor=actor, at=LATER, on=None, how="")
    assert len(_handed_out(scene)) == 2
    assert _handed_out(scene).isdisjoint(file.sha256 for file in signed)
    address = f"/campaigns/{PLAN.reference}/"
    assert Client().get(f"{address}files/{signed[0].pk}/").status_code == 410
    with acting_as(scene.desk.documenter) as actor:
        revoke_consent(by_code, actor=actor, at=LATER)
        assert [case.adopters for case in desk_cases(actor, scene.campaign)] == [()] * 3
    assert (_handed_out(scene), public_lines(PUBLIC, scene.campaign.pk)) == (set(), ())
    told = Client().get(f"/api/v1{address}").json()
    assert (told["cases"], told["figures"]["by_country"], told["files"]) == ([], {}, [])


def test_in_private_only_those_are_told_whom_the_person_named(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    freedonia = Standing("Oriane Delcourt", AdopterKind.MINISTER, "XF")
    office = Standing("OHCHR", AdopterKind.ORGANISATION, "XF")
    private = raising(Channel.PRIVATE)
    with acting_as(scene.desk.documenter) as actor:
        foreign, body = (
            record_adopter(scene.desk.organisation, who, actor=actor, at=AT)
            for who in (freedonia, office)
        )
        asked: dict[str, Any] = {"actor": actor, "at": AT, "case": scene.whispered}
        with pytest.raises(RaiserNotAgreed, match="agreed to government:XS, not to Ilka Morvan"):
            record_raise(scene.campaign, replace(private, by_country="XF"), **asked)
        with pytest.raises(RaiserNotAgreed):
            record_raise(scene.campaign, private, **asked, adopter=body)
        for adopter in (foreign, body):
            with pytest.raises(RaiserNotAgreed, match="adopter: the case is raised in private"):
                adopt_case(scene.whispered, adopter, actor=actor, at=AT, on=AT.date())
        held = record_raise(scene.campaign, private, **asked, adopter=scene.adopter)
        adopt_case(scene.whispered, scene.adopter, actor=actor, at=AT, on=AT.date())
        # The database asks again.
        told = "UPDATE campaigns_raise SET by_country = 'XF' WHERE id = %s"
        _refused(told, held.pk, matching="did not agree")
        moved = "UPDATE campaigns_adoption SET adopter_id = %s WHERE case_id = %s"
        _refused(moved, foreign.pk, scene.whispered.pk, matching="did not agree")
        _refused("SELECT campaigns_may_tell(%s, '', '{}')", scene.shown.pk,
                 matching="permission denied")  # fmt: skip
    to_office = agreed(scene.desk, _party(scene.whispered), Purpose.QUIET_DIPLOMACY,
                       Audience.parse("body:ohchr"))  # fmt: skip
    with acting_as(scene.desk.documenter) as actor:
        adopt_case(scene.whispered, body, actor=actor, at=AT, on=AT.date())
        revoke_consent(to_office, actor=actor, at=LATER)
        (still,) = (c for c in desk_cases(actor, scene.campaign) if c.row.mode == "private_only")
        assert [each.adopter.name for each in still.adopters] == ["Ilka Morvan"]
        # A public case that was adopted by anybody becomes private only for those it may tell.
        adopt_case(scene.shown, foreign, actor=actor, at=AT, on=AT.date())
    agreed(scene.desk, _party(scene.shown), Purpose.QUIET_DIPLOMACY,
           Audience.parse("government:XS"))  # fmt: skip
    with acting_as(scene.desk.documenter) as actor:
        with pytest.raises(RaiserNotAgreed, match="Oriane Delcourt has adopted it"):
            set_mode(scene.shown, Mode.PRIVATE_ONLY, actor=actor, at=AT)
        withdraw_adopter(foreign, actor=actor, at=AT)
        assert set_mode(scene.shown, Mode.PRIVATE_ONLY, actor=actor, at=AT).mode == "private_only"


def test_no_day_lies_ahead_and_both_shipped_days_begin_a_campaign(owner_sql: Any) -> None:
    scene = make_scene(owner_sql, out=False)
    with acting_as(scene.desk.documenter) as actor:
        with pytest.raises(CampaignRefused, match="adopted_on: it lies ahead"):
            adopt_case(scene.shown, scene.adopter, actor=actor, at=AT, on=LATER.date())
        with pytest.raises(CampaignRefused, match="day: it lies ahead"):
            record_raise(scene.campaign, raising(day=LATER.date()), actor=actor, at=AT)
        for code, each in occasions().items():
            plan = replace(PLAN, reference=f"of-{code}", occasion=code, day=each.in_year(2027))
            made = begin_campaign(scene.desk.organisation, plan, actor=actor, at=AT)
            assert (made.day.month, made.day.day) == (each.month, each.day)
        with pytest.raises(CampaignRefused, match="occasion: 'easter' is not in the pack"):
            change_campaign(scene.campaign, replace(PLAN, occasion="easter"), actor=actor, at=AT)
        remove_case(scene.silent, actor=actor, at=AT)
    with acting_as(scene.desk.publisher) as actor:
        for code in occasions():
            held = Campaign.objects.get(reference=f"of-{code}")
            assert let_out(held, actor=actor, at=AT)["campaign"] == 1
    october = occasions()["30-october"].sheet
    page = Client().get("/campaigns/of-30-october/").content.decode()
    assert all(source.title in page for source in october.sources)
    assert october.doubt[:60] in page


def _party(case: CampaignCase) -> Any:
    return type("Party", (), {"pk": case.subject})()
