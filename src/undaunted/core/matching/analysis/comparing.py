"""Entries held against entries, and people of files against entries: candidates with reasons.

A candidate is a question. Nothing here judges.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from undaunted.core.listings.rules import Kind
from undaunted.core.matching.analysis.facts import facts_of, names_of
from undaunted.core.matching.analysis.referring import Referring
from undaunted.core.matching.analysis.twice import Twice
from undaunted.core.matching.rules import kinds_of, unsure_names
from undaunted.engines.names import Entry as Sought
from undaunted.engines.names import (
    Ground,
    Hit,
    NameRefused,
    Verdict,
    build_index,
    compare,
    look,
)
from undaunted.engines.names.calibration import CALIBRATED_ON, DATA_DIGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from undaunted.core.listings.rules import Entry
    from undaunted.core.matching.rules import EntryKey, Form
    from undaunted.engines.names import Comparison, Facts, Index

__all__ = [
    "ENGINE",
    "STRONG",
    "Compared",
    "Found",
    "Listed",
    "compared",
    "held_against",
    "held_beside",
    "too_many",
]

_FACTS_READ = 13
"""Rises where facts of entries are read otherwise, or other entries are looked at: 2 reads genders
as issuers write them; 3 looks at those alone that may pair; 4 also at those of one's own list;
5 leaves out facts that an issuer wrote behind a name; 6 also at those that left one's own list;
7 also at whom issuers name by number; 8 compares whose kind nobody told as a person too; 9 lets
nobody be accepted with others by a number whom kind or facts tell apart; 10 tells of whom entries
are passed over since many bear their words; 11 compares who shares a day of birth and a word, and
counts all who are alike; 12 reads Devanagari, and weighs words that are merely near, otherwise;
13 hears four Arabic names as Russians write them."""
ENGINE = f"names {CALIBRATED_ON} {DATA_DIGEST[:8]} {_FACTS_READ}"
"""The engine, the data that it was calibrated on, and how facts are read: with another, everything
is compared anew."""
STRONG = 0.92
"""From here on, with an equal day of birth or identifier, a person may accept pairs together."""
_STRONG_BY_NAME = 0.8
_MOST = 240
"""Names that are told for one name at most; where more are alike, that is said."""
NAMED = "named-by-issuer"
"""The fact that one of two entries bears the other's number, or both that of a third."""
_RAISED_BY_ISSUER = 0.9
"""Of what lacks to 1, as for an equal identifier."""
_PROVING = frozenset({Verdict.SAME_BIRTH.value, Verdict.SAME_IDENTIFIER.value})
_AGAINST = frozenset(
    {Verdict.OTHER_BIRTH.value, Verdict.OTHER_GENDER.value, Verdict.OTHER_IDENTIFIER.value}
)
"""Facts that speak against an issuer's number: a person looks at such a pair by itself."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that came up for another, or for somebody of a file."""

    left: EntryKey | str
    right: EntryKey
    score: float
    reasons: tuple[dict[str, object], ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What came up, and of whom nothing sure is said, with the reason."""

    found: tuple[Found, ...]
    refused: Mapping[str, str] = field(default_factory=dict)
    cut: Mapping[EntryKey, str] = field(default_factory=dict)
    """Entries that were left out where more are alike than are told, or many bear the words that
    met, with the reason: a pair with them is missing."""


class Listed:
    """Entries in force, made ready to be searched; besides those that left their list."""

    def __init__(
        self, entries: Mapping[EntryKey, Entry], left: Mapping[EntryKey, Entry] | None = None
    ) -> None:
        self.entries = {**(left or {}), **entries}
        self.keys = list(self.entries)
        self.facts = {key: _facts(entry) for key, entry in self.entries.items()}
        self.index: Index = build_index(self.asking(self.keys))
        bad = {self.keys[each.row] for each in self.index.flagged}
        good = {
            self.keys[each.row] for stand in self.index.stands.values() for each in stand.entries
        }
        why = {self.keys[each.row]: each.why for each in self.index.flagged}
        self.refused = {key: why[key] for key in bad - good}
        self.twice = Twice(self.entries, self.facts)
        self.referring = Referring(self.entries)

    def asking(self, keys: Iterable[EntryKey]) -> Iterator[Sought]:
        """Give the names of entries, each with the place of its entry among the keys."""
        for at, key in enumerate(keys):
            entry = self.entries[key]
            for name in names_of(entry):
                for kind in kinds_of(entry.kind):
                    yield Sought(name, kind, self.facts[key], id=":".join(key), row=at)

    def hits(
        self, sought: Iterable[Sought], kind: str, *, own: EntryKey | None = None
    ) -> tuple[dict[EntryKey, Hit], frozenset[EntryKey], int]:
        """Give for each entry that comes up the likeliest pair of names; refused names find none.

        Only what is of one kind comes up, or of a kind that its issuer did not tell. For an entry
        `own`, of its list come up only those of which something known besides agrees, in force or
        gone. Gives besides the entries that would come up if more were told, and how many names are
        like one name where an entry was passed over since many are alike; 0 where none was.
        """
        among = self._among(kind, own)
        best: dict[EntryKey, Hit] = {}
        cut: set[EntryKey] = set()
        passed: list[tuple[int, set[EntryKey]]] = []
        for each in sought:
            try:
                looked = look(each, self.index, most=len(self.index), among=among)
            except NameRefused:
                continue
            hits = looked.hits
            if looked.passed:
                over = {self.keys[each.row] for each in looked.passed}
                passed.append((len(hits) + len(looked.passed), over))
            cut.update(self.keys[hit.found.row] for hit in hits[_MOST:])
            for hit in hits[:_MOST]:
                key = self.keys[hit.found.row]
                if key not in best or hit.score > best[key].score:
                    best[key] = hit
        alike = max((count for count, over in passed if over - best.keys()), default=0)
        return best, frozenset(cut - best.keys()), alike

    def passed_over(
        self, sought: Iterable[Sought], kind: str, *, own: EntryKey
    ) -> frozenset[EntryKey]:
        """Give the entries whose names are passed over for an entry, as common or as too many."""
        among, found = self._among(kind, own), set[tuple[str, str]]()
        for each in sought:
            try:
                looked = look(each, self.index, most=len(self.index), among=among)
            except NameRefused:
                continue
            found.update(self.keys[passed.row] for passed in looked.passed)
        return frozenset(found)

    def _among(self, kind: str, own: EntryKey | None) -> Callable[[Sought], bool]:
        """Say which names may come up: of one kind, and of one's own list who may be the same."""
        beside = self.twice.of(own) if own is not None else frozenset()

        def among(found: Sought) -> bool:
            key = self.keys[found.row]
            if own is not None and key[0] == own[0] and key not in beside:
                return False
            return _of_one_kind(kind, self.entries[key].kind)

        return among

    def named_by_issuers(self, key: EntryKey) -> Iterator[tuple[EntryKey, Hit]]:
        """Give the entries whose number an entry bears, or which bear its own, however called."""
        for other in sorted(self.referring.of(key)):
            pairs = ((one, two) for one in self.asking([key]) for two in self.asking([other]))
            hits = (_held_beside(one, two) for one, two in islice(pairs, _MOST))
            if best := max(filter(None, hits), key=lambda hit: hit.score, default=None):
                yield other, best


def compared(listed: Listed, changed: Collection[EntryKey]) -> Compared:
    """Hold entries that changed against all others; each pair comes up once.

    Of one list two are asked about where something known besides agrees. An entry whose names are
    like more than are told, or than are passed over since many bear their words, is refused too:
    what is missing is no gap.
    """
    best: dict[tuple[EntryKey, EntryKey], tuple[float, Found]] = {}
    refused = {":".join(key): why for key, why in listed.refused.items() if key in changed}
    missing: dict[tuple[EntryKey, EntryKey], str] = {}
    for key in sorted(changed):
        kind = listed.entries[key].kind
        hits, cut, alike = listed.hits(listed.asking([key]), kind, own=key)
        hits = {**dict(listed.named_by_issuers(key)), **hits}
        if alike:
            over = listed.passed_over(listed.asking([key]), kind, own=key) - hits.keys()
            missing.update(((key, other), too_common(alike)) for other in over)
        missing.update(((key, other), too_many()) for other in cut)
        for other, hit in hits.items():
            turned = ":".join(other) < ":".join(key)
            pair = (other, key) if turned else (key, other)
            if pair not in best or hit.score > best[pair][0]:
                named = other in listed.referring.of(key)
                made = _found(*pair, hit, turned=turned, named=named)
                if not _of_one_kind(kind, listed.entries[other].kind):
                    made = replace(made, strong=False)
                best[pair] = (hit.score, made)
    lost = {pair: why for pair, why in missing.items() if not {pair, pair[::-1]} & best.keys()}
    for (key, _), why in lost.items():
        refused.setdefault(":".join(key), why)
    found = tuple(each for _, each in best.values())
    return Compared(found, refused, {other: why for (_, other), why in lost.items()})


def held_against(listed: Listed, subjects: Mapping[str, Form]) -> Compared:
    """Hold people of files against entries: what comes up, and of whom nothing sure is said.

    Of whom names are passed over as many bear their words, or one of several names cannot be
    compared, nothing sure is said either, whatever else came up.
    """
    found, refused = [], {}
    for subject, form in subjects.items():
        facts = facts_of(
            births=form.births,
            countries=form.nationalities,
            gender=form.gender,
            identifiers=(_pair(each) for each in form.identifiers),
        )
        sought = [Sought(name, kind, facts) for name in form.names for kind in kinds_of(form.kind)]
        hits, cut, alike = listed.hits(sought, form.kind)
        found += [_found(subject, key, hit, turned=False) for key, hit in hits.items()]
        why = list(dict.fromkeys(unsure_names(form).values()))
        if alike:
            why.insert(0, too_common(alike))
        if cut:
            why.insert(0, too_many())
        if why:
            refused[subject] = "; ".join(why)
    return Compared(tuple(found), refused)


def held_beside(form: Form, key: EntryKey, entry: Entry) -> Found | None:
    """Hold somebody of a file against one entry; None where they are not alike."""
    found = held_against(Listed({key: entry}), {"": form}).found
    return found[0] if found else None


def too_many() -> str:
    """Say why somebody was not compared in full where more are alike than are told."""
    most = _MOST
    return f"more than {most} names are like a name of it; look for the others by hand"


def too_common(least: int) -> str:
    """Say why somebody was not compared in full where a name's words are borne by many.

    `least` counts the listed names that are like one name, told and passed over together.
    """
    return (
        "a name of it is common and is not asked about alone; listed names that are like it, "
        f"at least: {least}; look for them by hand"
    )


def _held_beside(asked: Sought, found: Sought) -> Hit | None:
    try:
        said = compare(
            asked.name, found.name, kind=asked.kind,
            left_facts=asked.facts, right_facts=found.facts,
        )  # fmt: skip
    except NameRefused:
        return None
    return Hit(said.score, asked, found, said)


def _found(
    left: EntryKey | str, right: EntryKey, hit: Hit, *, turned: bool, named: bool = False
) -> Found:
    """Two entries of one list are never `strong`: twins and brothers are listed side by side.

    Where issuers have `named` one of them as the other, that counts as an equal identifier does,
    unless a fact speaks against it.
    """
    said, apart = hit.comparison, isinstance(left, str) or left[0] != right[0]
    by = {each.by for each in said.reasons if each.ground is Ground.FACT}
    score = hit.score + (1 - hit.score) * _RAISED_BY_ISSUER if named else hit.score
    proven = apart and (named or not by.isdisjoint(_PROVING))
    strong = (
        proven
        and score >= STRONG
        and said.by_name >= _STRONG_BY_NAME
        and (not named or by.isdisjoint(_AGAINST))
    )
    reasons = _reasons(said, hit, turned=turned)
    if named:
        reasons = (reasons[0], {"ground": "fact", "by": NAMED}, *reasons[1:])
    return Found(left, right, round(score, 4), reasons, strong)


def _reasons(said: Comparison, hit: Hit, *, turned: bool) -> tuple[dict[str, object], ...]:
    """Give the names that were compared, and each reason; left and right as the pair is told."""
    names = (hit.asked.name, hit.found.name)
    told: list[dict[str, object]] = [
        _sides({"ground": "names", "likeness": round(said.by_name, 4)}, *names, turned=turned)
    ]
    for each in said.reasons:
        ground = each.ground.value
        if turned and each.ground in _TURNED:
            ground = _TURNED[each.ground].value
        about = {"ground": ground, "by": each.by, "likeness": round(each.likeness, 3)}
        told.append(_sides(about, each.left, each.right, turned=turned))
    return tuple({name: value for name, value in each.items() if value != ""} for each in told)


def _sides(about: dict[str, object], left: str, right: str, *, turned: bool) -> dict[str, object]:
    one, other = (right, left) if turned else (left, right)
    return {**about, "left": one, "right": other}


_TURNED = {Ground.LEFT_OVER: Ground.RIGHT_OVER, Ground.RIGHT_OVER: Ground.LEFT_OVER}


def _facts(entry: Entry) -> Facts:
    return facts_of(
        births=(each.day for each in entry.births),
        countries=entry.nationalities or entry.countries,
        gender=entry.gender,
        identifiers=((each.kind, each.number) for each in entry.identifiers),
    )


def _pair(text: str) -> tuple[str, str]:
    kind, _, number = text.partition(":")
    return kind, number


def _of_one_kind(one: str, other: str) -> bool:
    return one == other or Kind.OTHER in {one, other}
