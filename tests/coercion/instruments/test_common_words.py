"""A firm whose name is common words: no rule tells whether it is named, so somebody reads it."""

from __future__ import annotations

import pytest

from tests.coercion.instruments.requests import exporter
from undaunted.coercion.instruments.rules import Request, common_words, request_fields

__all__: list[str] = []

GOODS = next(each.title for each in request_fields() if each.key == "goods")


def _of(name: str) -> Request:
    return exporter(requester={"value": name}, goods={"value": "Goods that go by road; it is long"})


@pytest.mark.parametrize("name", ["Road Co", "The Road Company Ltd", "Trade Road"])
def test_lines_with_a_common_word_of_the_name_are_told(name: str) -> None:
    assert GOODS in common_words(_of(name))


@pytest.mark.parametrize("name", ["Altmoor Highway Planks AG", "IT AG", "Holz AG"])
def test_a_name_with_a_word_of_its_own_is_searched_for_and_needs_no_reader(name: str) -> None:
    assert common_words(_of(name)) == ()
