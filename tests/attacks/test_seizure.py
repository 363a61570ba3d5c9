"""The whole machine is carried away: nothing sealed, no receipt, no open key lies on any disk.

A reporter hands in through the doors without script, the desk opens and answers, everything over
HTTP with the real processes and the log at its most talkative; then all of it is stopped and every
byte under the installation is searched.
"""

from __future__ import annotations

import gzip
import re
import secrets
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import psycopg
import pytest
from pyrage import x25519

from tests.attacks.installation import receipts_in
from tests.attacks.searching import contents_of, forms_of, found_in
from tests.core.evidence import files_of_every_kind as files
from undaunted.config.postgres import Binaries, EmbeddedServer
from undaunted.core.vault.rules import raw_identity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.attacks.installation import Installation, Visitor

pytestmark = pytest.mark.slow

WORDS = ("story", "contact", "message", "answer", "file", "name of the file", "slip", "search",
         "browser", "passphrase tried")  # fmt: skip


@dataclass
class Seized:
    """What was carried away, and what must not be in it."""

    contents: dict[str, bytes]
    canaries: dict[str, bytes]
    receipts: list[str]
    keys: dict[str, bytes]
    copy: Path


@pytest.fixture(scope="module")
def seized(_installed: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seized]:
    installation = _installed
    installation.restart()  # a flood may have come before: the doors would still ask for a wait
    canaries = {word: f"canary-{secrets.token_hex(9)}-é{n}" for n, word in enumerate(WORDS)}
    reporter, desk = installation.visitor(), installation.visitor()
    receipts = _report(reporter, canaries)
    _look_around(installation.visitor(), canaries)
    desk.sign_in(installation.people["caseworker"])
    _answer(desk, canaries)
    back = reporter.post("/help/return/", receipt=receipts[0]).text
    assert canaries["answer"] in back
    keys = _keys(installation, desk)
    installation.stop()
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(installation.var / "postgres" / "data", copy / "data", symlinks=True)
    contents = dict(contents_of(installation.folder))
    yield Seized(
        contents, {word: each.encode() for word, each in canaries.items()}, receipts, keys, copy
    )
    contents.clear()


def _report(reporter: Visitor, canaries: dict[str, str]) -> list[str]:
    """Hand in with a slip first, then a message and a file; gives both receipts."""
    slip = reporter.post("/help/help/", story=canaries["slip"])
    assert slip.status == 422
    handed = reporter.hand_in(
        story=canaries["story"], safe_contact=canaries["contact"], harmless="on"
    )
    receipts = receipts_in(handed.text)
    assert len(receipts) == 2
    reporter.post("/help/check/", receipt=receipts[0])
    reporter.post("/help/return/", receipt=receipts[1])
    box = reporter.post(
        "/help/return/write/", receipt=receipts[0], message=canaries["message"]
    ).text
    to = re.search(r"/help/return/file/[0-9a-f-]{36}/", box)
    assert to is not None
    note = (canaries["file"] + "\n").encode() * 3_000
    sent = reporter.post_file(
        to[0], canaries["name of the file"] + ".txt", note, receipt=receipts[0]
    )
    assert sent.status == 200
    picture = files.jpeg()
    assert reporter.post_file(to[0], "a.jpg", picture, receipt=receipts[0]).status == 200
    return receipts


def _look_around(reader: Visitor, canaries: dict[str, str]) -> None:
    """Search in public, with a browser that tells much, and fail to sign in."""
    query = urlencode({"q": canaries["search"]})
    told = {"User-Agent": quote(canaries["browser"]), "Referer": quote(canaries["browser"])}
    for path in (f"/registry/?{query}", f"/absent/?{query}", f"/api/v1/cases?{query}"):
        assert reader.send("GET", path, headers=told).status in {200, 404, 422}
    reader.submit("/accounts/sign-in/", login="nobody", password=canaries["passphrase tried"])


def _answer(desk: Visitor, canaries: dict[str, str]) -> None:
    """Open every mailbox and file as the desk, and answer the real one."""
    opened = 0
    for address in set(re.findall(r"/desk/intake/[0-9a-f-]{36}/", desk.get("/desk/intake/").text)):
        page = desk.submit(address, reason="first_look").text
        if canaries["story"] not in page:
            continue
        for file in set(re.findall(rf"{address}files/[0-9a-f-]{{36}}/", page)):
            opened += canaries["file"].encode() in desk.submit(address, to=file).body
        desk.submit(address, to=f"{address}answer/", text=canaries["answer"])
    assert opened == 1


