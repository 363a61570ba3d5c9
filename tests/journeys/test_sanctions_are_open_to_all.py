"""Pages of lists compared, laws, dossiers and proposals in front of axe, in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.core.evidence.test_redacted_files import page_file, said
from tests.core.matching.factories import (
    AT,
    XF,
    XZ,
    in_file,
    judged,
    listed,
    make_office,
    person,
    resolved,
    screened,
    shown,
)
from tests.journeys.axe import at_work, faults, in_both
from tests.journeys.scene import PATIENCE
from tests.repression.coordination.factories import make_scene as make_proposal
from tests.repression.coordination.scene_elsewhere import make_across
from tests.repression.dossiers.factories import agree, make_scene, written
from tests.repression.dossiers.test_annexes_read import annexed
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.rules import Ground, marks_of
from undaunted.core.listings.actions import load_invented_lists
from undaunted.core.matching.actions import judge_entries_together
from undaunted.core.matching.queries import questions_for
from undaunted.core.matching.rules import Verdict
from undaunted.repression.coordination.actions import propose_parting
from undaunted.repression.dossiers.actions import redact_annex
from undaunted.repression.dossiers.models import Annex
from undaunted.repression.dossiers.queries import part_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

__all__: list[str] = []

PAIR = "pair/?left=xf-invented%3A1&right=xz-invented%3A9"
LAWS = (
    "", "authorities/", "authorities/eu-2020-1998/", "tests/", "model-law/", "plans/", "plans/XF/",
    "align/",
)  # fmt: skip
ROWS = ("matrix/", "matrix/?q=Varga", "matrix/print/", "parties/xf-invented:1/")


def test_pages_of_sanctions_shut_nobody_out(
    ledger: object, site: str, browser: Browser, owner_sql: Any, tmp_path: Path
) -> None:
    office = make_office(owner_sql)
    one = person("1", "Ludmila Varga", born="1961-03-04", positions=["Judge"], remarks="Of Hest.")
    also = person("2", "Anton Brevik", born="1970-02-01")
    listed(office, XF, tmp_path, [one, also])
    listed(office, XZ, tmp_path, [person("9", "Lyudmila Varha", born="1961-03-04"), also])
    resolved(office.writer)
    in_file(office, "Ludmila Varga", born="1961-03-04")
    screened(office)
    judged(office.writer, (XF, "1"), (XZ, "9"), Verdict.SAME)
    with acting_as(office.writer) as actor:
        question = questions_for(actor)[0]
        pairs = (((XF, "2"), (XZ, "2")),)
        act = judge_entries_together(
            pairs, verdict=Verdict.SAME, why="Read.", seen=shown(*pairs), actor=actor, at=AT
        )
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE)
    assert list(faults(page, site, in_both("/sanctions/", *LAWS, *ROWS))) == []
    desk = at_work(browser, site, office.writer)
    paths = ["", PAIR, "accept/", "log/", "files/", f"files/{question.pk}/"]
    assert list(faults(desk, site, in_both("/desk/matching/", *paths))) == []
    assert list(faults(desk, site, in_both("/desk/listings/", ""))) == []
    second = at_work(browser, site, office.reviewer)
    assert list(faults(second, site, in_both("/desk/matching/", "log/", PAIR))) == []
    together = [f"log/together/{act}/{step}/" for step in ("confirm", "undo")]
    assert list(faults(second, site, in_both("/desk/matching/", *together))) == []
    listed(office, XF, tmp_path, [one])
    assert list(faults(second, site, in_both("/desk/listings/", ""))) == []
    missing = ["entries/2/", "versions/2/"]
    assert list(faults(page, site, in_both(f"/lists/{XF}/", *missing))) == []


def test_pages_of_dossiers_shut_nobody_out(
    ledger: object, site: str, browser: Browser, owner_sql: Any
) -> None:
    scene = make_scene(owner_sql)
    agree(scene, "body:EU")
    sent = written(scene, "eu-2020-1998")
    annex = annexed(scene, page_file(said("Nobody of the dossier")), "application/pdf", "Order")
    one = f"{scene.dossier.pk}/"
    parts = [f"{one}add/{part}/" for part in ("act", "person", "finding", "annex", "submission")]
    parts += [f"{one}add/{part}/?accused={scene.commander.pk}"
              for part in ("detail", "post", "link", "statement", "reply")]  # fmt: skip
    paths = ["", "new/", one, f"{one}change/", f"{one}laws/", *parts, f"submissions/{sent.pk}/",
             f"listed/?dossier={scene.dossier.pk}", "listed/print/",
             f"{one}annexes/{annex}/redact/"]  # fmt: skip
    page = at_work(browser, site, scene.desk.documenter)
    assert list(faults(page, site, in_both("/desk/dossiers/", *paths))) == []
    second = at_work(browser, site, scene.desk.reviewer)
    looks = [one, f"{one}annexes/{annex}/look/"]
    assert list(faults(second, site, in_both("/desk/dossiers/", *looks))) == []
    with acting_as(scene.desk.documenter) as actor:
        held = part_of(actor, scene.dossier, "annex", annex)
        assert isinstance(held, Annex)
        marks = marks_of(["nobody"], ())
        made = redact_annex(held, marks, Ground.SAFETY, shows=(), actor=actor, at=timezone.now())
    copies = [f"{made.document}/", f"{made.document}/redact/", f"redacted/{made.redacted}/"]
    assert list(faults(page, site, in_both("/desk/documents/", *copies))) == []


def test_pages_of_coordination_shut_nobody_out(
    ledger: object, site: str, browser: Browser, owner_sql: Any
) -> None:
    scene = make_proposal(owner_sql)
    with acting_as(scene.proposer.documenter) as actor:
        load_invented_lists(actor=actor, at=timezone.now())
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE)
    told = ["", "renewals/", "xf-invented/", "xf-invented/XF-0004/"]
    assert list(faults(page, site, in_both("/designations/", *told))) == []
    paths = ["", "seats/new/", "proposals/new/", f"proposals/{scene.proposal.pk}/", "cases/new/",
             "petitions/new/", "notices/", "notices/new/", "notices/file/"]  # fmt: skip
    for body in (scene.proposer, scene.partner):
        desk = at_work(browser, site, body.documenter)
        assert list(faults(desk, site, in_both("/desk/coordination/", *paths))) == []
    across = make_across(owner_sql)
    across.theirs.accepted(across.told())
    desk = at_work(browser, site, across.theirs.body.documenter)
    paths = [f"elsewhere/{across.invitation().pk}/"]
    assert list(faults(desk, site, in_both("/desk/coordination/", *paths))) == []
    with acting_as(across.ours.body.documenter) as actor:
        propose_parting(across.guest, actor=actor, at=timezone.now())
    for person_there in (across.ours.body.documenter, across.ours.body.publisher):
        desk = at_work(browser, site, person_there)
        paths = [f"proposals/{across.proposal.pk}/"]
        assert list(faults(desk, site, in_both("/desk/coordination/", *paths))) == []
