"""Every page in front of axe, in both directions of writing; keyboard, headings and focus."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver
from django.utils import timezone

from tests.attacks.sharing_scene import make_scene
from tests.core.commitments.factories import Office, recorded
from tests.core.commitments.factories import accepted as accept_as_second
from tests.core.editions.factories import open_office, out
from tests.core.intake.offices import make_house, only_box
from tests.core.listings.factories import make_office as make_list_office
from tests.core.practices.factories import accepted, make_library, proposed
from tests.core.sharing.factories import NAME
from tests.core.vault.factories import PASSPHRASE
from tests.journeys.axe import at_work, faults, grave, in_both, press
from tests.journeys.scene import PATIENCE, sign_in
from tests.pages.desk_scene import LIST, MAPPING, Desk, furnish
from tests.prisoners.campaigns.factories import let_it_out, raised
from tests.prisoners.campaigns.factories import make_scene as make_campaign
from tests.prisoners.registry.published_factory import Case, publish
from tests.prisoners.report.text_desk import ENGLISH, FRENCH, make_writers, reviewed, signed
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.models import Grant
from undaunted.core.events.models import Act
from undaunted.core.evidence.models import Document
from undaunted.core.intake.actions import hand_in
from undaunted.core.intake.rules import Answers, Danger, Door
from undaunted.core.listings.actions import load_invented_lists
from undaunted.core.sharing.actions import make_circle
from undaunted.core.sharing.queries import parcels_for
from undaunted.core.standards.models import Assessment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


SHOWN = Case("XR-00001", name="Darya Belinskaya-Korb")
PUBLIC = (
    "/",
    "/registry/",
    "/registry/?q=nobody",
    "/registry/XR-00001/",
    "/countries/",
    "/countries/XR/",
    "/countries/CN/",
    "/practices/",
    "/coercion/exposure/LTU/",
    "/coercion/exposure/compare/?first=LTU&second=EST",
    "/method/",
    "/about/",
    "/data/",
    "/nothing/",
    "/accounts/sign-in/",
)
TOLD = Answers(Door.INCIDENT, Danger.NOW, {"story": "They came.", "who_did": "Vask"}, "en")
TABBED = """() => {
    const e = document.activeElement, s = getComputedStyle(e);
    return {tag: e.tagName, ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0,
            text: e.textContent.trim().slice(0, 40)};
}"""


def test_public_pages_shut_nobody_out(
    desk: Desk, site: str, browser: Browser, owner_sql: Any
) -> None:
    assert desk
    publish(owner_sql, SHOWN)
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE)
    assert list(faults(page, site, in_both("", *PUBLIC))) == []


def test_desk_pages_shut_nobody_out(desk: Desk, site: str, browser: Browser) -> None:
    addresses = _desk_addresses(desk)
    page = sign_in(browser, site, desk.first)
    page.set_default_timeout(PATIENCE)
    assert list(faults(page, site, in_both("", *addresses))) == []


def test_desk_of_caseworkers_shuts_nobody_out(
    ledger: object, site: str, browser: Browser, owner_sql: Any
) -> None:
    house = make_house(owner_sql)
    hand_in(TOLD, at=timezone.now() - timedelta(hours=3), team=house.office.team)
    box = only_box(house.office.steward).pk
    page = at_work(browser, site, house.office.steward.user)
    known = ["", f"{box}/", "compartments/", "conflicts/", "emergency/"]
    assert list(faults(page, site, in_both("/desk/intake/", *known))) == []
    page.goto(f"{site}/desk/vault/")
    page.fill("[name=passphrase]", PASSPHRASE)
    press(page.locator(".work button[type=submit]"))
    for address in in_both("/desk/intake/", f"{box}/"):
        page.goto(site + address)
        press(page.locator(f"form[action$='/{box}/'] button"))
        page.locator("details summary", has=page.locator("xpath=../form")).first.click()
        assert page.locator("input[name=field]").count() == 2
        assert list(grave(page)) == []
    officer = at_work(browser, site, house.officer.user)
    assert list(faults(officer, site, in_both("/desk/intake/", "emergency/"))) == []


@pytest.mark.usefixtures("loops")
def test_pages_of_lists_shut_nobody_out(
    ledger: object, site: str, browser: Browser, owner_sql: Any
) -> None:
    office = make_list_office(owner_sql)
    with acting_as(office.writer) as actor:
        load_invented_lists(actor=actor, at=timezone.now())
    page = browser.new_context().new_page()
    pages = ["", "xf-invented/", "xf-invented/?q=nobody", "un-sc/", "xf-invented/versions/"]
    pages += ["xf-invented/versions/2/", "xf-invented/changes/?before=1&after=2"]
    pages += ["xf-invented/entries/XF-0003/", "xf-invented/entries/XF-0004/"]
    assert list(faults(page, site, in_both("/lists/", *pages))) == []


def test_pages_of_the_library_shut_nobody_out(
    ledger: object, site: str, browser: Browser, owner_sql: Any
) -> None:
    library = make_library(owner_sql)
    practice = accepted(library).practice
    waiting = proposed(library, reference="second")
    page = browser.new_context().new_page()
    known = ["", f"{practice.reference}/", f"menu/?p={practice.reference}&p=gone"]
    assert list(faults(page, site, in_both("/practices/", *known))) == []
    people = (library.writer, library.reviewer, library.publisher, library.steward)
    office = Office(library.holder, *people, library.stranger)
    stands, waits = accept_as_second(office), recorded(office, state="XR")
    boards = ["", "investment-screening/", "investment-screening/XF/"]
    assert list(faults(page, site, in_both("/commitments/", *boards))) == []
    for person, shown, stated in (
        (
            library.reviewer,
            ["", f"{waiting.practice_id}/", f"{practice.pk}/"],
            ["", f"{waits.pk}/"],
        ),
        (
            library.writer,
            ["new/", f"{practice.pk}/revise/"],
            ["import/", "new/anti-coercion/", f"{stands.pk}/correct/"],
        ),
    ):
        page = at_work(browser, site, person)
        assert list(faults(page, site, in_both("/desk/practices/", *shown))) == []
        assert list(faults(page, site, in_both("/desk/commitments/", *stated))) == []


def test_pages_of_campaigns_shut_nobody_out(
    ledger: object, site: str, browser: Browser, owner_sql: Any
) -> None:
    scene = make_campaign(owner_sql)
    entry = raised(scene, scene.shown, adopter=scene.adopter)
    let_it_out(scene)
    page = browser.new_context().new_page()
    one = f"{scene.campaign.reference}/"
    known = in_both("/campaigns/", one, f"{one}raises/")
    assert list(faults(page, site, [*known, "/campaigns/"])) == []
    page = at_work(browser, site, scene.desk.documenter)
    shown = ["", "new/", one, f"cases/{scene.shown.pk}/", f"raises/{entry.pk}/"]
    shown += [f"{one}{each}/" for each in ("attach", "adopters", "raises", "import", "sheet")]
    desk = [f"/ar/desk/campaigns/{each}" for each in shown]
    assert list(faults(page, site, desk)) == []


def test_pages_of_editions_shut_nobody_out(
    ledger: object, site: str, browser: Browser, owner_sql: Any
) -> None:
    office = open_office(owner_sql)
    edition = out(office)
    page = browser.new_context().new_page()
    one = f"{edition.pk}/"
    assert list(faults(page, site, in_both("/editions/", "", one))) == []
    page = at_work(browser, site, office.desk.publisher)
    assert list(faults(page, site, in_both("/desk/editions/", "", "new/", one))) == []


def test_pages_of_the_reports_texts_shut_nobody_out(
    ledger: object, site: str, browser: Browser, owner_sql: Any
) -> None:
    writers = make_writers(owner_sql)
    signed(writers)
    reviewed(writers, f"{ENGLISH}\n\nMore than 40.")
    reviewed(writers, FRENCH, language="fr")
    page = at_work(browser, site, writers.publisher)
    known = ["", "texts/2025/summary/en/", "texts/2025/summary/fr/", "texts/2025/flows/ar/",
             "texts/2025/summary/fr/write/", "texts/2025/summary/ar/write/"]  # fmt: skip
    assert list(faults(page, site, in_both("/desk/report/", *known))) == []


def test_pages_of_sharing_shut_nobody_out(
    ledger: object, site: str, browser: Browser, owner_sql: Any
) -> None:
    scene = make_scene(owner_sql)
    sender, receiver = scene.ours.office.steward, scene.theirs.office.steward
    with sender.acting() as actor:
        circle = make_circle(scene.ours.holder, "Friends", actor=actor, at=timezone.now())
        revoke_consent(Grant.objects.get(), actor=actor, at=timezone.now())
        parcel = parcels_for(actor).get()
    arrival = scene.take(scene.file)
    with receiver.acting() as actor:
        item = arrival.items.get()
    page = at_work(browser, site, sender.user)
    known = ["", f"partners/{scene.partner.pk}/", f"circles/{circle.pk}/", f"packages/{parcel.pk}/"]
    assert list(faults(page, site, in_both("/desk/sharing/", *known))) == []
    page = at_work(browser, site, receiver.user)
    known = ["", f"arrivals/{arrival.pk}/", f"items/{item.pk}/"]
    assert list(faults(page, site, in_both("/desk/sharing/", *known))) == []
    page.goto(f"{site}/desk/vault/")
    page.fill("[name=passphrase]", PASSPHRASE)
    press(page.locator(".work button[type=submit]"))
    for address in in_both("/desk/sharing/", f"items/{item.pk}/"):
        page.goto(site + address)
        press(page.locator(".work form:not([action]) button"))
        assert NAME in page.content()
        assert list(grave(page)) == []


def test_a_form_that_comes_back_leads_to_its_problems(
    desk: Desk, site: str, browser: Browser
) -> None:
    page = sign_in(browser, site, desk.first)
    page.goto(f"{site}/desk/cases/new/")
    press(page.locator(".work .closing button[type=submit]"))
    told = page.locator(".problems a")
    assert told.count() >= 2
    for link in told.all():
        target = (link.get_attribute("href") or "").removeprefix("#")
        assert page.locator(f"[id='{target}']").count() == 1, target
    wrong = page.locator("[aria-invalid=true]").first
    described = (wrong.get_attribute("aria-describedby") or "").split()
    assert any(page.locator(f"[id='{each}'].problem").count() for each in described)
    assert list(grave(page)) == []


def test_keys_alone_reach_the_content_and_the_focus_is_seen(
    desk: Desk, site: str, browser: Browser
) -> None:
    page = sign_in(browser, site, desk.first)
    page.keyboard.press("Tab")
    assert page.evaluate(TABBED)["text"] == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "content"
    for _step in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(TABBED)
        assert seen["ring"] or seen["tag"] == "BODY", seen


def _desk_addresses(desk: Desk) -> list[str]:
    """Give an address of every desk page that is read, with something on each."""
    case = furnish(desk)
    client = desk.client(desk.first)
    other = client.post(
        "/desk/cases/new/",
        {"text": "Mirel Ostover", "kind": "full", "kind_2": "full", "kind_3": "full"}
        | {"holder": str(desk.organisation), "sharing": "organisation", "country": "XR"}
        | {"source-kind": "family", "source-publisher": "Sister", "source-reliability": "B"}
        | {"source-credibility": "2", "none_of_these": "1"},
    ).headers["Location"]
    made = {"name": "Roll", "slug": "roll", "holder": str(desk.organisation)}
    a_list = client.post("/desk/lists/new/", made).headers["Location"]
    import_ = _imported(desk, client, a_list)
    with acting_as(desk.first):
        claim = Act.objects.filter(category="deprivation_of_liberty").first()
        assessment, document = Assessment.objects.get(), Document.objects.first()
    assert claim
    assert document
    known = {
        "party": case.strip("/").rpartition("/")[2],
        "left": case.strip("/").rpartition("/")[2],
        "right": other.strip("/").rpartition("/")[2],
        "claim": str(claim.claim),
        "standard": "pace-1900",
        "assessment": str(assessment.pk),
        "source_list": a_list.strip("/").rpartition("/")[2],
        "document_id": str(document.pk),
        "batch_id": import_[0],
        "mapping_id": import_[1],
        "name": _first_name(client, case),
    }
    return sorted(_filled(route, known) for route in _read_routes())


def _imported(desk: Desk, client: Any, a_list: str) -> tuple[str, str]:
    """Propose an import; gives its id and that of its mapping."""
    file = SimpleUploadedFile("roll.csv", LIST.encode(), "text/csv")
    listed = a_list.strip("/").rpartition("/")[2]
    client.post("/desk/imports/new/", {"source_list": listed, "file": file, "mapping": ""})
    client.post("/desk/imports/new/mapping/", {"toml": MAPPING})
    batch = client.post("/desk/imports/new/preview/").headers["Location"]
    page = client.get(batch).content.decode()
    again = SimpleUploadedFile("roll.csv", LIST.encode(), "text/csv")
    client.post("/desk/imports/new/", {"source_list": listed, "file": again, "mapping": ""})
    found = re.search(r"/desk/mappings/([0-9a-f-]+)/", page)
    assert found
    assert desk
    return batch.strip("/").rpartition("/")[2], found.group(1)


def _first_name(client: Any, case: str) -> str:
    found = re.search(rf"{case}names/([0-9a-f-]+)/correct/", client.get(case).content.decode())
    assert found
    return found.group(1)


SKIPPED = re.compile(
    r"rejects/|copy/|settle/|undo/|revoke/|decide/|publish/|end-embargo/|first/"
    r"|sources/<uuid:citation>|matches/<uuid:left>/undo|matches/compare/|desk/accounts/"
    r"|desk/clocks/.*(\(\?P|<)"
    r"|desk/intake/(<|kit/(take|<)|compartments/<|conflicts/<|emergency/<|alarms/)"
    r"|desk/(sharing|vault|editions|practices|commitments|memos|report|campaigns|screening)/.*<|desk/vault/(ceremony/.|lost/.)|desk/documents/(redacted/)?<"
    r"|desk/(matching|dossiers|coordination|sanctions)/"
    r"|desk/coercion/.*<|changes/approve/|lists/<uuid:source_list>/proposals/|vault/(lock|open|make|close)/"
)
"""Addresses that answer a form or give a file, accounts, which this role may not see, and what
other journeys walk with something on each page."""


def _read_routes() -> Iterator[str]:
    for route in _routes(get_resolver(), ""):
        if route.startswith("desk/") and not SKIPPED.search(route):
            yield route


def _routes(resolver: Any, before: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from _routes(entry, route)
        else:
            yield route


def _filled(route: str, known: dict[str, str]) -> str:
    for name in re.findall(r"<(?:\w+:)?(\w+)>", route):
        assert name in known, f"{route}: say what to show for {name}, or add it to SKIPPED"
        route = re.sub(rf"<(?:\w+:)?{name}>", known[name], route)
    return f"/{route}"
