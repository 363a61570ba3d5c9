"""A summary that is put together says that something speaks for the person, and not what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.repression.dossiers.factories import AT, GB, UNION, agree, make_scene, written
from tests.repression.dossiers.test_papers_as_read import paper
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.rules import Grade
from undaunted.repression.dossiers.actions import (
    Evidence,
    confirm_statement,
    record_reply,
    record_statement,
    search_listings,
)
from undaunted.repression.dossiers.rules import DossierReply, Weighed

if TYPE_CHECKING:
    from tests.repression.dossiers.factories import Scene

pytestmark = pytest.mark.usefixtures("ledger")
LAW, ITS_LAW = "eu-2020-1998", "gb-ghrsr-2020"
COUNTED = "What was found that speaks for the person, and their own account: "


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql, weighed=False)
    agree(made, UNION)
    agree(made, GB)
    rest = Evidence((made.source,), Grade.parse("A2"), "p. 9")
    with acting_as(made.desk.documenter) as actor:
        said = [
            record_statement(accused, kind, body, evidence=rest, actor=actor, at=AT)
            for accused, kind, body in (
                (made.commander, Weighed.SEARCHED, "The gazette."),
                (made.commander, Weighed.FOUND, "He asked for a judge."),
                (made.commander, Weighed.FOUND, "He was ill then."),
                (made.prosecutor, Weighed.SEARCHED, "The gazette."),
                (made.prosecutor, Weighed.NOTHING_FOUND, "Nothing."),
            )
        ]
        for each in (made.commander, made.prosecutor):
            record_reply(each, DossierReply.UNSAFE, "Whoever asks is arrested.", actor=actor, at=AT)
            search_listings(each, actor=actor, at=AT)
    with acting_as(made.desk.reviewer) as actor:
        for statement in said:
            confirm_statement(statement, actor=actor, at=AT)
    return made


def test_a_summary_put_together_counts_what_speaks_for_each_and_says_where_it_is_read(
    scene: Scene,
) -> None:
    told = paper(scene, written(scene, ITS_LAW, neutral=True))
    summary = told[told.index("This summary is put together") :]
    summary = summary[: summary.index("Rupert Hentzau: who it is")]
    assert f"{COUNTED}2; see “Rupert Hentzau: what speaks for the person”." in summary
    assert f"{COUNTED}0; see “Antoinette Maubon: what speaks for the person”." in summary
    assert "He asked for a judge." not in summary
    assert "He asked for a judge." in told
    assert told.count("Rupert Hentzau: what speaks for the person") == 2


def test_a_typed_summary_stays_as_it_was_typed(scene: Scene) -> None:
    assert COUNTED not in paper(scene, written(scene, LAW))
