"""A colleague with SQL attacks editions: alone, before the embargo, in other bytes, undead."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from tests.core.editions.factories import AT, Office, built, open_office, out
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.editions.actions import propose_edition
from undaunted.core.editions.analysis import check_content, instance_key
from undaunted.core.editions.models import Edition, EditionFile
from undaunted.core.editions.queries import edition_file_for, files_of
from undaunted.core.editions.rules import EditionAltered, sign
from undaunted.core.editions.writers import FOLDERS

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

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


def _public(statement: str) -> Any:
    with transaction.atomic(using="public"), connections["public"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchall() == [("undaunted_public",)]
        cursor.execute(statement)
        return cursor.fetchall()


def _refused(person: User, statement: str, *values: Any) -> str:
    with (
        pytest.raises(DatabaseError) as refusal,
        acting_as(person),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)
    return str(refusal.value)


def test_public_role_reads_no_embargoed_edition_and_no_table_behind_it(office: Office) -> None:
    hidden = out(office, embargo_until=timezone.now() + timedelta(hours=1))
    assert hidden.state == "published"
    for view in ("published_edition", "published_edition_file"):
        assert _public(f"SELECT * FROM {view}") == []
    shown = out(office)
    assert _public("SELECT id FROM published_edition") == [(shown.pk,)]
    for table in ("editions_edition", "editions_editionfile", "editions_editionsubject"):
        with pytest.raises(DatabaseError, match="permission denied"):
            _public(f"SELECT * FROM {table}")
    with pytest.raises(DatabaseError, match="permission denied"):
        _public("UPDATE published_edition SET title = 'x'")


def test_embargo_is_not_moved_in_sql(office: Office) -> None:
    hidden = out(office, embargo_until=timezone.now() + timedelta(hours=1))
    said = _refused(
        office.desk.publisher,
        "UPDATE editions_edition SET embargo_until = NULL WHERE id = %s",
        hidden.pk,
    )
    assert "stays what was built" in said


def test_nobody_publishes_alone_in_sql(office: Office) -> None:
    edition = built(office)
    both = (
        "UPDATE editions_edition SET state = 'published', published_by = identity_actor(), "
        "published_at = now(), proposed_by = identity_actor(), proposed_at = now() WHERE id = %s"
    )
    assert "does not go from draft to published" in _refused(
        office.desk.documenter, both, edition.pk
    )
    with acting_as(office.desk.documenter) as actor:
        propose_edition(edition, actor=actor, at=AT)
    once = (
        "UPDATE editions_edition SET state = 'published', published_at = now(), "
        "published_by = %s WHERE id = %s"
    )
    desk = office.desk
    for person, name in (
        (desk.documenter, desk.documenter.pk),
        (desk.documenter, desk.publisher.pk),
        (desk.reviewer, desk.reviewer.pk),
    ):
        assert "second person" in _refused(person, once, name, edition.pk)
    with acting_as(desk.stranger):
        assert not Edition.objects.filter(pk=edition.pk).update(state="published")


def test_whoever_built_does_not_publish_though_another_proposed(
    office: Office, owner_sql: Any
) -> None:
    edition = built(office)
    with acting_as(office.desk.reviewer) as actor:
        propose_edition(edition, actor=actor, at=AT)
    owner_sql(
        "INSERT INTO accounts_membership (user_id, organisation_id, role, since)"
        " VALUES (%s, %s, %s, now())",
        [office.desk.documenter.pk, office.desk.organisation, "publisher"],
    )
    said = _refused(
        office.desk.documenter,
        "UPDATE editions_edition SET state = 'published', published_at = now(), "
        "published_by = identity_actor() WHERE id = %s",
        edition.pk,
    )
    assert "second person" in said


def test_built_bytes_are_neither_changed_nor_added_nor_brought_back(office: Office) -> None:
    edition = out(office)
    desk = office.desk
    change = "UPDATE editions_editionfile SET content = 'x' WHERE edition_id = %s"
    assert "destroyed" in _refused(desk.publisher, change, edition.pk)
    empty = "UPDATE editions_editionfile SET content = NULL WHERE edition_id = %s"
    assert "destroyed" in _refused(desk.publisher, empty, edition.pk)
    sums = "UPDATE editions_editionfile SET sha256 = repeat('0', 64) WHERE edition_id = %s"
    assert "destroyed" in _refused(desk.publisher, sums, edition.pk)
    more = (
        "INSERT INTO editions_editionfile (id, holder, sharing, edition_id, name, language, "
        "media_type, size, sha256, content) SELECT gen_random_uuid(), holder, sharing, "
        "edition_id, 'more', '', 'x', 1, sha256, 'x' FROM editions_editionfile "
        "WHERE edition_id = %s LIMIT 1"
    )
    assert "after its draft" in _refused(desk.publisher, more, edition.pk)
    for statement in (
        "DELETE FROM editions_editionfile WHERE edition_id = %s",
        "DELETE FROM editions_editionsubject WHERE edition_id = %s",
        "DELETE FROM editions_edition WHERE id = %s",
    ):
        assert "is withdrawn and not deleted" in _refused(desk.publisher, statement, edition.pk)
    signed = "UPDATE editions_edition SET manifest = 'x' WHERE id = %s"
    assert "stays what was built" in _refused(desk.publisher, signed, edition.pk)
    with acting_as(desk.documenter) as actor:
        revoke_consent(office.grant, actor=actor, at=timezone.now())
    assert "destroyed" in _refused(desk.publisher, change, edition.pk)
    again = "UPDATE editions_edition SET state = 'published', withdrawn_at = NULL WHERE id = %s"
    assert "does not go from withdrawn" in _refused(desk.publisher, again, edition.pk)


def test_file_slipped_into_a_draft_is_not_published(office: Office) -> None:
    edition = built(office)
    desk = office.desk
    with acting_as(desk.documenter) as actor:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO editions_editionfile (id, holder, sharing, edition_id, name, language,"
                " media_type, size, sha256, content) VALUES (gen_random_uuid(), %s, 'organisation',"
                " %s, 'more.html', 'en', 'text/html', 1, %s, 'x')",
                [desk.organisation, edition.pk, "0" * 64],
            )
        propose_edition(edition, actor=actor, at=AT)
    said = _refused(
        desk.publisher,
        "UPDATE editions_edition SET state = 'published', published_at = now(), "
        "published_by = identity_actor() WHERE id = %s",
        edition.pk,
    )
    assert "exactly the files of its list" in said


def test_withdrawn_edition_is_nobody_s_to_replace_by_hand(office: Office) -> None:
    edition = built(office)
    said = _refused(
        office.desk.documenter,
        "INSERT INTO editions_edition (id, holder, sharing, kind, series, number, revision, title,"
        " parameters, purpose, as_of, known_at, withdrawals, languages, figures, revised,"
        " signing_key, state, why, built_by) SELECT gen_random_uuid(), holder, sharing, kind,"
        " series, number, 1, title, parameters, purpose, as_of, known_at, 0, languages, '{}',"
        " '[]', '', 'draft', '', identity_actor() FROM editions_edition WHERE id = %s",
        edition.pk,
    )
    assert "built as a draft" in said
    assert "permission denied" in _refused(
        office.desk.publisher, "SELECT editions_end(%s, 'revoked', now())", edition.pk
    )


def test_changed_bytes_list_or_signature_are_found(office: Office) -> None:
    edition = built(office)
    manifest, signature = bytes(edition.manifest or b""), bytes(edition.signature or b"")
    with acting_as(office.desk.documenter) as actor:
        rows = [edition_file_for(actor, edition.pk, row.name) for row in files_of(actor, edition)]
        held = {row.name: bytes(row.content or b"") for row in rows if row}
    key = instance_key()
    assert check_content(manifest, signature, held, key=key, again=False).good
    for name, content in held.items():
        middle = len(content) // 2
        changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        found = check_content(manifest, signature, held | {name: changed}, key=key, again=False)
        assert found.problems == (f"{name}: not the bytes that were published",)
    name = next(iter(held))
    fewer = {other: content for other, content in held.items() if other != name}
    assert check_content(manifest, signature, fewer, key=key, again=False).problems == (
        f"{name}: missing",
    )
    more = check_content(manifest, signature, held | {"odd": b""}, key=key, again=False)
    assert more.problems == ("odd: not in the list of files",)
    for told, said in ((manifest + b" ", signature), (manifest, sign(manifest, b"a thief's"))):
        with pytest.raises(EditionAltered):
            check_content(told, said, held, key=key, again=False)


def test_row_of_another_organisation_is_not_read(office: Office) -> None:
    built(office)
    with acting_as(office.desk.stranger):
        assert not Edition.objects.exists()
        assert not EditionFile.objects.exists()
