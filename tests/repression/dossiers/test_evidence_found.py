"""Evidence and acts are found by words where more are kept than a form offers, without script."""

from __future__ import annotations

import hashlib
import io
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.prisoners.registry.casework import agree as agree_in_public
from tests.prisoners.registry.desk import AT
from tests.repression.dossiers.factories import Scene, make_scene
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.queries import parties_for
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.events.queries import acts_recorded
from undaunted.core.evidence.actions import record_source, store_document
from undaunted.core.evidence.rules import Grade, SourceKind
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.prisoners.registry.actions.publication import propose_publication
from undaunted.prisoners.registry.actions.records import record_spell
from undaunted.repression.dossiers.forms import fields
from undaunted.repression.dossiers.queries import acts_in, dossiers_for

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("ledger")
CONTENT = b"Vasil Dobrev"


@pytest.fixture
def scene(owner_sql: Any, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Offer one document at a time: the newest is not the one that is looked for."""
    monkeypatch.setattr(fields, "_MOST", 1)
    made = make_scene(owner_sql)
    desk = made.desk
    with acting_as(desk.documenter) as actor:
        for name, day in (("Vasil Dobrev", "2024-03-05"), ("Ilya Rassendyll", "2024-07-09")):
            source = record_source(
                desk.organisation, actor=actor, at=AT, kind=SourceKind.COURT_PAPER,
                title=f"Ruling on {name.split()[0]}", published="2024-03-07",
            )  # fmt: skip
            party = record_person(
                desk.organisation, [(name, "full", "en")], actor=actor, at=AT, country="XR"
            )
            record_spell(party, "pre_trial_detention", PartialDate.parse(day),
                         actor=actor, at=AT, tier="B", country="XR",
                         sources=[(source, Grade.parse("B2"))])  # fmt: skip
            store_document(io.BytesIO(name.encode()), source, actor=actor, at=AT,
                           media_type="text/plain")  # fmt: skip
    return made


def offered(page: str, field: str) -> set[str]:
    """Give the words of the choices of a field, without the empty one."""
    part = page[page.index(f'name="{field}"') :]
    options = re.findall(r'<option value="[0-9a-f-]{36}"[^>]{0,20}>([^<]{1,99})<', part)
    return {each.partition(" · ")[0] for each in options}


def looked(client: Client, scene: Scene, part: str, words: str, **typed: Any) -> str:
    answer = client.post(
        f"/desk/dossiers/{scene.dossier.pk}/add/{part}/", {"look": "1", "find": words, **typed}
    )
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(
    "words", ["ruling vasil", hashlib.sha256(CONTENT).hexdigest()[:8], "Dobrev"]
)
@pytest.mark.parametrize("part", ["person", "annex"])
def test_a_document_is_found_by_title_number_and_person(
    scene: Scene, words: str, part: str
) -> None:
    page = looked(signed_in_client(scene.desk.documenter), scene, part, words)
    assert offered(page, "document") == {"Ruling on Vasil"}


def test_what_was_typed_and_chosen_stays_and_nothing_is_recorded(scene: Scene) -> None:
    client = signed_in_client(scene.desk.documenter)
    page = looked(client, scene, "person", "vasil", name="Boris Strakh", kind="person")
    assert "Boris Strakh" in page
    (document,) = re.findall(r'<option value="([0-9a-f-]{36})"[^>]{0,20}>Ruling on Vasil', page)
    (source,) = re.findall(r'name="sources" value="([0-9a-f-]{36})"[^>]{0,80}>\s*Ruling on V', page)
    kept = {"name": "Boris Strakh", "kind": "person", "sources": [source], "document": document}
    page = looked(client, scene, "person", "nothing is called so", **kept)
    assert "Nothing matches" in page
    assert offered(page, "document") == {"Ruling on Vasil"}
    assert "Boris Strakh" not in client.get(f"/desk/dossiers/{scene.dossier.pk}/").content.decode()
    kept |= {"grade": "B2", "find": ""}
    answer = client.post(f"/desk/dossiers/{scene.dossier.pk}/add/person/", kept)
    assert answer.status_code == 302
    assert "Boris Strakh" in client.get(f"/desk/dossiers/{scene.dossier.pk}/").content.decode()


def test_an_act_is_found_by_day_person_and_case(scene: Scene) -> None:
    desk = scene.desk
    client = signed_in_client(desk.documenter)
    with acting_as(desk.documenter) as actor:
        (dossier,) = dossiers_for(actor)
        offered_acts = acts_recorded(actor, holder=desk.organisation, country="XR")
        held = {each.claim for each in acts_in(actor, dossier)}
        victim = offered_acts.exclude(claim__in=held).get(start="2024-03-05").victim_id
        (party,) = parties_for(actor, [victim])
    agree_in_public(desk, party)
    with acting_as(desk.documenter) as actor:
        reference = propose_publication(party, actor=actor, at=AT).reference
    for words in ("2024-03", "2024-03-05", "dobrev", reference):
        page = looked(client, scene, "act", words)
        assert "Vasil Dobrev" in page, words
        assert "Ilya Rassendyll" not in page, words
    (claim,) = re.findall(r'name="act" value="([0-9a-f-]{36})"', page)
    sent = {"act": claim, "find": "dobrev"}
    assert client.post(f"/desk/dossiers/{scene.dossier.pk}/add/act/", sent).status_code == 302
