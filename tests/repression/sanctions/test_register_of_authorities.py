"""The register: who may list whom under which law, as who says so, and how well it is known."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from undaunted.core.commitments.rules import CommitmentAnswer, Status
from undaunted.core.listings.rules import list_sources
from undaunted.core.practices.rules import PracticeSourceStatus
from undaunted.core.standards.rules import packs
from undaunted.repression.sanctions.rules import (
    AuthorityUnknown,
    FacetKind,
    RegisterBroken,
    authorities,
    authorities_under,
    authority_for,
    facts,
    read_authorities,
    read_facts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[3]
REAL = [each for each in authorities().values() if not each.invented]
PUBLISHERS = {
    "GB": {"www.legislation.gov.uk", "legislation.gov.uk"},
    "AU": {"legislation.gov.au", "www.legislation.gov.au"},
    "EU": {"eur-lex.europa.eu", "ireland.representation.ec.europa.eu"},
    "CH": {"fedlex.admin.ch", "www.parlament.ch", "www.seco.admin.ch"},
    "EE": {"www.riigikogu.ee", "president.ee"},  # who proclaims laws
    "JP": {"www.shugiin.go.jp"},
    "LT": {"e-seimas.lrs.lt"},
    "LV": {"likumi.lv", "www.mfa.gov.lv", "mfa.gov.lv"},
    "NO": {"www.stortinget.no", "stortinget.no"},
    "US": {"www.govinfo.gov"},
    "CA": {"laws-lois.justice.gc.ca", "lois-laws.justice.gc.ca", "gazette.gc.ca"},
}
"""Where each jurisdiction's makers and publishers of law publish; what is elsewhere is a copy."""
SOURCE = """
[[sources]]
id = "one"
title = "A law"
publisher = "A parliament"
date = "2020"
url = "https://example.org/law"
status = "{status}"
{more}
"""
READ = SOURCE.format(status="verified", more='read_on = "2026-11-27"')
ROW = """
[[authorities]]
code = "xs-law"
jurisdiction = "XS"
title = "A law"
short = "A law"
status = "in_force"
since = "2020"
no_test = "Nobody wrote one."
[authorities.told.adoption]
answer = "has"
text = "In force."
sources = ["one"]
"""


def test_register_holds_the_states_that_have_a_law_and_those_that_have_none() -> None:
    with_law = {each.jurisdiction for each in REAL if each.status is Status.IN_FORCE}

    assert {"US", "GB", "EU", "CA", "AU", "EE", "LV", "LT", "CZ", "NO", "CH"} <= with_law
    assert {each.jurisdiction for each in REAL if each.status is Status.ABSENT} == {"NZ", "JP"}


def test_everything_told_has_a_source_with_a_mark() -> None:
    for each in authorities().values():
        assert FacetKind.ADOPTION in each.told, each.code
        assert all(facet.sources for facet in each.told.values()), each.code
        assert each.mark in set(PracticeSourceStatus)
        assert each.sources


def test_mark_is_that_of_the_least_known_source() -> None:
    corruption = authority_for("cz-1-2023").told[FacetKind.CORRUPTION]
    decision = authority_for("cz-1-2023").told[FacetKind.DECISION]

    assert {each.status for each in corruption.sources} == {PracticeSourceStatus.SECONDARY}
    assert corruption.mark is PracticeSourceStatus.SECONDARY
    assert decision.mark is PracticeSourceStatus.UNVERIFIED


def test_what_is_verified_was_read_on_a_page_of_whoever_makes_or_publishes_the_law() -> None:
    """A copy elsewhere, a ministry's note or a lawyer's summary is secondary."""
    for each in REAL:
        for source in each.sources:
            if source.status is PracticeSourceStatus.VERIFIED:
                assert urlsplit(source.url).hostname in PUBLISHERS[each.jurisdiction], source.id
                assert source.read_in.startswith("stored copy of the "), source.id
                assert source.read_on in {"2026-11-27", "2026-11-28"}, source.id


def test_corruption_is_covered_by_some_laws_and_not_by_others() -> None:
    told = {
        each.code: each.told[FacetKind.CORRUPTION].answer
        for each in REAL
        if FacetKind.CORRUPTION in each.told
    }

    assert told["us-eo-13818"] is told["ca-jvcfoa-2017"] is CommitmentAnswer.HAS
    assert told["eu-2020-1998"] is told["gb-ghrsr-2020"] is CommitmentAnswer.LACKS


def test_programmes_name_lists_that_can_be_read() -> None:
    for each in authorities().values():
        for listed in each.listed_as:
            assert listed.source in list_sources(), each.code
            assert list_sources()[listed.source].jurisdiction == each.jurisdiction
    assert authority_for("us-eo-13818").programmes == ("GLOMAG",)


