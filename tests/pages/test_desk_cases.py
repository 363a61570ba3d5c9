"""A case at the desk: matched, recorded, assessed, recognised and published, each by who may."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.core.accounts.factories import make_user
from tests.pages.desk_scene import Desk, open_desk
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.models import Judgement
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.consent.models import Grant
from undaunted.core.events.models import Act
from undaunted.core.evidence.models import Source
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.prisoners.registry.forms.records import SpellForm
from undaunted.prisoners.registry.models import Publication, Recognition, StatusProposal

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from undaunted.core.access.rules import Actor

pytestmark = pytest.mark.usefixtures("ledger")

SOURCE = {
    "source-kind": "court_paper",
    "source-publisher": "Court of XR",
    "source-reliability": "A",
    "source-credibility": "1",
}


@pytest.fixture
def desk(owner_sql: Any, settings: Settings, tmp_path: Path) -> Desk:
    settings.DOCUMENTS_FOLDER = settings.CHART_CACHE = settings.DOWNLOADS_FOLDER = tmp_path
    return open_desk(owner_sql)


@pytest.fixture
def client(desk: Desk) -> Client:
    return desk.client(desk.first)


def _person(desk: Desk, actor: Actor, name: str = "Arna Velisk") -> str:
    party = record_person(
        desk.organisation,
        [(name, "full", "en")],
        actor=actor,
        at=timezone.now(),
        birth=PartialDate.parse("1980-02-03"),
        country="XR",
    )
    return f"/desk/cases/{party.pk}/"


@pytest.fixture
def case(desk: Desk) -> str:
    with acting_as(desk.first) as actor:
        return _person(desk, actor)


def _spell(client: Client, case: str, **changed: str) -> str:
    values = {"type": "imprisonment", "start": "2021-08", "country": "XR", "tier": "B"}
    answer = client.post(f"{case}spells/new/", values | changed | SOURCE)
    assert answer.status_code == 302, answer.context["form"].errors
    return case


def _claim(desk: Desk) -> str:
    with acting_as(desk.first):
        return str(Act.objects.get(recorded_to=None, category="deprivation_of_liberty").claim)


def _consent(client: Client, case: str) -> None:
    values = {
        "purpose": "registry",
        "audience": "public",
        "level": "name",
        "field_groups": ["identity", "biography", "detention"],
        "basis": "self",
        "how": "signed form",
        "given_on": str(timezone.now().date()),
        "until": str(timezone.now().date() + timedelta(days=365)),
    }
    answer = client.post(f"{case}consent/new/", values)
    assert answer.status_code == 302, answer.context["form"].errors


def _assess(client: Client, case: str) -> None:
    page = client.get(f"{case}assess/cpj-census/")
    names = [field.name for row in page.context["form"].rows() for field in row]
    met = {name: "met" for name in names if name.startswith("value-")}
    why = {name: "Seen." for name in names if name.startswith("reasons-")}
    assert client.post(f"{case}assess/cpj-census/", met | why).status_code == 302


def test_the_landing_page_shows_what_waits(client: Client) -> None:
    page = client.get("/desk/").content.decode()
    assert "What waits" in page
    assert "Watch of XR" in page
    assert 'href="/desk/cases/"' in page


def test_a_spell_is_recorded_with_its_source_and_drawn(client: Client, case: str) -> None:
    page = client.get(_spell(client, case)).content.decode()
    assert "Court of XR" in page
    assert "<svg" in page
    assert "style=" not in page


def test_a_spell_without_a_source_is_not_recorded(client: Client, case: str) -> None:
    values = {"type": "imprisonment", "start": "2021-08", "country": "XR", "tier": "B"}
    assert client.post(f"{case}spells/new/", values).status_code == 200


def test_a_date_that_is_none_is_told(client: Client, case: str) -> None:
    values = {"type": "imprisonment", "start": "31.02.2020", "country": "XR", "tier": "B"}
    page = client.post(f"{case}spells/new/", values | SOURCE).content.decode()
    assert "31.02.2020 is no date" in page


def test_a_correction_keeps_what_was_said_before(client: Client, case: str, desk: Desk) -> None:
    _spell(client, case)
    values = {"type": "imprisonment", "start": "2021-09-01", "country": "XR", "tier": "B"}
    answer = client.post(f"{case}spells/{_claim(desk)}/correct/", values)
    assert answer.status_code == 302
    with acting_as(desk.first):
        told = Act.objects.order_by("recorded_from").values_list("start", flat=True)
        assert list(told) == ["2021-08", "2021-09-01"]


def test_a_tier_that_the_sources_do_not_carry_is_refused_beside_its_field(
    client: Client, case: str, desk: Desk
) -> None:
    values = {"type": "imprisonment", "start": "2021-08", "country": "XR", "tier": "A"}
    refused = client.post(f"{case}spells/new/", values | SOURCE)
    assert "two independent sources" in refused.context["form"].errors["tier"][0]
    with acting_as(desk.first):
        assert not Act.objects.exists()
        assert not Source.objects.exists()
    place = f"{_spell(client, case)}spells/{_claim(desk)}/correct/"
    assert list(client.post(place, values).context["form"].errors) == ["tier"]
    sister = {"source-kind": "family", "source-publisher": "Sister", "part": ""}
    client.post(f"{case}claims/{_claim(desk)}/sources/new/", SOURCE | sister)
    assert client.post(place, values).status_code == 302


def test_days_that_cannot_be_true_are_refused_beside_their_field(
    client: Client, case: str, desk: Desk
) -> None:
    values = {"type": "imprisonment", "start": "2999", "country": "XR", "tier": "C"}
    refused = client.post(f"{case}spells/new/", values | SOURCE)
    assert refused.context["form"].errors == {"start": ["This day has not come yet."]}
    place = f"{_spell(client, case)}spells/{_claim(desk)}/"
    for step, said in (("release", "2020"), ("confirm", "2999-01-01")):
        given = {"on": said, "release_type": "pardon_amnesty"}
        refused = client.post(f"{place}{step}/", given | SOURCE)
        assert list(refused.context["form"].errors) == ["on"]


def test_a_release_ends_the_spell(client: Client, case: str, desk: Desk) -> None:
    _spell(client, case)
    values = {"release_type": "pardon_amnesty", "on": "2023-01-15"}
    client.post(f"{case}spells/{_claim(desk)}/release/", values | SOURCE)
    page = client.get(case).content.decode()
    assert "Pardon or amnesty" in page


def test_a_confirmation_is_kept_with_its_day(client: Client, case: str, desk: Desk) -> None:
    _spell(client, case)
    client.post(f"{case}spells/{_claim(desk)}/confirm/", {"on": "2022-05-06"} | SOURCE)
    with acting_as(desk.first):
        assert Act.objects.get(recorded_to=None).confirmed == [date(2022, 5, 6)]


def test_consent_is_given_and_revoked(client: Client, case: str, desk: Desk) -> None:
    _consent(client, case)
    with acting_as(desk.first):
        grant = Grant.objects.get()
    client.post(f"{case}consent/{grant.pk}/revoke/")
    assert "Revoked" in client.get(case).content.decode()


def test_family_and_contact_are_never_agreed_to_be_public(client: Client, case: str) -> None:
    values = {"purpose": "registry", "audience": "public", "level": "name"}
    values |= {"field_groups": "contact", "basis": "self", "how": "call"}
    values |= {"given_on": "2026-01-01", "until": "2027-01-01"}
    page = client.post(f"{case}consent/new/", values).content.decode()
    assert "never public" in page


def test_the_outcome_of_an_assessment_is_shown_with_its_steps(client: Client, case: str) -> None:
    _assess(client, case)
    page = client.get(case).content.decode()
    assert "How this was computed" in page


def test_recognition_takes_two_people(client: Client, case: str, desk: Desk) -> None:
    _assess(client, case)
    values = {"status": "recognised", "reason": "Held for the work."}
    answer = client.post(f"{case}status/cpj-census/", values)
    assert answer.status_code == 302, answer.context["form"].errors
    with acting_as(desk.first):
        proposal = StatusProposal.objects.get(answer="")
    decision = f"{case}status/{proposal.pk}/decide/"
    assert client.post(decision, {"answer": "accepted"}).status_code == 404
    second = desk.client(desk.second)
    assert "Arna Velisk" in second.get("/desk/recognition/").content.decode()
    second.post(decision, {"answer": "accepted"})
    with acting_as(desk.first):
        assert Recognition.objects.get(recorded_to=None).status == "recognised"


def test_a_status_without_an_assessment_is_refused_with_the_reason(
    client: Client, case: str
) -> None:
    values = {"status": "recognised", "reason": "Because."}
    page = client.post(f"{case}status/cpj-census/", values).content.decode()
    assert "does not decide yet" in page


def test_publication_needs_consent_and_two_people(client: Client, case: str, desk: Desk) -> None:
    page = client.post(f"{case}publication/", {}).content.decode()
    assert "Record consent first" in page
    _spell(client, case)
    _consent(client, case)
    assert client.post(f"{case}publication/", {}).status_code == 302
    assert client.post(f"{case}publication/publish/").status_code == 404
    second = desk.client(desk.second)
    assert "Arna Velisk" in second.get("/desk/publication/").content.decode()
    second.post(f"{case}publication/publish/")
    with acting_as(desk.first):
        assert Publication.objects.get().state == "published"
    assert second.get(f"{case}publication/take-down/").status_code == 200
    second.post(f"{case}publication/take-down/", {"reason": "risk"})
    assert "Showing it puts somebody at risk" in second.get(case).content.decode()
    assert "Taken down." in client.get(case).content.decode()


def test_an_embargo_is_shown(client: Client, case: str) -> None:
    _consent(client, case)
    client.post(f"{case}publication/", {"embargo_until": "2031-05-06T10:00"})
    assert "Under embargo until" in client.get(case).content.decode()


def test_cases_are_found_by_name_in_any_script(client: Client, desk: Desk) -> None:
    with acting_as(desk.first) as actor:
        _person(desk, actor, "Навальный Ирген")
    assert "Ирген" in client.get("/desk/cases/", {"q": "irgen"}).content.decode()
    assert "No case found" in client.get("/desk/cases/", {"q": "zzz"}).content.decode()


def test_a_pair_is_judged_and_the_verdict_undone(
    client: Client, case: str, desk: Desk, owner_sql: Any
) -> None:
    with acting_as(desk.first) as actor:
        other = _person(desk, actor)
    left, right = (place.strip("/").rpartition("/")[2] for place in (case, other))
    place = f"/desk/matches/{left}/{right}/"
    asked = client.get(place).content.decode()
    assert "Is this one person?" in asked
    assert "one person is" in asked
    assert "These two were not compared among other records" in asked
    client.post(place, {"verdict": "same"})
    assert "2 records were judged" in client.get(case).content.decode()
    with acting_as(desk.first):
        judgement = Judgement.objects.get()
    assert "One person" in client.get("/desk/matches/").content.decode()
    undo = f"/desk/matches/{left}/undo/{judgement.pk}/"
    assert undo in client.get(case).content.decode()
    assert undo in client.get("/desk/matches/").content.decode()
    reader = desk.client(make_user(owner_sql, {desk.organisation: [Role.READER]}))
    for page in (place, "/desk/matches/"):
        shown = reader.get(page).content.decode()
        assert ("Arna Velisk" in shown, undo in shown, "/undo/" in shown) == (True, False, False)
        assert 'name="verdict"' not in shown
    client.post(f"/desk/matches/{left}/undo/{judgement.pk}/")
    assert "2 records were judged" not in client.get(case).content.decode()


def test_a_stranger_finds_nothing(case: str, desk: Desk) -> None:
    stranger = desk.client(desk.stranger)
    assert stranger.get(case).status_code == 404
    assert stranger.get(f"{case}spells/new/").status_code == 404
    assert "Arna" not in stranger.get("/desk/cases/").content.decode()


def test_the_case_tells_its_history(client: Client, case: str) -> None:
    _spell(client, case)
    page = client.get(case).content.decode()
    assert "A spell was recorded" in page
    assert "A source was attached" in page


def test_a_spell_whose_kind_nobody_knows_closer_can_be_corrected() -> None:
    page = str(SpellForm()["type"])
    offered = re.findall(r'value="([a-z_]+)"', page)
    assert offered[-1] == "deprivation_of_liberty"
    assert "imprisonment" in offered
