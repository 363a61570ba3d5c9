"""People of a dossier beside lists and laws: one page, for the handling team alone."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person, signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.listings.factories import Office
from tests.repression.dossiers.factories import AT, GB, UNION, Scene, agree, make_scene
from tests.repression.sanctions.factories import XF, XZ, event, listing, person, resolved
from undaunted.core.accounts.actions import acting_as, make_token
from undaunted.core.accounts.rules import SCOPES
from undaunted.core.evidence.rules import Grade
from undaunted.core.matching.analysis import searching
from undaunted.repression.dossiers.actions import (
    DossierPlan,
    Evidence,
    open_dossier,
    record_accused,
    record_detail,
)
from undaunted.repression.dossiers.analysis import gather, listed_beside
from undaunted.repression.dossiers.commands import commands
from undaunted.repression.dossiers.pages import listed
from undaunted.repression.dossiers.rules import DetailKind, DossierRefused
from undaunted.repression.dossiers.writers import sentences_beside
from undaunted.repression.sanctions.rules import State, Tie, authority_for

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.repression.dossiers.analysis import Beside

pytestmark = pytest.mark.usefixtures("ledger")
DESK = "/desk/dossiers/listed/"
LAWS = "law=eu-2020-1998&law=gb-ghrsr-2020"


@pytest.fixture
def scene(owner_sql: Any, tmp_path: Path) -> Scene:
    """Make a dossier agreed to for two governments; one list of two has a name alike."""
    made = make_scene(owner_sql)
    agree(made, UNION)
    agree(made, GB)
    desk = made.desk
    office = Office(desk.organisation, desk.documenter, desk.reviewer, desk.publisher)
    today = timezone.now().date().isoformat()
    since: dict[str, Any] = {"events": [event("designated", "2025-02-15")]}
    listing(office, XF, tmp_path, [person("F1", "Rupert Henzau", born="1971-04-02", **since)],
            day=today, at=timezone.now())  # fmt: skip
    listing(office, XZ, tmp_path, [person("Z9", "Somebody Else", **since)], day=today,
            at=timezone.now())  # fmt: skip
    resolved(desk.documenter)
    return made


def tied(scene: Scene, text: str, *, evidence: bool = True) -> None:
    rest = Evidence((scene.source,), Grade.parse("A2"), "p. 3") if evidence else Evidence()
    with acting_as(scene.desk.documenter) as actor:
        record_detail(scene.commander, DetailKind.LISTED, text, actor=actor, at=AT, evidence=rest)


def beside(scene: Scene) -> Beside:
    laws = [authority_for("eu-2020-1998"), authority_for("gb-ghrsr-2020")]
    with acting_as(scene.desk.documenter) as actor:
        sheet = gather(actor, scene.dossier)
        return listed_beside(actor, [sheet], laws, on=timezone.now().date())


def seen(client: Client, query: str = "", code: int = 200) -> str:
    answer = client.get(f"{DESK}{query}")
    assert answer.status_code == code
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_name_alike_makes_a_cell_possible_and_an_entry_found_to_be_them_listed(
    scene: Scene,
) -> None:
    commander, prosecutor = beside(scene).people
    states = {each.jurisdiction: each.state for each in commander.cells}
    assert states == {"XF": State.POSSIBLY, "XZ": State.NOT_FOUND, "EU": State.NOT_LOADED,
                      "GB": State.NOT_LOADED}  # fmt: skip
    ((alike),) = commander.alike
    assert (alike.source, alike.key, alike.name) == (XF, "F1", "Rupert Henzau")
    assert all(each.state is not State.POSSIBLY for each in prosecutor.cells)
    tied(scene, f"{XF}:F1")
    commander = beside(scene).people[0]
    states = {each.jurisdiction: each.state for each in commander.cells}
    assert (states["XF"], states["XZ"]) == (State.LISTED, State.NOT_FOUND)
    assert commander.alike == ()
    assert commander.tied == ((XF, "F1"),)


def test_a_name_alike_of_an_entry_that_was_delisted_is_no_sure_gap(
    scene: Scene, tmp_path: Path
) -> None:
    desk = scene.desk
    office = Office(desk.organisation, desk.documenter, desk.reviewer, desk.publisher)
    events = [event("designated", "2025-02-15"), event("delisted", "2025-05-05")]
    left = person("F1", "Rupert Henzau", born="1971-04-02", events=events)
    listing(office, XF, tmp_path, [left], day=timezone.now().date().isoformat(), at=timezone.now())
    resolved(desk.documenter)
    (cell,) = [e for e in beside(scene).people[0].cells if e.jurisdiction == "XF"]
    assert cell.state is State.POSSIBLY_DELISTED
    assert not cell.sure_gap
    assert [(each.key, each.tie) for each in cell.lines] == [("F1", Tie.OPEN)]


def test_lists_are_made_ready_once_for_all_people_and_requests(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list of some ten thousand names costs seconds: once, and its people alone."""
    made: list[int] = []
    build = vars(searching)["build_index"]

    def counting(names: Any) -> Any:
        made.append(1)
        return build(names)

    monkeypatch.setattr(searching, "build_index", counting)
    assert len(beside(scene).people) == 2
    assert len(made) == 2, "one index of each list in force"
    client = signed_in_client(scene.desk.documenter)
    for _ in range(2):
        assert "Rupert Henzau" in seen(client)
    assert len(made) == 2


