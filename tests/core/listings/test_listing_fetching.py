"""Lists fetched from an issuer's address: whole or not at all, each apart."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.listings.factories import AT, FILES, Office, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import ListUnreachable, fetch_list
from undaunted.core.listings.queries import version_in_force
from undaunted.core.listings.readers import Address
from undaunted.core.listings.tasks import refresh_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from undaunted.core.listings.models import ListVersion
    from undaunted.core.listings.rules import Loaded

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _version(source: str) -> ListVersion:
    held = version_in_force(PUBLIC, source)
    assert held is not None
    return held


@contextmanager
def _issuer(
    content: bytes,
    *,
    status: int = 200,
    length: int | None = None,
    leads: str = "/elsewhere",
    held: Event | None = None,
) -> Iterator[str]:
    """Answer on the loopback as an issuer would; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            if status in {301, 302, 303, 307, 308}:
                self.send_header("Location", leads)
            self.send_header("Content-Length", str(len(content) if length is None else length))
            self.end_headers()
            self.wfile.write(content)
            if held:
                held.wait()

        def log_message(self, *_: object) -> None:
            """Keep still."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/un.xml?token=secret"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _still() -> float:
    """Tell no time."""
    return 0.0


def _running(*, after: int) -> Callable[[], float]:
    """Tell no time but that, once it was asked so often, 901 seconds are gone."""
    told = iter((0.0,) * after)
    return lambda: next(told, 901.0)


def _fetched(office: Office, address: str, clock: Callable[[], float] = _still) -> Loaded:
    with acting_as(office.writer) as actor:
        return fetch_list(Address("un-sc", address, "un.xml"), actor=actor, at=AT, clock=clock)


def test_list_is_fetched_from_the_address_and_keeps_no_secret_of_it(office: Office) -> None:
    with _issuer((FILES / "un.xml").read_bytes()) as address:
        assert _fetched(office, address).entries == 2
        assert _fetched(office, address).unchanged
    held = _version("un-sc")
    assert held.came == "fetched"
    assert held.address.endswith("/un.xml")
    assert "secret" not in held.address


def test_address_where_nobody_listens_is_told(office: Office) -> None:
    with _issuer(b"") as address:
        pass
    with pytest.raises(ListUnreachable, match="does not answer"):
        _fetched(office, address)


@pytest.mark.parametrize(
    ("status", "length", "said"),
    [
        (404, None, "answers 404"),
        (200, 10**6, "un.xml"),
        (300, None, "answers 300"),
    ],
)
def test_address_that_does_not_answer_whole_is_told(
    status: int, length: int | None, said: str, office: Office
) -> None:
    content = (FILES / "un.xml").read_bytes()
    with (
        _issuer(content, status=status, length=length) as address,
        pytest.raises(ListUnreachable, match=said) as refused,
    ):
        _fetched(office, address)
    assert "secret" not in str(refused.value)
    assert version_in_force(PUBLIC, "un-sc") is None


@pytest.mark.parametrize(
    ("leads", "said"),
    [
        (
            "https://files.issuer.example/un.xml?sig=secret",
            r"example/un\.xml, which is not asked; write files\.issuer\.example under hosts, if",
        ),
        ("http://files.issuer.example/un.xml", "answers 302; look at the address$"),
        ("https://[broken/", "answers 302; look at the address$"),
        ("file:///etc/passwd", "answers 302; look at the address$"),
    ],
)  # fmt: skip
def test_where_an_address_leads_is_told_and_never_asked(
    leads: str, said: str, office: Office
) -> None:
    with (
        _issuer(b"", status=302, leads=leads) as address,
        pytest.raises(ListUnreachable, match=said) as refused,
    ):
        _fetched(office, address)
    assert "secret" not in str(refused.value)


LONG = "un.xml: takes longer than 15 minutes; it is tried again later"


def test_issuer_that_never_ends_is_left_after_a_quarter_of_an_hour(office: Office) -> None:
    """The clock is asked once for the whole list, then before each address and each read."""
    held = Event()
    with _issuer(b"<CONSOL", length=10**6, held=held) as address:
        try:
            with pytest.raises(ListUnreachable, match=LONG) as refused:
                _fetched(office, address, _running(after=3))
        finally:
            held.set()
    assert "secret" not in str(refused.value)
    assert version_in_force(PUBLIC, "un-sc") is None


@pytest.mark.parametrize(("status", "after"), [(200, 1), (200, 2), (302, 3), (302, 4)])
def test_time_of_a_list_counts_its_head_and_where_it_leads(
    status: int, after: int, office: Office
) -> None:
    with (
        _issuer(b"", status=status, leads="/") as address,
        pytest.raises(ListUnreachable, match=LONG),
    ):
        _fetched(office, address, _running(after=after))


@pytest.mark.parametrize(
    ("source", "file"),
    [
        ("us-ofac-sdn", "ofac_advanced.xml"), ("eu-fsf", "eu_fsf.xml"), ("uk-fcdo", "uk_fcdo.csv"),
        ("uk-fcdo", "uk_fcdo.xml"), ("ca-sema", "canada.xml"), ("au-dfat", "australia.csv"),
        ("ch-seco", "switzerland.xml"),
    ],
)  # fmt: skip
def test_list_of_one_file_is_fetched_from_one_address(
    source: str, file: str, office: Office
) -> None:
    with _issuer((FILES / file).read_bytes()) as address, acting_as(office.writer) as actor:
        done = fetch_list(Address(source, address, file), actor=actor, at=AT, clock=_still)
    assert done.entries == _version(source).entries > 0


def test_lists_are_refreshed_each_apart_in_the_name_of_whom_the_operator_named(
    office: Office, tmp_path: Path, settings: Any
) -> None:
    assert settings.LISTS_FILE is None
    assert refresh_lists(0) == 0
    settings.LISTS_FILE = file = tmp_path / "lists.toml"
    assert refresh_lists(0) == 0
    with _issuer((FILES / "un.xml").read_bytes()) as address:
        rows = "".join(
            f'[[lists]]\nsource = "{source}"\naddress = "{address}"\n'
            for source in ("ca-sema", "un-sc")
        )
        file.write_text(f'as = "nobody"\n{rows}', encoding="utf-8")
        assert refresh_lists(0) == 0
        file.write_text(f'as = "{office.reader.username}"\n{rows}', encoding="utf-8")
        assert refresh_lists(0) == 0
        file.write_text(f'as = "{office.writer.username}"\n{rows}', encoding="utf-8")
        assert refresh_lists(0) == 1
        assert refresh_lists(0) == 0
    assert _version("un-sc").came == "fetched"
    assert version_in_force(PUBLIC, "ca-sema") is None
