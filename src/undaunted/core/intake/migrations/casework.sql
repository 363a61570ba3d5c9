-- The caseworkers' desk: assignment, notes, emergencies, conflicts, exports by two, redacted copies.

-- A mailbox is given to somebody of its team who is not kept from it.
CREATE FUNCTION intake_check_assignment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.assigned_to IS NOT NULL AND (
        NOT EXISTS (SELECT 1 FROM vault_member m WHERE m.team_id = new.team
            AND m.user_id = new.assigned_to AND m.left_at IS NULL)
        OR EXISTS (SELECT 1 FROM vault_bar b WHERE b.record_id = new.id
            AND b.user_id = new.assigned_to AND b.lifted_at IS NULL)) THEN
        RAISE EXCEPTION 'a mailbox is given to somebody of its team who is not kept from it'
            USING ERRCODE = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER intake_check_assignment BEFORE INSERT OR UPDATE OF assigned_to ON intake_mailbox
    FOR EACH ROW EXECUTE FUNCTION intake_check_assignment();

-- Whoever is barred from a mailbox is barred from every file that comes to it.
CREATE FUNCTION intake_bar_file() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO vault_bar (id, record_id, tenant, user_id, by, at, why, sealed_out)
    SELECT gen_random_uuid(), new.id, b.tenant, b.user_id, b."by", b.at, b.why, false
    FROM vault_bar b WHERE b.record_id = new.mailbox_id AND b.lifted_at IS NULL
    ON CONFLICT DO NOTHING;
    RETURN new;
END $$;
CREATE TRIGGER intake_bar_file AFTER INSERT ON intake_attachment
    FOR EACH ROW EXECUTE FUNCTION intake_bar_file();
CREATE TRIGGER intake_bar_file AFTER INSERT ON intake_redaction
    FOR EACH ROW EXECUTE FUNCTION intake_bar_file();

-- A bar takes the mailbox away from whoever is kept from it.
CREATE FUNCTION intake_take_away() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE intake_mailbox SET assigned_to = NULL
    WHERE id = new.record_id AND assigned_to = new.user_id;
    RETURN new;
END $$;
CREATE TRIGGER intake_take_away AFTER INSERT ON vault_bar
    FOR EACH ROW EXECUTE FUNCTION intake_take_away();

-- An emergency opening is told to the reporter in the same statement. What belongs to a mailbox is
-- opened with it and no other way.
CREATE FUNCTION intake_tell_breaking() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.record <> new.within THEN
        IF NOT EXISTS (SELECT 1 FROM intake_attachment a
            WHERE a.id = new.record AND a.mailbox_id = new.within) THEN
            RAISE EXCEPTION 'this does not belong to that mailbox' USING ERRCODE = '23514';
        END IF;
        RETURN new;
    END IF;
    INSERT INTO intake_opening (id, mailbox_id, by, "on", reason)
    SELECT gen_random_uuid(), b.id, new."by", (new.at AT TIME ZONE 'UTC')::date, 'emergency'
    FROM intake_mailbox b WHERE b.id = new.record
    ON CONFLICT DO NOTHING;
    RETURN new;
END $$;
CREATE TRIGGER intake_tell_breaking AFTER INSERT ON vault_breaking
    FOR EACH ROW EXECUTE FUNCTION intake_tell_breaking();

