"""A case recorded by hand: names, charges, civil death, sources, documents, dissent, consent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.pages.desk_scene import Desk, open_desk
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.models import Party, PartyName
from undaunted.core.consent.models import Grant
from undaunted.core.events.models import Act
from undaunted.core.evidence.models import Citation, CustodyEvent, Document, Source
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.prisoners.registry.models import Publication

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

pytestmark = pytest.mark.usefixtures("ledger")

SOURCE = {
    "source-kind": "court_paper",
    "source-publisher": "Court of XR",
    "source-reliability": "A",
    "source-credibility": "2",
}
SPELL = {"type": "imprisonment", "start": "2021-08", "country": "XR", "tier": "B"}
CHARGE = {
    "type": "charge_brought",
    "law": "Criminal Code, article 361",
    "law_category": "extremism",
    "tier": "B",
}
BAN = {"type": "exit_ban", "start": "2020-05", "country": "XR", "tier": "C"}


@pytest.fixture
def desk(owner_sql: Any, settings: Settings, tmp_path: Path) -> Desk:
    settings.DOCUMENTS_FOLDER = settings.CHART_CACHE = settings.DOWNLOADS_FOLDER = tmp_path
    return open_desk(owner_sql)


@pytest.fixture
def client(desk: Desk) -> Client:
    return desk.client(desk.first)


@pytest.fixture
def case(desk: Desk) -> str:
    with acting_as(desk.first) as actor:
        party = record_person(
            desk.organisation,
            [("Arna Velisk", "full", "en")],
            actor=actor,
            at=timezone.now(),
            country="XR",
        )
    return f"/desk/cases/{party.pk}/"


def _person(desk: Desk, **changed: Any) -> dict[str, Any]:
    values = {
        "text": "Lida Moress",
        "kind": "full",
        "language": "en",
        "text_2": "Ліда Морэс",
        "kind_2": "native",
        "language_2": "be",
        "kind_3": "full",
        "birth": "1990~",
        "country": "XS",
        "nationality": "XR",
        "roles": ["journalist", "hrd"],
        "holder": str(desk.organisation),
        "sharing": "organisation",
    }
    return values | SOURCE | changed


def _claim(desk: Desk, category: str = "deprivation_of_liberty") -> Act:
    with acting_as(desk.first):
        return Act.objects.get(recorded_to=None, category=category)


def test_a_person_is_recorded_with_names_in_two_scripts_and_a_source(
    client: Client, desk: Desk
) -> None:
    answer = client.post("/desk/cases/new/", _person(desk))
    assert answer.status_code == 302, answer.context["form"].errors
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Ліда Морэс" in page
    assert "Belarusian" in page
    assert "Human rights defender" in page
    assert "Court of XR" in page
    with acting_as(desk.first):
        party = Party.objects.get()
        assert (party.nationalities, party.birth, party.country) == (["XR"], "1990~", "XS")
        assert set(PartyName.objects.values_list("script", flat=True)) == {"Latn", "Cyrl"}
        assert Citation.objects.get().subject_id == party.pk


def test_nothing_typed_is_lost_when_a_person_is_refused(client: Client, desk: Desk) -> None:
    wrong = _person(desk, birth="31.02.1990", text_3="Moress, L.") | {"source-publisher": ""}
    page = client.post("/desk/cases/new/", wrong).content.decode()
    assert "31.02.1990 is no date" in page
    assert "A new source needs this." in page
    assert 'value="Moress, L."' in page
    assert 'value="31.02.1990"' in page
    assert 'aria-invalid="true"' in page
    with acting_as(desk.first):
        assert not Party.objects.exists()
        assert not Source.objects.exists()


def test_somebody_of_the_same_name_is_shown_first(client: Client, case: str, desk: Desk) -> None:
    same = _person(desk, text="Arna Velisk")
    page = client.post("/desk/cases/new/", same).content.decode()
    assert "recorded already" in page
    assert case in page
    answer = client.post("/desk/cases/new/", same | {"none_of_these": "1"})
    assert answer.status_code == 302
    with acting_as(desk.first):
        assert Party.objects.count() == 2


def test_what_is_said_about_a_person_is_corrected(client: Client, case: str, desk: Desk) -> None:
    assert "Correct the person" in client.get(f"{case}person/").content.decode()
    values = {"country": "XB", "birth": "1980-02", "death": "1970", "roles": ["lawyer"]}
    assert "before the birth" in client.post(f"{case}person/", values).content.decode()
    client.post(f"{case}person/", values | {"death": ""})
    with acting_as(desk.first):
        party = Party.objects.get()
        assert (party.country, party.birth, party.roles) == ("XB", "1980-02", ["lawyer"])


def test_names_are_added_corrected_and_withdrawn_and_the_last_one_stays(
    client: Client, case: str, desk: Desk
) -> None:
    with acting_as(desk.first):
        first = PartyName.objects.get()
    told = client.post(f"{case}names/{first.pk}/withdraw/").content.decode()
    assert "only name" in told
    client.post(f"{case}names/new/", {"text": "Арна", "kind": "native", "language": "ru"})
    client.post(
        f"{case}names/{first.pk}/correct/",
        {"text": "Arna Velisková", "kind": "full", "language": "en"},
    )
    with acting_as(desk.first):
        standing = PartyName.objects.filter(withdrawn_at=None)
        assert {one.text: one.primary for one in standing} == {
            "Arna Velisková": True,
            "Арна": False,
        }
        other = standing.get(text="Арна")
    client.post(f"{case}names/{other.pk}/first/")
    assert "<h1><bdi" in (page := client.get(case).content.decode())
    assert "Арна" in page.partition("<h1>")[2].partition("</h1>")[0]
    assert client.post(f"{case}names/{other.pk}/withdraw/").status_code == 302
    with acting_as(desk.first):
        assert PartyName.objects.get(withdrawn_at=None).primary
        assert PartyName.objects.count() == 3


def test_names_are_cleaned_as_an_import_cleans_them(client: Client, case: str, desk: Desk) -> None:
    values = {"kind": "alias", "language": "en"}
    client.post(f"{case}names/new/", values | {"text": "Arna\u202e  Velisk\u200b"})
    refused = client.post(f"{case}names/new/", values | {"text": "Arna \U0001f600"})
    assert "without emoji" in refused.context["form"].errors["text"][0]
    with acting_as(desk.first):
        assert PartyName.objects.get(kind="alias").text == "Arna Velisk"
        assert PartyName.objects.count() == 2


def test_a_charge_names_its_provision_and_the_kind_of_law(
    client: Client, case: str, desk: Desk
) -> None:
    client.post(f"{case}spells/new/", SPELL | SOURCE)
    spell = _claim(desk)
    place = f"{case}spells/{spell.claim}/charges/new/"
    incomplete = client.post(place, CHARGE | SOURCE | {"law": ""})
    assert incomplete.context["form"].errors == {"law": ["This field is required."]}
    assert client.post(place, CHARGE | SOURCE).status_code == 302
    charge = _claim(desk, "charge")
    assert (charge.within, charge.event_id) == (spell.claim, spell.event_id)
    page = client.get(case).content.decode()
    assert "Criminal Code, article 361" in page
    assert "Extremism" in page


def test_a_source_of_the_case_is_chosen_again_not_made_anew(
    client: Client, case: str, desk: Desk
) -> None:
    client.post(f"{case}spells/new/", SPELL | SOURCE)
    with acting_as(desk.first):
        known = str(Source.objects.get().pk)
    again = {"source-known": known, "source-reliability": "B", "source-credibility": "3"}
    answer = client.post(f"{case}civil-death/new/", BAN | again)
    assert answer.status_code == 302, answer.context["source"].errors
    claim = _claim(desk, "civil_death").claim
    with acting_as(desk.first):
        assert Source.objects.count() == 1
        cited = Citation.objects.get(subject_id=claim)
        assert (str(cited.source_id), cited.reliability, cited.credibility) == (known, "B", "3")


def test_civil_death_is_recorded_corrected_and_withdrawn_with_its_history(
    client: Client, case: str, desk: Desk
) -> None:
    client.post(f"{case}civil-death/new/", BAN | SOURCE)
    claim = _claim(desk, "civil_death").claim
    place = f"{case}claims/{claim}/"
    backwards = client.post(f"{place}correct/", BAN | {"end": "2019"}).content.decode()
    assert "ends before it begins" in backwards
    client.post(f"{place}correct/", BAN | {"end": "2022-01", "authority": "Border Guard of XR"})
    page = client.get(place).content.decode()
    assert "Border Guard of XR" in page
    assert "<ins>2022-01</ins>" in page
    client.post(f"{place}withdraw/")
    assert "Exit ban" not in client.get(case).content.decode()
    with acting_as(desk.first):
        assert Act.objects.filter(claim=claim).count() == 2


def test_a_source_is_attached_to_one_part_of_a_claim_and_taken_off(
    client: Client, case: str, desk: Desk
) -> None:
    client.post(f"{case}spells/new/", SPELL | SOURCE)
    claim = _claim(desk).claim
    letter = SOURCE | {"source-kind": "family", "source-publisher": "Sister"}
    more = {"part": "health_alert", "locator": "page 3"}
    client.post(f"{case}claims/{claim}/sources/new/", letter | more)
    page = client.get(f"{case}claims/{claim}/").content.decode()
    assert "Sister" in page
    assert "page 3" in page
    assert "Probably true" in page
    with acting_as(desk.first):
        cited = Citation.objects.get(subject_id=claim, claim="health_alert")
    client.post(f"{case}sources/{cited.pk}/withdraw/")
    assert "page 3" not in client.get(f"{case}claims/{claim}/").content.decode()


def test_a_document_is_kept_by_its_checksum_and_its_log_of_custody_grows(
    client: Client, case: str, desk: Desk
) -> None:
    file = SimpleUploadedFile("verdict.pdf", b"%PDF-1.7 verdict", "application/pdf")
    client.post(f"{case}sources/new/", SOURCE | {"part": "birth", "source-document": file})
    with acting_as(desk.first):
        held = Document.objects.get()
    place = f"/desk/documents/{held.pk}/"
    assert held.sha256 in client.get(place).content.decode()
    client.post(place, {"kind": "verified", "note": "compared with the register"})
    client.post(place, {"kind": "withdrawn"})
    assert "cannot follow" in client.post(place, {"kind": "exported"}).content.decode()
    with acting_as(desk.first):
        kinds = set(CustodyEvent.objects.values_list("kind", flat=True))
    assert kinds == {"received", "hashed", "verified", "withdrawn"}


def test_dissent_stands_beside_the_assessment(client: Client, case: str, desk: Desk) -> None:
    page = client.get(f"{case}assess/cpj-census/")
    names = [field.name for row in page.context["form"].rows() for field in row]
    met = {name: "met" for name in names if name.startswith("value-")}
    why = {name: "Seen." for name in names if name.startswith("reasons-")}
    client.post(f"{case}assess/cpj-census/", met | why)
    assert "/dissent/" not in client.get(case).content.decode()
    second = desk.client(desk.second)
    shown = second.get(case).content.decode()
    place = f"{case}dissent/{shown.partition('/dissent/')[2].partition('/')[0]}/"
    assert second.post(place, {"text": "  "}).status_code == 200
    second.post(place, {"text": "The work was not journalism."})
    assert "The work was not journalism." in client.get(case).content.decode()


def test_consent_through_a_proxy_names_the_relation_and_each_purpose(
    client: Client, case: str, desk: Desk
) -> None:
    today = timezone.now().date()
    values: dict[str, Any] = {
        "purpose": ["registry", "campaign"],
        "audience": "government",
        "level": "code",
        "field_groups": ["detention"],
        "basis": "family_proxy",
        "how": "recorded call",
        "given_on": str(today),
        "until": str(today + timedelta(days=30)),
    }
    named = values | {"government": "XF", "relation": "sibling"}
    beyond = client.post(f"{case}consent/new/", named)
    assert set(beyond.context["form"].errors) == {"purpose"}, "a proxy names no government for it"
    values["purpose"] = ["quiet_diplomacy", "assistance"]
    refused = client.post(f"{case}consent/new/", values)
    assert set(refused.context["form"].errors) == {"government", "relation"}
    client.post(f"{case}consent/new/", values | {"government": "XF", "relation": "sibling"})
    with acting_as(desk.first):
        grants = Grant.objects.order_by("purpose").values_list("purpose", "audience", "relation")
        assert list(grants) == [
            ("assistance", "government:XF", "sibling"),
            ("quiet_diplomacy", "government:XF", "sibling"),
        ]
    page = client.get(case).content.decode()
    assert "The government of Freedonia" in page
    assert "A relative, as proxy (Sister or brother)" in page


def test_an_embargo_is_ended_by_a_second_person(client: Client, case: str, desk: Desk) -> None:
    today = timezone.now().date()
    client.post(f"{case}spells/new/", SPELL | SOURCE)
    client.post(
        f"{case}consent/new/",
        {
            "purpose": "registry",
            "audience": "public",
            "level": "name",
            "field_groups": ["identity", "detention"],
            "basis": "self",
            "how": "signed form",
            "given_on": str(today),
            "until": str(today + timedelta(days=30)),
        },
    )
    client.post(f"{case}publication/", {"embargo_until": "2031-05-06T10:00"})
    second = desk.client(desk.second)
    second.post(f"{case}publication/publish/")
    assert "End the embargo now" in second.get(case).content.decode()
    assert "End the embargo now" not in client.get(case).content.decode()
    with acting_as(desk.first):
        reference = Publication.objects.get().reference
    assert client.get(f"/registry/{reference}/").status_code == 404
    second.post(f"{case}publication/end-embargo/")
    assert client.get(f"/registry/{reference}/").status_code == 200


def test_a_stranger_reaches_none_of_these_pages(client: Client, case: str, desk: Desk) -> None:
    client.post(f"{case}spells/new/", SPELL | SOURCE)
    claim = _claim(desk).claim
    stranger = desk.client(desk.stranger)
    for place in (
        "person/",
        "names/new/",
        "civil-death/new/",
        "sources/new/",
        f"claims/{claim}/",
        f"claims/{claim}/withdraw/",
        f"claims/{claim}/sources/new/",
        f"spells/{claim}/charges/new/",
        "publication/take-down/",
    ):
        assert stranger.get(f"{case}{place}").status_code == 404, place
