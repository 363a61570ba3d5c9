"""The caseworkers' desk in the browser's words: every button of it, without script."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user, signed_in_client
from tests.core.evidence import files_of_every_kind as files
from tests.core.intake.offices import House, add_file, make_house, only_box
from tests.core.vault.factories import PASSPHRASE, Colleague, make_colleague, make_office, take_in
from undaunted.core.access.rules import Role
from undaunted.core.evidence.forms import REFUSED
from undaunted.core.evidence.rules import WhyUncleanable
from undaunted.core.intake.actions import hand_in
from undaunted.core.intake.models import Export, Redaction
from undaunted.core.intake.rules import Answers, Danger, Door
from undaunted.core.vault.models import Breaking

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.usefixtures("ledger")

STORY = Answers(
    Door.INCIDENT, Danger.NOW, {"story": "Colonel Vask of Borduria came.", "who_did": "Vask"}, "en"
)


@pytest.fixture
def house(owner_sql: Callable[..., object]) -> House:
    made = make_house(owner_sql)
    hand_in(STORY, at=timezone.now(), team=made.office.team)
    return made


def _desk(who: Colleague) -> Client:
    client = signed_in_client(who.user)
    client.post("/desk/vault/", {"passphrase": PASSPHRASE})
    return client


def _page(client: Client, address: str, given: Mapping[str, object] | None = None) -> str:
    answer = client.get(address) if given is None else client.post(address, given)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _address(house: House) -> str:
    return f"/desk/intake/{only_box(house.office.caseworker).pk}/"


def test_queue_says_what_is_unread_and_filters_it(house: House) -> None:
    desk = _desk(house.office.caseworker)
    assert "I want to report an incident" in _page(desk, "/desk/intake/")
    team = house.office.team
    kept = _page(desk, f"/desk/intake/?severity=red&unread=on&taken=nobody&team={team}")
    assert "I want to report an incident" in kept
    for chosen in ("severity=green", "door=help", "state=closed", "taken=me"):
        assert "Nothing waits" in _page(desk, f"/desk/intake/?{chosen}"), chosen
    assert "I want to report an incident" in _page(desk, "/desk/intake/?severity=purple&team=x")


def test_mailbox_is_taken_given_back_and_handed_over(house: House) -> None:
    desk, address = _desk(house.office.caseworker), _address(house)
    desk.post(f"{address}take/")
    assert "Give it back" in _page(desk, address)
    desk.post(f"{address}take/")
    assert "Take it upon me" in _page(desk, address)
    desk.post(f"{address}give/", {"which": str(house.office.steward.user.pk)})
    assert "a colleague" in _page(desk, address)
    told = _page(desk, f"{address}give/", {"which": str(house.officer.user.pk)})
    assert "Choose somebody of the team" in told
    assert desk.post(f"{address}give/", {"which": "x"}).status_code == 404


def test_note_about_dangers_stands_before_everything_else(house: House) -> None:
    desk, address = _desk(house.office.caseworker), _address(house)
    desk.post(f"{address}warn/", {"warning": "Do not call <b>them</b>."})
    assert "This field is required" in _page(desk, f"{address}warn/", {"warning": ""})
    shown = _page(desk, address, {"reason": "first_look"})
    assert "Do not call &lt;b&gt;them&lt;/b&gt;." in shown
    assert shown.index("Do not call") < shown.index("Colonel Vask")
    assert shown.index("Do not call") < shown.index("Sealed letters")


def test_copy_is_redacted_and_shown(house: House) -> None:
    desk, address = _desk(house.office.caseworker), _address(house)
    asked = {"kind": "intake.answers", "sequence": 1, "field": ["who_did"]}
    again = _page(desk, f"{address}redact/", asked | {"passages": "Vask\nBrunswick"})
    assert "stand nowhere in the letter: 2" in again
    assert "Brunswick" in again
    assert "Say which letter" in _page(desk, f"{address}redact/", {})
    nothing = {"kind": "intake.answers", "sequence": 1, "passages": " "}
    assert "what to take out" in _page(desk, f"{address}redact/", nothing)
    missing = asked | {"sequence": 9, "passages": ""}
    assert desk.post(f"{address}redact/", missing).status_code == 404
    assert desk.post(f"{address}redact/", asked | {"passages": "Vask"}).status_code == 302
    with house.office.caseworker.acting():
        copy = Redaction.objects.get()
    shown = _page(desk, f"{address}redacted/{copy.pk}/", {})
    assert "Colonel █████ of Borduria came." in shown
    assert "Vask" not in shown


def test_copy_and_answer_are_kept_from_whoever_declared_a_conflict_since(house: House) -> None:
    desk, address = _desk(house.office.caseworker), _address(house)
    asked = {"kind": "intake.answers", "sequence": 1, "field": ["story"], "passages": ""}
    assert desk.post(f"{address}redact/", asked).status_code == 302
    with house.office.caseworker.acting():
        copy = Redaction.objects.get()
    desk.post("/desk/intake/conflicts/", {"kind": "state", "about": "Borduria"})
    refused = desk.post(f"{address}answer/", {"text": "We are here."})
    assert refused.status_code == 403
    assert "kept from this mailbox" in refused.content.decode()
    assert desk.post(f"{address}redacted/{copy.pk}/").status_code == 404
    steward = _desk(house.office.steward)
    steward.post("/desk/intake/conflicts/", {"kind": "state", "about": "Borduria"})
    refused = steward.post(f"{address}redacted/{copy.pk}/")
    assert refused.status_code == 403
    assert "Borduria" not in refused.content.decode()


def test_copy_leaves_by_two_people_and_once(house: House) -> None:
    first, second = _desk(house.office.caseworker), _desk(house.office.steward)
    address = _address(house)
    wrong = {"form": "whole", "reason": "court", "recipient": "age1x"}
    assert "no public key of age" in _page(first, f"{address}exports/", wrong)
    first.post(f"{address}exports/", wrong | {"recipient": ""})
    with house.office.caseworker.acting():
        export = Export.objects.get()
    step = f"{address}exports/{export.pk}/"
    assert "Propose it again" in _page(first, f"{step}approve/", {})
    assert "Propose it again" in _page(first, f"{step}fetch/", {})
    assert "waits for a second person" in _page(second, address)
    second.post(f"{step}approve/")
    package = first.post(f"{step}fetch/")
    assert "attachment" in package.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(package.content)) as held:
        assert "Colonel Vask" in held.read(held.namelist()[0]).decode()
    assert "Propose it again" in _page(first, f"{step}fetch/", {})
    assert "Propose it again" in _page(second, f"{step}refuse/", {})
    assert "taken out" in _page(second, address)


def test_declared_conflict_takes_the_mailbox_away(house: House) -> None:
    desk, address = _desk(house.office.caseworker), _address(house)
    assert "gone from your desk" in _page(desk, f"{address}conflict/", {})
    assert desk.get(address).status_code == 404
    steward = _desk(house.office.steward)
    assert "Kept from it by a conflict of interest" in _page(steward, address)


def test_steward_keeps_a_colleague_out(house: House) -> None:
    address = _address(house)
    steward = _desk(house.office.steward)
    assert "Who has a conflict" in _page(steward, address)
    steward.post(f"{address}keep-out/", {"which": str(house.office.caseworker.user.pk)})
    assert _desk(house.office.caseworker).get(address).status_code == 404


def test_nobody_is_kept_out_who_does_not_exist(house: House, owner_sql: Any) -> None:
    address, steward = _address(house), _desk(house.office.steward)
    stranger = make_user(owner_sql, {make_organisation(owner_sql): [Role.READER]})
    state = {"kind": "state", "about": "Borduria"}
    for nobody in (uuid4(), stranger.pk):
        told = _page(steward, f"{address}keep-out/", {"which": str(nobody)})
        assert "Choose a colleague of yours." in told
        told = _page(steward, "/desk/intake/conflicts/", state | {"which": str(nobody)})
        assert "Choose a colleague of yours." in told
    assert owner_sql("SELECT (SELECT count(*) FROM vault_bar), count(*) FROM intake_conflict") == [
        (0, 0)
    ]


def test_export_is_kept_from_whoever_declared_a_conflict_since(house: House) -> None:
    first, second = _desk(house.office.caseworker), _desk(house.office.steward)
    address = _address(house)
    first.post(f"{address}exports/", {"form": "whole", "reason": "court", "recipient": ""})
    with house.office.caseworker.acting():
        export = Export.objects.get()
    second.post(f"{address}exports/{export.pk}/approve/")
    first.post("/desk/intake/conflicts/", {"kind": "state", "about": "Borduria"})
    refused = first.post(f"{address}exports/{export.pk}/fetch/")
    assert refused.status_code == 403
    assert "kept from this mailbox" in refused.content.decode()
    assert first.get(address).status_code == 404


def test_steward_lets_a_colleague_in_again(house: House) -> None:
    address, person = _address(house), house.office.caseworker.user
    colleague, steward = _desk(house.office.caseworker), _desk(house.office.steward)
    steward.post(f"{address}keep-out/", {"which": str(person.pk)})
    assert colleague.get(address).status_code == 404
    place = "/desk/intake/compartments/"
    closed = signed_in_client(house.office.steward.user)
    assert "disabled>Let them in again" in _page(closed, place)
    let_in = f"{address}let-in/{person.pk}/"
    assert closed.post(let_in).headers["Location"] == "/desk/vault/"
    shown = _page(steward, place)
    assert f'action="{let_in}"' in shown
    assert person.username in shown
    assert steward.post(let_in).headers["Location"] == place
    assert "Let them in again" not in _page(steward, place)
    assert "Colonel Vask" in _page(colleague, address, {"reason": "first_look"})
    assert steward.post(let_in).status_code == 404


def test_mailbox_whose_key_does_not_open_lets_nobody_in(
    house: House, owner_sql: Callable[..., object]
) -> None:
    address, person = _address(house), house.office.caseworker.user
    steward = _desk(house.office.steward)
    steward.post(f"{address}keep-out/", {"which": str(person.pk)})
    owner_sql("UPDATE vault_recordkey SET sealed = sha256(sealed)")
    assert "It cannot be done" in _page(steward, f"{address}let-in/{person.pk}/", {})
    assert _desk(house.office.caseworker).get(address).status_code == 404
    assert "Let them in again" in _page(steward, "/desk/intake/compartments/")


@pytest.mark.parametrize("name", ["caseworker", "other_steward", "officer", "stranger"])
def test_bar_is_lifted_by_a_steward_of_its_team_alone(
    house: House, owner_sql: Callable[..., object], name: str
) -> None:
    address, person = _address(house), house.office.caseworker.user
    second = make_colleague(owner_sql, {house.holder: [Role.DOCUMENTER]})
    take_in(owner_sql, house.office.team, second.user.pk, by=house.office.steward)
    _desk(house.office.steward).post(f"{address}keep-out/", {"which": str(person.pk)})
    others = {
        "caseworker": house.office.caseworker,
        "stranger": make_office(owner_sql).steward,
        "other_steward": house.other_steward,
        "officer": house.officer,
    }
    for who in (others[name], second):
        desk = _desk(who)
        assert "Let them in again" not in _page(desk, "/desk/intake/compartments/")
        assert desk.post(f"{address}let-in/{person.pk}/").status_code == 404
    assert "Let them in again" in _page(_desk(house.office.steward), "/desk/intake/compartments/")


def test_steward_with_a_conflict_does_not_let_themselves_in(house: House) -> None:
    address, steward = _address(house), _desk(house.office.steward)
    steward.post(f"{address}conflict/")
    assert "Let them in again" not in _page(steward, "/desk/intake/compartments/")
    let_in = f"{address}let-in/{house.office.steward.user.pk}/"
    assert steward.post(let_in).status_code == 404
    assert _desk(house.office.caseworker).post(let_in).status_code == 404


def test_conflict_with_a_state_is_found_before_anything_is_shown(house: House) -> None:
    desk, address = _desk(house.office.caseworker), _address(house)
    told = _page(desk, "/desk/intake/conflicts/", {"kind": "state", "about": "Nowhereland"})
    assert "No state has this name" in told
    desk.post("/desk/intake/conflicts/", {"kind": "state", "about": "Borduria"})
    assert "Borduria" in _page(desk, "/desk/intake/conflicts/")
    answer = desk.post(address, {"reason": "first_look"})
    assert answer.status_code == 403
    assert "Vask" not in answer.content.decode()
    assert desk.get(address).status_code == 404
    steward = _desk(house.office.steward)
    page = _page(steward, "/desk/intake/conflicts/")
    end = re.search(r"/desk/intake/conflicts/[0-9a-f-]{36}/end/", page)
    assert end
    steward.post(end[0])
    assert "None is declared" in _page(steward, "/desk/intake/conflicts/")
    colleague = {"which": str(house.office.caseworker.user.pk)}
    steward.post(
        "/desk/intake/conflicts/", colleague | {"kind": "organisation", "about": "Ministry"}
    )
    assert "Ministry" in _page(desk, "/desk/intake/conflicts/")


def test_mailbox_moves_to_another_compartment(house: House) -> None:
    address = _address(house)
    steward = _desk(house.office.steward)
    told = _page(steward, f"{address}relocate/", {"which": str(house.duty)})
    assert "It cannot be done" in told
    answer = steward.post(f"{address}relocate/", {"which": str(house.other)})
    assert answer.headers["Location"] == "/desk/intake/"
    assert steward.get(address).status_code == 404
    shown = _page(_desk(house.other_steward), address, {"reason": "handover"})
    assert "Colonel Vask" in shown


def test_emergency_is_seen_on_every_page_until_somebody_takes_note(
    house: House, owner_sql: Callable[..., object]
) -> None:
    address, officer = _address(house), _desk(house.officer)
    assert "Nothing waits" in _page(officer, "/desk/intake/emergency/")
    owner_sql("UPDATE intake_letter SET at = at - interval '3 hours'")
    assert "Casework" in _page(officer, "/desk/intake/emergency/")
    broken = address.replace("/intake/", "/intake/emergency/")
    assert officer.post(broken, {"why": "curiosity"}).status_code == 404
    shown = _page(officer, broken, {"why": "nobody_answers"})
    assert "Colonel Vask" in shown
    steward = _desk(house.other_steward)
    for page in ("/desk/intake/", "/desk/cases/", "/desk/vault/", "/desk/accounts/sessions/"):
        assert "opened in an emergency" in _page(steward, page)
    with house.office.steward.acting():
        alarm = Breaking.objects.get()
    noted = f"/desk/intake/alarms/{alarm.pk}/"
    assert noted not in _page(officer, "/desk/intake/")
    assert officer.post(noted).status_code == 404
    steward.post(noted)
    assert "opened in an emergency" not in _page(steward, "/desk/intake/")
    stranger = _desk(house.other_steward)
    assert stranger.post(broken, {"why": "nobody_answers"}).status_code == 404


def test_file_is_cleaned_in_an_emergency_after_the_alarm_and_not_before(
    house: House, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    box = only_box(house.office.caseworker)
    picture = add_file(house, box.pk)
    unknown = add_file(house, box.pk, b"\x00\x01 neither a picture nor a text")
    officer, broken = _desk(house.officer), f"/desk/intake/emergency/{box.pk}/"
    assert officer.post(f"{broken}files/{picture}/").status_code == 404
    assert f"{broken}files/{picture}/" in _page(officer, broken, {"why": "nobody_answers"})
    copy = officer.post(f"{broken}files/{picture}/")
    assert copy.headers["Content-Type"] == "image/jpeg"
    assert copy.content.startswith(b"\xff\xd8")
    assert files.CANARY.encode() not in copy.content
    refused = officer.post(f"{broken}files/{unknown}/")
    assert refused.status_code == 422
    assert refused.content.decode() == str(REFUSED[WhyUncleanable.UNKNOWN_KIND])


def test_door_says_who_opens_in_an_emergency(house: House, client: Client) -> None:
    assert "Night duty" in _page(client, "/help/incident/")
    steward = _desk(house.office.steward)
    page = _page(steward, "/desk/intake/compartments/")
    assert "Let nobody outside open it" in page
    steward.post(f"/desk/intake/compartments/{house.office.team}/cover/", {"which": ""})
    assert "Night duty" not in _page(client, "/help/incident/")
    told = _page(
        steward,
        f"/desk/intake/compartments/{house.office.team}/cover/",
        {"which": str(house.other)},
    )
    assert "not possible for this compartment" in told
    other = _desk(house.other_steward)
    other.post(f"/desk/intake/compartments/{house.other}/duty/")
    steward.post(
        f"/desk/intake/compartments/{house.office.team}/cover/", {"which": str(house.other)}
    )
    assert "Interpol" in _page(client, "/help/incident/")


def test_with_a_closed_key_the_desk_asks_for_it(house: House) -> None:
    desk, address = signed_in_client(house.office.caseworker.user), _address(house)
    asked = {"kind": "intake.answers", "sequence": 1, "passages": ""}
    for step, given in (("", {"reason": "casework"}), ("redact/", asked), ("relocate/", {})):
        assert desk.post(f"{address}{step}", given).headers["Location"] == "/desk/vault/"