def test_programme_leads_to_its_laws() -> None:
    (found,) = authorities_under("us-ofac-sdn", "GLOMAG")
    shared = authorities_under("au-dfat", "Autonomous (Thematic)")

    assert (found[0].code, found[1]) == ("us-eo-13818", True)
    assert [(each.code, exact) for each, exact in shared] == [
        ("au-6a-rights", False),
        ("au-6a-corruption", False),
    ]
    assert authorities_under("us-ofac-sdn", "CUBA") == ()


def test_conduct_is_that_of_the_rule_pack() -> None:
    assert authority_for("gb-ghrsr-2020").conduct == ("torture", "slavery", "killing")
    assert authority_for("nz-none").conduct == ()


def test_code_that_stands_nowhere_is_refused_with_those_that_do() -> None:
    with pytest.raises(AuthorityUnknown, match="zz-law stands nowhere in the register; there are"):
        authority_for("zz-law")


def test_register_is_read_as_it_is_written() -> None:
    (held,) = read_authorities(ROW + READ).values()

    assert (held.code, held.mark, held.since) == ("xs-law", PracticeSourceStatus.VERIFIED, "2020")
    assert held.told[FacetKind.ADOPTION].answer is CommitmentAnswer.HAS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ROW.replace('"XS"', '"Sylvania"') + READ, "jurisdiction: write the code of a state"),
        (ROW.replace('"in_force"', '"old"') + READ, "status: write one of"),
        (ROW.replace('"2020"', '"soon"') + READ, "since: write a day"),
        (ROW.replace('no_test = "Nobody wrote one."', "") + READ, "say in no_test why"),
        (ROW.replace("no_test", "pack") + READ, "there is no rule pack Nobody wrote one."),
        (ROW.replace('["one"]', "[]") + READ, "name at least one source"),
        (ROW.replace('"has"', '"unknown"') + READ, "answer: write one of has, lacks"[8:]),
        (ROW.replace("told.adoption", "told.mood") + READ, "told: write one of adoption"),
        (ROW.replace('["one"]', '["two"]') + READ, "there is no source two"),
        (ROW + ROW + READ, "xs-law stands twice"),
        (ROW + SOURCE.format(status="secondary", more=""), "read_in: say in which copy"),
        ("extra = 1\n" + ROW + READ, "'extra' is no key here"),
    ],
)  # fmt: skip
def test_broken_register_is_refused_with_place_and_remedy(text: str, said: str) -> None:
    with pytest.raises(RegisterBroken) as refused:
        read_authorities(text)

    assert said in str(refused.value)


def test_programme_of_a_list_needs_a_source() -> None:
    listed = 'listed_as = [{ list = "un-sc", code = "X", exact = true, sources = [] }]\n'
    with pytest.raises(RegisterBroken, match="listed_as, sources: name at least one source"):
        read_authorities(ROW.replace("[authorities.told", listed + "[authorities.told") + READ)


def test_facts_are_read_strictly() -> None:
    fact = '[[facts]]\nid = "a"\nkind = "conduct"\ntitle = "A"\nevidence = "B"\n'

    assert read_facts(fact)["a"].evidence == "B"
    for text, said in (
        (fact + fact, "a stands twice"),
        (fact.replace("conduct", "mood"), "kind: write one of"),
        (fact.replace('"B"', '""'), "evidence: write a text"),
    ):
        with pytest.raises(RegisterBroken, match=said):
            read_facts(text)


def test_facts_say_what_would_show_them() -> None:
    assert all(each.evidence for each in facts().values())
    used = {name for law in packs() for name in law.criteria}
    assert set(facts()) <= used


def _marks(marks: Iterable[PracticeSourceStatus]) -> str:
    told = Counter(str(each) for each in marks)
    return " | ".join(str(told[str(each)]) for each in PracticeSourceStatus)


def _law_rows() -> list[str]:
    return [
        f"| `{each.code}` | {len(each.told)} | {_marks(one.mark for one in each.told.values())} | "
        + ", ".join(
            str(one.kind) for one in each.told.values() if one.mark is PracticeSourceStatus.VERIFIED
        )
        + " |"
        for each in REAL
    ]


def _pack_rows() -> list[str]:
    laws = {each.pack for each in REAL}
    return [
        f"| `{each.reference}` | "
        f"{_marks(PracticeSourceStatus(one.text('en').status) for one in each.criteria.values())} |"
        for each in packs()
        if each.id in laws
    ]


def test_reference_says_how_much_was_read_at_the_publisher_and_what() -> None:
    page = (ROOT / "docs/reference/sanctions-laws.md").read_text("utf-8")
    told = page[page.index("## Read at the publisher") : page.index("## Laws")]
    rows = [line for line in told.splitlines() if line.startswith("| `")]

    assert rows == [*_law_rows(), *_pack_rows()]
