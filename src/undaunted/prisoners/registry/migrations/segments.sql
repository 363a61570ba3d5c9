-- The counting rule (docs/explanation/counting.md, engines/census) over the ledger, in SQL.

CREATE OR REPLACE FUNCTION registry_year_after(day date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
    SELECT CASE WHEN day >= DATE '9998-01-01' THEN DATE 'infinity'
                WHEN extract(month FROM day) = 2 AND extract(day FROM day) = 29
                THEN make_date(extract(year FROM day)::int + 1, 3, 1)
                ELSE (day + interval '1 year')::date END
$$;

CREATE OR REPLACE FUNCTION registry_groups(parties uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT canonical), '{}') FROM (
        SELECT canonical FROM actors_party WHERE id = ANY (parties) OR canonical = ANY (parties)
        UNION
        SELECT canonical FROM registry_grouping WHERE party_id = ANY (parties) OR canonical = ANY (parties)
    ) found
$$;

-- Who stands in these groups before the public: as judged, except whom a merge or a split moved
-- that nobody has approved yet (docs/decisions/0022).
CREATE OR REPLACE FUNCTION registry_members(groups uuid[]) RETURNS TABLE(id uuid, canonical uuid)
LANGUAGE sql STABLE ROWS 20000 AS $$
    SELECT p.id, p.canonical FROM actors_party p
    WHERE p.canonical = ANY (groups) AND p.withdrawn_at IS NULL AND p.kind = 'person'
      AND NOT EXISTS (SELECT FROM registry_grouping g WHERE g.party_id = p.id)
    UNION ALL
    SELECT p.id, g.canonical FROM registry_grouping g JOIN actors_party p ON p.id = g.party_id
    WHERE g.canonical = ANY (groups) AND p.withdrawn_at IS NULL AND p.kind = 'person'
$$;

-- The day on which a day may count: of somebody shown without a name the last of its month
-- (docs/decisions/0012). Infinity stays.
CREATE OR REPLACE FUNCTION registry_day(day date, coarse boolean) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN coarse AND isfinite(day)
                THEN (date_trunc('month', day::timestamp) + interval '1 month - 1 day')::date
                ELSE day END
$$;

-- What two people approved of the records of these groups, from when until when: no row here,
-- nothing in public. A record counts through a gate of its own group only.
CREATE OR REPLACE FUNCTION registry_approvals(groups uuid[])
RETURNS TABLE(canonical uuid, party uuid, known0 timestamptz, known1 timestamptz, identity int,
              biography int, detention int, health int, gender text, birth_earliest date,
              birth_latest date, death_earliest date, death_latest date, country text,
              roles varchar[], acts uuid[], names uuid[], citations uuid[], lists uuid[])
LANGUAGE sql STABLE ROWS 20000
SET search_path = pg_catalog, public, pg_temp SET jit = off AS $$
    WITH member AS MATERIALIZED (
        SELECT * FROM registry_members(groups)
    )
    SELECT m.canonical, m.id, v.approved_at, coalesce(v.ended_at, 'infinity'), v.identity,
        v.biography, v.detention, v.health, v.gender, v.birth_earliest, v.birth_latest,
        v.death_earliest, v.death_latest, v.country, v.roles, v.acts, v.names, v.citations, v.lists
    FROM registry_approval v
    JOIN member m ON m.id = v.party_id
    JOIN registry_publication b ON b.id = v.gate_id AND b.state = 'published'
    JOIN member own ON own.id = b.party_id AND own.canonical = m.canonical
    WHERE v.party_id = ANY (ARRAY(SELECT id FROM member))
$$;

-- What may be shown of whom, today: no row, no publication. Levels as in core/consent/rules.py;
-- consent counts at most at the level that two people approved. The oldest reference stands for the
-- group; the others that were published are merged into it.
DROP FUNCTION IF EXISTS registry_gate(uuid[]);
CREATE FUNCTION registry_gate(groups uuid[])
RETURNS TABLE(canonical uuid, reference text, merged text[], since timestamptz, identity int,
              biography boolean, health boolean)
