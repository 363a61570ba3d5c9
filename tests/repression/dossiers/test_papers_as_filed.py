"""What a desk that acts on a paper asks for: who sends it, what is asked, why, by which sources."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils.translation import override

from tests.core.accounts.factories import signed_in_client
from tests.repression.dossiers.factories import (
    AT,
    GB,
    UNION,
    VICTIM,
    Scene,
    agree,
    make_scene,
    written,
)
from tests.repression.dossiers.test_papers_as_read import paper
from tests.repression.dossiers.test_searches_stand import loaded
from tests.repression.dossiers.test_submissions import bytes_of, released
from tests.repression.sanctions.factories import XF
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.actions import record_source
from undaunted.core.evidence.rules import Grade, SourceKind
from undaunted.core.standards.rules import Value
from undaunted.repression.coordination.rules import framework_due
from undaunted.repression.dossiers.actions import (
    Evidence,
    open_submission_file,
    record_detail,
    record_finding,
    release_submission,
)
from undaunted.repression.dossiers.actions.releasing import publisher_of
from undaunted.repression.dossiers.queries import files_of, submission_for
from undaunted.repression.dossiers.rules import (
    DRAFT,
    DetailKind,
    DossierRefused,
    SubmissionRefused,
    is_published,
)
from undaunted.repression.dossiers.writers.citing import typed
from undaunted.repression.sanctions.rules import authorities
from undaunted.site.components.dates import partial_date

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")
LAW, ITS_LAW = "eu-2020-1998", "gb-ghrsr-2020"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    agree(made, GB)
    return made


def found_by(scene: Scene, **source: Any) -> None:
    """Let a finding rest on another source beside the scene's."""
    with acting_as(scene.desk.documenter) as actor:
        made = record_source(scene.desk.organisation, actor=actor, at=AT, **source)
        rest = Evidence((made.pk,), Grade.parse("B2"))
        record_finding(scene.dossier, "official", Value.MET, "By the gazette.", evidence=rest,
                       accused=scene.prosecutor, actor=actor, at=AT)  # fmt: skip


def test_the_head_says_who_submits_it_and_which_measures_of_the_law_are_asked_for(
    scene: Scene,
) -> None:
    told = paper(scene, written(scene, LAW))
    with acting_as(scene.desk.documenter) as actor:
        sender = publisher_of(actor, scene.dossier)
    assert sender
    assert f"Submitted by {sender} Under" in told
    freeze = "asset freeze (Regulation (EU) 2020/1998, Article 3)"
    ban = "entry ban (Decision (CFSP) 2020/1999)"
    assert f"Measures asked for {freeze}; {ban} State" in told
    assert told.count(f"Measures asked for: {freeze}; {ban}") == 2, "of each person, by itself"


def test_where_nobodys_facts_meet_the_law_no_measure_is_asked_for(scene: Scene) -> None:
    told = paper(scene, written(scene, ITS_LAW))
    assert "Submitted by" in told
    assert "Measures asked for" not in told
    assert "Draft of a statement of reasons" not in told
    assert "is alleged to come under" not in told


def test_measures_of_the_register_have_their_clause_and_their_source() -> None:
    for code in (LAW, ITS_LAW, "gb-gacsr-2021"):
        for each in authorities()[code].measures:
            assert each.clause
            assert each.sources
            assert set(each.sources) <= set(authorities()[code].sources)
    assert [each.measure for each in authorities()[ITS_LAW].measures] == [
        "asset_freeze", "entry_ban",
    ]  # fmt: skip


def test_reasons_are_drafted_from_the_facts_and_clauses_that_meet_the_law(scene: Scene) -> None:
    told = paper(scene, written(scene, LAW))
    draft = told[told.index("Draft of a statement of reasons") :]
    draft = draft[: draft.index("Rupert Hentzau: who it is")]
    assert "nothing in it is a finding" in draft
    lead = "Antoinette Maubon is alleged to come under EU Global Human Rights Sanctions Regime, "
    assert f"{lead}Article 2(1)(c)(v) and Article 3(3)(b), for these reasons:" in draft
    assert "Prosecutor of Strelsau · " in draft
    assert "(Article 3(3)(b)): Signed the order of detention. [1]" in draft
    assert "Arbitrary arrest or detention (Article 2(1)(c)(v)): No judge saw Person 1. [1]" in draft
    assert "By the post." not in draft, "the law does not ask for an office"


