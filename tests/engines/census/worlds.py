"""Invented worlds for hypothesis: few people, few spells, every kind of trouble."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.engines.census.reference import Window, World
from undaunted.engines.census import Spell, Tier

__all__ = ["DAWN", "DUSK", "days", "spells", "worlds"]

DAWN = date(2019, 12, 1)
DUSK = date(2022, 5, 1)
_LENGTH = (DUSK - DAWN).days
_PEOPLE = 3

_coarse = st.integers(1, _LENGTH // 50).map(lambda step: step * 50)  # so that days often meet
days = st.one_of(st.integers(1, _LENGTH), _coarse).map(lambda step: DAWN + timedelta(days=step))
_lengths = st.one_of(st.integers(0, 500), st.integers(0, 8).map(lambda step: step * 50))
_doubt = st.one_of(st.just(0), st.integers(0, 40)).map(lambda step: timedelta(days=step))
_people = st.integers(1, _PEOPLE)


@st.composite
def spells(draw: st.DrawFn) -> Spell:
    start = draw(days)
    end = draw(st.one_of(st.none(), _lengths.map(lambda length: start + timedelta(days=length))))
    return Spell(
        person=draw(_people),
        start_earliest=start,
        start_latest=start + draw(_doubt),
        end_earliest=end,
        end_latest=None if end is None else draw(st.one_of(st.none(), _doubt.map(end.__add__))),
        tier=draw(st.sampled_from(Tier)),
        in_stock=draw(st.integers(0, 5)) > 0,
        died=draw(st.integers(0, 5)) == 0,
        confirmed=tuple(draw(st.lists(days, max_size=2))),
    )


@st.composite
def _windows(draw: st.DrawFn) -> Window:
    since, until = sorted((draw(days), draw(days)))
    return Window(
        draw(_people),
        draw(st.sampled_from((None, since, since))),
        draw(st.sampled_from((None, until, until))),
    )


@st.composite
def _deaths(draw: st.DrawFn) -> Window:
    day = draw(days)
    return Window(draw(_people), day, day + draw(_doubt))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    everyone = draw(st.booleans())
    return World(
        spells=tuple(draw(st.lists(spells(), max_size=7))),
        recognised=(
            tuple(Window(person, None, None) for person in range(1, _PEOPLE + 1))
            if everyone
            else tuple(draw(st.lists(_windows(), max_size=4)))
        ),
        deaths=tuple(draw(st.lists(_deaths(), max_size=1))),
    )
