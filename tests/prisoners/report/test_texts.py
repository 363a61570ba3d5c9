"""Texts from draft to signature: by whom, with which numbers, and what stands in the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils.translation import override

from tests.prisoners.report.text_desk import (
    AT,
    ENGLISH,
    FRENCH,
    YEAR,
    Writers,
    make_writers,
    reviewed,
    signed,
)
from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.editions.rules import Bullets, Notice, Paragraph
from undaunted.prisoners.report.actions import (
    decline_text,
    propose_text,
    review_text,
    sign_text,
    withdraw_text,
    write_text,
)
from undaunted.prisoners.report.queries import (
    report_document,
    report_figures,
    signed_texts,
    standing_text,
    text_version,
    texts_of_place,
    texts_of_year,
    years_with_texts,
)
from undaunted.prisoners.report.rules import Chapter
from undaunted.prisoners.report.rules.marks import TextBroken
from undaunted.prisoners.report.rules.texts import TextRefused, place_named

if TYPE_CHECKING:
    from undaunted.prisoners.report.models import TextVersion

pytestmark = pytest.mark.usefixtures("ledger")
SUMMARY = place_named(YEAR, "summary", "en")
IN_FRENCH = place_named(YEAR, "summary", "fr")
TYPED = "About 40 people and twelve more.\n\nIn {plain:2024|year} it was 1,200."


@pytest.fixture
def writers(owner_sql: Any) -> Writers:
    return make_writers(owner_sql)


def _draft(writers: Writers, body: str = ENGLISH) -> TextVersion:
    with acting_as(writers.writer) as actor:
        return write_text(writers.holder, SUMMARY, body, actor=actor, at=AT)


def _verbs(owner_sql: Any) -> list[str]:
    rows = owner_sql("SELECT verb FROM audit_entry WHERE verb LIKE 'report_text.%%' ORDER BY seq")
    return [verb.partition(".")[2] for (verb,) in rows]


def test_text_goes_from_draft_to_signature_by_three_acts(writers: Writers, owner_sql: Any) -> None:
    version = signed(writers)
    assert (version.number, version.state, version.typed) == (1, "signed", [])
    assert _verbs(owner_sql) == ["written", "proposed", "reviewed", "signed"]
    texts = signed_texts(PUBLIC, YEAR, "en", holder=writers.holder).texts
    assert list(texts) == [Chapter.SUMMARY]
    assert [type(block) for block in texts[Chapter.SUMMARY]] == [Paragraph, Bullets]
    assert signed_texts(PUBLIC, YEAR, "en").texts == texts
    assert signed_texts(PUBLIC, YEAR - 1, "en").texts == {}
    assert signed_texts(PUBLIC, YEAR, "en", holder=uuid4()).texts == {}
    with acting_as(writers.reader) as actor:
        assert years_with_texts(actor, writers.holder) == (YEAR,)
        assert [each.pk for each in texts_of_year(actor, writers.holder, YEAR)] == [version.pk]
        assert (report_figures(actor, YEAR), report_document(actor, YEAR)) == ({}, None)


def test_each_step_is_for_somebody_with_the_role_who_did_not_write(writers: Writers) -> None:
    with acting_as(writers.publisher) as actor:
        version = write_text(writers.holder, SUMMARY, ENGLISH, actor=actor, at=AT)
        propose_text(version, actor=actor, at=AT)
        with pytest.raises(Forbidden, match="second person"):
            review_text(version, actor=actor, at=AT)
    with acting_as(writers.writer) as actor, pytest.raises(Forbidden, match="no role"):
        review_text(version, actor=actor, at=AT)
    with acting_as(writers.stranger) as actor:
        assert text_version(actor, version.pk) is None
        with pytest.raises(Forbidden):
            review_text(version, actor=actor, at=AT)
    with acting_as(writers.reviewer) as actor:
        review_text(version, actor=actor, at=AT)
        with pytest.raises(Forbidden, match="no role"):
            sign_text(version, {}, actor=actor, at=AT)
    with acting_as(writers.publisher) as actor, pytest.raises(Forbidden, match="second person"):
        sign_text(version, {}, actor=actor, at=AT)
    for person in (writers.reader, writers.reviewer):
        with acting_as(person) as actor, pytest.raises(Forbidden):
            write_text(writers.holder, SUMMARY, ENGLISH, actor=actor, at=AT)


def test_whoever_wrote_an_earlier_draft_does_not_sign_what_grew_from_it(writers: Writers) -> None:
    with acting_as(writers.publisher) as actor:
        write_text(writers.holder, SUMMARY, ENGLISH, actor=actor, at=AT)
    version = reviewed(writers, ENGLISH + "\n\nMore.")
    with acting_as(writers.publisher) as actor, pytest.raises(Forbidden, match="second person"):
        sign_text(version, {}, actor=actor, at=AT)


def test_only_the_newest_draft_is_proposed_and_only_by_its_writer(writers: Writers) -> None:
    first, second = _draft(writers), _draft(writers, "Newer words.")
    with acting_as(writers.steward) as actor, pytest.raises(Forbidden, match="wrote a draft"):
        propose_text(second, actor=actor, at=AT)
    with acting_as(writers.writer) as actor:
        with pytest.raises(TextRefused, match="newer draft"):
            propose_text(first, actor=actor, at=AT)
        propose_text(second, actor=actor, at=AT)
        with pytest.raises(TextRefused, match="version 2 is waiting"):
            propose_text(second, actor=actor, at=AT)
        with pytest.raises(TextRefused, match="version 2 waits"):
            write_text(writers.holder, SUMMARY, ENGLISH, actor=actor, at=AT)
        decline_text(second, "I found a mistake.", actor=actor, at=AT)
    assert _draft(writers).number == 3
    with acting_as(writers.reader) as actor:
        bodies = [each.body for each in texts_of_place(actor, writers.holder, SUMMARY)]
    assert bodies == [ENGLISH, "Newer words.", ENGLISH]


def test_sending_back_says_why_and_a_withdrawn_text_brings_none_back(
    writers: Writers, owner_sql: Any
) -> None:
    signed(writers, "First.")
    second = signed(writers, "Next.")
    third = reviewed(writers, "Last.")
    with acting_as(writers.publisher) as actor:
        with pytest.raises(TextRefused, match="why: say why"):
            decline_text(third, " ", actor=actor, at=AT)
        with pytest.raises(TextRefused, match="300 letters"):
            decline_text(third, "x" * 301, actor=actor, at=AT)
        decline_text(third, "The second source says four.", actor=actor, at=AT)
        standing = standing_text(actor, writers.holder, SUMMARY)
        assert standing is not None
        assert standing.pk == second.pk
        withdraw_text(second, "It names a court wrongly.", actor=actor, at=AT)
        assert standing_text(actor, writers.holder, SUMMARY) is None
    assert signed_texts(PUBLIC, YEAR, "en").texts == {}
    assert _verbs(owner_sql)[-2:] == ["declined", "withdrawn"]


def test_numbers_typed_by_hand_are_accepted_one_by_one_with_a_reason(
    writers: Writers, owner_sql: Any
) -> None:
    version = reviewed(writers, TYPED)
    assert [(each["line"], each["number"]) for each in version.typed] == [
        (1, "40"), (1, "twelve"), (3, "1,200")
    ]  # fmt: skip
    with acting_as(writers.publisher) as actor:
        for accepted in ({}, {"1": "a", "2": "b"}, {"1": "a", "2": " ", "3": "c"}):
            with pytest.raises(TextRefused, match="typed by hand; give a reason"):
                sign_text(version, accepted, actor=actor, at=AT)
        given = {"1": "quoted", "2": "quoted  too", "3": "estimate of the Gazette", "4": "no"}
        held = sign_text(version, given, actor=actor, at=AT)
    assert held.accepted == {"1": "quoted", "2": "quoted too", "3": "estimate of the Gazette"}
    ((detail,),) = owner_sql(
        "SELECT d.detail FROM audit_entry e JOIN audit_detail d ON d.entry_id = e.id"
        " WHERE e.verb = 'report_text.signed'"
    )
    assert "estimate of the Gazette" in str(detail)
    assert Chapter.SUMMARY in signed_texts(PUBLIC, YEAR, "en").texts


def test_translation_stands_until_its_original_is_signed_anew(writers: Writers) -> None:
    with acting_as(writers.writer) as actor, pytest.raises(TextRefused, match="no English text"):
        write_text(writers.holder, IN_FRENCH, FRENCH, actor=actor, at=AT)
    signed(writers)
    with override("fr"):
        fallback = signed_texts(PUBLIC, YEAR, "fr").texts[Chapter.SUMMARY]
    assert isinstance(fallback[0], Notice)
    assert [block.language for block in fallback[1:]] == ["en", "en"]  # type: ignore[union-attr]
    french = signed(writers, FRENCH, language="fr")
    assert french.translates == 1
    blocks = signed_texts(PUBLIC, YEAR, "fr").texts[Chapter.SUMMARY]
    assert "En Ruritanie, " in blocks[0].text  # type: ignore[union-attr]
    late = reviewed(writers, FRENCH, language="fr")
    signed(writers, ENGLISH + "\n\nMore.")
    assert isinstance(signed_texts(PUBLIC, YEAR, "fr").texts[Chapter.SUMMARY][0], Notice)
    with acting_as(writers.publisher) as actor, pytest.raises(TextRefused, match="signed anew"):
        sign_text(late, {}, actor=actor, at=AT)


def test_translation_may_be_of_an_older_signed_text_and_of_no_draft(writers: Writers) -> None:
    signed(writers)
    signed(writers, ENGLISH + "\n\nMore.")
    _draft(writers)
    with acting_as(writers.writer) as actor:
        old = write_text(writers.holder, IN_FRENCH, FRENCH, actor=actor, at=AT, translates=1)
        assert old.translates == 1
        for number in (3, 9):
            with pytest.raises(TextRefused, match="no English text is signed"):
                write_text(writers.holder, IN_FRENCH, FRENCH, actor=actor, at=AT, translates=number)
        with pytest.raises(TextRefused, match="translates none"):
            write_text(writers.holder, SUMMARY, ENGLISH, actor=actor, at=AT, translates=1)


def test_broken_text_is_not_kept_and_all_problems_are_named(writers: Writers) -> None:
    signed(writers)
    with acting_as(writers.writer) as actor:
        with pytest.raises(TextBroken) as broken:
            write_text(writers.holder, SUMMARY, "# Head\n\n{numbre:x}\n\n**a", actor=actor, at=AT)
        assert [each.partition(":")[0] for each in broken.value.problems] == [
            "line 1", "line 3", "line 5"
        ]  # fmt: skip
        missing = FRENCH.replace("{table:by-country}", "{table:by-year}")
        with pytest.raises(TextBroken) as broken:
            write_text(writers.holder, IN_FRENCH, missing, actor=actor, at=AT)
    assert "{table:by-country} stands in the English text and not here" in str(broken.value)
    assert "line 1: {table:by-year} stands here oftener" in str(broken.value)


def test_texts_of_two_organisations_are_not_mixed(writers: Writers, owner_sql: Any) -> None:
    signed(writers)
    others = make_writers(owner_sql)
    signed(others, "Others say.")
    with pytest.raises(TextRefused, match="2 organisations have signed texts"):
        signed_texts(PUBLIC, YEAR, "en")
    (block,) = signed_texts(PUBLIC, YEAR, "en", holder=others.holder).texts[Chapter.SUMMARY]
    assert block == Paragraph(("Others say.",))


def test_what_was_signed_past_the_rules_is_not_built(writers: Writers, owner_sql: Any) -> None:
    version = signed(writers)
    for body, told in (("About 40.", "'40' was typed by hand"), ("**a", "is not closed")):
        owner_sql(
            "UPDATE report_textversion SET body = %s,"
            " digest = encode(sha256(convert_to(%s, 'UTF8')), 'hex') WHERE id = %s",
            [body, body, version.pk],
        )
        with pytest.raises(TextRefused, match=told):
            signed_texts(PUBLIC, YEAR, "en")
