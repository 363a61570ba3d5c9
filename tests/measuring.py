"""Coverage is measured while those tests run that the gate rests on.

Tracing makes all Python of a test dearer, by two thirds for a test of pages: Django's too, whatever
is kept of it. The gate asks whether rules, engines, access, audit and vault are covered whole; the
tests that mirror them do that. One that goes through pages, browsers and attacks meets them again
and is not measured, so that it cannot stand in for one of theirs. What it has put into a cache, a
test that is measured would find there and not run: it is forgotten before.

Nor is Python traced that cannot reach what is gated, within a test that is measured: Hypothesis
while it draws inputs, and numba while it compiles. While tests are collected, what is gated is
traced as it is imported, and what imports it is not.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from importlib.machinery import SourceFileLoader
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any, Protocol, cast

import pytest

import undaunted

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from functools import _CacheInfo
    from types import ModuleType

__all__ = ["LEDGERS", "measure_mirrors_alone"]

TESTS = Path(__file__).parent
PASSING_THROUGH = frozenset({"attacks", "cli", "config", "house", "journeys", "pages", "site"})
"""Folders whose tests go through the whole house, or through parts that have no rules."""

LEDGERS = frozenset({"ledger", "module_ledger"})
RULED_APART = frozenset(
    {
        ("core", area)
        for area in (
            "clocks",
            "commitments",
            "consent",
            "editions",
            "evidence",
            "listings",
            "matching",
            "practices",
        )
    }
    | {("prisoners", area) for area in ("campaigns", "memo", "registry", "report")}
    | {("coercion", area) for area in ("exposure", "instruments", "response", "screening")}
    | {("repression", area) for area in ("coordination", "dossiers", "sanctions")}
)
"""Areas whose rules are tested without a ledger: their tests with one are not measured."""

GATED = re.compile(r"undaunted(\.core\.(access|audit|vault)|\.engines|\..*\.rules)(\.|$)")
MACHINES = re.compile(r"\.(gpu|spark|migrations)(\.|$)")


class Tracer(Protocol):
    """What pytest-cov says of itself to tests that ask not to be measured."""

    started: bool

    def pause(self) -> None: ...
    def resume(self) -> None: ...


class Traced(Protocol):
    """What `sys.gettrace` gives while coverage is measured."""

    def start(self) -> object: ...
    def stop(self) -> None: ...


class Cached(Protocol):
    """What `functools` says of a function whose answers are kept."""

    def cache_info(self) -> _CacheInfo: ...
    def cache_clear(self) -> None: ...


class _Caches:
    """Functions of what is gated that keep their answers, and which of them were measured."""

    def __init__(self, modules: Iterable[ModuleType]) -> None:
        held = {id(each): each for module in modules for each in vars(module).values()}
        self._unmeasured = [cast("Cached", each) for each in held.values() if _keeps(each)]
        self._before: list[int] = []

    def pause(self) -> None:
        """Leave alone from now on what has answered for the first time while it was measured."""
        told = zip(self._unmeasured, self._before, strict=True)
        self._unmeasured = [each for each, before in told if _worked(each) == before]

    def resume(self) -> None:
        """Forget what was answered while nothing was measured."""
        for each in self._unmeasured:
            if _worked(each):
                each.cache_clear()
        self._before = [_worked(each) for each in self._unmeasured]


def _keeps(found: object) -> bool:
    return hasattr(found, "cache_info") and hasattr(found, "cache_clear")


def _worked(found: Cached) -> int:
    return found.cache_info().misses


class _Measuring:
    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer
        self._caches = _Caches(())

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Collect untraced; what is gated is traced while it is imported."""
        tracer = _tracing()
        if tracer is None:
            return (yield)
        with _imported_traced(tracer):
            tracer.stop()
            try:
                return (yield)
            finally:
                tracer.start()

    def pytest_collection_finish(self) -> None:
        """Import what is gated while it is measured: a module is read once in a process."""
        self._caches = _Caches([import_module(name) for name in _gated()])
        self._caches.resume()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Pause or go on where a test of the other kind begins, its set-up included."""
        if self._tracer.started and _passes_through(item):
            self._tracer.pause()
            self._caches.pause()
        elif not self._tracer.started and not _passes_through(item):
            self._caches.resume()
            self._tracer.resume()

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, object, object]:
        """Trace the body of a law, and not how its inputs are found."""
        law = getattr(pyfuncitem.obj, "hypothesis", None)
        tracer = _tracing()
        if law is None or tracer is None:
            return (yield)
        body = law.inner_test
        law.inner_test = _traced(tracer, body)
        tracer.stop()
        try:
            return (yield)
        finally:
            tracer.start()
            law.inner_test = body


def _tracing() -> Traced | None:
    """Give what traces for coverage now; a debugger, or a tracer of another kind, is let alone."""
    tracer = sys.gettrace()
    return cast("Traced", tracer) if hasattr(tracer, "start") and hasattr(tracer, "stop") else None


def _traced(tracer: Traced, body: Callable[..., object]) -> Callable[..., object]:
    """Trace a function that untraced ones call.

    What is not measured itself begins and ends a trace: the tracer then counts no call without its
    return, and takes no line for one of another file.
    """

    @wraps(body)
    def traced(*given: object, **named: object) -> object:
        tracer.start()
        try:
            return body(*given, **named)
        finally:
            tracer.stop()

    return traced


@contextmanager
def _imported_traced(tracer: Traced) -> Iterator[None]:
    """Trace modules of what is gated while they are read, and none of those that they import."""
    reading = SourceFileLoader.exec_module

    def read(self: SourceFileLoader, module: ModuleType) -> None:
        gated, traced = _is_gated(module.__name__), _tracing() is not None
        if gated == traced:
            reading(self, module)
            return
        turn, back = (tracer.start, tracer.stop) if gated else (tracer.stop, tracer.start)
        turn()
        try:
            reading(self, module)
        finally:
            back()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SourceFileLoader, "exec_module", read)
        yield


def _compile_untraced() -> None:
    """Let numba read and type loops without a trace; none of ours runs meanwhile."""
    dispatcher = import_module("numba.core.dispatcher")  # by whoever measures alone
    compiler = dispatcher._FunctionCompiler  # noqa: SLF001 - numba has no other way to it
    compiling = compiler.compile

    @wraps(compiling)
    def untraced(*given: Any, **named: Any) -> Any:
        tracer = _tracing()
        if tracer is None:
            return compiling(*given, **named)
        tracer.stop()
        try:
            return compiling(*given, **named)
        finally:
            tracer.start()

    compiler.compile = untraced


def measure_mirrors_alone(config: pytest.Config) -> None:
    """Pause what pytest-cov measures, if it does, during tests that only pass through.

    `-p no:measuring` leaves it on throughout.
    """
    plugin = config.pluginmanager.get_plugin("_cov")
    tracer = getattr(plugin, "cov_controller", None)
    if tracer is not None:
        measuring = _Measuring(cast("Tracer", tracer))
        if config.pluginmanager.register(measuring, "measuring") is not None:
            _compile_untraced()


def _passes_through(item: pytest.Item) -> bool:
    """Also with real lists, which few have: what they alone reached would be covered for few."""
    place = item.path.relative_to(TESTS).parts
    real = place[0] != "engines" and item.get_closest_marker("realdata") is not None
    acts = place[:2] in RULED_APART and not LEDGERS.isdisjoint(getattr(item, "fixturenames", ()))
    return real or acts or place[0] in PASSING_THROUGH


def _gated() -> Iterator[str]:
    for found in walk_packages(undaunted.__path__, "undaunted."):
        if _is_gated(found.name):
            yield found.name


def _is_gated(name: str) -> bool:
    return GATED.match(name) is not None and MACHINES.search(name) is None
