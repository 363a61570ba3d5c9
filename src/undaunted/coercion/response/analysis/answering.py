"""Answers while somebody waits: a point of a front, or the same point changed by hand.

Each is one small search for an equilibrium. So that a crowd cannot keep a process from everything
else, few are worked out at once and the last ones are kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from undaunted.coercion.response.analysis.laying import laid_out
from undaunted.coercion.response.analysis.spreading import band_of_response
from undaunted.coercion.response.analysis.weighing import AS_IT_IS, Told, weigh
from undaunted.engines.trade import TradeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undaunted.coercion.response.readers.fronts import Front, FrontPoint

__all__ = ["AT_ONCE", "SOON", "CannotTell", "TooManyAsk", "told_of"]

AT_ONCE = 2
"""So many are worked out at once by a process."""
PATIENCE = 5.0
"""Seconds for which somebody waits for a place."""
SOON = 5
"""Seconds after which somebody who was sent away may ask again."""
KEPT = 200
LONGEST = 8
"""Letters of a level; nothing longer is looked at."""

_PLACES = threading.BoundedSemaphore(AT_ONCE)
_LOCK = threading.Lock()
_ANSWERS: OrderedDict[tuple[str, int, tuple[tuple[str, str], ...]], Told] = OrderedDict()


class TooManyAsk(Exception):
    """Every place is taken; whoever asks again in some seconds finds one."""


class CannotTell(Exception):
    """What was asked has no answer; the message says what and why."""


def told_of(front: Front, point: FrontPoint, changed: Mapping[str, str]) -> Told:
    """Give a point with what was changed in it, under other elasticities too.

    Raises `CannotTell` with the reason, and `TooManyAsk`.
    """
    asked = {
        name: changed[name][:LONGEST]
        for name in front.question.partners
        if changed.get(name, AS_IT_IS) != AS_IT_IS
    }
    key = (front.digest, point.number, tuple(asked.items()))
    kept = _kept(key)
    if kept is not None:
        return kept
    with _place():
        kept = _kept(key) or _worked_out(front, point, asked)
    with _LOCK:
        _ANSWERS[key] = kept
        _ANSWERS.move_to_end(key)
        while len(_ANSWERS) > KEPT:
            _ANSWERS.popitem(last=False)
    return kept


def _worked_out(front: Front, point: FrontPoint, asked: Mapping[str, str]) -> Told:
    try:
        laid = laid_out(front.question)
        weighed = weigh(laid, point, asked)
        band = point.band if not asked else {}
        if asked and weighed.measures is not None:
            band = band_of_response(laid, weighed.measures)
    except TradeError as refusal:
        raise CannotTell(str(refusal)) from refusal
    return Told(front, point, replace(weighed, measures=None), dict(asked), band)


def _kept(key: tuple[str, int, tuple[tuple[str, str], ...]]) -> Told | None:
    with _LOCK:
        found = _ANSWERS.get(key)
        if found is not None:
            _ANSWERS.move_to_end(key)
        return found


@contextmanager
def _place() -> Iterator[None]:
    if not _PLACES.acquire(timeout=PATIENCE):
        raise TooManyAsk
    try:
        yield
    finally:
        _PLACES.release()