LANGUAGE sql STABLE ROWS 20000
SET search_path = pg_catalog, public, pg_temp SET jit = off AS $$
    WITH member AS MATERIALIZED (
        SELECT * FROM registry_members(groups)
    ), gate AS (
        SELECT m.canonical,
            array_agg(b.reference::text ORDER BY b.published_at, b.reference)
                FILTER (WHERE b.state = 'published') AS refs,
            min(greatest(b.published_at, b.embargo_until))
                FILTER (WHERE b.state = 'published') AS since,
            bool_or(b.state = 'taken_down' OR coalesce(b.embargo_until > statement_timestamp(), false)) AS barred
        FROM registry_publication b JOIN member m ON m.id = b.party_id
        WHERE b.party_id = ANY (ARRAY(SELECT id FROM member))
        GROUP BY m.canonical
    ), approved AS (
        SELECT v.canonical, max(v.identity) AS identity, max(v.biography) AS biography,
            max(v.detention) AS detention, max(v.health) AS health
        FROM registry_approvals(groups) v WHERE v.known1 = 'infinity' GROUP BY v.canonical
    ), stood AS MATERIALIZED (
        -- Withdrawn records too: what the person said on one of them stays said.
        SELECT p.id, p.canonical FROM actors_party p
        WHERE p.canonical = ANY (groups)
          AND NOT EXISTS (SELECT FROM registry_grouping g WHERE g.party_id = p.id)
        UNION ALL
        SELECT g.party_id, g.canonical FROM registry_grouping g WHERE g.canonical = ANY (groups)
    ), taken_back AS (
        -- Once a person took their own word back, on any record of theirs, no other's counts.
        SELECT DISTINCT s.canonical FROM consent_grant g JOIN stood s ON s.id = g.subject
        WHERE g.subject = ANY (ARRAY(SELECT id FROM stood))
          AND g.purpose = 'registry' AND g.audience = 'public' AND g.basis = 'self'
          AND g.revoked_at IS NOT NULL
    ), agreed AS (
        SELECT m.canonical, f.field_group,
            max(CASE g.level WHEN 'name' THEN 4 WHEN 'pseudonym' THEN 3 WHEN 'code' THEN 2
                             WHEN 'aggregate' THEN 1 ELSE 0 END) AS level
        FROM consent_grant g JOIN member m ON m.id = g.subject
        LEFT JOIN taken_back t ON t.canonical = m.canonical
        CROSS JOIN LATERAL unnest(g.field_groups) AS f(field_group)
        WHERE g.subject = ANY (ARRAY(SELECT id FROM member))
          AND g.purpose = 'registry' AND g.audience = 'public' AND g.revoked_at IS NULL
          AND g.given_on <= current_date AND current_date < g.until
          AND (t.canonical IS NULL OR g.basis = 'self')
          AND (g.basis IN ('self', 'family_proxy', 'lawyer_proxy', 'guardian')
               OR (g.basis = 'public_record' AND (g.how <> '' OR g.evidence_document IS NOT NULL)
                   AND f.field_group IN ('identity', 'biography', 'detention')))
        GROUP BY m.canonical, f.field_group
    ), levels AS (
        SELECT a.canonical,
            coalesce(max(level) FILTER (WHERE field_group = 'identity'), 0) AS identity,
            coalesce(max(level) FILTER (WHERE field_group = 'biography'), 0) AS biography,
            coalesce(max(level) FILTER (WHERE field_group = 'detention'), 0) AS detention,
            coalesce(max(level) FILTER (WHERE field_group = 'health'), 0) AS health
        FROM agreed a GROUP BY a.canonical
    )
    SELECT g.canonical, g.refs[1], g.refs[2:], g.since, least(l.identity, v.identity),
        least(l.biography, v.biography) >= 2, least(l.health, v.health) >= 2
    FROM gate g JOIN levels l ON l.canonical = g.canonical
    JOIN approved v ON v.canonical = g.canonical
    WHERE g.refs IS NOT NULL AND NOT g.barred AND least(l.detention, v.detention) >= 2
$$;

