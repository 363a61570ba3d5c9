"""Keys, teams, ceremonies, people and consent in front of axe, in both directions of writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.core.accounts.factories import make_user
from tests.core.vault.factories import PASSPHRASE, make_colleague
from tests.core.vault.test_ceremony_pages import Ceremony
from tests.journeys.axe import at_work, faults, grave, in_both, press
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as, propose_role
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.vault.actions import propose_member

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = "/desk/vault/"


@pytest.fixture
def scene(ledger: object, owner_sql: Any) -> Ceremony:
    assert ledger
    return Ceremony(owner_sql)


def _open_key(page: Page, site: str) -> None:
    page.goto(f"{site}{HERE}")
    page.fill("[name=passphrase]", PASSPHRASE)
    press(page.locator(".work button[type=submit]"))


def _begin(scene: Ceremony) -> None:
    answer = scene.clerk.post(f"{HERE}ceremony/begin/", scene.named(), secure=True)
    assert answer.status_code == 302


def test_a_ceremony_shuts_nobody_out(
    scene: Ceremony, site: str, browser: Browser, owner_sql: Any
) -> None:
    clerk = make_user(owner_sql, {scene.office.holder: [Role.ADMINISTRATOR]})
    page = at_work(browser, site, clerk)
    known = ["", "ceremony/", "ceremony/begin/", "ceremony/check/", "lost/", "lost/give-up/"]
    assert list(faults(page, site, in_both(HERE, *known))) == []
    for begin in in_both(HERE, "ceremony/begin/"):
        page.goto(site + begin)
        press(page.locator(".work form button[type=submit]").last)
        assert list(grave(page)) == [], "the form came back with its problems"
    _begin(scene)
    assert list(faults(page, site, in_both(HERE, "ceremony/"))) == []
    for someone, share in zip(scene.holders, in_both(HERE, "ceremony/share/"), strict=False):
        holder = at_work(browser, site, someone.user)
        assert list(faults(holder, site, in_both(HERE, ""))) == []
        _open_key(holder, site)
        assert list(faults(holder, site, [share])) == []
        press(holder.locator(".work form button[type=submit]").first)
        assert holder.locator("li code").count() == 33
        assert list(grave(holder)) == []


def test_a_lost_key_and_a_rehearsal_shut_nobody_out(
    scene: Ceremony, site: str, browser: Browser
) -> None:
    _begin(scene)
    for desk in scene.desks:
        scene.taken(desk)
    page = at_work(browser, site, scene.office.caseworker.user)
    _open_key(page, site)
    known = ["", "passphrase/", "rotate/", "ceremony/", "ceremony/check/", "ceremony/rehearse/"]
    known += ["lost/", "lost/give-up/"]
    assert list(faults(page, site, in_both(HERE, *known))) == []


def test_teams_shut_nobody_out(
    scene: Ceremony, site: str, browser: Browser, owner_sql: Any
) -> None:
    office, at = scene.office, timezone.now()
    newcomer = make_colleague(owner_sql, {office.holder: [Role.DOCUMENTER]})
    make_user(owner_sql, {office.holder: [Role.DOCUMENTER]})
    second = make_user(owner_sql, {office.holder: [Role.STEWARD]})
    with acting_as(office.steward.user, kind="terminal") as actor:
        propose_member(office.team, newcomer.user.pk, actor=actor, at=at)
    teams = in_both(f"{HERE}teams/", "", f"{office.team}/")
    for who in (office.steward.user, office.caseworker.user, second):
        page = at_work(browser, site, who)
        assert list(faults(page, site, teams)) == []
    press(page.locator("form[action$='/approve/'] button"))
    assert list(grave(page)) == []
    page = at_work(browser, site, office.steward.user)
    assert list(faults(page, site, teams)) == []
    assert page.locator("form[action$='/take-in/'] button").count() == 1


def test_people_and_consent_shut_nobody_out(
    scene: Ceremony, site: str, browser: Browser, owner_sql: Any
) -> None:
    place = scene.office.holder
    clerk = make_user(owner_sql, {place: [Role.ADMINISTRATOR, Role.STEWARD]})
    other = make_user(owner_sql, {place: [Role.ADMINISTRATOR]})
    with acting_as(other, kind="terminal") as actor:
        held = organisations_for(actor).get(pk=place)
        propose_role("somebody-new", held, Role.READER, actor=actor, at=timezone.now())
    page = at_work(browser, site, clerk)
    known = ["members/", f"people/{other.pk}/", "sessions/", "tokens/", "locks/"]
    addresses = in_both("/desk/accounts/", *known) + in_both("/desk/consent/", "", "text/")
    assert list(faults(page, site, addresses)) == []