-- What waits unread for more than an hour in teams that have put the actor on duty.
CREATE FUNCTION intake_unattended() RETURNS TABLE (
    mailbox uuid, team text, door text, severity text, since timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT b.id, t.name::text, b.door::text, b.severity::text, min(l.at)
    FROM intake_mailbox b JOIN vault_team t ON t.id = b.team
    JOIN vault_record r ON r.id = b.id AND r.erased_at IS NULL
    JOIN intake_letter l ON l.mailbox_id = b.id
    WHERE t.duty = ANY (vault_teams()) AND b.state <> 'closed' AND l.read_on IS NULL
      AND l.kind IN ('intake.answers', 'intake.message')
      AND l.at < statement_timestamp() - interval '1 hour'
      AND b.id <> ALL (vault_barred_records())
    GROUP BY b.id, t.name ORDER BY 5, 1
$$;

-- Files of a mailbox, for whoever is on duty for it.
CREATE FUNCTION intake_duty_files(wanted uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id FROM intake_attachment a JOIN vault_record r ON r.id = a.id
    WHERE a.mailbox_id = wanted AND r.erased_at IS NULL
      AND EXISTS (SELECT 1 FROM vault_duty_place(wanted))
      AND vault_may_break(r.id, r.team_id, r.tenant)
$$;

-- Lets a mailbox follow its record, and its files and copies theirs, to another team, which must
-- receive: the reporter goes on writing to it.
CREATE FUNCTION intake_move(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE target uuid;
BEGIN
    SELECT r.team_id INTO target FROM vault_record r JOIN intake_mailbox b ON b.id = r.id
    WHERE r.id = wanted AND b.team = ANY (vault_teams()) AND wanted <> ALL (vault_barred_records());
    IF target IS NULL OR NOT (SELECT t.receives FROM vault_team t WHERE t.id = target) OR EXISTS (
        SELECT 1 FROM vault_record r WHERE r.team_id <> target AND r.erased_at IS NULL AND r.id IN (
            SELECT id FROM intake_attachment WHERE mailbox_id = wanted
            UNION ALL SELECT id FROM intake_redaction WHERE mailbox_id = wanted)) THEN
        RAISE EXCEPTION 'a mailbox moves with everything in it' USING ERRCODE = '42501';
    END IF;
    UPDATE intake_mailbox SET team = target, assigned_to = NULL WHERE id = wanted;
END $$;

-- An export is proposed by one, approved by another within the hour, made once within the next.
CREATE FUNCTION intake_guard_export() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me uuid := identity_actor(); now_at timestamptz := statement_timestamp();
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF me IS NULL OR new.proposed_by IS DISTINCT FROM me
            OR num_nonnulls(new.approved_by, new.approved_at, new.refused_by, new.refused_at,
                            new.made_at) > 0 THEN
            RAISE EXCEPTION 'an export begins with a proposal of one''s own' USING ERRCODE = '23514';
        END IF;
        new.proposed_at := now_at;
        RETURN new;
    END IF;
    IF (new.id, new.mailbox_id, new.form, new.recipient, new.reason, new.proposed_by, new.proposed_at)
        IS DISTINCT FROM
       (old.id, old.mailbox_id, old.form, old.recipient, old.reason, old.proposed_by, old.proposed_at)
       OR old.made_at IS NOT NULL OR old.refused_at IS NOT NULL THEN
        RAISE EXCEPTION 'what was proposed, refused or made is not changed' USING ERRCODE = '23514';
    END IF;
    IF new.refused_by IS NOT NULL AND new.made_at IS NULL
        AND (new.approved_by, new.approved_at) IS NOT DISTINCT FROM (old.approved_by, old.approved_at)
        AND new.refused_by = me THEN
        new.refused_at := now_at;
        RETURN new;
    END IF;
    IF old.approved_by IS NULL AND new.approved_by = me AND new.made_at IS NULL
        AND new.refused_by IS NULL AND me <> old.proposed_by
        AND now_at <= old.proposed_at + interval '1 hour' THEN
        new.approved_at := now_at;
        RETURN new;
    END IF;
    IF old.approved_by IS NOT NULL AND new.made_at IS NOT NULL AND new.refused_by IS NULL
        AND (new.approved_by, new.approved_at) IS NOT DISTINCT FROM (old.approved_by, old.approved_at)
        AND me = old.proposed_by AND now_at <= old.approved_at + interval '1 hour' THEN
        new.made_at := now_at;
        INSERT INTO intake_opening (id, mailbox_id, by, "on", reason)
        VALUES (gen_random_uuid(), new.mailbox_id, me, (now_at AT TIME ZONE 'UTC')::date, 'export')
        ON CONFLICT DO NOTHING;
        RETURN new;
    END IF;
    RAISE EXCEPTION 'an export takes two people, within an hour each' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER intake_guard_export BEFORE INSERT OR UPDATE ON intake_export
    FOR EACH ROW EXECUTE FUNCTION intake_guard_export();

-- Who may open in an emergency what is handed in here, for the reporter to read.
CREATE FUNCTION intake_duty(wanted uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT d.name::text FROM vault_team t JOIN vault_team d ON d.id = t.duty
    WHERE t.id = wanted AND t.receives
$$;

REVOKE ALL ON FUNCTION intake_check_assignment(), intake_bar_file(), intake_take_away(),
    intake_tell_breaking(), intake_unattended(), intake_duty_files(uuid), intake_move(uuid),
    intake_guard_export(), intake_duty(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake_unattended(), intake_duty_files(uuid), intake_move(uuid)
    TO undaunted_desk;
GRANT EXECUTE ON FUNCTION intake_duty(uuid) TO undaunted_intake;

CREATE POLICY desk_barred ON intake_mailbox AS RESTRICTIVE TO undaunted_desk
    USING (id <> ALL ((SELECT vault_barred_records())::uuid[]));
CREATE POLICY desk_barred ON intake_attachment AS RESTRICTIVE TO undaunted_desk
    USING (id <> ALL ((SELECT vault_barred_records())::uuid[]));
CREATE POLICY desk_breaks ON intake_mailbox FOR SELECT TO undaunted_desk
    USING (id = ANY ((SELECT vault_broken_records())::uuid[]));
CREATE POLICY desk_breaks ON intake_letter FOR SELECT TO undaunted_desk
    USING (mailbox_id = ANY ((SELECT vault_broken_records())::uuid[]));
CREATE POLICY desk_breaks ON intake_attachment FOR SELECT TO undaunted_desk
    USING (id = ANY ((SELECT vault_broken_records())::uuid[]));

DROP POLICY desk_adds ON intake_letter;
CREATE POLICY desk_adds ON intake_letter FOR INSERT TO undaunted_desk
    WITH CHECK (kind IN ('intake.reply', 'intake.safety') AND EXISTS (SELECT 1 FROM intake_mailbox b
        WHERE b.id = mailbox_id AND b.team = ANY ((SELECT vault_teams())::uuid[])));
CREATE POLICY desk_changes ON intake_letter FOR UPDATE TO undaunted_desk
    USING (kind IN ('intake.answers', 'intake.message') AND EXISTS (SELECT 1 FROM intake_mailbox b
        WHERE b.id = mailbox_id AND b.team = ANY ((SELECT vault_teams())::uuid[])));
GRANT UPDATE (read_on) ON intake_letter TO undaunted_desk;

ALTER TABLE intake_conflict ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON intake_conflict TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON intake_conflict FOR SELECT TO undaunted_desk
    USING (user_id = (SELECT identity_actor())
        OR holder = ANY ((SELECT identity_organisations('{steward}'))::uuid[]));
CREATE POLICY desk_adds ON intake_conflict FOR INSERT TO undaunted_desk
    WITH CHECK (by = (SELECT identity_actor()) AND ended_at IS NULL AND (
        user_id = (SELECT identity_actor())
            AND holder = ANY ((SELECT identity_organisations('{documenter,reviewer,publisher,steward}'))::uuid[])
        OR holder = ANY ((SELECT identity_organisations('{steward}'))::uuid[])));
CREATE POLICY desk_changes ON intake_conflict FOR UPDATE TO undaunted_desk
    USING (ended_at IS NULL AND user_id <> (SELECT identity_actor())
        AND holder = ANY ((SELECT identity_organisations('{steward}'))::uuid[]))
    WITH CHECK (ended_by = (SELECT identity_actor()));
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by) ON intake_conflict TO undaunted_desk;

ALTER TABLE intake_export ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON intake_export TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_own ON intake_export TO undaunted_desk
    USING (EXISTS (SELECT 1 FROM intake_mailbox b
        WHERE b.id = mailbox_id AND b.team = ANY ((SELECT vault_teams())::uuid[])));
GRANT SELECT, INSERT, UPDATE (approved_by, approved_at, refused_by, refused_at, made_at)
    ON intake_export TO undaunted_desk;

ALTER TABLE intake_redaction ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON intake_redaction TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_own ON intake_redaction TO undaunted_desk
    USING (EXISTS (SELECT 1 FROM intake_mailbox b
        WHERE b.id = mailbox_id AND b.team = ANY ((SELECT vault_teams())::uuid[])));
GRANT SELECT, INSERT ON intake_redaction TO undaunted_desk;
