"""Whoever follows the lists hears of each change, and says how far lists were compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from undaunted.core.access.rules import PUBLIC, Actor
from undaunted.core.listings.rules import (
    Alikes,
    Compared,
    Likeness,
    alike_entries,
    compared_lists,
    following,
    register_follower,
    tell_followers,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

AT = datetime(2026, 11, 27, 10, tzinfo=UTC)
NEVER, ONCE = Compared(None, 7), Compared(AT, 0)


@dataclass
class Following:
    """Somebody who compares some lists and keeps what they were told."""

    did: dict[str, Compared] = field(default_factory=dict)
    heard: list[Actor] = field(default_factory=list)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    like: Alikes | None = None

    def entries_changed(self, actor: Actor) -> None:
        """Keep by whom entries were changed."""
        self.heard.append(actor)

    def compared(self, actor: Actor, sources: Iterable[str]) -> Mapping[str, Compared]:
        """Give those of the lists that were compared here."""
        del actor
        wanted = tuple(sources)
        self.asked.append(wanted)
        return {source: done for source, done in self.did.items() if source in wanted}

    def alike(self, actor: Actor, source: str, words: str) -> Alikes | None:
        """Give whom they hold to be called so."""
        del actor, source, words
        return self.like


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "_FOLLOWERS", {})


def _lists(*codes: str) -> Iterator[str]:
    yield from codes


def test_where_nobody_follows_nothing_is_told_and_nothing_was_compared() -> None:
    tell_followers(PUBLIC)
    assert compared_lists(PUBLIC, ["un-sc"]) == {}


def test_everybody_who_follows_hears_once_who_changed_entries() -> None:
    one, other = Following(), Following()
    register_follower("one", one)
    register_follower("other", other)
    tell_followers(PUBLIC)
    assert one.heard == other.heard == [PUBLIC]


def test_a_second_call_of_a_name_replaces_the_first() -> None:
    first, second = Following({"un-sc": NEVER}), Following({"un-sc": ONCE})
    register_follower("one", first)
    register_follower("one", second)
    tell_followers(PUBLIC)
    assert (first.heard, second.heard) == ([], [PUBLIC])
    assert compared_lists(PUBLIC, ["un-sc"]) == {"un-sc": ONCE}


def test_each_who_follows_is_asked_for_all_lists_and_all_are_given_together() -> None:
    one, other = Following({"un-sc": NEVER, "uk-fcdo": ONCE}), Following({"au-dfat": ONCE})
    register_follower("one", one)
    register_follower("other", other)
    found = compared_lists(PUBLIC, _lists("un-sc", "au-dfat", "ch-seco"))
    assert found == {"un-sc": NEVER, "au-dfat": ONCE}
    assert one.asked == other.asked == [("un-sc", "au-dfat", "ch-seco")]


def test_the_first_who_seeks_by_name_is_asked_and_where_nobody_does_that_is_told() -> None:
    assert alike_entries(PUBLIC, "un-sc", "Varga") is None
    register_follower("one", Following())
    assert alike_entries(PUBLIC, "un-sc", "Varga") is None
    told = Alikes({"1": Likeness(0.9, "Warga")})
    register_follower("other", Following(like=told))
    assert alike_entries(PUBLIC, "un-sc", "Varga") is told
