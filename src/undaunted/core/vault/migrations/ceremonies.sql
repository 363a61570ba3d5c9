-- Shares, the people of a team, and comparing of keys: who may see and change what.

ALTER TABLE vault_share ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON vault_share TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON vault_share FOR SELECT TO undaunted_desk
    USING (person = (SELECT identity_actor()));
CREATE POLICY desk_adds ON vault_share FOR INSERT TO undaunted_desk
    WITH CHECK (EXISTS (SELECT 1 FROM vault_recovery r WHERE r.id = recovery_id
        AND r.pending AND r.retired_at IS NULL AND r.made_by = (SELECT identity_actor())));
GRANT SELECT, INSERT ON vault_share TO undaunted_desk;

ALTER TABLE vault_keycheck ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON vault_keycheck TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON vault_keycheck FOR SELECT TO undaunted_desk
    USING ((SELECT identity_actor()) IS NOT NULL);
CREATE POLICY desk_adds ON vault_keycheck FOR INSERT TO undaunted_desk
    WITH CHECK (by = (SELECT identity_actor()));
GRANT SELECT, INSERT ON vault_keycheck TO undaunted_desk;
GRANT UPDATE (resealing_since) ON vault_team TO undaunted_desk;

-- One organisation, one share: what a name looks like makes no second organisation of it.
CREATE FUNCTION vault_sound_recovery() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE named bigint; different bigint;
BEGIN
    SELECT count(*), count(DISTINCT lower(regexp_replace(btrim(normalize(name, NFKC)), '\s+', ' ', 'g')))
    INTO named, different FROM jsonb_array_elements_text(new.holders) AS given(name);
    IF named <> different OR new.threshold < 2 OR new.threshold > named OR named > 16 THEN
        RAISE EXCEPTION 'shares are held by different organisations, two or more of which are needed'
            USING ERRCODE = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER vault_sound_recovery BEFORE INSERT ON vault_recovery
    FOR EACH ROW EXECUTE FUNCTION vault_sound_recovery();

-- Whoever holds a share works for the organisation it is counted for.
CREATE FUNCTION vault_sound_share() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.sealed IS NULL OR new.taken_at IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.user_id = new.person AND m.organisation_id = new.organisation AND u.is_active) THEN
        RAISE EXCEPTION 'a share is held by somebody of its organisation' USING ERRCODE = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER vault_sound_share BEFORE INSERT ON vault_share
    FOR EACH ROW EXECUTE FUNCTION vault_sound_share();

CREATE FUNCTION vault_every_holder() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.pending AND (SELECT count(*) FROM vault_share s WHERE s.recovery_id = new.id)
        <> jsonb_array_length(new.holders) THEN
        RAISE EXCEPTION 'every organisation of a ceremony gets a share' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER vault_every_holder AFTER INSERT ON vault_recovery
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vault_every_holder();

