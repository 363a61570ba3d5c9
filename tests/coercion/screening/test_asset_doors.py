"""The register by page, by program and at the terminal: what one can do, all can."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from tests.coercion.screening.registers import ASSETS, HOLDINGS
from tests.core.accounts.factories import in_person, signed_in_client
from tests.prisoners.registry.desk import Desk, make_desk
from undaunted.coercion.screening.commands import commands
from undaunted.coercion.screening.queries import alerts_for, asset_entries_for, unfiled_for
from undaunted.core.access.actions import terminal_token
from undaunted.core.accounts.actions import acting_as, make_token, open_identity
from undaunted.core.accounts.rules import SCOPES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.core.accounts.models import User

__all__: list[str] = []

pytestmark = pytest.mark.usefixtures("ledger")

HOME = "/desk/screening/assets/"
API = "/api/v1/screening/desk/register"


@pytest.fixture
def desk(owner_sql: Any) -> Desk:
    return make_desk(owner_sql)


def bring(client: Client, desk: Desk, kind: str, content: bytes) -> Any:
    sent = {"holder": str(desk.organisation), "kind": kind, "confidence": "B",
            "file": SimpleUploadedFile(f"{kind}.csv", content)}  # fmt: skip
    return client.post(f"{HOME}files/new/", sent)


@pytest.mark.parametrize("language", ["", "/ar"])
def test_the_register_with_forms_alone(desk: Desk, language: str) -> None:
    client = signed_in_client(desk.documenter)
    page = client.get(language + HOME).content.decode()
    assert ('lang="ar" dir="rtl">' in page.split("<head>")[0]) == bool(language)
    assert bring(client, desk, "assets", b"nothing\n1\n").status_code == 200
    brought = bring(client, desk, "assets", ASSETS + b"X,,XF,ports,1,x,,,,\n")
    page = client.get(language + brought["Location"].removeprefix(language)).content.decode()
    assert ("row 5, name: is empty; fill it in" in page) != bool(language)
    assert (
        bring(client, desk, "holdings", HOLDINGS.format(share="60 %").encode()).status_code == 302
    )
    narrowed = {"country": "xf", "sector": "ports", "q": "fred"}
    page = client.get(language + HOME, narrowed).content.decode()
    assert "Port of Fredville" in page
    assert "Northern grid" not in page
    with acting_as(desk.documenter) as actor:
        alert = alerts_for(actor).get()
    assert str(alert.pk) in client.get(f"{language}{HOME}alerts/").content.decode()
    for address in (f"alerts/{alert.pk}/", f"{alert.asset_id}/"):
        page = client.get(language + HOME + address).content.decode()
        assert ("HOLDING is controlled: Ruritania holds 51 %" in page) != bool(language)
        assert "STATE:XR holds" not in page, "a state is told by its name"
        assert "equity</td>" not in page or not language
    assert "STATE:" not in client.get(f"{language}{HOME}alerts/{alert.pk}/").content.decode()
    page = client.get(f"{language}{HOME}stakes/new/").content.decode()
    assert ("as a nominee</option>" in page) != bool(language)
    assert ">nominee<" not in page
    reviewer = signed_in_client(desk.reviewer)
    sent = {"outcome": "watch", "reason": "asked the port"}
    assert reviewer.post(f"{HOME}alerts/{alert.pk}/", sent).status_code == 302
    assert "asked the port" in reviewer.get(f"{HOME}alerts/{alert.pk}/").content.decode()
    assert str(alert.pk) not in reviewer.get(f"{HOME}alerts/").content.decode()
    assert str(alert.pk) in reviewer.get(f"{HOME}alerts/?every=1").content.decode()


def test_assets_and_stakes_are_recorded_corrected_and_withdrawn_by_hand(desk: Desk) -> None:
    client = signed_in_client(desk.documenter)
    asset = {"holder": str(desk.organisation), "reference": "DAM", "name": "Dam", "country": "XF",
             "sector": "energy", "capacity": "x", "unit": "MW", "source": "Visit",
             "confidence": "B"}  # fmt: skip
    refused = client.post(f"{HOME}new/", asset).content.decode()
    assert "is no number" in refused
    address = client.post(f"{HOME}new/", asset | {"capacity": "12"})["Location"]
    assert 'value="DAM"' in client.get(f"{HOME}new/?of={address.split('/')[-2]}").content.decode()
    assert client.get(f"{HOME}new/?of=x").status_code == 200
    stake = {"holder": str(desk.organisation), "owner": "STATE:XR", "owner_kind": "state",
             "owned": "DAM", "right": "votes", "share": "51", "source": "Visit",
             "confidence": "A"}  # fmt: skip
    assert "0 to 100 %" in client.post(f"{HOME}stakes/new/", stake).content.decode()
    assert client.post(f"{HOME}stakes/new/", stake | {"share": "51 %"}).status_code == 302
    page = client.get(address).content.decode()
    assert "51%" in page
    ending = page.split("stakes/")[-1].split("/withdraw/")[0]
    assert client.get(f"{HOME}stakes/{ending}/withdraw/").status_code == 200
    assert client.post(f"{HOME}stakes/{ending}/withdraw/", {"reason": "sold"}).status_code == 302
    assert client.post(f"{address}withdraw/", {"reason": "closed"}).status_code == 302
    assert client.post(f"{address}withdraw/", {"reason": "closed"}).status_code == 404
    assert "closed" in client.get(address).content.decode()


def test_a_sector_is_chosen_from_the_lists_of_the_laws(desk: Desk) -> None:
    client = signed_in_client(desk.documenter)
    asset = {"holder": str(desk.organisation), "reference": "LAB", "name": "Lab", "country": "XF",
             "listed": "uk-nsia@1 advanced_materials", "source": "Visit",
             "confidence": "B"}  # fmt: skip
    shown = client.get(f"{HOME}new/").content.decode()
    assert '<optgroup label="' in shown
    assert 'value="uk-nsia@1 advanced_materials"' in shown
    both = client.post(f"{HOME}new/", asset | {"sector": "materials"}).content.decode()
    assert "choose one of both" in both
    address = client.post(f"{HOME}new/", asset)["Location"]
    with acting_as(desk.documenter) as actor:
        entry = asset_entries_for(actor).get()
    assert (entry.taxonomy, entry.sector) == ("uk-nsia@1", "advanced_materials")
    again = client.get(f"{HOME}new/?of={address.split('/')[-2]}").content.decode()
    assert 'value="uk-nsia@1 advanced_materials" selected' in again
    neither = client.post(f"{HOME}new/", asset | {"listed": ""})
    assert "Location" not in neither


def test_deals_and_exposure_on_their_pages(desk: Desk) -> None:
    client = signed_in_client(desk.documenter)
    bring(client, desk, "assets", ASSETS)
    bring(client, desk, "holdings", HOLDINGS.format(share="0 %").encode())
    day = timezone.localdate() - timedelta(days=9)
    sold = f"owner,owned,share,source,valid_from\nHOLDING,SHELL,60 %,Filing,{day}\n".encode()
    bring(client, desk, "holdings", sold)
    with acting_as(desk.documenter) as actor:
        deal = unfiled_for(actor).get()
    assert str(deal.pk) in client.get(f"{HOME}unfiled/").content.decode()
    address = f"{HOME}unfiled/{deal.pk}/"
    page = client.get(address).content.decode()
    assert "Regulation (EU) 2019/452" in page
    assert "Comments on an investment that was not screened" in page
    assert "fdi-after-completion" not in page
    union, own = page.split('<section class="card">')[1:3]
    doubt = ">unverified<"
    assert (union.count(doubt), own.count(doubt)) == (2, 0), "our own proposal has no source"
    assert "a proposal of this product, no law" in own
    wrong = {"status": "opened", "reason": "51 %", "case": ""}
    assert "a short name is given" in client.post(address, wrong).content.decode()
    right = {"status": "opened", "reason": "51 %", "case": "shell", "jurisdiction": "XF"}
    assert client.post(address, right).status_code == 302
    asked = {"before": str(day - timedelta(days=1)), "day": str(timezone.localdate())}
    page = client.get(f"{HOME}exposure/", asked).content.decode()
    assert "100%" in page
    told = client.get(f"{HOME}exposure/", asked | {"form": "json"}).json()
    assert (told[0]["before_must"], told[0]["after_must"]) == (0.0, 12.0)
    assert b"XF,own,ports" in client.get(f"{HOME}exposure/", asked | {"form": "csv"}).content


def test_strangers_get_nothing(desk: Desk) -> None:
    client, stranger = signed_in_client(desk.documenter), signed_in_client(desk.stranger)
    brought = bring(client, desk, "assets", ASSETS)["Location"]
    bring(client, desk, "holdings", HOLDINGS.format(share="60 %").encode())
    with acting_as(desk.documenter) as actor:
        alert = alerts_for(actor).get()
    for address in (brought, f"{HOME}{alert.asset_id}/", f"{HOME}alerts/{alert.pk}/"):
        assert stranger.get(address).status_code == 404
        assert client.get(address).status_code == 200
    assert stranger.post(f"{HOME}screen/{desk.organisation}/").status_code == 404
    assert client.post(f"{HOME}screen/{desk.organisation}/").status_code == 302
    assert "Fredville" not in stranger.get(HOME).content.decode()


def token(user: User) -> dict[str, str]:
    with in_person(user) as actor:
        _row, secret = make_token("t", SCOPES, actor=actor, at=timezone.now(), days=1)
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


def test_programs_can_do_what_the_pages_can(desk: Desk) -> None:
    client, known = Client(), token(desk.documenter)

    def send(address: str, told: dict[str, Any]) -> Any:
        return client.post(f"{API}{address}", told, "application/json", **known)  # type: ignore[arg-type]

    def bring_in(address: str, content: bytes, **more: str) -> Any:
        sent = {"holder": str(desk.organisation), "file": SimpleUploadedFile("f.csv", content)}
        return client.post(f"{API}{address}", sent | more, **known)  # type: ignore[arg-type]

    def ask(address: str, **asked: str) -> Any:
        return client.get(f"{API}{address}", asked, **known).json()  # type: ignore[arg-type]

    assert bring_in("/imports/assets", b"x\n").status_code == 409
    assert bring_in("/imports/assets", ASSETS).json()["added"] == 6
    stakes = HOLDINGS.format(share="60 %").encode()
    assert bring_in("/imports/holdings", stakes, confidence="B").json()["added"] == 4
    (alert,) = ask("/alerts", waiting="true")
    assert alert["proof"][0].startswith("HOLDING is controlled")
    reviewed = send(f"/alerts/{alert['id']}/review", {"outcome": "case", "reason": "51 %"})
    assert reviewed.json()["reviews"][0]["outcome"] == "case"
    asset = next(each for each in ask("/assets") if each["reference"] == "PORT")
    assert ask(f"/assets/{asset['id']}")["holdings"][0]["owner"] == "OPERATOR"
    filing = bring_in("/exposure", b"owner,owned,share\nSTATE:XS,GRIDCO,1\nSTATE:XF,GRIDCO,0\n")
    assert {each["state"] for each in filing.json()} == {"STATE:XS", "STATE:XR"}
    bad = bring_in("/exposure", b"owner,owned,share\nSTATE:XS,GRIDCO,sixty\nA,,1\nA,B,1,2\n")
    assert bad.status_code == 409
    assert [bad.content.decode().count(f"row {each}") for each in (2, 3, 4)] == [1, 1, 1]
    today = str(timezone.localdate())
    told = ask("/exposure", holder=str(desk.organisation), before=today, day=today)
    assert told[0]["after_must"] == 12.0
    day = str(timezone.localdate() - timedelta(days=3))
    stake = {"holder": str(desk.organisation), "owner": "FUND", "owned": "GRIDCO", "share": "30 %",
             "valid_from": day, "source": "Filing"}  # fmt: skip
    assert send("/holdings", stake | {"share": "x"}).status_code == 422
    made = send("/holdings", stake).json()
    (deal,) = ask("/unfiled")
    decided = send(f"/unfiled/{deal['id']}/decide", {"status": "closed", "reason": "passive"})
    assert decided.json()["status"] == "closed"
    assert send(f"/holdings/{made['id']}/withdraw", {"reason": "wrong"}).status_code == 204
    assert ask("/holdings", owner="FUND") == []
    dam = {"holder": str(desk.organisation), "reference": "DAM", "name": "Dam", "country": "XF",
           "sector": "energy", "source": "Visit"}  # fmt: skip
    dam_id = send("/assets", dam).json()["id"]
    assert send(f"/assets/{dam_id}/withdraw", {"reason": "gone"}).status_code == 204
    assert send("/screen", {"holder": str(desk.organisation)}).json()["alerts"] == 0
    other = token(desk.stranger)
    assert client.get(f"{API}/assets", **other).json() == []  # type: ignore[arg-type]
    lost = client.get(f"{API}/assets/{asset['id']}", **other)  # type: ignore[arg-type]
    assert lost.status_code == 404


@contextmanager
def at_terminal(user: User) -> Iterator[CliRunner]:
    secret = f"terminal-{user.pk}"
    until = timezone.now() + timedelta(minutes=5)
    open_identity(secret, user=user, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(secret)
    try:
        yield CliRunner()
    finally:
        terminal_token.reset(held)


def test_the_terminal_can_do_it_too(desk: Desk, tmp_path: Path) -> None:
    assets, stakes = tmp_path / "a.csv", tmp_path / "s.csv"
    assets.write_bytes(ASSETS)
    stakes.write_text(HOLDINGS.format(share="60 %"), encoding="utf-8")
    register = str(desk.organisation)
    with at_terminal(desk.documenter) as runner:

        def run(*words: str, code: int = 0) -> str:
            done = runner.invoke(commands, ["assets", *words])
            assert done.exit_code == code, done.output
            return done.stdout

        assert "3 rows: 6 added" in run("import", register, str(assets))
        assert '"added": 4' in run("import", register, str(stakes), "--stakes", "--json")
        assert "Port of Fredville" in run("list", "--country", "xf", "--sector", "ports")
        (alert,) = json.loads(run("watch", register, "--waiting", "--json"))
        assert "none > must" in run("watch", register)
        run("review", alert["id"], "watch", "--reason", "asked")
        with acting_as(desk.documenter) as actor:
            entry = asset_entries_for(actor).get(asset__reference="PORT")
        assert "OPERATOR" in run("show", str(entry.asset_id))
        day = str(timezone.localdate() - timedelta(days=3))
        stake = run("stake", register, "FUND", "GRIDCO", "--share", "30 %", "--source", "Filing",
                    "--valid-from", day).strip()  # fmt: skip
        (deal,) = json.loads(run("unfiled", "--json"))
        assert "FUND in GRIDCO" in run("unfiled")
        run("decide", deal["id"], "closed", "--reason", "passive")
        run("withdraw", stake, "--reason", "wrong")
        dam = run("record", register, "DAM", "--name", "Dam", "--country", "XF", "--sector",
                  "energy", "--source", "Visit").strip()  # fmt: skip
        run("withdraw", dam, "--reason", "gone")
        run("withdraw", dam, "--reason", "gone", code=2)
        run("record", register, "DAM", "--name", "Dam", "--country", "Atlantis", "--sector",
            "energy", "--source", "Visit", code=2)  # fmt: skip
        assert run("exposure", register, "--csv").startswith("country,")
        assert '"after_must": 12.0' in run("exposure", register, "--filing", str(stakes))
