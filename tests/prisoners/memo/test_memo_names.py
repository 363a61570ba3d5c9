"""Names that a desk types into a text: declared, asked about, and gone with consent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.prisoners.memo.factories import (
    AT,
    Office,
    agree_to_memos,
    built,
    hold,
    open_office,
    pdf_text,
    said,
)
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.rules import Audience, IdentityLevel
from undaunted.core.editions.writers import FOLDERS
from undaunted.prisoners.memo.actions import (
    MemoWanted,
    accept_text,
    build_memo,
    check_memo,
    preview_memo,
    write_text,
)
from undaunted.prisoners.memo.queries import subjects_of, texts_for
from undaunted.prisoners.memo.rules import MemoRefused, TextKind, TextRefused, TextState, Variant
from undaunted.prisoners.registry.actions.people import record_person

if TYPE_CHECKING:
    from uuid import UUID

    from tests.prisoners.registry.desk import Desk
    from undaunted.core.actors.models import Party
    from undaunted.prisoners.memo.models import MemoText

pytestmark = [
    pytest.mark.usefixtures("ledger"),
    pytest.mark.skipif(
        not all(folder.is_dir() for folder in FOLDERS[:2]),
        reason="needs fonts-noto-core and fonts-noto-cjk",
    ),
]
POINT = "Ask when Olena Korsak comes home."
OTHER = "Ask about Marta Vidal too."


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return open_office(owner_sql)


def _point(desk: Desk, body: str = POINT, names: tuple[UUID, ...] = (), **more: Any) -> MemoText:
    with acting_as(desk.documenter) as actor:
        return write_text(
            desk.organisation, TextKind.TALKING_POINT, body, of_country="XR", language="en",
            names=names, actor=actor, at=AT, **more,
        )  # fmt: skip


def _accepted(desk: Desk, text: MemoText) -> MemoText:
    with acting_as(desk.publisher) as actor:
        return accept_text(text, actor=actor, at=AT)


def _hidden(desk: Desk, name: str) -> Party:
    """Let another organisation record somebody."""
    with acting_as(desk.stranger) as actor:
        return record_person(desk.other, [(name, "full", "en")], actor=actor, at=AT, country="XS")


def test_name_that_is_not_declared_is_refused_with_place_and_person(office: Office) -> None:
    for body in (POINT, "Про Олену Корсак питаємо.", "Korsak, Olena: when?"):
        with pytest.raises(TextRefused, match=r"names Олена Корсак \(.+\); add them") as refusal:
            _point(office.desk, body)
        assert refusal.value.field == "names"
    with pytest.raises(TextRefused, match="keeps no such case"):
        _point(office.desk, POINT, names=(office.desk.other,))
    text = _point(office.desk, names=(office.party.pk,))
    assert text.names == [office.party.canonical]
    assert _accepted(office.desk, text).state == TextState.ACCEPTED
    ask = said(office.desk, TextKind.ASK, "Let Olena Korsak call.", subject=office.party.pk)
    assert ask.names == []


def test_declared_name_is_printed_as_consent_allows_and_ends_the_memo(
    office: Office, owner_sql: Any
) -> None:
    desk = office.desk
    _accepted(desk, _point(desk, names=(office.party.pk,)))
    marta = hold(desk, "Marta Vidal")
    _accepted(desk, _point(desk, OTHER, names=(marta.pk,)))
    coded = agree_to_memos(desk, marta, level=IdentityLevel.CODE)
    memo = built(office)
    assert POINT in pdf_text(memo)
    assert "Vidal" not in pdf_text(memo)  # she agreed to a code alone, and is not public
    assert memo.left_out == "Texts left out because consent of somebody in them is missing: 1."
    assert "consent of somebody" not in pdf_text(memo)
    house = Audience.parse(f"organisation:{desk.organisation}")
    agree_to_memos(desk, marta, house)
    restricted = built(office, Variant.RESTRICTED)
    assert OTHER in pdf_text(restricted)
    with acting_as(desk.documenter) as actor:
        assert marta.pk in subjects_of(actor, restricted)
        assert subjects_of(actor, memo) == {office.party.pk}
        revoke_consent(coded, actor=actor, at=AT + timedelta(hours=1))
    ended = owner_sql("SELECT variant, state FROM memo_memo ORDER BY variant")
    assert ended == [("public", "kept"), ("restricted", "ended")]
    with acting_as(desk.documenter) as actor:
        assert [each.body for each in texts_for(actor)] == [POINT]


def test_name_that_the_actor_may_not_see_stays_out_of_public_and_is_told_nobody(
    office: Office, owner_sql: Any
) -> None:
    desk = office.desk
    _hidden(desk, "Marta Vidal")
    text = _point(desk, OTHER)  # writing tells nothing
    assert OTHER in pdf_text(built(office, Variant.RESTRICTED))  # as they knew it from elsewhere
    done = _accepted(desk, text)
    assert (done.state, done.accepted_by) == (TextState.WITHDRAWN, None)
    assert OTHER not in pdf_text(built(office))
    told = owner_sql("SELECT count(*) FROM audit_entry WHERE verb = 'memo.text_withdrawn'")
    assert told == [(1,)]
    with acting_as(desk.publisher) as actor, pytest.raises(TextRefused, match="is withdrawn"):
        accept_text(text, actor=actor, at=AT)


@pytest.mark.parametrize("seen", [True, False])
def test_name_recorded_after_a_text_was_accepted_is_caught_when_a_memo_is_built(
    office: Office, owner_sql: Any, *, seen: bool
) -> None:
    desk = office.desk
    text = _accepted(desk, _point(desk, OTHER))
    assert text.state == TextState.ACCEPTED
    assert OTHER in pdf_text(built(office))
    who = hold(desk, "Marta Vidal") if seen else _hidden(desk, "Marta Vidal")
    wanted = MemoWanted(country="XR", counterpart="Minister", meets_on=AT.date(), as_of=AT.date())
    with acting_as(desk.documenter) as actor:
        drawn = preview_memo(wanted, desk.organisation, actor=actor, at=AT)
        assert [each.body for each in drawn.texts.undeclared] == [OTHER]
        memo = build_memo(wanted, desk.organisation, actor=actor, at=AT)
        assert "consent of somebody in them is missing: 1." in memo.left_out
        assert not texts_for(actor).exists()
    owner_sql("DELETE FROM actors_partyname WHERE party_id = %s", [who.pk])  # as erasure does
    assert OTHER not in pdf_text(built(office))


def test_ask_that_names_whom_it_is_about_asks_for_the_name(office: Office) -> None:
    desk = office.desk
    anna = hold(desk, "Anna Belova")
    agree_to_memos(desk, anna, Audience.parse(f"organisation:{desk.organisation}"),
                   level=IdentityLevel.PSEUDONYM)  # fmt: skip
    said(desk, TextKind.ASK, "A doctor for Anna Belova.", subject=anna.pk)
    memo = built(office, Variant.RESTRICTED)
    assert "Belova" not in pdf_text(memo)
    assert "consent of somebody in them is missing: 1." in memo.left_out


def test_counterpart_who_is_in_the_registry_is_refused_left_out_and_forgotten(
    office: Office, owner_sql: Any
) -> None:
    desk = office.desk
    for variant in Variant:
        with pytest.raises(MemoRefused, match="“Olena Korsak” names somebody in the registry"):
            built(office, variant, counterpart="Olena Korsak, envoy")
    later = built(office, counterpart="Marta Vidal, envoy")
    _hidden(desk, "Marta Vidal")
    assert "Marta Vidal" in pdf_text(later)
    public = built(office, counterpart="Marta Vidal")
    assert (public.counterpart, "Vidal" in pdf_text(public)) == ("", False)
    memo = built(office, Variant.RESTRICTED, counterpart="Jan Novotny, envoy")
    with acting_as(desk.documenter) as actor:
        assert check_memo(memo, actor=actor, at=AT)
        assert not check_memo(later, actor=actor, at=AT)
    grant = agree_to_memos(desk, hold(desk, "Jan Novotny"))
    with acting_as(desk.documenter) as actor:
        revoke_consent(grant, actor=actor, at=AT + timedelta(hours=1))
    told = owner_sql("SELECT counterpart, state FROM memo_memo WHERE id = %s", [memo.pk])
    assert told == [("", "ended")]
