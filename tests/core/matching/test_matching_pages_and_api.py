"""Matching at the desk, in plain HTML, and at the terminal."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.core.accounts.factories import signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.matching.factories import (
    XF,
    XZ,
    Office,
    at_terminal_as_shown,
    in_file,
    judged,
    listed,
    make_office,
    person,
    resolved,
    seen_on,
)
from undaunted.core.listings.writers import titled, titled_whose
from undaunted.core.matching.commands import commands
from undaunted.core.matching.queries import queue
from undaunted.core.matching.rules import Verdict
from undaunted.core.matching.tasks import compare_entries, screen_files

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

DESK, API = "/desk/matching/", "/api/v1/matching/"
PAIR = f"{DESK}pair/?left=xf-invented%3A1&right=xz-invented%3AZ%2F9"


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [person("1", "Viktor Strovik", born="1961-03-04"), person("3", "X")])
    listed(held, XZ, tmp_path, [person("Z/9", "Wiktor Strowik", "Виктор Стровик",
        born="1961-03-04")])  # fmt: skip
    return held


def _page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode()


def _post(client: Client, address: str, status: int = 302, **told: str) -> str:
    answer = client.post(address, told)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode()


def _judge(client: Client, address: str, **told: str) -> str:
    told["seen"] = seen_on(client, address)
    return _post(client, address, 302, **told)


def test_entries_that_wait_are_compared_in_the_background(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, str]] = []
    monkeypatch.setattr(compare_entries, "defer", lambda **job: told.append(job))
    writer = signed_in_client(office.writer)
    assert "3 entries were loaded and not yet compared" in _page(writer, DESK)
    _post(writer, f"{DESK}compare/")
    assert compare_entries.func(**told[0]) == 3
    page = _page(writer, DESK)
    assert "not yet compared" not in page
    assert "Viktor Strovik" in page
    assert "The day of birth is the same." in page
    assert "a name to search for has two letters or more" in page


def test_pair_is_judged_without_script_and_undone(office: Office) -> None:
    resolved(office.writer)
    writer = signed_in_client(office.writer)
    page = _page(writer, PAIR)
    for said in ("Why this pair is shown", "“Strovik” met", "1961-03-04"):
        assert said in page
    _judge(writer, PAIR, verdict="same", why="One prison.")
    assert "one person judged it, a second has not" in _page(writer, DESK)
    assert "/confirm/" not in _page(writer, f"{DESK}log/")
    second = signed_in_client(office.reviewer)
    assert "waits for a second person" in _page(second, f"{DESK}log/")
    waits = _page(second, PAIR)
    confirm = f"{DESK}log/{waits.partition('/confirm/')[0].rpartition('/')[2]}/confirm/"
    assert "you judged it yourself" in _post(writer, confirm, 409)
    _post(second, confirm, seen=seen_on(second, PAIR))
    assert "Strovik" not in _page(writer, DESK).replace("xf", "")
    log = _page(writer, f"{DESK}log/")
    assert "One prison." in log
    assert office.writer.username in log
    assert "/undo/" not in log, "it is undone where both are shown"
    page = _page(writer, PAIR)
    assert "Judged before" in page
    undo = re.findall(r'action="([^"]{1,120}/undo/)"', page)[0]
    _post(writer, undo, why="Another mother.", seen=seen_on(writer, PAIR))
    assert "Another mother." in _page(writer, f"{DESK}log/")
    assert "Strovik" in _page(writer, DESK)
    assert "undone before" in _post(writer, undo, 409)


def test_wrong_pairs_and_verdicts_are_refused(office: Office) -> None:
    writer, reader = signed_in_client(office.writer), signed_in_client(office.reader)
    for wrong in ("", "?left=a&right=b", "?left=xf-invented:1&right=xf-invented:1",
                  "?left=xf-invented:1&right=un-sc:none"):  # fmt: skip
        _page(writer, f"{DESK}pair/{wrong}", 404)
    _post(writer, PAIR, 422, verdict="perhaps")
    assert "Say on what the verdict rests." in _post(writer, PAIR, 422, verdict="same")
    _page(writer, f"{DESK}?why=none", 422)
    assert "The same</button>" not in _page(reader, PAIR)
    _post(reader, PAIR, 404, verdict="same", why="Looked.")
    _post(reader, f"{DESK}compare/", 404)
    for address in ("", "log/", "files/", "accept/"):
        assert Client().get(DESK + address).status_code in {302, 404}


def test_form_says_which_verdicts_need_a_reason(office: Office) -> None:
    """A reason is no choice for what settles a pair, and one for whoever cannot tell."""
    resolved(office.writer)
    writer = signed_in_client(office.writer)
    page = _page(writer, PAIR)
    assert "(optional)" not in page
    assert "“The same” and “Not the same” need a reason" in page
    (area,) = re.findall(r"<textarea[^>]{1,300}>", page)
    assert " required" in area
    for verdict, demands in (("same", True), ("different", True), ("unsure", False)):
        (button,) = re.findall(rf'<button[^>]{{1,80}}value="{verdict}"[^>]{{0,40}}>', page)
        assert ("formnovalidate" not in button) is demands
        seen = seen_on(writer, PAIR)
        _post(writer, PAIR, 422 if demands else 302, verdict=verdict, seen=seen)
    for verdict in ("same", "different"):
        words = ("judge", f"{XF}:1", f"{XZ}:Z/9", verdict, "--seen", "x")
        told = run_at_terminal(commands, *words, person=office.reviewer, status=2)
        assert "say on what the verdict rests" in told


def test_queue_reads_what_stands_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Verdicts are read and weighed once a page: with real lists they are many."""
    resolved(office.writer)
    writer, read = signed_in_client(office.writer), list[str]()
    whole = vars(queue)["judged_of_entries"]

    def counting(*asked: Any, **more: Any) -> Any:
        read.append("read")
        return whole(*asked, **more)

    monkeypatch.setattr(queue, "judged_of_entries", counting)
    page = _page(writer, DESK)
    assert "Viktor Strovik" in page
    assert "Look at 1 pair that can be accepted in one act" in page
    assert read == ["read"]


