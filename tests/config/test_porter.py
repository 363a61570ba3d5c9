"""The porter lets a request in once its body is whole, and nobody waits for somebody slow."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from undaunted.config import porter
from undaunted.config.porter import Porter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

FOREVER = -1.0


@dataclass
class Line:
    """What the server hands over of one connection: pieces, each after a pause, and the answer."""

    pieces: list[tuple[float, bytes]] = field(default_factory=list)
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for pause, piece in self.pieces:
            if pause == FOREVER:
                await asyncio.Event().wait()
            await asyncio.sleep(pause)
            yield piece

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Keep the answer."""
        self.status, self.headers, self.body = status, dict(headers), body

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> Line:
        """Keep the beginning of a long answer."""
        self.response_bytes(status, headers, b"")
        return self

    async def send_bytes(self, piece: bytes) -> None:
        """Keep more of it."""
        self.body += piece


def _echo(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read()
    start(
        "200 OK", [("X-Path", environ["PATH_INFO"]), ("X-Cookie", environ.get("HTTP_COOKIE", ""))]
    )
    return [b"taken ", body]


def _scope(path: str, length: int | None, method: str = "POST") -> Any:
    headers = [] if length is None else [("content-length", str(length))]
    headers += [("cookie", "a=b"), ("cookie", "c=d"), ("x-some", "1")]
    return SimpleNamespace(
        proto="http", method=method, path=path, query_string="", server="127.0.0.1:8000",
        http_version="1.1", scheme="http", authority="localhost:8000",
        headers=SimpleNamespace(items=lambda: headers),
    )  # fmt: skip


def _answers(*asked: tuple[Any, Line], app: Callable[..., Iterable[bytes]] = _echo) -> list[Line]:
    async def run() -> None:
        made = Porter(app, 1)
        async with asyncio.timeout(30):
            await asyncio.gather(*(made.__rsgi__(scope, line) for scope, line in asked))

    asyncio.run(run())
    return [line for _, line in asked]


def test_whole_body_is_handed_on() -> None:
    (line,) = _answers((_scope("/é", 6), Line([(0, b"abc"), (0.01, b"def")])))
    assert (line.status, line.body) == (200, b"taken abcdef")
    assert line.headers["x-path"] == "/é".encode().decode("latin-1")
    assert line.headers["x-cookie"] == "a=b; c=d"


@pytest.mark.parametrize("pieces", [[(0.0, b"abc")], [(0.0, b"abc"), (FOREVER, b"")]])
def test_body_that_ends_early_or_stalls_is_not_handed_on(
    pieces: list[tuple[float, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(porter, "STALL", 0.05)
    (line,) = _answers((_scope("/desk/", 6), Line(pieces)))
    assert line.status == 400
    assert b"Send it again" in line.body
    assert line.headers["cache-control"] == "no-store"


def test_at_the_doors_what_did_not_arrive_is_told_on_a_page_in_the_same_language() -> None:
    (line,) = _answers((_scope("/ar/help/incident/", 6), Line([(0, b"abc")])))
    assert line.headers["x-path"] == "/ar/help/trouble/broken/"


def test_slow_bodies_hold_no_thread() -> None:
    slow = [(_scope("/slow", 6), Line([(0.3, b"abc"), (0.3, b"def")])) for _ in range(40)]
    quick = (_scope("/quick", None, "GET"), Line())
    lines = _answers(*slow, quick)
    assert [line.status for line in lines] == [200] * 41


def test_whoever_has_been_silent_longest_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(porter, "MOST_WAITING", 2)
    silent = (_scope("/silent", 6), Line([(FOREVER, b"")]))
    talking = [(_scope("/talking", 6), Line([(0.1, b"abc"), (0.1, b"def")])) for _ in range(2)]
    first, *others = _answers(silent, *talking)
    assert first.status == 400
    assert [line.status for line in others] == [200, 200]


def test_long_bodies_are_refused_while_there_is_no_room_and_short_ones_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(porter, "ROOM", 300_000)
    long = [
        (_scope("/long", 200_000), Line([(0.2, b"x" * 100_000), (0, b"x" * 100_000)]))
        for _ in range(2)
    ]
    lines = _answers(*long, (_scope("/short", 3), Line([(0, b"abc")])))
    assert [line.status for line in lines] == [200, 503, 200]


def test_file_is_read_as_it_arrives_and_what_is_cut_off_raises() -> None:
    length = porter.SMALL + 10
    whole = [(0.0, b"x" * 2_000_000), (0.01, b"x" * (length - 2_000_000))]
    taken: list[str] = []

    def reading(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        try:
            while piece := environ["wsgi.input"].read(65_536):
                assert len(piece) <= 65_536
        except OSError as problem:
            taken.append(str(problem))
        start("200 OK", [])
        return []

    cut = [*whole[:1], (0.0, b"x")]
    _answers(
        (_scope("/file", length), Line(whole)), (_scope("/file", length), Line(cut)), app=reading
    )
    assert taken == ["the body ended early"]


def test_long_answer_is_sent_in_pieces() -> None:
    def long(_environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        start("200 OK", [])
        return (bytes([number]) * 400_000 for number in range(9))

    (line,) = _answers((_scope("/", None, "GET"), Line()), app=long)
    assert line.body == b"".join(bytes([number]) * 400_000 for number in range(9))
