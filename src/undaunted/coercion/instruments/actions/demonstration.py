"""An invented authority with two proceedings, through the ordinary gates.

Zubrowka holds Freedonian goods at its border: one exporter asked, and stays unknown; another
proceeding has come as far as engagement. Everything lies in the hypothetical states.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from undaunted.coercion.instruments.actions.keeping import file_request
from undaunted.coercion.instruments.actions.measuring import attach_calculation
from undaunted.coercion.instruments.actions.opening import (
    ProceedingPlan,
    open_proceeding,
    publish_proceeding,
)
from undaunted.coercion.instruments.actions.recording import (
    assess_elements,
    record_draft,
    record_engagement,
)
from undaunted.coercion.instruments.actions.stepping import confirm_step, propose_step
from undaunted.coercion.instruments.actions.voting import record_vote
from undaunted.coercion.instruments.analysis import StepPlan
from undaunted.coercion.instruments.queries import proceeding_for, step_waiting
from undaunted.coercion.instruments.readers import request_of
from undaunted.coercion.instruments.rules import (
    CONDITIONS,
    FACTORS,
    Aimed,
    AnnexKind,
    CheckAnswer,
    CheckValue,
    Design,
    Effect,
    Element,
    ElementState,
    InstrumentChannel,
    Measure,
    Opening,
    Origin,
    Stage,
    council_figures,
    points,
)
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as, install_office
from undaunted.core.evidence.actions import record_source
from undaunted.core.evidence.rules import SourceKind
from undaunted.core.vault.actions import (
    add_member,
    approve_member,
    found_team,
    make_key_pair,
    open_at_terminal,
    propose_member,
)
from undaunted.core.vault.queries import admissions_waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from uuid import UUID

    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.core.accounts.actions import InstalledPerson
    from undaunted.core.vault.rules import OpenKey

__all__ = ["load_instruments"]

AT: Final = datetime(2026, 11, 20, 10, tzinfo=UTC)
_OFFICE: Final = "Trade Authority of Freedonia"
_PEOPLE: Final = {
    "greta": (Role.DOCUMENTER, Role.STEWARD),
    "gil": (Role.PUBLISHER,),
    "gwen": (Role.STEWARD,),
}
_TIMBER: Final = ProceedingPlan(
    "timber-at-the-border",
    "Timber held at the border (invented)",
    "XZ",
    ("XF",),
    "Zubrowka holds Freedonian timber at its border, and says that it will until Freedonia takes "
    "its vote on the river convention back. Everything here is invented.",
    Opening.REQUEST,
)
_JOURNEYS: Final = ProceedingPlan(
    "journeys-not-sold",
    "Journeys that are not sold (invented)",
    "XZ",
    ("XF", "XS"),
    "Agencies of Zubrowka were told to sell no journeys to Freedonia and Syldavia. Everything here "
    "is invented.",
)
_FACTS: Final[dict[str, Any]] = {
    "protect": True,
    "harm": "Zubrowka licenses our lorries and has struck firms that complained (invented).",
    "also": ["Silberfuchs"],
    "answers": {
        "requester": {"value": "Altmoor Planks and Boards AG"},
        "requester_kind": {"value": "economic operator"},
        "address": {"value": "3 Dyke Road, 20881 Altmoor, Freedonia"},
        "contact": {"value": "Ilse Tannhof, i.tannhof@altmoor.example"},
        "sector": {"value": "Goods of wood"},
        "third_country": {"value": "XZ"},
        "measure": {
            "value": "Since 5 October 2026 lorries of Altmoor stand at the bridge of Kolm.",
            "confidential": True,
            "summary": "Lorries with goods of wood are no longer let over the border.",
        },
        "began": {"value": "2026-10-05", "confidential": True},
        "goods": {"value": "Goods of wood, chapter 44"},
        "attributable": {"value": "A notice of the customs authority."},
        "act": {"value": "The vote on the river convention."},
        "demand": {"value": "The minister said that the vote must be taken back."},
        "choice": {"value": "Which conventions are joined."},
        "intensity": {"value": "Every consignment since it began."},
        "concern": {"value": "Beetles are named; nobody else found any."},
        "injury": {
            "value": "Orders of EUR 2,318,400 were lost by 30 October 2026.",
            "confidential": True,
            "summary": "Most orders from the country were lost within some weeks.",
        },
        "loss": {"value": "2318400", "unit": "EUR", "confidential": True},
        "share": {"value": "41.3", "confidential": True},
    },
    "evidence": [
        {"key": "notice", "title": "Notice of customs", "public_at": "https://xz.example/notice"},
        {
            "key": "letter",
            "title": "Letter that ends an order of Altmoor",
            "confidential": True,
            "summary": "A letter that ends an order.",
        },
    ],
}
_RESULT: Final = files("undaunted.coercion.instruments") / "packs" / "demonstration"
"""What `undaunted trade simulate` makes of docs/examples/instruments/journeys."""
_HEARD: Final = (
    (SourceKind.WITNESS, "What agencies in three towns tell"),
    (SourceKind.OFFICIAL_STATEMENT, "Notice to agencies of Zubrowka"),
)
_DUTY: Final = Measure(
    key="duty-on-glass",
    kind=AnnexKind.DUTIES,
    aimed=Aimed.GENERAL,
    by=Origin.GOODS,
    scope="Glass, chapter 70: a duty of ten per cent",
    legal_basis="Annex I, point 1",
    effect=Effect(20, 35, 50, "EUR million", 2025, "Invented figures, in the form of a scenario"),
    begins=date(2027, 1, 15),
    reasons="Glass is what most of the trade with Zubrowka is; other sellers are near.",
)


@dataclass(frozen=True, slots=True)
class _Office:
    """The invented authority: who records, who confirms and publishes, and their keys' team."""

    id: UUID
    first: InstalledPerson
    second: InstalledPerson
    team: UUID
    key: OpenKey