def test_verdict_leads_back_to_the_queue_as_it_was_asked_for(office: Office) -> None:
    resolved(office.writer)
    writer = signed_in_client(office.writer)
    narrowed = "q=strovik&amp;source=xf-invented"
    page = _page(writer, f"{DESK}?q=strovik&source=xf-invented&why=&page=")
    assert f"right=xz-invented%3AZ/9&amp;{narrowed}" in page
    pair = f"{PAIR}&q=strovik&source=xf-invented&next=elsewhere"
    page = _page(writer, pair)
    assert f'href="{DESK}?{narrowed}"' in page
    assert f'xz-invented%3AZ%2F9&amp;{narrowed}"' in page
    answer = writer.post(pair, {"verdict": "unsure", "seen": seen_on(writer, pair)})
    assert answer.headers["Location"] == f"{DESK}?q=strovik&source=xf-invented"
    log = _page(writer, f"{DESK}log/")
    assert re.search(r"Strovi[ck]</bdi> · <bdi[^>]{0,40}>[^<]{3,40}</bdi></a>", log), log[-6000:]
    assert f'href="{DESK}log/" aria-current="page"' in log
    assert log.count("aria-current") == 3, "the menu, the tab, the language"


def test_strong_pairs_are_accepted_in_one_act_and_undone_in_one(
    office: Office, owner_sql: Any
) -> None:
    resolved(office.writer)
    writer = signed_in_client(office.writer)
    assert "accept/?source=" in _page(writer, DESK)
    page = _page(writer, f"{DESK}accept/")
    assert "I have looked: accept 1 pair as the same" in page
    _post(writer, f"{DESK}accept/", 409, count="1", source="")
    _judge(writer, f"{DESK}accept/", source="", reason="Looked.")
    ((batch,),) = owner_sql("SELECT batch FROM published_match_judgement")
    second = signed_in_client(office.reviewer)
    together = f"{DESK}log/together/{batch}/confirm/"
    assert f'href="{together}"' in _page(second, f"{DESK}log/")
    assert "Confirm all accepted with it" in _page(second, together)
    _judge(second, together)
    _post(second, together, 409)
    assert "Undo all accepted with it" in _page(writer, f"{DESK}log/")
    undo = f"{DESK}log/together/{batch}/undo/"
    _judge(writer, undo)
    assert "undone before" in _post(writer, undo, 409)
    _page(writer, undo, 404)
    _post(writer, f"{DESK}accept/", 404, count="1", source="nowhere")


