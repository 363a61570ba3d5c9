"""Where an issuer's address leads: followed on its own ground, never inside; ZIPs of a list."""

from __future__ import annotations

import http.client
import io
import socket
import struct
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.listings.factories import AT, FILES, Office, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import ListUnreachable, fetch_list, fetching
from undaunted.core.listings.queries import version_in_force
from undaunted.core.listings.readers import Address, unpacked
from undaunted.core.listings.rules import LIMITS, ListRefused, is_outside, leads_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from undaunted.core.listings.rules import Loaded

UN = (FILES / "un.xml").read_bytes()


def _still() -> float:
    """Tell no time."""
    return 0.0


@contextmanager
def _issuer(leads: Mapping[str, str], content: bytes = UN) -> Iterator[tuple[str, list[str]]]:
    """Answer on the loopback: some paths lead elsewhere; gives the address and what was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            led = leads.get(self.path.partition("?")[0])
            self.send_response(302 if led else 200)
            if led:
                self.send_header("Location", led)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Keep still."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def office(ledger: None, owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _fetched(
    office: Office, address: str, name: str = "un.xml", *, hosts: tuple[str, ...] = ()
) -> Loaded:
    with acting_as(office.writer) as actor:
        return fetch_list(Address("un-sc", address, name, hosts), actor=actor, at=AT, clock=_still)


def test_address_is_followed_five_times_on_its_own_ground_and_then_no_more(office: Office) -> None:
    steps = {f"/{number}": f"/{number + 1}" for number in range(1, 6)}
    with _issuer(steps) as (host, asked):
        assert _fetched(office, f"{host}/1?token=secret").entries == 2
        assert asked == ["/1?token=secret", "/2", "/3", "/4", "/5", "/6"]
        assert _fetched(office, f"{host}/6").unchanged
    held = version_in_force(PUBLIC, "un-sc")
    assert held is not None
    assert (held.came, held.address) == ("fetched", f"{host}/1")
    with (
        _issuer({"/": "/"}) as (host, asked),
        pytest.raises(ListUnreachable, match="leads on more than 5 times"),
    ):
        _fetched(office, f"{host}/")
    assert len(asked) == 6


def test_machine_inside_is_never_asked_whoever_allowed_its_name(office: Office) -> None:
    with _issuer({}) as (inner, asked):
        port = inner.rpartition(":")[2]
        for led, hosts, said in (
            (f"https://localhost:{port}/un.xml", ("localhost",), "leads inside the network"),
            (f"https://localhost:{port}/un.xml", (), "which is not asked"),
            (f"http://127.0.0.1:{port}/un.xml", ("127.0.0.1",), "look at the address"),
            (f"https://127.0.0.1:{port}/un.xml", (), "which is not asked"),
        ):
            with (
                _issuer({"/": led}) as (host, _asked),
                pytest.raises(ListUnreachable, match=said),
            ):
                _fetched(office, f"{host}/", hosts=hosts)
    assert asked == []
    assert version_in_force(PUBLIC, "un-sc") is None


def test_name_that_leads_inside_only_when_it_is_asked_is_left_before_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Inside:
        closed = False

        def getpeername(self) -> tuple[str, int]:
            return "10.0.0.7", 443

        def close(self) -> None:
            self.closed = True

    reached = Inside()
    monkeypatch.setattr(
        http.client.HTTPSConnection, "connect", lambda self: setattr(self, "sock", reached)
    )
    with pytest.raises(OSError, match="inside the network"):
        fetching.OutwardConnection("files.issuer.example").request("GET", "/")
    assert reached.closed


def test_every_address_of_a_name_has_to_be_outside(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = socket.getaddrinfo

    def told(host: str, *more: Any, **named: Any) -> list[Any]:
        if host != "files.issuer.example":
            return true(host, *more, **named)
        return [(2, 1, 6, "", ("203.0.114.9", 443)), (10, 1, 6, "", ("::1", 443, 0, 0))]

    monkeypatch.setattr(socket, "getaddrinfo", told)
    hosts = ("files.issuer.example",)
    with (
        _issuer({"/": "https://files.issuer.example/un.xml?sig=secret"}) as (host, _asked),
        pytest.raises(ListUnreachable, match=r"un\.xml: leads inside") as refused,
    ):
        _fetched(office, f"{host}/", hosts=hosts)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("first", "target", "may"),
    [
        ("https://www.issuer.example/a", "https://www.issuer.example/b", True),
        ("https://www.issuer.example/a", "https://files.issuer.example/b", True),
        ("https://www.issuer.example/a", "https://issuer.example/b", True),
        ("https://data.issuer.example/a", "https://files.issuer.example/b", False),
        ("https://data.issuer.example/a", "https://x.data.issuer.example./b", True),
        ("https://www.issuer.example/a", "https://www.issuer.example:8443/b", False),
        ("https://www.issuer.example/a", "http://www.issuer.example/b", False),
        ("https://www.issuer.example/a", "https://issuer.example.evil.example/b", False),
        ("https://www.issuer.example/a", "https://evilissuer.example/b", False),
        ("https://www.issuer.example/a", "https://www.issuer.example@evil.example/b", False),
        ("https://www.issuer.example/a", "https://me:word@www.issuer.example/b", False),
        ("https://www.issuer.example/a", "https://cloud.example/b", True),
        ("https://www.issuer.example/a", "https://x.cloud.example/b", False),
        ("https://www.issuer.example/a", "https://[broken/b", False),
        ("https://www.issuer.example/a", "https://www.issuer.example:99999/b", False),
        ("https://www.issuer.example/a", "file:///etc/passwd", False),
        ("https://www.gov.xr/a", "https://anybody.gov.xr/b", False),
        ("https://www.gov.xr/a", "https://www.gov.xr/b", True),
        ("https://www.example/a", "https://anybody.example/b", False),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/b", True),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8001/b", False),
        ("http://127.0.0.1:8000/a", "https://127.0.0.1:8000/b", False),
    ],
)
def test_address_leads_to_its_own_host_or_one_that_the_operator_named(
    first: str, target: str, *, may: bool
) -> None:
    assert leads_on(first, target, ("cloud.example",)) is may


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("9.9.9.9", True), ("2620:fe::fe", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("192.0.2.1", False), ("224.0.0.251", False), ("::1", False),
        ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False), ("2002:a00:1::", False), ("nothing", False),
        ("fec0::1", False), ("feff::1", False), ("::127.0.0.1", False), ("::9.9.9.9", False),
        ("::ffff:0:127.0.0.1", False), ("::", False),
    ],
)  # fmt: skip
def test_machine_is_outside_where_its_address_is_one_of_the_world(
    address: str, *, outside: bool
) -> None:
    assert is_outside(address) is outside


def _zip(files: Mapping[str, bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", packed) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    "name", ["un.xml", "../../un.xml", "/etc/lists/un.XML", "a\\b\\..\\un.xml"]
)
def test_zip_with_one_list_is_loaded_and_its_names_lead_nowhere(name: str, office: Office) -> None:
    more = {"readme.txt": b"Read me.", "__MACOSX/._un.xml": b"", "folder/": b""}
    with _issuer({}, _zip({**more, name: UN})) as (host, _asked):
        assert _fetched(office, f"{host}/lists.zip").entries == 2
    with _issuer({}, UN) as (host, _asked):
        assert _fetched(office, f"{host}/un.xml").unchanged
    held = version_in_force(PUBLIC, "un-sc")
    assert held is not None
    assert held.name.lower().endswith("un.xml")
    assert "/" not in held.name


def _damaged(content: bytes, place: int, put: bytes) -> bytes:
    return content[:place] + put + content[place + len(put) :]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (_zip({"a.xml": UN, "b.xml": UN}), "2 files in .xml, and one is read"),
        (_zip({"readme.txt": UN}), "0 files in .xml"),
        (_zip({"un.xml": UN}, packed=zipfile.ZIP_LZMA), "packed unusually"),
        (_zip({"un.xml": UN})[:-40], "cut or damaged"),
        (_damaged(_zip({"un.xml": UN}), 60, b"\x00" * 40), "cut or damaged"),
        (_zip({f"{number}.txt": b"" for number in range(1_001)}), "a ZIP of 1001 files"),
        (_zip({"un.xml": UN}) + b"PK\x06\x07", "larger than any list's"),
        (
            b"PK\x03\x04" + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 2**21, 0, 0),
            "larger than any list's",
        ),
    ],
)  # fmt: skip
def test_zip_that_is_no_one_list_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "lists.zip"
    file.write_bytes(content)
    with pytest.raises(ListRefused, match=said):
        unpacked("un-sc", file)


def test_zip_whose_end_hides_another_end_is_measured_by_both(tmp_path: Path) -> None:
    """What is read is the last record of 22 bytes, whatever it holds."""
    large = _zip({f"{at}{'a' * 60_000}.txt": b"" for at in range(20)})
    file = tmp_path / "list.zip"
    file.write_bytes(large[:-6] + b"PK\x05\x06" + large[-2:])
    with pytest.raises(ListRefused, match="larger than any list's"):
        unpacked("un-sc", file)


def test_zip_that_unpacks_to_more_than_a_list_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "file_bytes", 2**20)
    file = tmp_path / "lists.zip"
    file.write_bytes(_zip({"un.xml": b" " * 2**22}))
    with pytest.raises(ListRefused, match="holds more than"):
        unpacked("un-sc", file)


def test_workbook_and_plain_file_stay_as_they_are(tmp_path: Path) -> None:
    book = tmp_path / "uk.xlsx"
    book.write_bytes(_zip({"[Content_Types].xml": b"", "un.xml": UN}))
    plain = tmp_path / "un.xml"
    plain.write_bytes(UN)
    assert unpacked("uk-ofsi", book) == book
    assert unpacked("un-sc", plain) == plain
