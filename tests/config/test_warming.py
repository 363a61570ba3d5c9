"""A web process has the exposure of the table worked out before anybody asks."""

from __future__ import annotations

from collections import OrderedDict
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.listings.factories import loaded, make_office, plain_list
from undaunted.coercion.exposure.analysis.shipped import most_exposed
from undaunted.config.warming import warm_up
from undaunted.core.matching.analysis import searching

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__: list[str] = []


@pytest.mark.usefixtures("ledger")
def test_warmed_process_has_worked_out_what_pages_begin_with() -> None:
    most_exposed.cache_clear()
    warm_up().join(60)
    assert most_exposed.cache_info().currsize == 1


class _Looks(Event):
    """Does something between two looks instead of waiting, and then is set."""

    def __init__(self, *between: Callable[[], object]) -> None:
        super().__init__()
        self._between = list(between)

    def wait(self, timeout: float | None = None) -> bool:  # noqa: ARG002 - as events have it
        """Do what comes next."""
        if not self._between:
            self.set()
            return True
        self._between.pop(0)()
        return False


@pytest.mark.usefixtures("ledger")
def test_list_that_another_process_loads_is_made_ready_before_anybody_asks(
    owner_sql: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office(owner_sql)
    sizes: list[int] = []
    build = vars(searching)["build_index"]

    def counting(names: Any) -> Any:
        index = build(names)
        sizes.append(len(index))
        return index

    def load() -> None:
        file = plain_list(tmp_path / "a.jsonl", ["Karsk", "Zubri", "Velgant"])
        loaded(office, "xf-invented", file)

    monkeypatch.setattr(searching, "build_index", counting)
    warm_up(_Looks(lambda: None, load, lambda: None)).join(60)
    assert sizes == [3, 3], "names and words, once"


@pytest.mark.usefixtures("ledger")
def test_look_that_failed_is_told_and_the_next_one_comes(
    owner_sql: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    """The thread ended for good without a word, and every later list waited for its reader."""
    office = make_office(owner_sql)
    loaded(office, "xf-invented", plain_list(tmp_path / "a.jsonl", ["Karsk", "Zubri"]))
    sizes: list[int] = []
    build = vars(searching)["build_index"]

    def failing(names: Any) -> Any:
        index = build(names)
        sizes.append(len(index))
        if len(sizes) == 1:
            raise RuntimeError("dictionary changed size during iteration")
        return index

    monkeypatch.setattr(searching, "build_index", failing)
    monkeypatch.setattr(searching, "_KEPT", OrderedDict())
    warm_up(_Looks(lambda: None)).join(60)
    assert sizes == [2, 2, 2], "names once in vain, then names and words"
    assert "dictionary changed size" in caplog.text
