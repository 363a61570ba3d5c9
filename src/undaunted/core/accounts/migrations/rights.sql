-- Rights by two administrators. The desk's role writes neither people nor roles nor proposals: it
-- calls these functions, which know from the session's token who asks.

DROP POLICY desk_adds ON accounts_user;
DROP POLICY desk_adds ON accounts_organisation;
DROP POLICY desk_adds ON accounts_membership;
REVOKE INSERT ON accounts_user, accounts_organisation, accounts_membership FROM undaunted_desk;
REVOKE USAGE ON SEQUENCE accounts_membership_id_seq FROM undaunted_desk;
DROP FUNCTION account_renew(uuid, text);

ALTER TABLE accounts_rightsproposal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON accounts_rightsproposal TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON accounts_rightsproposal FOR SELECT TO undaunted_desk
    USING (organisation_id = ANY ((SELECT identity_organisations('{administrator}'))::uuid[]));
GRANT SELECT ON accounts_rightsproposal TO undaunted_desk;

-- Whether somebody administers an organisation's accounts since before a moment, by the owner or by
-- two administrators.
CREATE FUNCTION account_appointed(who uuid, place uuid, before timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.user_id = who AND m.organisation_id = place AND m.role = 'administrator'
          AND u.is_active AND m.since < before
          AND (m.proposed_by IS NULL OR m.approved_by IS NOT NULL))
$$;

-- Why whoever asks may not propose this; empty where they may.
CREATE FUNCTION account_refuses_proposal(
    what text, place uuid, person uuid, named text, wanted text
) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me CONSTANT uuid := identity_proved();
BEGIN
    IF me IS NULL OR place IS NULL
        OR NOT place = ANY (identity_organisations('{administrator}')) THEN RETURN 'absent';
    END IF;
    IF NOT account_appointed(me, place, 'infinity') THEN RETURN 'one_hand'; END IF;
    IF person = me THEN RETURN 'concerned'; END IF;
    IF person IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = person AND u.is_active) THEN
        RETURN 'absent';
    END IF;
    IF what = 'renewal' AND (person IS NULL OR NOT account_within(person)) THEN
        RETURN 'person_left';
    END IF;
    IF what = 'role' AND EXISTS (
        SELECT 1 FROM accounts_membership m
        WHERE m.user_id = person AND m.organisation_id = place AND m.role = wanted) THEN
        RETURN 'held';
    END IF;
    IF person IS NULL AND EXISTS (SELECT 1 FROM accounts_user u WHERE u.username = named) THEN
        RETURN 'taken';
    END IF;
    IF EXISTS (
        SELECT 1 FROM accounts_rightsproposal p
        WHERE p.answer = '' AND p.proposed_at > statement_timestamp() - interval '14 days'
          AND (p.username = named OR p.whose = person)
          AND (p.organisation_id = place AND p.kind = what AND p.role = wanted
               OR person IS NULL)) THEN
        RETURN 'waiting';
    END IF;
    RETURN '';
END $$;

CREATE FUNCTION account_propose(
    what text, place uuid, person uuid, named text, wanted text, sealed text
) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made CONSTANT uuid := gen_random_uuid();
BEGIN
    PERFORM pg_advisory_xact_lock(7254183005);
    UPDATE accounts_rightsproposal SET answer = 'lapsed', username = '', part = ''
    WHERE answer = '' AND proposed_at <= statement_timestamp() - interval '14 days';
    IF what IS NULL OR what NOT IN ('role', 'renewal') OR named IS NULL
        OR length(named) NOT BETWEEN 1 AND 64 OR wanted IS NULL
        OR (what = 'role' AND wanted NOT IN (
            'reader', 'documenter', 'reviewer', 'publisher', 'steward', 'administrator'))
        OR account_refuses_proposal(what, place, person, named, wanted) <> '' THEN
        RETURN NULL;
    END IF;
    INSERT INTO accounts_rightsproposal
        (id, kind, organisation_id, whose, username, role, part, proposed_by, proposed_at, answer)
    VALUES (made, what, place, person, named, wanted, sealed, identity_proved(),
            clock_timestamp(), '');
    RETURN made;
END $$;

