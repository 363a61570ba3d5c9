"""What is named at the desk that is kept elsewhere: laws outside the register, submissions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.utils import timezone

from tests.core.accounts.factories import signed_in_client
from tests.core.vault.factories import PASSPHRASE
from tests.repression.coordination.factories import make_body, make_scene
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import load_invented_lists
from undaunted.repression.coordination.models import Petition
from undaunted.repression.coordination.rules import SubmissionTold, submissions

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client

    from tests.repression.coordination.factories import Body
    from undaunted.core.access.rules import Actor

pytestmark = pytest.mark.usefixtures("ledger")
DESK = "/desk/coordination/"


def _client(body: Body, *, unlocked: bool = False) -> Client:
    client = signed_in_client(body.documenter)
    if unlocked:
        assert client.post("/desk/vault/", {"passphrase": PASSPHRASE}).status_code == 302
    return client


def _lists(body: Body) -> None:
    with acting_as(body.documenter) as actor:
        load_invented_lists(actor=actor, at=timezone.now())


def _posted(client: Client, page: str, **told: Any) -> None:
    answer = client.post(page, told)
    assert answer.status_code == 302, answer.text


def test_a_petition_under_a_law_outside_the_register_has_no_deadline(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XF")
    _lists(body)
    client = _client(body, unlocked=True)
    told = {
        "holder": body.id, "authority": "", "asked": "delisting", "received_on": "2026-01-02",
        "entry": "xf-invented:XF-0001", "name": "Korl", "asks": "Take me off.",
    }  # fmt: skip
    assert "choose a law of the register" in client.post(f"{DESK}petitions/new/", told).text
    other = told | {"law": "Act of 1912 (invented)"}
    assert "law_source" in client.post(f"{DESK}petitions/new/", other).text
    both = other | {"law_source": "Gazette 7", "authority": "xf-rights"}
    assert "choose a law of the register" in client.post(f"{DESK}petitions/new/", both).text
    kept = client.post(f"{DESK}petitions/new/", other | {"law_source": "Gazette 7 (invented)"})
    assert kept.status_code == 302
    page = client.get(kept["Location"]).text
    assert "Act of 1912" in page
    assert "no deadline is claimed" in page
    assert "unverified" in page
    assert not owner_sql("SELECT FROM clocks_clock WHERE subject_kind = 'petition'")
    assert "Acknowledged on" in page
    assert client.post(f"{kept['Location']}acknowledge/").status_code == 302
    page = client.get(kept["Location"]).text
    assert "· acknowledged on" in page
    assert "Acknowledged on" not in page
    assert client.post(f"{kept['Location']}acknowledge/").status_code == 409
    noted = "SELECT count(*) FROM audit_entry WHERE verb = 'petition.acknowledged'"
    assert owner_sql(noted) == [(1,)]
    with acting_as(body.documenter), pytest.raises(DatabaseError, match="acknowledged once"):
        Petition.objects.update(acknowledged_on=date(2026, 1, 3))


def test_a_submission_is_named_to_who_may_read_its_dossier_and_by_its_id_to_others(
    owner_sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = make_scene(owner_sql)
    which = uuid4()
    readers = {scene.proposer.documenter.pk}

    def described(actor: Actor, submission: UUID) -> SubmissionTold | None:
        told = SubmissionTold("The prison of the north 1", "TLP:RED", "/desk/there/")
        return told if actor.id in readers and submission == which else None

    monkeypatch.setattr(submissions, "_DESCRIBED", [described])
    first, other = _client(scene.proposer, unlocked=True), _client(scene.partner, unlocked=True)
    page = f"{DESK}proposals/{scene.proposal.pk}/"
    assert first.post(f"{page}submissions/", {"submission": "nonsense"}).status_code == 409
    _posted(first, f"{page}submissions/", submission=str(which))
    assert "The prison of the north 1" in first.post(page).text
    told = other.post(page).text
    assert "The prison of the north" not in told
    assert str(which) in told
    assert str(which) not in other.get(page).text
