"""Editions from building to withdrawal, on real published cases, through real roles."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.core.editions.factories import AS_OF, AT, as_it_stands, built, open_office, out
from tests.prisoners.registry.casework import agree
from tests.prisoners.registry.published_factory import Case, Stay, publish
from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import record_consent, revoke_consent
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.core.editions.actions import (
    Wanted,
    build_edition,
    discard_edition,
    edition_kinds,
    order_for,
    propose_edition,
    publish_edition,
    rebuild_edition,
    register_edition_kind,
    withdraw_edition,
)
from undaunted.core.editions.analysis import check_content, draw_up, instance_key
from undaunted.core.editions.models import Edition, EditionFile, EditionSubject
from undaunted.core.editions.queries import (
    edition_file_for,
    edition_for,
    editions_due,
    files_of,
    published_edition,
    published_editions,
    published_file,
    published_files,
)
from undaunted.core.editions.rules import (
    KindUnknown,
    ParameterRefused,
    StepRefused,
    decoded,
    read_manifest,
)
from undaunted.core.editions.tasks import build_what_waits
from undaunted.core.editions.writers import FOLDERS, draft_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.editions.factories import Office
    from undaunted.config.postgres import Lease
    from undaunted.core.editions.rules import Gathered, Question

pytestmark = [
    pytest.mark.usefixtures("ledger"),
    pytest.mark.skipif(
        not all(folder.is_dir() for folder in FOLDERS[:2]),
        reason="needs fonts-noto-core and fonts-noto-cjk",
    ),
]


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return open_office(owner_sql)


def _contents(office: Office, edition: Edition) -> dict[str, bytes]:
    with acting_as(office.desk.documenter) as actor:
        names = [row.name for row in files_of(actor, edition)]
        rows = [edition_file_for(actor, edition.pk, name) for name in names]
        return {row.name: bytes(row.content or b"") for row in rows if row}


def test_draft_is_frozen_at_the_last_entry_and_holds_every_kind_of_file(office: Office) -> None:
    edition = built(office, languages=("en", "ar"))
    assert edition.known_at == AT
    assert (edition.label, edition.state) == ("1.0", "draft")
    held = _contents(office, edition)
    assert sorted(held) == sorted(
        ["count-sheet-1.0-data.zip"]
        + [f"count-sheet-1.0-{language}.{ending}" for language in ("ar", "en")
           for ending in ("docx", "html", "json", "pdf")]
    )  # fmt: skip
    assert "Олена Корсак".encode() in held["count-sheet-1.0-en.html"]
    assert edition.figures["held/all@2026-06-30"] == 1
    checked = check_content(
        bytes(edition.manifest or b""),
        bytes(edition.signature or b""),
        held,
        key=instance_key(),
        again=True,
    )
    assert checked.good, checked.problems


def test_public_sees_nothing_before_two_people_published(office: Office) -> None:
    edition = built(office)
    assert published_edition(PUBLIC, edition.pk) is None
    with acting_as(office.desk.documenter) as actor:
        propose_edition(edition, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            publish_edition(as_it_stands(edition), actor=actor, at=AT)
    assert published_edition(PUBLIC, edition.pk) is None
    with acting_as(office.desk.publisher) as actor:
        publish_edition(as_it_stands(edition), actor=actor, at=AT)
    shown = published_edition(PUBLIC, edition.pk)
    assert shown is not None
    assert shown.label == "1.0"
    name = "count-sheet-1.0-en.pdf"
    file = published_file(PUBLIC, edition.pk, name)
    assert file is not None
    assert hashlib.sha256(bytes(file.content or b"")).hexdigest() == file.sha256


def test_steps_out_of_turn_are_refused(office: Office) -> None:
    edition = out(office)
    with acting_as(office.desk.documenter) as actor:
        for step in (propose_edition, discard_edition, rebuild_edition):
            with pytest.raises(StepRefused):
                step(edition, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            withdraw_edition(edition, actor=actor, at=AT)
    with acting_as(office.desk.publisher) as actor, pytest.raises(StepRefused):
        publish_edition(edition, actor=actor, at=AT)
    with acting_as(office.desk.stranger) as actor:
        assert edition_for(actor, edition.pk) is None
        with pytest.raises(Forbidden):
            build_edition(
                Wanted("count-sheet", AS_OF), office.desk.organisation, actor=actor, at=AT
            )


def test_embargo_ends_by_itself(office: Office) -> None:
    later = timezone.now() + timedelta(days=1)
    hidden = out(office, embargo_until=later)
    shown = out(office, embargo_until=timezone.now() - timedelta(minutes=1))
    assert [row.pk for row in published_editions(PUBLIC)] == [shown.pk]
    assert list(published_files(PUBLIC, hidden.pk)) == []
    assert read_manifest(bytes(hidden.manifest or b"")).embargo_until == later


def test_withdrawal_destroys_at_once_and_the_replacement_leaves_them_out(office: Office) -> None:
    edition = out(office)
    before = {row.name: row.sha256 for row in published_files(PUBLIC, edition.pk)}
    with acting_as(office.desk.documenter) as actor:
        revoke_consent(office.grant, actor=actor, at=timezone.now())
    stone = published_edition(PUBLIC, edition.pk)
    assert stone is not None
    assert (stone.why, stone.withdrawn_at is None) == ("revoked", False)
    rows = list(published_files(PUBLIC, edition.pk))
    assert {row.name: row.sha256 for row in rows} == before, "checksums stay"
    assert all(published_file(PUBLIC, edition.pk, row.name).content is None for row in rows)  # type: ignore[union-attr]
    ((waiting, person),) = editions_due(PUBLIC)
    assert person is not None
    assert build_what_waits(0) == 1
    assert editions_due(PUBLIC) == []
    with acting_as(office.desk.documenter) as actor:
        replacement = edition_for(actor, waiting)
        assert replacement is not None
        assert (replacement.label, replacement.state) == ("1.1", "draft")
        assert replacement.known_at == edition.known_at
    held = _contents(office, replacement)
    assert not any("Корсак".encode() in content for content in held.values())
    told = decoded(held["count-sheet-1.1-en.json"])
    assert "replaces edition 1.0" in str(told.blocks[0])
    listed = read_manifest(bytes(replacement.manifest or b"")).replaces
    assert {line.name: line.sha256 for line in listed} == before
    assert published_edition(PUBLIC, waiting) is None, "two people publish it"
    with acting_as(office.desk.documenter) as actor:
        with pytest.raises(StepRefused, match="stands for"):
            discard_edition(replacement, actor=actor, at=AT)
        propose_edition(replacement, actor=actor, at=AT)
    with acting_as(office.desk.publisher) as actor:
        publish_edition(as_it_stands(replacement), actor=actor, at=AT)
    assert published_edition(PUBLIC, waiting) is not None


def test_draft_with_somebody_who_withdraws_is_gone(office: Office) -> None:
    edition = built(office)
    with acting_as(office.desk.documenter) as actor:
        revoke_consent(office.grant, actor=actor, at=timezone.now())
        assert edition_for(actor, edition.pk) is None
        assert not EditionFile.objects.exists()
        assert not EditionSubject.objects.exists()


def test_editors_withdraw_too_and_drafts_are_discarded(office: Office) -> None:
    edition = out(office)
    with acting_as(office.desk.publisher) as actor:
        withdraw_edition(edition, actor=actor, at=AT)
    stone = published_edition(PUBLIC, edition.pk)
    assert stone is not None
    assert stone.why == "editor"
    assert published_file(PUBLIC, edition.pk, "count-sheet-1.0-en.pdf").content is None  # type: ignore[union-attr]
    draft = built(office)
    assert draft.label == "2.0"
    with acting_as(office.desk.documenter) as actor:
        discard_edition(draft, actor=actor, at=AT)
    assert built(office).label == "2.0"


def test_next_edition_says_which_numbers_changed(office: Office, owner_sql: Any) -> None:
    first = out(office)
    publish(owner_sql, Case("XR-LATER1", name="Later Found", stays=(Stay(date(2025, 1, 2)),)))
    second = built(office)
    assert second.previous_id == first.pk
    assert ["held/all@2026-06-30", 1, 2] in second.revised
    told = decoded(_contents(office, second)["count-sheet-2.0-en.json"])
    annex = told.blocks[-1]
    assert annex.key == "revisions"  # type: ignore[union-attr]
    assert "1.0" in annex.blocks[0].caption  # type: ignore[union-attr]
    unchanged = built(office, parameters={"country": "XS"})
    assert unchanged.previous is None


def test_unchanged_numbers_are_said_to_be(office: Office) -> None:
    out(office)
    second = built(office)
    assert second.revised == []
    told = decoded(_contents(office, second)["count-sheet-2.0-en.json"])
    assert "No number that edition 1.0 gave" in str(told.blocks[-1])


def test_bad_wish_is_refused_and_says_why(office: Office) -> None:
    wishes: list[tuple[Wanted, type[Exception], str]] = [
        (Wanted("nothing", AS_OF), KindUnknown, "this instance knows .*count-sheet"),
        (Wanted("count-sheet", AS_OF, languages=("xx",)), ParameterRefused, "language: 'xx'"),
        (Wanted("count-sheet", AS_OF, languages=()), ParameterRefused, "language"),
        (Wanted("count-sheet", date(2999, 1, 1)), ParameterRefused, "as_of: 2999"),
        (Wanted("count-sheet", AS_OF, parameters={"country": "QQ"}), ParameterRefused, "country"),
        (Wanted("count-sheet", AS_OF, parameters={"since": "x"}), ParameterRefused, "since"),
        (Wanted("count-sheet", AS_OF, parameters={"colour": "x"}), ParameterRefused, "colour"),
    ]
    assert office.party.pk
    for wanted, error, told in wishes:
        with pytest.raises(error, match=told):
            order_for(wanted, actor=PUBLIC)


def test_period_that_ends_before_it_begins_is_refused(office: Office) -> None:
    with pytest.raises(ParameterRefused, match="since"):
        built(office, parameters={"since": "2026-07-01"})


def test_nothing_recorded_is_nothing_to_count() -> None:
    with pytest.raises(ParameterRefused, match="nothing is recorded yet"):
        order_for(Wanted("count-sheet", AS_OF), actor=PUBLIC)


def test_country_without_anybody_says_no_data(office: Office) -> None:
    edition = built(office, parameters={"country": "XS"})
    told = decoded(_contents(office, edition)["count-sheet-country-XS-1.0-en.json".lower()])
    assert "No data." in str(told.blocks)


def test_leap_day_has_a_year_before_it(office: Office) -> None:
    edition = built(office, as_of=date(2024, 2, 29))
    told = decoded(_contents(office, edition)["count-sheet-1.0-en.json"])
    assert "28 February 2023" in told.subtitle


def test_kinds_are_listed_and_can_be_replaced() -> None:
    (kind,) = [each for each in edition_kinds() if each.name == "count-sheet"]
    register_edition_kind(kind)
    assert [each.name for each in edition_kinds()].count("count-sheet") == 1


def test_fresh_process_gives_the_same_bytes(office: Office, ledger: Lease, tmp_path: Path) -> None:
    known = datetime(2026, 11, 1, 12, tzinfo=UTC)
    wanted = Wanted("count-sheet", AS_OF, known_at=known, languages=("en", "ar"))
    here = draw_up(order_for(wanted, actor=PUBLIC), mark=draft_text)
    assert office.party.pk
    said = subprocess.run(
        [
            sys.executable, "-m", "undaunted.cli.root", "edition", "build", "count-sheet",
            "--as-of", AS_OF.isoformat(), "--known-at", known.isoformat(),
            "--lang", "en", "--lang", "ar", "--out", str(tmp_path / "out"),
        ],
        env=os.environ | ledger.urls.variables() | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    there = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    for file in here.written.files:
        assert hashlib.sha256(there[file.name]).digest() == hashlib.sha256(file.content).digest()
    assert len(there) == len(here.written.files)


def test_another_agreement_of_the_same_kind_keeps_the_edition(office: Office) -> None:
    agree(office.desk, office.party)
    edition = out(office)
    with acting_as(office.desk.documenter) as actor:
        revoke_consent(office.grant, actor=actor, at=timezone.now())
    assert published_edition(PUBLIC, edition.pk).withdrawn_at is None  # type: ignore[union-attr]


def test_agreement_to_something_else_that_ends_keeps_the_edition(office: Office) -> None:
    with acting_as(office.desk.documenter) as actor:
        other = record_consent(
            office.party.pk,
            actor=actor,
            at=AT,
            holder=office.desk.organisation,
            purpose=Purpose.CAMPAIGN,
            audience=PUBLIC_AUDIENCE,
            level=IdentityLevel.NAME,
            field_groups=[FieldGroup.IDENTITY],
            basis=Basis.FAMILY_PROXY,
            relation="sibling",
            how="call",
            given_on=date(2026, 10, 1),
            until=date(2030, 1, 1),
        )
    edition = out(office)
    with acting_as(office.desk.documenter) as actor:
        revoke_consent(other, actor=actor, at=timezone.now())
    assert published_edition(PUBLIC, edition.pk).withdrawn_at is None  # type: ignore[union-attr]


def test_replacement_whose_subject_withdraws_is_emptied_and_built_again(
    office: Office, owner_sql: Any
) -> None:
    edition = out(office)
    with acting_as(office.desk.documenter) as actor:
        revoke_consent(office.grant, actor=actor, at=timezone.now())
    second = agree(office.desk, office.party, at=timezone.now())
    assert build_what_waits(0) == 1
    with acting_as(office.desk.documenter) as actor:
        waiting = Edition.objects.get(replaces=edition)
        assert waiting.built_at is not None
        assert EditionSubject.objects.filter(edition=waiting).count() == 1
        revoke_consent(second, actor=actor, at=timezone.now())
        waiting.refresh_from_db()
        assert waiting.built_at is None
        assert not waiting.files.exists()
    owner_sql("UPDATE accounts_user SET is_active = false")
    assert build_what_waits(0) == 0, "nobody is left to build it"
    owner_sql("UPDATE accounts_user SET is_active = true")
    assert build_what_waits(0) == 1


def test_whoever_withdraws_while_it_is_written_is_not_kept(office: Office) -> None:
    (kind,) = [each for each in edition_kinds() if each.name == "count-sheet"]

    def slow(question: Question) -> Gathered:
        gathered = kind.gather(question)
        with acting_as(office.desk.documenter) as actor:
            revoke_consent(office.grant, actor=actor, at=timezone.now())
        return gathered

    register_edition_kind(replace(kind, gather=slow))
    try:
        with pytest.raises(StepRefused, match="somebody withdrew while it was written"):
            built(office)
    finally:
        register_edition_kind(kind)
    with acting_as(office.desk.documenter):
        assert not Edition.objects.exists()
