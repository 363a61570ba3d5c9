"""Pages, API and terminal of compacts: the same steps, and nothing that another keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.coercion.response.factories import (
    AT,
    SECRET,
    Government,
    Scene,
    make_scene,
    named_team,
    to_deciding,
)
from tests.core.accounts.factories import signed_in_client
from tests.translated import translate_into
from undaunted.coercion.response.actions import publish_compact
from undaunted.coercion.response.models import Invocation, Pledge
from undaunted.coercion.response.readers import Deniability, MeasureKind, Reading, Stated
from undaunted.coercion.response.rules import ResponseStage
from undaunted.coercion.response.writers.terms import choices_of
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.usefixtures("ledger")

PLEDGE = {
    "kind": "trade", "text": "A duty on glass", "legal_basis": "Act", "trigger": "A vote",
    "off_ramp": "The end", "reach": "members", "note": SECRET, "condition": "Open border",
    "evidence": "Customs data", "confirmer": "XF",
}  # fmt: skip


def _sent(client: Client, address: str, told: dict[str, Any] | None = None, code: int = 302) -> Any:
    answer = client.post(address, told or {})
    assert answer.status_code == code, answer.content.decode()
    return answer


def _read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def _everything(scene: Scene, client: Client) -> str:
    addresses = [
        "/desk/coercion/", "/desk/coercion/compacts/five/", "/desk/coercion/episodes/xfx-2026/",
        f"/desk/coercion/invocations/{scene.invocation.pk}/",
        f"/desk/coercion/pledges/{scene.pledges['shared'].pk}/",
    ]  # fmt: skip
    return "".join(_read(client, each) for each in addresses)


def test_public_episodes_are_told_with_their_sources() -> None:
    reader = Client()
    listed = _read(reader, "/coercion/episodes/")
    assert "lithuania-2021" in listed
    page = _read(reader, "/coercion/episodes/lithuania-2021/")
    assert "Flanders-China" in page
    assert "customs system" in page
    assert "Set-Cookie" not in reader.get("/coercion/episodes/").headers
    assert reader.get("/coercion/episodes/nothing/").status_code == 404
    assert reader.get("/coercion/compacts/five/").status_code == 404


def test_no_page_tells_what_another_government_keeps(owner_sql: Any) -> None:
    scene = to_deciding(make_scene(owner_sql))
    own = signed_in_client(scene.third.documenter)
    shown = _everything(scene, own)
    assert "What your government keeps" in shown
    assert SECRET not in shown, "it is sealed, and opened on a page of its own"
    for who in (scene.chair, scene.target):
        for person in (who.documenter, who.publisher):
            client = signed_in_client(person)
            assert SECRET not in _everything(scene, client)
            kept = f"/desk/coercion/pledges/{scene.pledges['own'].pk}/"
            assert client.get(kept).status_code == 404
    stranger = signed_in_client(scene.stranger.documenter)
    for address in ("compacts/five/", f"invocations/{scene.invocation.pk}/"):
        assert stranger.get(f"/desk/coercion/{address}").status_code == 404
    with acting_as(scene.chair.publisher) as actor:
        publish_compact(scene.compact, actor=actor, at=AT)
    assert "Compact of the five" in _read(Client(), "/coercion/compacts/")
    page = _read(Client(), "/coercion/compacts/five/")
    assert "Trigger" in page
    assert SECRET not in page
    assert "A duty on steel" not in page


def test_a_response_is_worked_through_on_the_pages(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    chair, second = (
        signed_in_client(scene.chair.documenter), signed_in_client(scene.chair.publisher)
    )  # fmt: skip
    third = signed_in_client(scene.third.documenter)
    at = f"/desk/coercion/invocations/{scene.invocation.pk}/"
    for to in ("consulting", "assessing"):
        _sent(chair, f"{at}move/", {"to": to, "reason": ""})
    _sent(chair, f"{at}move/", {"to": "deciding"}, 409)
    _sent(third, f"{at}say/", {"text": "Harm", "reach": "members"})
    _sent(chair, f"{at}move/", {"to": "pledging"})
    assert "Legal basis" in _read(third, f"{at}pledge/")
    _sent(third, f"{at}pledge/", PLEDGE | {"legal_basis": ""}, 200)
    half = _sent(third, f"{at}pledge/", PLEDGE | {"condition": ""}, 200)
    assert "what ends the measure and what shows it" in half.content.decode()
    _sent(third, f"{at}pledge/", PLEDGE)
    pledge = f"/desk/coercion/pledges/{_only(scene.third, Pledge).pk}/"
    _sent(third, pledge, PLEDGE | {"text": "A higher duty"})
    assert chair.get(pledge).status_code == 404, "one person pledges nothing"
    _sent(signed_in_client(scene.third.publisher), f"{pledge}publish/")
    assert "A higher duty" in _read(chair, pledge)
    _sent(chair, f"{at}move/", {"to": "deciding"})
    frozen = _sent(third, pledge, PLEDGE | {"text": "No duty"}, 200)
    assert "what was put to the vote stays" in frozen.content.decode()
    _sent(chair, pledge, PLEDGE, 404)
    _sent(chair, f"{at}decision/", code=409)
    assert "once all members have voted" in _read(chair, at)
    for who in scene.members:
        _sent(signed_in_client(who.documenter), f"{at}vote/", {"choice": "yes"})
        client = signed_in_client(who.publisher)
        vote = _confirmable(client, at)
        _sent(client, vote)
    _sent(second, f"{at}confirm/", code=404)
    _sent(chair, f"{at}decision/")
    assert "Open the vote again" in _read(second, at)
    _sent(second, f"{at}reopen/")
    _sent(chair, f"{at}decision/")
    _sent(second, f"{at}confirm/")
    _sent(chair, f"{at}move/", {"to": "monitoring"})
    _delivered_and_closed(scene, at, pledge)


def _delivered_and_closed(scene: Scene, at: str, pledge: str) -> None:
    chair, third = (
        signed_in_client(scene.chair.documenter),
        signed_in_client(scene.third.documenter),
    )
    told = {"day": f"{timezone.now():%Y-%m-%d}", "amount": "", "evidence": "Gazette"}
    _sent(third, f"{pledge}deliver/", told)
    wrong = (
        _read(third, pledge).partition('action="/desk/coercion/deliveries/')[2].partition('"')[0]
    )
    _sent(third, f"/desk/coercion/deliveries/{wrong}")
    assert "taken back" in _read(third, pledge)
    target = signed_in_client(scene.target.documenter)
    met = _read(target, pledge).partition('action="/desk/coercion/conditions/')[2].partition('"')[0]
    _sent(target, f"/desk/coercion/conditions/{met}", {"text": "Open again"})
    assert "A condition is met" in _read(third, at)
    _sent(third, f"{pledge}end/", {"text": "Met"})
    _sent(chair, f"{at}move/", {"to": "closed"}, 409)
    _sent(chair, f"{at}move/", {"to": "closed", "reason": "It is over"})
    _sent(signed_in_client(scene.chair.publisher), f"{at}close/")
    assert _only(scene.chair, Invocation).stage == ResponseStage.CLOSED
    assert "It is over" in _read(target, at)


ARABIC = {
    ("law", "To prevent or obtain a particular act"): "منع فعل معين أو الحصول عليه",
    ("law", "Evidence that members can look at"): "أدلة يمكن للأعضاء الاطلاع عليها",
    ("refusal", "it is called met; say what shows it"): "اذكر ما يثبته",
}


@pytest.fixture
def _arabic(tmp_path: Path, settings: Settings) -> None:
    translate_into("ar", ARABIC, folder=tmp_path, settings=settings)


@pytest.mark.usefixtures("_arabic")
def test_compact_and_episode_are_made_on_the_pages(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    chair, second = (
        signed_in_client(scene.chair.documenter), signed_in_client(scene.chair.publisher)
    )  # fmt: skip
    assert "Quorum" in _read(chair, "/desk/coercion/compacts/new/")
    told = {
        "holder": scene.chair.id, "reference": "second", "name": "Second", "voting": "weighted",
        "quorum": 50, "burden_key": "equal", "currency": "EUR",
    }  # fmt: skip
    _sent(chair, "/desk/coercion/compacts/new/", told, 200)
    _sent(chair, "/desk/coercion/compacts/new/", told | {"threshold": 60})
    at = "/desk/coercion/compacts/second/"
    _sent(chair, f"{at}invite/", {"government": scene.third.id, "weight": 3})
    _sent(chair, f"{at}invite/", {"government": scene.third.id, "weight": 3}, 409)
    _sent(chair, f"{at}invite/", {"government": scene.third.id, "weight": 0}, 409)
    _accept(chair, second, at)
    named_team(scene.chair, "second")
    _sent(second, f"{at}publish/")
    public = PLEDGE | {"reach": "public", "condition": "", "evidence": "", "confirmer": ""}
    _sent(chair, f"{at}pledge/", public)
    pledge = f"/desk/coercion/pledges/{_only(scene.chair, Pledge).pk}/"
    _sent(second, f"{pledge}publish/")
    assert "A duty on glass" in _read(Client(), "/coercion/compacts/second/")
    assert "not known" not in _read(chair, at)
    _episode_of_many(chair, scene)
    here = "/desk/coercion/episodes/xsy-2026/"
    page = _read(chair, here)
    for each in ("Syldavia", "A threat", "Ships turned back", "Crews held", "Second note"):
        assert each in page
    _sent(chair, f"{here}show/", {"compact": "second"})
    asked = dict.fromkeys(("measure", "aim", "interference"), "met")
    assert "say what shows it" in _sent(chair, f"{here}invoke/", asked, 200).content.decode()
    asked |= {"aim_reasons": SECRET, "measure_reasons": "Seen", "interference_reasons": "Seen"}
    assert "not met" in _sent(chair, f"{here}invoke/", asked, 200).content.decode()
    page = _read(chair, here)
    assert "Tests of the trigger" in page
    assert scene.chair.documenter.username in page
    assert SECRET not in page
    assert "Test of the trigger" in _read(chair, f"{at}kept/")
    _in_other_languages(chair, here, asked)
    _sent(chair, f"{here}invoke/", asked | {"evidence": "met", "evidence_reasons": "Two notes"})
    called = f"/desk/coercion/invocations/{_only(scene.chair, Invocation).pk}/"
    assert "Call upon the members" in _read(second, called)
    _sent(second, f"{called}open/")
    _sent(chair, f"{at}leave/", code=409)
    _sent(second, f"{at}hide/")
    _sent(second, f"{at}withdraw/")
    assert Client().get("/coercion/compacts/second/").status_code == 404
    _sent(chair, f"{pledge}withdraw/")


def _in_other_languages(chair: Client, here: str, asked: dict[str, Any]) -> None:
    """Read the trigger, and what stands against a test of it, in Arabic and French."""
    assert ARABIC["law", "To prevent or obtain a particular act"] in _read(chair, f"/ar{here}")
    form = _sent(chair, f"/ar{here}invoke/", asked | {"aim_reasons": ""}, 200).content.decode()
    for said in ARABIC.values():
        assert said in form
    assert "Un pays tiers applique" in _read(chair, f"/fr{here}invoke/"), "as the pack says it"


def _episode_of_many(chair: Client, scene: Scene) -> None:
    """Record an episode with measures typed in and of a file, and two sources, without script."""
    to = "/desk/coercion/episodes/new/"
    assert "Coercer" in _read(chair, to)
    told = {
        "holder": scene.chair.id, "key": "xsy-2026", "title": "A port closed", "target": "XSY",
        "coercer": "XRU", "began": "2026-11-01", "deniability": "open", "demand": "Silence",
        "stated": "stated", "confidence": "C", "cited": "first second",
        **_rows("measures", 1, {"kind": "threat", "began": "2026-11", "text": "A threat",
                                "confidence": "C", "sources": "first"}),
        **_rows("sources", 1, {"id": "first", "title": "Note", "publisher": "Ministry",
                               "date": "2026-11-02", "status": "unverified"}),
    }  # fmt: skip
    page = _sent(chair, to, told | {"more": "sources"}, 200).content.decode()
    assert 'name="sources-2-title"' in page
    told |= _rows("sources", 3, {"id": "second", "title": "Second note", "publisher": "Agency",
                                 "date": "2026", "status": "unverified"}, at=1)  # fmt: skip
    told |= {"sources-2-status": "unverified"}
    head = "kind,by,on,began,text,confidence,sources\n"
    wrong = SimpleUploadedFile("m.csv", f"{head}magic,XRU,XSY,2026,x,B,first".encode())
    page = _sent(chair, to, told | {"more": "file", "file": wrong}, 200).content.decode()
    assert "row 2, kind: write one of" in page
    rows = ("tariff,XRU,XSY,2026-11,Ships turned back,B,second\n"
            "detention,XRU,XSY,2026-11,Crews held,C,first second\n")  # fmt: skip
    good = SimpleUploadedFile("m.csv", (head + rows).encode())
    page = _sent(chair, to, told | {"file": good}, 200).content.decode()
    assert "Crews held" in page, "it is shown before it is kept"
    read = {"tariff": "Ships turned back", "detention": "Crews held"}
    for number, (kind, text) in enumerate(read.items(), 1):
        row = {"kind": kind, "began": "2026-11", "text": text, "by": "XRU", "confidence": "B",
               "sources": "second"}  # fmt: skip
        told |= _rows("measures", 3, row, at=number)
    page = _sent(chair, to, told | {"cited": "third"}, 200).content.decode()
    assert "third" in page
    _sent(chair, to, told)
    _sent(chair, to, told, 200)


def _rows(name: str, count: int, told: dict[str, str], at: int = 0) -> dict[str, Any]:
    counted = {f"{name}-TOTAL_FORMS": count, f"{name}-INITIAL_FORMS": 1}
    return counted | {f"{name}-{at}-{key}": value for key, value in told.items()}


def _accept(chair: Client, second: Client, at: str) -> None:
    assert "Send the invitations" in _read(second, at)
    _sent(second, f"{at}invitations/")
    _sent(chair, f"{at}accept/", {"gdp": "12", "public": "on"})
    assert "A colleague proposes" in _read(second, at)
    _sent(chair, f"{at}confirm/", {"kind": "accept"}, 404)
    _sent(second, f"{at}confirm/", {"kind": "accept"})


def _only(who: Government, model: Any) -> Any:
    with acting_as(who.documenter):
        return model.objects.order_by("-recorded_at").first()


def _confirmable(client: Client, at: str) -> str:
    page = _read(client, at)
    return (
        "/desk/coercion/votes/"
        + page.partition('action="/desk/coercion/votes/')[2].partition('"')[0]
    )


@pytest.mark.parametrize("kind", [MeasureKind, Deniability, Stated, Reading])
def test_every_word_of_the_packs_is_told_in_words(kind: Any) -> None:
    assert [code for code, _ in choices_of(kind.__name__)] == [str(each) for each in kind]
