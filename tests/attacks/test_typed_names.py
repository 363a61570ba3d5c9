"""A desk types a name into sentences: once its bearer withdraws, it is in no byte of any format."""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.core.accounts.factories import signed_in_client
from tests.core.editions.factories import as_it_stands
from tests.prisoners.memo.factories import (
    AT,
    Office,
    agree_to_memos,
    built,
    hold,
    open_office,
    said,
)
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.rules import Purpose
from undaunted.core.editions.actions import (
    Wanted,
    build_edition,
    propose_edition,
    publish_edition,
    rebuild_edition,
)
from undaunted.core.editions.queries import edition_for
from undaunted.core.editions.writers import FOLDERS
from undaunted.prisoners.memo.actions import accept_text as accept_point
from undaunted.prisoners.memo.actions import rebuild_memo
from undaunted.prisoners.memo.actions import write_text as write_point
from undaunted.prisoners.memo.rules import TextKind, Variant
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.prisoners.report.actions import (
    import_texts,
    propose_text,
    review_text,
    sign_text,
    write_text,
)
from undaunted.prisoners.report.queries import signed_texts, text_version
from undaunted.prisoners.report.rules import Chapter
from undaunted.prisoners.report.rules.exchange import Returned
from undaunted.prisoners.report.rules.texts import TextRefused, place_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.prisoners.registry.desk import Desk
    from undaunted.core.consent.models import Grant
    from undaunted.core.editions.models import Edition
    from undaunted.prisoners.memo.models import Memo
    from undaunted.prisoners.report.models import TextVersion

pytestmark = [
    pytest.mark.usefixtures("ledger"),
    pytest.mark.skipif(
        not all(folder.is_dir() for folder in FOLDERS[:2]),
        reason="needs fonts-noto-core and fonts-noto-cjk",
    ),
]
NAMES = ("Korsak", "Корсак")
ENGLISH = "Olena **Kors**ak has been held for two years {note:Gazette|2025-11-03|on Olena Korsak}."
FRENCH = "Olena Korsak est détenue depuis longtemps {note:Gazette|2025-11-03|sur Olena Korsak}."
SUMMARY, IN_FRENCH = place_named(2025, "summary", "en"), place_named(2025, "summary", "fr")
TWO = {"1": "as the Gazette says"}


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return open_office(owner_sql)


