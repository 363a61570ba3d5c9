-- What two people approved for the public: taken down by the database, by the ids of the rows, so
-- that neither a forged day nor a forged name lets one person change what is shown.

-- What would be approved now: of every record of the group of each gate the facts, the claims that
-- stand and the levels agreed to. Names and sources only where the level would show them.
CREATE OR REPLACE FUNCTION registry_snapshot(gates uuid[])
RETURNS TABLE(gate uuid, party uuid, identity int, biography int, detention int, health int,
              gender text, birth_earliest date, birth_latest date, death_earliest date,
              death_latest date, country text, roles varchar[], acts uuid[], names uuid[],
              citations uuid[], lists uuid[], digest text)
LANGUAGE sql STABLE ROWS 5000
SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off SET jit = off AS $$
    WITH gate AS MATERIALIZED (
        SELECT b.id, b.party_id FROM registry_publication b WHERE b.id = ANY (gates)
    ), chosen AS MATERIALIZED (
        SELECT g.id AS gate, p.canonical FROM gate g JOIN actors_party p ON p.id = g.party_id
        WHERE p.id = ANY (ARRAY(SELECT party_id FROM gate))
    ), member AS MATERIALIZED (
        SELECT c.gate, m.* FROM chosen c JOIN actors_party m ON m.canonical = c.canonical
        WHERE m.canonical = ANY (ARRAY(SELECT canonical FROM chosen))
          AND m.withdrawn_at IS NULL AND m.kind = 'person'
    ), taken_back AS (
        -- Once a person took their own word back, on any record of theirs, no other's counts.
        SELECT DISTINCT c.gate FROM chosen c JOIN actors_party p ON p.canonical = c.canonical
        JOIN consent_grant g ON g.subject = p.id
        WHERE g.subject = ANY (ARRAY(SELECT q.id FROM actors_party q
                                     WHERE q.canonical = ANY (ARRAY(SELECT canonical FROM chosen))))
          AND g.purpose = 'registry' AND g.audience = 'public' AND g.basis = 'self'
          AND g.revoked_at IS NOT NULL
    ), agreed AS (
        SELECT m.gate, f.field_group,
            max(CASE g.level WHEN 'name' THEN 4 WHEN 'pseudonym' THEN 3 WHEN 'code' THEN 2
                             WHEN 'aggregate' THEN 1 ELSE 0 END) AS level
        FROM consent_grant g JOIN member m ON m.id = g.subject
        LEFT JOIN taken_back t ON t.gate = m.gate
        CROSS JOIN LATERAL unnest(g.field_groups) AS f(field_group)
        WHERE g.subject = ANY (ARRAY(SELECT id FROM member))
          AND g.purpose = 'registry' AND g.audience = 'public' AND g.revoked_at IS NULL
          AND current_date < g.until AND (t.gate IS NULL OR g.basis = 'self')
          AND (g.basis IN ('self', 'family_proxy', 'lawyer_proxy', 'guardian')
               OR (g.basis = 'public_record' AND (g.how <> '' OR g.evidence_document IS NOT NULL)
                   AND f.field_group IN ('identity', 'biography', 'detention')))
        GROUP BY m.gate, f.field_group
    ), levels AS MATERIALIZED (
        SELECT c.gate,
            coalesce(max(a.level) FILTER (WHERE a.field_group = 'identity'), 0) AS identity,
            coalesce(max(a.level) FILTER (WHERE a.field_group = 'biography'), 0) AS biography,
            coalesce(max(a.level) FILTER (WHERE a.field_group = 'detention'), 0) AS detention,
            coalesce(max(a.level) FILTER (WHERE a.field_group = 'health'), 0) AS health
        FROM chosen c LEFT JOIN agreed a ON a.gate = c.gate GROUP BY c.gate
    ), act AS (
        SELECT a.victim_id AS party, array_agg(a.id ORDER BY a.id) AS rows FROM events_act a
        WHERE a.victim_id = ANY (ARRAY(SELECT id FROM member)) AND a.recorded_to IS NULL
        GROUP BY a.victim_id
    ), name AS (
        SELECT m.gate, m.id AS party, array_agg(n.id ORDER BY n.id) AS rows
        FROM member m JOIN levels l ON l.gate = m.gate JOIN actors_partyname n ON n.party_id = m.id
        WHERE n.party_id = ANY (ARRAY(SELECT id FROM member)) AND n.withdrawn_at IS NULL
          AND (l.identity = 4 OR (l.identity = 3 AND n.kind = 'pseudonym'))
        GROUP BY m.gate, m.id
    ), cited AS MATERIALIZED (
        SELECT m.gate, m.id AS party, c.id, c.source_id
        FROM member m JOIN levels l ON l.gate = m.gate
        JOIN evidence_citation c ON c.subject_id = m.id
        WHERE c.subject_id = ANY (ARRAY(SELECT id FROM member))
          AND c.subject_kind IN ('party', 'person') AND c.withdrawn_at IS NULL
          AND l.identity = 4
    ), citation AS (
        SELECT c.gate, c.party, array_agg(c.id ORDER BY c.id) AS rows
        FROM cited c JOIN evidence_source s ON s.id = c.source_id
        WHERE s.id = ANY (ARRAY(SELECT source_id FROM cited)) AND s.public
        GROUP BY c.gate, c.party
    ), listed AS (
        SELECT e.party_id AS party,
            array_agg(DISTINCT e.source_list_id ORDER BY e.source_list_id) AS rows
        FROM registry_listentry e
        WHERE e.party_id = ANY (ARRAY(SELECT id FROM member)) AND e.withdrawn_at IS NULL
        GROUP BY e.party_id
    ), whole AS (
        SELECT m.gate, m.id AS party, l.identity, l.biography, l.detention, l.health,
            m.gender::text AS gender, m.birth_earliest, m.birth_latest, m.death_earliest,
            m.death_latest, m.country::text AS country, m.roles,
            coalesce(a.rows, '{}') AS acts, coalesce(n.rows, '{}') AS names,
            coalesce(c.rows, '{}') AS citations, coalesce(s.rows, '{}') AS lists
        FROM member m JOIN levels l ON l.gate = m.gate
        LEFT JOIN act a ON a.party = m.id
        LEFT JOIN name n ON n.gate = m.gate AND n.party = m.id
        LEFT JOIN citation c ON c.gate = m.gate AND c.party = m.id
        LEFT JOIN listed s ON s.party = m.id
    )
    SELECT w.*, md5(row_to_json(w)::text) FROM whole w
