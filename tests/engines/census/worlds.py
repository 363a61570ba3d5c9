"""Invented worlds for hypothesis: few people, few spells, every kind of trouble.

What is drawn from is named once: hypothesis looks each new strategy through before it draws.
"""

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
_perhaps_length = st.one_of(st.none(), _lengths)
_perhaps_doubt = st.one_of(st.none(), _doubt)
_tiers = st.sampled_from(Tier)
_sixth = st.integers(0, 5)
_confirmed = st.lists(days, max_size=2)


@st.composite
def spells(draw: st.DrawFn) -> Spell:
    start = draw(days)
    length = draw(_perhaps_length)
    end = None if length is None else start + timedelta(days=length)
    return Spell(
        person=draw(_people),
        start_earliest=start,
        start_latest=start + draw(_doubt),
        end_earliest=end,
        end_latest=None if end is None or (doubt := draw(_perhaps_doubt)) is None else end + doubt,
        tier=draw(_tiers),
        in_stock=draw(_sixth) > 0,
        died=draw(_sixth) == 0,
        confirmed=tuple(draw(_confirmed)),
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


_some_spells = st.lists(spells(), max_size=7)
_some_windows = st.lists(_windows(), max_size=4)
_some_deaths = st.lists(_deaths(), max_size=1)
_booleans = st.booleans()


@st.composite
def worlds(draw: st.DrawFn) -> World:
    everyone = draw(_booleans)
    return World(
        spells=tuple(draw(_some_spells)),
        recognised=(
            tuple(Window(person, None, None) for person in range(1, _PEOPLE + 1))
            if everyone
            else tuple(draw(_some_windows))
        ),
        deaths=tuple(draw(_some_deaths)),
    )
