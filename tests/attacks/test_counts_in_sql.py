"""Somebody with SQL counts rows and changes of tables that their role, or they, cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from undaunted.config.roles import DESK, INTAKE, PUBLIC, SERVING

if TYPE_CHECKING:
    from undaunted.config.postgres import Lease

pytestmark = pytest.mark.usefixtures("ledger")

TABLE = "'public.coordination_proposal'::regclass"
ASKED = (
    "SELECT n_tup_ins, n_tup_upd, n_live_tup, last_vacuum FROM pg_stat_all_tables",
    "SELECT n_tup_ins FROM pg_stat_user_tables",
    "SELECT n_tup_ins FROM pg_stat_xact_all_tables",
    "SELECT idx_scan FROM pg_stat_all_indexes",
    "SELECT heap_blks_read FROM pg_statio_all_tables",
    "SELECT query FROM pg_stat_activity",
    "SELECT xact_commit, tup_inserted FROM pg_stat_database",
    "SELECT * FROM pg_stat_progress_vacuum",
    "SELECT wal_bytes FROM pg_stat_wal",
    "SELECT relation::regclass, mode FROM pg_locks",
    "SELECT * FROM pg_lock_status()",
    f"SELECT pg_stat_get_tuples_inserted({TABLE})",
    f"SELECT pg_stat_get_numscans({TABLE})",
    "SELECT * FROM pg_stat_get_activity(NULL)",
    f"SELECT pg_relation_size({TABLE})",
    f"SELECT pg_relation_size({TABLE}, 'fsm')",
    f"SELECT pg_table_size({TABLE})",
    f"SELECT pg_indexes_size({TABLE})",
    f"SELECT pg_total_relation_size({TABLE})",
    "SELECT pg_database_size(current_database())",
    "SELECT pg_current_wal_lsn()",
    "SELECT pg_current_wal_insert_lsn()",
    "SELECT pg_current_wal_flush_lsn()",
    "SELECT pg_blocking_pids(pg_backend_pid())",
    "SELECT pg_safe_snapshot_blocking_pids(pg_backend_pid())",
    "SELECT pg_logical_emit_message(false, 'asked', '')",
    "SELECT pg_logical_emit_message(false, 'asked', ''::bytea)",
    "SELECT reltuples FROM pg_class",
    "SELECT relpages, relallvisible FROM pg_class",
    "SELECT c FROM pg_class c",
)


@pytest.mark.parametrize("role", SERVING)
def test_no_role_counts_what_it_cannot_read(role: str, database_server: Lease) -> None:
    urls = database_server.urls
    url = {DESK: urls.desk, PUBLIC: urls.public, INTAKE: urls.intake}[role]
    with psycopg.connect(url, autocommit=True) as stranger:
        for asked in ASKED:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                stranger.execute(asked)
        names = stranger.execute("SELECT relname, relkind FROM pg_class").fetchall()
    assert ("coordination_proposal", "r") in names, "what a driver asks for is answered"


def test_the_owner_still_counts_for_who_vacuums_and_dumps(owner_sql: Any) -> None:
    for asked in ASKED:
        owner_sql(asked)


def test_no_view_of_statistics_and_no_function_is_left_open(owner_sql: Any) -> None:
    left = owner_sql(
        "SELECT c.relname FROM pg_class c WHERE c.relkind = 'v'"
        " AND c.relnamespace = 'pg_catalog'::regnamespace"
        " AND c.relname ~ '^pg_stat' AND has_table_privilege('public', c.oid, 'SELECT')"
    )
    assert {name for (name,) in left} == {"pg_stats", "pg_stats_ext", "pg_stats_ext_exprs"}
    left = owner_sql(
        "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace"
        " AND p.proname ~ '^pg_(stat_get|.*_size$)' AND prorettype <> 'void'::regtype"
        " AND has_function_privilege('public', p.oid, 'EXECUTE')"
    )
    assert {name for (name,) in left} == {"pg_column_size"}


def test_statistics_of_columns_tell_of_nobody_s_rows(database_server: Lease) -> None:
    kept = "SELECT count(*) FROM pg_stats WHERE schemaname = 'public' AND tablename LIKE %s"
    for url in (database_server.urls.public, database_server.urls.intake):
        with psycopg.connect(url, autocommit=True) as stranger:
            for table in ("coordination%", "dossiers%", "matching%", "vault%"):
                assert stranger.execute(kept, [table]).fetchone() == (0,)