-- Disjoint segments per person, standard and window of knowledge. Rows of the standard '*' are
-- the person's cover whoever recognises it: tier '-', and verified tells that it ended by death.
-- A claim is known from when it was recorded and approved until another approval leaves it out.
CREATE OR REPLACE FUNCTION registry_segments(parties uuid[])
RETURNS TABLE(canonical uuid, standard text, country text, start_on date, end_on date, tier text,
              verified boolean, certain boolean, known_from timestamptz, known_to timestamptz)
LANGUAGE sql STABLE ROWS 50000
SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off SET jit = off AS $$
    WITH gate AS MATERIALIZED (
        SELECT g.canonical, g.since, g.identity < 4 AS coarse
        FROM registry_gate(registry_groups(parties)) g
    ), approval AS MATERIALIZED (
        SELECT v.canonical, v.party, v.known0, v.known1, v.acts,
            registry_day(v.death_earliest, g.coarse) AS death_earliest,
            registry_day(v.death_latest, g.coarse) AS death_latest
        FROM registry_approvals(registry_groups(parties)) v JOIN gate g ON g.canonical = v.canonical
    ), member AS MATERIALIZED (
        SELECT DISTINCT v.party AS id, g.canonical, g.since, g.coarse
        FROM approval v JOIN gate g ON g.canonical = v.canonical
    ), allowed AS (
        SELECT v.canonical, c.act, min(v.known0) AS known0, max(v.known1) AS known1
        FROM approval v CROSS JOIN LATERAL unnest(v.acts) AS c(act) GROUP BY v.canonical, c.act
    ), act AS MATERIALIZED (
        SELECT m.canonical, m.since, greatest(w.known0, a.recorded_from) AS known0, w.known1,
            a.in_stock, a.release_type = 'died' AS died, a.tier::text AS tier,
            a.country::text AS country,
            registry_day(coalesce(a.start_earliest, s.latest), m.coarse) AS start_earliest,
            registry_day(s.latest, m.coarse) AS start_latest,
            registry_day(coalesce(a.end_earliest,
                     CASE WHEN a.end_latest IS NULL THEN DATE 'infinity' ELSE s.latest END),
                     m.coarse) AS end_earliest,
            registry_day(coalesce(a.end_latest, 'infinity'), m.coarse) AS end_latest,
            CASE WHEN m.coarse THEN ARRAY(SELECT registry_day(c, true) FROM unnest(a.confirmed) c)
                 ELSE a.confirmed END AS confirmed
        FROM events_act a JOIN member m ON m.id = a.victim_id
        JOIN allowed w ON w.act = a.id AND w.canonical = m.canonical
        CROSS JOIN LATERAL (SELECT coalesce(
            a.start_latest, (SELECT min(c) FROM unnest(a.confirmed) c), 'infinity') AS latest) s
        WHERE a.victim_id = ANY (ARRAY(SELECT id FROM member))
          AND (a.in_stock OR a.release_type = 'died')
          AND (a.start_earliest IS NOT NULL OR s.latest < 'infinity')
    ), recognition AS MATERIALIZED (
        SELECT m.canonical, m.since, r.standard::text AS standard, r.recorded_from AS known0,
            coalesce(r.recorded_to, 'infinity') AS known1,
            daterange(registry_day(r.effective_from, m.coarse),
                      registry_day(r.effective_to, m.coarse)) AS days
        FROM registry_recognition r JOIN member m ON m.id = r.party_id
        WHERE r.party_id = ANY (ARRAY(SELECT id FROM member))
          AND r.decided_by IS NOT NULL AND r.decided_by <> r.proposed_by
          AND coalesce(r.effective_from < r.effective_to, true)
          AND (r.status = 'recognised' OR (r.status = 'former' AND r.effective_to IS NOT NULL))
    ), instants AS (
        SELECT g.canonical, g.since AS k FROM gate g
        UNION SELECT v.canonical, v.known0 FROM approval v JOIN gate g
              ON g.canonical = v.canonical AND v.known0 > g.since
        UNION SELECT a.canonical, a.known0 FROM act a WHERE a.known0 > a.since
        UNION SELECT a.canonical, a.known1 FROM act a
              WHERE a.known1 > a.since AND a.known1 < 'infinity'
        UNION SELECT r.canonical, r.known0 FROM recognition r WHERE r.known0 > r.since
        UNION SELECT r.canonical, r.known1 FROM recognition r
              WHERE r.known1 > r.since AND r.known1 < 'infinity'
    ), epoch AS MATERIALIZED (
        SELECT i.canonical, i.k AS k0,
            coalesce(lead(i.k) OVER (PARTITION BY i.canonical ORDER BY i.k), 'infinity') AS k1
        FROM instants i
    ), known AS MATERIALIZED (
        SELECT e.k0, a.* FROM act a JOIN epoch e ON e.canonical = a.canonical
        WHERE a.known0 <= e.k0 AND a.known1 > e.k0
    ), death AS MATERIALIZED (
        SELECT d.canonical, d.k0, min(d.earliest) AS earliest, max(d.latest) AS latest
        FROM (SELECT k.canonical, k.k0, k.end_earliest AS earliest, k.end_latest AS latest
              FROM known k WHERE k.died
              UNION ALL
              SELECT v.canonical, e.k0, coalesce(v.death_earliest, v.death_latest),
                     coalesce(v.death_latest, 'infinity')
              FROM approval v JOIN epoch e ON e.canonical = v.canonical
              WHERE v.known0 <= e.k0 AND v.known1 > e.k0
                AND (v.death_earliest IS NOT NULL OR v.death_latest IS NOT NULL)) d
        GROUP BY d.canonical, d.k0
    ), cover AS MATERIALIZED (
        SELECT k.canonical, k.k0, k.tier, k.country, k.confirmed,
            k.start_earliest AS ps, least(k.end_latest, d.latest) AS pe,
            k.start_latest AS cs, least(k.end_earliest, d.earliest) AS ce,
            registry_year_after(k.start_latest) AS lapse
        FROM known k LEFT JOIN death d ON d.canonical = k.canonical AND d.k0 = k.k0
        WHERE k.in_stock
    ), points AS (
        SELECT c.canonical, c.k0, p.day
        FROM cover c CROSS JOIN LATERAL unnest(ARRAY[c.ps, c.pe, c.cs, c.ce, c.lapse]) AS p(day)
        UNION
        SELECT c.canonical, c.k0, p.day
        FROM cover c CROSS JOIN LATERAL unnest(c.confirmed) AS f(day)
        CROSS JOIN LATERAL (VALUES (f.day), (registry_year_after(f.day))) AS p(day)
        WHERE cardinality(c.confirmed) > 0
    ), piece AS MATERIALIZED (
        SELECT p.canonical, p.k0, p.day AS lo,
            lead(p.day) OVER (PARTITION BY p.canonical, p.k0 ORDER BY p.day) AS hi
        FROM points p
    ), seen AS (
        SELECT p.canonical, p.k0, p.lo, p.hi, c.tier, c.country,
            (c.cs <= p.lo AND p.lo < c.ce) AS sure,
            (c.cs <= p.lo AND p.lo < c.lapse)
            OR (cardinality(c.confirmed) > 0 AND EXISTS (
                SELECT FROM unnest(c.confirmed) f(day)
                WHERE f.day <= p.lo AND p.lo < registry_year_after(f.day))) AS fresh
        FROM piece p JOIN cover c ON c.canonical = p.canonical AND c.k0 = p.k0
        WHERE p.hi IS NOT NULL
          AND ((c.cs <= p.lo AND p.lo < c.ce) OR (c.ps <= p.lo AND p.lo < c.pe))
    ), judged AS (
        SELECT s.canonical, s.k0, s.lo, s.hi,
            min((CASE WHEN s.sure THEN '0' ELSE '1' END || s.tier || s.country) COLLATE "C") AS best,
            bool_or(s.fresh AND s.sure) AS fresh_sure, bool_or(s.fresh) AS fresh
        FROM seen s GROUP BY s.canonical, s.k0, s.lo, s.hi
    ), labelled AS (
        SELECT j.canonical, j.k0, j.lo, j.hi, left(j.best, 1) = '0' AS certain,
            substr(j.best, 2, 1) AS tier, substr(j.best, 3) AS country,
            CASE WHEN left(j.best, 1) = '0' THEN j.fresh_sure ELSE j.fresh END AS verified
        FROM judged j
    ), stepped AS (
        SELECT l.*,
            (lag(l.hi) OVER w = l.lo AND lag(l.tier) OVER w = l.tier
             AND lag(l.country) OVER w = l.country AND lag(l.verified) OVER w = l.verified
             AND lag(l.certain) OVER w = l.certain) IS NOT TRUE AS opens,
            (lag(l.hi) OVER w = l.lo AND lag(l.certain) OVER w = l.certain) IS NOT TRUE AS begins
        FROM labelled l WINDOW w AS (PARTITION BY l.canonical, l.k0 ORDER BY l.lo)
    ), numbered AS MATERIALIZED (
        SELECT s.*, count(*) FILTER (WHERE s.opens) OVER w AS stretch,
            count(*) FILTER (WHERE s.begins) OVER w AS run
        FROM stepped s WINDOW w AS (PARTITION BY s.canonical, s.k0 ORDER BY s.lo)
    ), stretch AS (
        SELECT n.canonical, n.k0, min(n.lo) AS lo, max(n.hi) AS hi, min(n.tier) AS tier,
            min(n.country) AS country, bool_and(n.verified) AS verified,
            bool_and(n.certain) AS certain
        FROM numbered n GROUP BY n.canonical, n.k0, n.stretch
    ), held AS (
        SELECT r.canonical, r.k0, r.lo, r.hi, r.certain,
            coalesce(r.certain AND r.hi = d.earliest, false) AS died
        FROM (SELECT n.canonical, n.k0, min(n.lo) AS lo, max(n.hi) AS hi,
                     bool_and(n.certain) AS certain
              FROM numbered n GROUP BY n.canonical, n.k0, n.run) r
        LEFT JOIN death d ON d.canonical = r.canonical AND d.k0 = r.k0
    ), recognised AS (
        SELECT u.canonical, u.k0, u.standard, days
        FROM (SELECT r.canonical, e.k0, r.standard, range_agg(r.days) AS spans
              FROM recognition r JOIN epoch e ON e.canonical = r.canonical
              WHERE r.known0 <= e.k0 AND r.known1 > e.k0
              GROUP BY r.canonical, e.k0, r.standard) u
        CROSS JOIN LATERAL unnest(u.spans) AS days
    ), counted AS (
        SELECT s.canonical, s.k0, r.standard, s.country,
            greatest(s.lo, coalesce(lower(r.days), '-infinity')) AS lo,
            least(s.hi, coalesce(upper(r.days), 'infinity')) AS hi, s.tier, s.verified, s.certain
        FROM stretch s JOIN recognised r ON r.canonical = s.canonical AND r.k0 = s.k0
        WHERE s.lo < coalesce(upper(r.days), 'infinity')
          AND s.hi > coalesce(lower(r.days), '-infinity')
        UNION ALL
        SELECT h.canonical, h.k0, '*', '', h.lo, h.hi, '-', h.died, h.certain FROM held h
    ), dated AS (
        SELECT c.canonical, c.standard, c.country, c.lo, c.hi, c.tier, c.verified, c.certain,
            range_agg(tstzrange(e.k0, e.k1)) AS known
        FROM counted c JOIN epoch e ON e.canonical = c.canonical AND e.k0 = c.k0
        GROUP BY c.canonical, c.standard, c.country, c.lo, c.hi, c.tier, c.verified, c.certain
    )
    SELECT d.canonical, d.standard, d.country, d.lo, d.hi, d.tier, d.verified, d.certain,
        lower(k), upper(k)
    FROM dated d CROSS JOIN LATERAL unnest(d.known) AS k
