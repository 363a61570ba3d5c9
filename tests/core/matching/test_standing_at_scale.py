"""Forty thousand entries: who is whom, and what waits, without reading what is not shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.core.listings.factories import make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.matching.queries import queue_of, standing_of

pytestmark = pytest.mark.usefixtures("ledger")

ENTRIES, PAIRS, JUDGED = 40_000, 20_000, 5_000
FEW = 8
"""Questions to the database, however many entries there are."""


def test_forty_thousand_entries_have_their_parties_at_once(owner_sql: Any) -> None:
    make_office(owner_sql)
    _filled(owner_sql)
    with CaptureQueriesContext(connections["public"]) as asked:
        standing = standing_of(PUBLIC)
    assert len(standing.party_of) == ENTRIES
    assert len(standing.members) == ENTRIES - JUDGED
    assert len(standing.open) == PAIRS - JUDGED
    assert len(asked) <= FEW
    assert not any('"content"' in each["sql"] for each in asked), "no entry is read"


def test_queue_of_twenty_thousand_pairs_reads_the_reasons_of_those_it_shows(
    owner_sql: Any,
) -> None:
    make_office(owner_sql)
    _filled(owner_sql)
    with CaptureQueriesContext(connections["public"]) as asked:
        held = queue_of(PUBLIC)
        shown = held.pairs[:FEW]
    assert len(held.pairs) == PAIRS - JUDGED
    assert len(asked) <= FEW
    with_reasons = [each["sql"] for each in asked if '"reasons"' in each["sql"]]
    assert len(with_reasons) == 1, "of the pairs shown alone"
    assert [each.reasons[0]["by"] for each in shown] == ["same-birth"] * FEW
    assert held.pairs[0] == shown[0]


def _filled(owner_sql: Any) -> None:
    owner_sql(
        "INSERT INTO published_list_entry (id, source, key, kind, name, search, programmes,"
        " designated, delisted, digest, first, content)"
        " SELECT gen_random_uuid(), (ARRAY['xf-invented', 'xz-invented'])[1 + n %% 2],"
        " lpad(n::text, 6, '0'), 'person', 'x', 'x', '{}', '', false, 'd', 1, '{}'"
        " FROM generate_series(1, %s) AS n",
        [ENTRIES],
    )
    owner_sql(
        "INSERT INTO published_match_seen (id, source, key, digest, form, engine, refused)"
        " SELECT gen_random_uuid(), source, key, 'd', 'f', 'e', '' FROM published_list_entry",
        [],
    )
    left, right = (f"'{one}-invented:' || lpad((2 * n{more})::text, 6, '0')" for one, more in
                   (("xf", ""), ("xz", " - 1")))  # fmt: skip
    owner_sql(
        'INSERT INTO published_match_candidate (id, "left", "right", likeness, reasons, strong,'
        f" engine) SELECT gen_random_uuid(), {left}, {right}, 0.9, %s::jsonb, false, 'e'"
        " FROM generate_series(1, %s) AS n",
        ['[{"ground": "fact", "by": "same-birth"}]', PAIRS],
    )
    owner_sql(
        'INSERT INTO published_match_judgement (id, "left", "right", verdict, reasons, engine,'
        " left_digest, right_digest, left_form, right_form, shown, at, confirmed_at)"
        " SELECT gen_random_uuid(),"
        f" {left}, {right}, 'same', '[]', 'e', 'f', 'f', '{{}}', '{{}}', '', now(), now()"
        " FROM generate_series(1, %s) AS n",
        [JUDGED],
    )
