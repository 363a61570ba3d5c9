"""Who may speak for somebody, how far, and that the person's own word takes their place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import end_proxy, record_consent, revoke_consent
from undaunted.core.consent.forms import LIMITS
from undaunted.core.consent.forms import RELATIONS as RELATION_WORDS
from undaunted.core.consent.models import Grant as GrantRow
from undaunted.core.consent.rules import (
    PROXIES,
    PROXY_GOVERNMENT_PURPOSES,
    PUBLIC_AUDIENCE,
    RELATIONS,
    WITH_MANDATE,
    Audience,
    Basis,
    FieldGroup,
    Grant,
    IdentityLevel,
    Mandate,
    PersonHasSpoken,
    ProxyLimit,
    ProxyRefused,
    Purpose,
    Relation,
    check_proxy,
    replaced_by,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.postgres import Lease
    from undaunted.core.accounts.models import User

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
UNTIL = date(2027, 11, 1)
STATE = Audience.parse("government:XS")


def asked(basis: Basis, mandate: Mandate, **changed: Any) -> None:
    use: dict[str, Any] = {
        "purpose": Purpose.REGISTRY, "audience": PUBLIC_AUDIENCE, "level": IdentityLevel.NAME,
        "groups": [FieldGroup.IDENTITY, FieldGroup.DETENTION], "until": UNTIL,
    }  # fmt: skip
    check_proxy(basis, mandate, **(use | changed))


def mandate_of(relation: Relation) -> Mandate:
    return Mandate(relation, relation in WITH_MANDATE, date(2028, 1, 1))


@pytest.mark.parametrize("basis", [each for each in RELATIONS if each is not Basis.ORGANISATION])
def test_a_proxy_with_what_it_needs_may_agree(basis: Basis) -> None:
    for relation in RELATIONS[basis]:
        asked(basis, mandate_of(relation))


@pytest.mark.parametrize("basis", [Basis.SELF, Basis.PUBLIC_RECORD])
def test_who_is_no_proxy_is_not_limited_here(basis: Basis) -> None:
    asked(basis, Mandate(), groups=[FieldGroup.HEALTH], audience=STATE)


def refused(basis: Basis, mandate: Mandate, **changed: Any) -> ProxyLimit:
    with pytest.raises(ProxyRefused) as told:
        asked(basis, mandate, **changed)
    return told.value.limit


@pytest.mark.parametrize("basis", RELATIONS)
def test_a_relation_belongs_to_its_proxy(basis: Basis) -> None:
    for relation in set(Relation) - RELATIONS[basis]:
        assert refused(basis, mandate_of(relation)) is ProxyLimit.OTHER_RELATION
    assert refused(basis, Mandate()) is ProxyLimit.OTHER_RELATION


@pytest.mark.parametrize("relation", WITH_MANDATE)
def test_whoever_speaks_by_a_paper_shows_it(relation: Relation) -> None:
    (basis,) = (each for each, held in RELATIONS.items() if relation in held)
    whole = mandate_of(relation)
    assert refused(basis, replace(whole, shown=False)) is ProxyLimit.NO_MANDATE
    assert refused(basis, replace(whole, until=None)) is ProxyLimit.NO_MANDATE


def test_no_agreement_outlasts_a_mandate() -> None:
    short = Mandate(Relation.SIBLING, shown=False, until=date(2027, 10, 31))
    assert refused(Basis.FAMILY_PROXY, short) is ProxyLimit.BEYOND_MANDATE
    asked(Basis.FAMILY_PROXY, replace(short, until=UNTIL))


def test_no_proxy_shows_everybody_papers() -> None:
    sister, group = Mandate(Relation.SIBLING), FieldGroup.DOCUMENTS
    assert refused(Basis.FAMILY_PROXY, sister, groups=[group]) is ProxyLimit.PUBLIC_PARTS
    asked(Basis.FAMILY_PROXY, sister, groups=[group], audience=Audience.parse("body:ohchr"))
    asked(Basis.FAMILY_PROXY, sister, groups=[FieldGroup.HEALTH])


@pytest.mark.parametrize("purpose", Purpose)
def test_a_proxy_names_a_government_only_to_help_this_person(purpose: Purpose) -> None:
    sister = Mandate(Relation.SIBLING)
    if purpose in PROXY_GOVERNMENT_PURPOSES:
        asked(Basis.FAMILY_PROXY, sister, audience=STATE, purpose=purpose)
    else:
        limit = refused(Basis.FAMILY_PROXY, sister, audience=STATE, purpose=purpose)
        assert limit is ProxyLimit.GOVERNMENT_PURPOSE


def test_an_organisation_opens_neither_a_government_nor_a_name_in_public() -> None:
    mandate = mandate_of(Relation.MANDATED_ORGANISATION)
    assert (
        refused(Basis.ORGANISATION, mandate, audience=STATE, purpose=Purpose.ASSISTANCE)
        is ProxyLimit.ORGANISATION_TO_GOVERNMENT
    )
    assert refused(Basis.ORGANISATION, mandate) is ProxyLimit.ORGANISATION_IN_PUBLIC
    asked(Basis.ORGANISATION, mandate, level=IdentityLevel.CODE)


def test_every_relation_and_limit_has_words() -> None:
    assert {key for key, _words in RELATION_WORDS} == {each.value for each in Relation}
    assert set(LIMITS) == set(ProxyLimit)
    assert frozenset(RELATIONS) == PROXIES


def grant(basis: Basis, purpose: Purpose = Purpose.REGISTRY, **changed: Any) -> Grant:
    made = Grant(
        str(uuid4()), frozenset({purpose}), frozenset({PUBLIC_AUDIENCE}),
        frozenset({FieldGroup.IDENTITY}), IdentityLevel.NAME, basis, AT.date(), UNTIL,
    )  # fmt: skip
    return replace(made, **changed)


def test_the_persons_word_replaces_that_of_proxies_on_the_same_use() -> None:
    sister = grant(Basis.FAMILY_PROXY)
    others = [
        grant(Basis.SELF),
        grant(Basis.PUBLIC_RECORD),
        grant(Basis.FAMILY_PROXY, Purpose.CAMPAIGN),
        grant(Basis.FAMILY_PROXY, audiences=frozenset({STATE})),
        grant(Basis.FAMILY_PROXY, revoked_on=AT.date()),
    ]
    assert replaced_by(grant(Basis.SELF), [sister, *others]) == (sister.id,)
    assert replaced_by(grant(Basis.LAWYER_PROXY), [sister, *others]) == ()


@pytest.fixture
def office(ledger: Lease, owner_sql: Callable[..., object]) -> tuple[UUID, User]:
    organisation = make_organisation(owner_sql)
    return organisation, make_user(owner_sql, {organisation: [Role.DOCUMENTER]})


def record(
    office: tuple[UUID, User], subject: UUID, basis: Basis, relation: str = "", **changed: Any
) -> GrantRow:
    terms: dict[str, Any] = {
        "holder": office[0], "purpose": Purpose.REGISTRY, "audience": PUBLIC_AUDIENCE,
        "level": IdentityLevel.NAME, "field_groups": [FieldGroup.IDENTITY], "basis": basis,
        "relation": relation, "how": "call", "given_on": AT.date(), "until": UNTIL,
    }  # fmt: skip
    with acting_as(office[1]) as actor:
        return record_consent(subject, actor=actor, at=AT, **(terms | changed))


def standing(office: tuple[UUID, User], subject: UUID) -> list[str]:
    with acting_as(office[1]):
        rows = GrantRow.objects.filter(subject=subject, revoked_at__isnull=True)
        return sorted(rows.values_list("relation", flat=True))


def test_once_the_person_has_spoken_no_proxy_does(office: tuple[UUID, User]) -> None:
    subject = uuid4()
    record(office, subject, Basis.FAMILY_PROXY, "sibling")
    record(office, subject, Basis.FAMILY_PROXY, "parent", purpose=Purpose.CAMPAIGN)
    spoken = record(office, subject, Basis.SELF)
    assert standing(office, subject) == ["", "parent"], "another purpose is another question"
    with acting_as(office[1]) as actor:
        revoke_consent(GrantRow.objects.get(pk=spoken.pk), actor=actor, at=AT)
    with pytest.raises(PersonHasSpoken):
        record(office, subject, Basis.FAMILY_PROXY, "sibling")
    assert standing(office, subject) == ["parent"], "a no is a word too"


def test_the_end_of_a_mandate_ends_what_rests_on_it(office: tuple[UUID, User]) -> None:
    subject = uuid4()
    paper = {"mandate_document": uuid4(), "mandate_until": UNTIL}
    record(office, subject, Basis.LAWYER_PROXY, "lawyer", **paper)
    record(office, subject, Basis.FAMILY_PROXY, "sibling", purpose=Purpose.CAMPAIGN)
    with acting_as(office[1]) as actor:
        assert len(end_proxy(subject, "lawyer", holder=office[0], actor=actor, at=AT)) == 1
    assert standing(office, subject) == ["sibling"]
    record(office, subject, Basis.PUBLIC_RECORD, purpose=Purpose.REPORT)
    with acting_as(office[1]) as actor:
        assert len(end_proxy(subject, "", holder=office[0], actor=actor, at=AT)) == 1
    assert standing(office, subject) == [""], "the public record is nobody's word"


def test_a_proxy_beyond_its_limit_records_nothing(office: tuple[UUID, User]) -> None:
    subject = uuid4()
    with pytest.raises(ProxyRefused, match="other_relation"):
        record(office, subject, Basis.LAWYER_PROXY, "sibling")
    assert standing(office, subject) == []
