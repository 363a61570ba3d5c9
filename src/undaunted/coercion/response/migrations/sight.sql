-- Who sees what of a compact: its members what is shared, each government alone what it keeps.
-- Officials work for one government at a time; identity_organisations gives that one alone.

CREATE FUNCTION response_mine() RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT identity_organisations('{reader,documenter,reviewer,publisher,steward}')
$$;

CREATE FUNCTION response_writes() RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT identity_organisations('{documenter,publisher,steward}')
$$;

-- The chair, and whoever was invited and has not left.
CREATE FUNCTION response_sees(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_compact c
                   WHERE c.id = which AND c.holder = ANY (response_mine()))
        OR EXISTS (SELECT FROM response_member m WHERE m.compact_id = which
                   AND m.left_at IS NULL AND m.holder = ANY (response_mine()))
$$;

CREATE FUNCTION response_sees_invocation(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT response_sees((SELECT i.compact_id FROM response_invocation i WHERE i.id = which))
$$;

CREATE FUNCTION response_sees_pledge(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_pledge p WHERE p.id = which
                   AND (p.holder = ANY (response_mine())
                        OR p.reach <> 'own' AND response_sees(p.compact_id)))
$$;

-- Whether a government is bound by a compact: accepted, and not left.
CREATE FUNCTION response_bound(government uuid, which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_member m WHERE m.compact_id = which
                   AND m.holder = government AND m.accepted_at IS NOT NULL AND m.left_at IS NULL)
$$;

CREATE FUNCTION response_chairs(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_compact c
                   WHERE c.id = which AND c.holder = ANY (response_writes()))
$$;

CREATE FUNCTION response_confirms(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_member m
                   WHERE m.id = which AND m.holder = ANY (response_writes()))
$$;

-- An invocation as it stands; it does not move before whoever asked has committed.
CREATE FUNCTION response_held(which uuid) RETURNS response_invocation
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i FROM response_invocation i WHERE i.id = which AND response_sees(i.compact_id) FOR SHARE
$$;

CREATE FUNCTION response_is_open(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_invocation i
                   WHERE i.compact_id = which AND i.stage <> 'closed')
$$;

-- What the confirmed votes decide, as rules.deciding.tally counts them.
CREATE FUNCTION response_adopts(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH called AS (
        SELECT c.* FROM response_invocation i JOIN response_compact c ON c.id = i.compact_id
        WHERE i.id = which
    ), bound AS (
        SELECT m.id, m.weight FROM response_member m JOIN called c ON c.id = m.compact_id
        WHERE m.accepted_at IS NOT NULL AND m.left_at IS NULL
    ), counted AS (
        SELECT count(*) AS members, sum(b.weight) AS weight, count(v.id) AS votes,
            count(*) FILTER (WHERE v.choice = 'yes') AS yes,
            count(*) FILTER (WHERE v.choice = 'no') AS no,
            coalesce(sum(b.weight) FILTER (WHERE v.choice = 'yes'), 0) AS yes_weight
        FROM bound b LEFT JOIN response_vote v
            ON v.member_id = b.id AND v.invocation_id = which AND v.confirmed_at IS NOT NULL
    )
    SELECT t.votes > 0 AND t.votes * 100 >= c.quorum * t.members AND CASE c.voting
        WHEN 'unanimity' THEN t.yes > 0 AND t.no = 0
        WHEN 'majority' THEN t.yes > t.no
        ELSE t.yes_weight > 0 AND t.yes_weight * 100 >= c.threshold * t.weight END
    FROM called c, counted t
$$;

REVOKE ALL ON FUNCTION response_mine(), response_writes(), response_sees(uuid),
    response_sees_invocation(uuid), response_sees_pledge(uuid), response_bound(uuid, uuid),
    response_chairs(uuid), response_confirms(uuid), response_held(uuid), response_is_open(uuid),
    response_adopts(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION response_mine(), response_writes(), response_sees(uuid),
    response_sees_invocation(uuid), response_sees_pledge(uuid), response_bound(uuid, uuid),
    response_chairs(uuid), response_confirms(uuid), response_held(uuid), response_is_open(uuid),
    response_adopts(uuid) TO undaunted_desk;

CREATE POLICY desk_reads ON response_compact FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT response_mine())::uuid[]) OR response_sees(id));
CREATE POLICY desk_reads ON response_member FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT response_mine())::uuid[]) OR response_sees(compact_id));
CREATE POLICY desk_reads ON response_episode FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT response_mine())::uuid[]) OR response_sees(compact_id));
CREATE POLICY desk_reads ON response_invocation FOR SELECT TO undaunted_desk
    USING (response_sees(compact_id));