$$;

-- Every crossing into and out of the headline stock, from what is published (engines/census
-- movements). The country '*' stands for all countries together. Planned anew for each array of cases:
-- a plan for any array compares every segment with every case, for hours at a million.
CREATE OR REPLACE FUNCTION published_movements(wanted text, known timestamptz, cases uuid[] DEFAULT NULL)
RETURNS TABLE(standard text, country text, case_id uuid, day date, kind text)
LANGUAGE sql STABLE ROWS 50000
SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off SET jit = off
SET plan_cache_mode = force_custom_plan AS $$
    WITH segment AS MATERIALIZED (
        SELECT s.case_id, s.standard::text AS standard, s.country::text AS country, s.start_on,
            s.end_on, s.tier, s.verified, s.certain
        FROM published_segment s
        WHERE s.known_from <= known AND known < s.known_to
          AND (wanted IS NULL OR s.standard IN ('*', wanted))
          AND (cases IS NULL OR s.case_id = ANY (cases))
    ), headline AS (
        SELECT s.case_id, s.standard, c.country, s.start_on, s.end_on,
            (lag(s.end_on) OVER w = s.start_on) IS NOT TRUE AS opens
        FROM segment s CROSS JOIN LATERAL (VALUES (s.country), ('*')) AS c(country)
        WHERE s.standard <> '*' AND s.certain AND s.tier IN ('A', 'B')
        WINDOW w AS (PARTITION BY s.case_id, s.standard, c.country ORDER BY s.start_on)
    ), inside AS (
        SELECT n.case_id, n.standard, n.country, min(n.start_on) AS lo, max(n.end_on) AS hi
        FROM (SELECT h.*, count(*) FILTER (WHERE h.opens) OVER (
                  PARTITION BY h.case_id, h.standard, h.country ORDER BY h.start_on) AS run
              FROM headline h) n
        GROUP BY n.case_id, n.standard, n.country, n.run
    ), surely AS (
        SELECT s.case_id, s.start_on AS lo, s.end_on AS hi, s.verified AS died,
            row_number() OVER (PARTITION BY s.case_id ORDER BY s.start_on) = 1 AS first
        FROM segment s WHERE s.standard = '*' AND s.certain
    ), possibly AS (
        SELECT r.case_id, r.lo, r.hi,
            row_number() OVER (PARTITION BY r.case_id ORDER BY r.lo) = 1 AS first
        FROM (SELECT n.case_id, min(n.start_on) AS lo, max(n.end_on) AS hi
              FROM (SELECT o.*, count(*) FILTER (WHERE o.opens) OVER (
                        PARTITION BY o.case_id ORDER BY o.start_on) AS run
                    FROM (SELECT s.case_id, s.start_on, s.end_on,
                              (lag(s.end_on) OVER (PARTITION BY s.case_id ORDER BY s.start_on)
                               = s.start_on) IS NOT TRUE AS opens
                          FROM segment s WHERE s.standard = '*') o) n
              GROUP BY n.case_id, n.run) r
    ), placed AS (
        SELECT i.*, s.lo AS held_lo, s.hi AS held_hi, s.died, s.first AND p.first AS first
        FROM inside i
        JOIN surely s ON s.case_id = i.case_id AND s.lo <= i.lo AND i.lo < s.hi
        JOIN possibly p ON p.case_id = i.case_id AND p.lo <= i.lo AND i.lo < p.hi
    )
    SELECT p.standard, p.country, p.case_id, p.lo,
        CASE WHEN p.held_lo < p.lo THEN 'reclassified_in'
             WHEN p.first THEN 'new' ELSE 'redetained' END
    FROM placed p
    UNION ALL
    SELECT p.standard, p.country, p.case_id, p.hi,
        CASE WHEN p.held_hi > p.hi THEN 'reclassified_out'
             WHEN p.died THEN 'died' ELSE 'released' END
    FROM placed p WHERE p.hi < 'infinity'
$$;
REVOKE ALL ON FUNCTION registry_groups(uuid[]), registry_members(uuid[]), registry_day(date, boolean),
    registry_approvals(uuid[]), registry_gate(uuid[]), registry_segments(uuid[]),
    published_movements(text, timestamptz, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION published_movements(text, timestamptz, uuid[])
    TO undaunted_public, undaunted_desk;
