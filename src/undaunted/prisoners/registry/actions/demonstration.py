"""Loading the demonstration through the ordinary actions, as the ordinary people of an office.

Nothing is written past the gates: lists are proposed and accepted, records judged to be the same,
cases assessed and recognised by two, and published by two. Only the two administrators who enrol
the others are made by the owner, as at any installation.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, TypeVar

from undaunted.core.access.rules import Role, Sharing
from undaunted.core.accounts.actions import (
    InstalledPerson,
    acting_as,
    enrol_office,
    install_office,
)
from undaunted.core.commitments.actions import accept_statement, import_statements
from undaunted.core.commitments.queries import waiting_statements
from undaunted.core.commitments.rules import shipped_statements
from undaunted.core.consent.actions import record_consents
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.core.evidence.actions import record_source
from undaunted.core.evidence.rules import Grade, SourceKind
from undaunted.core.intake.actions import open_doors
from undaunted.core.listings.actions import load_invented_lists
from undaunted.core.matching.actions import confirm_invented_pairs, resolve_invented_lists
from undaunted.core.practices.actions import accept_version, load_practices
from undaunted.core.practices.queries import waiting_versions
from undaunted.core.practices.rules import shipped_entries
from undaunted.core.standards.actions import record_assessments
from undaunted.core.standards.rules import Finding, Value, pack
from undaunted.prisoners.registry.actions.batches import (
    propose_publications,
    propose_recognitions,
    publish_together,
    recognise_together,
    regrade_together,
)
from undaunted.prisoners.registry.actions.censuses import propose_census
from undaunted.prisoners.registry.actions.comparing import compare_at_once
from undaunted.prisoners.registry.actions.imports import (
    accept_import,
    propose_import,
    write_import,
)
from undaunted.prisoners.registry.actions.lists import record_list
from undaunted.prisoners.registry.actions.matching import judge_pairs_together
from undaunted.prisoners.registry.actions.publication import approve_changes
from undaunted.prisoners.registry.queries.changes import gates_waiting, offers_for
from undaunted.prisoners.registry.queries.imports import entries_of
from undaunted.prisoners.registry.queries.lists import list_named
from undaunted.prisoners.registry.queries.records import acts_of, cases_for
from undaunted.prisoners.registry.writers.demonstration import demonstration_lists, invent_people
from undaunted.prisoners.registry.writers.demonstration.lists import MAPPING
from undaunted.prisoners.registry.writers.demonstration.people import LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.models import User
    from undaunted.core.actors.models import Party
    from undaunted.core.evidence.models import Source
    from undaunted.prisoners.registry.models import StatusProposal
    from undaunted.prisoners.registry.writers.demonstration.people import InventedPerson

__all__ = ["load_demonstration"]

Item = TypeVar("Item")

STANDARDS = {"pace-1900": ("a", 0.9), "wgad": ("exercise_of_rights", 0.5)}
"""By standard the criterion that decides, and the share of people of whom it is met."""
_EDITIONS = (date(2019, 2, 1), date(2023, 2, 1), date(2026, 11, 2))
"""Days on which the lists came: what is known grew over years, not in one week."""
_CHUNK = 1_000
_REASON = "Held over peaceful expression (invented)."
_GROUPS = (FieldGroup.IDENTITY, FieldGroup.BIOGRAPHY, FieldGroup.DETENTION, FieldGroup.HEALTH)
_ADMINISTRATORS = {"adam": (Role.ADMINISTRATOR,), "ada": (Role.ADMINISTRATOR,)}
_OFFICE = {
    "dora": (Role.DOCUMENTER,),
    "rhea": (Role.REVIEWER,),
    "paul": (Role.PUBLISHER,),
    "stella": (Role.STEWARD, Role.DOCUMENTER),
    "simon": (Role.STEWARD,),
    "ruth": (Role.READER,),
}


@dataclass(frozen=True, slots=True)
class _Office:
    """The invented organisation and who works there."""

    organisation: UUID
    people: Mapping[str, User]


@dataclass(frozen=True, slots=True)
class _Edition:
    """When an edition of the lists was worked on: the time that every action is told."""

    day: date

    def after(self, days: int) -> datetime:
        """Give nine o'clock so many days after the lists came."""
        return datetime.combine(self.day, time(9), tzinfo=UTC) + timedelta(days)

    def __str__(self) -> str:
        return f"{self.day:%B %Y}"

    @property
    def judged(self) -> datetime:
        """When people were compared, assessed and agreed."""
        return self.after(2)


