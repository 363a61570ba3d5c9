"""A campaign from its beginning to the withdrawal of somebody in it, through real roles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.core.accounts.factories import make_user
from tests.prisoners.campaigns.factories import (
    AT,
    DAY,
    PLAN,
    Scene,
    agreed,
    let_it_out,
    make_scene,
    raised,
    raising,
    replied,
)
from tests.prisoners.registry.casework import person_with_spell
from undaunted.core.access.rules import PUBLIC, Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import object_to_use, revoke_consent
from undaunted.core.consent.rules import Audience, IdentityLevel, Purpose
from undaunted.prisoners.campaigns.actions import (
    adopt_case,
    agree_to_be_named,
    attach_case,
    begin_campaign,
    change_ask,
    change_campaign,
    check_rows,
    end_adoption,
    import_raises,
    let_out,
    record_raise,
    record_step,
    remove_case,
    set_mode,
    withdraw_adopter,
    withdraw_campaign,
    withdraw_raise,
)
from undaunted.prisoners.campaigns.models import CampaignCase, Raise
from undaunted.prisoners.campaigns.queries import (
    adopter_sheet,
    campaign_sheet,
    case_for,
    case_named,
    case_sheet,
    desk_cases,
    desk_lines,
    person_for,
    private_at_least,
    public_lines,
    published_campaign,
    published_cases,
    raises_of,
)
from undaunted.prisoners.campaigns.rules import (
    CampaignRefused,
    CampaignTaken,
    CaseIsSilent,
    Channel,
    Level,
    Mode,
    ModeNotCovered,
    NothingWaits,
    Reply,
    SheetRefused,
)
from undaunted.prisoners.campaigns.rules.rows import SheetRow, TakenIn

pytestmark = pytest.mark.usefixtures("ledger")


def _shown(scene: Scene) -> list[str]:
    return [case.reference for case in published_cases(PUBLIC, scene.campaign.pk)]


def _fresh(scene: Scene, case: CampaignCase) -> CampaignCase:
    with acting_as(scene.desk.documenter) as actor:
        found = case_for(actor, case.pk)
        assert found is not None
        return found


def test_nothing_is_public_before_a_second_person_lets_it_out(owner_sql: Any) -> None:
    scene = make_scene(owner_sql, out=False)
    assert published_campaign(PUBLIC, PLAN.reference) is None
    with acting_as(scene.desk.documenter) as actor, pytest.raises(Forbidden):
        let_out(scene.campaign, actor=actor, at=AT)
    done = let_it_out(scene)
    assert done == {
        "campaign": 1, "case": 1, "adopter": 1, "adoption": 1, "raise": 0, "material": 0,
    }  # fmt: skip
    (case,) = published_cases(PUBLIC, scene.campaign.pk)
    assert (case.name, case.country, case.ask) == ("Олена Корсак", "XR", "Release her.")
    (adoption,) = case.adoptions.all()
    assert (adoption.name, adoption.kind) == ("Ilka Morvan", "parliamentarian")
    assert not hasattr(adoption, "contact")
    with pytest.raises(NothingWaits):
        let_it_out(scene)
    # What changes is public only when it was seen again.
    with acting_as(scene.desk.documenter) as actor:
        change_ask(scene.shown, "Let her see a doctor.", actor=actor, at=AT)
    assert _shown(scene) == []
    assert let_it_out(scene)["case"] == 1
    with acting_as(scene.desk.documenter) as actor:
        change_campaign(scene.campaign, replace(PLAN, name="Stand up"), actor=actor, at=AT)
    assert published_campaign(PUBLIC, PLAN.reference) is None
    let_it_out(scene)
    with acting_as(scene.desk.publisher) as actor:
        withdraw_campaign(scene.campaign, actor=actor, at=AT)
    assert published_campaign(PUBLIC, PLAN.reference) is None
    with acting_as(scene.desk.documenter) as actor, pytest.raises(CampaignRefused, match="begin"):
        change_campaign(scene.campaign, PLAN, actor=actor, at=AT)


def test_whoever_holds_the_consent_says_how_a_case_is_shown(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    desk = scene.desk
    with acting_as(desk.documenter) as actor:
        for case, mode in ((scene.silent, Mode.PUBLIC), (scene.silent, Mode.PRIVATE_ONLY),
                           (scene.whispered, Mode.PUBLIC)):  # fmt: skip
            with pytest.raises(ModeNotCovered, match="record consent to"):
                set_mode(case, mode, actor=actor, at=AT)
    # Covered, but the registry does not publish the case.
    other = person_with_spell(desk)[0]
    agreed(desk, other)
    with acting_as(desk.documenter) as actor:
        made = attach_case(scene.campaign, other.pk, "Release.", actor=actor, at=AT)
        with pytest.raises(ModeNotCovered, match="publish it first"):
            set_mode(made, Mode.PUBLIC, actor=actor, at=AT)
        with pytest.raises(CampaignRefused, match="already"):
            attach_case(scene.campaign, other.pk, "Release.", actor=actor, at=AT)
        with pytest.raises(CampaignRefused, match="at most 300"):
            change_ask(made, "x" * 301, actor=actor, at=AT)
    # The agreement is held elsewhere: only somebody who records there decides.
    both = make_user(owner_sql, {desk.organisation: [Role.STEWARD], desk.other: [Role.STEWARD]})
    third = person_with_spell(desk)[0]
    agreed(desk, third, Purpose.QUIET_DIPLOMACY, Audience.parse("government:XS"), user=both,
           holder=desk.other)  # fmt: skip
    with acting_as(desk.documenter) as actor:
        held = attach_case(scene.campaign, third.pk, "Release.", actor=actor, at=AT)
        with pytest.raises(ModeNotCovered):
            set_mode(held, Mode.PRIVATE_ONLY, actor=actor, at=AT)
    with acting_as(both) as actor:
        held = set_mode(held, Mode.PRIVATE_ONLY, actor=actor, at=AT)
    with acting_as(desk.documenter) as actor, pytest.raises(ModeNotCovered, match="whoever holds"):
        set_mode(held, Mode.SILENT, actor=actor, at=AT)
    with acting_as(both) as actor:
        assert set_mode(held, Mode.SILENT, actor=actor, at=AT).mode == Mode.SILENT
    with acting_as(desk.documenter) as actor:
        assert remove_case(made, actor=actor, at=AT).removed_at == AT
        assert set_mode(scene.silent, Mode.SILENT, actor=actor, at=AT).mode == Mode.SILENT
    with acting_as(desk.stranger) as actor:
        assert case_for(actor, scene.shown.pk) is None
        with pytest.raises(Forbidden):
            remove_case(scene.shown, actor=actor, at=AT)


def test_withdrawn_consent_takes_a_case_out_everywhere_at_once(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    raised(scene, scene.shown, adopter=scene.adopter)
    raised(scene, scene.whispered, channel=Channel.PRIVATE)
    let_it_out(scene)
    (line,) = public_lines(PUBLIC, scene.campaign.pk)
    assert (line.by, line.case) == ("Ilka Morvan", _shown(scene)[0])
    with acting_as(scene.desk.documenter) as actor:
        lines = desk_lines(actor, scene.campaign)
        assert {each.channel for each in lines} == {Channel.PUBLIC, Channel.PRIVATE}
        revoke_consent(scene.to_public, actor=actor, at=AT + timedelta(1))
        revoke_consent(scene.to_syldavia, actor=actor, at=AT + timedelta(1))
    assert (_shown(scene), public_lines(PUBLIC, scene.campaign.pk)) == ([], ())
    for case in (scene.shown, scene.whispered):
        held = _fresh(scene, case)
        assert (held.mode, held.ended_why, held.approved_at) == (Mode.SILENT, "revoked", None)
    with acting_as(scene.desk.documenter) as actor:
        assert desk_lines(actor, scene.campaign) == ()
        assert len(desk_lines(actor, scene.campaign, silent=True)) == 2
        assert case_sheet(actor, _fresh(scene, scene.shown), on=AT.date()) is None


def test_another_agreement_keeps_a_case_where_it_stands(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    subject = type("Party", (), {"pk": scene.shown.subject})()
    by_code = agreed(scene.desk, subject, level=IdentityLevel.CODE)
    with acting_as(scene.desk.documenter) as actor:
        revoke_consent(by_code, actor=actor, at=AT + timedelta(1))
    # A word of their own that was taken back ends those of others, not another of their own.
    assert _fresh(scene, scene.shown).mode == Mode.PUBLIC
    with acting_as(scene.desk.documenter) as actor:
        object_to_use(
            scene.shown.subject, holder=scene.desk.organisation, actor=actor,
            at=AT + timedelta(2), purpose=Purpose.CAMPAIGN,
        )  # fmt: skip
    assert _shown(scene) == []
    assert _fresh(scene, scene.shown).mode == Mode.SILENT


def test_end_of_an_agreement_needs_no_job_to_be_seen(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    assert len(_shown(scene)) == 1
    owner_sql("UPDATE consent_grant SET until = current_date WHERE purpose = 'campaign'")
    assert _shown(scene) == []


def test_erased_person_leaves_nothing_in_a_campaign(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    replied(scene, raised(scene, scene.shown))
    owner_sql(
        "INSERT INTO consent_news (id, kind, subject, at, detail)"
        " VALUES (gen_random_uuid(), 'erased', %s, now(), '{}')",
        [scene.shown.subject],
    )
    with acting_as(scene.desk.documenter), connection.cursor() as cursor:
        cursor.execute("SELECT campaigns_heed(id) FROM consent_news WHERE kind = 'erased'")
        assert not CampaignCase.objects.filter(subject=scene.shown.subject).exists()
        assert not Raise.objects.exists()


def test_silent_case_is_raised_adopted_and_told_of_by_nobody(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.desk.documenter) as actor:
        for channel in Channel:
            with pytest.raises(CaseIsSilent):
                record_raise(
                    scene.campaign, raising(channel), actor=actor, at=AT, case=scene.silent
                )
        with pytest.raises(CaseIsSilent, match="raise it in private"):
            record_raise(
                scene.campaign, raising(Channel.PUBLIC), actor=actor, at=AT, case=scene.whispered
            )
        with pytest.raises(CaseIsSilent):
            adopt_case(scene.silent, scene.adopter, actor=actor, at=AT, on=AT.date())
        assert case_sheet(actor, scene.silent, on=AT.date()) is None
        sheet = case_sheet(actor, scene.whispered, on=AT.date())
        assert sheet is not None
        assert (sheet.names[0].text, sheet.since, sheet.mode) == (
            "Олена Корсак", "2024-03", Mode.PRIVATE_ONLY,
        )  # fmt: skip
        shown = case_sheet(actor, scene.shown, on=AT.date())
        assert shown is not None
        assert (shown.reference, shown.names[0].text) == (_shown(scene)[0], "Олена Корсак")
        campaign = campaign_sheet(actor, scene.campaign)
        assert campaign.invented
        assert campaign.occasion is not None
        assert campaign.occasion.code == "3-december"
        assert "ilka@" not in str(adopter_sheet(actor, scene.adopter))
        named = {case.name for case in desk_cases(actor, scene.campaign)}
        assert named == {"Олена Корсак"}
        assert person_for(actor, shown.reference) == scene.shown.subject
        assert person_for(actor, str(scene.silent.subject)) == scene.silent.subject
        assert person_for(actor, "Олена Корсак") is None  # three people have that name
        assert case_named(actor, scene.campaign, "XR-NOBODY") is None


def test_reply_is_shown_when_a_second_person_let_it_out(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    first = raised(scene, scene.shown)
    assert let_it_out(scene)["raise"] == 1
    replied(scene, first, at=AT + timedelta(1))
    (line,) = public_lines(PUBLIC, scene.campaign.pk)
    assert (line.reply, line.by) == (None, "")  # whoever raised it is no adopter who agreed
    # Whoever told of a reply lets nothing of it out, whatever roles they have.
    alone = make_user(owner_sql, {scene.desk.organisation: [Role.DOCUMENTER, Role.PUBLISHER]})
    with acting_as(alone) as actor:
        at, on = AT + timedelta(1), date(2026, 11, 11)
        record_step(first, actor=actor, at=at, on=on, reply=Reply.DENIAL)
        with pytest.raises(NothingWaits):
            let_out(scene.campaign, actor=actor, at=AT + timedelta(1))
    let_it_out(scene, AT + timedelta(2))
    (line,) = public_lines(PUBLIC, scene.campaign.pk)
    assert (line.reply, line.reply_day) == (Reply.VISIT, date(2026, 11, 12))
    with acting_as(scene.desk.documenter) as actor:
        for wrong in ({"on": date(2026, 11, 9), "reply": Reply.NONE}, {"on": DAY}):
            with pytest.raises(CampaignRefused):
                record_step(first, actor=actor, at=AT, **wrong)
        with pytest.raises(CampaignRefused, match="lies ahead"):
            record_raise(scene.campaign, raising(day=DAY), actor=actor, at=AT)
        with pytest.raises(CampaignRefused, match="ISO 3166"):
            record_raise(scene.campaign, raising(by_country="??"), actor=actor, at=AT)
        withdraw_raise(first, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            withdraw_raise(first, actor=actor, at=AT)
    assert public_lines(PUBLIC, scene.campaign.pk) == ()


def test_adopter_who_takes_it_back_is_named_nowhere_and_their_contact_goes(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    raised(scene, scene.shown, adopter=scene.adopter)
    let_it_out(scene)
    with acting_as(scene.desk.documenter) as actor:
        with pytest.raises(CampaignRefused, match="already"):
            adopt_case(scene.shown, scene.adopter, actor=actor, at=AT, on=AT.date())
        with pytest.raises(CampaignRefused, match="how they agreed"):
            agree_to_be_named(scene.adopter, actor=actor, at=AT, on=date(2026, 11, 3), how=" ")
        agree_to_be_named(scene.adopter, actor=actor, at=AT, on=None, how="")
    (case,) = published_cases(PUBLIC, scene.campaign.pk)
    assert list(case.adoptions.all()) == []
    assert public_lines(PUBLIC, scene.campaign.pk)[0].by == ""
    with acting_as(scene.desk.documenter) as actor:
        (held,) = (each for each in desk_cases(actor, scene.campaign) if each.adopters)
        end_adoption(held.adopters[0], actor=actor, at=AT)
        with pytest.raises(CampaignRefused, match="ended"):
            end_adoption(held.adopters[0], actor=actor, at=AT)
        assert withdraw_adopter(scene.adopter, actor=actor, at=AT).contact == ""


def test_campaign_is_begun_strictly(owner_sql: Any) -> None:
    scene = make_scene(owner_sql, out=False)
    with acting_as(scene.desk.documenter) as actor:
        for plan, told in (
            (replace(PLAN, reference="other", day=date(2026, 12, 4)), "3-december is 2026-12-03"),
            (replace(PLAN, reference="other", languages=("tlh",)), "'tlh' is none of"),
            (replace(PLAN, reference="other", name=" "), "what the campaign is called"),
            (PLAN, "taken"),
        ):
            with pytest.raises(CampaignRefused, match=told):
                begin_campaign(scene.desk.organisation, plan, actor=actor, at=AT)
        with pytest.raises(CampaignTaken):
            begin_campaign(scene.desk.organisation, PLAN, actor=actor, at=AT)


def test_sheet_is_taken_in_whole_or_not_at_all(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    row = SheetRow(
        2, date(2026, 11, 4), Channel.PRIVATE, Level.MINISTER, "Ministry", "XR", "Embassy", "XS",
        case=_shown(scene)[0], reply=Reply.DENIAL, note="wrote again",
    )  # fmt: skip
    whole = replace(row, line=3, case="", reply=None, note="")
    with acting_as(scene.desk.documenter) as actor:
        bad = [
            replace(row, line=4, case="XR-NOBODY"),
            replace(row, line=5, day=DAY),
            replace(row, line=6, reply_day=date(2026, 11, 1)),
        ]
        check = check_rows(scene.campaign, [row, whole, *bad], actor=actor, at=AT)
        assert check.cases == {2: scene.shown.pk, 3: None}
        assert [(each.line, each.field) for each in check.problems] == [
            (4, "case"),
            (5, "day"),
            (6, "reply_day"),
        ]
        with pytest.raises(SheetRefused, match=r"Line 4, case.*3 rows"):
            import_raises(scene.campaign, [row, *bad], actor=actor, at=AT)
        assert not raises_of(actor, scene.campaign).exists()
        assert import_raises(scene.campaign, [row, whole], actor=actor, at=AT) == TakenIn(2, ())
        first, second = desk_lines(actor, scene.campaign)
        assert {first.reply, second.reply} == {Reply.DENIAL, None}
        assert [each.text for line in (first, second) for each in line.follow_ups] == [
            "wrote again"
        ]
    assert private_at_least(PUBLIC, scene.campaign.pk) is None