def test_what_is_known_besides_the_name_parts_two_people(scene: Scene, tmp_path: Path) -> None:
    desk = scene.desk
    office = Office(desk.organisation, desk.documenter, desk.reviewer, desk.publisher)
    other = person("F2", "Rupert Henzau", born="1931-01-01")
    listing(office, XF, tmp_path, [other], day="2026-11-20")
    assert beside(scene).people[0].alike == ()


def test_one_page_says_who_lists_and_what_the_law_of_each_gap_asks(scene: Scene) -> None:
    tied(scene, f"{XF}:F1")
    client = signed_in_client(scene.desk.documenter)
    for page in (seen(client, f"?{LAWS}"), seen(client, f"print/?{LAWS}")):
        told = re.sub(r"<[^>]{0,300}>", "", page)
        assert re.search(r"Listed by Freedonia.{0,60}, not found on the current lists of Zub", told)
        assert "The conduct meets EU Global Human Rights Sanctions Regime, Article 2(1)" in told
        assert re.search(
            r"UK global human rights sanctions: missing evidence of [^.]{1,60}; or torture", told
        )
        assert "Evidence is missing" in told
    assert "on-paper" in seen(client, f"print/?{LAWS}")


def test_it_is_narrowed_to_a_dossier_and_to_an_event(scene: Scene) -> None:
    client = signed_in_client(scene.desk.documenter)
    page = seen(client, f"?dossier={scene.dossier.pk}&event={scene.act.claim}")
    assert "Rupert Hentzau" in page
    assert "Antoinette Maubon" in page
    seen(client, "?dossier=931f0430-0000-4000-8000-000000000000", 422)
    seen(client, "?event=none", 422)
    seen(client, "?law=zz", 422)


