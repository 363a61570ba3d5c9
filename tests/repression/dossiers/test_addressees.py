"""A paper is not addressed to the state it accuses, and under TLP:RED to one verified partner."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.repression.dossiers.factories import AT, GB, UNION, Scene, agree, make_scene, written
from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.actions import record_partner, verify_partner
from undaunted.core.sharing.rules import PartnerKind, fingerprint, new_seed, public_key
from undaunted.core.vault.actions import new_receiving_key
from undaunted.repression.dossiers.actions import DossierPlan, write_dossier
from undaunted.repression.dossiers.rules import DossierRefused, check_addressee, digest_of_told

OFFICE = "Foreign Office (invented)"


@pytest.mark.parametrize(
    ("recipient", "state"),
    [
        ("Ministry of Justice of Ruritania", "XR"),
        ("the Ruritanian embassy", "XR"),
        ("RUSSIA, Ministry", "RU"),
        ("Министерство юстиции России", "RU"),
        ("俄罗斯司法部", "RU"),
        ("The Niger mission", "NE"),
        ("Embajada de Bielorrusia", "BY"),
    ],
)
def test_a_recipient_that_names_the_accused_state_is_refused(recipient: str, state: str) -> None:
    with pytest.raises(DossierRefused, match="recipient: it names the state"):
        check_addressee(recipient, state=state, jurisdiction="EU", tlp="AMBER", partner=None)


@pytest.mark.parametrize(
    ("recipient", "state"),
    [
        ("Ministry of Nigeria", "NE"),
        ("Council of the European Union", "RU"),
        ("Ministry of Romania", "OM"),
        ("Papua New Guinea, Mission", "GN"),
        ("The Womanly Office, Woman's Desk", "OM"),
    ],
)
def test_another_state_whose_name_holds_it_is_not(recipient: str, state: str) -> None:
    check_addressee(recipient, state=state, jurisdiction="GB", tlp="AMBER", partner=None)


@pytest.mark.parametrize(("state", "jurisdiction"), [("US", "US"), ("HU", "EU")])
def test_the_law_of_the_accused_state_is_refused(state: str, jurisdiction: str) -> None:
    with pytest.raises(DossierRefused, match="law: it is of the state whose officials"):
        check_addressee(
            "The office", state=state, jurisdiction=jurisdiction, tlp="AMBER", partner=None
        )


@pytest.mark.parametrize("partner", [None, "Another Office"])
def test_red_goes_to_the_partner_that_is_named(partner: str | None) -> None:
    with pytest.raises(DossierRefused, match="recipient: the dossier is TLP:RED"):
        check_addressee(OFFICE, state="XR", jurisdiction="GB", tlp="RED", partner=partner)
    check_addressee(OFFICE, state="XR", jurisdiction="GB", tlp="RED", partner=OFFICE.upper())


def test_what_tells_the_same_has_one_digest_in_any_order() -> None:
    told = ({"b": {3, 1, 2}, "a": (UUID(int=7), date(2026, 1, 2))}, ["x"])
    again = ({"a": [UUID(int=7), date(2026, 1, 2)], "b": frozenset({2, 3, 1})}, ("x",))
    assert digest_of_told(*told) == digest_of_told(*again)
    assert digest_of_told({"b": {1, 2}}) != digest_of_told({"b": {1, 3}})
    with pytest.raises(TypeError, match="bytes has no plain form"):
        digest_of_told(b"bytes")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    agree(made, GB)
    return made


@pytest.mark.usefixtures("ledger")
def test_a_red_dossier_goes_to_a_verified_partner_alone(scene: Scene) -> None:
    with pytest.raises(DossierRefused, match="recipient: it names the state"):
        written(scene, "eu-2020-1998", recipient="Ruritania")
    secret, recipient = new_receiving_key()
    if secret.startswith("age1"):
        secret, recipient = recipient, secret
    key = public_key(new_seed())
    with acting_as(scene.desk.documenter) as actor:
        plan = DossierPlan("Strelsau (invented)", "XR", "", "RED", scene.dossier.team)
        write_dossier(scene.dossier, plan, actor=actor, at=AT)
        partner = record_partner(
            scene.desk.organisation, name=OFFICE, kind=PartnerKind.GOVERNMENT,
            audience=GB, signing_key=key, recipient=recipient, actor=actor, at=AT,
        )  # fmt: skip
    with acting_as(scene.desk.steward) as actor:
        verify_partner(partner, fingerprint(key, recipient), actor=actor, at=AT)
    law, red = "gb-ghrsr-2020", "the dossier is TLP:RED"
    for told in ({}, {"key": recipient}, {"partner": partner.pk}):
        with pytest.raises(DossierRefused, match=red):
            written(scene, law, **told)
    assert written(scene, law, recipient=OFFICE, partner=partner.pk).state == "written"