-- Why whoever asks may not approve this; empty where they may. Neither of the two may have proposed
-- the other as an administrator: one deceived colleague is not enough to be two people.
CREATE FUNCTION account_refuses_approval(which uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me CONSTANT uuid := identity_proved(); p accounts_rightsproposal;
BEGIN
    SELECT * INTO p FROM accounts_rightsproposal WHERE id = which;
    IF p.id IS NULL OR me IS NULL
        OR NOT p.organisation_id = ANY (identity_organisations('{administrator}')) THEN
        RETURN 'absent';
    END IF;
    IF p.answer <> '' THEN RETURN 'answered'; END IF;
    IF p.proposed_at <= statement_timestamp() - interval '14 days' THEN RETURN 'lapsed'; END IF;
    IF me = p.proposed_by THEN RETURN 'own'; END IF;
    IF me = p.whose THEN RETURN 'concerned'; END IF;
    IF NOT account_appointed(me, p.organisation_id, 'infinity') THEN RETURN 'one_hand'; END IF;
    IF NOT account_appointed(me, p.organisation_id, p.proposed_at) THEN RETURN 'newer'; END IF;
    IF NOT account_appointed(p.proposed_by, p.organisation_id, p.proposed_at) THEN
        RETURN 'proposer_left';
    END IF;
    IF EXISTS (
        SELECT 1 FROM accounts_membership m
        WHERE m.organisation_id = p.organisation_id AND m.role = 'administrator'
          AND (m.user_id = me AND m.proposed_by = p.proposed_by
               OR m.user_id = p.proposed_by AND m.proposed_by = me)) THEN
        RETURN 'pair';
    END IF;
    IF p.whose IS NULL THEN
        IF EXISTS (SELECT 1 FROM accounts_user u WHERE u.username = p.username) THEN
            RETURN 'taken';
        END IF;
        RETURN '';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = p.whose AND u.is_active)
        OR p.kind = 'renewal' AND NOT account_within(p.whose) THEN
        RETURN 'person_left';
    END IF;
    IF p.kind = 'role' AND EXISTS (
        SELECT 1 FROM accounts_membership m
        WHERE m.user_id = p.whose AND m.organisation_id = p.organisation_id AND m.role = p.role) THEN
        RETURN 'held';
    END IF;
    RETURN '';
END $$;

-- Carries a proposal out, and gives the person's id; nothing where it is refused.
CREATE FUNCTION account_approve(which uuid, hash text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE p accounts_rightsproposal; person uuid; fresh boolean;
BEGIN
    PERFORM 1 FROM accounts_rightsproposal WHERE id = which FOR UPDATE;
    IF account_refuses_approval(which) <> '' THEN RETURN NULL; END IF;
    SELECT * INTO p FROM accounts_rightsproposal WHERE id = which;
    person := coalesce(p.whose, gen_random_uuid());
    fresh := p.whose IS NULL;
    IF (fresh OR p.kind = 'renewal') AND hash NOT LIKE 'argon2%' THEN RETURN NULL; END IF;
    IF fresh THEN
        INSERT INTO accounts_user (id, username, password, language, is_active, demonstration)
        SELECT person, p.username, hash, 'en', true, o.demonstration
        FROM accounts_organisation o WHERE o.id = p.organisation_id;
    END IF;
    IF p.kind = 'renewal' THEN
        UPDATE accounts_user SET password = hash WHERE id = person;
        PERFORM account_shut_out(person);
    ELSE
        INSERT INTO accounts_membership
            (user_id, organisation_id, role, since, proposed_by, approved_by)
        VALUES (person, p.organisation_id, p.role, clock_timestamp(), p.proposed_by,
                identity_proved());
    END IF;
    UPDATE accounts_rightsproposal SET answer = 'approved', answered_by = identity_proved(),
        answered_at = clock_timestamp(), whose = person, username = '', part = ''
    WHERE id = which;
    RETURN person;
END $$;

-- Ends a proposal: withdrawn by whoever made it, declined by any other administrator.
CREATE FUNCTION account_decline(which uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me CONSTANT uuid := identity_proved();
BEGIN
    UPDATE accounts_rightsproposal SET
        answer = CASE WHEN proposed_by = me THEN 'withdrawn' ELSE 'declined' END,
        answered_by = me, answered_at = clock_timestamp(), username = '', part = ''
    WHERE id = which AND answer = '' AND me IS NOT NULL
      AND organisation_id = ANY (identity_organisations('{administrator}'));
    RETURN FOUND;
END $$;

-- The end of an account ends what was proposed for it, too.
CREATE OR REPLACE FUNCTION account_close(whose uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT account_within(account_close.whose) THEN RETURN false; END IF;
    UPDATE accounts_user SET is_active = false, password = '!',
        username = account_close.whose::text
    WHERE id = account_close.whose;
    PERFORM account_shut_out(account_close.whose);
    DELETE FROM accounts_membership WHERE user_id = account_close.whose;
    UPDATE accounts_rightsproposal p SET answer = 'lapsed', username = '', part = ''
    WHERE p.whose = account_close.whose AND p.answer = '';
    RETURN true;
END $$;

REVOKE ALL ON FUNCTION account_appointed(uuid, uuid, timestamptz),
    account_refuses_proposal(text, uuid, uuid, text, text),
    account_propose(text, uuid, uuid, text, text, text), account_refuses_approval(uuid),
    account_approve(uuid, text), account_decline(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION account_refuses_proposal(text, uuid, uuid, text, text),
    account_propose(text, uuid, uuid, text, text, text), account_refuses_approval(uuid),
    account_approve(uuid, text), account_decline(uuid) TO undaunted_desk;