@dataclass(slots=True)
class _Steps:
    """What has begun so far: office, three lists an edition, three things done with them, pairs."""

    tell: Callable[[str, int, int], None]
    begun: int = 0

    def begin(self, words: str) -> None:
        """Tell that the next step begins."""
        self.tell(words, self.begun, 2 + 6 * len(_EDITIONS))
        self.begun += 1


def load_demonstration(
    as_owner: Callable[[], AbstractContextManager[None]],
    *,
    people: int = 2_200,
    say: Callable[[str], None] = lambda line: print(line, file=sys.stderr),  # noqa: T201
    step: Callable[[str, int, int], None] = lambda *_: None,
) -> None:
    """Fill an empty instance with invented people; `as_owner` lends the owner's connection.

    `step` is told what begins, how many steps are done, and of how many; `say` the logins.
    """
    steps = _Steps(step)
    steps.begin("Installing the office")
    with as_owner():
        organisation, two = install_office("Observatory of the Five States", _ADMINISTRATORS)
    adam, ada = (one.user for one in two)
    installed = (*enrol_office(organisation, _OFFICE, proposer=adam, approver=ada), *two)
    office = _Office(organisation, {one.user.username: one.user for one in installed})
    invented = invent_people(people)
    behind: dict[UUID, int] = {}
    first: dict[int, UUID] = {}
    for edition in map(_Edition, _EDITIONS):
        now = _bring_in_lists(office, invented, edition, steps)
        new = {party: number for party, number in now.items() if party not in behind}
        behind |= new
        steps.begin(f"{edition}: judging which records are one person")
        fresh = _judge_matches(office, new, first, edition)
        steps.begin(f"{edition}: assessing and publishing {len(fresh)} people")
        _take_census(office, list(first.values()), edition)
        _recognise_and_publish(office, fresh, edition)
        if edition.day == _EDITIONS[-1]:
            proved = [party for party, number in behind.items()
                      if invented[number - 1].tier == "A"]  # fmt: skip
            _add_court_papers(office, proved, edition)
            _furnish_library(office, edition)
        steps.begin(f"{edition}: approving what the lists changed")
        _approve_what_waits(office, edition)
    steps.begin("Comparing the records that are left")
    with acting_as(office.people["stella"]) as actor:
        compare_at_once(organisation, actor=actor, at=edition.judged)
    named = {one.user.username: one for one in installed}
    open_doors(organisation, named["stella"], named["dora"], named["simon"])
    _tell_logins(installed, say)


def _bring_in_lists(
    office: _Office, people: Sequence[InventedPerson], edition: _Edition, steps: _Steps
) -> dict[UUID, int]:
    """Import an edition of the lists; gives the number of the invented person behind each party."""
    behind: dict[UUID, int] = {}
    at = edition.after(0)
    for sheet in demonstration_lists(people, on=min(edition.day, LAST_DAY)):
        steps.begin(f"{edition}: importing the {sheet.name}")
        with acting_as(office.people["stella"]) as actor:
            kept = list_named(actor, sheet.slug) or record_list(
                office.organisation,
                actor=actor,
                at=at,
                name=sheet.name,
                slug=sheet.slug,
                publisher=sheet.publisher,
                url=f"https://{sheet.slug}.example/",
                licence="CC0-1.0",
                coverage_note="Invented people; the five hypothetical states, 2001 to 2026.",
                sharing=Sharing.SHARED,
            )
        with acting_as(office.people["dora"]) as actor:
            batch = propose_import(
                kept,
                actor=actor,
                at=at,
                file=io.BytesIO(sheet.content),
                file_name=f"{sheet.slug}-{edition.day.year}.csv",
                mapping_toml=MAPPING,
            )
        with acting_as(office.people["stella"]) as actor:
            accept_import(batch, actor=actor, at=at)
            write_import(batch, actor=actor, at=at)
            rows = entries_of(actor, kept).values_list("party_id", "source_key")
            behind |= {party: sheet.people[key] for party, key in rows}
    return behind


