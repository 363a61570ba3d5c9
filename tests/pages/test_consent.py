"""The desk's pages of consent: who has followed a withdrawal, texts to ask with, receipts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.attacks.installation import receipts_in
from tests.core.accounts.factories import make_organisation, make_user, signed_in_client
from tests.prisoners.registry.casework import agree, person_with_spell
from tests.prisoners.registry.desk import Desk, make_desk
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import news as outbox
from undaunted.core.consent.actions import register_handler, revoke_consent
from undaunted.core.consent.commands import commands
from undaunted.core.consent.models import Grant
from undaunted.core.consent.rules import FIRST_LANGUAGE, model_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.core.actors.models import Party

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def desk(owner_sql: Callable[..., object]) -> Desk:
    return make_desk(owner_sql)


@pytest.fixture
def party(desk: Desk) -> Party:
    return person_with_spell(desk)[0]


@pytest.fixture
def client(desk: Desk) -> Client:
    return signed_in_client(desk.documenter)


def withdrawn(desk: Desk, party: Party) -> None:
    grant = agree(desk, party)
    with acting_as(desk.documenter) as actor:
        revoke_consent(grant, actor=actor, at=timezone.now())


def test_the_page_says_who_has_followed(desk: Desk, party: Party, client: Client) -> None:
    assert "Nothing was taken back" in client.get("/desk/consent/").content.decode()
    withdrawn(desk, party)
    page = client.get("/desk/consent/").content.decode()
    assert "Public registry and its downloads" in page
    assert str(party.pk) in page
    assert "Not everything has followed yet" not in page
    assert "Not everything" not in client.get("/ar/desk/consent/").content.decode()


def test_the_page_says_what_is_outstanding(
    desk: Desk, party: Party, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_news: object, **_told: object) -> dict[str, Any]:
        raise RuntimeError("not now")

    monkeypatch.setattr(outbox, "_HANDLERS", dict(outbox._HANDLERS))  # noqa: SLF001 - put back after
    register_handler("editions", fail)
    withdrawn(desk, party)
    page = client.get("/desk/consent/").content.decode()
    assert "1 withdrawal is outstanding somewhere" in page
    assert "editions failed 1 time" in page


def test_nobody_sees_the_withdrawals_of_others(
    desk: Desk, party: Party, owner_sql: Callable[..., object]
) -> None:
    withdrawn(desk, party)
    other = make_user(owner_sql, {make_organisation(owner_sql): [Role.DOCUMENTER]})
    page = signed_in_client(other).get("/desk/consent/").content.decode()
    assert str(party.pk) not in page
    assert Client().get("/desk/consent/").status_code == 302


def test_the_command_needs_somebody_who_signs_in() -> None:
    from typer.testing import CliRunner  # noqa: PLC0415

    told = CliRunner().invoke(commands, ["news"])
    assert (told.exit_code, "--as USER" in told.output) == (2, True)


ASKED = {
    "purpose": ["registry"], "audience": "public", "level": "name",
    "field_groups": ["identity"], "until": "2027-05-01",
}  # fmt: skip


def test_a_text_to_ask_with_is_composed(client: Client) -> None:
    english = model_texts(FIRST_LANGUAGE)
    page = client.get("/desk/consent/text/", ASKED | {"language": "en"}).content.decode()
    assert english.frame["public_warning"] in page
    assert "2027-05-01" in page
    arabic = client.get("/desk/consent/text/", ASKED | {"language": "ar"}).content.decode()
    assert 'lang="ar" dir="rtl"' in arabic
    assert model_texts("ar").frame["unreviewed"] in arabic
    assert english.frame["public_warning"] in arabic, "the English stands beside it"
    assert 'type="submit"' in client.get("/desk/consent/text/").content.decode()


def test_a_text_for_nobody_in_particular_is_refused(client: Client) -> None:
    page = client.get(
        "/desk/consent/text/", ASKED | {"language": "en", "audience": "government"}
    ).content.decode()
    assert "Say which one." in page
    assert "officials of" not in page


def consent_form(**more: Any) -> dict[str, Any]:
    today = timezone.now().date()
    return {
        "purpose": ["registry", "report"], "audience": "public", "level": "name",
        "field_groups": ["identity", "detention"], "basis": "self", "how": "signed form",
        "given_on": str(today), "until": str(today + timedelta(days=30)), **more,
    }  # fmt: skip


def test_an_agreement_keeps_its_text_and_gives_a_receipt(
    desk: Desk, party: Party, client: Client
) -> None:
    case = f"/desk/cases/{party.pk}/"
    given = client.post(f"{case}consent/new/", consent_form(language="fr", receipt="on"))
    (receipt,) = receipts_in(given.content.decode())
    with acting_as(desk.documenter):
        rows = Grant.objects.order_by("purpose")
        assert [(row.pack, row.pack_version, row.language) for row in rows] == [
            ("model-texts", "2026-2", "fr")
        ] * 2
        assert len({row.text_hash for row in rows}) == 2
    page = Client().post("/help/consent/", {"receipt": receipt}).content.decode()
    assert page.count(model_texts("fr").frame["public_warning"]) == 2
    Client().post("/help/consent/withdraw/", {"receipt": receipt, "agreement": "all"})
    with acting_as(desk.documenter):
        assert not Grant.objects.filter(revoked_at__isnull=True).exists()


def test_the_person_replaces_a_proxy_and_none_comes_after(
    desk: Desk, party: Party, client: Client
) -> None:
    case = f"/desk/cases/{party.pk}/"
    agree(desk, party)
    client.post(f"{case}consent/new/", consent_form())
    sister = consent_form(basis="family_proxy", relation="sibling")
    refused = client.post(f"{case}consent/new/", sister)
    assert set(refused.context["form"].errors) == {"basis"}
    lawyer = consent_form(basis="lawyer_proxy", relation="lawyer", purpose=["campaign"])
    refused = client.post(f"{case}consent/new/", lawyer)
    assert set(refused.context["form"].errors) == {"mandate_document"}
    with acting_as(desk.documenter):
        standing = Grant.objects.filter(revoked_at__isnull=True)
        assert set(standing.values_list("basis", flat=True)) == {"self"}


def test_proxies_are_ended_on_a_page_of_their_own(desk: Desk, party: Party, client: Client) -> None:
    agree(desk, party)
    case = f"/desk/cases/{party.pk}/"
    assert f"{case}consent/proxies/" in client.get(case).content.decode()
    assert client.get(f"{case}consent/proxies/").status_code == 200
    told = client.post(f"{case}consent/proxies/", {"relation": ""}, follow=True).content.decode()
    assert "1 agreement has ended." in told
    with acting_as(desk.documenter):
        assert not Grant.objects.filter(revoked_at__isnull=True).exists()
