"""Papers in English write days in words, and those of measures say whether they are adopted."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import docx
import pytest
from django.utils.translation import override

from tests.coercion.instruments.designs import answers, design
from tests.coercion.instruments.factories import AT, DRAFT, Scene, make_scene, stepped, to_measures
from undaunted.coercion.instruments.actions import record_draft
from undaunted.coercion.instruments.analysis import (
    StepFacts,
    open_file,
    sealed_file,
    vote_file,
    weighed_file,
)
from undaunted.coercion.instruments.rules import Design, Opinion, Stage, TerminationGround
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from collections.abc import Iterator

ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LATER = AT + timedelta(days=7)


@pytest.fixture
def scene(ledger: Any, owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    to_measures(made)
    return made


def test_measures_say_whether_they_are_adopted_and_of_which_day_the_paper_is(scene: Scene) -> None:
    for told in _papers(scene, LATER):
        assert "Day of this paper 27 November 2026" in told
        assert "A draft; the measures are not adopted." in told
    stepped(scene, Stage.ADOPTED, date(2026, 11, 18), replace(DRAFT, applies_on=date(2026, 11, 19)))
    adopted = "Adopted on 18 November 2026, to apply from 19 November 2026"
    for told in _papers(scene, LATER):
        assert f"{adopted}." in told
    stepped(scene, Stage.APPLIED, date(2026, 11, 19))
    for told in _papers(scene, LATER):
        assert f"{adopted}; applied on 19 November 2026." in told
    with acting_as(scene.ours.documenter) as actor:
        smaller = Design(design().measures[:1], answers())
        record_draft(scene.proceeding, smaller, actor=actor, at=AT)
    for told in _papers(scene, LATER):
        assert "A draft, and another one than that which was adopted on 18 November 2026." in told
    with acting_as(scene.ours.documenter) as actor:
        record_draft(scene.proceeding, design(), actor=actor, at=AT)
    ground = StepFacts(opinion=Opinion.POSITIVE, ground=TerminationGround.CEASED)
    stepped(scene, Stage.ENDED, date(2026, 11, 20), ground)
    for told in _papers(scene, LATER):
        assert f"{adopted}; applied on 19 November 2026; ended on 20 November 2026." in told


def test_papers_tell_amendments_and_resumptions_as_such(scene: Scene) -> None:
    adopted = replace(DRAFT, applies_on=date(2026, 10, 2))
    stepped(scene, Stage.ADOPTED, date(2026, 10, 1), adopted)
    stepped(scene, Stage.APPLIED, date(2026, 10, 2))
    smaller = Design(design().measures[:1], answers())
    with acting_as(scene.ours.documenter) as actor:
        record_draft(scene.proceeding, smaller, actor=actor, at=AT)
    stepped(scene, Stage.APPLIED, date(2026, 11, 10), DRAFT)
    said = (
        "Adopted on 1 October 2026, to apply from 2 October 2026; applied on 2 October 2026; "
        "amended on 10 November 2026"
    )
    for told in _papers(scene, LATER):
        assert f"{said}." in told
    ground = StepFacts(opinion=Opinion.POSITIVE, ground="engagement")
    stepped(scene, Stage.SUSPENDED, date(2026, 11, 12), ground)
    stepped(scene, Stage.APPLIED, date(2026, 11, 16), ground)
    rest = "; suspended on 12 November 2026; applied again on 16 November 2026"
    for told in _papers(scene, LATER):
        assert f"{said}{rest}." in told
    with acting_as(scene.ours.documenter) as actor:
        record_draft(scene.proceeding, design(), actor=actor, at=AT)
    for told in _papers(scene, LATER):
        assert "was adopted on 1 October 2026 and amended on 10 November 2026." in told


def test_papers_of_a_proceeding_write_days_in_words_for_every_reader(scene: Scene) -> None:
    for language in ("en", "ar"):
        with override(language), acting_as(scene.ours.documenter) as actor:
            vote = vote_file(actor, scene.proceeding, "docx")
            assert vote is not None
            papers = [vote, open_file(scene.paper, "docx")]
            papers.append(sealed_file(scene.paper, {"facts": "Logs."}, "docx"))
        told = [*map(_seen, papers), *_papers(scene, AT, language)]
        for each in told:
            assert ISO.search(each) is None, each
            assert "2026" in each
            assert not re.search("[\u0600-\u06ff]", each), "the foot is English too"


def _papers(scene: Scene, at: datetime, language: str = "en") -> Iterator[str]:
    for whole in (True, False):
        with override(language), acting_as(scene.ours.documenter) as actor:
            content = weighed_file(actor, scene.proceeding, "docx", at=at, whole=whole)
            assert content is not None
        yield _seen(content)


def _seen(content: bytes) -> str:
    """Give what a reader sees of a file for Word: text, tables and the foot of its pages."""
    read = docx.Document(io.BytesIO(content))
    parts = [read.element.body, *(each.footer._element for each in read.sections)]  # noqa: SLF001
    texts = [each.text or "" for part in parts for each in part.iter(f"{W}p", f"{W}t")]
    return " ".join(" ".join(texts).split())