def _add_court_papers(office: _Office, parties: Sequence[UUID], edition: _Edition) -> None:
    """Record of some whom a list alone carries to tier B a judgement, which makes it tier A."""
    random = Random(7)  # noqa: S311  (repeatable on purpose)
    chosen = [party for party in parties if random.random() < 0.4]  # noqa: PLR2004
    register: Source | None = None
    for chunk in _chunks(chosen):
        with acting_as(office.people["dora"]) as actor:
            register = register or record_source(
                office.organisation, actor=actor, at=edition.judged, kind=SourceKind.COURT_PAPER,
                publisher="Registers of the courts of the Five States",
                title="Judgements that became final", public=True, sharing=Sharing.SHARED,
            )  # fmt: skip
            regrade_together(
                list(acts_of(actor, list(chunk)).filter(in_stock=True)),
                actor=actor,
                at=edition.judged,
                source=register,
                grade=Grade.parse("A1"),
                tier="A",
            )


def _furnish_library(office: _Office, edition: _Edition) -> None:
    """Propose what is shipped of practices and boards; a second person accepts all but the last."""
    with acting_as(office.people["dora"]) as actor:
        load_practices(office.organisation, shipped_entries(), actor=actor, at=edition.judged)
    with acting_as(office.people["rhea"]) as actor:
        for version in list(waiting_versions(actor))[:-1]:
            accept_version(version, actor=actor, at=edition.after(3))
    with acting_as(office.people["dora"]) as actor:
        import_statements(office.organisation, shipped_statements(), actor=actor, at=edition.judged)
        load_invented_lists(actor=actor, at=edition.judged)
    with acting_as(office.people["dora"]) as actor:
        resolve_invented_lists(actor=actor, at=edition.judged)
    with acting_as(office.people["rhea"]) as actor:
        confirm_invented_pairs(actor=actor, at=edition.after(3))
        for statement in list(waiting_statements(actor))[:-1]:
            accept_statement(statement, actor=actor, at=edition.after(3))


def _judge_matches(
    office: _Office, new: Mapping[UUID, int], first: dict[int, UUID], edition: _Edition
) -> list[UUID]:
    """Judge most records of one person to be the same; gives a record of each new person."""
    random = Random(edition.day.year)  # noqa: S311  (repeatable on purpose)
    fresh, pairs = [], []
    for party, number in new.items():
        if number not in first:
            first[number] = party
            fresh.append(party)
        elif random.random() < 0.96:  # noqa: PLR2004  (the rest waits in the queue of matches)
            pairs.append((first[number], party))
    for chunk in _chunks(pairs):
        with acting_as(office.people["dora"]) as actor:
            judge_pairs_together(chunk, actor=actor, at=edition.judged, verdict="same")
    return fresh


def _take_census(office: _Office, known: Sequence[UUID], edition: _Edition) -> None:
    """Recognise journalists who were in custody on a 1 December and were never in a census."""
    random = Random(11)  # noqa: S311  (repeatable on purpose)
    related = {party for party in known if random.random() < 0.9}  # noqa: PLR2004
    for chunk in _chunks(known):
        with acting_as(office.people["dora"]) as actor:
            made = propose_census(
                chunk, actor=actor, at=edition.judged, work_related=related, reason=_REASON
            )
        if made:
            with acting_as(office.people["rhea"]) as actor:
                recognise_together(made, actor=actor, at=edition.after(4))