def test_the_law_is_told_with_its_clauses(scene: Scene) -> None:
    told = paper(scene, written(scene, LAW))
    table = told[told.index("The law, element by element") :]
    assert "Arbitrary arrest or detention (Article 2(1)(c)(v))" in table
    kingdom = paper(scene, written(scene, ITS_LAW))
    table = kingdom[kingdom.index("The law, element by element") :]
    assert "Slavery, servitude or forced labour (Regulation 4(2)(c))" in table


def test_what_was_published_is_told_so_that_it_can_be_found(scene: Scene) -> None:
    found_by(scene, kind=SourceKind.NEWS_REPORT, title="A prosecutor is appointed",
             publisher="Strelsau Gazette", url="https://gazette.invalid/a/7",
             published="2026-02-03")  # fmt: skip
    told = paper(scene, written(scene, LAW))
    assert "[2] A prosecutor is appointed (grade B2)" in told
    wanted = "[2] A prosecutor is appointed · Strelsau Gazette · 3 February 2026 · "
    assert wanted in told
    assert "https://gazette.invalid/a/7" in told
    assert "Publisher, day and address are told of what was published." in told


def test_who_keeps_a_source_that_was_not_published_is_not_told(scene: Scene) -> None:
    found_by(scene, kind=SourceKind.WITNESS, title="", publisher="Ilka Strofeny",
             url="https://files.invalid/ilka", published="2026-02-03")  # fmt: skip
    told = paper(scene, written(scene, LAW))
    assert "[2] witness (grade B2)" in told
    for never in ("Strofeny", "files.invalid", "3 February 2026"):
        assert never not in told


def test_an_address_that_names_who_suffered_it_stays_out(scene: Scene) -> None:
    name = VICTIM[1].lower().replace(" ", "-")
    found_by(scene, kind=SourceKind.NEWS_REPORT, title="Somebody is held", publisher="Gazette",
             url=f"https://gazette.invalid/{name}", published="2026-02-03")  # fmt: skip
    told = paper(scene, made := written(scene, LAW))
    assert "[2] Somebody is held · Gazette · 3 February 2026" in told
    assert "gazette.invalid" not in told
    assert released(scene, made).state == "released"


def test_a_source_that_a_team_sealed_counts_as_published_only_where_it_says_so() -> None:
    kind = SourceKind.NEWS_REPORT.value
    assert is_published(kind, public=False, sealed=False)
    assert not is_published(kind, public=False, sealed=True)
    assert is_published(SourceKind.LAWYER.value, public=True, sealed=False)
    assert not is_published(SourceKind.LAWYER.value, public=False, sealed=False)


def test_until_it_is_released_a_draft_alone_is_read(scene: Scene) -> None:
    made = written(scene, LAW)
    files = bytes_of(scene, made)
    assert files[DRAFT] != files["submission.pdf"]
    for user in (scene.desk.documenter, scene.desk.publisher):
        with acting_as(user) as actor:
            held = submission_for(actor, made.pk)
            assert held
            for name in ("submission.pdf", "submission.docx"):
                with pytest.raises(DossierRefused, match="none of this name"):
                    open_submission_file(held, name, actor=actor, at=AT)
    with acting_as(scene.desk.publisher) as actor:
        held = submission_for(actor, made.pk)
        assert held
        with pytest.raises(SubmissionRefused, match=r"draft\.pdf: open it first"):
            release_submission(held, actor=actor, at=AT)
        open_submission_file(held, DRAFT, actor=actor, at=AT)
        held = release_submission(held, actor=actor, at=AT)
        assert open_submission_file(held, "submission.docx", actor=actor, at=AT).content
        with pytest.raises(DossierRefused, match="bytes were destroyed"):
            open_submission_file(held, DRAFT, actor=actor, at=AT)
        assert DRAFT in set(files_of(actor, held).values_list("name", flat=True))


def test_lists_that_were_searched_are_told_once_for_all(scene: Scene) -> None:
    told = paper(scene, written(scene, LAW))
    assert told.count("Not searched, because no version is held here:") == 1
    assert told.count("Searched on") == 1


