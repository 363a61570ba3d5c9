"""The tests that rows of a scope are made of: each reads the facts and says yes, no or not known.

A test of shares asks what they are at least and at most; where both answers are possible, it is not
known, and the field of the share is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

from undaunted.coercion.screening.rules.facts import FLAGS
from undaunted.coercion.screening.rules.truth import NO, YES, Truth, all_of, any_of, lacking
from undaunted.engines.ownership import HALF, WHOLE, Answer, Threshold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from undaunted.coercion.screening.rules.facts import Facts, Owner, Span
    from undaunted.coercion.screening.rules.terms import SectorList

__all__ = ["TESTS", "Ground", "holds", "level_of", "problems_of"]

_MAJORITY = Threshold(HALF)
_PER_CENT = WHOLE // 100
_RIGHTS = ("votes", "equity")
_FOLLOW_FROM_CONTROL = frozenset({"controls", "participation", "influence"})
"""What whoever comes to hold a majority of votes has, without being asked."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the facts are held against: the regime's area and its lists of sectors on the day."""

    area: frozenset[str]
    lists: Mapping[str, tuple[SectorList, ...]]
    """By key: the version in force first, then those of which it is not known."""


def holds(when: Mapping[str, object], facts: Facts, ground: Ground) -> Truth:
    """Give whether every test of a row holds."""
    return all_of(TESTS[name](facts, value, ground) for name, value in when.items())


def level_of(text: str) -> Threshold:
    """Read "> 25" or ">= 25", in per cent. Raises `ValueError`."""
    sign, number = (">=", text[2:]) if text.startswith(">=") else (">", text.removeprefix(">"))
    if text == number:
        raise ValueError(f"{text!r} is no level; write > 25 or >= 25, in per cent")
    return Threshold(int(number) * _PER_CENT, reached=sign == ">=")


def problems_of(when: Mapping[str, object]) -> Iterable[str]:
    """Give what is wrong with the tests of a row as a pack has them."""
    if not when:
        yield "write at least one test"
    for name, value in when.items():
        if name not in TESTS:
            yield f"{name!r} is no test here; use one of {', '.join(TESTS)}"
        elif name == "any":
            alternatives = value if isinstance(value, list) else [{}]
            for each in alternatives:
                yield from problems_of(each)
        elif not _fits(name, value):
            yield f"{name}: {_WANTED[_form(name)]}"


def _form(name: str) -> str:
    return "flag" if name in FLAGS else name


def _fits(name: str, value: object) -> bool:
    if name in {"since", "before"}:
        return isinstance(value, date)
    if name in FLAGS or name == "state_controlled":
        return isinstance(value, bool)
    if name in {"kinds", "crosses"}:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if name == "foreign":
        return value in {"established", "controlled", "only_controlled"}
    return isinstance(value, str)


_WANTED: Final = {
    "flag": "write true or false",
    "state_controlled": "write true or false",
    "since": "write a day, as 2022-01-04",
    "before": "write a day, as 2022-01-04",
    "kinds": "write a list of kinds of transaction",
    "crosses": "write a list of levels, as > 25 or >= 75",
    "foreign": "write established, controlled or only_controlled",
    "holds": "write a level, as >= 10",
    "holds_votes": "write a level, as >= 10",
    "holds_at_most": "write a level, as > 10",
    "state_interest": "write a level, as >= 49",
    "foreign_interest": "write a level, as >= 20",
    "sectors": "write the key of a list of sectors",
}


def _since(facts: Facts, value: object, _ground: Ground) -> Truth:
    return Truth(facts.day >= cast("date", value))


def _before(facts: Facts, value: object, _ground: Ground) -> Truth:
    return Truth(facts.day < cast("date", value))


def _kinds(facts: Facts, value: object, _ground: Ground) -> Truth:
    return Truth(facts.kind.value in cast("list[str]", value))


def _established(facts: Facts, ground: Ground) -> Truth:
    """Tell whether the investor itself is established outside the area."""
    investor = facts.investor
    return Truth(investor.state not in ground.area) if investor.state else lacking("investor.state")


def _controlled(facts: Facts, ground: Ground) -> Truth:
    """Tell whether somebody outside the area controls the investor."""
    answers = [_abroad(each, ground) for each in facts.investor.owners]
    if facts.investor.complete is not True:
        answers.append(lacking("investor.owners"))
    return any_of(answers)


def _abroad(owner: Owner, ground: Ground) -> Truth:
    if owner.controls is Answer.NO:
        return NO
    if not owner.state:
        return lacking("investor.owners.state")
    if owner.state in ground.area:
        return NO
    return YES if owner.controls is Answer.MUST else lacking("investor.owners.controls")


def _foreign(facts: Facts, value: object, ground: Ground) -> Truth:
    if value == "established":
        return _established(facts, ground)
    if value == "controlled":
        return any_of((_established(facts, ground), _controlled(facts, ground)))
    inside = _established(facts, ground)
    at_home = Truth(None if inside.holds is None else not inside.holds, inside.missing)
    return all_of((at_home, _controlled(facts, ground)))


