"""No role counts what it cannot read: PostgreSQL tells everybody how often each table changed.

Its statistics, sizes and locks are read by every role of a database: when rows of proposals were
added, how many there are, who waits for them, which statements run. Whoever asks again and again
would date each step of what they may not read. Only a superuser closes that, in each database.
"""

from __future__ import annotations

__all__ = ["closing"]

FUNCTIONS = r"""
    DO $$ DECLARE what text; BEGIN
        FOR what IN SELECT p.oid::regprocedure FROM pg_proc p
            WHERE p.pronamespace = 'pg_catalog'::regnamespace
              AND (p.proname ~ '^pg_stat_(get_|have_stats$)' OR p.proname IN (
                'pg_lock_status', 'pg_relation_size', 'pg_table_size', 'pg_indexes_size',
                'pg_total_relation_size', 'pg_database_size', 'pg_tablespace_size',
                'pg_current_wal_lsn', 'pg_current_wal_insert_lsn', 'pg_current_wal_flush_lsn',
                'pg_blocking_pids', 'pg_safe_snapshot_blocking_pids', 'pg_logical_emit_message'))
              AND has_function_privilege('public', p.oid, 'EXECUTE')
        LOOP
            EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', what);
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pg_monitor, "@owner@"', what);
        END LOOP;
    END $$
"""
VIEWS = r"""
    DO $$ DECLARE what text; BEGIN
        FOR what IN SELECT c.oid::regclass FROM pg_class c
            WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'v'
              AND (c.relname ~ '^pg_stat(io)?_' OR c.relname = 'pg_locks')
              AND has_table_privilege('public', c.oid, 'SELECT')
        LOOP
            EXECUTE format('REVOKE ALL ON %s FROM PUBLIC', what);
            EXECUTE format('GRANT SELECT ON %s TO pg_monitor, "@owner@"', what);
        END LOOP;
    END $$
"""
ESTIMATES = r"""
    DO $$ BEGIN
        IF has_table_privilege('public', 'pg_class', 'SELECT') THEN
            REVOKE ALL ON pg_class FROM PUBLIC;
            GRANT SELECT ON pg_class TO pg_monitor, "@owner@";
            EXECUTE (SELECT format('GRANT SELECT (%s) ON pg_class TO PUBLIC',
                                   string_agg(quote_ident(a.attname), ', '))
                FROM pg_attribute a
                WHERE a.attrelid = 'pg_class'::regclass AND NOT a.attisdropped
                  AND a.attname NOT IN ('reltuples', 'relpages', 'relallvisible', 'relallfrozen'));
        END IF;
    END $$
"""


def closing(owner: str) -> list[str]:
    """Give the statements, for a superuser inside the database, that close it; again is harmless.

    The owner keeps it, who vacuums and dumps, and so does whoever watches a server (`pg_monitor`).
    Each is one line, as a server of a single user asks.
    """
    return [
        " ".join(statement.split()).replace("@owner@", owner)
        for statement in (FUNCTIONS, VIEWS, ESTIMATES)
    ]
