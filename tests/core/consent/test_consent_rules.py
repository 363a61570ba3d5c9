"""Consent covers what was agreed to, and nothing beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Audience,
    AudienceKind,
    AudienceUnreadable,
    Basis,
    FieldGroup,
    Grant,
    IdentityLevel,
    NeverPublic,
    Objection,
    Permission,
    Purpose,
    Reason,
    check_public,
    highest_level,
    moment_kept,
    permits,
)

TODAY = date(2026, 6, 1)
LITHUANIA = Audience.parse("government:lt")
RURITANIA = Audience.parse("government:XR")
FRIENDS = Audience.parse("organisation:7f3a")

GRANT = Grant(
    id="g1",
    purposes=frozenset({Purpose.REGISTRY}),
    audiences=frozenset({PUBLIC_AUDIENCE}),
    field_groups=frozenset({FieldGroup.IDENTITY}),
    level=IdentityLevel.PSEUDONYM,
    basis=Basis.SELF,
    given_on=date(2026, 1, 1),
    expires_on=date(2027, 1, 1),
)


def ask(  # noqa: PLR0913
    *grants: Grant,
    purpose: Purpose = Purpose.REGISTRY,
    audience: Audience = PUBLIC_AUDIENCE,
    field_group: FieldGroup = FieldGroup.IDENTITY,
    level: IdentityLevel = IdentityLevel.PSEUDONYM,
    on: date = TODAY,
    origin_states: tuple[str, ...] = ("XR",),
    objections: tuple[Objection, ...] = (),
    fingerprint: str | None = None,
) -> Permission:
    return permits(
        grants,
        purpose=purpose,
        audience=audience,
        field_group=field_group,
        level=level,
        on=on,
        origin_states=origin_states,
        objections=objections,
        fingerprint=fingerprint,
    )


def test_nothing_granted_means_nothing_permitted() -> None:
    assert ask() == Permission(allowed=False, by_which_grant=None, reason=Reason.NO_GRANT)


def test_grant_permits_what_it_names() -> None:
    answer = ask(GRANT)
    assert answer
    assert (answer.by_which_grant, answer.reason) == ("g1", Reason.GRANTED)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"purposes": frozenset({Purpose.CAMPAIGN})}, Reason.OTHER_PURPOSE),
        ({"purposes": frozenset()}, Reason.OTHER_PURPOSE),
        ({"audiences": frozenset({FRIENDS})}, Reason.OTHER_AUDIENCE),
        ({"audiences": frozenset()}, Reason.OTHER_AUDIENCE),
        ({"field_groups": frozenset()}, Reason.OTHER_FIELDS),
        ({"level": IdentityLevel.CODE}, Reason.LEVEL_TOO_HIGH),
        ({"basis": Basis.PUBLIC_RECORD}, Reason.PUBLIC_RECORD_TOO_NARROW),
        ({"given_on": date(2026, 6, 2)}, Reason.NOT_YET),
        ({"expires_on": None}, Reason.NO_END),
        ({"expires_on": TODAY}, Reason.EXPIRED),
        ({"revoked_on": TODAY}, Reason.REVOKED),
    ],
)
def test_each_dimension_alone_refuses(changes: dict[str, object], reason: Reason) -> None:
    answer = ask(replace(GRANT, **changes))  # type: ignore[arg-type]
    assert (bool(answer), answer.reason) == (False, reason)


def test_last_day_before_expiry_and_before_revocation_still_counts() -> None:
    assert ask(replace(GRANT, expires_on=date(2026, 6, 2), revoked_on=date(2026, 6, 2)))


def test_two_halves_do_not_make_a_whole() -> None:
    fields = replace(GRANT, id="g2", level=IdentityLevel.NAME, field_groups=frozenset())
    assert not ask(GRANT, fields, level=IdentityLevel.NAME)


def test_refusal_gives_the_reason_of_the_nearest_grant() -> None:
    far = replace(GRANT, id="far", purposes=frozenset({Purpose.MEMO}))
    near = replace(GRANT, id="near", revoked_on=date(2026, 2, 1))
    assert ask(far, near).reason is ask(near, far).reason is Reason.REVOKED


def test_asking_for_nothing_is_refused() -> None:
    assert ask(GRANT, level=IdentityLevel.NONE).reason is Reason.NOTHING_ASKED


@pytest.mark.parametrize("fields", [FieldGroup.FAMILY, FieldGroup.CONTACT])
def test_family_and_contact_are_never_public(fields: FieldGroup) -> None:
    everything = replace(GRANT, field_groups=frozenset(FieldGroup))
    assert ask(everything, field_group=fields).reason is Reason.NEVER_PUBLIC
    friends = replace(everything, audiences=frozenset({FRIENDS}))
    assert ask(friends, field_group=fields, audience=FRIENDS)


def test_public_consent_covers_organisations_but_no_government() -> None:
    assert ask(GRANT, audience=FRIENDS)
    assert ask(GRANT, audience=LITHUANIA).reason is Reason.GOVERNMENT_NOT_NAMED


def test_agreement_that_was_shown_a_key_covers_no_other_key_of_that_name() -> None:
    named = replace(GRANT, audiences=frozenset({FRIENDS}))
    shown = replace(named, fingerprints=frozenset({"aa"}))
    assert ask(shown, audience=FRIENDS, fingerprint="aa")
    assert ask(shown, audience=FRIENDS, fingerprint="bb").reason is Reason.OTHER_AUDIENCE
    assert ask(shown, audience=FRIENDS), "nobody outside asks"
    assert ask(named, audience=FRIENDS, fingerprint="bb"), "no key was shown"
    public = replace(shown, audiences=frozenset({PUBLIC_AUDIENCE, FRIENDS}))
    assert ask(public, audience=FRIENDS, fingerprint="bb")


def test_government_sees_only_where_it_is_named() -> None:
    named = replace(GRANT, audiences=frozenset({LITHUANIA}))
    assert ask(named, audience=LITHUANIA)
    assert not ask(named, audience=Audience.parse("government:PL"))
    assert not ask(named)


def test_origin_state_never_sees_even_where_it_is_named() -> None:
    named = replace(GRANT, audiences=frozenset({RURITANIA}))
    assert ask(named, audience=RURITANIA).reason is Reason.ORIGIN_STATE
    assert not ask(named, audience=RURITANIA, origin_states=("xr", "XS"))


def test_unknown_origin_state_denies_every_government() -> None:
    named = replace(GRANT, audiences=frozenset({LITHUANIA}))
    refused = ask(named, audience=LITHUANIA, origin_states=())
    assert refused.reason is Reason.ORIGIN_UNKNOWN


RECORD = replace(GRANT, basis=Basis.PUBLIC_RECORD, citation="Gazette 12/2025")


def test_public_record_needs_its_citation() -> None:
    assert ask(RECORD)
    assert not ask(replace(RECORD, citation=" "))


def test_public_record_is_no_consent_to_more() -> None:
    wide = replace(
        RECORD,
        purposes=frozenset(Purpose),
        field_groups=frozenset(FieldGroup),
        audiences=frozenset({PUBLIC_AUDIENCE, LITHUANIA}),
    )
    assert not ask(wide, purpose=Purpose.CAMPAIGN)
    assert not ask(wide, field_group=FieldGroup.HEALTH)
    assert not ask(wide, audience=LITHUANIA)


def test_after_the_persons_own_no_only_their_own_word_counts() -> None:
    taken_back = replace(GRANT, id="g2", revoked_on=TODAY)
    family = replace(GRANT, basis=Basis.FAMILY_PROXY)
    for other in (RECORD, family):
        for grants in ((other, taken_back), (taken_back, other)):
            assert ask(*grants).reason is Reason.REVOKED
            assert ask(*grants, on=date(2026, 5, 31))
    assert ask(taken_back, RECORD, GRANT).by_which_grant == "g1"
    assert ask(RECORD, replace(taken_back, purposes=frozenset({Purpose.REPORT})))
    assert ask(RECORD, replace(taken_back, audiences=frozenset({FRIENDS})))
    assert ask(RECORD, replace(family, revoked_on=TODAY))


def test_objection_ends_earlier_grants_and_later_agreement_reopens() -> None:
    objection = Objection(date(2026, 3, 1))
    assert ask(GRANT, objections=(objection,)).reason is Reason.OBJECTED
    assert ask(replace(GRANT, given_on=date(2026, 3, 2)), objections=(objection,))
    assert ask(GRANT, on=date(2026, 2, 28), objections=(objection,))


def test_objection_bars_the_public_record_for_ever() -> None:
    later = replace(RECORD, given_on=date(2026, 5, 1))
    assert not ask(later, objections=(Objection(date(2026, 3, 1)),))


def test_objection_reaches_its_purposes_and_audiences_only() -> None:
    campaign = Objection(date(2026, 3, 1), purposes=frozenset({Purpose.CAMPAIGN}))
    assert ask(GRANT, objections=(campaign,))
    named = replace(GRANT, audiences=frozenset({FRIENDS, LITHUANIA}))
    no_lithuania = Objection(date(2026, 3, 1), audiences=frozenset({LITHUANIA}))
    assert ask(named, audience=FRIENDS, objections=(no_lithuania,))
    assert not ask(named, audience=LITHUANIA, objections=(no_lithuania,))
    no_public = Objection(date(2026, 3, 1), audiences=frozenset({PUBLIC_AUDIENCE}))
    assert not ask(named, audience=FRIENDS, objections=(no_public,))


def test_highest_level_is_what_the_best_grant_gives() -> None:
    def highest(*grants: Grant) -> IdentityLevel:
        return highest_level(
            grants,
            purpose=Purpose.REGISTRY,
            audience=PUBLIC_AUDIENCE,
            field_group=FieldGroup.IDENTITY,
            on=TODAY,
        )

    assert highest() is IdentityLevel.NONE
    assert highest(GRANT) is IdentityLevel.PSEUDONYM
    assert highest(GRANT, replace(GRANT, level=IdentityLevel.NAME)) is IdentityLevel.NAME


@pytest.mark.parametrize("text", ["public", "organisation:7f3a", "government:LT", "body:wgad"])
def test_audience_reads_what_it_writes(text: str) -> None:
    assert str(Audience.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "everyone", "government", "government: ", "public:all", "organisation:"]
)
def test_audience_that_names_nobody_is_refused(text: str) -> None:
    with pytest.raises(AudienceUnreadable):
        Audience.parse(text)


# Laws

AUDIENCES = [PUBLIC_AUDIENCE, FRIENDS, LITHUANIA, RURITANIA]
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
GRANTS = st.builds(
    Grant,
    id=st.sampled_from(["g1", "g2"]),
    purposes=st.frozensets(st.sampled_from(Purpose), max_size=4),
    audiences=st.frozensets(st.sampled_from(AUDIENCES)),
    field_groups=st.frozensets(st.sampled_from(FieldGroup)),
    level=st.sampled_from(IdentityLevel),
    basis=st.sampled_from(Basis),
    given_on=DAYS,
    expires_on=st.none() | DAYS,
    revoked_on=st.none() | DAYS,
    citation=st.sampled_from(["", "Gazette"]),
)
OBJECTIONS = st.builds(
    Objection,
    made_on=DAYS,
    purposes=st.none() | st.frozensets(st.sampled_from(Purpose), max_size=3),
    audiences=st.none() | st.frozensets(st.sampled_from(AUDIENCES)),
)


@st.composite
def uses(draw: st.DrawFn) -> dict[str, object]:
    return {
        "purpose": draw(st.sampled_from(Purpose)),
        "audience": draw(st.sampled_from(AUDIENCES)),
        "field_group": draw(st.sampled_from(FieldGroup)),
        "level": draw(st.sampled_from(IdentityLevel)),
        "on": draw(DAYS),
        "origin_states": draw(st.sampled_from([(), ("XR",), ("XR", "LT")])),
    }


@given(st.lists(GRANTS, max_size=4), uses(), DAYS, st.data())
def test_revoking_never_widens(
    grants: list[Grant], use: dict[str, object], day: date, data: st.DataObject
) -> None:
    fewer = [
        replace(grant, revoked_on=min(day, grant.revoked_on or day))
        if data.draw(st.booleans())
        else grant
        for grant in grants
    ]
    if permits(fewer, **use):  # type: ignore[arg-type]
        assert permits(grants, **use)  # type: ignore[arg-type]


@given(st.lists(GRANTS, max_size=4), uses(), st.lists(OBJECTIONS, max_size=2), OBJECTIONS)
def test_objecting_never_widens(
    grants: list[Grant],
    use: dict[str, object],
    objections: list[Objection],
    another: Objection,
) -> None:
    if permits(grants, objections=[*objections, another], **use):  # type: ignore[arg-type]
        assert permits(grants, objections=objections, **use)  # type: ignore[arg-type]


@given(st.lists(GRANTS, max_size=4), uses())
def test_grant_named_as_the_ground_suffices_alone(
    grants: list[Grant], use: dict[str, object]
) -> None:
    answer = permits(grants, **use)  # type: ignore[arg-type]
    if answer:
        ground = [grant for grant in grants if grant.id == answer.by_which_grant]
        assert permits(ground, **use)  # type: ignore[arg-type]


@given(st.lists(GRANTS, max_size=4), uses())
def test_origin_state_is_refused_under_all_grants(
    grants: list[Grant], use: dict[str, object]
) -> None:
    use = use | {"audience": RURITANIA}
    assert not permits(grants, **use)  # type: ignore[arg-type]


@given(st.lists(GRANTS, max_size=4), uses())
def test_less_than_what_is_permitted_is_permitted(
    grants: list[Grant], use: dict[str, object]
) -> None:
    if permits(grants, **use):  # type: ignore[arg-type]
        lower = use | {"level": IdentityLevel.AGGREGATE}
        assert permits(grants, **lower)  # type: ignore[arg-type]


def test_kinds_of_audience_are_all_readable() -> None:
    for kind in AudienceKind:
        text = kind.value if kind is AudienceKind.PUBLIC else f"{kind.value}:X"
        assert Audience.parse(text).kind is kind


@pytest.mark.parametrize("group", FieldGroup)
def test_family_and_contact_are_never_agreed_to_be_public(group: FieldGroup) -> None:
    check_public(Audience(AudienceKind.BODY, "ohchr"), [group])
    if group in {FieldGroup.FAMILY, FieldGroup.CONTACT}:
        with pytest.raises(NeverPublic):
            check_public(PUBLIC_AUDIENCE, [FieldGroup.IDENTITY, group])
    else:
        check_public(PUBLIC_AUDIENCE, [group])


def test_of_a_withdrawal_by_receipt_the_hour_alone_is_kept() -> None:
    at = datetime(2026, 6, 1, 9, 41, 7, 5, tzinfo=UTC)
    assert moment_kept({"by": "receipt"}, at) == datetime(2026, 6, 1, 9, tzinfo=UTC)
    assert moment_kept({"by": "desk"}, at) == moment_kept({}, at) == at
