-- Who sees what of a compact: its members what is shared, each government alone what it keeps.
-- Officials work for one government at a time; identity_organisations gives that one alone.
-- In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION response_mine() RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT identity_organisations('{reader,documenter,reviewer,publisher,steward}')
$$;

CREATE OR REPLACE FUNCTION response_writes() RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT identity_organisations('{documenter,publisher,steward}')
$$;

-- The chair that has not left writes its compact's roll, whether or not it has accepted yet.
CREATE OR REPLACE FUNCTION response_chairs(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_compact c
                   WHERE c.id = which AND c.holder = ANY (response_writes())
                   AND NOT EXISTS (SELECT FROM response_member m WHERE m.compact_id = c.id
                                   AND m.holder = c.holder AND m.left_at IS NOT NULL))
$$;

-- Text and roll: the chair, and whom two people of the chair invited; not who has left.
CREATE OR REPLACE FUNCTION response_knows(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_compact c
                   WHERE c.id = which AND c.holder = ANY (response_mine())
                   AND NOT EXISTS (SELECT FROM response_member m WHERE m.compact_id = c.id
                                   AND m.holder = c.holder AND m.left_at IS NOT NULL))
        OR EXISTS (SELECT FROM response_member m WHERE m.compact_id = which
                   AND m.invited_at IS NOT NULL AND m.left_at IS NULL
                   AND m.holder = ANY (response_mine()))
$$;

-- All that members share: whoever accepted and has not left. The chair is a member like another.
CREATE OR REPLACE FUNCTION response_sees(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_member m WHERE m.compact_id = which
                   AND m.accepted_at IS NOT NULL AND m.left_at IS NULL
                   AND m.holder = ANY (response_mine()))
$$;

