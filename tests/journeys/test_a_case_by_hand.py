"""A case recorded by hand, doubted, recognised and published by two, read, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, expect

from tests.journeys.scene import agree, assess, count_held, propose, sign_in, stranger

if TYPE_CHECKING:
    from tests.pages.desk_scene import Desk

NAME, OWN_SCRIPT = "Mirel Ostovar", "Мирел Остовар"


def test_a_case_goes_from_a_hand_to_the_public_and_back(
    desk: Desk, site: str, browser: Browser
) -> None:
    first, second = sign_in(browser, site, desk.first), sign_in(browser, site, desk.second)
    case = _record(first, site)
    _record_spell_and_charge(first, case)
    agree(first, case)
    assess(first, case)
    _dissent(second, case)
    propose(first, case)
    second.goto(case)
    expect(second.locator(".dissent")).to_contain_text("not journalism")
    second.click("#recognition button[value=accepted]")
    expect(second.locator("#recognition")).to_contain_text("Recognised")
    second.click("#publication button:has-text('Publish')")
    expect(second.locator("#publication")).to_contain_text("Published as")
    reader = stranger(browser)
    address = _read(reader, site)
    first.goto(case)
    first.click("#consent tr:has-text('Public registry') button")
    expect(first.locator("#consent tr:has-text('Public registry')")).to_contain_text("Revoked")
    _gone(stranger(browser), site, address)


def _record(page: Page, site: str) -> str:
    """Record a person with a name in two scripts; a mistake costs nothing that was typed."""
    page.goto(f"{site}/desk/")
    page.click("text=Record a person")
    page.fill("[name=text]", NAME)
    page.fill("[name=text_2]", OWN_SCRIPT)
    page.select_option("[name=kind_2]", "native")
    page.fill("[name=birth]", "31.02.1981")
    page.select_option("[name=country]", "XR")
    page.check("[name=roles][value=journalist]")
    _source(page)
    page.click(".work .closing button[type=submit]")
    expect(page.locator(".problems")).to_contain_text("31.02.1981 is no date")
    expect(page.locator("[name=text_2]")).to_have_value(OWN_SCRIPT)
    page.fill("[name=birth]", "1981")
    page.click(".work .closing button[type=submit]")
    expect(page.locator("h1")).to_contain_text(NAME)
    return page.url


def _source(page: Page) -> None:
    page.select_option("[name=source-kind]", "court_paper")
    page.fill("[name=source-publisher]", "Court of Strelsau")
    page.select_option("[name=source-reliability]", "A")
    page.select_option("[name=source-credibility]", "1")


def _known_source(page: Page) -> None:
    page.locator("[name=source-known]").select_option(index=1)
    page.select_option("[name=source-reliability]", "A")
    page.select_option("[name=source-credibility]", "1")


def _record_spell_and_charge(page: Page, case: str) -> None:
    page.click("text=Record a spell")
    page.select_option("[name=type]", "imprisonment")
    page.fill("[name=start]", "2024-03")
    page.fill("[name=facility]", "Castle of Zenda")
    page.select_option("[name=tier]", "B")
    _known_source(page)
    page.click(".work .closing button[type=submit]")
    expect(page.locator("#spells")).to_contain_text("goes on")
    page.click("text=Record a charge")
    page.fill("[name=law]", "Criminal Code, article 361")
    page.select_option("[name=law_category]", "extremism")
    _known_source(page)
    page.click(".work .closing button[type=submit]")
    expect(page.locator("#spells")).to_contain_text("article 361")
    expect(page.locator("#timeline svg.timeline")).to_be_visible()
    assert page.url.startswith(case)


def _dissent(page: Page, case: str) -> None:
    page.goto(case)
    page.click("#assessments a:has-text('Dissent')")
    page.fill("[name=text]", "What was printed was not journalism.")
    page.click(".work .closing button[type=submit]")
    expect(page.locator(".dissent")).to_contain_text("yours")


def _read(page: Page, site: str) -> str:
    """Find the case by the name in its own script, count it, download it; gives its address."""
    page.goto(f"{site}/registry/?q={OWN_SCRIPT.split()[1]}")
    page.click(f"main a:has-text('{NAME}')")
    expect(page.locator("h1")).to_contain_text(NAME)
    address = page.url
    assert count_held(page, site) == 1
    assert address.strip("/").rpartition("/")[2] in _download(page, site)
    return address


def _gone(page: Page, site: str, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status in {404, 410}
    expect(page.locator("body")).not_to_contain_text("Ostovar")
    page.goto(f"{site}/registry/?q=ostovar")
    expect(page.locator("main")).to_contain_text("No published case matches")
    assert count_held(page, site) == 0
    assert address.strip("/").rpartition("/")[2] not in _download(page, site)


def _download(page: Page, site: str) -> str:
    page.goto(f"{site}/data/")
    return page.request.get(f"{site}/data/cases.csv").text()
