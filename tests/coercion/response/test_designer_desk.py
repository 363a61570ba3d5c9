"""The designer at the desk: searches are begun by who may, kept apart, bounded, gone on with."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np
import pytest
from django.utils import timezone

from tests.core.accounts.factories import signed_in_client
from tests.prisoners.registry.desk import Desk, make_desk
from undaunted.coercion.response.actions import searching
from undaunted.coercion.response.actions.searching import SearchRefused, begin_search
from undaunted.coercion.response.analysis import carrying, designing
from undaunted.coercion.response.analysis.carrying import carry_out
from undaunted.coercion.response.analysis.keeping import keep_sealed, replace_file
from undaunted.coercion.response.queries.searches import search_for, searches_for
from undaunted.coercion.response.readers.question import Question, parse_question
from undaunted.coercion.response.readers.searches import (
    PROGRESS,
    folder_of,
    name_of,
    search_file,
)
from undaunted.coercion.response.tasks import run_search
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.audit.queries import entries_about
from undaunted.engines.trade import SearchEffort

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

BOARD = "/desk/coercion/designer/"
ASKED = {
    "name": "two partners", "episode": "norway-2010", "partners": ["SWE", "DNK"],
    "instruments": ["tariff"], "highest": "10", "retaliation": "none", "ceiling": "0.5",
    "transfers": "equal_loss",
}  # fmt: skip

OWN = {
    "episode": "own", "coercer": "CHN", "target": "NOR", "own_kind": "tariff_pp",
    "own_value": "12,5",
}  # fmt: skip

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def desk(owner_sql: Any, settings: Settings, tmp_path: Path) -> Desk:
    settings.DOCUMENTS_FOLDER = tmp_path
    return make_desk(owner_sql)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(run_search, "defer", lambda **said: told.append(said))
    return told


def question(**more: str) -> Question:
    lines = {"episode": '"norway-2010"', "partners": '["SWE", "DNK"]'} | more
    return parse_question("\n".join(f"{k} = {v}" for k, v in lines.items()), where="q")


def test_search_is_begun_followed_and_read(
    desk: Desk, begun: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, owner_sql: Any
) -> None:
    effort = SearchEffort(points=2, tried=2, most=20, sharpened=0)
    monkeypatch.setattr(designing, "EFFORT", effort)
    client = signed_in_client(desk.documenter)
    answer = client.post(BOARD, ASKED | {"holder": str(desk.organisation)})
    assert answer.status_code == 302
    here = answer["Location"]
    (job,) = begun
    page = client.get(here).content.decode()
    assert 'http-equiv="refresh"' in page
    assert client.get(f"{here}front.json").status_code == 404
    rng = np.random.default_rng(job["seed"])
    assert carry_out(desk.organisation, job["digest"], rng=rng)
    assert not carry_out(desk.organisation, job["digest"], rng=rng)
    page = client.get(here).content.decode()
    assert f'href="{here}1/"' in page
    assert "two partners" in client.get(BOARD).content.decode()
    one = client.get(f"{here}2/?SWE=out").content.decode()
    assert "Changed by hand" in one
    assert f"{here}2/brief.pdf?SWE=out" in one
    assert client.get(f"{here}1/brief.docx").content[:2] == b"PK"
    assert client.get(f"{here}1/brief.exe").status_code == 404
    assert client.get(f"{here}99/").status_code == 404
    asked = client.get(f"{here}front.json").json()["digest"]
    assert job["digest"] == name_of(desk.organisation, asked)
    again = client.post(BOARD, ASKED | {"holder": str(desk.organisation)})
    assert (again["Location"], len(begun)) == (here, 1)
    verbs = owner_sql("SELECT verb FROM audit_entry WHERE subject_kind = 'search'")
    assert verbs == [("response.search_begun",)]
    folder = folder_of(desk.organisation, job["digest"])
    for file in folder.iterdir():
        for word in (b"two partners", b"SWE", b"episode"):
            assert word not in file.read_bytes(), "a copy of the documents tells what was asked"
    told = search_file(desk.organisation, job["digest"], "front.json")
    wrong = told.replace(asked.encode(), b"0" * 64)
    assert wrong != told
    keep_sealed(desk.organisation, job["digest"], "front.json", wrong)
    assert client.get(here).status_code == 404
    (folder / "front.json").write_bytes((folder / "question.json").read_bytes())
    assert client.get(here).status_code == 404
    stranger = signed_in_client(desk.stranger)
    assert stranger.get(here).status_code == 404
    assert "two partners" not in stranger.get(BOARD).content.decode()
    with acting_as(desk.stranger) as actor:
        assert search_for(actor, desk.organisation, job["digest"]) is None
        with pytest.raises(Forbidden):
            begin_search(question(), desk.organisation, actor=actor, at=timezone.now())


def test_what_cannot_be_searched_is_told(desk: Desk, begun: list[dict[str, Any]]) -> None:
    client = signed_in_client(desk.documenter)
    holder = {"holder": str(desk.organisation)}
    for change, says in (
        ({"partners": []}, "Choose at least one partner."),
        ({"partners": ["CHN"]}, "China is the coercer and cannot be a partner."),
        ({"partners": ["ZZZ"]}, "partners: ZZZ is not in this world"),
        ({"episode": "x"}, "episode: &#x27;x&#x27;; write one of"),
        ({"instruments": []}, "Choose at least one measure."),
        ({"transfers": "gold"}, "terms.transfers: write one of"),
        ({"partners": ["SWE", "DNK", "USA", "JPN", "DEU", "FRA", "GBR", "POL", "ITA", "ESP",
                       "NLD", "BEL", "AUT"]}, "Choose at most 12 partners;"),
        (OWN | {"target": "CHN"}, "Choose two different countries of the table."),
        (OWN | {"own_value": "much"}, "Write as a number, in per cent"),
        (OWN | {"own_kind": "bribe"}, "shocks[1].kind: "),
        ({"among": "x"}, "terms.among: write one of"),
    ):  # fmt: skip
        answer = client.post(BOARD, ASKED | holder | change)
        assert answer.status_code == 422
        assert says in answer.content.decode(), change
    assert client.post(BOARD, ASKED | {"holder": "x"}).status_code == 404
    assert not begun


def test_own_episode_sectors_and_terms_are_asked_and_the_menu_shows_one_place(
    desk: Desk, begun: list[dict[str, Any]]
) -> None:
    client = signed_in_client(desk.documenter)
    more = {
        "holder": str(desk.organisation), "sector": ["C26", "C27"], "among": "partners",
        "least_harm": "0.05",
    }  # fmt: skip
    assert client.post(BOARD, ASKED | OWN | more | {"name": ""}).status_code == 302
    assert client.post(BOARD, ASKED | OWN | more | {"own_kind": "ban"}).status_code == 302
    assert len(begun) == 2
    with acting_as(desk.documenter) as actor:
        told = {each.question.name: each.question for each in searches_for(actor)}
    levied, banned = told["CHN - NOR"], told["two partners"]
    assert (levied.coercer, levied.target, levied.sectors) == ("CHN", "NOR", ("C26", "C27"))
    assert (levied.shocks[0].kind, levied.shocks[0].value) == ("tariff_pp", 12.5)
    assert (banned.shocks[0].kind, banned.shocks[0].value) == ("ban", None)
    assert (levied.terms.least_harm, levied.terms.among) == (0.05, "partners")
    page = client.get(BOARD).content.decode()
    menu = page[page.index("Compacts and responses") - 200 : page.index("Flows of your own")]
    assert menu.count('aria-current="page"') == 1
    assert '<option value="own">' in page


def test_progress_counts_what_is_open_and_the_bands(
    desk: Desk, begun: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    effort = SearchEffort(points=2, tried=2, most=20, sharpened=0)
    monkeypatch.setattr(designing, "EFFORT", effort)
    told: list[dict[str, int]] = []

    def heard(path: Path, content: bytes) -> None:
        if path.name == PROGRESS:
            told.append(json.loads(content))
        replace_file(path, content)

    monkeypatch.setattr(carrying, "replace_file", heard)
    client = signed_in_client(desk.documenter)
    client.post(BOARD, ASKED | {"holder": str(desk.organisation), "partners": ["SWE"]})
    (job,) = begun
    assert carry_out(desk.organisation, job["digest"], rng=np.random.default_rng(1))
    assert (told[0]["done"], told[0]["expected"] > 2) == (0, True)
    parts = [each["done"] / each["expected"] for each in told]
    assert parts == sorted(parts)
    bands = [each["done"] - each["moved"] for each in told if "moved" in each]
    assert bands == list(range(len(bands)))
    assert bands


def test_searches_of_an_organisation_are_bounded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_KEPT", 2)
    with acting_as(desk.documenter) as actor:
        digests = [
            begin_search(question(seed=str(n)), desk.organisation, actor=actor, at=timezone.now())[
                0
            ]
            for n in (1, 2)
        ]
        guessed = designing.checked(question(seed="1"))
        assert digests[0] == name_of(desk.organisation, guessed)
        assert digests[0] not in {guessed, name_of(uuid4(), guessed)}, "a guess is not confirmed"
        assert not list(entries_about("search", guessed))
        assert list(entries_about("search", digests[0]))
        with pytest.raises(SearchRefused, match="2 searches of your organisation are under way"):
            begin_search(question(seed="3"), desk.organisation, actor=actor, at=timezone.now())
        for digest in digests:
            keep_sealed(desk.organisation, digest, "failed.txt", b"nothing found")
        old = folder_of(desk.organisation, "a" * 64)
        old.mkdir()
        (old / "question.json").write_text("{}")
        begin_search(question(seed="3"), desk.organisation, actor=actor, at=timezone.now())
        assert len(searches_for(actor)) == 2
        assert not old.exists(), "what was kept in the clear is dropped"
        asked = replace(question(), data="/etc/passwd")
        with pytest.raises(SearchRefused, match="use the command line"):
            begin_search(asked, desk.organisation, actor=actor, at=timezone.now())


def test_search_that_finds_nothing_says_why_and_may_be_asked_again(
    desk: Desk, begun: list[dict[str, Any]]
) -> None:
    with acting_as(desk.documenter) as actor:
        asked = question(levels="[1]", terms="{ least_harm = 90 }")
        digest, new = begin_search(asked, desk.organisation, actor=actor, at=timezone.now())
        assert new
        folder = folder_of(desk.organisation, digest)
        keep_sealed(desk.organisation, digest, "failed.txt", b"What binds is the ceiling")
        here = f"{BOARD}{desk.organisation}/{digest}/"
        page = signed_in_client(desk.documenter).get(here).content.decode()
        assert "What binds is the ceiling" in page
        assert begin_search(asked, desk.organisation, actor=actor, at=timezone.now()) == (
            digest,
            True,
        )
        (folder / "question.json").write_text("{")
        assert search_for(actor, desk.organisation, digest) is None
    assert not carry_out(desk.organisation, "0" * 64, rng=np.random.default_rng(1))
    assert not begun
