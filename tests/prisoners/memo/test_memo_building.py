"""Memos from request to files, and out again when consent ends."""

from __future__ import annotations

import io
import subprocess
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import docx
import pytest

from tests.core.editions.factories import LONG
from tests.core.practices.factories import written
from tests.prisoners.memo.factories import (
    AT,
    Office,
    agree_to_memos,
    built,
    contents,
    hold,
    open_office,
    page_count,
    pdf_text,
    said,
    word_part,
    word_text,
    words_outside,
)
from tests.prisoners.registry.casework import agree, published
from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.rules import PUBLIC_AUDIENCE, Audience, IdentityLevel, Purpose
from undaunted.core.editions.writers import FOLDERS
from undaunted.core.practices.actions import accept_version, propose_practice
from undaunted.core.practices.rules import read_entry
from undaunted.prisoners.memo.actions import (
    MemoWanted,
    build_memo,
    check_memo,
    draw_open_memo,
    end_memo,
    open_memo_file,
    preview_memo,
    rebuild_memo,
)
from undaunted.prisoners.memo.models import MemoFile, MemoSubject, MemoText
from undaunted.prisoners.memo.queries import memo_for, subjects_of
from undaunted.prisoners.memo.rules import MemoEnded, MemoRefused, TextKind, Variant
from undaunted.prisoners.registry.actions.publication import take_down
from undaunted.prisoners.registry.queries.records import publications_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.prisoners.memo.models import Memo

    Sql = Callable[..., list[tuple[Any, ...]]]

pytestmark = [
    pytest.mark.usefixtures("ledger"),
    pytest.mark.skipif(
        not all(folder.is_dir() for folder in FOLDERS[:2]),
        reason="needs fonts-noto-core and fonts-noto-cjk",
    ),
]
NAME = "Олена Корсак"


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return open_office(owner_sql)


def _own(office: Office) -> Audience:
    return Audience.parse(f"organisation:{office.desk.organisation}")


def _library(office: Office, tlp: str, reference: str, title: str) -> None:
    text = written() | {"reference": reference, "tlp": tlp, "title": title}
    desk = office.desk
    readers = [desk.documenter.pk, desk.publisher.pk] if tlp == "RED" else []
    with acting_as(desk.documenter) as actor:
        version = propose_practice(
            desk.organisation, read_entry(text, where="test"), actor=actor, at=AT, readers=readers
        )
    with acting_as(desk.publisher) as actor:
        accept_version(version, actor=actor, at=AT)


def _entries(owner_sql: Sql, verb: str) -> int:
    ((found,),) = owner_sql("SELECT count(*) FROM audit_entry WHERE verb = %s", [verb])
    return int(found)


def test_memo_fits_two_pages_and_has_a_note_at_every_fact(office: Office) -> None:
    _library(office, "CLEAR", "lists-at-the-bridge", "Lists handed over at the bridge")
    said(office.desk, TextKind.ASK, "A visit by a doctor this month.",
         subject=office.party.pk, accept=True)  # fmt: skip
    said(office.desk, TextKind.TALKING_POINT, "Trade and people are one talk.", accept=True)
    said(office.desk, TextKind.RED_LINE, "No exchange for goods.", accept=True)
    said(office.desk, TextKind.TALKING_POINT, "Nobody accepted this line.")
    memo = built(office)
    assert page_count(memo) <= 2
    text, word = pdf_text(memo), word_text(memo)
    for told in (
        "PUBLIC · TLP:CLEAR",
        "Minister of Foreign Affairs",
        "2 December 2026",
        "People held on 30 June 2026: 1.",
        "counted from the same sources: 1 (+0)",
        NAME,
        "held since March 2024",
        "Not confirmed since March 2024.",
        "A visit by a doctor this month.",
        "Trade and people are one talk.",
        "Lists handed over at the bridge",
        "Risk: A name on a list can harm.",
        "Seen together with it",
        "An association that was seen, never a cause",
    ):
        assert told in text, told
        assert told in word or told.startswith("PUBLIC"), told
    assert "Nobody accepted this line." not in text + word
    assert "No exchange for goods." not in text + word
    made = docx.Document(io.BytesIO(contents(memo)["docx"]))
    facts = [
        each for each in made.paragraphs if each.style is not None
        and each.style.name == "List Bullet"
    ]  # fmt: skip
    noted = ("footnoteReference", "NOTEREF")
    assert facts
    assert all(any(mark in each._p.xml for mark in noted) for each in facts)  # noqa: SLF001
    notes = word_part(memo, "footnotes")
    for told in ("PACE Resolution 1900", "census-1", "Confidence A 0, B 1", "30 June 2026",
                 "1 November 2026", "Gazette of Syldavia"):  # fmt: skip
        assert told in notes, told
    assert "PUBLIC · TLP:CLEAR" in word_part(memo, "header1")
    assert [
        each.text for each in made.paragraphs if each.style and each.style.name == "Heading 1"
    ] == [
        "People held", "Who is targeted", "How: tactics and laws", "Cases to raise",
        "Talking points", "What has gone together with releases",
    ]  # fmt: skip


