"""A digest is stamped by an authority on this machine; what does not hold is refused."""

from __future__ import annotations

import io
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.vault.test_commands import _signed_in
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.actions import (
    StampRefused,
    record_source,
    stamp_document,
    store_document,
    verify_stamps,
)
from undaunted.core.evidence.commands import commands
from undaunted.core.evidence.queries import custody_of
from undaunted.core.evidence.readers import StampUnreadable, read_stamp
from undaunted.core.evidence.rules import SourceKind
from undaunted.core.evidence.writers import stamp_request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.core.accounts.models import User
    from undaunted.core.evidence.models import Document

pytestmark = [
    pytest.mark.usefixtures("ledger"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="an authority needs openssl"),
]
CONFIGURATION = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
"""
EXTENSIONS = "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\n"
STAMPING = "extendedKeyUsage=critical,timeStamping\n"


class Authority:
    """A certificate authority and a time stamp authority under it, made of openssl."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.requests: list[bytes] = []
        (folder / "serial").write_text("01\n")
        (folder / "extensions").write_text(EXTENSIONS + STAMPING)
        (folder / "tsa.conf").write_text(CONFIGURATION.format(folder=folder))
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        self._openssl(
            "req", "-x509", *curve, "-subj", "/CN=Root of XZ", "-days", "30",
            "-keyout", "root.key", "-out", "root.pem",
            "-addext", "keyUsage=critical,keyCertSign",
        )  # fmt: skip
        self._openssl(
            "req", "-new", *curve, "-subj", "/CN=Clock of XZ", "-keyout", "tsa.key",
            "-out", "tsa.csr",
        )  # fmt: skip
        self._openssl(
            "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key",
            "-days", "20", "-extfile", "extensions", "-out", "tsa.pem",
        )  # fmt: skip

    @property
    def roots(self) -> bytes:
        """Give the certificate that an operator would trust."""
        return (self.folder / "root.pem").read_bytes()

    def answer(self, query: bytes) -> bytes:
        """Stamp what is asked."""
        self.requests.append(query)
        (self.folder / "query.tsq").write_bytes(query)
        self._openssl(
            "ts", "-reply", "-config", "tsa.conf", "-queryfile", "query.tsq",
            "-out", "answer.tsr",
        )  # fmt: skip
        return (self.folder / "answer.tsr").read_bytes()

    def _openssl(self, *words: str) -> None:
        subprocess.run(
            [shutil.which("openssl") or "openssl", *words],
            cwd=self.folder, check=True, capture_output=True,
        )  # fmt: skip


@pytest.fixture
def authority(tmp_path: Path, settings: Any) -> Iterator[Authority]:
    made = Authority(tmp_path / "authority")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.requests.append(b"followed")
            self.send_error(404)

        def do_POST(self) -> None:
            if self.path == "/elsewhere":
                self.send_response(302)
                self.send_header("Location", f"http://127.0.0.1:{server.server_port}/inside")
                self.end_headers()
                return
            answer = made.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.TSA_URL = f"http://127.0.0.1:{server.server_port}/"
    settings.TSA_ROOTS = made.folder / "root.pem"
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def person(owner_sql: Any, settings: Any, tmp_path: Path) -> User:
    settings.DOCUMENTS_FOLDER = tmp_path / "documents"
    return make_user(owner_sql, {make_organisation(owner_sql): [Role.DOCUMENTER]})


def _document(person: User) -> Document:
    at = timezone.now()
    with acting_as(person) as actor:
        (holder,) = actor.organisations
        source = record_source(holder, actor=actor, at=at, kind=SourceKind.COURT_PAPER)
        return store_document(
            io.BytesIO(b"a court paper"), source, actor=actor, at=at, media_type="text/plain"
        )


def test_a_digest_is_stamped_verified_and_kept(authority: Authority, person: User) -> None:
    document, before = _document(person), timezone.now().replace(microsecond=0)
    with acting_as(person) as actor:
        made = stamp_document(document, actor=actor, at=timezone.now())
        assert before <= made.stamped_at <= timezone.now()
        assert verify_stamps(document, actor=actor, at=timezone.now()) == (made.stamped_at,)
        assert "stamped" in [step.kind for step in custody_of(actor, document)]
    (query,) = authority.requests
    assert bytes.fromhex(document.sha256) in query
    assert b"court paper" not in query


