"""Both sides of a proposal across installations, at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.core.vault.factories import PASSPHRASE
from tests.repression.coordination.factories import NAME
from tests.repression.coordination.scene_elsewhere import in_days
from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.models import Parcel
from undaunted.repression.coordination.actions import elsewhere
from undaunted.repression.coordination.rules import CoordinationStep

if TYPE_CHECKING:
    from tests.repression.coordination.scene_elsewhere import Across

pytestmark = pytest.mark.usefixtures("ledger")


def test_both_sides_do_it_at_the_desk_by_plain_forms(across: Across) -> None:
    ours, theirs = (
        signed_in_client(house.body.documenter) for house in (across.ours, across.theirs)
    )
    second = signed_in_client(across.ours.body.publisher)
    page = f"/desk/coordination/proposals/{across.proposal.pk}/"
    assert "on another installation" in ours.get(page).text
    day = in_days(40).date().isoformat()
    guest = f"/desk/coordination/guests/{across.guest.pk}/"
    refused = ours.post(f"{guest}package/", {"until": "soon"})
    assert (refused.status_code, 'value="soon"' in refused.text) == (409, True)
    assert second.post(f"{guest}confirm/").status_code == 409
    written = ours.post(f"{guest}package/", {"until": day})
    assert written.status_code == 302
    assert written["Location"].startswith("/desk/sharing/")
    with acting_as(across.ours.body.documenter):
        parcel = Parcel.objects.get()
    across.theirs.accepted(across.ours.sealed(parcel))
    there = f"/desk/coordination/elsewhere/{across.invitation().pk}/"
    assert there in theirs.get("/desk/coordination/").text
    assert NAME not in theirs.get(there).text
    _unlocked(theirs)
    assert NAME in theirs.post(there).text
    kept = theirs.post(f"{there}step/", {"step": "declined", "until": day, "words": ""})
    assert kept.status_code == 409
    assert "Send it again" in kept.text
    told = theirs.post(f"{there}step/", {"step": "comment", "until": day, "words": "We look."})
    assert told.status_code == 302
    assert "We look." in theirs.post(there).text
    assert ours.get(there).status_code == 404
    assert theirs.get(page).status_code == 404


def test_words_of_a_guest_turn_no_page(across: Across, monkeypatch: pytest.MonkeyPatch) -> None:
    across.theirs.accepted(across.told())
    # An installation that checks nothing seals what it likes.
    monkeypatch.setattr(elsewhere, "needed_text", lambda _name, text: text)
    across.back(CoordinationStep.COMMENT, "We \u202eog \x07now. " + "a" * 7000)
    ours = signed_in_client(across.ours.body.documenter)
    _unlocked(ours)
    page = ours.post(f"/desk/coordination/proposals/{across.proposal.pk}/").text
    assert "We [U+202E]og [U+0007]now. " in page
    assert "\u202e" not in page
    assert "a" * 6001 not in page


def _unlocked(client: Any) -> None:
    assert client.post("/desk/vault/", {"passphrase": PASSPHRASE}).status_code == 302