def test_withdrawing_one_consent_and_rebuilding_removes_the_name_from_both_variants(
    office: Office, owner_sql: Sql
) -> None:
    agree_to_memos(office.desk, office.party, _own(office))
    ask = said(office.desk, TextKind.ASK, "Let her family visit.", subject=office.party.pk)
    both = [built(office, each) for each in Variant]
    assert all(NAME in pdf_text(each) and NAME in word_text(each) for each in both)
    assert "RESTRICTED · TLP:AMBER" in pdf_text(both[1])
    with acting_as(office.desk.documenter) as actor:
        revoke_consent(office.grant, actor=actor, at=AT + timedelta(hours=1))
    assert _entries(owner_sql, "memo.name_removed") == 1
    assert owner_sql("SELECT count(*) FROM memo_memofile WHERE content IS NOT NULL") == [(0,)]
    assert owner_sql("SELECT count(*) FROM memo_memosubject") == [(0,)]
    assert owner_sql("SELECT DISTINCT state, why FROM memo_memo") == [("ended", "revoked")]
    later = AT + timedelta(days=1)
    with acting_as(office.desk.documenter) as actor:
        assert not MemoText.objects.filter(pk=ask.pk).exists()
        for memo in both:
            memo.refresh_from_db()
            with pytest.raises(MemoEnded, match="build it anew"):
                open_memo_file(memo, f"{_stem(memo)}.pdf", actor=actor, at=later)
            made = rebuild_memo(memo, actor=actor, at=later)
            assert made.replaces_id == memo.pk
            told = pdf_text(made) + word_text(made)
            assert NAME not in told
            assert "Korsak" not in told
            assert "Nobody is named" in told
            assert not subjects_of(actor, made)
    agree_to_memos(office.desk, office.party, at=later)
    with acting_as(office.desk.documenter) as actor:
        wanted = MemoWanted(country="XR", counterpart="Minister", meets_on=date(2026, 12, 2))
        drawn = preview_memo(wanted, office.desk.organisation, actor=actor, at=later)
        assert drawn.cases == 1  # agreed to anew, after the withdrawal


def _stem(memo: Memo) -> str:
    return f"memo-{memo.country}-{memo.as_of}-{memo.variant}-{memo.language}"


def test_public_memo_shows_nobody_who_asked_for_quiet_is_not_public_or_agreed_to_less(
    office: Office,
) -> None:
    desk = office.desk
    unpublished, coded = hold(desk, "Anton Unpublished"), hold(desk, "Boris Coded")
    agree_to_memos(desk, unpublished)
    agree_to_memos(desk, unpublished, _own(office))
    agree_to_memos(desk, coded, level=IdentityLevel.CODE)
    agree(desk, coded)
    published(desk, coded)
    hold(desk, "Clara Silent")
    agree_to_memos(desk, office.party, _own(office))
    agree_to_memos(desk, office.party, purpose=Purpose.QUIET_DIPLOMACY)
    told = pdf_text(built(office))
    assert not [each for each in (NAME, "Anton", "Boris", "Clara") if each in told]
    assert "Journalist, held since February 2025" in told  # by reference alone
    within = pdf_text(built(office, Variant.RESTRICTED))
    assert NAME in within
    assert "Quiet diplomacy: never in public." in within
    assert "Anton Unpublished" in within
    assert "Visa ban" in within
    assert not [each for each in ("Boris", "Clara") if each in within]


