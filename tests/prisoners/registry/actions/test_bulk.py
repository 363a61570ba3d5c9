"""Arrays of texts are read by the database as they were given, whatever signs stand in them."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from undaunted.prisoners.registry.actions.bulk import array_text

TEXTS = st.text(
    st.one_of(
        st.sampled_from('",{}\\ NULnul\n'),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=8,
)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.one_of(st.none(), TEXTS), max_size=5).map(tuple))
def test_an_array_comes_back_as_it_was_written(values: tuple[str | None, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [array_text(values)])
        assert cursor.fetchone() == (list(values),)
