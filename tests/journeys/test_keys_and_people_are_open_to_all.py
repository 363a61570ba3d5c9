"""Keys, teams, ceremonies, people and consent in front of axe, in both directions of writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.core.accounts.factories import make_user
from tests.core.vault.factories import PASSPHRASE, make_colleague
from tests.core.vault.test_ceremony_pages import Ceremony
from tests.journeys.axe import at_work, faults, grave
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as, propose_role
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.vault.actions import propose_member

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = "/desk/vault/"
LANGUAGES = pytest.mark.parametrize("language", ["", "/ar"])


@pytest.fixture
def scene(ledger: object, owner_sql: Any) -> Ceremony:
    assert ledger
    return Ceremony(owner_sql)


def _open_key(page: Page, site: str, language: str = "") -> None:
    page.goto(f"{site}{language}{HERE}")
    page.fill("[name=passphrase]", PASSPHRASE)
    page.click(".work button[type=submit]")


def _begin(scene: Ceremony) -> None:
    answer = scene.clerk.post(f"{HERE}ceremony/begin/", scene.named(), secure=True)
    assert answer.status_code == 302


@LANGUAGES
def test_a_ceremony_shuts_nobody_out(
    scene: Ceremony, site: str, browser: Browser, owner_sql: Any, language: str
) -> None:
    clerk = make_user(owner_sql, {scene.office.holder: [Role.ADMINISTRATOR]})
    page = at_work(browser, site, clerk)
    vault = f"{language}{HERE}"
    known = ["", "ceremony/", "ceremony/begin/", "ceremony/check/", "lost/", "lost/give-up/"]
    assert list(faults(page, site, [vault + each for each in known])) == []
    page.goto(f"{site}{vault}ceremony/begin/")
    page.locator(".work form button[type=submit]").last.click()
    assert list(grave(page)) == [], "the form came back with its problems"
    _begin(scene)
    assert list(faults(page, site, [f"{vault}ceremony/"])) == []
    holder = at_work(browser, site, scene.holders[0].user)
    assert list(faults(holder, site, [vault])) == []
    _open_key(holder, site, language)
    assert list(faults(holder, site, [f"{vault}ceremony/share/"])) == []
    holder.locator(".work form button[type=submit]").first.click()
    assert holder.locator("li code").count() == 33
    assert list(grave(holder)) == []


@LANGUAGES
def test_a_lost_key_and_a_rehearsal_shut_nobody_out(
    scene: Ceremony, site: str, browser: Browser, language: str
) -> None:
    _begin(scene)
    for desk in scene.desks:
        scene.taken(desk)
    page = at_work(browser, site, scene.office.caseworker.user)
    _open_key(page, site)
    vault = f"{language}{HERE}"
    known = ["", "passphrase/", "rotate/", "ceremony/", "ceremony/check/", "ceremony/rehearse/"]
    known += ["lost/", "lost/give-up/"]
    assert list(faults(page, site, [vault + each for each in known])) == []


@LANGUAGES
def test_teams_shut_nobody_out(
    scene: Ceremony, site: str, browser: Browser, owner_sql: Any, language: str
) -> None:
    office, at = scene.office, timezone.now()
    newcomer = make_colleague(owner_sql, {office.holder: [Role.DOCUMENTER]})
    make_user(owner_sql, {office.holder: [Role.DOCUMENTER]})
    second = make_user(owner_sql, {office.holder: [Role.STEWARD]})
    with acting_as(office.steward.user, kind="terminal") as actor:
        propose_member(office.team, newcomer.user.pk, actor=actor, at=at)
    teams = f"{language}{HERE}teams/"
    for who in (office.steward.user, office.caseworker.user, second):
        page = at_work(browser, site, who)
        assert list(faults(page, site, [teams, f"{teams}{office.team}/"])) == []
    page.locator("form[action$='/approve/'] button").click()
    assert list(grave(page)) == []
    page = at_work(browser, site, office.steward.user)
    assert list(faults(page, site, [teams, f"{teams}{office.team}/"])) == []
    assert page.locator("form[action$='/take-in/'] button").count() == 1


@LANGUAGES
def test_people_and_consent_shut_nobody_out(
    scene: Ceremony, site: str, browser: Browser, owner_sql: Any, language: str
) -> None:
    place = scene.office.holder
    clerk = make_user(owner_sql, {place: [Role.ADMINISTRATOR, Role.STEWARD]})
    other = make_user(owner_sql, {place: [Role.ADMINISTRATOR]})
    with acting_as(other, kind="terminal") as actor:
        held = organisations_for(actor).get(pk=place)
        propose_role("somebody-new", held, Role.READER, actor=actor, at=timezone.now())
    page = at_work(browser, site, clerk)
    known = ["members/", f"people/{other.pk}/", "sessions/", "tokens/", "locks/"]
    addresses = [f"{language}/desk/accounts/{each}" for each in known]
    addresses += [f"{language}/desk/consent/", f"{language}/desk/consent/text/"]
    assert list(faults(page, site, addresses)) == []
