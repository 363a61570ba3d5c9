"""A dossier at the desk from opening to release, as plain pages; a stranger finds nothing."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.prisoners.registry.casework import agree as agree_in_public
from tests.prisoners.registry.casework import person_with_spell
from tests.prisoners.registry.desk import AT, make_desk
from tests.repression.dossiers.factories import GB, UNION, VICTIM, Scene, agree, make_scene
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.queries import parties_for
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.evidence.actions import record_source, store_document
from undaunted.core.evidence.queries import sources_for
from undaunted.core.evidence.rules import Grade, SourceKind
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.prisoners.registry.actions.publication import propose_publication
from undaunted.prisoners.registry.actions.records import record_spell
from undaunted.repression.dossiers.actions import DossierPlan, write_dossier
from undaunted.repression.dossiers.forms import fields
from undaunted.repression.dossiers.queries import dossiers_for, victims_read

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("ledger")
DESK = "/desk/dossiers/"


def seen(client: Client, address: str, code: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == code, address
    return str(answer.content.decode())


def posted(client: Client, address: str, code: int = 302, **told: Any) -> str:
    answer = client.post(address, told)
    text = str(answer.content.decode())
    problems = re.findall(r'class="[^"]*(?:error|problem)[^"]*"[^>]*>(.*?)<', text)
    assert answer.status_code == code, (address, problems, text[-3000:])
    return str(answer.headers.get("Location", "")) or text


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_a_dossier_is_made_by_plain_forms_alone(owner_sql: Any) -> None:
    desk = make_desk(owner_sql)
    _, spell = person_with_spell(desk)
    with acting_as(desk.documenter) as actor:
        source = record_source(
            desk.organisation, actor=actor, at=AT, kind=SourceKind.WITNESS, title="Witness W1"
        )
    client = signed_in_client(desk.documenter)
    one = posted(client, f"{DESK}new/", holder=desk.organisation, title="Strelsau", country="XR",
                 summary="A detention.", tlp="AMBER",
                 team=f"{desk.reviewer.username} {desk.publisher.username}")  # fmt: skip
    rest: dict[str, Any] = {"sources": [source.pk], "grade": "B2", "locator": "p. 1"}
    posted(client, f"{one}add/act/", act=spell.claim)
    posted(client, f"{one}add/person/", name="Rupert Hentzau", kind="person", **rest)
    page = seen(client, one)
    person = re.findall(r"accused=([0-9a-f-]{36})", page)[0]
    act = re.findall(r'<option value="([0-9a-f-]{36})"', seen(client, f"{one}add/link/"))
    about = {"accused": person}
    posted(client, f"{one}add/detail/", kind="birth", text="1971-04", **about, **rest)
    posted(client, f"{one}add/post/", office="Commander", start="2023", end="", **about, **rest)
    assert act
    form = seen(client, f"{one}add/link/?accused={person}&mode=command")
    chosen = re.search(r'name="act".*?<option value="([0-9a-f-]{36})"', form, re.DOTALL)
    assert chosen
    key = chosen.group(1)
    assert 'value="command" selected' in form
    posted(client, f"{one}add/link/", act=key, mode="ordered", reasons="By order.", **about, **rest)
    posted(client, f"{one}add/finding/", fact="detention", value="met", act=key, accused="",
           reasons="No judge.", **rest)  # fmt: skip
    posted(
        client, f"{one}add/statement/", kind="searched", body="The gazette.", grade="F6", **about
    )
    posted(client, f"{one}add/statement/", kind="nothing_found", body="It is silent.", grade="F6",
           **about)  # fmt: skip
    posted(client, f"{one}add/reply/", reply="unsafe", reasons="Arrests.", **about)
    posted(client, f"{one}search/", part=person)
    second = signed_in_client(desk.reviewer)
    for part in re.findall(
        r'confirm/">.*?name="part" value="([0-9a-f-]{36})"', seen(second, one), re.DOTALL
    ):
        posted(second, f"{one}confirm/", part=part)
        assert "The statement is confirmed." in seen(second, one)
    page = seen(client, one)
    assert "Rupert Hentzau" in page
    assert page.count("confirmed by two") == 2
    assert all(name not in page for name in VICTIM)


def test_the_laws_stand_side_by_side_and_say_what_is_missing(scene: Scene) -> None:
    agree(scene, UNION)
    page = seen(signed_in_client(scene.desk.documenter), f"{DESK}{scene.dossier.pk}/laws/")
    assert "Every element is met" in page
    assert "or torture or other cruel, inhuman or degrading treatment" in " ".join(page.split())
    assert "missing extrajudicial, summary or arbitrary killing" in page
    assert "1 act of 1 is left out" in page
    chosen = seen(signed_in_client(scene.desk.documenter),
                  f"{DESK}{scene.dossier.pk}/laws/?law=gb-ghrsr-2020")  # fmt: skip
    assert "Every element is met" not in chosen


def test_a_dossier_tells_no_code_in_any_language(scene: Scene) -> None:
    client = signed_in_client(scene.desk.documenter)
    shown = client.get(f"/fr/desk/dossiers/{scene.dossier.pk}/").content.decode()
    words = re.sub(r"<[^>]+>", "|", shown.partition("<main")[2])
    told = {each.strip() for each in words.split("|")}
    assert not told & {"detention", "official", "ordered", "complicit", "searched", "nothing_found"}
    assert "Arbitrary arrest or detention" not in told


def test_a_submission_about_some_is_asked_for_its_summary(scene: Scene) -> None:
    agree(scene, UNION)
    client, one = signed_in_client(scene.desk.documenter), f"{DESK}{scene.dossier.pk}/"
    plan = DossierPlan("Detention (invented)", "XR", "By Maubon.", team=list(scene.dossier.team))
    with acting_as(scene.desk.documenter) as actor:
        write_dossier(scene.dossier, plan, actor=actor, at=AT)
    sent: dict[str, Any] = {
        "authority": "eu-2020-1998", "recipient": "The Council", "language": "en",
        "people": [str(scene.commander.pk)],
    }  # fmt: skip
    refused = posted(client, f"{one}add/submission/", 200, **sent)
    assert "it names Antoinette Maubon" in refused
    assert "summary: it names" not in refused, "it stands at the field, called as the form does"
    assert "Not searched, because no version is held here:" in seen(client, f"{one}add/submission/")
    posted(client, f"{one}add/submission/", neutral="on", **sent)
    (put,) = set(re.findall(rf"{DESK}submissions/[0-9a-f-]+/", seen(client, one)))
    assert "Put together from the paper" in seen(client, put)
    posted(client, f"{one}add/submission/", summary="Of him alone.", **sent)
    (made,) = set(re.findall(rf"{DESK}submissions/[0-9a-f-]+/", seen(client, one))) - {put}
    assert "Of him alone." in seen(client, made)
    posted(client, f"{made}rewrite/", neutral="on")
    (anew,) = set(re.findall(rf"{DESK}submissions/[0-9a-f-]+/", seen(client, one))) - {put, made}
    assert "Put together from the paper" in seen(client, anew)


def test_a_submission_is_written_by_one_and_released_by_another(scene: Scene) -> None:
    agree(scene, UNION)
    client, one = signed_in_client(scene.desk.documenter), f"{DESK}{scene.dossier.pk}/"
    refused = posted(client, f"{one}add/submission/", 200, authority="gb-ghrsr-2020",
                     recipient="London", language="en", key="")  # fmt: skip
    assert "no act is linked of which anybody agreed that" in refused
    posted(client, f"{one}add/submission/", authority="eu-2020-1998", recipient="The Council",
           language="fr", key="")  # fmt: skip
    (sent,) = set(re.findall(rf"{DESK}submissions/[0-9a-f-]+/", seen(client, one)))
    posted(client, f"{sent}release/", 404)
    publisher = signed_in_client(scene.desk.publisher)
    assert publisher.head(f"{sent}files/draft.pdf").status_code == 405
    posted(publisher, f"{sent}release/")
    waits = seen(publisher, sent)
    assert "Open first:" in waits
    assert "Released by" not in waits
    answer = publisher.get(f"{sent}files/draft.pdf")
    assert answer.content.startswith(b"%PDF")
    posted(publisher, f"{sent}release/")
    assert "Released by" in seen(client, sent)
    posted(client, f"{sent}rewrite/")
    assert "1.1" in seen(client, one)
    posted(client, f"{sent}end/", 409)
    assert publisher.get(f"{sent}files/submission.pdf").status_code == 410


def test_whoever_does_not_handle_it_finds_nothing(scene: Scene) -> None:
    agree(scene, GB)
    one = f"{DESK}{scene.dossier.pk}/"
    for user in (scene.desk.stranger, scene.desk.steward, scene.desk.second_reviewer):
        client = signed_in_client(user)
        assert "Strelsau" not in seen(client, DESK)
        for address in ("", "laws/", "change/", "add/link/", "add/submission/"):
            seen(client, one + address, 404)
        posted(client, f"{one}close/", 404)
        missing = seen(client, f"{DESK}{uuid4()}/", 404)
        assert len(missing) == len(seen(client, one, 404))
        with acting_as(user) as actor:
            assert dossiers_for(actor).count() == 0


def test_a_form_says_what_is_wrong_and_keeps_nothing(scene: Scene) -> None:
    client, one = signed_in_client(scene.desk.documenter), f"{DESK}{scene.dossier.pk}/"
    about = {"accused": scene.commander.pk, "grade": "F6"}
    told = posted(client, f"{one}add/post/", 200, office="X", start="yesterday", **about)
    assert "yesterday" in told
    told = posted(client, f"{one}add/post/", 200, office="X", start="2024", end="2023", **about)
    assert "2023 is before 2024" in told
    told = posted(client, f"{one}add/link/", 200, act=scene.act.pk, mode="ordered", reasons="Yes.",
                  **about)  # fmt: skip
    assert "choose at least one source" in told
    told = posted(client, f"{one}add/detail/", 200, kind="name", text="Z",
                  accused=scene.commander.pk, grade="Z9")  # fmt: skip
    assert "such as B2" in told
    told = posted(client, f"{one}change/", 200, title="T", country="XR", tlp="AMBER", team="nobody")
    assert "Nobody in your organisation is called nobody" in told
    seen(client, f"{one}add/nothing/", 404)


def test_acts_that_are_alike_are_told_apart_by_person_case_and_way_to_it(scene: Scene) -> None:
    desk, day = scene.desk, PartialDate.parse("2024-03-05")
    with acting_as(desk.documenter) as actor:
        (victim,) = parties_for(actor, [scene.subject])
    agree_in_public(desk, victim)
    with acting_as(desk.documenter) as actor:
        reference = propose_publication(victim, actor=actor, at=AT).reference
        more = [scene.subject]
        more += [
            record_person(
                desk.organisation, [(name, "full", "en")], actor=actor, at=AT, country="XR"
            ).pk
            for name in ("Vasil Dobrev", "Ilya Rassendyll")
        ]
        source = sources_for(actor).get(pk=scene.source)
        for party in (*parties_for(actor, more), *parties_for(actor, more[2:])):
            record_spell(party, "pre_trial_detention", day, actor=actor, at=AT, tier="B",
                         country="XR", sources=[(source, Grade.parse("B2"))])  # fmt: skip
    page = seen(signed_in_client(desk.documenter), f"{DESK}{scene.dossier.pk}/add/act/")
    choices = re.findall(r'<input type="radio".*?</label>', page, re.DOTALL)
    assert len(choices) == 4
    assert sum("Ilya Rassendyll" in each for each in choices) == 2
    assert len({re.sub(r"<[^>]{1,200}>", "", each) for each in choices}) == 4
    for name, key in zip(("Корсак", "Vasil Dobrev"), more[:2], strict=True):
        (told,) = [each for each in choices if name in each]
        assert f'href="/desk/cases/{key}/"' in told
        assert ("Person 1" in told) is (key == scene.subject)
        assert (reference in told) is (key == scene.subject)
        assert "5 March 2024" in told


def test_whose_case_is_not_to_be_read_is_not_named_among_acts(scene: Scene) -> None:
    with acting_as(scene.desk.stranger) as actor:
        assert victims_read(actor, [scene.subject]) == {}
    with acting_as(scene.desk.documenter) as actor:
        (told,) = victims_read(actor, [scene.subject]).values()
        assert "Olena Korsak" in told.form.names


def test_acts_and_documents_beyond_a_page_are_offered_on_the_next(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fields, "_MOST", 1)
    desk = scene.desk
    with acting_as(desk.documenter) as actor:
        source = sources_for(actor).get(pk=scene.source)
        for name in ("Vasil Dobrev", "Ilya Rassendyll"):
            party = record_person(
                desk.organisation, [(name, "full", "en")], actor=actor, at=AT, country="XR"
            )
            record_spell(party, "pre_trial_detention", PartialDate.parse("2024-03-05"),
                         actor=actor, at=AT, tier="B", country="XR",
                         sources=[(source, Grade.parse("B2"))])  # fmt: skip
            store_document(io.BytesIO(name.encode()), source, actor=actor, at=AT,
                           media_type="text/plain")  # fmt: skip
    client, one = signed_in_client(desk.documenter), f"{DESK}{scene.dossier.pk}/"
    for part, choice in (("act", 'input type="radio"'), ("annex", "option")):
        pages = [seen(client, f"{one}add/{part}/?page={number}") for number in (1, 2)]
        found = [
            set(re.findall(rf'<{choice}[^>]{{0,80}}value="([0-9a-f-]{{36}})"', page))
            for page in pages
        ]
        assert [len(each) for each in found] == [1, 1], part
        assert found[0] != found[1]
        assert "Page 1 of 2" in pages[0]
        assert re.search(r'href="[^"]{0,99}page=2"', pages[0])
        if part == "act":
            posted(client, f"{one}add/act/?page=2", act=found[1].pop())
    assert "Page 1 of" not in seen(client, f"{one}add/act/")
    assert "Page 1" not in seen(client, f"{one}add/reply/")