def test_what_does_not_hold_is_refused_and_not_kept(
    authority: Authority, person: User, settings: Any, tmp_path: Path, owner_sql: Any
) -> None:
    document = _document(person)
    stranger = Authority(tmp_path / "stranger")
    settings.TSA_ROOTS = stranger.folder / "root.pem"
    with acting_as(person) as actor, pytest.raises(StampRefused, match="does not hold"):
        stamp_document(document, actor=actor, at=timezone.now())
    for roots, told in ((None, "names no file"), (tmp_path / "none.pem", "No such file")):
        settings.TSA_ROOTS = roots
        with acting_as(person) as actor, pytest.raises(StampRefused, match=told):
            stamp_document(document, actor=actor, at=timezone.now())
    settings.TSA_ROOTS = authority.folder / "root.pem"
    for url, told in (("", "names no authority"), ("http://127.0.0.1:1/", "does not answer")):
        settings.TSA_URL = url
        with acting_as(person) as actor, pytest.raises(StampRefused, match=told):
            stamp_document(document, actor=actor, at=timezone.now())
    assert owner_sql("SELECT count(*) FROM evidence_timestamp") == [(0,)]


def test_an_authority_sends_us_nowhere_else(
    authority: Authority, person: User, settings: Any
) -> None:
    document = _document(person)
    settings.TSA_URL += "elsewhere"
    with acting_as(person) as actor, pytest.raises(StampRefused, match="302"):
        stamp_document(document, actor=actor, at=timezone.now())
    assert authority.requests == []


def test_each_part_of_a_stamp_is_compared(authority: Authority) -> None:
    digest, other = bytes(32), bytes([1]) * 32
    answer = authority.answer(stamp_request(digest, 7))
    assert read_stamp(answer, digest, roots=authority.roots, nonce=7)
    for changed, over, roots, nonce, told in (
        (answer, other, authority.roots, 7, "does not hold"),
        (answer, digest, authority.roots, 8, "does not hold"),
        (answer, digest, b"", 7, "holds none in PEM"),
        (b"", digest, authority.roots, 7, "not a granted"),
        (b"\x30\x03\x02\x01\x02", digest, authority.roots, 7, "not a granted"),
        (answer[:-9] + bytes(9), digest, authority.roots, 7, "does not hold|not a granted"),
    ):
        with pytest.raises(StampUnreadable, match=told):
            read_stamp(changed, over, roots=roots, nonce=nonce)


def test_a_stamp_that_was_changed_in_the_database_is_found(
    authority: Authority, person: User, owner_sql: Any
) -> None:
    document = _document(person)
    with acting_as(person) as actor:
        stamp_document(document, actor=actor, at=timezone.now())
    answer = authority.answer(stamp_request(bytes(32), 1))
    owner_sql("UPDATE evidence_timestamp SET token = %s", [answer])
    with acting_as(person) as actor, pytest.raises(StampRefused, match="does not hold"):
        verify_stamps(document, actor=actor, at=timezone.now())


def test_the_commands_stamp_verify_and_refuse(
    authority: Authority, person: User, settings: Any, owner_sql: Any
) -> None:
    document = str(_document(person).pk)
    assert authority
    for user, words, status, told in (
        (person, ["verify", document], 0, "no time stamp"),
        (person, ["timestamp", document], 0, "it existed on"),
        (person, ["verify", document], 0, "It existed on"),
        (make_user(owner_sql, {}), ["verify", document], 2, "no such document for you"),
        (person, ["seal", document, "--team", document], 2, "no such team for you"),
    ):
        with _signed_in(user):
            done = CliRunner().invoke(commands, words)
        assert (done.exit_code, told in done.output) == (status, True), done.output
    assert "sign in first" in CliRunner().invoke(commands, ["verify", document]).output
    kept = _document(person)
    with acting_as(make_user(owner_sql, {})) as actor, pytest.raises(Forbidden):
        stamp_document(kept, actor=actor, at=timezone.now())
