"""Officials of a government read nobody's identity that consent has not made public (S7).

They are given every role, a second hat in another organisation, and SQL; the record is shared with
the whole instance, and its person has even agreed that another government sees it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from tests.core.accounts.factories import make_organisation, make_user, signed_in_client
from undaunted.core.access.rules import Facts, Role, Sharing, Verb, decide
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import record_consent
from undaunted.core.consent.queries import grants_for
from undaunted.core.consent.rules import (
    Audience,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
    Reason,
    permits,
)
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.prisoners.registry.queries.records import case_file, people_named

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from undaunted.core.accounts.models import User
    from undaunted.core.actors.models import Party

pytestmark = pytest.mark.usefixtures("ledger")

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
MARK = "Secretia Officialdotter"
EVERY = list(Role)
READABLE = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
      AND (has_table_privilege('undaunted_desk', c.oid, 'SELECT'))
    ORDER BY c.relname
"""


@dataclass
class World:
    """A shared record of a home for the persecuted, and officials of a hypothetical state."""

    home: UUID
    ministry: UUID
    colleague: User
    official: User
    two_hats: User
    party: Party


@pytest.fixture
def world(owner_sql: Callable[..., Any]) -> World:
    home, ministry, other = (make_organisation(owner_sql) for _ in range(3))
    owner_sql(
        "UPDATE accounts_organisation SET government = true, country = 'XS' WHERE id = %s",
        [ministry],
    )
    colleague = make_user(owner_sql, {home: EVERY})
    official = make_user(owner_sql, {ministry: EVERY})
    two_hats = make_user(owner_sql, {ministry: [Role.READER], other: EVERY, home: EVERY})
    with acting_as(colleague) as actor:
        party = record_person(
            home, [(MARK, "full", "en")], actor=actor, at=AT, sharing=Sharing.SHARED, country="XR"
        )
        record_consent(
            party.pk, actor=actor, at=AT, holder=home, purpose=Purpose.QUIET_DIPLOMACY,
            audience=Audience.parse("government:XF"), level=IdentityLevel.NAME,
            field_groups=[FieldGroup.IDENTITY], basis=Basis.SELF, how="letter",
            given_on=AT.date(), until=date(2027, 1, 1), sharing=Sharing.SHARED,
        )  # fmt: skip
    return World(home, ministry, colleague, official, two_hats, party)


def everything_read() -> str:
    """Read every row of every table, as whoever is bound now."""
    with connection.cursor() as cursor:
        cursor.execute(READABLE)
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT whole::text FROM "{table}" AS whole')
            found += [text for (text,) in cursor.fetchall()]
    return "\n".join(found)


def test_a_colleague_elsewhere_reads_what_is_shared(
    world: World, owner_sql: Callable[..., Any]
) -> None:
    """Without this, a world in which nobody reads anything would pass."""
    ally = make_user(owner_sql, {make_organisation(owner_sql): [Role.READER]})
    with acting_as(ally) as actor:
        assert case_file(actor, world.party.pk) is not None
        assert MARK in everything_read()


@pytest.mark.parametrize("who", ["official", "two_hats"])
def test_an_official_reads_no_row_of_others(world: World, who: str) -> None:
    with acting_as(getattr(world, who)) as actor:
        assert actor.governments == {world.ministry}
        assert case_file(actor, world.party.pk) is None
        assert not list(people_named(actor, MARK))
        assert grants_for(actor, [world.party.pk]) == {world.party.pk: ()}
        read = everything_read()
    assert MARK not in read
    assert "Officialdotter" not in read


@pytest.mark.parametrize("who", ["official", "two_hats"])
@pytest.mark.parametrize(
    "page",
    ["/desk/", "/desk/cases/", "/desk/cases/?q=Officialdotter", "/desk/consent/", "/desk/lists/"],
)
def test_no_page_of_the_desk_tells_an_official(world: World, who: str, page: str) -> None:
    browser = signed_in_client(getattr(world, who))
    assert MARK not in browser.get(page).content.decode()
    assert browser.get(f"/desk/cases/{world.party.pk}/").status_code == 404


def test_an_official_still_works_on_what_their_body_holds(world: World) -> None:
    with acting_as(world.official) as actor:
        own = record_person(
            world.ministry, [("Own Record", "full", "en")], actor=actor, at=AT, country="XR"
        )
    with acting_as(world.official) as actor:
        assert case_file(actor, own.pk) is not None


def test_every_protected_table_is_barred_to_governments(owner_sql: Callable[..., Any]) -> None:
    open_tables = owner_sql("""
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relrowsecurity
          AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'sharing')
          AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid
                          AND p.polname = 'governments' AND NOT p.polpermissive)
    """)
    assert open_tables == []


def test_a_table_made_later_is_barred_by_the_next_migration(owner_sql: Callable[..., Any]) -> None:
    owner_sql("CREATE TABLE later (id int, holder uuid, sharing text)")
    owner_sql("ALTER TABLE later ENABLE ROW LEVEL SECURITY")
    try:
        assert owner_sql("SELECT identity_bar_governments()") == [(1,)]
        assert owner_sql("SELECT identity_bar_governments()") == [(0,)]
    finally:
        owner_sql("DROP TABLE later")


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("XF", Reason.GRANTED),
        ("XS", Reason.GOVERNMENT_NOT_NAMED),
        ("XR", Reason.ORIGIN_STATE),
        ("xr", Reason.ORIGIN_STATE),
    ],
)
def test_what_may_be_handed_to_a_government_is_asked_for_by_name(
    world: World, state: str, reason: Reason
) -> None:
    with acting_as(world.colleague) as actor:
        grants = grants_for(actor, [world.party.pk])[world.party.pk]
    told = permits(
        grants,
        purpose=Purpose.QUIET_DIPLOMACY,
        audience=Audience.parse(f"government:{state}"),
        field_group=FieldGroup.IDENTITY,
        level=IdentityLevel.NAME,
        on=AT.date(),
        origin_states=["XR"],
    )
    assert told.reason is reason


def test_the_hat_of_a_government_is_worn_in_every_session(world: World) -> None:
    for kind in ("job", "web", "terminal"):
        with acting_as(world.two_hats, kind=kind) as actor:
            assert actor.governments == {world.ministry}
            assert not decide(actor, Verb.READ, Facts(world.home, Sharing.SHARED)).allowed
            assert not decide(actor, Verb.RECORD, Facts(world.home)).allowed
    with acting_as(world.colleague) as actor:
        assert actor.governments == frozenset()
