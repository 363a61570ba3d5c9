"""Withdrawals reach the file outside the database, and the database follows the file."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from typer.testing import CliRunner

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.consent.test_consent_actions import agree, allowed
from undaunted.core.access.rules import PUBLIC, Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.audit.models import Entry
from undaunted.core.consent.actions import (
    Objected,
    accept_loss,
    follow_ledger,
    object_to_use,
    record_consent,
    revoke_consent,
    write_withdrawals,
)
from undaunted.core.consent.actions import withdrawals as acting
from undaunted.core.consent.commands import commands
from undaunted.core.consent.queries import (
    ledger_agrees,
    ledger_standing,
    ledger_state,
    objections_for,
)
from undaunted.core.consent.readers import (
    read_former,
    read_ledger,
    read_noted,
    read_since,
    whatever_is_left,
)
from undaunted.core.consent.rules import (
    LEDGER,
    NOTED,
    PUBLIC_AUDIENCE,
    Basis,
    FieldGroup,
    Head,
    IdentityLevel,
    LedgerRefused,
    LedgerTampered,
    Purpose,
    Standing,
    Withdrawal,
    WithdrawalKind,
    chained,
    ledger_key,
)
from undaunted.core.consent.tasks import tell_what_ran_out
from undaunted.core.consent.writers import append, begin, holding

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.postgres import Lease
    from undaunted.core.accounts.models import User

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
KEY = ledger_key(settings.SECRET_KEY)


@pytest.fixture
def office(ledger: Lease, owner_sql: Callable[..., object]) -> tuple[UUID, User]:
    organisation = make_organisation(owner_sql)
    return organisation, make_user(owner_sql, {organisation: [Role.DOCUMENTER, Role.STEWARD]})


def folder() -> Path:
    return Path(settings.WITHDRAWALS_FOLDER)


def withdraw(office: tuple[UUID, User], number: int = 1) -> list[UUID]:
    """Agree and withdraw, each in a transaction of its own; gives the subjects."""
    subjects = [uuid4() for _ in range(number)]
    for subject in subjects:
        with acting_as(office[1]) as actor:
            grant = agree(actor, office[0], subject)
        with acting_as(office[1]) as actor:
            revoke_consent(grant, actor=actor, at=AT)
    return subjects


def lines_on_disk(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (path / LEDGER).read_text("ascii").splitlines()]


def test_a_withdrawal_stands_in_the_file_when_its_commit_has_ended(
    office: tuple[UUID, User],
) -> None:
    with acting_as(office[1]) as actor:
        grant = agree(actor, office[0], uuid4())
        assert not (folder() / LEDGER).exists()
        revoke_consent(grant, actor=actor, at=AT)
    first, line = lines_on_disk(folder())
    assert set(first) == {"format", "instance"}
    assert (line["id"], line["kind"], line["number"]) == (str(grant.pk), "revoked", 1)
    assert stat.S_IMODE((folder() / LEDGER).stat().st_mode) == 0o600
    head, waiting = ledger_state(PUBLIC)
    assert (head.number, head.hash, waiting) == (1, line["hash"], 0)
    assert read_noted(Path(settings.ANCHORS_FOLDER)) == head
    assert ledger_agrees(PUBLIC, using="public")
    written = Entry.objects.using("default").filter(verb="consent.withdrawals_written")
    with acting_as(office[1]):
        assert written.get().subject_id == line["hash"]


def test_a_withdrawal_that_was_rolled_back_never_reaches_the_file(
    office: tuple[UUID, User],
) -> None:
    with acting_as(office[1]) as actor:
        grant = agree(actor, office[0], uuid4())
    with acting_as(office[1]) as actor:
        revoke_consent(grant, actor=actor, at=AT)
        transaction.set_rollback(True)
    assert not (folder() / LEDGER).exists()
    assert ledger_state(PUBLIC)[1] == 0


def test_a_revocation_in_sql_is_written_too(
    office: tuple[UUID, User], owner_sql: Callable[..., Any]
) -> None:
    with acting_as(office[1]) as actor:
        agree(actor, office[0], uuid4())
    owner_sql("UPDATE consent_grant SET revoked_at = now()")
    assert ledger_state(PUBLIC)[1] == 1
    tell_what_ran_out(timestamp=0)
    assert ledger_state(PUBLIC)[0].number == 1
    with pytest.raises(Exception, match="stays withdrawn"):
        owner_sql("UPDATE consent_grant SET revoked_at = NULL")


def test_a_full_disk_keeps_the_withdrawal_and_writes_it_later(
    office: tuple[UUID, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = uuid4()
    with acting_as(office[1]) as actor:
        grant = agree(actor, office[0], subject)

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(acting, "append", full)
        with pytest.raises(OSError, match="No space"), acting_as(office[1]) as actor:
            revoke_consent(grant, actor=actor, at=AT)
    with acting_as(office[1]) as actor:
        assert not allowed(actor, subject, AT.date())
    assert ledger_state(PUBLIC)[1] == 1
    tell_what_ran_out(timestamp=0)
    assert [line["number"] for line in lines_on_disk(folder())[1:]] == [1]


def test_a_process_that_died_after_the_file_is_healed(
    office: tuple[UUID, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    withdraw(office)
    with acting_as(office[1]) as actor:
        grant = agree(actor, office[0], uuid4())

    def die(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(acting, "_note_written", die)
        with pytest.raises(KeyboardInterrupt), acting_as(office[1]) as actor:
            revoke_consent(grant, actor=actor, at=AT)
    assert len(lines_on_disk(folder())) == 3
    assert (ledger_state(PUBLIC)[0].number, ledger_state(PUBLIC)[1]) == (1, 1)
    assert not ledger_agrees(PUBLIC, using="public")
    assert write_withdrawals(actor=PUBLIC, at=AT) == 0
    assert (ledger_state(PUBLIC)[0].number, ledger_state(PUBLIC)[1]) == (2, 0)
    withdraw(office)
    assert ledger_standing(PUBLIC).standing is Standing.AGREED


def test_a_line_cut_off_while_it_was_written_is_written_again(office: tuple[UUID, User]) -> None:
    withdraw(office, 2)
    with (folder() / LEDGER).open("ab") as file:
        file.write(b'{"number":3,"kind":"revo')
    assert ledger_standing(PUBLIC).standing is Standing.AGREED
    withdraw(office)
    assert [line.get("number") for line in lines_on_disk(folder())] == [None, 1, 2, 3]


def test_the_database_follows_a_longer_ledger(
    office: tuple[UUID, User], owner_sql: Callable[..., Any]
) -> None:
    subject = uuid4()
    with acting_as(office[1]) as actor:
        grant = agree(actor, office[0], subject)
    head = ledger_state(PUBLIC)[0]
    begin_with(head.instance, [Withdrawal(grant.pk, WithdrawalKind.REVOKED, AT)])
    assert ledger_standing(PUBLIC).standing is Standing.BEHIND
    assert not ledger_agrees(PUBLIC, using="public")
    assert follow_ledger(actor=PUBLIC, at=AT + timedelta(days=1)) == 1
    with acting_as(office[1]) as actor:
        assert not allowed(actor, subject, AT.date())
    told = owner_sql("SELECT kind, detail->>'grant' FROM consent_news ORDER BY at DESC, kind DESC")
    assert ("revoked", str(grant.pk)) in told
    received = owner_sql(
        "SELECT handler FROM consent_receipt r JOIN consent_news n ON n.id = r.news_id"
        " WHERE n.kind = 'revoked'"
    )
    assert ("registry",) in received
    assert follow_ledger(actor=PUBLIC, at=AT) == 0


def test_an_objection_in_the_ledger_ends_what_it_reaches(office: tuple[UUID, User]) -> None:
    subject, other = uuid4(), uuid4()
    with acting_as(office[1]) as actor:
        agree(actor, office[0], subject)
        agree(actor, office[0], other)
    said = Withdrawal(uuid4(), WithdrawalKind.OBJECTED, AT, subject)
    begin_with(ledger_state(PUBLIC)[0].instance, [said])
    assert follow_ledger(actor=PUBLIC, at=AT) == 1
    with acting_as(office[1]) as actor:
        assert not allowed(actor, subject, AT.date())
        assert allowed(actor, other, AT.date())
        assert objections_for(actor, subject)[0].made_on == AT.date()
    assert ledger_standing(PUBLIC).standing is Standing.AGREED


def begin_with(instance: UUID, said: list[Withdrawal]) -> None:
    with holding(folder()):
        begin(folder(), instance)
        append(folder(), chained(said, Head(instance), KEY))


def test_the_head_is_not_moved_without_the_binding_key(office: tuple[UUID, User]) -> None:
    withdraw(office)
    for statement in (
        "SELECT consent_note_written(ARRAY[gen_random_uuid()], ARRAY[9::bigint], ARRAY['x'], 'x')",
        "SELECT consent_begin_anew(gen_random_uuid(), 'x')",
        "SELECT consent_apply(gen_random_uuid(), 'revoked', now(), NULL, '', '', 2, 'x', 'x')",
    ):
        with (
            pytest.raises(Exception, match="not moved by hand"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_end_of_a_long_ledger_is_read_alone(tmp_path: Path) -> None:
    instance = uuid4()
    said = [Withdrawal(uuid4(), WithdrawalKind.REVOKED, AT) for _ in range(1_500)]
    lines = chained(said, Head(instance), KEY)
    begin(tmp_path, instance)
    append(tmp_path, lines)
    for number in (0, 1, 700, 1_499, 1_500):
        known = Head(instance, number, lines[number - 1].hash) if number else Head(instance)
        found = read_since(tmp_path, known, KEY)
        assert found is not None
        assert found.lines == lines[number:]
    with pytest.raises(LedgerTampered, match="line 1499 is not the one"):
        read_since(tmp_path, Head(instance, 1_499, "0" * 64), KEY)
    assert read_since(tmp_path / "nowhere", Head(instance), KEY) is None
    whole = read_ledger(tmp_path, KEY)
    assert whole is not None
    assert whole.lines == lines


@pytest.mark.parametrize("first", ["", "{}\n", '{"format":2,"instance":"x"}\n', "text\n", "[]\n"])
def test_a_file_without_its_first_line_is_refused(tmp_path: Path, first: str) -> None:
    (tmp_path / LEDGER).write_text(first, "ascii")
    with pytest.raises(LedgerTampered):
        read_ledger(tmp_path, KEY)
    assert read_former(tmp_path) is None


def test_a_noted_head_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / NOTED).write_text("{}", "ascii")
    with pytest.raises(LedgerTampered):
        read_noted(tmp_path)
    assert whatever_is_left(tmp_path) == ()


def test_somebody_is_left_out_and_stays_so(office: tuple[UUID, User]) -> None:
    subject = uuid4()
    holder, user = office
    with acting_as(user) as actor:
        agree(actor, holder, subject)
        object_to_use(subject, holder=holder, actor=actor, at=AT, purpose=Purpose.REGISTRY)
        assert not allowed(actor, subject, AT.date())
    kinds = sorted(line["kind"] for line in lines_on_disk(folder())[1:])
    assert kinds == ["objected", "revoked"]


def test_two_people_accept_a_loss(office: tuple[UUID, User], owner_sql: Callable[..., Any]) -> None:
    second = make_user(owner_sql, {office[0]: [Role.ADMINISTRATOR]})
    (subject,) = withdraw(office)
    os.truncate(folder() / LEDGER, 40)
    with pytest.raises(LedgerTampered):
        follow_ledger(actor=PUBLIC, at=AT)
    with acting_as(second) as witness:
        pass
    with acting_as(office[1]) as actor:
        with pytest.raises(Forbidden):
            accept_loss(actor=actor, second=actor, at=AT, why="alone")
        with pytest.raises(Forbidden):
            accept_loss(actor=actor, second=PUBLIC, at=AT, why="nobody")
        assert accept_loss(actor=actor, second=witness, at=AT, why="a disk") == 0
    assert ledger_standing(PUBLIC).standing is Standing.AGREED
    assert len(lines_on_disk(folder())) == 2, "what the database knows stands in the new file"
    assert list(folder().glob(f"{LEDGER}.2026*"))
    with acting_as(office[1]) as actor:
        assert not allowed(actor, subject, AT.date())
        entry = Entry.objects.get(verb="consent.ledger_loss_accepted")
        assert entry.detail.detail["second"] == str(second.pk)


def test_what_can_be_read_of_a_damaged_ledger_is_withdrawn(
    office: tuple[UUID, User], owner_sql: Callable[..., Any]
) -> None:
    second = make_user(owner_sql, {office[0]: [Role.STEWARD]})
    subject = uuid4()
    with acting_as(office[1]) as actor:
        grant = agree(actor, office[0], subject)
    begin_with(
        uuid4(),
        [
            Withdrawal(uuid4(), WithdrawalKind.REVOKED, AT),
            Withdrawal(grant.pk, WithdrawalKind.REVOKED, AT),
        ],
    )
    with pytest.raises(LedgerRefused, match="another installation"):
        follow_ledger(actor=PUBLIC, at=AT)
    with acting_as(second) as witness:
        pass
    with acting_as(office[1]) as actor:
        assert accept_loss(actor=actor, second=witness, at=AT, why="an older backup") == 2
    with acting_as(office[1]) as actor:
        assert not allowed(actor, subject, AT.date())
    assert ledger_standing(PUBLIC).standing is Standing.AGREED


def test_the_operator_looks_and_applies(office: tuple[UUID, User]) -> None:
    runner = CliRunner()
    with acting_as(office[1]) as actor:
        grant = agree(actor, office[0], uuid4())
    begin_with(ledger_state(PUBLIC)[0].instance, [Withdrawal(grant.pk, WithdrawalKind.REVOKED, AT)])
    looked = runner.invoke(commands, ["ledger", "verify"])
    assert looked.exit_code == 1
    assert "lacks 1" in looked.output
    assert runner.invoke(commands, ["ledger", "apply"]).exit_code == 0
    looked = runner.invoke(commands, ["ledger", "verify"])
    assert (looked.exit_code, "agree" in looked.output) == (0, True)
    (folder() / LEDGER).unlink()
    looked = runner.invoke(commands, ["ledger", "verify"])
    assert (looked.exit_code, "accept-loss" in looked.output) == (1, True)
    assert runner.invoke(commands, ["ledger", "apply"]).exit_code == 2
    (folder() / LEDGER).write_text("nothing\n", "ascii")
    assert runner.invoke(commands, ["ledger", "verify"]).exit_code == 1


def test_public_record_does_not_open_what_somebody_closed(office: tuple[UUID, User]) -> None:
    subject, (holder, user) = uuid4(), office
    terms: dict[str, Any] = {
        "holder": holder, "purpose": Purpose.REGISTRY, "audience": PUBLIC_AUDIENCE,
        "level": IdentityLevel.NAME, "field_groups": [FieldGroup.IDENTITY], "how": "a newspaper",
    }  # fmt: skip
    later = AT.date() + timedelta(days=30)
    until = AT.date() + timedelta(days=300)
    with acting_as(user) as actor:
        object_to_use(subject, holder=holder, actor=actor, at=AT)
        for basis, given_on in ((Basis.PUBLIC_RECORD, later), (Basis.SELF, AT.date())):
            with pytest.raises(Objected):
                record_consent(
                    subject, actor=actor, at=AT, basis=basis, given_on=given_on, until=until,
                    **terms,
                )  # fmt: skip
        record_consent(
            subject, actor=actor, at=AT, basis=Basis.SELF, given_on=later, until=until, **terms
        )