$$;

-- Writes what is approved at this moment; whatever waited on these gates waits no more. One
-- statement reads and settles, so that what somebody writes meanwhile goes on waiting.
CREATE OR REPLACE FUNCTION registry_write_approvals(gates uuid[], who uuid, moment timestamptz)
RETURNS TABLE(gate uuid, digest text)
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE registry_publication b SET approved_at = greatest(coalesce(moment, b.published_at),
        (SELECT max(v.approved_at) FROM registry_approval v WHERE v.gate_id = b.id))
    WHERE b.id = ANY (gates);
    UPDATE registry_approval v SET ended_at = b.approved_at
    FROM registry_publication b
    WHERE b.id = v.gate_id AND v.gate_id = ANY (gates) AND v.ended_at IS NULL;
    WITH snapshot AS MATERIALIZED (SELECT * FROM registry_snapshot(gates)),
    settled AS (DELETE FROM registry_change WHERE gate_id = ANY (gates)),
    written AS (
        INSERT INTO registry_approval (id, gate_id, party_id, approved_by, approved_at, identity,
            biography, detention, health, gender, birth_earliest, birth_latest, death_earliest,
            death_latest, country, roles, acts, names, citations, lists)
        SELECT gen_random_uuid(), s.gate, s.party, coalesce(who, b.published_by), b.approved_at,
            s.identity, s.biography, s.detention, s.health, s.gender, s.birth_earliest,
            s.birth_latest, s.death_earliest, s.death_latest, s.country, s.roles, s.acts, s.names,
            s.citations, s.lists
        FROM snapshot s JOIN registry_publication b ON b.id = s.gate
    )
    SELECT s.gate, md5(string_agg(s.digest, ' ' ORDER BY s.party)) FROM snapshot s GROUP BY s.gate
$$;