def test_government_reads_only_those_who_named_it_and_the_origin_state_nobody(
    office: Office, owner_sql: Sql
) -> None:
    desk = office.desk
    told = pdf_text(built(office, Variant.RESTRICTED, reader="government:XS"))
    assert NAME not in told  # she agreed to the public, which is no government
    named = hold(desk, "Dora Named")
    agree_to_memos(desk, named, Audience.parse("government:XS"))
    agree_to_memos(desk, named, Audience.parse("government:XR"))
    memo = built(office, Variant.RESTRICTED, reader="government:XS")
    told = pdf_text(memo)
    assert "Dora Named" in told
    assert "case-" in told  # no reference that leads to more
    assert "for the government of Syldavia" in told
    assert "Source: source not public" in told
    with acting_as(desk.documenter) as actor, pytest.raises(MemoRefused, match="never gets it"):
        build_memo(
            MemoWanted(country="XR", counterpart="X", meets_on=date(2026, 12, 2),
                       variant=Variant.RESTRICTED, reader="government:XR"),
            desk.organisation, actor=actor, at=AT,
        )  # fmt: skip
    owner_sql(
        "UPDATE accounts_organisation SET government = true, country = 'XS' WHERE id = %s",
        [desk.organisation],
    )
    own = built(office, Variant.RESTRICTED)
    assert own.reader == "government:XS"
    assert "Dora Named" in pdf_text(own)
    assert NAME not in pdf_text(own)
    with acting_as(desk.documenter) as actor, pytest.raises(MemoRefused, match="for itself alone"):
        build_memo(
            MemoWanted(country="XR", counterpart="X", meets_on=date(2026, 12, 2),
                       variant=Variant.RESTRICTED, reader="government:XB"),
            desk.organisation, actor=actor, at=AT,
        )  # fmt: skip


def test_marked_practices_are_read_by_whom_they_are_for(office: Office) -> None:
    desk = office.desk
    _library(office, "CLEAR", "open-way", "The open way")
    _library(office, "AMBER", "amber-way", "The amber way")
    _library(office, "RED", "red-way", "The red way")
    assert not [e for e in ("amber", "red way") if f"The {e}" in pdf_text(built(office))]
    within = pdf_text(built(office, Variant.RESTRICTED))
    assert "The amber way [TLP:AMBER]" in within
    assert "The red way" not in within
    abroad = pdf_text(built(office, Variant.RESTRICTED, reader="government:XS"))
    assert "The open way" in abroad
    assert "The amber way" not in abroad
    memo = built(office, Variant.RESTRICTED, with_red=True)
    assert "The red way [TLP:RED]" in pdf_text(memo)
    assert "for whoever built it alone" in pdf_text(memo)
    with acting_as(desk.documenter) as actor:
        assert memo_for(actor, memo.pk) is not None
    with acting_as(desk.publisher) as actor:
        assert memo_for(actor, memo.pk) is None
        assert not MemoFile.objects.filter(memo_id=memo.pk).exists()


def test_consent_is_asked_again_before_a_file_is_given(office: Office, owner_sql: Sql) -> None:
    memo = built(office)
    with acting_as(office.desk.documenter) as actor:
        given = open_memo_file(memo, f"{_stem(memo)}.docx", actor=actor, at=AT)
        assert given is not None
        assert bytes(given.content or b"")[:2] == b"PK"
        assert open_memo_file(memo, "another.pdf", actor=actor, at=AT) is None
    assert _entries(owner_sql, "memo.read") == 1
    with acting_as(office.desk.publisher) as actor:
        take_down(publications_for(actor).get(party=office.party), actor=actor, at=AT)
    with acting_as(office.desk.documenter) as actor:
        with pytest.raises(MemoEnded):
            open_memo_file(memo, f"{_stem(memo)}.docx", actor=actor, at=AT)
        memo.refresh_from_db()
        assert (memo.state, memo.why) == ("ended", "consent")
        assert not MemoFile.objects.filter(memo=memo, content__isnull=False).exists()
        assert not check_memo(memo, actor=actor, at=AT)
        with pytest.raises(MemoRefused, match="ended already"):
            end_memo(memo, actor=actor, at=AT)
    assert _entries(owner_sql, "memo.name_removed") >= 1


def test_rebuilding_what_still_holds_ends_the_old_one(office: Office, owner_sql: Sql) -> None:
    memo = built(office)
    with acting_as(office.desk.documenter) as actor:
        made = rebuild_memo(memo, actor=actor, at=AT)
        memo.refresh_from_db()
        assert (memo.state, memo.why) == ("ended", "rebuilt")
        end_memo(made, actor=actor, at=AT)
        made.refresh_from_db()
        assert (made.state, made.why) == ("ended", "desk")
    assert _entries(owner_sql, "memo.name_removed") == 0
    for who in (office.desk.publisher, office.desk.stranger):
        with acting_as(who) as actor, pytest.raises(Forbidden):
            build_memo(MemoWanted(), office.desk.organisation, actor=actor, at=AT)


def test_same_facts_give_the_same_bytes(office: Office) -> None:
    known = datetime(2026, 11, 1, 12, tzinfo=UTC)
    first, second = built(office, known_at=known), built(office, known_at=known)
    assert contents(first) == contents(second)


