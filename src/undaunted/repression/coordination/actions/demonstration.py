"""Governments and a committee of invented people propose, announce and answer, through the gates.

Whoever is proposed against, listed or asking does not exist; everything lies in the hypothetical
states. One proposal is under embargo, the other is announced.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as, install_office
from undaunted.core.listings.actions import load_invented_lists
from undaunted.core.listings.queries import version_in_force
from undaunted.core.matching.actions import answer_question
from undaunted.core.matching.queries import questions_for, sheets_of
from undaunted.core.matching.rules import Verdict
from undaunted.core.sharing.rules import Tlp
from undaunted.core.vault.actions import found_team, make_key_pair
from undaunted.repression.coordination.actions.announcing import (
    confirm_go,
    confirm_moment,
    prepare,
    say_go,
    set_moment,
)
from undaunted.repression.coordination.actions.courts import publish_case, record_case
from undaunted.repression.coordination.actions.demonstration_elsewhere import (
    House,
    exchange,
    invited,
    opened_house,
)
from undaunted.repression.coordination.actions.notices import record_notices, screen_notices
from undaunted.repression.coordination.actions.petitions import add_part, record_petition
from undaunted.repression.coordination.actions.proposing import begin_proposal, send_proposal
from undaunted.repression.coordination.actions.saying import answer_proposal, say
from undaunted.repression.coordination.actions.seats import confirm_seat, take_seat
from undaunted.repression.coordination.queries import proposal_for
from undaunted.repression.coordination.rules import (
    Answer,
    Asked,
    CoordinationRefused,
    CoordinationState,
    Court,
    CourtCase,
    NoticeKind,
    Part,
    Petitioner,
    Preparation,
    Subject,
    SubjectKind,
    ToldNotice,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from uuid import UUID

    from undaunted.core.accounts.actions import InstalledPerson
    from undaunted.repression.coordination.models import Guest, Proposal

__all__ = ["load_coordination"]

_BODIES: Final = (
    ("XF", "Sanctions unit of Freedonia", "fedora", "felix", True),
    ("XS", "Sanctions unit of Syldavia", "silva", "sixten", True),
    ("XZ", "Sanctions unit of Zubrowka", "zelda", "zacharias", True),
    ("XB", "Committee for the Prisoners of the Five States", "berta", "bruno", False),
)
"""State, name, who records, who confirms, whether it is a government."""
_WAITS: Final = (1.6, 8.0, 40.0)
"""Seconds in which the parties of the proposal that is announced go, each where the last missed."""
_EMBARGOED: Final = Subject(
    kind=SubjectKind.DESCRIBED,
    name="Colonel Anton Gorsky (invented)",
    identification="Born in 1967 in Karsk; commander of the prison of Streltsin since 2021.",
    conduct="Ordered that prisoners be beaten in March 2026, as five statements say.",
    exculpatory="Looked for in the file of the inquiry; he says that he was on leave on 4 March.",
    authorities=("xf-rights", "Syldavian Rights Act (invented)", "xz-rights"),
)
_ANNOUNCED: Final = Subject(
    kind=SubjectKind.LISTED,
    name="Ludmila Petrovna Varga (invented)",
    identification="Born about 1970 in Karsk; judge at the court of Karsk.",
    conduct="Sentenced eleven people for what they wrote, in trials without defence.",
    exculpatory="In two cases she let the accused go; both are named in the file.",
    authorities=("Syldavian Rights Act (invented)", "xz-rights"),
    entry=("xf-invented", "XF-0002"),
)
_CASE: Final = CourtCase(
    entry=("xf-invented", "XF-0003"),
    number="T-14/26",
    court="Administrative Court of Freedonia (invented)",
    outcome=Court.PENDING,
    day=date(2026, 9, 14),
    source="Register of the Administrative Court (invented)",
)
_PETITIONER: Final = Petitioner(
    name="Samir Haddad al-Zubri (invented)",
    represented_by="Advocates of Qasr (invented)",
    entry=("xf-invented", "XF-0003"),
    asks="He asks to be taken off the list: he left the company before the acts.",
)

_NOTICES: Final = (
    ToldNotice(
        "XR-2026/0417", NoticeKind.RED, ("Viktor Strovik",),
        "Read out to his lawyer at the border of Borduria (invented)", "XR", ("1961",), ("XR",),
    ),
    ToldNotice(
        "XR-2026/0092", NoticeKind.DIFFUSION, ("Ludmila Varga",),
        "Letter of the Commission to her counsel (invented)", "XR",
        gender="female", file="CCF-XB-17",
    ),
    ToldNotice(
        "XR-2025/1180", NoticeKind.RED, ("Ondrej Halvard",),
        "Told by his sister (invented)", "XR", ("1988",), ("XR",),
    ),
)  # fmt: skip
_CLEARED: Final = "A student of Borduria, born in 1994; the judge was born about 1970 (invented)."


@dataclass(frozen=True)
class _Body:
    id: UUID
    first: InstalledPerson
    second: InstalledPerson


def load_coordination(
    owner: Callable[[], AbstractContextManager[None]], *, say: Callable[[str], None]
) -> None:
    """Install the bodies and load both proposals, a court case and a petition; tells the logins."""
    with owner():
        made = {told[0]: _install(*told, government=government) for *told, government in _BODIES}
    teams = {code: _seat(each) for code, each in made.items()}
    proposer_house, guest_house = (_house(each, made[each], teams[each]) for each in ("XF", "XZ"))
    proposer = made["XF"]
    with acting_as(proposer.first.user) as actor:
        if version_in_force(actor, "xf-invented") is None:
            load_invented_lists(actor=actor, at=timezone.now())
    moment = _announce(made)
    _embargo(made, proposer_house, guest_house)
    _notice(made["XB"])
    _keep_records(proposer)
    _tell([one for each in made.values() for one in (each.first, each.second)], say)
    time.sleep(max(0.0, (moment - timezone.now()).total_seconds()))


def _install(code: str, name: str, *people_of: str, government: bool) -> _Body:
    first, second = people_of
    recording = [Role.DOCUMENTER, Role.STEWARD]
    people = {first: recording, second: [Role.PUBLISHER, Role.REVIEWER, Role.STEWARD]}
    made, installed = install_office(name, people, country=code, government=government)
    return _Body(made, *installed)


def _seat(body: _Body) -> UUID:
    with acting_as(body.first.user) as actor:
        make_key_pair(body.first.passphrase, actor=actor, at=timezone.now())
        team = found_team(body.id, "Sanctions", actor=actor, at=timezone.now())
        seat = take_seat(body.id, team.pk, actor=actor, at=timezone.now())
    with acting_as(body.second.user) as actor:
        confirm_seat(seat, actor=actor, at=timezone.now())
    return team.pk


def _house(code: str, body: _Body, team: UUID) -> House:
    name = next(told[1] for told in _BODIES if told[0] == code)
    return opened_house(body.id, name, code, body.first, body.second, team)


def _propose(
    made: dict[str, _Body],
    subject: Subject,
    codes: Sequence[str],
    meanwhile: Callable[[Proposal], None] = lambda _held: None,
) -> Proposal:
    proposer = made["XF"]
    with acting_as(proposer.first.user) as actor:
        held = begin_proposal(
            proposer.id,
            subject,
            tlp=Tlp.AMBER_STRICT,
            state="XR",
            invited=[made[code].id for code in codes],
            actor=actor,
            at=timezone.now(),
        )
    meanwhile(held)
    with acting_as(proposer.second.user) as actor:
        return send_proposal(held, actor=actor, at=timezone.now())


def _accept(body: _Body, held: Proposal) -> None:
    with acting_as(body.first.user) as actor:
        answer_proposal(held, Answer.ACCEPTED, actor=actor, at=timezone.now())


def _go(body: _Body, held: Proposal) -> None:
    with acting_as(body.first.user) as actor:
        say_go(held, actor=actor, at=timezone.now())
    with acting_as(body.second.user) as actor:
        confirm_go(held, actor=actor, at=timezone.now())


def _timed(body: _Body, held: Proposal, moment: datetime) -> datetime:
    with acting_as(body.first.user) as actor:
        set_moment(held, moment, actor=actor, at=timezone.now())
    return moment


def _announce(made: dict[str, _Body]) -> datetime:
    """Let the parties of one proposal go ahead; its moment comes while the rest is loaded.

    A slow machine may miss a moment: then the proposer moves it, further ahead each time.
    """
    held = _propose(made, _ANNOUNCED, ["XS", "XB"])
    for code in ("XS", "XB"):
        _accept(made[code], held)
    for wait in _WAITS[:-1]:
        with suppress(CoordinationRefused):
            return _all_go(made, held, timezone.now() + timedelta(seconds=wait))
    return _all_go(made, held, timezone.now() + timedelta(seconds=_WAITS[-1]))


def _all_go(made: dict[str, _Body], held: Proposal, moment: datetime) -> datetime:
    _timed(made["XF"], held, moment)
    with acting_as(made["XF"].second.user) as actor:
        stood = proposal_for(actor, held.pk)
        if stood and stood.moment_next:
            confirm_moment(stood, actor=actor, at=timezone.now())
    for code in ("XF", "XS", "XB"):
        _go(made[code], held)
    return moment


def _embargo(made: dict[str, _Body], ours: House, theirs: House) -> None:
    """Leave a proposal under embargo, with a guest on another installation."""
    guests: list[Guest] = []
    held = _propose(
        made, _EMBARGOED, ["XS", "XB"], lambda draft: guests.append(invited(ours, theirs, draft))
    )
    for code in ("XS", "XB"):
        _accept(made[code], held)
    with acting_as(made["XB"].first.user) as actor:
        said = "Two of the five statements can be given to courts, not to the press (invented)."
        say(held, said, actor=actor, at=timezone.now())
    day = datetime(2026, 12, 10, 10, tzinfo=UTC)
    later = max(day, timezone.now() + timedelta(days=20))
    _timed(made["XF"], held, later)
    with acting_as(made["XS"].first.user) as actor:
        for kind, state in (
            (Preparation.LEGAL_REVIEW, CoordinationState.DONE),
            (Preparation.COUNCIL, CoordinationState.OPEN),
            (Preparation.GAZETTE, CoordinationState.OPEN),
        ):
            prepare(held, kind, state, actor=actor, at=timezone.now(), due=later.date())
    _go(made["XF"], held)
    exchange(ours, theirs, guests[0])


def _notice(body: _Body) -> None:
    """Enter notices: of two whom a list may mean, one is answered to be another person."""
    with acting_as(body.first.user) as actor:
        now = timezone.now()
        record_notices(body.id, _NOTICES, actor=actor, at=now)
        screen_notices(body.id, actor=actor, at=now)
    with acting_as(body.first.user) as actor:
        for each in sheets_of(actor, questions_for(actor)):
            if each.subject and each.subject.form.names == _NOTICES[1].names:
                answer_question(
                    each.question.pk, verdict=Verdict.DIFFERENT, why=_CLEARED, seen=each.seen,
                    actor=actor, at=timezone.now(),
                )  # fmt: skip


def _keep_records(body: _Body) -> None:
    now = timezone.now()
    with acting_as(body.first.user) as actor:
        case = record_case(body.id, _CASE, actor=actor, at=now)
        petition = record_petition(
            body.id,
            _PETITIONER,
            authority="xf-rights",
            asked=Asked.DELISTING,
            received_on=(now - timedelta(days=9)).date(),
            actor=actor,
            at=now,
        )
        looked = "The register of the company shows him as director until 2019."
        add_part(petition, Part.REVIEW, looked, actor=actor, at=now)
    with acting_as(body.second.user) as actor:
        publish_case(case, actor=actor, at=now)


def _tell(installed: Sequence[InstalledPerson], say: Callable[[str], None]) -> None:
    say("Logins of the coordination of sanctions: user name, passphrase, secret of the code app.")
    for one in installed:
        say(f"  {one.user.username:10} {one.passphrase}  {one.secret}  {', '.join(one.roles)}")