-- Gates that the owner brought in published (a restored copy, an older version): as they stand.
CREATE OR REPLACE FUNCTION registry_approve_missing(groups uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gates uuid[];
BEGIN
    SELECT array_agg(b.id) INTO gates
    FROM registry_publication b JOIN actors_party p ON p.id = b.party_id
    WHERE p.canonical = ANY (groups) AND b.state = 'published' AND b.approved_at IS NULL
      AND NOT EXISTS (SELECT FROM registry_approval v WHERE v.gate_id = b.id);
    IF gates IS NOT NULL THEN PERFORM registry_write_approvals(gates, NULL, NULL); END IF;
END $$;

-- With the approval of these gates the records of their groups stand before the public as judged.
CREATE OR REPLACE FUNCTION registry_regroup(gates uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE stale uuid[];
BEGIN
    WITH settled AS (
        DELETE FROM registry_grouping g
        USING actors_party m, actors_party p, registry_publication b
        WHERE b.id = ANY (gates) AND p.id = b.party_id AND m.canonical = p.canonical
          AND g.party_id = m.id
        RETURNING g.party_id, g.canonical
    )
    SELECT array_agg(party_id) || array_agg(canonical) INTO stale FROM settled;
    IF stale IS NOT NULL THEN PERFORM registry_project(stale); END IF;
END $$;

-- What a second person is asked to approve, record by record, with a digest of the whole gate to
-- hand back with the answer. For those who read the records of the organisation.
CREATE OR REPLACE FUNCTION registry_offer(gates uuid[])
RETURNS TABLE(gate uuid, party uuid, identity int, biography int, detention int, health int,
              gender text, birth_earliest date, birth_latest date, death_earliest date,
              death_latest date, country text, roles varchar[], acts uuid[], names uuid[],
              citations uuid[], lists uuid[], digest text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH mine AS MATERIALIZED (
        SELECT identity_organisations('{reader,documenter,reviewer,publisher,steward}') AS holders
    ), snapshot AS MATERIALIZED (
        SELECT * FROM registry_snapshot(ARRAY(
            SELECT b.id FROM registry_publication b, mine
            WHERE b.id = ANY (gates) AND b.holder = ANY (mine.holders)))
    ), whole AS (
        SELECT s.gate, md5(string_agg(s.digest, ' ' ORDER BY s.party)) AS digest
        FROM snapshot s GROUP BY s.gate
    )
    SELECT s.gate, s.party, s.identity, s.biography, s.detention, s.health, s.gender,
        s.birth_earliest, s.birth_latest, s.death_earliest, s.death_latest, s.country, s.roles,
        s.acts, s.names, s.citations, s.lists, w.digest
    FROM snapshot s JOIN whole w ON w.gate = s.gate
$$;

-- The second person's approval of changes: all of these gates or none. `seen` are the digests of
-- what was looked at. Gives the number of gates, with those merged into the same groups.
CREATE OR REPLACE FUNCTION registry_approve(chosen uuid[], seen text[], moment timestamptz)
RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me CONSTANT uuid := identity_actor();
    mine CONSTANT uuid[] := identity_organisations('{publisher}');
    gates uuid[];
    strange int;
BEGIN
    SELECT coalesce(array_agg(DISTINCT b.id), '{}') || chosen INTO gates
    FROM registry_publication c JOIN actors_party p ON p.id = c.party_id
    JOIN actors_party q ON q.canonical = p.canonical
    JOIN registry_publication b ON b.party_id = q.id AND b.state = 'published'
    WHERE c.id = ANY (chosen);
    gates := ARRAY(SELECT DISTINCT unnest(gates));
    PERFORM FROM registry_publication WHERE id = ANY (gates) ORDER BY id FOR UPDATE;
    IF me IS NULL OR (SELECT count(*) FROM registry_publication
                      WHERE id = ANY (gates) AND state = 'published' AND holder = ANY (mine))
                     <> cardinality(gates) THEN
        RAISE EXCEPTION 'a publisher of the organisation approves' USING ERRCODE = '42501';
    END IF;
    IF EXISTS (SELECT FROM registry_change WHERE gate_id = ANY (gates) AND by = me) THEN
        RAISE EXCEPTION 'somebody other than who made the changes approves them'
            USING ERRCODE = '42501';
    END IF;
    WITH written AS MATERIALIZED (SELECT * FROM registry_write_approvals(gates, me, moment))
    SELECT count(*) INTO strange FROM unnest(chosen, seen) AS c(gate, digest)
    LEFT JOIN written w ON w.gate = c.gate WHERE w.digest IS DISTINCT FROM c.digest;
    IF strange > 0 THEN
        RAISE EXCEPTION 'the case was changed since it was looked at' USING ERRCODE = '55000';
    END IF;
    PERFORM registry_regroup(gates);
    RETURN cardinality(gates);
END $$;

-- Notes whose hands changed a case that is at the gate or through it. The owner's are nobody's.
CREATE OR REPLACE FUNCTION registry_note(touched uuid[], origins uuid[], what text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me CONSTANT uuid := coalesce(identity_actor(), '00000000-0000-0000-0000-000000000000');
BEGIN
    INSERT INTO registry_change (gate_id, by, at, kind, batch)
    SELECT DISTINCT b.id, h.hand, clock_timestamp(), what, t.origin
    FROM (SELECT DISTINCT u.party, u.origin FROM unnest(touched, origins) AS u(party, origin)) t
    JOIN actors_party p ON p.id = t.party JOIN actors_party q ON q.canonical = p.canonical
    JOIN registry_publication b ON b.party_id = q.id AND b.state IN ('proposed', 'published')
    LEFT JOIN registry_importbatch i ON i.id = t.origin
    CROSS JOIN LATERAL unnest(ARRAY[me, i.proposed_by]) AS h(hand)
    WHERE h.hand IS NOT NULL;
END $$;

CREATE OR REPLACE FUNCTION registry_note_new() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE parties uuid[]; origins uuid[];
BEGIN
    CASE tg_table_name
    WHEN 'events_act' THEN
        SELECT array_agg(victim_id), array_agg(origin) INTO parties, origins FROM fresh;
    WHEN 'actors_partyname' THEN
        SELECT array_agg(party_id), array_agg(origin) INTO parties, origins FROM fresh;
    WHEN 'evidence_citation' THEN
        SELECT array_agg(subject_id), array_agg(origin) INTO parties, origins FROM fresh
        WHERE subject_kind IN ('party', 'person');
    WHEN 'registry_listentry' THEN
        SELECT array_agg(party_id), array_agg(batch_id) INTO parties, origins FROM fresh;
    END CASE;
    IF parties IS NOT NULL THEN
        PERFORM registry_note(parties, origins, tg_argv[0]);
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION registry_note_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE parties uuid[]; origins uuid[];
BEGIN
    CASE tg_table_name
    WHEN 'events_act' THEN
        SELECT array_agg(n.victim_id), array_agg(n.closed_by) INTO parties, origins
        FROM fresh n JOIN stale o ON o.id = n.id
        WHERE o.recorded_to IS DISTINCT FROM n.recorded_to;
    WHEN 'actors_party' THEN
        SELECT array_agg(n.id), array_agg(NULL::uuid) INTO parties, origins
        FROM fresh n JOIN stale o ON o.id = n.id
        WHERE (n.gender, n.birth_earliest, n.birth_latest, n.death_earliest, n.death_latest,
               n.country, n.roles)
            IS DISTINCT FROM
              (o.gender, o.birth_earliest, o.birth_latest, o.death_earliest, o.death_latest,
               o.country, o.roles);
    END CASE;
    IF parties IS NOT NULL THEN
        PERFORM registry_note(parties, origins, tg_argv[0]);
    END IF;
    RETURN NULL;
END $$;

-- Whoever judges that records are one person, or are not, moves them at the desk at once. Before the
-- public every record that was ever approved, and every record that joins a published case, stays
-- in its group until somebody else approves.
CREATE OR REPLACE FUNCTION registry_note_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE moved uuid[]; groups uuid[]; stays uuid[]; touched uuid[];
BEGIN
    SELECT array_agg(n.id), array_agg(n.canonical) || array_agg(o.canonical) INTO moved, groups
    FROM fresh n JOIN stale o ON o.id = n.id WHERE o.canonical <> n.canonical;
    IF moved IS NULL THEN RETURN NULL; END IF;
    stays := ARRAY(
        SELECT p.id FROM actors_party p WHERE p.canonical = ANY (groups) AND (
            EXISTS (SELECT FROM registry_publication b JOIN actors_party q ON q.id = b.party_id
                    WHERE b.state = 'published' AND q.canonical = p.canonical)
            OR EXISTS (SELECT FROM registry_approval v JOIN registry_publication b ON b.id = v.gate_id
                       WHERE v.party_id = p.id AND b.state = 'published')));
    INSERT INTO registry_grouping (party_id, canonical)
    SELECT o.id, o.canonical FROM stale o WHERE o.id = ANY (moved) AND o.id = ANY (stays)
    ON CONFLICT (party_id) DO NOTHING;
    DELETE FROM registry_grouping g USING actors_party p
    WHERE p.id = g.party_id AND p.canonical = ANY (groups)
      AND (p.canonical = g.canonical OR p.id <> ALL (stays));
    SELECT array_agg(DISTINCT p.id) INTO touched FROM actors_party p
    WHERE p.id = ANY (moved)
       OR p.canonical IN (SELECT o.canonical FROM stale o WHERE o.id = ANY (moved));
    PERFORM registry_note(touched, array_fill(NULL::uuid, ARRAY[cardinality(touched)]), 'merge');
    RETURN NULL;
END $$;

-- Consent waits where it would show more than was approved; renewing it at that level does not.
CREATE OR REPLACE FUNCTION registry_note_consent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE parties uuid[];
BEGIN
    SELECT array_agg(DISTINCT g.subject) INTO parties
    FROM fresh g JOIN actors_party p ON p.id = g.subject
    JOIN actors_party q ON q.canonical = p.canonical
    JOIN registry_publication b ON b.party_id = q.id AND b.state = 'published'
    JOIN registry_approval v ON v.gate_id = b.id AND v.ended_at IS NULL
    CROSS JOIN LATERAL unnest(g.field_groups) AS f(field_group)
    WHERE g.purpose = 'registry' AND g.audience = 'public'
      AND CASE g.level WHEN 'name' THEN 4 WHEN 'pseudonym' THEN 3 WHEN 'code' THEN 2
                       WHEN 'aggregate' THEN 1 ELSE 0 END
        > CASE f.field_group WHEN 'identity' THEN v.identity
            WHEN 'biography' THEN CASE WHEN v.biography >= 2 THEN 4 ELSE v.biography END
            WHEN 'detention' THEN CASE WHEN v.detention >= 2 THEN 4 ELSE v.detention END
            WHEN 'health' THEN CASE WHEN v.health >= 2 THEN 4 ELSE v.health END
            ELSE 4 END;
    IF parties IS NOT NULL THEN
        PERFORM registry_note(parties, array_fill(NULL::uuid, ARRAY[cardinality(parties)]),
                              'consent');
    END IF;
    RETURN NULL;
END $$;

-- Publishing is the first approval, at the gate itself; proposing anew begins a fresh page, unless
-- the case comes straight from the public: what waited then waits on, with the names of the hands.
CREATE OR REPLACE FUNCTION registry_gate_passed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE opened uuid[]; asked uuid[];
BEGIN
    SELECT array_agg(n.id) FILTER (WHERE n.state = 'published'),
           array_agg(n.id) FILTER (WHERE n.state = 'proposed' AND o.state <> 'published')
    INTO opened, asked
    FROM fresh n JOIN stale o ON o.id = n.id WHERE n.state <> o.state;
    IF asked IS NOT NULL THEN
        DELETE FROM registry_change WHERE gate_id = ANY (asked);
    END IF;
    IF opened IS NOT NULL THEN
        -- Publishing shows the whole group, so what waits at another gate of the group counts too.
        IF EXISTS (SELECT FROM registry_publication g JOIN actors_party p ON p.id = g.party_id
                   JOIN actors_party q ON q.canonical = p.canonical
                   JOIN registry_publication b ON b.party_id = q.id
                   JOIN registry_change c ON c.gate_id = b.id AND c.by = identity_actor()
                   WHERE g.id = ANY (opened) AND b.state IN ('proposed', 'published')) THEN
            RAISE EXCEPTION 'who changed a proposed case does not publish it'
                USING ERRCODE = '42501';
        END IF;
        PERFORM registry_write_approvals(opened, NULL, NULL);
        PERFORM registry_regroup(opened);
    END IF;
    RETURN NULL;
END $$;

-- Claims are superseded or withdrawn, never changed in place. The arguments name what may change.
CREATE OR REPLACE FUNCTION registry_claim_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user = 'undaunted_desk'
       AND to_jsonb(new) - tg_argv::text[] <> to_jsonb(old) - tg_argv::text[] THEN
        RAISE EXCEPTION 'a recorded claim is superseded, never changed: %', tg_table_name
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

-- What takes the place of a name is said when that name goes, never afterwards.
CREATE OR REPLACE FUNCTION registry_name_replaced() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND (
        old.withdrawn_at IS NOT NULL OR new.withdrawn_at IS NULL OR NOT EXISTS (
            SELECT FROM actors_partyname n WHERE n.id = new.replaced_by
              AND n.party_id = new.party_id AND n.withdrawn_at IS NULL)) THEN
        RAISE EXCEPTION 'a name that stands takes the place of one that goes'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

REVOKE ALL ON FUNCTION registry_snapshot(uuid[]), registry_offer(uuid[]),
    registry_write_approvals(uuid[], uuid, timestamptz), registry_approve_missing(uuid[]),
    registry_approve(uuid[], text[], timestamptz), registry_note(uuid[], uuid[], text),
    registry_note_new(), registry_note_changed(), registry_note_consent(), registry_note_moved(),
    registry_regroup(uuid[]), registry_gate_passed(), registry_name_replaced()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_offer(uuid[]), registry_approve(uuid[], text[], timestamptz)
    TO undaunted_desk;
