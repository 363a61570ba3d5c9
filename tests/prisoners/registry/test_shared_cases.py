"""A case as it travels: written and read alike, refused field by field, and documents with it."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.core.evidence import files_of_every_kind as files
from tests.core.sharing.factories import (
    AUDIENCE,
    NAME,
    Instance,
    befriend,
    case_of,
    consented,
    make_instance,
    sealed,
    wanted,
)
from undaunted.core.consent.rules import FieldGroup, IdentityLevel
from undaunted.core.events.rules import vocabulary
from undaunted.core.evidence.actions import (
    cite,
    make_clean_copy,
    make_redacted_copy,
    record_custody,
    record_source,
    seal_document,
    store_document,
)
from undaunted.core.evidence.models import Document
from undaunted.core.evidence.rules import Box, CustodyKind, Grade, Ground, SourceKind, marks_of
from undaunted.core.sharing.actions import accept_item, look_at_item, take_in
from undaunted.core.sharing.models import Arrival, ArrivalItem
from undaunted.core.sharing.rules import ItemRefused
from undaunted.core.sharing.tasks import end_what_ran_out
from undaunted.prisoners.registry.actions.names import record_name
from undaunted.prisoners.registry.forms import people
from undaunted.prisoners.registry.readers.shared_case import CaseUnreadable, read_case
from undaunted.prisoners.registry.rules.shared_case import (
    GENDERS,
    NAME_KINDS,
    SharedAct,
    SharedCase,
    SharedName,
    cut_to_month,
)
from undaunted.prisoners.registry.writers.shared_case import write_case

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

CASE = SharedCase(
    code="case-1",
    names=(SharedName(NAME, "full", "en"),),
    gender="female",
    birth="1980-05",
    nationalities=("XR",),
    country="XR",
    roles=("journalist",),
    acts=(SharedAct("deprivation_of_liberty", "pre_trial_detention", start="2024-03-05"),),
)


def test_case_is_read_as_it_was_written() -> None:
    assert read_case(write_case(CASE)) == CASE
    told = json.loads(write_case(CASE)) | {"copy": {"for": "Lantern Fund"}}
    assert read_case(json.dumps(told).encode()) == CASE, "the line that names the copy is left out"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"format": 2}, "format"),
        ({"names": "x"}, "names"),
        ({"names": [{}]}, "names/1"),
        ({"names": ["x"]}, "names/1"),
        ({"names": [{"text": "a" * 301, "kind": "full", "language": ""}]}, "names/1/text"),
        ({"roles": ["king"]}, "king"),
        ({"country": "QQ"}, "country"),
        ({"nationalities": ["QQ"]}, "nationalities/1"),
        ({"birth": "yesterday"}, "birth"),
        ({"acts": [{}] * 501}, "acts"),
        ({"gender": 1}, "gender"),
        ({"code": "a\x00"}, "code"),
        ({"gender": "zz"}, "gender"),
        ({"birth": "2" * 41}, "birth"),
        (
            {"names": [{"text": "a\u202e", "kind": "full", "language": ""}]},
            r"names/1/text.*U\+202E",
        ),
        ({"names": [{"text": "a", "kind": "zzz", "language": ""}]}, "names/1/kind"),
        ({"more": 1}, "exactly"),
    ],
)
def test_case_that_does_not_hold_together_is_refused_by_field(
    changed: dict[str, Any], words: str
) -> None:
    told = json.loads(write_case(CASE)) | changed
    with pytest.raises(CaseUnreadable, match=words):
        read_case(json.dumps(told).encode())


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"family": "gossip"}, "gossip"),
        ({"type": "gossip"}, "gossip"),
        ({"start": "soon"}, "acts/1/start"),
        ({"country": "QQ"}, "acts/1/country"),
        ({"stage": "zzz"}, "zzz"),
        ({"city": "c" * 121}, "acts/1/city"),
    ],
)
def test_act_that_does_not_hold_together_is_refused(changed: dict[str, Any], words: str) -> None:
    told = json.loads(write_case(CASE))
    told["acts"][0] |= changed
    with pytest.raises(CaseUnreadable, match=words):
        read_case(json.dumps(told).encode())


def test_kinds_genders_and_stages_of_our_own_records_are_read() -> None:
    assert {kind for kind, _ in people.NAME_KINDS} == NAME_KINDS
    assert {gender for gender, _ in people.GENDERS} <= GENDERS
    told = json.loads(write_case(CASE))
    for stage in vocabulary("procedural_stages").terms:
        told["acts"][0]["stage"] = stage
        assert read_case(json.dumps(told).encode()).acts[0].stage == stage


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"null", b" " * (2**20 + 1)])
def test_what_is_no_case_is_refused(content: bytes) -> None:
    with pytest.raises(CaseUnreadable):
        read_case(content)


@pytest.mark.parametrize(
    ("day", "month"),
    [("2024-03-05", "2024-03"), ("2024-03", "2024-03"), ("2024", ""), ("", ""), ("201X-03", "")],
)
def test_days_of_the_nameless_are_cut_to_months(day: str, month: str) -> None:
    assert cut_to_month(day) == month


@pytest.fixture
def world(ledger: object, owner_sql: Any) -> tuple[Instance, Instance, UUID]:
    assert ledger
    ours, theirs = make_instance(owner_sql, "Harbour Watch"), make_instance(owner_sql, "Lantern")
    partner = befriend(ours, theirs)
    befriend(theirs, ours, audience="organisation:harbour-watch")
    return ours, theirs, partner.pk


def _document(ours: Instance, *, cited: UUID | None, clean: bool = True) -> Document:
    at = timezone.now()
    with ours.office.caseworker.acting() as actor:
        source = record_source(ours.holder, actor=actor, at=at, kind=SourceKind.COURT_PAPER)
        made = store_document(
            BytesIO(files.pdf()), source, actor=actor, at=at, media_type="application/pdf"
        )
        if clean:
            make_clean_copy(made, actor=actor, at=at)
        if cited is not None:
            cite(
                source,
                actor=actor,
                at=at,
                subject_kind="party",
                subject_id=cited,
                grade=Grade.parse("A1"),
            )
    return made


def test_document_travels_as_its_clean_copy_and_is_erased_when_it_runs_out(
    world: tuple[Instance, Instance, UUID], owner_sql: Any, settings: Any, tmp_path: Path
) -> None:
    ours, theirs, partner = world
    party = case_of(ours)
    consented(ours, party)
    document = _document(ours, cited=party.pk)
    request = wanted(partners=(partner,), things=(("registry.document", document.pk),))
    _, (file,) = sealed(ours, request)
    steward = theirs.office.steward
    settings.DOCUMENTS_FOLDER = tmp_path
    with steward.acting() as actor:
        at = timezone.now()
        arrival = take_in(file, theirs.holder, key=steward.key, actor=actor, at=at)
        assert isinstance(arrival, Arrival)
        item = ArrivalItem.objects.select_related("arrival__partner").get(arrival=arrival)
        ((label, _),) = look_at_item(item, key=steward.key, actor=actor, at=at)
        assert label == "bytes"
        made = accept_item(item, key=steward.key, actor=actor, at=at)
        received = Document.objects.get(pk=made[0].subject)
        assert received.sha256 != document.sha256, "the clean copy, not the original"
    with theirs.office.caseworker.acting() as actor:
        make_clean_copy(received, actor=actor, at=at)
        marks = marks_of((), [Box(1, 0, 0, 50, 50)])
        redacted = make_redacted_copy(received, marks, Ground.SAFETY, actor=actor, at=at).sha256
    assert redacted in {path.name for path in tmp_path.rglob("*")}
    owner_sql("UPDATE sharing_arrival SET expires_at = now() - interval '1 minute'")
    owner_sql("UPDATE sharing_parcel SET expires_at = now() - interval '1 minute'")
    assert end_what_ran_out(0) == 1
    assert owner_sql("SELECT count(*) FROM evidence_document") == [(1,)]
    held = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert held == [received.sha256], "only what is the sender's clean copy too"
    assert owner_sql("SELECT count(*) FROM sharing_copy WHERE sealed IS NOT NULL") == [(0,)]
    fallen = owner_sql("SELECT subject FROM consent_news WHERE kind = 'fallen'")
    assert fallen == [(received.pk,)], "whoever has it in use learns so"
    assert end_what_ran_out(0) == 0


def test_document_that_is_withdrawn_is_taken_back_and_goes_to_nobody(
    world: tuple[Instance, Instance, UUID], owner_sql: Any
) -> None:
    ours, _, partner = world
    party = case_of(ours)
    consented(ours, party)
    document = _document(ours, cited=party.pk)
    request = wanted(partners=(partner,), things=(("registry.document", document.pk),))
    sealed(ours, request)
    slip = "SELECT why, released_at IS NOT NULL FROM sharing_slip"
    with ours.office.caseworker.acting() as actor:
        seal_document(document, ours.office.team, actor=actor, at=timezone.now())
    assert owner_sql(slip) == [("", False)], "sealed since: whoever has it keeps it"
    with ours.office.caseworker.acting() as actor:
        record_custody(document, CustodyKind.WITHDRAWN, actor=actor, at=timezone.now())
    assert owner_sql(slip) == [("withdrawn", True)]
    assert owner_sql("SELECT count(*) FROM sharing_copy WHERE sealed IS NOT NULL") == [(0,)]
    with pytest.raises(ItemRefused, match="it was withdrawn, and goes to nobody any more"):
        sealed(ours, request)


@pytest.mark.parametrize(
    ("cited", "clean", "groups", "words"),
    [
        (False, True, (FieldGroup.IDENTITY, FieldGroup.DOCUMENTS), "no claim cites it"),
        (True, False, (FieldGroup.IDENTITY, FieldGroup.DOCUMENTS), "clean copy"),
        (True, True, (FieldGroup.IDENTITY,), "other_fields"),
    ],
)
def test_document_is_not_shared_without_copy_claim_and_consent(
    world: tuple[Instance, Instance, UUID],
    cited: bool,  # noqa: FBT001
    clean: bool,  # noqa: FBT001
    groups: tuple[FieldGroup, ...],
    words: str,
) -> None:
    ours, _, partner = world
    party = case_of(ours)
    consented(ours, party, groups=groups)
    document = _document(ours, cited=party.pk if cited else None, clean=clean)
    request = wanted(partners=(partner,), things=(("registry.document", document.pk),))
    with pytest.raises(ItemRefused, match=words):
        sealed(ours, request)


def test_pseudonym_is_given_where_no_name_may_be(
    world: tuple[Instance, Instance, UUID],
) -> None:
    ours, theirs, partner = world
    party = case_of(ours)
    with ours.office.caseworker.acting() as actor:
        record_name(
            party, "The Weaver", actor=actor, at=timezone.now(), kind="alias", language="en"
        )
    consented(ours, party, level=IdentityLevel.PSEUDONYM, audience=AUDIENCE)
    _, (file,) = sealed(ours, wanted(party.pk, partners=(partner,)))
    steward = theirs.office.steward
    with steward.acting() as actor:
        at = timezone.now()
        arrival = take_in(file, theirs.holder, key=steward.key, actor=actor, at=at)
        assert isinstance(arrival, Arrival)
        item = ArrivalItem.objects.get(arrival=arrival)
        lines = look_at_item(item, key=steward.key, actor=actor, at=at)
    assert [text for label, text in lines if label == "name"] == ["The Weaver"]


def test_case_of_another_organisation_is_not_ours_to_share(
    world: tuple[Instance, Instance, UUID], owner_sql: Any
) -> None:
    ours, _, partner = world
    other = make_instance(owner_sql, "Beacon")
    party = case_of(other)
    consented(other, party)
    owner_sql("UPDATE actors_party SET sharing = 'shared'")
    owner_sql("UPDATE consent_grant SET sharing = 'shared'")
    with pytest.raises(ItemRefused, match="holds no such record"):
        sealed(ours, wanted(party.pk, partners=(partner,)))
