"""The one decision function: default no, a missing fact denies, two people where two are needed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.access.queries import FaceRouter
from undaunted.core.access.rules import (
    PUBLIC,
    RECORD_ROLES,
    Actor,
    Facts,
    Forbidden,
    Role,
    Sharing,
    Verb,
    actor_from,
    decide,
    face,
    require,
)
from undaunted.core.actors.models import Party
from undaunted.prisoners.registry.models import PublishedCase

OURS, THEIRS = uuid4(), uuid4()
TWO_PEOPLE = {Verb.RECOGNISE, Verb.PUBLISH, Verb.VERIFY_PARTNER, Verb.SEAL_SHARE}


def _actor(*roles: Role, second_factor: bool = True) -> Actor:
    return Actor(id=uuid4(), roles={OURS: frozenset(roles)}, second_factor=second_factor)


def _facts(**changed: Any) -> Facts:
    facts: dict[str, Any] = {
        "holder": OURS,
        "sharing": Sharing.ORGANISATION,
        "earlier_hands": frozenset(),
    }
    return Facts(**(facts | changed))


@given(verb=st.sampled_from(Verb), facts=st.sampled_from([Facts(), _facts()]))
def test_the_public_may_do_nothing_here(verb: Verb, facts: Facts) -> None:
    assert not decide(PUBLIC, verb, facts).allowed


@given(verb=st.sampled_from(Verb), roles=st.sets(st.sampled_from(Role)))
def test_without_the_second_factor_nothing_is_allowed(verb: Verb, roles: set[Role]) -> None:
    assert not decide(_actor(*roles, second_factor=False), verb, _facts()).allowed


@given(verb=st.sampled_from(Verb), roles=st.sets(st.sampled_from(Role)))
def test_a_missing_holder_denies(verb: Verb, roles: set[Role]) -> None:
    assert not decide(_actor(*roles), verb, _facts(holder=None)).allowed


@given(verb=st.sampled_from(Verb), roles=st.sets(st.sampled_from(Role)))
def test_roles_elsewhere_do_not_count(verb: Verb, roles: set[Role]) -> None:
    assert not decide(_actor(*roles), verb, _facts(holder=THEIRS)).allowed


@given(verb=st.sampled_from(Verb), roles=st.sets(st.sampled_from(Role)), more=st.sampled_from(Role))
def test_another_role_never_takes_a_right_away(verb: Verb, roles: set[Role], more: Role) -> None:
    before = decide(_actor(*roles), verb, _facts()).allowed
    assert decide(_actor(*roles, more), verb, _facts()).allowed >= before


def test_the_administrator_of_accounts_reads_no_record() -> None:
    actor = _actor(Role.ADMINISTRATOR)
    assert not decide(actor, Verb.READ, _facts()).allowed
    assert not decide(actor, Verb.READ, _facts(sharing=Sharing.SHARED)).allowed
    assert decide(actor, Verb.MANAGE_ACCOUNTS, _facts()).allowed


@pytest.mark.parametrize("role", sorted(RECORD_ROLES))
def test_a_shared_record_is_read_across_organisations_but_not_changed(role: Role) -> None:
    facts = _facts(holder=THEIRS, sharing=Sharing.SHARED)
    assert decide(_actor(role), Verb.READ, facts).allowed
    assert not decide(_actor(role), Verb.RECORD, facts).allowed


@pytest.mark.parametrize("verb", sorted(TWO_PEOPLE))
def test_the_second_step_needs_another_person(verb: Verb) -> None:
    actor = _actor(Role.REVIEWER, Role.PUBLISHER)
    assert decide(actor, verb, _facts(earlier_hands=frozenset({uuid4()}))).allowed
    assert actor.id is not None
    assert not decide(actor, verb, _facts(earlier_hands=frozenset({actor.id}))).allowed
    assert not decide(actor, verb, _facts(earlier_hands=None)).allowed


def test_require_raises_with_the_reason() -> None:
    require(_actor(Role.READER), Verb.READ, _facts())
    with pytest.raises(Forbidden, match="no role"):
        require(_actor(Role.READER), Verb.RECORD, _facts())


def test_an_actor_knows_where_and_as_what() -> None:
    actor = _actor(Role.STEWARD)
    assert actor.organisations == {OURS}
    assert actor.organisations_as(Role.STEWARD) == {OURS}
    assert actor.can(Verb.ACCEPT_IMPORT)
    assert not actor.can(Verb.PUBLISH)
    assert not _actor(Role.STEWARD, second_factor=False).can(Verb.ACCEPT_IMPORT)
    assert PUBLIC.is_public
    assert actor.person == actor.id
    with pytest.raises(Forbidden):
        _ = PUBLIC.person


def test_a_view_carries_its_face() -> None:
    @face("public")
    def view() -> None: ...

    assert view.access_rule == "public"  # type: ignore[attr-defined]


def test_published_projections_are_read_through_the_public_role() -> None:
    router = FaceRouter()
    assert router.db_for_read(PublishedCase) == "public"
    assert router.db_for_write(PublishedCase) == "public"
    assert router.db_for_read(Party) == "default"
    assert router.allow_relation(Party(), Party())
    assert not router.allow_relation(Party(), PublishedCase())
    assert router.allow_migrate("default")
    assert not router.allow_migrate("public")


@given(verb=st.sampled_from(Verb), role=st.sampled_from(Role), sharing=st.sampled_from(Sharing))
def test_an_official_may_do_nothing_with_what_others_hold(
    verb: Verb, role: Role, sharing: Sharing
) -> None:
    roles = {OURS: frozenset({role}), THEIRS: frozenset(Role)}
    official = Actor(id=uuid4(), roles=roles, second_factor=True, governments=frozenset({OURS}))
    assert not decide(official, verb, _facts(holder=THEIRS, sharing=sharing)).allowed
    plain = Actor(id=uuid4(), roles={OURS: frozenset({role})}, second_factor=True)
    own = _facts(sharing=sharing)
    assert decide(official, verb, own).allowed == decide(plain, verb, own).allowed


def test_an_actor_knows_the_governments_they_work_for() -> None:
    facts = {"user": str(uuid4()), "second_factor": True, "roles": [], "governments": [str(OURS)]}
    assert actor_from(facts).governments == {OURS}
    assert actor_from(facts | {"governments": []}).governments == frozenset()


def test_a_program_never_administers_people() -> None:
    roles = [[str(OURS), "administrator"], [str(OURS), "documenter"]]
    facts = {"user": str(uuid4()), "second_factor": True, "roles": roles}
    assert actor_from(facts | {"kind": "web"}).organisations_as(Role.ADMINISTRATOR) == {OURS}
    program = actor_from(facts | {"kind": "token"})
    assert program.organisations_as(Role.ADMINISTRATOR) == frozenset()
    assert program.organisations_as(Role.DOCUMENTER) == {OURS}
