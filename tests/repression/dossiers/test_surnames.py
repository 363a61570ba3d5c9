"""A victim's surname alone is found in what is written for a government, or declared another's."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection

from tests.core.accounts.factories import signed_in_client
from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import LATER, another, consent
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.rules import FieldGroup
from undaunted.core.evidence.rules import Grade
from undaunted.repression.dossiers.actions import (
    DossierPlan,
    Evidence,
    end_submission,
    record_detail,
    rewrite_submission,
    search_listings,
    write_dossier,
)
from undaunted.repression.dossiers.rules import (
    DetailKind,
    DossierRefused,
    SubmissionRefused,
    coincidences_of,
    declared_whole,
    forms_in,
    surnames_in,
    surnames_of,
)

ledger = pytest.mark.usefixtures("ledger")


@pytest.mark.parametrize(
    ("name", "surnames"),
    [
        ("Ana Varga", ("Varga",)),
        ("Varga, Ana", ("Varga",)),
        ("VARGA Ana", ("VARGA",)),
        ("ANA VARGA", ("VARGA",)),
        ("Варга Анна Ивановна", ("Варга",)),  # noqa: RUF001 - Cyrillic
        ("Anna Ivanovna Varga", ("Varga",)),
        ("Ana Varga Jr.", ("Varga",)),
        ("Zhang Xiaoming", ("Zhang", "Xiaoming")),
        ("Kim Larsen", ("Kim", "Larsen")),
        ("Varga", ("Varga",)),
        ("Marko Petrović", ("Petrović",)),
        ("Juan Pérez García", ("Pérez", "García")),
        ("Juan Pérez de la Cruz", ("Pérez", "Cruz")),
        ("Anna van der Berg", ("Berg",)),
        ("Mammadov Ilgar Eldar oglu", ("Mammadov",)),
        ("Ilgar Eldar oglu Mammadov", ("Mammadov",)),
        ("Kemal Ali Davutoğlu", ("Ali", "Davutoğlu")),
    ],
)
def test_the_surname_is_told_by_how_a_name_is_written(name: str, surnames: tuple[str, ...]) -> None:
    assert surnames_of(name) == surnames


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("the beating of Varga by guards", "Ana Varga", ("Varga",)),
        ("they beat VARGA; varga fell", "Ana Varga", ("VARGA", "varga")),
        ("Varga's sister", "Ana Varga", ("Varga",)),
        ("Варга упала", "Ana Varga", ("Варга",)),  # noqa: RUF001 - Cyrillic
        ("the Vargas of the town", "Ana Varga", ()),
        ("Ana fell", "Ana Varga", ()),
        ("so Li did", "Wei Li", ()),
        ("the judge said", "Anna Judge", ()),
        ("Los agentes golpearon a Pérez.", "Juan Pérez García", ("Pérez",)),
        ("Петрова избили в отделе", "Иван Петров", ("Петрова",)),
        ("Петрова избили в отделе", "Ivan Petrov", ("Петрова",)),
        ("Купалу и Горького", "Янка Купала", ("Купалу",)),
        ("Купалу и Горького", "Максим Горький", ("Горького",)),
        ("Варя и Петроградский", "Иван Петров", ()),
        ("Hentzau beat Person 1", "Flavia Hentzau", ()),
    ],
)
def test_a_surname_is_found_as_a_whole_word_that_is_nobody_elses(
    text: str, name: str, found: tuple[str, ...]
) -> None:
    passed = forms_in(("A judge of the court", "Rupert Hentzau"))
    assert surnames_in(text, (name,), passed) == found


def test_a_coincidence_is_a_single_word_and_few_are_declared() -> None:
    assert coincidences_of((" Varga", "", "Varga", "Brien")) == ("Varga", "Brien")
    for wrong in ("Ana Varga", "12", "x" * 61):
        with pytest.raises(DossierRefused, match="single words"):
            coincidences_of((wrong,))
    with pytest.raises(DossierRefused, match="at most 20"):
        coincidences_of([f"Varg{chr(97 + each)}" for each in range(21)])


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def summed(scene: Scene, summary: str) -> None:
    with acting_as(scene.desk.documenter) as actor:
        write_dossier(scene.dossier, DossierPlan("T", "XR", summary), actor=actor, at=AT)


@ledger
@pytest.mark.parametrize("word", ["dobrev", "korsak"])
def test_a_surname_alone_stops_a_submission_until_it_is_declared(scene: Scene, word: str) -> None:
    agree(scene, UNION)
    another(scene)
    told = {"summary": f"The square of {word}, where a guard stood on 5 March."}
    with pytest.raises(SubmissionRefused) as refusal:
        written(scene, "eu-2020-1998", **told)
    (problem,) = refusal.value.problems
    assert problem.startswith("summary: ")
    assert ("“dobrev” is a surname" in problem) is (word == "dobrev")
    made = written(scene, "eu-2020-1998", coincidences=(word.title(),), **told)
    assert made.coincidences == [word.title()]
    with acting_as(scene.desk.documenter) as actor:
        made = rewrite_submission(made, actor=actor, at=AT)
        assert made.coincidences == [word.title()]
    page = signed_in_client(scene.desk.documenter).get(f"/desk/dossiers/submissions/{made.pk}/")
    declared = f"Words declared a coincidence</dt><dd><bdi>{word.title()}</bdi>"
    assert declared in page.content.decode()


@ledger
def test_words_that_are_a_surname_go_when_a_submission_ends(scene: Scene, owner_sql: Any) -> None:
    grant = agree(scene, UNION)
    summed(scene, "The square of Korsak, where a guard stood.")
    ended, revoked = (written(scene, "eu-2020-1998", coincidences=("Korsak",)) for _ in range(2))
    change = "UPDATE dossiers_submission SET coincidences = %s WHERE id = %s"
    for words in (["Korsak", "Varga"], []):
        with (
            acting_as(scene.desk.documenter),
            pytest.raises(DatabaseError, match="stays what was written"),
            connection.cursor() as cursor,
        ):
            cursor.execute(change, [words, ended.pk])
    with acting_as(scene.desk.documenter) as actor:
        assert end_submission(ended, actor=actor, at=AT).coincidences == []
        revoke_consent(grant, actor=actor, at=AT)
    told = "SELECT state, why, coincidences FROM dossiers_submission WHERE id = %s"
    assert owner_sql(told, [ended.pk]) == [("ended", "desk", [])]
    assert owner_sql(told, [revoked.pk]) == [("ended", "revoked", [])]


@ledger
def test_a_coincidence_is_asked_anew_once_somebody_joined(scene: Scene) -> None:
    agree(scene, UNION)
    summed(scene, "The square of Dobrev, where a guard stood.")
    made = written(scene, "eu-2020-1998", coincidences=("Dobrev",))
    subject, _ = another(scene, at=LATER)
    consent(scene, subject, UNION, FieldGroup.DETENTION)
    with (
        acting_as(scene.desk.documenter) as actor,
        pytest.raises(SubmissionRefused, match="“Dobrev” is a surname"),
    ):
        rewrite_submission(made, actor=actor, at=LATER)


def test_a_name_of_one_word_is_looked_for_until_all_of_it_is_declared() -> None:
    for words, whole in ((("Abu",), False), (("Zarina",), False), (("Abu", "Zarina"), True)):
        assert declared_whole("Abu-Zarina", forms_in(words)) is whole
    assert declared_whole("Zarina", forms_in(("Zarina",)))


@ledger
def test_the_whole_name_is_refused_whatever_was_declared(scene: Scene) -> None:
    agree(scene, UNION)
    summed(scene, "Olena Korsak was taken.")
    with pytest.raises(SubmissionRefused, match="summary: it names somebody"):
        written(scene, "eu-2020-1998", coincidences=("Olena", "Korsak"))


@ledger
def test_whoever_is_alleged_may_be_called_like_a_victim(scene: Scene) -> None:
    agree(scene, UNION)
    another(scene)
    rest = Evidence((scene.source,), Grade.parse("A2"))
    with acting_as(scene.desk.documenter) as actor:
        told: dict[str, Any] = {"actor": actor, "at": AT}
        record_detail(scene.commander, DetailKind.NAME, "Rupert Dobrev", evidence=rest, **told)
        search_listings(scene.commander, **told)
    told = {"summary": "Dobrev commanded the guard."}
    assert written(scene, "eu-2020-1998", **told).state == "written"
    with pytest.raises(SubmissionRefused, match="“Dobrev” is a surname"):
        written(scene, "eu-2020-1998", people=[scene.prosecutor.pk], **told)
