"""People who are not published count by the same rule: with consent, drawn, in an edition."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from typer.testing import CliRunner

from tests.core.accounts.factories import make_user
from tests.prisoners.registry.counted_factory import agree_to_statistics, hide, remember
from tests.prisoners.registry.desk import Desk, make_desk
from tests.prisoners.registry.published_worlds import PUBLISHED, Act, Person, World, random_world
from tests.prisoners.registry.test_counting import CUTS, project_all
from undaunted.core.access.rules import PUBLIC, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.models import Grant as ConsentRow
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Audience,
    Basis,
    FieldGroup,
    Grant,
    IdentityLevel,
    Objection,
    Purpose,
    permits,
)
from undaunted.core.editions.actions import Wanted, build_edition
from undaunted.core.editions.commands import commands
from undaunted.core.editions.models import EditionSubject
from undaunted.core.editions.queries import edition_for, files_of
from undaunted.core.editions.rules import (
    ParameterRefused,
    Question,
    check_document,
    numbers_of,
)
from undaunted.engines.census import Tier
from undaunted.prisoners.registry.analysis import UNPUBLISHED, unpublished_table
from undaunted.prisoners.registry.queries.unpublished import (
    may_count_unpublished,
    published_cells,
    unpublished_people,
)
from undaunted.prisoners.registry.rules.unpublished import (
    ONE_IN,
    DrawKeyChanged,
    DrawKeyMissing,
    Measure,
    NotForThePublic,
    YearCell,
    asking_mac,
    draw_key,
    finished_years,
    key_fingerprint,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django import Settings

    from undaunted.config.postgres import Lease

    OwnerSql = Callable[..., list[tuple[Any, ...]]]

YEARS = tuple(range(2015, 2026))
SALT = uuid.UUID(int=5)
TODAY = date(2026, 11, 1)


def _members(owner_sql: OwnerSql, known: Any = PUBLISHED) -> Counter[YearCell]:
    rows = owner_sql("SELECT * FROM registry_counted_cells(%s, %s)", [known, list(YEARS)])
    cells = {(bytes(token), YearCell(Measure(measure), where, year))
             for token, measure, country, year in rows for where in (country, "*")}  # fmt: skip
    return Counter(cell for _token, cell in cells)


def test_the_unpublished_are_counted_by_the_rule_of_the_published(
    ledger: Lease, owner_sql: OwnerSql
) -> None:
    """The same invented ledger, first published without names, then not: the same cells."""
    people = [
        replace(one, level="code", state="published", approvals=None, acts=_abroad(one))
        for one in random_world(4, 160).people
    ]
    world = World(tuple(people))
    world.write(ledger)
    agree_to_statistics(owner_sql, world.ids)
    project_all(ledger)
    open_ = [published_cells(PUBLIC, years=YEARS, known_at=cut) for cut in CUTS]
    assert _members(owner_sql, CUTS[0]) == {}, "whoever is published is not counted twice"
    before = _members(owner_sql, PUBLISHED - timedelta(days=1))
    assert before, "who was published later stays among the unpublished of before"
    hide(owner_sql)
    assert _members(owner_sql, PUBLISHED - timedelta(days=1)) == before
    assert published_cells(PUBLIC, years=YEARS, known_at=CUTS[0]) == {}
    for cut, cells in zip(CUTS, open_, strict=True):
        assert dict(_members(owner_sql, cut)) == cells
        assert {cell.measure for cell in cells} == set(Measure)
        assert {cell.country for cell in cells} == {"XR", "XS", "*"}


def _abroad(one: Person) -> tuple[Act, ...]:
    return tuple(replace(act, country="XS" if one.number % 3 else "XR") for act in one.acts)


def test_consent_counts_as_the_rule_of_consent_says(ledger: Lease, owner_sql: OwnerSql) -> None:
    dice = random.Random(3)  # noqa: S311 - invented people
    people = [Person(number, (), state="proposed") for number in range(220)]
    World(tuple(people)).write(ledger)
    day = owner_sql("SELECT current_date")[0][0]
    allowed = set()
    for person in people:
        grants = [_some_grant(dice, day) for _ in range(dice.choice((0, 1, 1, 2)))]
        objections = [_some_objection(dice, day)] if dice.random() < 0.3 else []
        for grant in grants:
            agree_to_statistics(owner_sql, [person.id], **_columns(grant))
        for one in objections:
            _object(owner_sql, person.id, one)
        heard = [grant for grant in grants if grant.basis is not Basis.ORGANISATION]
        if permits(heard, purpose=Purpose.STATISTICS, audience=PUBLIC_AUDIENCE,
                   field_group=FieldGroup.DETENTION, level=IdentityLevel.AGGREGATE, on=day,
                   objections=objections):  # fmt: skip
            allowed.add(person.id)
    found = {one for (one,) in owner_sql("SELECT * FROM registry_counted_only(now())")}
    assert found == allowed
    assert 20 < len(allowed) < 200


def _some_grant(dice: random.Random, day: date) -> Grant:
    def mostly(usual: Any, *others: Any) -> Any:
        return usual if dice.random() < 0.8 else dice.choice(others)

    return Grant(
        id="",
        purposes=frozenset({mostly(Purpose.STATISTICS, Purpose.REGISTRY, Purpose.REPORT)}),
        audiences=frozenset({mostly(PUBLIC_AUDIENCE, Audience.parse("organisation:other"))}),
        field_groups=frozenset({FieldGroup.IDENTITY, mostly(FieldGroup.DETENTION,
                                                           FieldGroup.HEALTH)}),
        level=dice.choice(list(IdentityLevel)),
        basis=dice.choice(list(Basis)),
        given_on=day + timedelta(days=mostly(-9, 3)),
        expires_on=day + timedelta(days=mostly(9, 0, -3)),
        revoked_on=mostly(None, day - timedelta(days=2)),
        citation=mostly("a page", ""),
    )  # fmt: skip


def _some_objection(dice: random.Random, day: date) -> Objection:
    return Objection(
        made_on=day + timedelta(days=dice.choice((-30, -9, -1))),
        purposes=dice.choice((None, frozenset({Purpose.STATISTICS}),
                              frozenset({Purpose.REGISTRY}))),
        audiences=dice.choice((None, frozenset({PUBLIC_AUDIENCE}),
                               frozenset({Audience.parse("government:XS")}))),
    )  # fmt: skip


def _columns(grant: Grant) -> dict[str, Any]:
    (purpose,), (audience,) = grant.purposes, grant.audiences
    return {
        "purpose": purpose.value, "audience": str(audience), "level": grant.level.name.lower(),
        "field_groups": [each.value for each in grant.field_groups], "basis": grant.basis.value,
        "given_on": grant.given_on, "until": grant.expires_on, "how": grant.citation,
        "revoked_at": grant.revoked_on,
    }  # fmt: skip


def _object(owner_sql: OwnerSql, subject: uuid.UUID, one: Objection) -> None:
    owner_sql(
        "INSERT INTO consent_objection (id, subject, purpose, audience, made_on, recorded_at)"
        " VALUES (%s, %s, %s, %s, %s, now())",
        [
            uuid.uuid4(),
            subject,
            next(iter(one.purposes)).value if one.purposes else "",
            str(next(iter(one.audiences))) if one.audiences else "",
            one.made_on,
        ],
    )


@pytest.fixture
def hidden(ledger: Lease, owner_sql: OwnerSql, settings: Settings) -> Desk:
    """Nobody is published but one; forty others agreed to be counted."""
    settings.DRAW_KEY = bytes(range(32))
    remember(owner_sql, SALT)
    day = date(2023, 5, 6)
    act = Act((day, day), (None, None), Tier.A)
    people = [Person(n, (act,), state="proposed") for n in range(40)]
    world = World((*people, Person(40, (act,))))
    world.write(ledger)
    agree_to_statistics(owner_sql, world.ids)
    project_all(ledger)
    return make_desk(owner_sql)


def _question(builder: Any = PUBLIC, **more: Any) -> Question:
    known = more.pop("known_at", timezone.now())
    given = {"as_of": date(2024, 12, 31), "known_at": known, "language": "en"} | more
    return Question(actor=PUBLIC, builder=builder, parameters={"years": "3"}, **given)


def test_an_edition_shows_the_published_and_ten_for_each_drawn(
    hidden: Desk, owner_sql: OwnerSql
) -> None:
    with acting_as(hidden.documenter) as actor:
        gathered = UNPUBLISHED.gather(_question(actor))
        table = unpublished_table(_question(actor))
        counted = unpublished_people(actor, years=(2024,), known_at=timezone.now())
    check_document(gathered.document)
    assert gathered.subjects == frozenset()
    drawn = sum(1 for each in counted.digests if int.from_bytes(each[:8], "big") < 2**64 // ONE_IN)
    assert 0 < drawn < len(counted.digests) == 40
    both = 1 + ONE_IN * drawn
    (country, whole) = table.rows
    assert country[1:3] == whole[1:3] == (1, both)
    assert table.keys == ("XR", "all")
    told = numbers_of(gathered.document)
    numbers = {key: value for key, (_words, value) in told.items()}
    words, _value = told["held-by-country/XR-2024/persons"]
    assert words == "Held on 31 December: by country and year: Ruritania, 2024, With unpublished"
    low, high = numbers["held-all/2024/low"], numbers["held-all/2024/high"]
    assert low is not None
    assert high is not None
    assert low <= len(counted.digests) + 1 <= high
    for key, expected in {
        "held-all/2022": (0, 0), "held-all/2023": (1, both), "held-by-country/XR-2024": (1, both),
        "arrested-by-country/XR-2023": (1, both), "arrested-all/2024": (0, 0),
    }.items():  # fmt: skip
        assert (numbers[f"{key}/published"], numbers[f"{key}/persons"]) == expected, key
    assert gathered.document.hypothetical
    _assert_alike_in_every_language(hidden, owner_sql)
    assert owner_sql("SELECT fingerprint FROM registry_draw") == [
        (key_fingerprint(draw_key(bytes(range(32)), SALT)),)
    ]
    text = str(gathered.document.blocks[0])
    assert "one in 10" in text
    assert "up to 35" in text


def _assert_alike_in_every_language(hidden: Desk, owner_sql: OwnerSql) -> None:
    """Somebody withdraws while an edition is written: no language tells it before the other."""
    with acting_as(hidden.documenter) as actor:
        english = _question(actor)
        before = numbers_of(UNPUBLISHED.gather(english).document)
        owner_sql("UPDATE consent_grant SET until = '2021-01-01' WHERE purpose = 'statistics'")
        arabic = replace(english, language="ar")
        told = numbers_of(UNPUBLISHED.gather(arabic).document)
        after = numbers_of(UNPUBLISHED.gather(_question(actor)).document)
    assert {key: value for key, (_words, value) in told.items()} == {
        key: value for key, (_words, value) in before.items()
    }
    assert after != before, "the next edition tells it"


def test_a_withdrawal_ends_no_edition_and_is_in_none_that_follows(
    hidden: Desk, owner_sql: OwnerSql, tmp_path: Path
) -> None:
    wanted = Wanted("counts-with-unpublished", date(2024, 12, 31), timezone.now())
    with acting_as(hidden.documenter) as actor:
        edition = build_edition(wanted, hidden.organisation, actor=actor, at=timezone.now())
        assert not EditionSubject.objects.exists()
        assert sorted(file.name.rpartition(".")[2] for file in files_of(actor, edition)) == [
            "docx", "html", "json", "pdf", "zip"]  # fmt: skip
        assert (edition.purpose, edition.series) == ("statistics", "counts-with-unpublished")
    first = edition.figures["held-all/2024/persons"]
    owner_sql("UPDATE consent_grant SET holder = %s", [hidden.organisation])
    with acting_as(hidden.documenter) as actor:
        for grant in ConsentRow.objects.filter(purpose="statistics"):
            revoke_consent(grant, actor=actor, at=timezone.now())
        assert edition_for(actor, edition.pk) is not None, "what is printed told of nobody"
        table = unpublished_table(_question(actor))
    assert first > 1
    assert table.rows[-1][1:3] == (1, 1), "from now on nobody is counted"
    refused = CliRunner().invoke(
        commands, ["build", "counts-with-unpublished", "--as-of", "2024-12-31",
                   "--known-at", "2025-01-01", "--out", str(tmp_path)]
    )  # fmt: skip
    assert refused.exit_code == 2
    assert "for somebody who may build" in refused.output
    assert "counts-with-unpublished" in CliRunner().invoke(commands, ["kinds"]).output


def test_nobody_asks_but_whoever_may_build_an_edition(hidden: Desk, owner_sql: OwnerSql) -> None:
    with pytest.raises(NotForThePublic, match="sign in"):
        UNPUBLISHED.gather(_question())
    reader = make_user(owner_sql, {hidden.organisation: [Role.READER]})
    for person in (hidden.steward, reader):
        with acting_as(person) as actor, pytest.raises(NotForThePublic):
            unpublished_people(actor, years=(2024,), known_at=PUBLISHED)
    owner_sql(
        "UPDATE accounts_organisation SET government = true, country = 'XS' WHERE id = %s",
        [hidden.organisation],
    )
    with acting_as(hidden.documenter) as actor:
        assert not may_count_unpublished(actor)
        with pytest.raises(NotForThePublic, match="government"):
            unpublished_people(actor, years=(2024,), known_at=PUBLISHED)


def test_another_key_or_none_is_refused(hidden: Desk, settings: Settings) -> None:
    def count() -> None:
        with acting_as(hidden.documenter) as actor:
            unpublished_people(actor, years=(2024,), known_at=PUBLISHED)

    count()
    settings.DRAW_KEY = bytes(32)
    with pytest.raises(DrawKeyChanged, match="put the former key back"):
        count()
    settings.DRAW_KEY = b""
    with pytest.raises(DrawKeyMissing, match="openssl rand"):
        count()


def test_sql_alone_counts_nobody(hidden: Desk, settings: Settings) -> None:
    ask = "SELECT count(*) FROM registry_unpublished(%s, '{2024}', %s, %s)"
    key = settings.SESSION_BINDING_KEY
    with acting_as(hidden.steward) as actor:
        right = asking_mac(key, PUBLISHED, (2024,), "print", actor.person)
    for person, mac, why in (
        (hidden.documenter, b"guess", "for editions alone"),
        (hidden.documenter, right, "for editions alone"),
        (hidden.steward, right, "may build an edition"),
    ):
        with (
            acting_as(person),
            connection.cursor() as cursor,
            pytest.raises(DatabaseError, match=why),
        ):
            cursor.execute(ask, [PUBLISHED, "print", mac])


def test_a_year_has_cells_once_its_last_day_has_come() -> None:
    assert finished_years(date(2025, 12, 30), 2) == (2023, 2024)
    assert finished_years(date(2025, 12, 31), 2) == (2024, 2025)
    assert finished_years(date(1, 12, 31), 2) == (1,)
    with pytest.raises(ParameterRefused, match="no year has ended"):
        finished_years(date(1, 12, 30), 2)
    (years,) = UNPUBLISHED.parameters
    assert years.read("07") == "7"
    for wrong in ("0", "31", "-1", "ten", ""):
        with pytest.raises(ParameterRefused, match="from 1 to 30"):
            years.read(wrong)