def test_contradiction_is_shown_with_its_verdicts(office: Office, tmp_path: Path) -> None:
    listed(office, XF, tmp_path, [person("1", "Viktor Strovik"), person("2", "V. Strovik Junior")])
    judged(office.writer, (XF, "1"), (XZ, "Z/9"), Verdict.SAME, second=office.reviewer)
    judged(office.writer, (XF, "2"), (XZ, "Z/9"), Verdict.SAME, second=office.reviewer)
    judged(office.writer, (XF, "1"), (XF, "2"), Verdict.DIFFERENT, second=office.reviewer)
    page = _page(signed_in_client(office.writer), DESK)
    title = titled_whose("xf-invented")
    assert title == f"{titled('xf-invented')} (Freedonia)"
    assert f"{title}, 1 and {title}, 2 are judged to be different" in page
    log = _page(signed_in_client(office.writer), f"{DESK}log/")
    assert f"<bdi>{title}, 1</bdi>" in log
    assert "<bdi>xf-invented" not in log
    told = run_at_terminal(commands, "review", person=None)
    assert "contradiction: xf-invented:1 and xf-invented:2" in told


def test_changed_side_is_named_beside_the_verdict(office: Office, tmp_path: Path) -> None:
    judged(office.writer, (XF, "1"), (XZ, "Z/9"), Verdict.DIFFERENT)
    listed(office, XF, tmp_path, [person("1", "Viktor Strovik", born="1962-03-04")])
    page = _page(signed_in_client(office.writer), PAIR)
    assert "Changed since, on the first side: Born" in " ".join(page.replace("</p>", "").split())
    listed(office, XF, tmp_path, [person("2", "Viktor Strovik")])
    assert "The first entry is on its list no more." in _page(signed_in_client(office.writer), PAIR)


def test_question_about_a_file_is_asked_and_answered_at_the_desk(
    office: Office, owner_sql: Any
) -> None:
    in_file(office, "Виктор Стровик", born="1961")
    writer = signed_in_client(office.writer)
    assert "No question waits" in _page(writer, f"{DESK}files/")
    _post(writer, f"{DESK}files/screen/", holder=str(office.holder), kind="person")
    _post(signed_in_client(office.reader), f"{DESK}files/screen/", 404,
          holder=str(office.holder), kind="person")  # fmt: skip
    _post(writer, f"{DESK}files/screen/", 422, holder=str(office.holder), kind="planet")
    assert "This field is required" in _post(writer, f"{DESK}files/screen/", 422, kind="person")
    assert f'value="{office.holder}" selected' in _page(writer, f"{DESK}files/")
    waiting = "SELECT args FROM procrastinate_jobs WHERE task_name = 'matching.screen_files'"
    ((job,),) = owner_sql(waiting)
    screen_files.func(**job)
    page = _page(writer, f"{DESK}files/")
    assert "Виктор Стровик" in page
    link = page.partition(f'href="{DESK}files/')[2].partition('"')[0]
    while link in {"", "screen/"} or len(link) < 30:
        page = page.partition(f'href="{DESK}files/{link}')[2]
        link = page.partition(f'href="{DESK}files/')[2].partition('"')[0]
    sheet = _page(writer, f"{DESK}files/{link}")
    assert "Why this is asked" in sheet
    _post(writer, f"{DESK}files/{link}", 422, verdict="same")
    _judge(writer, f"{DESK}files/{link}", verdict="unsure", why="No day.")
    assert "No day." in _page(writer, f"{DESK}files/{link}")
    _judge(writer, f"{DESK}files/{link}", verdict="different", why="Another mother.")
    page = _page(writer, f"{DESK}files/")
    assert "No day." in page
    undo = page.partition("Another mother.")[2].partition('action="')[2].partition('"')[0]
    _post(writer, undo)
    assert "asked again" in _page(writer, f"{DESK}files/")
    _post(writer, undo, 409)


