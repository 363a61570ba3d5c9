"""A desk officer's first day without script: two lists, five hits, who is listed where, a dossier.

What stands beforehand is one case of the registry, and the person's agreement to two governments.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.journeys.axe import at_work, press
from tests.journeys.scene import stranger
from tests.prisoners.registry.casework import person_with_spell
from tests.prisoners.registry.desk import AT, make_desk
from tests.repression.dossiers.factories import GB, PARTS, UNION
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import record_consent
from undaunted.core.consent.rules import Audience, Basis, IdentityLevel, Purpose
from undaunted.core.evidence.actions import record_source
from undaunted.core.evidence.rules import SourceKind
from undaunted.core.matching.tasks import compare_loaded

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.prisoners.registry.desk import Desk

__all__: list[str] = []

LISTS = Path(str(files("undaunted.core.listings").joinpath("packs/invented")))
JOBS = "SELECT args FROM procrastinate_jobs WHERE task_name = 'matching.compare_loaded' ORDER BY id"
HITS = 5

REST = {"grade": "B2", "locator": "p. 1"}


@pytest.mark.usefixtures("ledger")
def test_two_lists_become_five_answers_a_matrix_and_a_dossier_for_two_governments(
    site: str, browser: Browser, owner_sql: Any
) -> None:
    desk = _case(owner_sql)
    first = at_work(browser, site, desk.documenter, script=False)
    second = at_work(browser, site, desk.reviewer, script=False)
    _load(first, site, "xf-invented", "xf-invented-2.jsonl")
    _load(first, site, "xz-invented", "xz-invented-1.jsonl")
    expect(first.locator("tbody")).to_contain_text("8 entries not compared yet")
    for (job,) in owner_sql(JOBS):
        compare_loaded.func(**job)
    first.goto(f"{site}/desk/listings/")
    expect(first.locator("tbody")).not_to_contain_text("not compared yet")
    _resolve(first, second, site)
    _look(stranger(browser), site)
    one = _dossier(first, second, site, desk)
    publisher = at_work(browser, site, desk.publisher, script=False)
    union = _submit(first, publisher, one, "eu-2020-1998", "The Council (invented)")
    kingdom = _submit(first, publisher, one, "gb-ghrsr-2020", "The Foreign Office (invented)")
    for text in ("Rupert Hentzau", "Signed the order of detention.", "Person 1"):
        assert text in union
        assert text in kingdom
    assert "Torture or other cruel, inhuman or degrading treatment" in kingdom
    assert "Korsak" not in union + kingdom


def _case(owner_sql: Any) -> Desk:
    """Record somebody who is held, a source, and their agreement to the Union and to London."""
    desk = make_desk(owner_sql)
    party, _ = person_with_spell(desk)
    with acting_as(desk.documenter) as actor:
        record_source(desk.organisation, actor=actor, at=AT, kind=SourceKind.WITNESS, title="W1")
        for audience in (UNION, GB):
            record_consent(
                party.pk, actor=actor, at=AT, holder=desk.organisation,
                purpose=Purpose.SANCTIONS_SUBMISSION, audience=Audience.parse(audience),
                level=IdentityLevel.NAME, field_groups=PARTS, basis=Basis.SELF, how="call",
                given_on=date(2026, 10, 1), until=date(2030, 1, 1),
            )  # fmt: skip
    return desk


def _load(page: Page, site: str, source: str, name: str) -> None:
    """Bring a list as its issuer publishes it; one that is no list is refused on the page."""
    page.goto(f"{site}/desk/listings/")
    _fill(page, source=source)
    page.set_input_files("[name=file]", {"name": name, "mimeType": "x/y", "buffer": b"<html>"})
    press(page.locator(".closing button"))
    expect(page.locator("main")).to_contain_text("does not name day and entries")
    _fill(page, source=source)
    page.set_input_files("[name=file]", LISTS / name)
    press(page.locator(".closing button"))
    expect(page.locator("main")).to_contain_text(f"{source}: version 1 is in force")


def _resolve(first: Page, second: Page, site: str) -> None:
    """Answer five hits, four the same and one not; a second person confirms all but the last."""
    for answered in range(HITS):
        first.goto(f"{site}/desk/matching/")
        expect(first.locator("tbody tr th a")).to_have_count(HITS)
        waiting = first.locator("tbody tr", has_text="not judged")
        expect(waiting).to_have_count(HITS - answered)
        press(waiting.last.locator("th a"))
        expect(first.locator("main")).to_contain_text("Why this pair is shown")
        _fill(first, why=f"Answer {answered + 1}: compared the files.")
        press(first.locator("button[value=same]" if answered else "button[value=different]"))
    for left in range(HITS, 1, -1):
        second.goto(f"{site}/desk/matching/log/")
        expect(second.locator("form[action*='/confirm/']")).to_have_count(0)
        waiting = second.locator("tbody td a", has_text="Look at it")
        expect(waiting).to_have_count(left)
        press(waiting.last)
        press(second.locator("form[action*='/confirm/'] button"))
    first.goto(f"{site}/desk/matching/")
    expect(first.locator("tbody tr th a")).to_have_count(1)


def _look(page: Page, site: str) -> None:
    """See, as anybody, who is listed by both, and by one of them alone."""
    page.goto(f"{site}/sanctions/matrix/?q=Strovik")
    row = page.locator("tbody tr", has_text="Strovik").first
    expect(row.locator("td")).to_have_count(2)
    page.goto(f"{site}/sanctions/matrix/?listed_by=XF&listed_by=XZ")
    expect(page.locator(".matrix").first.locator("tbody tr")).to_have_count(3)
    page.goto(f"{site}/sanctions/matrix/print/?listed_by=XF&not_by=XZ")
    expect(page.locator("main")).to_contain_text("Dresk")
    assert page.context.cookies() == []


def _dossier(first: Page, second: Page, site: str, desk: Desk) -> str:
    """Open a dossier and fill it by hand; a second person confirms what speaks for the person."""
    first.goto(f"{site}/desk/dossiers/new/")
    team = f"{desk.reviewer.username} {desk.publisher.username}"
    _fill(first, holder=str(desk.organisation), title="Strelsau", country="XR", tlp="AMBER",
          summary="A detention without grounds.", team=team)  # fmt: skip
    one = _keep(first)
    _part(first, one, "act", act=0)
    _part(first, one, "person", name="Rupert Hentzau", kind="person", **REST)
    _part(first, one, "detail", kind="birth", text="1971-04", **REST)
    _part(first, one, "post", office="Commander of the Guard", start="2023-01", **REST)
    _part(first, one, "link", mode="ordered", reasons="Signed the order of detention.", **REST)
    _part(first, one, "finding", fact="detention", value="met", reasons="No judge saw Person 1.",
          act=1, **REST)  # fmt: skip
    _part(first, one, "finding", fact="official", value="met", reasons="By the post.", accused=1,
          **REST)  # fmt: skip
    _part(first, one, "statement", kind="searched", body="The gazette.", grade="F6")
    _part(first, one, "statement", kind="nothing_found", body="It is silent.", grade="F6")
    _part(first, one, "reply", reply="unsafe", reasons="Whoever asks is arrested.")
    press(first.locator("form[action$='/search/'] button").first)
    expect(first.locator("#people, main").first).to_contain_text("Searched on")
    for left in (2, 1):
        second.goto(one)
        buttons = second.locator("form[action$='/confirm/'] button")
        expect(buttons).to_have_count(left)
        press(buttons.first)
    first.goto(f"{one}laws/?law=eu-2020-1998&law=gb-ghrsr-2020")
    expect(first.locator("main")).to_contain_text("Every element is met")
    expect(first.locator("main")).to_contain_text("torture or other cruel")
    return one


def _submit(first: Page, publisher: Page, one: str, law: str, to: str) -> str:
    """Write a submission, release it as another person, and give the words of its Word file."""
    _part(first, one, "submission", authority=law, recipient=to, language="en")
    publisher.goto(first.url)
    paper = publisher.request.get(f"{first.url}files/draft.pdf").body()
    press(publisher.locator("form[action$='/release/'] button"))
    expect(publisher.locator("main")).to_contain_text("Released by")
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        assert len(pdf.pages) > 1
    document = publisher.request.get(f"{first.url}files/submission.docx").body()
    with zipfile.ZipFile(io.BytesIO(document)) as opened:
        told = opened.read("word/document.xml").decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]{0,400}>", "", told))


def _part(page: Page, one: str, part: str, **told: Any) -> None:
    """Add a part by its form; one lands at the dossier, or at the submission that was written."""
    page.goto(f"{one}add/{part}/")
    _fill(page, **told)
    sources = page.locator("main [name=sources]")
    if sources.count():
        sources.first.check()
    landed = _keep(page)
    assert "/submissions/" in landed if part == "submission" else landed == one


def _keep(page: Page) -> str:
    press(page.locator(".closing button"))
    problems = page.locator("main .errorlist, main .field-error").all_inner_texts()
    assert "/add/" not in page.url, problems
    return page.url


def _fill(page: Page, **told: Any) -> None:
    """Fill the fields of a form by name, whatever each is; a number chooses by place."""
    for name, value in told.items():
        fields = page.locator(f"main [name={name}]")
        field = fields.first
        if field.get_attribute("type") == "radio":
            fields.nth(value).check()
        elif cast("str", field.evaluate("one => one.tagName")) == "SELECT":
            chosen = {"index": value} if isinstance(value, int) else {"value": value}
            field.select_option(**chosen)
        else:
            field.fill(str(value))