-- The words were typed back: the sealed share is destroyed; with the last one, the recovery is in force.
CREATE FUNCTION vault_take_share(wanted uuid, words text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE whose uuid;
BEGIN
    SELECT s.recovery_id INTO whose FROM vault_share s WHERE s.id = wanted;
    PERFORM 1 FROM vault_recovery r WHERE r.id = whose AND r.pending AND r.retired_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN RETURN 'refused'; END IF;
    UPDATE vault_share SET sealed = NULL, taken_at = statement_timestamp(), checked_at = statement_timestamp()
    WHERE id = wanted AND person = identity_proved() AND taken_at IS NULL AND digest = words;
    IF NOT FOUND THEN RETURN 'refused'; END IF;
    IF EXISTS (SELECT 1 FROM vault_share WHERE recovery_id = whose AND taken_at IS NULL) THEN
        RETURN 'taken';
    END IF;
    UPDATE vault_recovery SET retired_at = statement_timestamp() WHERE retired_at IS NULL AND NOT pending;
    UPDATE vault_recovery SET pending = false WHERE id = whose;
    RETURN 'in force';
END $$;

CREATE FUNCTION vault_check_share(words text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE vault_share s SET checked_at = statement_timestamp() FROM vault_recovery r
    WHERE r.id = s.recovery_id AND r.retired_at IS NULL AND NOT r.pending
      AND s.person = identity_proved() AND s.digest = words;
    RETURN FOUND;
END $$;

CREATE FUNCTION vault_abandon_ceremony() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone uuid;
BEGIN
    IF identity_proved() IS NULL OR cardinality(identity_organisations('{administrator}')) = 0 THEN
        RETURN false;
    END IF;
    UPDATE vault_recovery SET retired_at = statement_timestamp()
    WHERE pending AND retired_at IS NULL RETURNING id INTO gone;
    UPDATE vault_share SET sealed = NULL WHERE recovery_id = gone;
    RETURN gone IS NOT NULL;
END $$;

-- Who holds which share. Others than an administrator and the holder see the organisation alone.
CREATE FUNCTION vault_shares() RETURNS TABLE (
    pending boolean, number smallint, organisation text, holder text,
    taken_at timestamptz, checked_at timestamptz, own boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.pending, s.number, o.name::text,
        CASE WHEN s.person = identity_actor()
            OR cardinality(identity_organisations('{administrator}')) > 0 THEN u.username::text
            ELSE '' END,
        s.taken_at, s.checked_at, s.person = identity_actor()
    FROM vault_recovery r JOIN vault_share s ON s.recovery_id = r.id
    JOIN accounts_organisation o ON o.id = s.organisation JOIN accounts_user u ON u.id = s.person
    WHERE r.retired_at IS NULL AND identity_actor() IS NOT NULL
    ORDER BY r.pending, s.number
$$;

CREATE FUNCTION vault_houses() RETURNS TABLE (id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT o.id, o.name::text FROM accounts_organisation o
    WHERE identity_actor() IS NOT NULL ORDER BY o.name
$$;

-- One person by exact name, for an administrator who hands out shares; nobody is listed.
CREATE FUNCTION vault_holder(house uuid, named text) RETURNS TABLE (
    person uuid, generation integer, recipient text, mark bytea
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT u.id, k.generation, k.recipient::text, k.vouched
    FROM accounts_user u JOIN vault_publickey k ON k.user_id = u.id AND k.retired_at IS NULL
    WHERE u.username = named AND u.is_active
      AND EXISTS (SELECT 1 FROM accounts_membership m
                  WHERE m.user_id = u.id AND m.organisation_id = house)
      AND cardinality(identity_organisations('{administrator}')) > 0
$$;

-- The people of a team's organisation, with their keys in force, for its members and stewards.
CREATE FUNCTION vault_people(wanted uuid) RETURNS TABLE (
    person uuid, name text, since timestamptz, key uuid, generation integer, recipient text, mark bytea
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT u.id, u.username::text, m.since, k.id, k.generation, k.recipient::text, k.vouched
    FROM vault_team t CROSS JOIN accounts_user u
    LEFT JOIN vault_member m ON m.team_id = t.id AND m.user_id = u.id AND m.left_at IS NULL
    LEFT JOIN vault_publickey k ON k.user_id = u.id AND k.retired_at IS NULL
    WHERE t.id = wanted AND u.is_active
      AND (t.id = ANY (vault_teams()) OR t.holder = ANY (identity_organisations('{steward}')))
      AND (m.id IS NOT NULL OR EXISTS (SELECT 1 FROM accounts_membership a
           WHERE a.user_id = u.id AND a.organisation_id = t.holder))
    ORDER BY m.since, u.username
$$;

REVOKE ALL ON FUNCTION vault_sound_recovery(), vault_sound_share(), vault_every_holder(),
    vault_take_share(uuid, text), vault_check_share(text), vault_abandon_ceremony(), vault_shares(),
    vault_houses(), vault_holder(uuid, text), vault_people(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault_take_share(uuid, text), vault_check_share(text),
    vault_abandon_ceremony(), vault_shares(), vault_houses(), vault_holder(uuid, text),
    vault_people(uuid) TO undaunted_desk;