def _recognise_and_publish(office: _Office, parties: Sequence[UUID], edition: _Edition) -> None:
    random = Random(5 + edition.day.year)  # noqa: S311  (repeatable on purpose)
    chosen = [party for party in parties if random.random() < 0.92]  # noqa: PLR2004
    chunks = _chunks(chosen)
    for number, chunk in enumerate(chunks):
        day = edition.after(17 if number == len(chunks) - 1 else 4)
        with acting_as(office.people["dora"]) as actor:
            found = {party.pk: party for party in cases_for(actor).filter(pk__in=chunk)}
            known = {party: found[party] for party in chunk if party in found}
            proposals = _propose(known, actor, random, edition)
        decided = [one for one in proposals if random.random() < 0.95]  # noqa: PLR2004
        with acting_as(office.people["rhea"]) as actor:
            recognise_together(decided, actor=actor, at=day)
        shown = [one for one in known.values() if random.random() < 0.93]  # noqa: PLR2004
        with acting_as(office.people["dora"]) as actor:
            gates = propose_publications(shown, actor=actor, at=day)
        with acting_as(office.people["paul"]) as actor:
            publish_together(gates, actor=actor, at=day)


def _approve_what_waits(office: _Office, edition: _Edition) -> None:
    """Approve what the lists changed, and which records joined published cases."""
    at = edition.after(18)
    with acting_as(office.people["paul"]) as actor:
        waiting = list(gates_waiting(actor).values_list("pk", flat=True))
        for chunk in _chunks(waiting):
            approve_changes(offers_for(actor, chunk), actor=actor, at=at)


def _propose(
    known: Mapping[UUID, Party], actor: Actor, random: Random, edition: _Edition
) -> list[StatusProposal]:
    named = {key for key in known if random.random() < 0.93}  # noqa: PLR2004
    for level, subjects in (
        (IdentityLevel.NAME, named),
        (IdentityLevel.CODE, known.keys() - named),
    ):
        record_consents(
            [known[key].canonical for key in subjects],
            actor=actor,
            at=edition.judged,
            holder=next(iter(known.values())).holder,
            purpose=Purpose.REGISTRY,
            audience=PUBLIC_AUDIENCE,
            level=level,
            field_groups=_GROUPS,
            basis=Basis.FAMILY_PROXY,
            relation="sibling",
            how="invented for the demonstration",
            given_on=edition.day,
            until=edition.day.replace(year=edition.day.year + 10),
        )
    return [
        made for standard in STANDARDS for made in _assess(known, standard, actor, random, edition)
    ]


def _assess(
    known: Mapping[UUID, Party], standard: str, actor: Actor, random: Random, edition: _Edition
) -> list[StatusProposal]:
    """Assess people under a standard, and propose the recognition of those who fulfil it."""
    criterion, share = STANDARDS[standard]
    value = {key: random.random() < share for key in known}
    assessed = record_assessments(
        "person",
        {key: _findings(standard, edition, met=met) for key, met in value.items()},
        actor=actor,
        at=edition.judged,
        holder=next(iter(known.values())).holder,
        pack=standard,
        public_reasons=[criterion],
    )
    return propose_recognitions(
        {key: assessed[key] for key, met in value.items() if met},
        actor=actor,
        at=edition.judged,
        parties=known,
        reason=_REASON,
        reason_public=True,
    )


def _findings(standard: str, edition: _Edition, *, met: bool) -> dict[str, Finding]:
    criteria = pack(standard, edition.day).criteria
    findings = {name: Finding(Value.NOT_MET) for name in criteria}
    if "deprived_of_liberty" in criteria:
        findings["deprived_of_liberty"] = Finding(Value.MET)
    deciding = STANDARDS[standard][0]
    findings[deciding] = Finding(Value.MET if met else Value.UNCLEAR, (_REASON,))
    return findings


def _chunks(items: Sequence[Item]) -> list[Sequence[Item]]:
    return [items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK)]


def _tell_logins(installed: Sequence[InstalledPerson], say: Callable[[str], None]) -> None:
    say("Demonstration logins, shown this once: user name, passphrase, secret of the code app.")
    for one in installed:
        say(f"  {one.user.username:8} {one.passphrase}  {one.secret}  {', '.join(one.roles)}")