-- Whether the actor works for the government of a state.
CREATE OR REPLACE FUNCTION response_is_state(code text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT code <> '' AND EXISTS (SELECT FROM accounts_organisation o
                   WHERE o.id = ANY (response_mine()) AND upper(o.country) = code)
$$;

-- Whether a government is the coercer of an episode: it has no part in what answers it.
CREATE OR REPLACE FUNCTION response_coerces(who uuid, which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_episode e
                   JOIN accounts_organisation o ON upper(o.country) = e.coercer_state
                   WHERE e.id = which AND o.id = who AND e.coercer_state <> '')
$$;

CREATE OR REPLACE FUNCTION response_barred(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_episode e
                   WHERE e.id = which AND response_is_state(e.coercer_state))
$$;

-- Before a second person of the government that invokes has opened it, that government alone.
CREATE OR REPLACE FUNCTION response_sees_invocation(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_invocation i WHERE i.id = which
                   AND (i.opened_at IS NOT NULL OR i.holder = ANY (response_mine()))
                   AND response_sees(i.compact_id) AND NOT response_barred(i.episode_id))
$$;

CREATE OR REPLACE FUNCTION response_sees_pledge(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_pledge p WHERE p.id = which
                   AND (p.holder = ANY (response_mine())
                        OR p.reach <> 'own' AND p.approved_at IS NOT NULL
                           AND response_sees(p.compact_id)
                           AND (p.invocation_id IS NULL
                                OR response_sees_invocation(p.invocation_id))))
$$;

-- Whether a government is bound by a compact that one knows: accepted, and not left.
CREATE OR REPLACE FUNCTION response_bound(government uuid, which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT response_knows(which) AND EXISTS (
        SELECT FROM response_member m WHERE m.compact_id = which
        AND m.holder = government AND m.accepted_at IS NOT NULL AND m.left_at IS NULL)
$$;

-- Whether another government than the chair has accepted: nobody is added any more.
CREATE OR REPLACE FUNCTION response_agreed(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT response_knows(which) AND EXISTS (
        SELECT FROM response_member m JOIN response_compact c ON c.id = m.compact_id
        WHERE c.id = which AND m.holder <> c.holder AND m.accepted_at IS NOT NULL)
$$;

-- Who takes an invocation from stage to stage: the chair that is bound; where the chair is the
-- coercer, the government that invoked.
CREATE OR REPLACE FUNCTION response_leads(which uuid, episode uuid, invoker uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_compact c WHERE c.id = which AND CASE
        WHEN response_coerces(c.holder, episode) THEN invoker = ANY (response_writes())
        ELSE response_chairs(c.id) AND response_bound(c.holder, c.id) END)
$$;

-- The government whose two people record a decision.
CREATE OR REPLACE FUNCTION response_leader(which uuid, episode uuid, invoker uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN response_coerces(c.holder, episode) THEN invoker ELSE c.holder END
    FROM response_compact c WHERE c.id = which AND response_knows(c.id)
$$;

CREATE OR REPLACE FUNCTION response_confirms(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM response_member m
                   WHERE m.id = which AND m.holder = ANY (response_writes()))
$$;

-- Whoever writes for a member that has a part in the answer to an episode.
CREATE OR REPLACE FUNCTION response_takes_part(which uuid, episode uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT NOT response_barred(episode) AND EXISTS (
        SELECT FROM response_member m WHERE m.compact_id = which AND m.accepted_at IS NOT NULL
        AND m.left_at IS NULL AND m.holder = ANY (response_writes()))
$$;

-- Whether a stage is past what it normally takes (core/clocks/packs/response.toml): every member
-- goes on from there in the chair's stead.
CREATE OR REPLACE FUNCTION response_stage_over(stage text, since timestamptz, at timestamptz)
RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT at <= statement_timestamp() AND at >= since + CASE stage
        WHEN 'invoked' THEN interval '3 days' WHEN 'consulting' THEN interval '10 days'
        WHEN 'assessing' THEN interval '14 days' WHEN 'pledging' THEN interval '21 days'
        WHEN 'deciding' THEN interval '14 days' WHEN 'monitoring' THEN interval '6 months' END
$$;

-- An invocation as it stands; it does not move before whoever asked has committed.
CREATE OR REPLACE FUNCTION response_held(which uuid) RETURNS response_invocation
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i FROM response_invocation i
    WHERE i.id = which AND i.opened_at IS NOT NULL AND response_sees_invocation(i.id) FOR SHARE
$$;

-- Who changes the members of a compact and who calls upon them come one after the other.
CREATE OR REPLACE FUNCTION response_turn(which uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT FROM response_compact c WHERE c.id = which AND response_knows(c.id) FOR UPDATE
$$;

-- Whether members may not change: an invocation is open in which one has a part.
CREATE OR REPLACE FUNCTION response_is_open(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT response_knows(which) AND EXISTS (
        SELECT FROM response_invocation i WHERE i.compact_id = which AND i.opened_at IS NOT NULL
        AND i.stage <> 'closed' AND NOT response_barred(i.episode_id))
$$;

-- What the confirmed votes decide, as rules.deciding.tally counts them; for nobody to call.
CREATE OR REPLACE FUNCTION response_counted(which uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH called AS (
        SELECT c.*, i.episode_id FROM response_invocation i
        JOIN response_compact c ON c.id = i.compact_id WHERE i.id = which
    ), bound AS (
        SELECT m.id, m.weight FROM response_member m JOIN called c ON c.id = m.compact_id
        WHERE m.accepted_at IS NOT NULL AND m.left_at IS NULL
          AND NOT response_coerces(m.holder, c.episode_id)
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

-- Whether every member that has a part has cast a vote that a second person confirmed.
CREATE OR REPLACE FUNCTION response_all_voted(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT response_sees_invocation(which) AND NOT EXISTS (
        SELECT FROM response_invocation i JOIN response_member m ON m.compact_id = i.compact_id
        WHERE i.id = which AND m.accepted_at IS NOT NULL AND m.left_at IS NULL
          AND NOT response_coerces(m.holder, i.episode_id)
          AND NOT EXISTS (SELECT FROM response_vote v WHERE v.invocation_id = i.id
                          AND v.member_id = m.id AND v.confirmed_at IS NOT NULL))
$$;

-- The same, for whoever has a part in the invocation.
CREATE OR REPLACE FUNCTION response_adopts(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN response_sees_invocation(which) THEN response_counted(which) END
$$;

REVOKE ALL ON FUNCTION response_mine(), response_writes(), response_chairs(uuid),
    response_knows(uuid), response_sees(uuid), response_is_state(text),
    response_coerces(uuid, uuid), response_barred(uuid), response_sees_invocation(uuid),
    response_sees_pledge(uuid), response_bound(uuid, uuid), response_agreed(uuid),
    response_leads(uuid, uuid, uuid), response_leader(uuid, uuid, uuid), response_confirms(uuid),
    response_takes_part(uuid, uuid), response_stage_over(text, timestamptz, timestamptz),
    response_held(uuid), response_turn(uuid), response_is_open(uuid), response_counted(uuid), response_all_voted(uuid),
    response_adopts(uuid)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION response_mine(), response_writes(), response_chairs(uuid),
    response_knows(uuid), response_sees(uuid), response_is_state(text), response_barred(uuid),
    response_sees_invocation(uuid), response_sees_pledge(uuid), response_bound(uuid, uuid),
    response_agreed(uuid), response_leads(uuid, uuid, uuid), response_leader(uuid, uuid, uuid),
    response_confirms(uuid), response_takes_part(uuid, uuid),
    response_stage_over(text, timestamptz, timestamptz), response_held(uuid), response_turn(uuid),
    response_is_open(uuid), response_all_voted(uuid), response_adopts(uuid)
    TO undaunted_desk;
