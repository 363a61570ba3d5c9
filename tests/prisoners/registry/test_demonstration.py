"""The demonstration goes through the gates and comes out in public, counted."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from tests.prisoners.memo.agreement import both_of, world_of
from undaunted.config.schema import acting_as_owner
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.accounts.queries import user_named
from undaunted.core.audit.queries import verify_chain
from undaunted.core.places.rules.hypothetical import HYPOTHETICAL_CODES
from undaunted.prisoners.campaigns.actions.demonstration import PLAN, load_campaign
from undaunted.prisoners.campaigns.analysis import figures_of
from undaunted.prisoners.campaigns.queries import (
    public_lines,
    published_campaign,
    published_cases,
    published_materials,
)
from undaunted.prisoners.campaigns.rules import Channel, Verdict
from undaunted.prisoners.memo.actions import MemoWanted, preview_memo
from undaunted.prisoners.memo.actions.demonstration import AGREED, load_memos
from undaunted.prisoners.registry.actions.demonstration import load_demonstration
from undaunted.prisoners.registry.queries.counting import count, flows
from undaunted.prisoners.registry.rules.counts import Breakdown
from undaunted.repression.dossiers.actions.demonstration import load_dossiers
from undaunted.repression.dossiers.analysis import gather
from undaunted.repression.dossiers.queries import dossiers_for, files_of, submissions_of

if TYPE_CHECKING:
    from undaunted.config.postgres import Lease

MEMO_AT = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def said(module_ledger: Lease) -> list[str]:
    lines: list[str] = []
    steps: list[tuple[str, int, int]] = []
    assert module_ledger.owner_url is not None
    owner = module_ledger.owner_url
    load_demonstration(
        lambda: acting_as_owner(owner),
        people=90,
        say=lines.append,
        step=lambda *told: steps.append(told),
    )
    load_campaign()
    load_memos()
    load_dossiers()
    assert [done for _, done, _ in steps] == list(range(len(steps)))
    assert {total for _, _, total in steps} == {len(steps)}
    return lines


def test_it_publishes_cases_and_leaves_work_to_do(said: list[str], owner_sql: Any) -> None:
    assert len(said) == 9
    published = owner_sql("SELECT count(*) FROM published_case")[0][0]
    parties = owner_sql("SELECT count(DISTINCT canonical) FROM actors_party")[0][0]
    assert 40 < published < parties
    assert owner_sql("SELECT count(*) FROM published_segment")[0][0] > 20
    assert owner_sql("SELECT count(*) FROM published_delta")[0][0] > 0
    assert owner_sql("SELECT count(*) FROM published_practice")[0][0] >= 15
    waiting = "SELECT count(*) FROM practices_version WHERE state = 'waiting'"
    assert owner_sql(waiting) == [(1,)], "one practice is left to review"
    assert owner_sql("SELECT count(*) FROM published_commitment")[0][0] >= 40
    _look_at_the_campaign()
    with transaction.atomic():
        steward = user_named("stella")
    assert steward is not None
    with acting_as(steward):
        assert verify_chain().whole


def _look_at_the_campaign() -> None:
    """Look whether the campaign came through the gates, with nobody of a real country in it."""
    campaign = published_campaign(PUBLIC, PLAN.reference)
    assert campaign is not None
    cases = list(published_cases(PUBLIC, campaign.pk))
    adoptions = [each for case in cases for each in case.adoptions.all()]
    assert 1 <= len(cases) <= 6
    assert len(adoptions) == 3, "one adopter has not agreed to be named"
    lines = public_lines(PUBLIC, campaign.pk)
    assert {case.country for case in cases} <= HYPOTHETICAL_CODES
    assert {each.country for each in adoptions} <= HYPOTHETICAL_CODES
    assert {each.by_country for each in lines} <= HYPOTHETICAL_CODES
    assert Channel.PRIVATE not in {line.channel for line in lines}
    assert figures_of(lines, until=PLAN.day).whole.verdict is Verdict.MORE
    assert len(published_materials(PUBLIC, campaign.pk)) >= 2


@pytest.mark.usefixtures("said")
def test_one_dossier_is_released_to_two_governments_with_a_question_of_command_left_open() -> None:
    with transaction.atomic():
        documenter = user_named("dora")
    assert documenter is not None
    with acting_as(documenter) as actor:
        (dossier,) = dossiers_for(actor)
        sheet = gather(actor, dossier)
        sent = {each.jurisdiction: each for each in submissions_of(actor, dossier)}
        files = {each.name: bytes(each.content or b"") for each in files_of(actor, sent["EU"])}
        fewer = {each.name: bytes(each.content or b"") for each in files_of(actor, sent["GB"])}
    (annex,) = sheet.annexes
    assert annex.redacted
    with zipfile.ZipFile(io.BytesIO(files["annexes.zip"])) as package:
        letter = package.read("annex-01.txt").decode()
    assert "█████, who works in the kitchen" in letter
    assert "Strofeny" not in letter
    assert dossier.country in HYPOTHETICAL_CODES
    assert len(sheet.questions) == 1
    for place, left_out, fit in (("EU", 0, "fits"), ("GB", 1, "missing")):
        assert (sent[place].state, sent[place].left_out) == ("released", left_out)
        assert [each["fit"] for each in sent[place].outcome] == [fit] * 3
        assert not sent[place].summary, "nothing is typed anew"
    assert not _told_of_several(fewer), "the act that is left out is told of by nothing that goes"


def _told_of_several(files: dict[str, bytes]) -> list[str]:
    """Give words of a submission about one person that tell there is another."""
    with zipfile.ZipFile(io.BytesIO(files["annexes.zip"])) as package:
        texts = [package.read("annex-01.txt").decode()]
    for name in (each for each in files if each.endswith(".docx")):
        with zipfile.ZipFile(io.BytesIO(files[name])) as paper:
            texts.append(re.sub(r"<[^<>]{0,4000}>", " ", paper.read("word/document.xml").decode()))
    found = (
        re.findall(r"(?i).{0,30}\b(?:both|keep them|two people)\b.{0,30}", each) for each in texts
    )
    return [each for some in found for each in some]


@pytest.mark.usefixtures("said")
def test_every_count_has_something_to_show(owner_sql: Any) -> None:
    for standard in ("pace-1900", "wgad"):
        held = count(PUBLIC, as_of=date(2024, 6, 30), standard=standard, by=tuple(Breakdown))
        assert held.persons > 0
        assert held.bands.tiers[0] > 0
        assert held.bands.tiers[1] > 0
        assert all(any(part.persons for part in parts) for _, parts in held.breakdowns)
    assert owner_sql("SELECT count(*) FROM published_list") == [(3,)]
    without = "SELECT count(*) FROM published_case c WHERE name <> '' AND NOT EXISTS"
    assert owner_sql(f"{without} (SELECT FROM published_source s WHERE s.case_id = c.id)") == [(0,)]


@pytest.mark.usefixtures("said")
def test_the_census_counts_journalists_in_custody_on_the_first_of_december(
    owner_sql: Any,
) -> None:
    day = date(2025, 12, 1)
    held = count(PUBLIC, as_of=day, standard="cpj-census", by=(Breakdown.ROLE,))
    assert held.persons > 0
    roles = {part.value: part.persons for part in held.breakdowns[0][1]}
    assert roles["journalist"] == held.persons
    since = owner_sql(
        "SELECT extract(month FROM effective_from), extract(day FROM effective_from), count(*)"
        " FROM registry_recognition WHERE standard = 'cpj-census' GROUP BY 1, 2"
    )
    assert [(month, day) for month, day, _ in since] == [(12, 1)]
    twice = (
        "SELECT count(*) FROM (SELECT subject_id FROM standards_assessment"
        " WHERE pack = 'cpj-census' AND recorded_to IS NULL GROUP BY 1 HAVING count(*) > 1) t"
    )
    assert owner_sql(twice) == [(0,)]
    unclear = (
        "SELECT count(*) FROM standards_assessment a WHERE pack = 'cpj-census' AND NOT EXISTS"
        " (SELECT FROM registry_recognition r WHERE r.assessment = a.id)"
    )
    assert owner_sql(unclear)[0][0] > 0


def test_only_two_administrators_are_made_by_the_owner(said: list[str], owner_sql: Any) -> None:
    assert said
    given = owner_sql(
        "SELECT u.username, m.role, m.proposed_by IS NOT NULL AND m.approved_by IS NOT NULL"
        " FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id"
    )
    assert {name for name, _, by_two in given if not by_two} == {"adam", "ada"}
    assert {role for _, role, by_two in given if by_two} == {
        "documenter",
        "publisher",
        "reader",
        "reviewer",
        "steward",
    }
    assert owner_sql("SELECT count(*) FROM accounts_user WHERE NOT demonstration") == [(0,)]


@pytest.mark.usefixtures("said")
def test_knowledge_grew_over_years(owner_sql: Any) -> None:
    known = owner_sql("SELECT DISTINCT extract(year FROM known_from)::int FROM published_segment")
    assert {year for (year,) in known} >= {2019, 2023, 2026}
    since, then = date(2024, 6, 30), datetime(2024, 6, 30, tzinfo=UTC)
    moved = flows(PUBLIC, since=since, until=date(2025, 6, 30), since_known=then)
    assert moved.residual == 0
    assert moved.before > 0
    assert moved.backlog < moved.after
    assert moved.new + moved.redetained + moved.released > 0
    assert owner_sql("SELECT count(*) FROM registry_change") == [(0,)]
    assert owner_sql("SELECT count(*) FROM registry_grouping") == [(0,)]


def test_no_passphrase_is_stored(said: list[str], owner_sql: Any) -> None:
    stored = str(owner_sql("SELECT * FROM accounts_user"))
    stored += str(owner_sql("SELECT data FROM mfa_authenticator"))
    for line in said[1:]:
        _, passphrase, secret, *_ = line.split()
        assert passphrase not in stored
        assert secret not in stored


@pytest.mark.usefixtures("said")
def test_memos_show_who_agreed_with_what_to_ask_for_them(owner_sql: Any) -> None:
    agreed = dict(
        owner_sql(
            "SELECT p.country, count(*) FROM consent_grant g JOIN actors_party p"
            " ON p.id = g.subject WHERE g.purpose = 'memo' GROUP BY 1"
        )
    )
    assert agreed.keys() <= AGREED.keys() <= HYPOTHETICAL_CODES
    country, persons = max(agreed.items(), key=lambda pair: pair[1])
    asks = dict(owner_sql("SELECT subject, body FROM memo_memotext WHERE state = 'accepted'"))
    with transaction.atomic():
        documenter = user_named("dora")
    assert documenter is not None
    wanted = MemoWanted(country=country, counterpart="Minister", meets_on=date(2026, 12, 2))
    with acting_as(documenter) as actor:
        drawn = preview_memo(wanted, next(iter(actor.roles)), actor=actor, at=MEMO_AT)
    assert drawn.cases == persons >= 2
    told = str(drawn.memo.document.blocks)
    assert sum(ask in told for ask in asks.values()) >= persons


@pytest.mark.usefixtures("said")
def test_memos_and_report_of_one_day_have_the_same_numbers() -> None:
    known = datetime(2026, 11, 25, tzinfo=UTC)
    both = both_of(2025, known)
    assert both.keys() <= HYPOTHETICAL_CODES
    for code, (memo, report) in both.items():
        assert memo == report, code
    memo, report = world_of(2025, known)
    assert memo == report
    assert memo["persons"] > 0
