"""What has no command of an exchange, done inside one installation, as a program.

`open` makes an office, its people, keys and list, and a case that may be shared; `meet` records
partners and compares their fingerprints; `agree` takes a record into a list and records that its
person agreed to a third party; `propose` sends a proposal of sanctions to a partner elsewhere, and
`answer` accepts one. Each prints JSON, once.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

if TYPE_CHECKING:
    from undaunted.config.roles import RoleUrls
    from undaunted.core.accounts.actions import InstalledPerson
    from undaunted.core.vault.rules import OpenKey

__all__ = ["main"]


def main(job: str) -> None:
    """Do one of the jobs and print its result."""
    from undaunted.config.database import embedded_server  # noqa: PLC0415 - the variables first
    from undaunted.config.environment import read_environment  # noqa: PLC0415 - as above

    lease = embedded_server(read_environment()).open()
    try:
        told = _JOBS[job](lease.urls)
        print(json.dumps(told))  # noqa: T201 - shown once
    finally:
        _close_connections()
        lease.close()


def _open(urls: RoleUrls) -> dict[str, Any]:
    from undaunted.config.loading import load_areas  # noqa: PLC0415 - as above
    from undaunted.config.schema import acting_as_owner, prepare  # noqa: PLC0415 - as above

    owner, name = os.environ["EXCHANGE_OWNER"], os.environ["EXCHANGE_NAME"]
    prepare(owner, urls, demonstrate=False, production=True)
    load_areas()
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: PLC0415 - the apps

    from undaunted.core.access.rules import Role  # noqa: PLC0415 - as above
    from undaunted.core.accounts.actions import install_office  # noqa: PLC0415 - as above

    with acting_as_owner(owner):
        holder, people = install_office(
            name,
            {
                "steward": [Role.STEWARD],
                "caseworker": [Role.DOCUMENTER],
                "second": [Role.STEWARD, Role.PUBLISHER],
            },
            demonstration=False,
        )
        codes = [RecoveryCodes.activate(each.user).generate_codes() for each in people]
    told = {
        each.user.username: {
            "name": each.user.username,
            "passphrase": each.passphrase,
            "codes": spare,
        }
        for each, spare in zip(people, codes, strict=True)
    }
    return {"holder": str(holder), "people": told, **_furnish(name, holder, *people)}


def _furnish(
    name: str,
    holder: Any,
    steward: InstalledPerson,
    caseworker: InstalledPerson,
    second: InstalledPerson,
) -> dict[str, Any]:
    from django.utils import timezone  # noqa: PLC0415 - as above

    from tests.core.sharing.factories import Instance, case_of, consented  # noqa: PLC0415
    from tests.core.vault.factories import Colleague, Office  # noqa: PLC0415 - as above
    from undaunted.core.accounts.actions import acting_as  # noqa: PLC0415 - as above
    from undaunted.core.sharing.actions import make_own_keys  # noqa: PLC0415 - as above
    from undaunted.core.sharing.actions.keys import open_own_keys  # noqa: PLC0415 - as above
    from undaunted.core.vault import actions as vault  # noqa: PLC0415 - as above
    from undaunted.core.vault.queries import admissions_waiting  # noqa: PLC0415 - as above
    from undaunted.prisoners.registry.actions.lists import record_list  # noqa: PLC0415

    now, colleagues = timezone.now(), []
    for each in (steward, caseworker):
        with acting_as(each.user) as actor:
            vault.make_key_pair(each.passphrase, actor=actor, at=now)
            key = vault.open_at_terminal(each.passphrase, actor=actor, at=now)
        colleagues.append(Colleague(each.user, key))
    with colleagues[0].acting() as actor:
        key = colleagues[0].key
        team = vault.found_team(holder, "Casework", receives=True, actor=actor, at=now).pk
    with acting_as(steward.user, kind="terminal") as actor:
        vault.propose_member(team, caseworker.user.pk, actor=actor, at=now)
    with acting_as(second.user, kind="terminal") as actor:
        vault.approve_member(admissions_waiting(actor).get().pk, actor=actor, at=now)
    with colleagues[0].acting() as actor:
        vault.add_member(team, caseworker.user.pk, key=key, actor=actor, at=now)
        own = make_own_keys(holder, team, name, actor=actor, at=now)
        identity = open_own_keys(own, key=key, actor=actor, at=now).receiving
        kept = record_list(holder, actor=actor, at=now, name="Roll of partners", slug="partners")
    house = Instance(Office(holder, team, *colleagues), own)
    party = case_of(house)
    grant = consented(house, party)
    keys = {"signing_key": own.signing_key, "recipient": own.recipient}
    return {
        "own": keys | {"fingerprint": own.fingerprint, "identity": identity},
        "list": str(kept.pk),
        "party": str(party.pk),
        "grant": str(grant.pk),
    }


def _meet(urls: RoleUrls) -> dict[str, Any]:
    """Record partners as one person, and compare what they read out as another."""
    _set_up(urls)
    from django.utils import timezone  # noqa: PLC0415 - needs the apps

    from undaunted.core.accounts.actions import acting_as  # noqa: PLC0415 - as above
    from undaunted.core.accounts.queries import user_named  # noqa: PLC0415 - as above
    from undaunted.core.sharing.actions import record_partner, verify_partner  # noqa: PLC0415
    from undaunted.core.sharing.rules import PartnerKind  # noqa: PLC0415 - as above

    steward, caseworker = user_named("steward"), user_named("caseworker")
    assert steward is not None
    assert caseworker is not None
    known, now = {}, timezone.now()
    for told in json.loads(os.environ["EXCHANGE_PARTNERS"]):
        with acting_as(caseworker) as actor:
            (holder,) = actor.organisations
            made = record_partner(
                holder,
                name=told["name"],
                kind=PartnerKind.ORGANISATION,
                audience=told["audience"],
                signing_key=told["signing_key"],
                recipient=told["recipient"],
                actor=actor,
                at=now,
            )
        with acting_as(steward) as actor:
            verify_partner(made, told["fingerprint"], actor=actor, at=now)
        known[made.name] = str(made.pk)
    return known


def _agree(urls: RoleUrls) -> dict[str, Any]:
    """Take what waits for the list in, as its steward, and record consent naming somebody else."""
    _set_up(urls)
    from django.utils import timezone  # noqa: PLC0415 - needs the apps

    from tests.core.sharing.factories import Instance, consented  # noqa: PLC0415 - as above
    from tests.core.vault.factories import Colleague, Office  # noqa: PLC0415 - as above
    from undaunted.core.accounts.actions import acting_as  # noqa: PLC0415 - as above
    from undaunted.core.accounts.queries import user_named  # noqa: PLC0415 - as above
    from undaunted.core.actors.models import Party  # noqa: PLC0415 - as above
    from undaunted.core.sharing.queries import own_keys_for  # noqa: PLC0415 - as above
    from undaunted.prisoners.registry.actions.listing import answer_listing  # noqa: PLC0415
    from undaunted.prisoners.registry.queries.lists import (  # noqa: PLC0415 - as above
        listings_waiting,
        lists_of,
    )

    steward = user_named("steward")
    assert steward is not None
    with acting_as(steward) as actor:
        (holder,) = actor.organisations
        (kept,) = lists_of(actor, holder)
        (waiting,) = listings_waiting(actor, kept)
        entry = answer_listing(waiting, accept=True, actor=actor, at=timezone.now())
        party, own = Party.objects.get(pk=waiting.party_id), own_keys_for(actor, holder)
    assert own is not None
    person = Colleague(steward, cast("OpenKey", None))  # no key is opened here
    house = Instance(Office(holder, own.team, person, person), own)
    consented(house, party, audience=os.environ["EXCHANGE_AUDIENCE"])
    return {"entry": str(entry.pk if entry else "")}


def _propose(urls: RoleUrls) -> dict[str, Any]:
    """Send a proposal to one partner elsewhere by two people; gives the package that tells it."""
    _set_up(urls)
    from datetime import timedelta  # noqa: PLC0415 - as above

    from django.utils import timezone  # noqa: PLC0415 - needs the apps

    from tests.repression.coordination.factories import SUBJECT  # noqa: PLC0415 - as above
    from undaunted.core.accounts.actions import acting_as  # noqa: PLC0415 - as above
    from undaunted.core.sharing.rules import Tlp  # noqa: PLC0415 - as above
    from undaunted.core.vault.actions import open_at_terminal  # noqa: PLC0415 - as above
    from undaunted.repression.coordination import actions  # noqa: PLC0415 - as above
    from undaunted.repression.coordination.queries import (  # noqa: PLC0415 - as above
        guest_for,
        proposal_for,
    )

    holder, first, second = _seated()
    now, partner = timezone.now(), UUID(os.environ["EXCHANGE_PARTNER"])
    with acting_as(first) as actor:
        key = open_at_terminal(os.environ["EXCHANGE_PASSPHRASE"], actor=actor, at=now)
        made = actions.begin_proposal(
            holder, SUBJECT, tlp=Tlp.AMBER_STRICT, state="XR", invited=[], actor=actor, at=now
        )
        guest = actions.invite_partner(made, partner, key=key, actor=actor, at=now)
    with acting_as(second) as actor:
        drawn_up = proposal_for(actor, made.pk)
        assert drawn_up is not None
        actions.send_proposal(drawn_up, actor=actor, at=now)
    with acting_as(first) as actor:
        invited = guest_for(actor, guest.pk)
        assert invited is not None
        until = now + timedelta(days=30)
        parcel = actions.tell_guest(invited, until, actor=actor, at=timezone.now())
    return {"parcel": str(parcel.pk)}


def _seated() -> tuple[UUID, Any, Any]:
    """Take a seat by two people; gives the organisation and both."""
    from django.utils import timezone  # noqa: PLC0415 - needs the apps

    from undaunted.core.accounts.actions import acting_as  # noqa: PLC0415 - as above
    from undaunted.core.accounts.queries import user_named  # noqa: PLC0415 - as above
    from undaunted.core.sharing.queries import own_keys_for  # noqa: PLC0415 - as above
    from undaunted.repression.coordination.actions import (  # noqa: PLC0415 - as above
        confirm_seat,
        take_seat,
    )
    from undaunted.repression.coordination.queries import seat_for  # noqa: PLC0415 - as above

    first, second, now = user_named("caseworker"), user_named("second"), timezone.now()
    assert first is not None
    assert second is not None
    with acting_as(first) as actor:
        (holder,) = actor.organisations
        own = own_keys_for(actor, holder)
        assert own is not None
        seat = take_seat(holder, own.team, actor=actor, at=now)
    with acting_as(second) as actor:
        held = seat_for(actor, seat.pk)
        assert held is not None
        confirm_seat(held, actor=actor, at=now)
    return holder, first, second


def _answer(urls: RoleUrls) -> dict[str, Any]:
    """Open a proposal that came in, and accept it; gives the package that says so."""
    _set_up(urls)
    from datetime import timedelta  # noqa: PLC0415 - as above

    from django.utils import timezone  # noqa: PLC0415 - needs the apps

    from undaunted.core.accounts.actions import acting_as  # noqa: PLC0415 - as above
    from undaunted.core.accounts.queries import user_named  # noqa: PLC0415 - as above
    from undaunted.core.sharing.queries import parcels_for  # noqa: PLC0415 - as above
    from undaunted.core.vault.actions import open_at_terminal  # noqa: PLC0415 - as above
    from undaunted.repression.coordination import actions  # noqa: PLC0415 - as above
    from undaunted.repression.coordination.queries import invitations_for  # noqa: PLC0415
    from undaunted.repression.coordination.rules import CoordinationStep  # noqa: PLC0415 - as above

    first, now = user_named("caseworker"), timezone.now()
    assert first is not None
    with acting_as(first) as actor:
        held = invitations_for(actor).get()
        key = open_at_terminal(os.environ["EXCHANGE_PASSPHRASE"], actor=actor, at=now)
        opened = actions.open_invitation(held, key=key, actor=actor, at=now)
    with acting_as(first) as actor:
        made = actions.tell_proposer(
            held, CoordinationStep.ACCEPTED, words="Our council agrees.",
            until=now + timedelta(days=20), actor=actor, at=timezone.now(),
        )  # fmt: skip
        parcel = parcels_for(actor).get(items__thing=made.pk)
    return {"parcel": str(parcel.pk), "subject": opened.subject.name}


_JOBS = {"open": _open, "meet": _meet, "agree": _agree, "propose": _propose, "answer": _answer}


def _set_up(urls: RoleUrls) -> None:
    from undaunted.config.loading import load_areas  # noqa: PLC0415 - needs the addresses

    os.environ.update(urls.variables())
    os.environ["DJANGO_SETTINGS_MODULE"] = "undaunted.config.settings"
    load_areas()


def _close_connections() -> None:
    from django.db import connections  # noqa: PLC0415 - needs the settings

    for alias in connections:
        connections[alias].close()
        connections[alias].close_pool()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(sys.argv[1])
