"""Emptying the database between two tests, by a function of the superuser that nobody else has.

`TRUNCATE … CASCADE` makes every file of nearly every table anew: a tenth of a second and more,
after each test, and a catalogue that swells. Deleting what a test has left takes milliseconds,
but the owner is bound by row security and by the triggers that keep the record. So the function is
the superuser's, is made in the copy of this process alone, and lies outside the schema of the
product.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from undaunted.config.postgres import Binaries
from undaunted.config.postgres.cluster import single_user
from undaunted.config.roles import DATABASE, OWNER

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path
    from typing import Any

    import psycopg

__all__ = ["empty_tables", "teach_emptying"]

EMPTY = """
    CREATE FUNCTION between_tests.empty(kept text[]) RETURNS text[] LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog SET session_replication_role = replica AS $$
    DECLARE filled name; emptied text[] := '{}';
    BEGIN
        FOR filled IN SELECT relname FROM pg_class WHERE relkind = 'r'
            AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
            AND relname <> ALL (kept)
        LOOP
            EXECUTE format('LOCK TABLE public.%I IN EXCLUSIVE MODE', filled);
            EXECUTE format('DELETE FROM public.%I', filled);
            emptied := emptied || filled::text;
        END LOOP;
        PERFORM setval(s.seqrelid, s.seqstart, false) FROM pg_sequence s
            JOIN pg_depend d ON d.objid = s.seqrelid AND d.classid = 'pg_class'::regclass
                AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
            JOIN pg_class t ON t.oid = d.refobjid
            WHERE t.relname <> ALL (kept) AND pg_sequence_last_value(s.seqrelid) IS NOT NULL;
        RETURN emptied;
    END $$
"""
RUNNING = """
    CREATE FUNCTION between_tests.running() RETURNS SETOF text LANGUAGE sql
    SECURITY DEFINER SET search_path = pg_catalog AS $$ SELECT query FROM pg_stat_activity $$
"""
TEACHING = (
    "CREATE SCHEMA between_tests",
    EMPTY,
    RUNNING,
    "REVOKE ALL ON FUNCTION between_tests.empty, between_tests.running FROM PUBLIC",
    f"GRANT USAGE ON SCHEMA between_tests TO {OWNER}",
    f"GRANT EXECUTE ON FUNCTION between_tests.empty, between_tests.running TO {OWNER}",
)


def teach_emptying(data: Path) -> None:
    """Make the function in the files of a server that does not run."""
    lines = [" ".join(statement.split()) for statement in TEACHING]
    single_user(Binaries.find(), data, DATABASE, lines)


def empty_tables(owner: psycopg.Connection[Any], kept: Collection[str]) -> None:
    """Delete every row outside the `kept` tables, and give the space back, as new files would."""
    row = owner.execute("SELECT between_tests.empty(%s)", [sorted(kept)]).fetchone()
    assert row is not None
    if row[0]:
        names = sql.SQL(", ").join(map(sql.Identifier, row[0]))
        owner.execute(sql.SQL("VACUUM (SKIP_DATABASE_STATS) {}").format(names))