def load_instruments(
    as_owner: Callable[[], AbstractContextManager[None]], *, say: Callable[[str], None]
) -> None:
    """Install the authority and bring its proceedings on their way; `say` is told the logins."""
    with as_owner():
        place, people = install_office(_OFFICE, _PEOPLE, country="XF", government=True)
    first, second, _ = people
    team, key = _teamed(place, people)
    office = _Office(place, first, second, team, key)
    _asked(office)
    _engaged(office)
    say(f"Logins of the {_OFFICE}: user name, passphrase, secret of the code app.")
    for one in people:
        say(f"  {one.user.username:8} {one.passphrase}  {one.secret}  {', '.join(one.roles)}")


def _teamed(place: UUID, people: Sequence[InstalledPerson]) -> tuple[UUID, OpenKey]:
    """Found the team that handles proceedings, of two whom a third let in; gives the second's key.

    Whoever publishes looks for who asked in what becomes public, and so opens the papers.
    """
    first, second, third = people
    keys: list[OpenKey] = []
    for one in (first, second):
        with acting_as(one.user) as actor:
            make_key_pair(one.passphrase, actor=actor, at=AT)
            keys.append(open_at_terminal(one.passphrase, actor=actor, at=AT))
    with acting_as(first.user, kind="terminal") as actor:
        team = found_team(place, "Proceedings", actor=actor, at=AT).pk
        propose_member(team, second.user.pk, actor=actor, at=AT)
    with acting_as(third.user, kind="terminal") as actor:
        approve_member(admissions_waiting(actor).get(team=team).pk, actor=actor, at=AT)
    with acting_as(first.user) as actor:
        add_member(team, second.user.pk, key=keys[0], actor=actor, at=AT)
    return team, keys[1]


def _asked(office: _Office) -> None:
    """Let an exporter ask, and the examination begin."""
    with acting_as(office.first.user) as actor:
        held = open_proceeding(office.id, _TIMBER, actor=actor, at=AT, team=office.team)
        request = request_of(_FACTS, where="demonstration")
        file_request(held, request, date(2026, 11, 2), actor=actor, at=AT)
    _step(office, held, StepPlan(Stage.EXAMINATION, date(2026, 11, 9), "The facts are enough."))
    _publish(office, held)


def _engaged(office: _Office) -> None:
    """Bring a proceeding of the authority's own as far as engagement, later than normally."""
    with acting_as(office.first.user) as actor:
        held = open_proceeding(office.id, _JOURNEYS, actor=actor, at=AT, team=office.team)
        named = tuple(
            str(
                record_source(
                    office.id, actor=actor, at=AT, kind=kind, title=f"{title} (invented)"
                ).pk
            )
            for kind, title in _HEARD
        )
        assess_elements(held, _elements(named), actor=actor, at=AT)
    began = "Agencies in three towns tell the same."
    _step(office, held, StepPlan(Stage.EXAMINATION, date(2026, 2, 2), began))
    found = "Every condition is met, and every factor was weighed."
    _step(office, held, StepPlan(Stage.DETERMINATION, date(2026, 7, 6), found))
    day = date(2026, 8, 24)
    with acting_as(office.first.user) as actor:
        record_vote(
            held, day, dict.fromkeys(council_figures(day).people, "for"), actor=actor, at=AT
        )
    _step(office, held, StepPlan(Stage.ENGAGEMENT, day, "The vote was carried (invented)."))
    with acting_as(office.first.user) as actor:
        said = "We asked that journeys be sold again, and offered to hear both sides."
        answer = "Nobody was told anything."
        record_engagement(
            held, date(2026, 9, 14), InstrumentChannel.CONSULTATION,
            "Ministry of travel of Zubrowka", said, actor=actor, at=AT, answer=answer,
        )  # fmt: skip
        result = (_RESULT / "journeys.json").read_bytes()
        attach_calculation(held, "journeys.json", result, actor=actor, at=AT)
        record_draft(held, Design((_DUTY,), _answers()), actor=actor, at=AT)
    _publish(office, held)


def _step(office: _Office, held: Proceeding, plan: StepPlan) -> None:
    with acting_as(office.first.user) as actor:
        propose_step(held, plan, actor=actor, at=AT)
    with acting_as(office.second.user) as actor:
        found = proceeding_for(actor, held.pk)
        waiting = step_waiting(actor, found) if found else None
        if waiting is None:
            raise LookupError("the demonstration's step does not wait")
        confirm_step(waiting, actor=actor, at=AT)


def _publish(office: _Office, held: Proceeding) -> None:
    with acting_as(office.second.user) as actor:
        publish_proceeding(held, actor=actor, at=AT, key=office.key)


def _elements(named: tuple[str, ...]) -> list[Element]:
    reason = "Shown by what agencies and a notice say (invented)."
    return [Element(key, ElementState.MET, (reason,), named) for key in (*CONDITIONS, *FACTORS)]


def _answers() -> tuple[CheckAnswer, ...]:
    """Answer all but the consumers, who were not heard yet."""
    return tuple(
        CheckAnswer(each.key, CheckValue.YES, "As the file shows (invented).")
        if each.key != "consumers"
        else CheckAnswer(each.key, CheckValue.OPEN)
        for each in points()
    )
