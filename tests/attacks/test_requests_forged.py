"""No address that somebody gives is ever fetched by the server (SSRF)."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.attacks.installation import receipts_in
from tests.core.accounts.factories import signed_in_client
from tests.core.vault.factories import PASSPHRASE, make_office
from tests.house.tree import imports_of, modules, relative
from tests.pages.desk_scene import MAPPING, open_desk
from tests.prisoners.registry.published_factory import Case, Source, publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FETCHERS = (
    "aiohttp", "ftplib", "httpcore", "httplib2", "httpx", "imaplib", "niquests", "nntplib",
    "poplib", "pycurl", "requests", "smtplib", "telnetlib", "urllib.request", "urllib3",
    "webbrowser", "websockets", "xmlrpc", "paramiko", "django.core.mail", "fsspec", "s3fs",
)  # fmt: skip
MAY_CONNECT = {
    "http.client": {
        "src/undaunted/config/supervisor.py",
        "src/undaunted/core/listings/actions/fetching.py",
    },
    "socket": {
        "src/undaunted/config/supervisor.py",
        "src/undaunted/core/listings/actions/fetching.py",
    },
}
"""The supervisor asks its own child at the address it is bound to; lists name errors of theirs."""
MAY_FETCH = {
    ("src/undaunted/core/evidence/actions/stamping.py", "urllib.request"),
    ("src/undaunted/core/listings/actions/fetching.py", "urllib.request"),
}
"""Ask the authority of time stamps and issuers of lists: the operator's addresses alone."""
INWARD = "http://169.254.169.254/latest/meta-data/"


def _imports() -> Iterator[tuple[str, str]]:
    for path in modules():
        for name, names, _line in imports_of(path):
            yield relative(path), name
            for each in names:
                yield relative(path), f"{name}.{each}"


def test_no_module_of_ours_can_fetch_an_address_that_somebody_gives() -> None:
    fetching = {
        (path, name)
        for path, name in _imports()
        for fetcher in FETCHERS
        if name == fetcher or name.startswith(f"{fetcher}.")
    }
    assert fetching == MAY_FETCH


@pytest.mark.parametrize("name", sorted(MAY_CONNECT))
def test_only_the_supervisor_opens_connections(name: str) -> None:
    using = {path for path, imported in _imports() if imported == name}
    assert using == MAY_CONNECT[name]


@pytest.fixture
def outward(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Note every attempt to connect or to resolve a name, other than to the database's socket."""
    tried: list[Any] = []
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def noted(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            tried.append(address)
        connect(self, address)

    def asked(host: Any, *rest: Any, **more: Any) -> Any:
        tried.append(host)
        return resolve(host, *rest, **more)

    monkeypatch.setattr(socket.socket, "connect", noted)
    monkeypatch.setattr(socket, "getaddrinfo", asked)
    return tried


def test_the_net_of_this_test_catches_a_connection(outward: list[Any]) -> None:
    with socket.socket() as listener, socket.socket() as caller:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        caller.connect(listener.getsockname())
    assert len(outward) == 1


@pytest.mark.usefixtures("ledger")
def test_addresses_in_reports_are_kept_and_not_visited(
    owner_sql: Callable[..., Any], outward: list[Any]
) -> None:
    office = make_office(owner_sql)
    given = {"danger": "no", "story": INWARD, "addresses": INWARD, "accounts": INWARD}
    page = Client().post("/help/targeted/", given).content.decode()
    (receipt,) = receipts_in(page)
    Client().post("/help/return/write/", {"receipt": receipt, "message": INWARD})
    desk = signed_in_client(office.caseworker.user)
    desk.post("/desk/vault/", {"passphrase": PASSPHRASE})
    queue = desk.get("/desk/intake/").content.decode()
    address = queue.partition('href="/desk/intake/')[2]
    assert address
    assert outward == []


@pytest.mark.usefixtures("ledger")
def test_addresses_in_lists_and_sources_are_not_visited(
    owner_sql: Callable[..., Any], outward: list[Any], settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    settings.CHART_CACHE = tmp_path / "charts"
    publish(owner_sql, Case("XR-00073", sources=(Source(url=INWARD),)))
    assert INWARD in Client().get("/registry/XR-00073/").content.decode()
    scene = open_desk(owner_sql)
    desk = scene.client(scene.first)
    made = desk.post(
        "/desk/lists/new/", {"name": INWARD, "slug": "roll", "holder": str(scene.organisation)}
    )
    source = str(made["Location"]).rstrip("/").rpartition("/")[2]
    rows = f"id,name,born,held,country\n1,{INWARD},1980,2021-08-09,XR\n"
    file = SimpleUploadedFile("roll.csv", rows.encode())
    desk.post("/desk/imports/new/", {"source_list": source, "file": file})
    desk.post("/desk/imports/new/mapping/", {"toml": MAPPING})
    assert desk.get("/desk/imports/new/preview/").status_code == 200
    assert outward == []