def test_memo_that_does_not_fit_says_what_is_left_out_or_refuses(office: Office) -> None:
    for number in range(6):
        _library(office, "CLEAR", f"way-{number}", f"Way {number} " + "x" * 60)
        said(
            office.desk,
            TextKind.TALKING_POINT,
            f"Point {number} " + "long words " * 20,
            accept=True,
        )
    memo = built(office, pages=1)
    assert page_count(memo) == 1
    assert "Left out to keep to 1 pages:" in pdf_text(memo)
    assert memo.left_out in pdf_text(memo)
    assert "talking points:" in memo.left_out
    for number in range(16):
        said(office.desk, TextKind.RED_LINE, f"Line {number} " + "red words " * 25, accept=True)
    with pytest.raises(MemoRefused, match="shorten red lines"):
        built(office, Variant.RESTRICTED, pages=1)


def test_texts_that_nobody_confirmed_for_ninety_days_say_so(office: Office) -> None:
    old = AT - timedelta(days=91)
    said(office.desk, TextKind.RED_LINE, "An old line.", accept=True, at=old)
    ask = "An old ask, within 30 days."
    said(office.desk, TextKind.ASK, ask, subject=office.party.pk, accept=True, at=old)
    told = pdf_text(built(office, Variant.RESTRICTED))
    assert told.count("Not confirmed since 2 August 2026.") == 2
    assert "An old line." in told
    assert "Numbers as the desk typed them, not counted here: 30." in told
    public = pdf_text(built(office))
    assert ask in public
    assert "An old line." not in public, "red lines are for whom they bind alone"


def test_memo_is_written_in_other_languages_with_names_of_every_length(office: Office) -> None:
    for name in (LONG, "سمير القصر"):
        agree_to_memos(office.desk, hold(office.desk, name), _own(office))
    for language in ("fr", "es", "ar"):
        memo = built(office, Variant.RESTRICTED, language=language, counterpart="Z" * 160)
        assert page_count(memo) <= 2
        assert words_outside(memo) == []
        told = word_text(memo).replace("\u200b", "")
        assert LONG in told
        assert "سمير القصر" in told
        made = docx.Document(io.BytesIO(contents(memo)["docx"]))
        assert ("<w:bidi/>" in made.paragraphs[0]._p.xml) is (language == "ar")  # noqa: SLF001
        assert made.styles["Normal"].element.xpath("./w:rPr/w:szCs/@w:val") == ["19"]
        heads = made.tables[0]
        assert [len(row.findall(".//{*}tc")) for row in heads._tbl.tr_lst] == [2, 4, 4]  # noqa: SLF001
        assert heads.rows[0]._tr.xpath("./w:tc/w:tcPr/w:gridSpan/@w:val") == ["1", "3"]  # noqa: SLF001


def test_country_or_day_without_data_gives_a_memo_that_says_so(office: Office) -> None:
    for told in ({"country": "XB"}, {"as_of": date(1950, 1, 1)}):
        text = pdf_text(built(office, **told))
        assert "Nothing is published of this country" in text
        assert "says nothing about how many people are held" in text
        assert "Nobody is named" in text


def test_world_memo_names_nobody_and_every_tactic(office: Office) -> None:
    other = hold(office.desk, "Erik Elsewhere")
    agree(office.desk, other)
    agree_to_memos(office.desk, other, PUBLIC_AUDIENCE)
    published(office.desk, other)
    _library(office, "CLEAR", "open-way", "The open way")
    drawn = draw_open_memo(MemoWanted(), actor=PUBLIC, at=AT)
    told = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=drawn.files[0].content, check=True,
        capture_output=True,
    ).stdout.decode()  # fmt: skip
    text = " ".join(told.split())
    assert "Erik" not in text
    assert NAME not in text
    for words in ("Visa ban 1 Ruritania 1", "Torture not counted", "Passport denied 0",
                  "The open way", "Who is targeted", "No total of the world"):  # fmt: skip
        assert words in text, words
    with acting_as(office.desk.documenter) as actor:
        kept = build_memo(MemoWanted(), office.desk.organisation, actor=actor, at=AT)
        assert not MemoSubject.objects.filter(memo=kept).exists()
    with pytest.raises(MemoRefused, match="sign in"):
        draw_open_memo(MemoWanted(country="XR", variant=Variant.RESTRICTED), actor=PUBLIC, at=AT)
    alone = MemoWanted(country="XR", counterpart="Minister", meets_on=date(2026, 12, 2))
    assert draw_open_memo(alone, actor=PUBLIC, at=AT).cases == 0
