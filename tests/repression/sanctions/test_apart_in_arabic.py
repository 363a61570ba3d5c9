"""Names of laws and publishers keep their own direction on a page that runs from right to left."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.translation import override

from undaunted.repression.sanctions.rules import Line, State, Tie
from undaunted.repression.sanctions.templatetags.sanctions import entry_line

LINE = Line("au-dfat", "1", "A", State.LISTED, Tie.OWN, programmes=("Autonomous (Thematic)",))


def test_a_programme_is_kept_apart_where_the_text_runs_the_other_way() -> None:
    assert "Autonomous (Thematic);" in entry_line(LINE)
    with override("ar"):
        assert "\u2068Autonomous (Thematic)\u2069" in entry_line(LINE)


@pytest.mark.usefixtures("ledger")
def test_publishers_stand_on_lines_of_their_own_and_places_of_reading_run_their_way() -> None:
    page = Client().get("/ar/sanctions/authorities/eu-2020-1998/").text
    assert not re.search(r"</bdi>;\s*<bdi", page)
    calendar = Client().get("/ar/designations/renewals/").text
    assert re.search(r'<bdi lang="en" dir="ltr">Açoriano Oriental', calendar)