def _words(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    """Give everything that can be read in files: their bytes, what is packed in them, PDF words."""
    for name, content in files:
        yield name, content.decode("utf-8", "replace")
        if name.endswith((".docx", ".zip")) and content:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                yield from _words((each, packed.read(each)) for each in packed.namelist())
        if name.endswith(".pdf") and content:
            told = subprocess.run(["pdftotext", "-", "-"], input=content, check=True,
                                  capture_output=True)  # fmt: skip
            yield name, told.stdout.decode()


def _naming(files: Iterable[tuple[str, bytes]]) -> set[str]:
    return {name.rpartition(".")[2] for name, text in _words(files)
            if any(each in text for each in NAMES)}  # fmt: skip


def _memo_files(owner_sql: Any, memo: object) -> list[tuple[str, bytes]]:
    rows = owner_sql("SELECT name, content FROM memo_memofile WHERE memo_id = %s", [memo])
    return [(name, bytes(content or b"")) for name, content in rows]


def _edition_files(owner_sql: Any) -> list[tuple[str, bytes]]:
    rows = owner_sql("SELECT name, content FROM editions_editionfile WHERE content IS NOT NULL")
    return [(name, bytes(content)) for name, content in rows]


def _signed(desk: Desk, version: TextVersion) -> TextVersion:
    """Take a draft to its signature, or as far as it goes."""
    with acting_as(desk.documenter) as actor:
        propose_text(version, actor=actor, at=AT)
    with acting_as(desk.reviewer) as actor:
        done = review_text(version, actor=actor, at=AT)
    if done.state != "reviewed":
        return done
    with acting_as(desk.publisher) as actor:
        return sign_text(version, TWO if done.typed else {}, actor=actor, at=AT)


def _write(desk: Desk, body: str, *names: Any) -> TextVersion:
    with acting_as(desk.documenter) as actor:
        return write_text(desk.organisation, SUMMARY, body, names=names, actor=actor, at=AT)


def _report(desk: Desk, language: str, told: list[str] | None = None) -> Edition:
    wanted = Wanted("annual-report", date(2025, 12, 31), languages=(language,))
    with acting_as(desk.documenter) as actor:
        return build_edition(wanted, desk.organisation, actor=actor, at=AT,
                             told=(told if told is not None else []).append)  # fmt: skip


def _publish_everywhere(office: Office) -> tuple[list[Memo], TextVersion, Edition]:
    """Type the name into a red line and into a text of the report with its translation."""
    desk, party = office.desk, office.party
    with acting_as(desk.documenter) as actor:
        point = write_point(
            desk.organisation, TextKind.RED_LINE, "No trade for Olena Korsak.", of_country="XR",
            language="en", names=[party.pk], actor=actor, at=AT,
        )  # fmt: skip
    with acting_as(desk.publisher) as actor:
        accept_point(point, actor=actor, at=AT)
    english = _signed(desk, _write(desk, ENGLISH, party.pk))
    with acting_as(desk.documenter) as actor:
        (french,) = import_texts(
            desk.organisation, [Returned(IN_FRENCH, english.number, {1: FRENCH})],
            actor=actor, at=AT,
        ).drafts  # fmt: skip
    _signed(desk, french)
    edition = _report(desk, "fr")
    with acting_as(desk.documenter) as actor:
        propose_edition(edition, actor=actor, at=AT)
    with acting_as(desk.publisher) as actor:
        publish_edition(as_it_stands(edition), actor=actor, at=AT)
    return [built(office, variant) for variant in Variant], english, edition


def _withdraw_and_rebuild(
    office: Office, grants: Iterable[Grant], memos: list[Memo], owner_sql: Any
) -> list[Memo]:
    later = AT + timedelta(hours=1)
    with acting_as(office.desk.documenter) as actor:
        for each in grants:
            revoke_consent(each, actor=actor, at=later)
        for memo in memos:
            memo.refresh_from_db()
        again = [rebuild_memo(memo, actor=actor, at=later) for memo in memos]
    ((waiting,),) = owner_sql("SELECT id FROM editions_edition WHERE state = 'draft'")
    with acting_as(office.desk.documenter) as actor:
        held = edition_for(actor, waiting)
        assert held is not None
        assert held.label == "1.1"
        rebuild_edition(held, actor=actor, at=later)
    return again


def test_typed_name_is_in_no_byte_once_its_bearer_withdraws(office: Office, owner_sql: Any) -> None:
    grant = agree_to_memos(office.desk, office.party, purpose=Purpose.REPORT)
    memos, english, edition = _publish_everywhere(office)
    for memo in memos:
        assert _naming(_memo_files(owner_sql, memo.pk)) >= {"pdf", "xml"}
    assert _naming(_edition_files(owner_sql)) >= {"html", "json", "pdf", "xml"}
    address = f"/editions/{edition.pk}/"
    assert Client().get(address).status_code == 200
    again = _withdraw_and_rebuild(office, (office.grant, grant), memos, owner_sql)
    for memo in (*memos, *again):
        assert _naming(_memo_files(owner_sql, memo.pk)) == set()
    files = _edition_files(owner_sql)
    assert {name.rpartition(".")[2] for name, _content in files} >= {"html", "json", "pdf", "docx"}
    assert _naming(files) == set()
    for table in ("memo_memotext", "report_textversion", "editions_edition"):
        told = str(owner_sql(f"SELECT to_jsonb(t) FROM {table} t"))
        assert not any(each in told for each in NAMES), table
    for path in (address, "/editions/", "/api/v1/editions"):
        page = Client().get(path).content.decode()
        assert not any(each in page for each in NAMES), path
    verbs = {"memo.name_removed", "report_text.destroyed", "edition.withdrawn"}
    logged = owner_sql("SELECT verb FROM audit_entry WHERE verb = ANY (%s)", [list(verbs)])
    assert {verb for (verb,) in logged} == verbs
    with acting_as(office.desk.reviewer) as actor:
        kept = text_version(actor, english.pk)
        assert kept is not None
        assert (kept.body, kept.state, kept.digest) == ("", "withdrawn", english.digest)
    for language in ("en", "fr"):
        shown = signed_in_client(office.desk.reviewer).get(
            f"/desk/report/texts/2025/summary/{language}/?holder={office.desk.organisation}"
        )
        assert shown.status_code == 200
        assert "Its words were destroyed" in shown.content.decode()


def test_report_text_that_names_somebody_undeclared_goes_no_further(office: Office) -> None:
    desk = office.desk
    with pytest.raises(TextRefused, match=r"“Olena Korsak” names Олена Корсак .+ add them"):
        _write(desk, ENGLISH)
    with pytest.raises(TextRefused, match="there is no such case for you"):
        _write(desk, ENGLISH, desk.organisation)
    with acting_as(desk.stranger) as actor:
        record_person(desk.other, [("Marta Vidal", "full", "en")], actor=actor, at=AT, country="XS")
    done = _signed(desk, _write(desk, "Marta Vidal is one of many."))
    assert (done.state, done.signed_by) == ("declined", None)
    assert "consent is missing" in done.why
    assert "Vidal" not in done.why


def test_name_recorded_after_the_signature_stays_out_and_the_build_says_so(
    office: Office, owner_sql: Any
) -> None:
    desk = office.desk
    assert _signed(desk, _write(desk, "Marta Vidal is one of many.")).state == "signed"
    assert Chapter.SUMMARY in signed_texts(PUBLIC, 2025, "en").texts
    hold(desk, "Marta Vidal")
    told: list[str] = []
    _report(desk, "en", told)
    assert ("Left out because consent of somebody in it is missing: chapter summary, en, version 1"
            in told)  # fmt: skip
    assert not any("Vidal" in text for _name, text in _words(_edition_files(owner_sql)))


def test_declared_name_stays_out_without_consent_to_reports(office: Office) -> None:
    """She agreed to memos and to the registry; to be named in reports is another thing."""
    desk = office.desk
    _signed(desk, _write(desk, ENGLISH, office.party.pk))
    asked = signed_texts(PUBLIC, 2025, "en", holder=desk.organisation)
    assert (dict(asked.texts), asked.subjects) == ({}, frozenset())
    assert asked.left_out == ("chapter summary, en, version 1",)
    assert said(desk, TextKind.ASK, "Let them go home.").names == []