CREATE POLICY desk_reads ON response_step FOR SELECT TO undaunted_desk
    USING (response_sees_invocation(invocation_id));
CREATE POLICY desk_reads ON response_statement FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT response_mine())::uuid[])
           OR reach <> 'own' AND response_sees_invocation(invocation_id));
CREATE POLICY desk_reads ON response_pledge FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT response_mine())::uuid[])
           OR reach <> 'own' AND response_sees(compact_id));
CREATE POLICY desk_reads ON response_note FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT response_mine())::uuid[]));
CREATE POLICY desk_reads ON response_offramp FOR SELECT TO undaunted_desk
    USING (response_sees_pledge(pledge_id));
CREATE POLICY desk_reads ON response_delivery FOR SELECT TO undaunted_desk
    USING (response_sees_pledge(pledge_id));
CREATE POLICY desk_reads ON response_vote FOR SELECT TO undaunted_desk
    USING (response_sees_invocation(invocation_id));

CREATE POLICY desk_adds ON response_compact FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_member FOR INSERT TO undaunted_desk
    WITH CHECK (response_chairs(compact_id));
CREATE POLICY desk_adds ON response_episode FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_invocation FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_statement FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_pledge FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_note FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_offramp FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_delivery FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_vote FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));

CREATE POLICY desk_changes ON response_compact FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_changes ON response_member FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_changes ON response_episode FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_changes ON response_invocation FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT response_writes())::uuid[]) OR response_chairs(compact_id));
CREATE POLICY desk_changes ON response_pledge FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_changes ON response_offramp FOR UPDATE TO undaunted_desk
    USING (response_sees_pledge(pledge_id) AND response_confirms(confirmer_id));
CREATE POLICY desk_changes ON response_vote FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT response_writes())::uuid[]));

GRANT SELECT, INSERT, UPDATE ON response_compact, response_member, response_episode,
    response_invocation, response_pledge, response_offramp, response_vote TO undaunted_desk;
GRANT SELECT, INSERT ON response_statement, response_note, response_delivery TO undaunted_desk;
GRANT SELECT ON response_step TO undaunted_desk;

CREATE VIEW published_compact WITH (security_barrier) AS
    SELECT c.id, c.reference, c.name, c.summary, c.pack, c.voting, c.quorum, c.threshold,
        c.burden_key, c.currency, o.name AS chair, c.approved_at AS published_at
    FROM response_compact c JOIN accounts_organisation o ON o.id = c.holder
    WHERE c.approved_at <= statement_timestamp() AND c.withdrawn_at IS NULL;

CREATE VIEW published_compact_member WITH (security_barrier) AS
    SELECT m.id, m.compact_id, m.name, m.country
    FROM response_member m JOIN published_compact c ON c.id = m.compact_id
    WHERE m.accepted_at IS NOT NULL AND m.left_at IS NULL;

-- What is pledged in an invocation is never public here.
CREATE VIEW published_compact_measure WITH (security_barrier) AS
    SELECT p.id, p.compact_id, m.name AS member, p.kind, p.text, p.legal_basis, p.trigger,
        p.off_ramp, p.amount
    FROM response_pledge p JOIN published_compact_member m ON m.id = p.member_id
    WHERE p.invocation_id IS NULL AND p.reach = 'public' AND p.approved_at IS NOT NULL
      AND p.withdrawn_at IS NULL AND p.ended_at IS NULL;

GRANT SELECT ON published_compact, published_compact_member, published_compact_measure
    TO undaunted_public, undaunted_desk;