def test_lists_are_resolved_and_files_screened_at_the_terminal(office: Office) -> None:
    def run(*words: object, who: User | None = office.writer, status: int = 0) -> str:
        return run_at_terminal(commands, *words, person=who, status=status)

    assert "sign in first" in run("resolve", who=None, status=2)

    def looked(*words: object, who: User | None = office.writer) -> str:
        return at_terminal_as_shown(commands, *words, person=who)

    assert "3 compared, 1 pairs came up, 1 cannot be compared" in run("resolve")
    told = looked("resolve", "--accept-strong", "--why", "Looked.")
    assert "1 pairs accepted together" in told
    batch = told.rpartition("undo ")[2].split()[0]
    assert "xz-invented:Z/9" not in run("standing", who=None)
    assert "waits for a second person" in run("judgements")
    own = run("confirm", batch, "--together", "--seen", "x", status=2)
    assert "you judged it yourself" in own
    assert "1 verdicts confirmed" in looked("confirm", batch, "--together", who=office.reviewer)
    assert "xf-invented:1: xf-invented:1, xz-invented:Z/9" in run("standing", who=None)
    assert json.loads(run("standing", "--json", who=None))["parties"] == 2
    assert f"together {batch}" in run("judgements")
    assert "1 verdicts undone" in looked("undo", batch, "--together")
    assert "1 pairs wait" in run("review", who=None)
    assert len(json.loads(run("review", "strovik", "--json", who=None))) == 1
    assert "0 pairs wait" in run("review", "nobody", who=None)
    pair = ("judge", "xf-invented:1", "xz-invented:Z/9")
    held = looked(*pair, "same", "--why", "Seen.").split()[0]
    assert "confirmed" in looked("confirm", held, who=office.reviewer)
    judgement = looked(*pair, "unsure").split()[0]
    assert "undone" in looked("undo", judgement)
    assert "write source:key" in run("judge", "alone", "xz-invented:Z/9", "same", status=2)
    assert "undone before" in run("undo", judgement, "--seen", "x", status=2)
    in_file(office, "Виктор Стровик", born="1961")
    assert "1 people" in run("screen-cases")
    assert json.loads(run("screen-cases", "--json"))["new"] == 0
    assert "name one of your organisations" in run("screen-cases", "--for", "None", status=2)
    shown = run("screen")
    assert "Виктор Стровик" in shown
    question = shown.split()[1]
    assert "say on what" in run("answer", question, "different", "--seen", "x", status=2)
    made = looked("answer", question, "different", "--why", "Another mother.").split()[0]
    assert "undone" in run("undo-answer", made)


@pytest.mark.parametrize(
    ("words", "shown_by"),
    [(["confirm"], "judgements"), (["undo"], "judgements"), (["undo-answer"], "answer")],
)
def test_what_is_no_id_is_refused_in_words_that_say_where_ids_stand(
    words: list[str], shown_by: str
) -> None:
    told = _flat(run_at_terminal(commands, *words, "not-an-id", person=None, status=2))
    assert f"'not-an-id' is no id; write one as `undaunted sanctions {shown_by}` shows it" in told
    assert "UUID" not in told


def test_every_wrong_word_of_an_answer_is_told_at_once() -> None:
    told = _flat(run_at_terminal(commands, "answer", "99", "maybe", person=None, status=2))
    assert "'99' is no id; write one as `undaunted sanctions screen` shows it" in told
    assert "'maybe' is no verdict; write one of same|different|unsure" in told
    assert "UUID" not in told


def _flat(told: str) -> str:
    """Give what was printed without the frame that a terminal draws around it."""
    return " ".join(told.replace("│", " ").split())
