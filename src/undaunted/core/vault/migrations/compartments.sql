-- Compartments: bars, emergency openings, moving between teams, keys that are open in sessions.

-- Records from which the actor is kept.
CREATE FUNCTION vault_barred_records() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(b.record_id), '{}') FROM identity_row() i
    JOIN vault_bar b ON b.user_id = i.user_id WHERE b.lifted_at IS NULL
$$;

-- Records that the actor has opened in an emergency, within the hour and while still on duty.
CREATE FUNCTION vault_broken_records() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(e.record), '{}') FROM identity_row() i
    JOIN vault_breaking e ON e."by" = i.user_id
    JOIN vault_record r ON r.id = e.record JOIN vault_team t ON t.id = r.team_id
    WHERE i.second_factor AND e.until > statement_timestamp() AND t.duty = ANY (vault_teams())
      AND e.record <> ALL (vault_barred_records())
$$;

CREATE FUNCTION vault_barred_in(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM vault_record r
        WHERE r.team_id = wanted AND r.id = ANY (vault_barred_records()))
$$;

-- Whether somebody may be kept from a record by the actor: the actor themself, or by a steward.
CREATE FUNCTION vault_may_bar(wanted uuid, held_by uuid, whose uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM vault_record r WHERE r.id = wanted AND r.tenant = held_by
        AND (whose = identity_actor() AND r.team_id = ANY (vault_teams())
             OR r.tenant = ANY (identity_organisations('{steward}'))))
$$;

-- Whether the actor may open a record in an emergency: its team has chosen the actor's for that.
CREATE FUNCTION vault_may_break(wanted uuid, of_team uuid, held_by uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM vault_record r JOIN vault_team t ON t.id = r.team_id
        WHERE r.id = wanted AND r.team_id = of_team AND r.tenant = held_by AND r.erased_at IS NULL
          AND t.duty = ANY (vault_teams()) AND wanted <> ALL (vault_barred_records()))
$$;

