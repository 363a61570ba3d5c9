"""The Council's vote as a paper: the count, what each member state did, whose people counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.rules import Ballot, still_open
from undaunted.coercion.instruments.writers.days import LANGUAGE, in_english
from undaunted.coercion.instruments.writers.requests import LAW
from undaunted.core.editions.rules import (
    Bullets,
    Column,
    Document,
    Link,
    Notice,
    Paragraph,
    Section,
    Strong,
    Table,
)
from undaunted.core.editions.writers.papers import Paper
from undaunted.core.places.rules import country_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from undaunted.coercion.instruments.rules import CouncilCount, CouncilFigures, CouncilVote
    from undaunted.core.editions.rules import Block, Text

__all__ = ["count_in_words", "vote_paper"]

RECORDED: Final = "AS RECORDED BY THE AUTHORITY · not the Council's own record · in English"
RULES: Final = "The Council counts with figures of its own, which are renewed each 1 January."
ALL_TAKE_PART, SOME_TAKE_PART = "Article 16(4) TEU", "Article 238(3)(a) TFEU"


def vote_paper(  # noqa: PLR0913 - what the paper tells of one vote
    title: str,
    country: str,
    *,
    on: date,
    ballots: Mapping[str, Ballot],
    figures: CouncilFigures,
    count: CouncilCount,
) -> Paper:
    """Lay a vote out: the count or what it lacks, then each member state."""
    blocks: tuple[Block, ...] = (
        Section("count", "The count", tuple(_counted(count))),
        Section("states", "Member states", (_members(ballots, figures),)),
        Section("people", "Whose people counted", (Paragraph(_source(figures)),)),
    )
    document = Document(
        title=title,
        subtitle="",
        language=LANGUAGE,
        publisher="Undaunted",
        as_of=on,
        known_at=on.isoformat(),
        blocks=blocks,
        hypothetical=country.startswith("X") and country != "XK",
    )
    carried = {True: "carried", False: "not carried", None: "open"}[count.carried]
    heads = (("Third country", f"{country_name(country)} ({country})"),
             ("Day of the vote", in_english(on)), ("Qualified majority", carried))  # fmt: skip
    return Paper(document, f"{LAW} · vote of the Council", RECORDED, heads)


def count_in_words(vote: CouncilVote, *, all_take_part: bool) -> tuple[str, ...]:
    """Give the count in sentences: both sides of the double majority, and who could block."""
    article = ALL_TAKE_PART if all_take_part else SOME_TAKE_PART
    people = f"{vote.population:,} of {vote.of_all:,} people, {vote.share:.2f} %"
    needed = f"{vote.least} are needed ({article})"
    without, none = vote.of - vote.members, "" if vote.carried else "No "
    return (
        f"{vote.members} of {vote.of} member states voted for it; {needed}.",
        f"They represent {people}; 65 % are needed.",
        f"{without} did not vote for it; to block by people alone takes {vote.blocking}.",
        f"{none or 'A '}qualified majority was reached.",
    )


def _counted(count: CouncilCount) -> Iterator[Block]:
    if count.vote is None:
        yield Notice("Open.", (still_open(count.missing),))
        return
    apart = count.by_ballot[Ballot.APART]
    lines: list[Text] = [(each,) for each in count_in_words(count.vote, all_take_part=not apart)]
    yield Bullets(tuple(lines))


def _members(ballots: Mapping[str, Ballot], figures: CouncilFigures) -> Table:
    return Table(
        "members",
        "What each member state did",
        (Column("member", "Member state"), Column("vote", "Vote"), Column("people", "People")),
        tuple(
            (f"{country_name(code)} ({code})", str(ballots.get(code, "not recorded")), f"{each:,}")
            for code, each in sorted(figures.people.items())
        ),
    )


def _source(figures: CouncilFigures) -> Text:
    published, read_on = in_english(figures.published), in_english(figures.read_on)
    read = f", published {published}, read {read_on}. {RULES}"
    status = Strong(f"People of {figures.of_year}, {figures.status}. ")
    return (status, Link(figures.title, figures.url), read)