def _state_controlled(facts: Facts, value: object, ground: Ground) -> Truth:
    """Tell whether a state, or an organ of one, outside the area controls the investor."""
    answers = []
    for owner in facts.investor.owners:
        of_state = lacking("investor.owners.is_state") if owner.is_state is None else YES
        answers.append(
            NO if owner.is_state is False else all_of((of_state, _abroad(owner, ground)))
        )
    if facts.investor.complete is not True:
        answers.append(lacking("investor.owners"))
    found = any_of(answers)
    return found if value or found.holds is None else Truth(not found.holds)


def _state_interest(facts: Facts, value: object, ground: Ground) -> Truth:
    """Tell whether one state outside the area holds that much of the investor's votes."""
    level, answers = level_of(str(value)), []
    for owner in facts.investor.owners:
        if owner.is_state is not False and owner.state not in ground.area:
            of_state = lacking("investor.owners.is_state") if owner.is_state is None else YES
            answers.append(
                all_of((of_state, _met(owner.interest, level, "investor.owners.interest")))
            )
    if facts.investor.complete is not True:
        answers.append(lacking("investor.owners"))
    return any_of(answers)


def _foreign_interest(facts: Facts, value: object, ground: Ground) -> Truth:
    """Tell whether one owner outside the area holds that much of the investor's votes."""
    level, answers = level_of(str(value)), []
    for owner in facts.investor.owners:
        if owner.state not in ground.area:
            place = YES if owner.state else lacking("investor.owners.state")
            answers.append(all_of((place, _met(owner.interest, level, "investor.owners.interest"))))
    if facts.investor.complete is not True:
        answers.append(lacking("investor.owners"))
    return any_of(answers)


def _met(span: Span | None, level: Threshold, name: str) -> Truth:
    if span is None:
        return lacking(name)
    if level.met_by(span.lowest):
        return YES
    return lacking(name) if level.met_by(span.highest) else NO


def _holds(facts: Facts, value: object, _ground: Ground) -> Truth:
    """Tell whether the investor holds that much of the shares or of the votes afterwards."""
    level = level_of(str(value))
    return any_of(_met(getattr(facts.after, right), level, f"after.{right}") for right in _RIGHTS)


def _holds_votes(facts: Facts, value: object, _ground: Ground) -> Truth:
    return _met(facts.after.votes, level_of(str(value)), "after.votes")


def _holds_at_most(facts: Facts, value: object, _ground: Ground) -> Truth:
    more = _met(facts.after.votes, level_of(str(value)), "after.votes")
    return more if more.holds is None else Truth(not more.holds)


def _crosses(facts: Facts, value: object, _ground: Ground) -> Truth:
    """Tell whether shares or votes rise over one of the levels."""
    levels = [level_of(each) for each in cast("list[str]", value)]
    return any_of(_rises(facts, right, level) for right in _RIGHTS for level in levels)


def _rises(facts: Facts, right: str, level: Threshold) -> Truth:
    before = _met(getattr(facts.before, right), level, f"before.{right}")
    below = Truth(None if before.holds is None else not before.holds, before.missing)
    return all_of((below, _met(getattr(facts.after, right), level, f"after.{right}")))


def _sectors(facts: Facts, value: object, ground: Ground) -> Truth:
    """Tell whether the target is in a sector of the list, as it stood on the day."""
    if facts.target.sectors is None:
        return lacking("target.sectors")
    held, *pending = ground.lists[str(value)]
    found = any_of(_in_sector(facts, each.code, each.within) for each in held.items)
    if found.holds is not False:
        return found
    coming = {each.code for version in pending for each in version.items}
    if coming & facts.target.sectors - {each.code for each in held.items}:
        return lacking(f"sectors.{value}")
    return found


def _in_sector(facts: Facts, code: str, within: str) -> Truth:
    sectors = facts.target.sectors or frozenset()
    if code in sectors:
        return YES
    if within in sectors and code not in facts.target.ruled_out:
        return lacking(f"target.sectors.{code}")
    return NO


def _flag(name: str) -> Callable[[Facts, object, Ground], Truth]:
    def told(facts: Facts, value: object, _ground: Ground) -> Truth:
        answer = facts.flags.get(name)
        if answer is None and name in _FOLLOW_FROM_CONTROL and _wins_majority(facts):
            answer = True
        return lacking(f"flags.{name}") if answer is None else Truth(answer is value)

    return told


def _wins_majority(facts: Facts) -> bool:
    return _rises(facts, "votes", _MAJORITY).holds is True


def _any(facts: Facts, value: object, ground: Ground) -> Truth:
    alternatives = cast("list[dict[str, Any]]", value)
    return any_of(holds(each, facts, ground) for each in alternatives)


TESTS: Final[dict[str, Callable[[Facts, object, Ground], Truth]]] = {
    "since": _since,
    "before": _before,
    "kinds": _kinds,
    "foreign": _foreign,
    "state_controlled": _state_controlled,
    "state_interest": _state_interest,
    "foreign_interest": _foreign_interest,
    "holds": _holds,
    "holds_votes": _holds_votes,
    "holds_at_most": _holds_at_most,
    "crosses": _crosses,
    "sectors": _sectors,
    "any": _any,
    **{name: _flag(name) for name in FLAGS},
}
"""By the name under which a pack asks."""
