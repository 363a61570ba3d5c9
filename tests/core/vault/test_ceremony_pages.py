"""The rehearsal through pages: shares taken, checked, put together, and a lost key brought back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user, signed_in_client
from tests.core.vault.factories import PASSPHRASE, make_colleague, make_office
from undaunted.core.access.rules import Role
from undaunted.core.vault.actions import open_at_terminal, open_sealed, seal_for

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("ledger")
HERE = "/desk/vault/"
FRESH = "eleven paper boats at the weir"


class Ceremony:
    """Three organisations with a holder each, an administrator, and an office that works."""

    def __init__(self, owner_sql: Any) -> None:
        self.office = make_office(owner_sql)
        self.houses = [make_organisation(owner_sql, name) for name in ("Archive", "Bar", "Friends")]
        self.holders = [make_colleague(owner_sql, {each: [Role.READER]}) for each in self.houses]
        clerk = make_user(owner_sql, {self.office.holder: [Role.ADMINISTRATOR]})
        self.clerk = signed_in_client(clerk)
        self.desks = [signed_in_client(each.user) for each in self.holders]

    def named(self, threshold: int = 2) -> dict[str, Any]:
        """Give the form that names all three."""
        typed: dict[str, Any] = {"threshold": threshold}
        for number, (house, holder) in enumerate(
            zip(self.houses, self.holders, strict=True), start=1
        ):
            typed |= {f"house{number}": house, f"name{number}": holder.user.username}
        return typed

    def taken(self, desk: Client) -> str:
        """Let one holder open their key, write the words down and type them back."""
        _post(desk, HERE, passphrase=PASSPHRASE)
        words = _words(_post(desk, HERE + "ceremony/share/"))
        assert len(words.split()) == 33
        assert _post(desk, HERE + "ceremony/share/take/", words=words).status_code == 302
        return words


@pytest.fixture
def scene(owner_sql: Any) -> Ceremony:
    return Ceremony(owner_sql)


def _post(client: Client, address: str, **typed: Any) -> Any:
    return client.post(address, typed, secure=True)


def _get(client: Client, address: str) -> str:
    return str(client.get(address, secure=True, follow=True).content.decode())


def _words(answer: Any) -> str:
    return " ".join(re.findall(r"<li><code>([a-z]+)</code></li>", answer.content.decode()))


def test_three_take_their_shares_and_two_bring_a_lost_key_back(scene: Ceremony) -> None:
    office, record = scene.office, uuid4()
    asked: dict[str, Any] = {"kind": "note", "version": 1, "at": timezone.now()}
    with office.caseworker.acting() as actor:
        made = seal_for(office.team, record, b"They came at night.", actor=actor, **asked)
    assert "No ceremony was held" in _get(scene.clerk, HERE + "ceremony/")
    assert _post(scene.clerk, HERE + "ceremony/begin/", **scene.named()).status_code == 302
    assert "A share waits for you" in _get(scene.desks[0], HERE)
    shares = [scene.taken(scene.desks[0])]
    assert "No ceremony was held" in _get(scene.clerk, HERE + "ceremony/")
    shares += [scene.taken(desk) for desk in scene.desks[1:]]
    assert "2 of 3 shares are needed" in _get(scene.clerk, HERE + "ceremony/")
    who = signed_in_client(office.caseworker.user)
    _post(who, HERE, passphrase=PASSPHRASE)
    _post(who, HERE + "lock/")
    page = _get(who, HERE + "lost/")
    assert "nothing is lost: 1 colleague opens the same" in page
    typed = {"share1": shares[2], "share2": shares[0], "passphrase": FRESH, "again": FRESH}
    wrong = _post(who, HERE + "lost/", **{**typed, "share2": shares[2]}).content.decode()
    assert "More different shares are needed" in wrong
    assert _post(who, HERE + "lost/", **typed).status_code == 302
    assert "Your key is open" in _get(who, HERE)
    with office.caseworker.acting() as actor:
        fresh = open_at_terminal(FRESH, actor=actor, at=timezone.now())
        found = open_sealed(made.envelope, record, key=fresh, actor=actor, **asked)
    assert (fresh.generation, found) == (2, b"They came at night.")


def test_a_share_is_gone_once_it_is_typed_back(scene: Ceremony, owner_sql: Any) -> None:
    _post(scene.clerk, HERE + "ceremony/begin/", **scene.named())
    desk = scene.desks[0]
    assert desk.get(HERE + "ceremony/share/", secure=True)["Location"] == HERE
    assert _post(desk, HERE + "ceremony/share/take/", words="any")["Location"] == HERE
    _post(desk, HERE, passphrase=PASSPHRASE)
    assert "I am ready" in _get(desk, HERE + "ceremony/share/")
    said = _post(desk, HERE + "ceremony/share/take/", words="").content.decode()
    assert "Type it back" in said
    words = _words(_post(desk, HERE + "ceremony/share/")).split()
    slip = [*words[:6], "academic" if words[6] != "academic" else "acid", *words[7:]]
    said = _post(desk, HERE + "ceremony/share/take/", words=" ".join(slip)).content.decode()
    assert "Word 7 is not the word of your share" in said
    assert words == _words(_post(desk, HERE + "ceremony/share/")).split()
    _post(desk, HERE + "ceremony/share/take/", words=" ".join(words))
    assert owner_sql("SELECT sealed FROM vault_share WHERE taken_at IS NOT NULL") == [(None,)]
    for address in ("ceremony/share/", "ceremony/share/take/"):
        assert _post(desk, HERE + address, words=" ".join(words)).status_code == 404
    assert desk.get(HERE + "ceremony/share/", secure=True).status_code == 404
    kept = str(owner_sql("SELECT * FROM vault_share")) + str(
        owner_sql("SELECT * FROM audit_detail")
    )
    assert not any(f" {word} " in kept for word in words[4:])


def test_who_begins_a_ceremony_sees_no_share_and_nobody_elses_waits_for_them(
    scene: Ceremony, owner_sql: Any
) -> None:
    answer = _post(scene.clerk, HERE + "ceremony/begin/", **scene.named())
    assert _words(answer) == ""
    page = _get(scene.clerk, HERE + "ceremony/")
    assert all(each.user.username in page for each in scene.holders)
    stranger = signed_in_client(scene.office.steward.user)
    page = _get(stranger, HERE + "ceremony/")
    assert "Archive" in page
    assert not any(each.user.username in page for each in scene.holders)
    _post(stranger, HERE, passphrase=PASSPHRASE)
    assert stranger.get(HERE + "ceremony/share/", secure=True).status_code == 404
    assert stranger.get(HERE + "ceremony/begin/", secure=True).status_code == 404
    assert _post(stranger, HERE + "ceremony/abandon/").status_code == 404


def test_rows_that_are_wrong_are_named(scene: Ceremony) -> None:
    begin = HERE + "ceremony/begin/"
    typed = scene.named()
    for change, sentence in (
        ({"house2": typed["house1"]}, "This organisation has a share already."),
        ({"name2": ""}, "Give both an organisation and a user name."),
        ({"name2": "nobody"}, "Nobody of this organisation has this user name and a key."),
        ({"threshold": 4}, "Fewer organisations are named than are needed."),
    ):
        said = _post(scene.clerk, begin, **typed | change).content.decode()
        assert sentence in said
    assert _post(scene.clerk, begin, **typed).status_code == 302
    twice = typed | {"name3": typed["name2"], "house3": typed["house1"]}
    assert "has a share already" in _post(scene.clerk, begin, **twice).content.decode()
    assert "A ceremony is under way" in _post(scene.clerk, begin, **typed).content.decode()


def test_somebody_of_two_organisations_holds_one_share(scene: Ceremony, owner_sql: Any) -> None:
    both = make_colleague(owner_sql, {each: [Role.READER] for each in scene.houses[:2]})
    name = both.user.username
    typed = {**scene.named(), "name1": name, "name2": name}
    said = _post(scene.clerk, HERE + "ceremony/begin/", **typed).content.decode()
    assert "Name different people of different organisations." in said


def test_a_ceremony_is_broken_off_and_the_one_in_force_stays(
    scene: Ceremony, owner_sql: Any
) -> None:
    _post(scene.clerk, HERE + "ceremony/begin/", **scene.named())
    for desk in scene.desks:
        scene.taken(desk)
    _post(scene.clerk, HERE + "ceremony/begin/", **scene.named(3))
    page = scene.clerk.post(HERE + "ceremony/abandon/", secure=True, follow=True).content.decode()
    assert "its shares are destroyed" in page
    assert "2 of 3 shares are needed" in page
    assert owner_sql("SELECT count(*) FROM vault_share WHERE sealed IS NOT NULL") == [(0,)]
    page = scene.clerk.post(HERE + "ceremony/abandon/", secure=True, follow=True).content.decode()
    assert "No ceremony is under way." in page


def test_sheets_are_checked_alone_and_rehearsed_together(scene: Ceremony, owner_sql: Any) -> None:
    desk = scene.desks[0]
    assert "No ceremony was held" in _get(desk, HERE + "ceremony/rehearse/")
    said = _post(desk, HERE + "ceremony/check/", words="abandon " * 33).content.decode()
    assert "no ceremony in force" in said
    _post(scene.clerk, HERE + "ceremony/begin/", **scene.named())
    shares = [scene.taken(each) for each in scene.desks]
    before = owner_sql("SELECT * FROM vault_recovery"), owner_sql("SELECT * FROM vault_publickey")
    for words, sentence in (
        ("", "This field is required."),
        (shares[1], "These are not the words of your share."),
        ("acid " * 32, "A share has 33 words."),
    ):
        assert sentence in _post(desk, HERE + "ceremony/check/", words=words).content.decode()
    checked = desk.post(HERE + "ceremony/check/", {"words": shares[0]}, secure=True, follow=True)
    assert "Your sheet is right" in checked.content.decode()
    rehearse = HERE + "ceremony/rehearse/"
    assert "Rehearse a recovery" in _get(desk, rehearse)
    said = _post(desk, rehearse, share1=shares[0], share2=shares[0]).content.decode()
    assert "More different shares are needed" in said
    typed = {"share1": shares[1].upper(), "share2": f" {shares[2]}\n"}
    page = desk.post(rehearse, typed, secure=True, follow=True).content.decode()
    assert "These shares would bring a lost key back." in page
    after = owner_sql("SELECT * FROM vault_recovery"), owner_sql("SELECT * FROM vault_publickey")
    assert before == after
    told = owner_sql("SELECT verb FROM audit_entry WHERE verb LIKE 'recovery.%%' ORDER BY at")
    assert [verb for (verb,) in told][-1] == "recovery.rehearsed"


def test_without_a_quorum_the_page_says_what_is_lost(scene: Ceremony, owner_sql: Any) -> None:
    office = scene.office
    with office.steward.acting() as actor:
        asked: dict[str, Any] = {"kind": "note", "version": 1, "at": timezone.now()}
        seal_for(office.team, uuid4(), b"text", actor=actor, **asked)
    owner_sql(
        "UPDATE vault_member SET left_at = now() WHERE user_id = %s", [office.caseworker.user.pk]
    )
    who = signed_in_client(office.steward.user)
    page = _get(who, HERE + "lost/")
    assert "There is no way to bring this key back" in page
    assert "lost for ever: nobody else opens them" in page
    give_up = HERE + "lost/give-up/"
    assert "Your old key, and its copy for recovery, are destroyed." in _get(who, give_up)
    assert _post(who, give_up, passphrase=FRESH, again=FRESH).status_code == 200
    said = _post(who, give_up, passphrase="short", again="short", understood="on").content.decode()
    assert "too short" in said
    assert _post(who, give_up, passphrase=FRESH, again=FRESH, understood="on").status_code == 302
    page = _get(who, HERE)
    assert "Your key is open" in page
    assert "take you in again" in page
    assert "You are in no team." in _get(who, HERE + "teams/")
    keyless = scene.clerk
    for address in ("lost/", "lost/give-up/"):
        assert "You have no key yet" in _get(keyless, HERE + address)


def test_the_sheets_of_an_earlier_ceremony_are_named_by_their_day(
    scene: Ceremony, owner_sql: Any
) -> None:
    _post(scene.clerk, HERE + "ceremony/begin/", **scene.named())
    for desk in scene.desks:
        scene.taken(desk)
    who = signed_in_client(scene.office.caseworker.user)
    _post(who, HERE, passphrase=PASSPHRASE)
    owner_sql("UPDATE vault_recovery SET retired_at = now()")
    page = _get(who, HERE + "lost/")
    assert "You need the sheets of the ceremony of" in page
    assert "<li><bdi>Archive</bdi></li>" in re.sub(r"<bdi[^>]*>", "<bdi>", page)
