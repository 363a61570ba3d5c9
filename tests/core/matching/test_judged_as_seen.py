"""A verdict is of what its judge was shown: what a list says since then, nobody looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.matching.factories import (
    XF,
    XZ,
    Office,
    in_file,
    listed,
    make_office,
    person,
    resolved,
    screened,
    seen_on,
)
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.commands import commands
from undaunted.core.matching.models import Answer, MatchJudgement, Question
from undaunted.core.matching.queries import queue_of
from undaunted.core.matching.rules import digest_of_pairs

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

pytestmark = pytest.mark.usefixtures("ledger")

DESK = "/desk/matching/"
PAIR = f"{DESK}pair/?left={XF}:1&right={XZ}:Z/9"
VIKTOR = person("1", "Viktor Strovik", born="1961-03-04")
SAMANTHA = person("1", "Samantha Strovik", born="1999-01-02", gender="female")
WIKTOR = person("Z/9", "Wiktor Strowik", "Виктор Стровик", born="1961-03-04")
OLGA = person("2", "Olga Vernik", born="1970-07-07")


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [VIKTOR, OLGA])
    listed(held, XZ, tmp_path, [WIKTOR])
    resolved(held.writer)
    return held


def test_pair_shown_before_a_load_is_not_judged_after_it(office: Office, tmp_path: Path) -> None:
    client = signed_in_client(office.writer)
    seen = seen_on(client, PAIR)
    told = {"verdict": "same", "why": "Same birth and name."}
    listed(office, XF, tmp_path, [SAMANTHA, OLGA])
    answer = client.post(PAIR, {**told, "seen": seen})
    assert answer.status_code == 409
    assert "look again" in answer.content.decode()
    assert client.post(PAIR, told).status_code == 409, "a form without what it showed"
    assert not MatchJudgement.objects.exists()
    assert client.post(PAIR, {**told, "seen": seen_on(client, PAIR)}).status_code == 302


def test_another_person_does_not_confirm_what_they_were_not_shown(
    office: Office, tmp_path: Path
) -> None:
    told = {"verdict": "same", "why": "Same birth and name."}
    second = signed_in_client(office.reviewer)
    before = seen_on(second, PAIR)
    listed(office, XF, tmp_path, [SAMANTHA, OLGA])
    first = signed_in_client(office.writer)
    assert first.post(PAIR, {**told, "seen": seen_on(first, PAIR)}).status_code == 302
    assert second.post(PAIR, {**told, "seen": before}).status_code == 409
    assert not MatchJudgement.objects.filter(confirmed_at__isnull=False).exists()


@pytest.mark.parametrize(
    "more",
    [
        {"remarks": "Brother of an entry of the same list."},
        {"reasons": "Ordered beatings in 2020."},
        {"births": [{"day": "1961-03-04", "place": "Norna", "text": "1961-03-04"}]},
        {"programmes": [{"code": "GHR", "title": "Human rights regime"}]},
        {"measures": [{"kind": "entry_ban", "stated": True}]},
        {"positions": ["Mayor of Hest"]},
        {"addresses": [{"text": "3 Quay Street, Norna", "country": "XR"}]},
        {"events": [{"kind": "designated", "day": "2021-03-22"}]},
        {"ids": [["XF", "GHR-0017"]]},
        {"countries": ["XS"]},
    ],
    ids=lambda more: next(iter(more)),
)
def test_whatever_the_judge_was_shown_is_looked_at_again_once_it_changed(
    office: Office, tmp_path: Path, more: dict[str, Any]
) -> None:
    client = signed_in_client(office.writer)
    seen = seen_on(client, PAIR)
    listed(office, XF, tmp_path, [{**VIKTOR, **more}, OLGA])
    told = {"verdict": "same", "why": "Same birth and name."}
    assert client.post(PAIR, {**told, "seen": seen}).status_code == 409
    assert not MatchJudgement.objects.exists()
    assert client.post(PAIR, {**told, "seen": seen_on(client, PAIR)}).status_code == 302


def test_as_many_other_pairs_are_not_accepted_together(office: Office, tmp_path: Path) -> None:
    client, here = signed_in_client(office.writer), f"{DESK}accept/"
    seen = seen_on(client, here)
    listed(office, XF, tmp_path, [OLGA])
    listed(office, XZ, tmp_path, [WIKTOR, person("Z/7", "Olga Vernik", born="1970-07-07")])
    resolved(office.writer)
    assert len(queue_of(PUBLIC).acceptable) == 1, "one came and one left"
    told = {"source": "", "reason": "Looked at Viktor."}
    for sent in ({"seen": seen}, {"count": "1"}, {}):
        answer = client.post(here, told | sent)
        assert answer.status_code == 409
    assert not MatchJudgement.objects.exists()


def test_entry_of_a_pair_that_changed_is_not_accepted_together(
    office: Office, tmp_path: Path
) -> None:
    client, here = signed_in_client(office.writer), f"{DESK}accept/"
    seen = seen_on(client, here)
    listed(office, XF, tmp_path, [{**VIKTOR, "gender": "female"}, OLGA])
    told = {"source": "", "reason": "Looked at Viktor.", "seen": seen}
    assert client.post(here, told).status_code == 409
    assert not MatchJudgement.objects.exists()


def _asked(office: Office) -> UUID:
    """Hold a file against the lists, and give the question whether its person is Viktor Strovik."""
    in_file(office, "Viktor Strovik", born="1961")
    screened(office)
    with acting_as(office.writer):
        return Question.objects.get(entry=f"{XF}:1").pk


def test_answer_about_a_file_is_of_the_entry_that_was_shown(office: Office, tmp_path: Path) -> None:
    client, here = signed_in_client(office.writer), f"{DESK}files/{_asked(office)}/"
    seen = seen_on(client, here)
    listed(office, XF, tmp_path, [person("1", "Viktor Strovik", born="1961-05-05"), OLGA])
    told = {"verdict": "different", "why": "Another day of birth."}
    assert client.post(here, {**told, "seen": seen}).status_code == 409
    assert client.post(here, told).status_code == 409
    with acting_as(office.writer):
        assert not Answer.objects.exists()
    assert client.post(here, {**told, "seen": seen_on(client, here)}).status_code == 302


@pytest.mark.parametrize(
    "more",
    [
        {"births": [{"day": "1961-03-04", "place": "Norna", "text": "1961-03-04"}]},
        {"ids": [["XF", "GHR-0017"]]},
        {"countries": ["XS"]},
        {"positions": ["Mayor of Hest"]},
    ],
    ids=lambda more: next(iter(more)),
)
def test_answer_about_a_file_is_of_all_that_reasons_are_told_from(
    office: Office, tmp_path: Path, more: dict[str, Any]
) -> None:
    client, here = signed_in_client(office.writer), f"{DESK}files/{_asked(office)}/"
    seen = seen_on(client, here)
    listed(office, XF, tmp_path, [{**VIKTOR, **more}, OLGA])
    told = {"verdict": "different", "why": "Another day of birth."}
    assert client.post(here, {**told, "seen": seen}).status_code == 409
    new = {"births": "Norna", "ids": "GHR-0017", "countries": "Syldavia", "positions": "of Hest"}
    assert new[next(iter(more))] in client.get(here).content.decode()
    assert client.post(here, {**told, "seen": seen_on(client, here)}).status_code == 302


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_answer_about_a_file_is_of_the_answer_that_stood(office: Office, verdict: str) -> None:
    asked = _asked(office)
    first, second = signed_in_client(office.writer), signed_in_client(office.reviewer)
    here = f"{DESK}files/{asked}/"
    seen = seen_on(second, here)
    said = {"verdict": "same", "why": "Same birth.", "seen": seen_on(first, here)}
    assert first.post(here, said).status_code == 302
    told = {"verdict": verdict, "why": "I looked at the file alone."}
    assert second.post(here, {**told, "seen": seen}).status_code == 409
    words = ("answer", asked, verdict)
    shown = run_at_terminal(commands, *words, person=office.reviewer, status=2)
    assert "answered before" in shown
    assert "Same birth." in shown
    with acting_as(office.writer):
        (answer,) = Answer.objects.all()
    assert answer.waits
    assert second.post(here, {**told, "seen": seen_on(second, here)}).status_code == 302


def test_order_of_pairs_and_sides_names_nothing_else() -> None:
    one, other = (XF, "1"), (XZ, "Z/9")
    far = (XF, "2")
    assert digest_of_pairs([(one, other), (one, far)], {}) == digest_of_pairs(
        [(far, one), (other, one)], {}
    )
    assert digest_of_pairs([(one, other)], {}) != digest_of_pairs([(one, far)], {})
