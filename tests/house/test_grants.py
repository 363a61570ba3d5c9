"""What the migrated database really allows each role: read from its own catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

from tests.house.tree import exceptions
from undaunted.core.access.rules import NO_PERSONAL_DATA

if TYPE_CHECKING:
    from collections.abc import Callable

    Sql = Callable[..., list[tuple[Any, ...]]]

__all__: list[str] = []

SERVING = ("undaunted_desk", "undaunted_public", "undaunted_intake")
RIGHTS = """
    SELECT relname, right_name FROM pg_class,
        unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS right_name
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
      AND (has_table_privilege(%s, oid, right_name)
           OR right_name IN ('SELECT', 'INSERT', 'UPDATE')
              AND has_any_column_privilege(%s, oid, right_name))
"""


def _rights(owner_sql: Sql, role: str) -> set[tuple[str, str]]:
    return {(table, right) for table, right in owner_sql(RIGHTS, [role, role])}


def test_the_public_reads_projections_and_reference_data_only(owner_sql: Sql) -> None:
    rights = _rights(owner_sql, "undaunted_public")
    assert {right for _, right in rights} <= {"SELECT"}
    tables = {table for table, _ in rights if not table.startswith("published_")}
    allowed = exceptions("public_reference_tables")
    assert tables - set(allowed) == set()
    assert set(allowed) <= tables, "no longer needed"


def test_intake_adds_what_is_sealed_and_reads_nothing(owner_sql: Sql) -> None:
    assert _rights(owner_sql, "undaunted_intake") == {
        ("audit_detail", "INSERT"),
        ("audit_entry", "INSERT"),
        ("intake_attachment", "INSERT"),
        ("intake_letter", "INSERT"),
        ("intake_mailbox", "INSERT"),
        ("vault_record", "INSERT"),
        ("vault_recordkey", "INSERT"),
        ("vault_sealing", "INSERT"),
    }


def test_tables_about_people_force_row_security(owner_sql: Sql) -> None:
    forced = {
        name
        for (name,) in owner_sql(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        )
    }
    reachable = {table for role in SERVING for table, _ in _rights(owner_sql, role)}
    bare = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if getattr(model, "personal_data", NO_PERSONAL_DATA) is not NO_PERSONAL_DATA
        and model._meta.db_table in reachable - forced
        and not model._meta.db_table.startswith("published_")
    }
    excepted = exceptions("tables_without_row_security")
    assert bare - set(excepted) == set()
    assert set(excepted) <= bare, "no longer needed"


def test_definer_functions_fix_their_search_path_and_are_not_for_everyone(owner_sql: Sql) -> None:
    loose = owner_sql(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND (NOT coalesce(proconfig::text LIKE '%%search_path=%%', false)"
        " OR has_function_privilege('public', oid, 'EXECUTE'))",
        [],
    )
    assert loose == []
