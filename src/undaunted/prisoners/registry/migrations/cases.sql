-- What of the ledger is published of a case. Only functions of the owner write it.

CREATE OR REPLACE FUNCTION registry_month(earliest date, latest date) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT CASE
        WHEN coalesce(earliest, latest) IS NULL THEN ''
        WHEN earliest IS NULL THEN '../' || to_char(latest, 'YYYY-MM')
        WHEN latest IS NULL THEN to_char(earliest, 'YYYY-MM') || '/..'
        WHEN to_char(earliest, 'YYYY-MM') = to_char(latest, 'YYYY-MM')
        THEN to_char(earliest, 'YYYY-MM')
        WHEN to_char(earliest, 'YYYYMM') = to_char(earliest, 'YYYY') || '01'
             AND to_char(latest, 'YYYYMM') = to_char(earliest, 'YYYY') || '12'
        THEN to_char(earliest, 'YYYY')
        ELSE to_char(earliest, 'YYYY-MM') || '/' || to_char(latest, 'YYYY-MM') END
$$;

-- Cases and segments of these canonical groups, as two people approved and consent allows today.
CREATE OR REPLACE FUNCTION registry_write_cases(groups uuid[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off SET jit = off
AS $$
    SELECT registry_approve_missing(groups);
    WITH gate AS MATERIALIZED (SELECT * FROM registry_gate(groups)),
    approval AS MATERIALIZED (
        SELECT v.* FROM registry_approvals(groups) v
        JOIN gate g ON g.canonical = v.canonical WHERE v.known1 = 'infinity'
    ), member AS MATERIALIZED (
        SELECT DISTINCT ON (v.party) v.party AS id, v.canonical, v.gender, v.birth_earliest,
            v.birth_latest, v.country, v.roles, g.reference, g.since, g.identity, g.biography
        FROM approval v JOIN gate g ON g.canonical = v.canonical
        ORDER BY v.party, v.known0 DESC
    ), about AS (
        SELECT m.canonical, min(m.reference) AS reference, min(m.since) AS since,
            (array_agg(m.country ORDER BY m.country = '', m.id <> m.canonical, m.id))[1] AS country,
            CASE WHEN bool_and(m.biography) THEN
                (array_agg(m.gender ORDER BY m.gender = '', m.id <> m.canonical, m.id))[1]
                ELSE '' END AS gender,
            CASE WHEN bool_and(m.biography) THEN
                (array_agg(extract(year FROM m.birth_earliest)::int
                           ORDER BY m.id <> m.canonical, m.id)
                 FILTER (WHERE extract(year FROM m.birth_earliest)
                             = extract(year FROM m.birth_latest)))[1] END AS birth_year
        FROM member m GROUP BY m.canonical
    ), role AS (
        SELECT m.canonical, array_agg(DISTINCT r ORDER BY r) AS roles
        FROM member m CROSS JOIN LATERAL unnest(m.roles) AS r
        WHERE m.biography GROUP BY m.canonical
    ), name AS (
        SELECT m.canonical,
            (array_agg(n.text ORDER BY n.kind <> 'full', NOT n."primary", m.id <> m.canonical,
                       n.recorded_at, n.id))[1] AS display,
            string_agg(DISTINCT n.search_form, ' ') AS search_form
        FROM registry_shown_names(groups) n JOIN member m ON m.id = n.party_id
        GROUP BY m.canonical
    ), listed AS (
        SELECT m.canonical, array_agg(DISTINCT l.slug::varchar ORDER BY l.slug::varchar) AS lists
        FROM registry_listentry e JOIN approval m ON m.party = e.party_id
        JOIN registry_sourcelist l ON l.id = e.source_list_id AND l.id = ANY (m.lists)
        WHERE e.party_id = ANY (ARRAY(SELECT id FROM member)) AND e.withdrawn_at IS NULL
        GROUP BY m.canonical
    ), act AS MATERIALIZED (
        SELECT c.canonical, a.* FROM events_act a
        JOIN (SELECT DISTINCT v.canonical, u.act FROM approval v
              CROSS JOIN LATERAL unnest(v.acts) AS u(act)) c ON c.act = a.id
        WHERE a.victim_id = ANY (ARRAY(SELECT id FROM member))
    ), law AS (
        SELECT a.canonical, array_agg(DISTINCT a.law_category ORDER BY a.law_category) AS laws
        FROM act a WHERE a.law_category <> '' GROUP BY a.canonical
    ), custody AS (
        SELECT a.canonical, min(a.tier) AS tier, min(a.start_earliest) AS first_start,
            CASE WHEN bool_and(a.end_latest IS NOT NULL) THEN max(a.end_latest) END AS last_end,
            (array_agg(a.release_type ORDER BY a.start_latest DESC NULLS LAST, a.id))[1] AS release,
            (array_agg(a.whereabouts ORDER BY a.start_latest DESC NULLS LAST, a.id))[1] AS whereabouts,
            (array_agg(a.health_alert ORDER BY a.start_latest DESC NULLS LAST, a.id))[1] AS alert,
            (array_agg(a.country ORDER BY a.start_latest DESC NULLS LAST, a.id))[1] AS country
        FROM act a WHERE a.in_stock GROUP BY a.canonical
    ), decided AS (
        -- A status that one person gave stays at the desk; the one decided before it is shown.
        SELECT DISTINCT ON (r.party_id, r.standard) r.party_id, r.standard, r.status
        FROM registry_recognition r
        WHERE r.party_id = ANY (ARRAY(SELECT id FROM member))
          AND r.decided_by IS NOT NULL AND r.decided_by <> r.proposed_by
        ORDER BY r.party_id, r.standard, r.recorded_from DESC, r.recorded_to DESC NULLS FIRST
    ), standing AS (
        SELECT m.canonical,
            (array_agg(r.status ORDER BY array_position(
                ARRAY['recognised', 'disputed', 'candidate', 'former', 'not_recognised'],
                r.status::text)) FILTER (WHERE r.standard = 'pace-1900'))[1] AS status,
            array_agg(DISTINCT r.standard ORDER BY r.standard)
                FILTER (WHERE r.status = 'recognised') AS standards
        FROM decided r JOIN member m ON m.id = r.party_id
        GROUP BY m.canonical
    ), segment AS MATERIALIZED (
        SELECT * FROM registry_segments(groups)
    ), now_held AS (
        SELECT DISTINCT s.canonical FROM segment s
        WHERE s.standard = '*' AND s.certain AND s.known_to = 'infinity'
          AND s.start_on <= current_date AND current_date < s.end_on
    ), turn AS (
        -- The first day on which what is written here will be true no more.
        SELECT d.canonical, min(d.day) AS day
        FROM (SELECT s.canonical, x.day FROM segment s
              CROSS JOIN LATERAL (VALUES (s.start_on), (s.end_on)) AS x(day)
              WHERE s.standard = '*' AND s.known_to = 'infinity'
              UNION ALL
              SELECT p.canonical, x.day FROM consent_grant g
              JOIN registry_members(groups) p ON p.id = g.subject
              CROSS JOIN LATERAL (VALUES (g.given_on), (g.until)) AS x(day)
              WHERE g.subject = ANY (ARRAY(SELECT id FROM registry_members(groups)))
                AND g.purpose = 'registry' AND g.audience = 'public'
                AND g.revoked_at IS NULL) d
        WHERE d.day > current_date AND d.day < 'infinity' GROUP BY d.canonical
    ), whole AS (
        SELECT b.canonical, t.day AS due_on, b.reference, b.since, b.birth_year,
            coalesce(nullif(b.country, ''), c.country, '') AS country, b.gender,
            coalesce(n.display, '') AS name,
            coalesce(n.search_form || ' ', '') || lower(b.reference) AS search_form, g.merged,
            g.identity,
            coalesce(r.roles, '{}') AS roles, coalesce(w.laws, '{}') AS laws,
            coalesce(l.lists, '{}') AS lists, coalesce(s.status, 'candidate') AS status,
            coalesce(s.standards, '{}') AS standards, coalesce(c.tier, 'C') AS tier,
            h.canonical IS NOT NULL AS held_now,
            date_trunc('month', c.first_start)::date AS first_start,
            date_trunc('month', c.last_end)::date AS last_end,
            coalesce(c.release, '') AS release_type, coalesce(c.whereabouts, '') AS whereabouts,
            CASE WHEN g.health THEN coalesce(c.alert, '') ELSE '' END AS health_alert
        FROM about b JOIN gate g ON g.canonical = b.canonical
        LEFT JOIN role r ON r.canonical = b.canonical
        LEFT JOIN name n ON n.canonical = b.canonical
        LEFT JOIN listed l ON l.canonical = b.canonical
        LEFT JOIN law w ON w.canonical = b.canonical
        LEFT JOIN custody c ON c.canonical = b.canonical
        LEFT JOIN standing s ON s.canonical = b.canonical
        LEFT JOIN now_held h ON h.canonical = b.canonical
        LEFT JOIN turn t ON t.canonical = b.canonical
    ), written AS (
        INSERT INTO published_case (id, reference, merged, identity, name, search_form, country, gender,
            birth_year, roles, laws, lists, status, standards, tier, held_now, first_start, last_end,
            release_type, whereabouts, health_alert, cell, published_at, changed_at, due_on)
        SELECT w.canonical, w.reference, w.merged, w.identity, w.name, w.search_form, w.country, w.gender,
            w.birth_year, w.roles, w.laws, w.lists, w.status, w.standards, w.tier, w.held_now, w.first_start,
            w.last_end, w.release_type, w.whereabouts, w.health_alert,
            hashtextextended(concat_ws(E'\x1f', w.country, w.gender, w.roles::text, w.laws::text,
                                       w.status, w.tier, w.held_now::text), 0),
            w.since, statement_timestamp(), w.due_on
        FROM whole w
        RETURNING id, cell
    )
    INSERT INTO published_segment (case_id, standard, country, start_on, end_on, tier, verified,
        certain, cell, known_from, known_to)
    SELECT s.canonical, s.standard, s.country, s.start_on, s.end_on, s.tier, s.verified, s.certain,
        w.cell, s.known_from, s.known_to
    FROM segment s JOIN written w ON w.id = s.canonical;
$$;

-- Names that may be shown: approved, or the same words as an approved one; at the level in force.
-- Where another name takes the place of an approved one, that one stays until the other is approved
-- too, and goes when the other is taken back.
CREATE OR REPLACE FUNCTION registry_shown_names(groups uuid[])
RETURNS TABLE(canonical uuid, party_id uuid, id uuid, text text, kind text, script text,
              language text, search_form text, "primary" boolean, recorded_at timestamptz)
LANGUAGE sql STABLE ROWS 20000
SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off SET jit = off AS $$
    WITH RECURSIVE approved AS MATERIALIZED (
        SELECT DISTINCT v.canonical, v.party, u.name, g.identity
        FROM registry_approvals(groups) v JOIN registry_gate(groups) g ON g.canonical = v.canonical
        CROSS JOIN LATERAL unnest(v.names) AS u(name)
        WHERE v.known1 = 'infinity' AND g.identity >= 3
    ), held AS MATERIALIZED (
        SELECT n.* FROM actors_partyname n
        WHERE n.party_id = ANY (ARRAY(SELECT DISTINCT party FROM approved))
    ), words AS (
        SELECT DISTINCT a.canonical, a.identity, n.party_id, n.text, n.kind, n.script, n.language
        FROM approved a JOIN held n ON n.id = a.name AND n.party_id = a.party
    ), replaced AS (
        SELECT n.id, n.replaced_by FROM held n
        WHERE n.withdrawn_at IS NOT NULL AND n.replaced_by IS NOT NULL
          AND n.id = ANY (ARRAY(SELECT name FROM approved))
        UNION
        SELECT r.id, n.replaced_by FROM replaced r JOIN held n ON n.id = r.replaced_by
        WHERE n.withdrawn_at IS NOT NULL AND n.replaced_by IS NOT NULL
    ), standing AS (
        SELECT n.id, n."primary" FROM held n WHERE n.withdrawn_at IS NULL
        UNION ALL
        SELECT r.id, n."primary" FROM replaced r JOIN held n ON n.id = r.replaced_by
        JOIN held o ON o.id = r.id
        WHERE n.withdrawn_at IS NULL AND NOT EXISTS (
            -- Whoever takes the same words back takes back what was approved.
            SELECT FROM held t WHERE t.party_id = o.party_id AND t.text = o.text
              AND t.withdrawn_at >= o.withdrawn_at AND t.replaced_by IS NULL)
    )
    SELECT w.canonical, n.party_id, n.id, n.text, n.kind, n.script, n.language, n.search_form,
        s."primary", n.recorded_at
    FROM words w JOIN held n ON n.party_id = w.party_id AND n.text = w.text AND n.kind = w.kind
        AND n.script = w.script AND n.language = w.language
    JOIN standing s ON s.id = n.id
    WHERE w.identity = 4 OR n.kind = 'pseudonym'
$$;

-- Names, spells and sources of cases that stand already.
CREATE OR REPLACE FUNCTION registry_write_details(groups uuid[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off SET jit = off
AS $$
    INSERT INTO published_name (case_id, text, kind, script, language)
    SELECT DISTINCT n.canonical, n.text, n.kind, n.script, n.language
    FROM registry_shown_names(groups) n;
    INSERT INTO published_spell (case_id, claim, category, type, start, "end", start_earliest,
        start_latest, end_earliest, end_latest, country, admin1, laws, stage, sentence_kind,
        sentence_months, release_type, tier, in_stock)
    SELECT g.id, a.claim, a.category, a.type,
        registry_month(a.start_earliest, a.start_latest),
        registry_month(a.end_earliest, a.end_latest),
        date_trunc('month', a.start_earliest)::date,
        (date_trunc('month', a.start_latest) + interval '1 month - 1 day')::date,
        date_trunc('month', a.end_earliest)::date,
        (date_trunc('month', a.end_latest) + interval '1 month - 1 day')::date,
        a.country, a.admin1, CASE WHEN a.law_category = '' THEN '{}'
                                  ELSE ARRAY[a.law_category] END::varchar[],
        a.stage, a.sentence_kind, a.sentence_months, a.release_type, a.tier, a.in_stock
    FROM published_case g
    JOIN (SELECT DISTINCT v.canonical, u.act FROM registry_approvals(groups) v
          CROSS JOIN LATERAL unnest(v.acts) AS u(act) WHERE v.known1 = 'infinity') c
      ON c.canonical = g.id
    JOIN events_act a ON a.id = c.act
    WHERE g.id = ANY (groups)
      AND a.victim_id = ANY (ARRAY(SELECT id FROM registry_members(groups)))
      AND (a.in_stock OR a.category IN
           ('deprivation_of_liberty', 'deprivation', 'spell', 'detention', 'civil_death'));
    INSERT INTO published_source (case_id, publisher, title, url, published, claim, grade)
    SELECT DISTINCT g.canonical, s.publisher, s.title, s.url, s.published, c.claim,
        c.reliability || c.credibility
    FROM registry_gate(groups) g JOIN registry_approvals(groups) v ON v.canonical = g.canonical
    JOIN evidence_citation c ON c.subject_id = v.party
    JOIN evidence_source s ON s.id = c.source_id
    WHERE g.identity = 4 AND v.known1 = 'infinity'
      AND (c.id = ANY (v.citations) OR EXISTS (
          -- What was said before in the same words was approved before.
          SELECT FROM unnest(v.citations) AS u(citation)
          JOIN evidence_citation k ON k.id = u.citation
          JOIN evidence_source o ON o.id = k.source_id
          WHERE (k.claim, k.reliability, k.credibility, o.publisher, o.title, o.url, o.published)
              = (c.claim, c.reliability, c.credibility, s.publisher, s.title, s.url, s.published)
            AND o.public))
      AND c.subject_id = ANY (ARRAY(SELECT id FROM registry_members(groups)))
      AND c.subject_kind IN ('party', 'person') AND c.withdrawn_at IS NULL AND s.public;
$$;

CREATE OR REPLACE FUNCTION registry_forget(cases uuid[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM published_name WHERE case_id = ANY (cases);
    DELETE FROM published_spell WHERE case_id = ANY (cases);
    DELETE FROM published_segment WHERE case_id = ANY (cases);
    DELETE FROM published_source WHERE case_id = ANY (cases);
    DELETE FROM published_case WHERE id = ANY (cases);
$$;

-- Whose projection is older than a day that changes it: consent begun or ended, embargo over,
-- custody begun or ended on a day that lay ahead.
CREATE OR REPLACE FUNCTION registry_due() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH opened AS (
        SELECT p.id, s.canonical FROM registry_publication b JOIN actors_party p ON p.id = b.party_id
        LEFT JOIN registry_grouping h ON h.party_id = p.id
        CROSS JOIN LATERAL (SELECT coalesce(h.canonical, p.canonical) AS canonical) s
        WHERE b.state = 'published' AND b.embargo_until <= statement_timestamp()
          AND NOT EXISTS (SELECT FROM published_case c WHERE c.id = s.canonical)
    ), begun AS (
        SELECT p.id, s.canonical FROM consent_grant g JOIN actors_party p ON p.id = g.subject
        LEFT JOIN registry_grouping h ON h.party_id = p.id
        CROSS JOIN LATERAL (SELECT coalesce(h.canonical, p.canonical) AS canonical) s
        WHERE g.given_on <= current_date
          AND g.given_on > coalesce((SELECT day FROM registry_clock), current_date - 1)
          AND g.purpose = 'registry' AND g.audience = 'public' AND g.revoked_at IS NULL
          AND NOT EXISTS (SELECT FROM published_case c WHERE c.id = s.canonical)
    ), waiting AS (SELECT * FROM opened UNION SELECT * FROM begun)
    SELECT coalesce(array_agg(DISTINCT id), '{}') FROM (
        SELECT id FROM published_case WHERE due_on <= current_date
        UNION
        SELECT c.id FROM consent_grant g JOIN actors_party p ON p.id = g.subject
        LEFT JOIN registry_grouping h ON h.party_id = p.id
        JOIN published_case c ON c.id = coalesce(h.canonical, p.canonical)
        WHERE g.revoked_at > c.changed_at AND g.purpose = 'registry' AND g.audience = 'public'
        UNION
        SELECT w.id FROM waiting w
        JOIN registry_gate(ARRAY(SELECT canonical FROM waiting)) g ON g.canonical = w.canonical
    ) due
$$;

-- Lets time pass: projects what is due, for whoever asks first. Takes no argument and says only
-- how many cases it worked out anew and how many of them went, so that the public may call it.
CREATE OR REPLACE FUNCTION registry_pass_time() RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE due uuid[]; groups uuid[]; before bigint; after bigint;
BEGIN
    due := registry_due();
    IF cardinality(due) > 0 THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('registry_project', 0));
        due := registry_due();  -- somebody else may have done it while we waited
    END IF;
    IF cardinality(due) > 0 THEN
        groups := registry_groups(due);
        SELECT count(*) INTO before FROM published_case WHERE id = ANY (groups);
        PERFORM registry_project(due);
        SELECT count(*) INTO after FROM published_case WHERE id = ANY (groups);
    END IF;
    IF (SELECT day FROM registry_clock) IS DISTINCT FROM current_date THEN
        INSERT INTO registry_clock (day) VALUES (current_date)
        ON CONFLICT (one) DO UPDATE SET day = excluded.day;
    END IF;
    RETURN jsonb_build_object('cases', cardinality(due),
                              'gone', greatest(coalesce(before - after, 0), 0));
END $$;

-- News about these subjects: their groups are projected where one was ever proposed.
CREATE OR REPLACE FUNCTION registry_heed(subjects uuid[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE groups uuid[]; touched uuid[];
BEGIN
    groups := registry_groups(subjects);
    WITH member AS MATERIALIZED (
        SELECT id, canonical FROM actors_party WHERE canonical = ANY (groups)
        UNION SELECT party_id, canonical FROM registry_grouping WHERE canonical = ANY (groups)
    )
    SELECT array_agg(DISTINCT p.id) INTO touched FROM member p
    WHERE EXISTS (SELECT FROM member q JOIN registry_publication b ON b.party_id = q.id
                  WHERE q.canonical = p.canonical);
    IF touched IS NULL THEN RETURN 0; END IF;
    PERFORM registry_project(touched);
    RETURN cardinality(touched);
END $$;

-- Names on the desk by likeness: the index serves names of the open tier; who may see a name is
-- asked of the identity, as the policies do.
CREATE OR REPLACE FUNCTION actors_search(query text, most int DEFAULT 50)
RETURNS TABLE(party uuid, name text, likeness real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE mine uuid[] := identity_organisations('{reader,documenter,reviewer,publisher,steward}');
BEGIN
    IF cardinality(mine) = 0 OR length(query) < 2 THEN RETURN; END IF;
    IF cardinality(identity_governments()) > 0 THEN RETURN; END IF;
    RETURN QUERY
    SELECT n.party_id, n.text::text, word_similarity(lower(query), n.search_form) AS l
    FROM actors_partyname n
    WHERE n.sharing = 'shared' AND n.withdrawn_at IS NULL
      AND (n.search_form ILIKE '%' || replace(replace(replace(query, '\', '\\'), '%', '\%'), '_', '\_') || '%'
           OR lower(query) <% n.search_form)
    ORDER BY l DESC, n.party_id LIMIT least(greatest(most, 1), 200);
END $$;

REVOKE ALL ON FUNCTION registry_month(date, date), registry_write_cases(uuid[]),
    registry_shown_names(uuid[]), registry_write_details(uuid[]), registry_forget(uuid[]),
    registry_due(), registry_pass_time(), registry_heed(uuid[]), actors_search(text, int)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_due(), registry_pass_time(), registry_heed(uuid[]),
    actors_search(text, int) TO undaunted_desk;
GRANT EXECUTE ON FUNCTION registry_pass_time() TO undaunted_public;
