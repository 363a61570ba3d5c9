-- Into a team by two: a steward proposes somebody, a second person approves, and only then does a place
-- in the team exist. The desk's role writes no proposal: it calls these functions, which know from the
-- session's token who asks.

ALTER TABLE vault_admission ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON vault_admission TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON vault_admission FOR SELECT TO undaunted_desk
    USING (team_id = ANY ((SELECT vault_teams())::uuid[]) OR team_id IN (SELECT t.id FROM vault_team t
        WHERE t.holder = ANY ((SELECT identity_organisations('{steward}'))::uuid[])));
GRANT SELECT ON vault_admission TO undaunted_desk;

-- Whether somebody is a steward of an organisation since before a moment, by the owner or by two
-- administrators.
CREATE FUNCTION vault_steward(who uuid, place uuid, before timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.user_id = who AND m.organisation_id = place AND m.role = 'steward'
          AND u.is_active AND m.since < before
          AND (m.proposed_by IS NULL OR m.approved_by IS NOT NULL))
$$;

CREATE FUNCTION vault_propose_member(wanted uuid, who uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me CONSTANT uuid := identity_proved(); house uuid;
BEGIN
    SELECT t.holder INTO house FROM vault_team t WHERE t.id = wanted FOR UPDATE;
    IF me IS NULL OR house IS NULL OR NOT vault_steward(me, house, 'infinity') OR NOT EXISTS (
        SELECT 1 FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.user_id = who AND m.organisation_id = house AND u.is_active) THEN
        RETURN 'absent';
    END IF;
    IF EXISTS (SELECT 1 FROM vault_member m
               WHERE m.team_id = wanted AND m.user_id = who AND m.left_at IS NULL) THEN
        RETURN 'inside';
    END IF;
    UPDATE vault_admission SET ended_at = statement_timestamp()
    WHERE team_id = wanted AND person = who AND ended_at IS NULL AND used_at IS NULL
      AND proposed_at <= statement_timestamp() - interval '14 days';
    IF EXISTS (SELECT 1 FROM vault_admission a WHERE a.team_id = wanted AND a.person = who
               AND a.ended_at IS NULL AND a.used_at IS NULL) THEN
        RETURN 'waiting';
    END IF;
    INSERT INTO vault_admission (id, team_id, person, proposed_by, proposed_at)
    VALUES (gen_random_uuid(), wanted, who, me, clock_timestamp());
    RETURN '';
END $$;

-- Why whoever asks may not approve this; empty where they may. A steward owes that to two
-- administrators; a member who is none must not owe their place in the team to the one who proposes.
CREATE FUNCTION vault_refuses_admission(which uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me CONSTANT uuid := identity_proved(); p vault_admission; house uuid;
BEGIN
    SELECT * INTO p FROM vault_admission WHERE id = which;
    SELECT t.holder INTO house FROM vault_team t WHERE t.id = p.team_id;
    IF p.id IS NULL OR me IS NULL OR NOT (p.team_id = ANY (vault_teams())
        OR vault_steward(me, house, 'infinity')) THEN RETURN 'absent';
    END IF;
    IF p.approved_at IS NOT NULL OR p.ended_at IS NOT NULL THEN RETURN 'answered'; END IF;
    IF p.proposed_at <= statement_timestamp() - interval '14 days' THEN RETURN 'lapsed'; END IF;
    IF me = p.proposed_by THEN RETURN 'own'; END IF;
    IF NOT vault_steward(p.proposed_by, house, p.proposed_at) THEN RETURN 'proposer_left'; END IF;
    IF vault_steward(me, house, p.proposed_at) THEN RETURN ''; END IF;
    IF NOT p.team_id = ANY (vault_teams()) OR EXISTS (
        SELECT 1 FROM vault_admission a WHERE a.team_id = p.team_id AND a.person = me
          AND a.used_at >= p.proposed_at) THEN RETURN 'newer';
    END IF;
    IF EXISTS (
        SELECT 1 FROM vault_admission a WHERE a.team_id = p.team_id AND a.person = me
          AND a.used_at IS NOT NULL AND a.proposed_by = p.proposed_by) THEN RETURN 'pair';
    END IF;
    RETURN '';
END $$;

-- Approves a proposal, or ends one: withdrawn by whoever made it, declined by anybody who sees it.
CREATE FUNCTION vault_answer_admission(which uuid, agreed boolean) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE refused text;
BEGIN
    PERFORM 1 FROM vault_admission WHERE id = which FOR UPDATE;
    refused := vault_refuses_admission(which);
    IF refused = 'absent' OR agreed AND refused <> '' THEN RETURN refused; END IF;
    UPDATE vault_admission SET
        approved_by = CASE WHEN agreed THEN identity_proved() ELSE approved_by END,
        approved_at = CASE WHEN agreed THEN clock_timestamp() ELSE approved_at END,
        ended_at = CASE WHEN NOT agreed THEN clock_timestamp() END
    WHERE id = which AND ended_at IS NULL AND used_at IS NULL;
    RETURN CASE WHEN FOUND THEN '' ELSE 'answered' END;
END $$;

-- A place is made for whoever two people agreed on, once; the founder's is the first. Whoever left
-- comes back in the same way.
CREATE FUNCTION vault_joined_by_two() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF session_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF TG_OP = 'UPDATE' THEN
        IF old.left_at IS NOT NULL AND new.left_at IS DISTINCT FROM old.left_at THEN
            RAISE EXCEPTION 'whoever left a team is taken in anew' USING ERRCODE = '23514';
        END IF;
        RETURN new;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM vault_member m WHERE m.team_id = new.team_id) AND EXISTS (
        SELECT 1 FROM vault_team t WHERE t.id = new.team_id AND t.made_by = new.user_id
          AND t.made_by = identity_actor()) THEN
        RETURN new;
    END IF;
    UPDATE vault_admission SET used_at = clock_timestamp()
    WHERE team_id = new.team_id AND person = new.user_id AND used_at IS NULL AND ended_at IS NULL
      AND approved_at > statement_timestamp() - interval '14 days';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'two people take somebody into a team' USING ERRCODE = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER vault_joined_by_two BEFORE INSERT OR UPDATE ON vault_member
    FOR EACH ROW EXECUTE FUNCTION vault_joined_by_two();

-- What the application alone may ask, and SQL by itself may not: it knows the binding key.
CREATE FUNCTION vault_require_code(message text, given bytea) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE expected bytea;
BEGIN
    SELECT identity_hmac(key, convert_to(message, 'UTF8')) INTO expected FROM accounts_bindingkey;
    IF expected IS NULL OR given IS DISTINCT FROM expected THEN
        RAISE EXCEPTION 'this is asked through the application alone' USING ERRCODE = '28000';
    END IF;
END $$;

REVOKE ALL ON FUNCTION vault_steward(uuid, uuid, timestamptz), vault_propose_member(uuid, uuid),
    vault_refuses_admission(uuid), vault_answer_admission(uuid, boolean), vault_joined_by_two(),
    vault_require_code(text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault_propose_member(uuid, uuid), vault_refuses_admission(uuid),
    vault_answer_admission(uuid, boolean) TO undaunted_desk;
