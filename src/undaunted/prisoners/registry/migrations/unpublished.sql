-- Who counts without being published, for editions alone (docs/decisions/0031): consent for statistics,
-- country and year, and nothing that names anybody. Which of them are drawn is worked out outside.

-- The salt is this database's own, the fingerprint that of the key with which it counts: neither is
-- the key, nor gives it.
CREATE FUNCTION registry_draw_standing(OUT salt uuid, OUT fingerprint text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO registry_draw (one) VALUES (true) ON CONFLICT DO NOTHING;
    SELECT d.salt, d.fingerprint INTO salt, fingerprint FROM registry_draw d;
END $$;

-- As core/consent `permits` decides for statistics, the public, the detention, in aggregate: given,
-- not over, not taken back, not objected to, by a person who is nowhere before the public yet.
CREATE FUNCTION registry_counted_only(known timestamptz) RETURNS TABLE(canonical uuid)
LANGUAGE sql STABLE ROWS 20000
SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off SET jit = off AS $$
    WITH agreed AS MATERIALIZED (
        SELECT DISTINCT m.canonical, g.basis, g.given_on
        FROM consent_grant g JOIN actors_party m ON m.id = g.subject
        WHERE g.purpose = 'statistics' AND g.audience = 'public' AND g.revoked_at IS NULL
          AND g.level IN ('aggregate', 'code', 'pseudonym', 'name')
          AND 'detention' = ANY (g.field_groups)
          AND g.given_on <= current_date AND current_date < g.until
          AND coalesce(g.mandate_until, 'infinity') > current_date
          AND (g.basis IN ('self', 'family_proxy', 'lawyer_proxy', 'guardian')
               OR (g.basis = 'public_record' AND (g.how <> '' OR g.evidence_document IS NOT NULL)))
          AND m.kind = 'person' AND m.withdrawn_at IS NULL
    ), stood AS MATERIALIZED (
        -- Withdrawn records too: what the person said on one of them stays said.
        SELECT p.id, p.canonical, coalesce(h.canonical, p.canonical) AS shown
        FROM actors_party p LEFT JOIN registry_grouping h ON h.party_id = p.id
        WHERE p.canonical IN (SELECT a.canonical FROM agreed a)
    ), barred AS (
        SELECT s.canonical FROM stood s JOIN published_case c ON c.id = s.canonical
        WHERE c.published_at <= known
        UNION
        SELECT s.canonical FROM stood s JOIN published_case c ON c.id = s.shown
        WHERE c.published_at <= known
        UNION
        SELECT s.canonical FROM stood s JOIN registry_publication b ON b.party_id = s.id
        WHERE b.state = 'taken_down'
        UNION
        -- What a partner sent is counted by the partner.
        SELECT s.canonical FROM stood s JOIN sharing_kept k ON k.subject = s.id
    ), taken_back AS (
        SELECT s.canonical FROM consent_grant g JOIN stood s ON s.id = g.subject
        WHERE g.purpose = 'statistics' AND g.audience = 'public' AND g.basis = 'self'
          AND g.revoked_at IS NOT NULL
    ), objected AS (
        SELECT s.canonical, max(o.made_on) AS made_on
        FROM consent_objection o JOIN stood s ON s.id = o.subject
        WHERE o.purpose IN ('', 'statistics') AND o.audience IN ('', 'public')
          AND o.made_on <= current_date
        GROUP BY s.canonical
    )
    SELECT DISTINCT a.canonical FROM agreed a
    LEFT JOIN objected o ON o.canonical = a.canonical
    WHERE a.canonical NOT IN (SELECT b.canonical FROM barred b)
      AND (a.basis = 'self' OR a.canonical NOT IN (SELECT t.canonical FROM taken_back t))
      AND (o.made_on IS NULL OR a.basis <> 'public_record' AND a.given_on > o.made_on)
$$;

-- The counting rule at the ends of years, with the days of the nameless: held on 31 December, and
-- arrested in the year. A group is known by a digest of its oldest record, from which no record is found.
CREATE FUNCTION registry_counted_cells(known timestamptz, years int[])
RETURNS TABLE(token bytea, measure text, country text, year int)
LANGUAGE sql STABLE ROWS 50000
SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off SET jit = off AS $$
    WITH counted AS MATERIALIZED (
        SELECT c.canonical FROM registry_counted_only(known) c
    ), member AS MATERIALIZED (
        SELECT p.* FROM actors_party p JOIN counted c ON c.canonical = p.canonical
    ), named AS (
        SELECT m.canonical,
            sha256(convert_to('undaunted draw 1|'
                              || (array_agg(m.id ORDER BY m.recorded_at, m.id))[1], 'UTF8')) AS token
        FROM member m GROUP BY m.canonical
    ), act AS MATERIALIZED (
        SELECT m.canonical, a.in_stock, a.release_type = 'died' AS died, a.tier::text AS tier,
            a.country::text AS country, registry_day(s.latest, true) AS start_latest,
            registry_day(coalesce(a.end_earliest,
                CASE WHEN a.end_latest IS NULL THEN DATE 'infinity' ELSE s.latest END), true)
                AS end_earliest
        FROM events_act a JOIN member m ON m.id = a.victim_id AND m.withdrawn_at IS NULL
        CROSS JOIN LATERAL (SELECT coalesce(
            a.start_latest, (SELECT min(c) FROM unnest(a.confirmed) c), 'infinity') AS latest) s
        WHERE a.recorded_from <= known AND known < coalesce(a.recorded_to, 'infinity')
          AND (a.in_stock OR a.release_type = 'died')
          AND (a.start_earliest IS NOT NULL OR s.latest < 'infinity')
    ), death AS (
        SELECT d.canonical, min(d.earliest) AS earliest
        FROM (SELECT a.canonical, a.end_earliest AS earliest FROM act a WHERE a.died
              UNION ALL
              SELECT m.canonical, registry_day(coalesce(m.death_earliest, m.death_latest), true)
              FROM member m WHERE m.withdrawn_at IS NULL
                AND (m.death_earliest IS NOT NULL OR m.death_latest IS NOT NULL)) d
        GROUP BY d.canonical
    ), cover AS MATERIALIZED (
        SELECT a.canonical, a.tier || a.country AS best, a.start_latest AS lo,
            least(a.end_earliest, d.earliest) AS hi
        FROM act a LEFT JOIN death d ON d.canonical = a.canonical
        WHERE a.in_stock AND a.start_latest < least(a.end_earliest, d.earliest)
    ), recognised AS MATERIALIZED (
        SELECT m.canonical, daterange(registry_day(r.effective_from, true),
                                      registry_day(r.effective_to, true)) AS days
        FROM registry_recognition r JOIN member m ON m.id = r.party_id AND m.withdrawn_at IS NULL
        WHERE r.standard = 'pace-1900'
          AND r.recorded_from <= known AND known < coalesce(r.recorded_to, 'infinity')
          AND r.decided_by IS NOT NULL AND r.decided_by <> r.proposed_by
          AND coalesce(r.effective_from < r.effective_to, true)
          AND (r.status = 'recognised' OR (r.status = 'former' AND r.effective_to IS NOT NULL))
    ), moment AS (
        SELECT DISTINCT c.canonical, 'held' AS measure, y AS year, make_date(y, 12, 31) AS day
        FROM cover c JOIN unnest(years) AS y
          ON c.lo <= make_date(y, 12, 31) AND make_date(y, 12, 31) < c.hi
        UNION
        SELECT c.canonical, 'arrested', extract(year FROM c.lo)::int, c.lo
        FROM cover c
        WHERE isfinite(c.lo) AND extract(year FROM c.lo)::int = ANY (years)
          AND NOT EXISTS (SELECT FROM cover o WHERE o.canonical = c.canonical
                          AND o.lo < c.lo AND c.lo <= o.hi)
    ), judged AS (
        SELECT m.canonical, m.measure, m.year, min(c.best COLLATE "C") AS best
        FROM moment m
        JOIN cover c ON c.canonical = m.canonical AND c.lo <= m.day AND m.day < c.hi
        WHERE EXISTS (SELECT FROM recognised r
                      WHERE r.canonical = m.canonical AND r.days @> m.day)
        GROUP BY m.canonical, m.measure, m.year, m.day
    )
    SELECT DISTINCT n.token, j.measure, substr(j.best, 2), j.year
    FROM judged j JOIN named n ON n.canonical = j.canonical
    WHERE left(j.best, 1) IN ('A', 'B')
$$;

-- The one door: for somebody who may build an edition, in a process that holds the binding key, which
-- SQL does not, and with the key with which was counted before.
CREATE FUNCTION registry_unpublished(known timestamptz, years int[], print text, mac bytea)
RETURNS TABLE(token bytea, measure text, country text, year int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE expected bytea;
BEGIN
    SELECT identity_hmac(b.key, convert_to(concat_ws('|', 'unpublished',
        floor(extract(epoch FROM known) * 1000000)::bigint, array_to_string(years, ','), print,
        identity_actor()), 'UTF8')) INTO expected FROM accounts_bindingkey b;
    IF expected IS NULL OR mac IS DISTINCT FROM expected THEN
        RAISE EXCEPTION 'unpublished people are counted for editions alone' USING ERRCODE = '28000';
    END IF;
    IF cardinality(identity_organisations('{documenter,reviewer,publisher}')) = 0
        OR cardinality(identity_governments()) > 0 THEN
        RAISE EXCEPTION 'only whoever may build an edition counts unpublished people'
            USING ERRCODE = '42501';
    END IF;
    UPDATE registry_draw d SET fingerprint = print WHERE d.fingerprint = '';
    IF NOT EXISTS (SELECT FROM registry_draw d WHERE d.fingerprint = print) THEN
        RAISE EXCEPTION 'this database counts with another key' USING ERRCODE = '28000';
    END IF;
    RETURN QUERY SELECT * FROM registry_counted_cells(known, years);
END $$;

REVOKE ALL ON FUNCTION registry_draw_standing(), registry_counted_only(timestamptz),
    registry_counted_cells(timestamptz, int[]),
    registry_unpublished(timestamptz, int[], text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_draw_standing(),
    registry_unpublished(timestamptz, int[], text, bytea) TO undaunted_desk;
