"""Pages of screening in front of axe, in both directions, narrow, with and without script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.coercion.screening.deals import port_deal
from tests.coercion.screening.factories import AT, HOUR, Scene, make_scene
from tests.coercion.screening.structures import PORT, structure
from tests.core.vault.factories import PASSPHRASE
from tests.journeys.axe import at_work, faults, grave, press
from undaunted.coercion.screening.actions import (
    AssessmentPlan,
    DecisionPlan,
    FactPlan,
    PartyPlan,
    assess_factor,
    correct_party,
    keep_analysis,
    leave_evidence,
    move_case,
    propose_decision,
    record_fact,
    record_scope,
    refuse_evidence,
    take_in,
)
from undaunted.coercion.screening.analysis.owners import Asked
from undaunted.coercion.screening.queries import case_as_known, evidence_files_waiting
from undaunted.coercion.screening.rules import DecisionKind, Found, ScreeningStage
from undaunted.coercion.screening.rules.casework import EvidenceKind, FactKind, PartyRole
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOME = "/desk/screening/"
REASONS = "The only container port of the country would answer to another state (invented)."


def furnish(scene: Scene) -> None:
    """Take the port's case to a decision that waits for its second person."""
    hands: dict[str, Any] = {"at": AT + HOUR}
    with acting_as(scene.own.documenter) as actor:
        hands["actor"] = actor
        target = next(
            each for each in case_as_known(actor, scene.case, AT).parties if each.role == "target"
        )
        plan = PartyPlan(PartyRole.TARGET, PORT, "the notification", PORT, country="XF")
        correct_party(target, plan, why="its id in the register", **hands)
        file = structure(120).encode()
        take_in(scene.case, file, name="owners.csv", source="Registers (invented)", **hands)
        for name in ("waits.csv", "late.csv"):
            leave_evidence(scene.case, file, name=name, source="Registers (invented)", **hands)
        keep_analysis(scene.case, Asked(AT.date()), **hands)
        record_scope(scene.case, port_deal(AT.date()), **hands)
        move_case(scene.case, ScreeningStage.SCREENING, **hands)
        said = FactPlan(FactKind.STATE, "Ruritanian Holdings", "Its board is named by the state",
                        "Gazette of Ruritania (invented)", "XR")  # fmt: skip
        fact = record_fact(scene.case, said, **hands)
        rests = ((EvidenceKind.FACT, fact.pk),)
        found = AssessmentPlan("model", "critical-infrastructure", Found.PRESENT, REASONS, rests)
        factor = assess_factor(scene.case, found, **hands)
        decision = DecisionPlan(
            "model", DecisionKind.CONDITIONS, REASONS, (factor.pk,), AT.date(),
            ("All data on ships and cargo stay in Freedonia (invented).",),
        )  # fmt: skip
        propose_decision(scene.case, decision, **hands)


def test_pages_of_screening_shut_nobody_out(
    ledger: object, site: str, browser: Browser, owner_sql: Any
) -> None:
    scene = make_scene(owner_sql)
    furnish(scene)
    page = at_work(browser, site, scene.own.documenter)
    case = f"{HOME}cases/{scene.case.pk}/"
    assert list(faults(page, site, [HOME, case, f"/ar{case}", f"/ar{case}scope/"])) == []
    files = _files(scene, case)
    assert list(faults(page, site, [*files, *(f"/ar{each}" for each in files)])) == []
    _open_in_place(page, f"{site}{case}")
    _open_by_link(browser, site, scene, case)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(f"{site}/desk/vault/")
    page.fill("input[name=passphrase]", PASSPHRASE)
    press(page.locator("form:has(input[name=passphrase]) button"))
    page.goto(f"{site}{case}")
    press(page.get_by_role("button", name="Open", exact=True))
    expect(page.locator("#notification")).to_contain_text("berth fee")
    page.goto(f"{site}{HOME}ownership/")
    file = structure(50).encode()
    page.set_input_files(
        "[name=file]", {"name": "port.csv", "mimeType": "text/csv", "buffer": file}
    )
    page.fill("[name=company]", PORT)
    page.fill("[name=owners]", "STATE:XR")
    press(page.locator("main form .closing button"))
    assert list(grave(page)) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def _files(scene: Scene, case: str) -> list[str]:
    """Give the pages of a file that was refused and of one that was taken in."""
    with acting_as(scene.own.documenter) as actor:
        refused = evidence_files_waiting(actor, scene.case)[0]
        refuse_evidence(refused, "file: late.csv, row 2: cut", actor=actor, at=AT + HOUR)
        load = case_as_known(actor, scene.case, AT + HOUR).loads[0]
    return [f"{case}files/waiting/{refused.pk}/", f"{case}files/{load.pk}/"]


def _open_in_place(page: Page, address: str) -> None:
    """With script a folded box opens where it stands, and the picture grows."""
    page.goto(address)
    drawn = page.locator("svg.ownership")
    before = drawn.get_attribute("width")
    page.locator("[data-graph-zoom=larger]").click()
    assert float(drawn.get_attribute("width") or 0) > float(before or 0)
    assert "Rufus Firefly" not in (drawn.text_content() or "")
    drawn.locator(f"a[data-company='{PORT}']").click()
    expect(drawn).to_contain_text("Rufus Firefly")
    assert page.url == address
    page.goto(f"{address}?everybody=yes")
    frame, asked = (page.locator(each).bounding_box() for each in (".graph", "[data-asked]"))
    assert frame
    assert asked
    assert frame["x"] <= asked["x"]
    assert asked["x"] + asked["width"] <= frame["x"] + frame["width"]
    page.locator("[data-graph-zoom=whole]").click()
    seen = page.evaluate("(({scrollWidth, clientWidth}) => [scrollWidth, clientWidth])"
                         "(document.querySelector('.graph'))")  # fmt: skip
    assert seen[0] <= seen[1]
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.locator("#folded")).to_be_visible()


def _open_by_link(browser: Browser, site: str, scene: Scene, case: str) -> None:
    """Without script the same box is a link."""
    reader = at_work(browser, site, scene.own.publisher, script=False)
    reader.goto(f"{site}{case}")
    reader.locator(f"svg.ownership a[data-company='{PORT}']").click()
    expect(reader.locator("svg.ownership")).to_contain_text("Rufus Firefly")
