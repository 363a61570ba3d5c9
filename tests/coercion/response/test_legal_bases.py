"""On what law partners stand: what was read at the publisher is told apart from what was not."""

from __future__ import annotations

from undaunted.coercion.response.readers.episode_words import Reading
from undaunted.coercion.response.readers.legal_bases import legal_bases

__all__: list[str] = []


def test_a_national_act_says_how_it_was_read() -> None:
    (basis,) = legal_bases(["export_control"], ["GBR", "CAN", "JPN", "KOR"])
    assert {code: act.status for code, act in basis.named.items()} == {
        "GBR": Reading.VERIFIED,
        "CAN": Reading.VERIFIED,
        "JPN": Reading.UNVERIFIED,
    }
    (tariff,) = legal_bases(["tariff"], ["USA", "CAN"])
    for act in (*basis.named.values(), *tariff.named.values()):
        read = act.status is Reading.VERIFIED
        assert read is ("stored copy of the publisher's page" in act.read_in)
        assert bool(act.read_in) is (act.status is not Reading.UNVERIFIED)


def test_tariffs_of_the_united_states_do_not_rest_on_the_act_for_emergencies() -> None:
    """The Supreme Court held on 20 February 2026 that it authorises none."""
    (tariff,) = legal_bases(["tariff"], ["USA"])
    assert "not the International Emergency Economic Powers Act" in tariff.named["USA"].acts


def test_what_members_of_the_union_need_was_not_read_whole() -> None:
    for basis in legal_bases(["tariff", "barrier", "export_control"], ["LTU"]):
        assert basis.status is not Reading.VERIFIED
        assert not basis.named