-- Where a record lies, for whoever is on duty for it; nothing for everybody else.
CREATE FUNCTION vault_duty_place(wanted uuid) RETURNS TABLE (team uuid, tenant uuid, duty uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.team_id, r.tenant, t.duty FROM vault_record r JOIN vault_team t ON t.id = r.team_id
    WHERE r.id = wanted AND vault_may_break(r.id, r.team_id, r.tenant)
$$;

-- The hour runs from now by the database's clock, and nobody takes note of an alarm in advance.
CREATE FUNCTION vault_time_breaking() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    new.at := statement_timestamp();
    new.until := statement_timestamp() + interval '1 hour';
    IF new.within <> new.record AND NOT EXISTS (
        SELECT 1 FROM vault_breaking e WHERE e.record = new.within AND e."by" = new."by"
          AND e.team = new.team AND e.until > statement_timestamp()) THEN
        RAISE EXCEPTION 'what belongs to a record is opened after the record' USING ERRCODE = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER vault_time_breaking BEFORE INSERT ON vault_breaking
    FOR EACH ROW EXECUTE FUNCTION vault_time_breaking();

-- A team is covered by another of the same organisation that has an emergency key.
CREATE FUNCTION vault_check_duty() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.duty IS NOT NULL AND (new.duty = new.id OR NOT EXISTS (
        SELECT 1 FROM vault_team t JOIN vault_duty d ON d.team_id = t.id
        WHERE t.id = new.duty AND t.holder = new.holder)) THEN
        RAISE EXCEPTION 'the team on duty is another of the same organisation, with a key for it'
            USING ERRCODE = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER vault_check_duty BEFORE INSERT OR UPDATE OF duty ON vault_team
    FOR EACH ROW EXECUTE FUNCTION vault_check_duty();

-- Gives a record, with its key sealed anew, to another team of its organisation: by a member of the
-- team it lies with, who is in the other too or is a steward.
CREATE FUNCTION vault_move(wanted uuid, target uuid, mark bytea, box bytea, number integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM vault_record r JOIN vault_team t ON t.id = target
    WHERE r.id = wanted AND r.erased_at IS NULL AND r.team_id = ANY (vault_teams())
      AND r.team_id <> target AND t.holder = r.tenant
      AND wanted <> ALL (vault_barred_records())
      AND (target = ANY (vault_teams()) OR r.tenant = ANY (identity_organisations('{steward}')))
    FOR UPDATE OF r;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this record is not moved there' USING ERRCODE = '42501';
    END IF;
    UPDATE vault_recordkey SET sealed = box, sequence = number, sealed_at = statement_timestamp()
    WHERE record_id = wanted AND sequence = number - 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the key of this record has changed meanwhile' USING ERRCODE = '40001';
    END IF;
    UPDATE vault_record SET team_id = target, vouched = mark WHERE id = wanted;
END $$;

-- Ends every session of a team's members and destroys the keys that are open in them.
CREATE FUNCTION vault_lock_team(wanted uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ended integer;
BEGIN
    IF identity_proved() IS NULL OR NOT EXISTS (SELECT 1 FROM vault_team t WHERE t.id = wanted
            AND t.holder = ANY (identity_organisations('{steward}'))) THEN
        RAISE EXCEPTION 'only a steward of the organisation locks a team' USING ERRCODE = '42501';
    END IF;
    DELETE FROM vault_sessionkey s USING vault_member m
    WHERE m.team_id = wanted AND m.left_at IS NULL AND s.user_id = m.user_id;
    UPDATE accounts_identity i SET closed_at = clock_timestamp() FROM vault_member m
    WHERE m.team_id = wanted AND m.left_at IS NULL AND i.user_id = m.user_id
      AND i.closed_at IS NULL AND i.kind IN ('web', 'terminal', 'entering')
      AND i.user_id <> identity_actor();
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;

-- As before, and the key of the team on duty; a steward may seal to any team of the organisation.
CREATE OR REPLACE FUNCTION vault_recipients(wanted uuid) RETURNS TABLE (
    holder uuid, member uuid, member_mark bytea, generation integer, recipient text, key_mark bytea
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT q.holder, q.member, q.member_mark, q.generation, q.recipient, q.key_mark FROM (
        SELECT t.holder, m.user_id, m.vouched, k.generation, k.recipient::text, k.vouched, m.since, m.id
        FROM vault_team t
        LEFT JOIN vault_member m ON m.team_id = t.id AND m.left_at IS NULL
        LEFT JOIN vault_publickey k ON k.user_id = m.user_id AND k.retired_at IS NULL
        WHERE t.id = wanted
        UNION ALL
        SELECT t.holder, t.duty, t.duty_vouched, 0, d.recipient::text, d.vouched, NULL, d.record
        FROM vault_team t JOIN vault_duty d ON d.team_id = t.duty WHERE t.id = wanted
    ) q (holder, member, member_mark, generation, recipient, key_mark, since, id)
    WHERE EXISTS (SELECT 1 FROM vault_team t WHERE t.id = wanted
        AND (t.receives OR t.id = ANY (vault_teams())
             OR t.holder = ANY (identity_organisations('{steward}'))))
    ORDER BY q.since, q.id
$$;

-- As before, and nothing of a record from which the actor is kept.
CREATE OR REPLACE FUNCTION vault_place(wanted uuid, wanted_kind text) RETURNS TABLE (
    tenant uuid, team uuid, recipient text, mark bytea, erased boolean, next bigint
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM vault_record r WHERE r.id = wanted FOR UPDATE;
    RETURN QUERY
        SELECT r.tenant, r.team_id, r.recipient::text, r.vouched, r.erased_at IS NOT NULL,
            1 + coalesce((SELECT max(s.sequence) FROM vault_sealing s
                          WHERE s.record_id = wanted AND s.kind = wanted_kind), 0)
        FROM vault_record r JOIN vault_team t ON t.id = r.team_id
        WHERE r.id = wanted
          AND (r.team_id = ANY (vault_teams()) AND wanted <> ALL (vault_barred_records())
               OR session_user = 'undaunted_intake' AND t.receives);
END $$;

REVOKE ALL ON FUNCTION vault_barred_records(), vault_broken_records(), vault_barred_in(uuid),
    vault_may_bar(uuid, uuid, uuid), vault_may_break(uuid, uuid, uuid), vault_duty_place(uuid),
    vault_time_breaking(), vault_check_duty(), vault_move(uuid, uuid, bytea, bytea, integer),
    vault_lock_team(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault_barred_records(), vault_broken_records(), vault_barred_in(uuid),
    vault_may_bar(uuid, uuid, uuid), vault_may_break(uuid, uuid, uuid), vault_duty_place(uuid),
    vault_move(uuid, uuid, bytea, bytea, integer), vault_lock_team(uuid) TO undaunted_desk;

-- Row by row.
CREATE POLICY desk_barred ON vault_record AS RESTRICTIVE TO undaunted_desk
    USING (id <> ALL ((SELECT vault_barred_records())::uuid[]));
CREATE POLICY desk_barred ON vault_recordkey AS RESTRICTIVE TO undaunted_desk
    USING (record_id <> ALL ((SELECT vault_barred_records())::uuid[]));
CREATE POLICY desk_barred ON vault_sealing AS RESTRICTIVE TO undaunted_desk
    USING (record_id <> ALL ((SELECT vault_barred_records())::uuid[]));
CREATE POLICY desk_breaks ON vault_record FOR SELECT TO undaunted_desk
    USING (id = ANY ((SELECT vault_broken_records())::uuid[]));
CREATE POLICY desk_breaks ON vault_recordkey FOR SELECT TO undaunted_desk
    USING (record_id = ANY ((SELECT vault_broken_records())::uuid[]));
CREATE POLICY desk_breaks ON vault_sealing FOR SELECT TO undaunted_desk
    USING (record_id = ANY ((SELECT vault_broken_records())::uuid[]));

ALTER TABLE vault_duty ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON vault_duty TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON vault_duty FOR SELECT TO undaunted_desk
    USING (team_id = ANY ((SELECT vault_teams())::uuid[]));
CREATE POLICY desk_adds ON vault_duty FOR INSERT TO undaunted_desk
    WITH CHECK (made_by = (SELECT identity_actor()) AND team_id = ANY ((SELECT vault_teams())::uuid[])
        AND team_id IN (SELECT t.id FROM vault_team t
            WHERE t.holder = ANY ((SELECT identity_organisations('{steward}'))::uuid[])));
GRANT SELECT, INSERT ON vault_duty TO undaunted_desk;
GRANT UPDATE (duty, duty_vouched) ON vault_team TO undaunted_desk;

ALTER TABLE vault_bar ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON vault_bar TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON vault_bar FOR SELECT TO undaunted_desk
    USING (user_id = (SELECT identity_actor())
        OR EXISTS (SELECT 1 FROM vault_record r WHERE r.id = record_id)
        OR tenant = ANY ((SELECT identity_organisations('{steward}'))::uuid[]));
CREATE POLICY desk_adds ON vault_bar FOR INSERT TO undaunted_desk
    WITH CHECK (by = (SELECT identity_actor()) AND lifted_at IS NULL AND lifted_by IS NULL
        AND vault_may_bar(record_id, tenant, user_id));
CREATE POLICY desk_changes ON vault_bar FOR UPDATE TO undaunted_desk
    USING (lifted_at IS NULL AND user_id <> (SELECT identity_actor()))
    WITH CHECK (user_id <> (SELECT identity_actor()) AND (lifted_at IS NULL
        OR lifted_by = (SELECT identity_actor())
            AND tenant = ANY ((SELECT identity_organisations('{steward}'))::uuid[])));
GRANT SELECT, INSERT, UPDATE (sealed_out, lifted_at, lifted_by) ON vault_bar TO undaunted_desk;

ALTER TABLE vault_breaking ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON vault_breaking TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON vault_breaking FOR SELECT TO undaunted_desk
    USING (by = (SELECT identity_actor()) OR team = ANY ((SELECT vault_teams())::uuid[])
        OR tenant = ANY ((SELECT identity_organisations('{steward}'))::uuid[]));
CREATE POLICY desk_adds ON vault_breaking FOR INSERT TO undaunted_desk
    WITH CHECK (by = (SELECT identity_actor()) AND acknowledged_by IS NULL
        AND acknowledged_at IS NULL AND vault_may_break(record, team, tenant));
CREATE POLICY desk_changes ON vault_breaking FOR UPDATE TO undaunted_desk
    USING (acknowledged_at IS NULL AND by <> (SELECT identity_actor())
        AND (team = ANY ((SELECT vault_teams())::uuid[])
            OR tenant = ANY ((SELECT identity_organisations('{steward}'))::uuid[])))
    WITH CHECK (acknowledged_by = (SELECT identity_actor()) AND acknowledged_at IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (acknowledged_by, acknowledged_at) ON vault_breaking TO undaunted_desk;

ALTER TABLE vault_sessionkey ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON vault_sessionkey TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_own ON vault_sessionkey TO undaunted_desk
    USING ((SELECT identity_actor()) IS NOT NULL AND user_id = (SELECT identity_actor()))
    WITH CHECK (user_id = (SELECT identity_actor()));
GRANT SELECT, INSERT, DELETE ON vault_sessionkey TO undaunted_desk;