def _keys(installation: Installation, desk: Visitor) -> dict[str, bytes]:
    person = installation.people["caseworker"]
    return {
        "passphrase": person["passphrase"].encode(),
        "secret of the second factor": person["secret"].encode(),
        "private key": person["key"].encode(),
        "private key in bytes": raw_identity(x25519.Identity.from_str(person["key"])),
        "cookie of the session": desk.cookies["__Host-session"].encode(),
        "cookie of the open key": desk.cookies["__Host-vault"].encode(),
    }


def test_the_search_finds_what_is_not_sealed(seized: Seized) -> None:
    """Without this, a search that looks in the wrong place would pass."""
    assert any("postgres" in where for where in found_in(seized.contents, b"drill-caseworker"))
    assert found_in(seized.contents, b"age-encryption.org/v1")
    kinds = {"postgres/data/base/", "pg_wal/", "documents/sealed/", "said.log", "server.log"}
    names = " ".join(seized.contents)
    assert {kind for kind in kinds if kind not in names} == set()


@pytest.mark.parametrize("form", sorted(forms_of(b"a word of the search")))
def test_the_search_knows_every_form_of_a_word(tmp_path: Path, form: str) -> None:
    written = forms_of(b"a word of the search")[form]
    (tmp_path / "some.file").write_bytes(b"\0before" + written + b"after\0")
    contents = dict(contents_of(tmp_path))
    assert f"{form} in some.file" in found_in(contents, b"a word of the search")


def test_the_search_looks_into_packed_files(tmp_path: Path) -> None:
    (tmp_path / "kept.gz").write_bytes(gzip.compress(b"packed: a word"))
    assert "as it is in kept.gz (unpacked)" in found_in(dict(contents_of(tmp_path)), b"a word")


@pytest.mark.parametrize("word", WORDS)
def test_no_word_of_a_report_is_on_the_disk(seized: Seized, word: str) -> None:
    assert found_in(seized.contents, seized.canaries[word]) == []


def test_no_receipt_is_on_the_disk(seized: Seized) -> None:
    """Not the digits in groups, not in one piece, not without their check digits."""
    for receipt in seized.receipts:
        groups = receipt.split()
        for text in (
            " ".join(groups[:3]), "".join(groups[:3]), "".join(each[:5] for each in groups[:4]),
            "</code> <code>".join(groups[:2]), "+".join(groups[:3]),
        ):  # fmt: skip
            assert found_in(seized.contents, text.encode()) == []


@pytest.mark.parametrize(
    "key",
    ["passphrase", "secret of the second factor", "private key", "private key in bytes",
     "cookie of the session", "cookie of the open key"],
)  # fmt: skip
def test_no_key_of_the_desk_is_on_the_disk(seized: Seized, key: str) -> None:
    assert found_in(seized.contents, seized.keys[key]) == []


def test_no_core_and_no_draft_lies_about(seized: Seized) -> None:
    left = [
        name
        for name in seized.contents
        if re.search(r"(^|/)core(\.\d+)?$|\.draft|\.upload|(^|/)tmp/", name)
    ]
    assert left == []


def test_a_logical_copy_holds_envelopes_only(seized: Seized) -> None:
    """A dump unpacks what the heap compresses; row security is lifted in the copy first."""
    server = EmbeddedServer(seized.copy, seized.copy / "secrets")
    lease = server.open()
    try:
        assert lease.owner_url is not None
        with psycopg.connect(lease.owner_url, autocommit=True) as connection:
            tables = connection.execute(
                "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relrowsecurity"
            ).fetchall()
            for (table,) in tables:
                connection.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        done = Binaries.find().run("pg_dump", "--inserts", lease.owner_url)
        assert done.returncode == 0, done.stderr
    finally:
        lease.close()
    dump = {"dump": done.stdout.encode()}
    assert b"drill-caseworker" in dump["dump"]
    assert found_in(dump, b"age-encryption.org/v1")
    for secret in (*seized.canaries.values(), *seized.keys.values()):
        assert found_in(dump, secret) == []
    for receipt in seized.receipts:
        assert found_in(dump, receipt.replace(" ", "")[:18].encode()) == []


def test_what_the_processes_said_holds_no_word(seized: Seized) -> None:
    """The log was at DEBUG: even a careless operator's log tells nothing of what people typed."""
    said = {name: content for name, content in seized.contents.items() if name.endswith(".log")}
    assert b" DEBUG " in said["said.log"]
    for secret in (*seized.canaries.values(), *seized.keys.values()):
        assert found_in(said, secret) == []
    assert b"127.0.0.1" not in said["said.log"].replace(b"http://localhost", b"")