def test_a_summary_put_together_names_an_act_once_and_the_law_once(scene: Scene) -> None:
    told = paper(scene, written(scene, ITS_LAW, neutral=True))
    summary = told[told.index("This summary is put together") :]
    summary = summary[: summary.index("Rupert Hentzau: who it is")]
    assert "Act 1. Act 1" not in summary
    assert summary.count("missing evidence of") == 1
    assert "Rupert Hentzau and Antoinette Maubon" in summary
    assert "missing evidence of extrajudicial, summary or arbitrary killing; or torture" in summary


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("ar", "Signed the order.", "\u200f\u200e", "\u200e\u200f"),
        ("en", "أمر بالحبس.", "\u200e\u200f", "\u200f\u200e"),
        ("en", "Signed the order.", "", ""),
        ("ar", "أمر بالحبس.", "", ""),
        ("ar", "", "", ""),
    ],
)
def test_what_was_typed_keeps_its_stop_in_a_paper_of_another_direction(
    language: str, text: str, first: str, last: str
) -> None:
    with override(language):
        assert typed(text) == f"{first}{text}{last}"


def test_an_arabic_paper_sets_what_was_typed_apart(scene: Scene) -> None:
    told = paper(scene, written(scene, LAW, language="ar"))
    assert "\u200eSigned the order of detention.\u200e" in told


def test_a_paper_says_when_the_framework_of_its_law_ends(scene: Scene) -> None:
    due = framework_due(LAW, AT.date())
    assert due
    told = paper(scene, written(scene, LAW))
    day = partial_date(due.last.isoformat()).text
    assert f"The framework of this law ends on {day} unless it is renewed." in told
    assert "whether it was renewed is not known" not in told
    assert "The framework of this law" not in paper(scene, written(scene, ITS_LAW))


def test_a_framework_whose_renewal_is_not_known_is_past() -> None:
    due = framework_due(LAW, date(2027, 1, 1))
    assert due
    assert due.passed
    assert framework_due(ITS_LAW, AT.date()) is None
    assert framework_due("", AT.date()) is None


def test_the_lists_are_searched_for_everybody_at_once_and_the_page_says_so(scene: Scene) -> None:
    client, one = signed_in_client(scene.desk.documenter), f"/desk/dossiers/{scene.dossier.pk}/"
    answer = client.post(f"{one}search/", follow=True)
    assert answer.status_code == 200
    assert "The lists were searched." in answer.content.decode()
    assert client.post(f"{one}search/", {"part": str(uuid4())}).status_code == 404
    assert "part: " in client.post(f"{one}search/", {"part": "x"}).content.decode()


def test_a_form_that_nothing_is_marked_in_does_not_speak_of_marks(scene: Scene) -> None:
    client = signed_in_client(scene.desk.documenter)
    page = f"/desk/dossiers/{scene.dossier.pk}/add/submission/"
    told = client.post(page, {"authority": "us-eo-13818", "recipient": "X", "language": "en"})
    assert "This was not done" in told.content.decode()
    assert "marked below" not in told.content.decode()
    assert "marked below" in client.post(page, {"language": "en"}).content.decode()


def test_that_an_act_was_abroad_is_offered_as_found_by_the_place_in_the_ledger(
    scene: Scene,
) -> None:
    client, one = signed_in_client(scene.desk.documenter), f"/desk/dossiers/{scene.dossier.pk}/"
    page = client.get(f"{one}laws/?law=au-6a-rights&law={LAW}").content.decode()
    (query,) = set(re.findall(r"add/finding/\?([^\"]{1,400})\"", page))
    form = client.get(f"{one}add/finding/?{unescape(query)}").content.decode()
    assert '<option value="abroad" selected>' in form
    assert f'<option value="{scene.act.pk}" selected>' in form
    assert "By the ledger the act was in Ruritania." in form
    assert "add/finding/?" not in client.get(f"{one}laws/?law={LAW}").content.decode()


def test_a_search_says_whose_letters_are_not_compared_in_place_of_silence(
    scene: Scene, tmp_path: Path
) -> None:
    loaded(scene, tmp_path, XF, "2026-05-02")
    with acting_as(scene.desk.documenter) as actor:
        rest = Evidence((scene.source,), Grade.parse("A1"))
        record_detail(
            scene.commander, DetailKind.NAME, "አበበ ገብረ", actor=actor, at=AT, evidence=rest
        )
    client, one = signed_in_client(scene.desk.documenter), f"/desk/dossiers/{scene.dossier.pk}/"
    page = client.post(f"{one}search/", follow=True).content.decode()
    shown = page.partition("The lists were searched.")[2][:300]
    assert "Could not be compared, because their letters are not read: አበበ ገብረ." in shown
    assert "no entry with a name alike was found" not in shown