def test_a_dossier_beyond_those_read_at_once_is_told_and_can_be_chosen(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = scene.desk
    with acting_as(desk.documenter) as actor:
        plan = DossierPlan("Raids (invented)", "XR", "Raids at night.", team=[desk.reviewer.pk])
        newer = open_dossier(desk.organisation, plan, actor=actor, at=timezone.now())
    monkeypatch.setattr(listed, "MOST", 1)
    client = signed_in_client(desk.documenter)
    for page in (seen(client), seen(client, "print/")):
        assert "The newest 1 of your 2 dossiers are read here" in page
        assert "Rupert Hentzau" not in page
    page = seen(client, f"?dossier={scene.dossier.pk}")
    assert "Rupert Hentzau" in page
    assert "of your 2 dossiers" not in page
    assert "of your 2 dossiers" not in seen(client, f"?dossier={newer.pk}")


def test_an_entry_is_tied_with_evidence_and_only_where_a_list_holds_it(scene: Scene) -> None:
    for text, evidence, why in (
        (f"{XF}:F1", False, "rests on evidence"),
        (f"{XF}:NOPE", True, "is on no list in force"),
        ("F1", True, "write list:key"),
    ):
        with pytest.raises(DossierRefused, match=why):
            tied(scene, text, evidence=evidence)
    assert date(2026, 1, 1) < beside(scene).on


def test_programs_and_the_terminal_read_the_same(scene: Scene) -> None:
    tied(scene, f"{XF}:F1")
    user = scene.desk.documenter
    key = scene.dossier.pk
    with in_person(user) as actor:
        token = make_token("test", SCOPES, actor=actor, at=timezone.now(), days=1)[1]
    client = Client(headers={"Authorization": f"Bearer {token}"})
    address = f"/api/v1/dossiers/desk/{key}/listed?{LAWS}"
    told = client.get(address).json()
    commander = told["people"][0]
    assert commander["recorded_as"] == [f"{XF}:F1"]
    cells = {each["jurisdiction"]: each["state"] for each in commander["cells"]}
    assert cells["XF"] == State.LISTED
    assert cells["XZ"] == State.NOT_FOUND
    assert [each["law"] for each in commander["laws"]] == ["eu-2020-1998", "gb-ghrsr-2020"]
    assert any("missing evidence of" in each for each in commander["sentences"])
    same = ("--law", "eu-2020-1998", "--law", "gb-ghrsr-2020")
    assert (
        json.loads(run_at_terminal(commands, "listed", key, *same, "--json", person=user)) == told
    )
    printed = run_at_terminal(commands, "listed", key, "--event", scene.act.claim, person=user)
    assert "Listed by Freedonia" in printed
    unknown = run_at_terminal(commands, "listed", key, "--event", key, person=user, status=2)
    assert "the claim of no act of this dossier" in unknown
    assert client.get(f"{address}&event={key}").status_code == 409
    assert client.get(address.replace(LAWS, "law=nothing")).status_code == 409
    outside = Client()
    assert outside.get(address).status_code == 401


def test_where_agreement_lacks_it_is_said_and_not_that_evidence_does(scene: Scene) -> None:
    client, asked = signed_in_client(scene.desk.documenter), "?law=us-eo-13818"
    for address in (f"{DESK}{asked}", f"/desk/dossiers/{scene.dossier.pk}/laws/{asked}"):
        told = re.sub(r"<[^>]{0,300}>", "", client.get(address).content.decode())
        assert "agreement is missing to tell of arbitrary arrest or detention" in told, address
        assert "missing evidence of" not in told
        assert "it was found not to be so" not in told
        assert ": missing" not in told
        assert "Agreement is missing" in told
        assert "Evidence is missing" not in told.partition("<footer")[0].partition("Legend")[0]
    laws = [authority_for("us-eo-13818"), authority_for("gb-ghrsr-2020")]
    with acting_as(scene.desk.documenter) as actor:
        sheet = gather(actor, scene.dossier)
        person, _ = listed_beside(actor, [sheet], laws, on=timezone.now().date()).people
    assert "detention" in person.laws[0].unagreed
    assert any(
        re.fullmatch(r"Act 1 · [^:]{1,60}: agreement is missing to tell of .{1,200}", sentence)
        for sentence in sentences_beside(person)
    )
    assert person.laws[1].unagreed == ()
    both = [sentence for sentence in sentences_beside(person) if "evidence" in sentence]
    assert len(both) == 1
    assert both[0].startswith("Act 1 · UK global human rights sanctions: missing evidence of")


def test_somebody_whose_letters_are_not_heard_is_not_told_as_not_found(scene: Scene) -> None:
    rest = Evidence((scene.source,), Grade.parse("A2"), "p. 3")
    with acting_as(scene.desk.documenter) as actor:
        told: dict[str, Any] = {"actor": actor, "at": AT, "evidence": rest}
        general = record_accused(scene.dossier, "မင်းအောင်လှိုင်", **told)

    def general_states() -> dict[str, State]:
        (found,) = (each for each in beside(scene).people if each.person.row.pk == general.pk)
        return {each.jurisdiction: each.state for each in found.cells}

    nothing = {"EU": State.NOT_LOADED, "GB": State.NOT_LOADED}
    assert general_states() == {"XF": State.NOT_COMPARED, "XZ": State.NOT_COMPARED} | nothing
    with acting_as(scene.desk.documenter) as actor:
        record_detail(general, DetailKind.LISTED, f"{XZ}:Z9", actor=actor, at=AT, evidence=rest)
    assert general_states() == {"XF": State.NOT_FOUND, "XZ": State.LISTED} | nothing


def test_another_spelling_that_is_heard_is_compared(scene: Scene) -> None:
    rest = Evidence((scene.source,), Grade.parse("A2"), "p. 3")
    with acting_as(scene.desk.documenter) as actor:
        told: dict[str, Any] = {"actor": actor, "at": AT, "evidence": rest}
        general = record_accused(scene.dossier, "李家超", **told)
        record_detail(general, DetailKind.NAME, "Lee Ka-chiu", **told)
    (found,) = (each for each in beside(scene).people if each.person.row.pk == general.pk)
    assert {each.state for each in found.cells if each.lists} == {State.NOT_FOUND}
