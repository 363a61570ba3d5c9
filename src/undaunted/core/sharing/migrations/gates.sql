-- Two people, named recipients, and never onward: held by the database.

CREATE FUNCTION sharing_holds_role(whose uuid, wanted text[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT whose = ANY ((SELECT identity_organisations(wanted))::uuid[])
$$;

-- Whether anything of these, or a record judged to be the same as one of them, was received.
CREATE FUNCTION sharing_was_received(things uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM sharing_kept k WHERE k.subject = ANY (things)
        UNION ALL
        SELECT FROM actors_party mine
        JOIN actors_party same ON same.canonical = mine.canonical
        JOIN sharing_kept k ON k.subject = same.id
        WHERE mine.id = ANY (things))
$$;

CREATE FUNCTION sharing_partner_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.recorded_by IS DISTINCT FROM identity_actor() OR new.verified_by IS NOT NULL THEN
            RAISE EXCEPTION 'a partner is recorded in one''s own name, and verified by another'
                USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF (new.id, new.holder, new.name, new.kind, new.audience, new.signing_key, new.recipient,
        new.fingerprint, new.recorded_by, new.recorded_at) IS DISTINCT FROM
       (old.id, old.holder, old.name, old.kind, old.audience, old.signing_key, old.recipient,
        old.fingerprint, old.recorded_by, old.recorded_at) THEN
        RAISE EXCEPTION 'a partner whose facts change is ended and recorded anew'
            USING ERRCODE = '42501';
    END IF;
    IF new.verified_by IS DISTINCT FROM old.verified_by AND (
        old.verified_by IS NOT NULL OR new.verified_by IS DISTINCT FROM identity_actor()
        OR new.verified_by = new.recorded_by
        OR NOT sharing_holds_role(new.holder, '{reviewer,publisher,steward}')) THEN
        RAISE EXCEPTION 'a second person with the role verifies a partner' USING ERRCODE = '42501';
    END IF;
    IF old.ended_at IS NOT NULL AND new.ended_at IS DISTINCT FROM old.ended_at THEN
        RAISE EXCEPTION 'an ended partner is recorded anew' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER sharing_partner_gate BEFORE INSERT OR UPDATE ON sharing_partner
    FOR EACH ROW EXECUTE FUNCTION sharing_partner_gate();

CREATE FUNCTION sharing_parcel_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.state <> 'proposed' OR new.sealed_by IS NOT NULL
            OR new.proposed_by IS DISTINCT FROM identity_actor() THEN
            RAISE EXCEPTION 'a package is proposed in one''s own name' USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF old.state <> 'proposed' OR
        (new.id, new.holder, new.tlp, new.pap, new.purpose, new.expires_at, new.proposed_by,
         new.proposed_at) IS DISTINCT FROM
        (old.id, old.holder, old.tlp, old.pap, old.purpose, old.expires_at, old.proposed_by,
         old.proposed_at) THEN
        RAISE EXCEPTION 'a package is sealed as it was proposed, once' USING ERRCODE = '42501';
    END IF;
    IF new.state = 'sealed' THEN
        IF new.sealed_by IS DISTINCT FROM identity_actor() OR new.sealed_by = new.proposed_by
            OR NOT sharing_holds_role(new.holder, '{publisher,steward}') THEN
            RAISE EXCEPTION 'a second person with the role seals a package' USING ERRCODE = '42501';
        END IF;
        IF NOT EXISTS (SELECT FROM sharing_copy c WHERE c.parcel_id = new.id)
            OR EXISTS (SELECT FROM sharing_copy c WHERE c.parcel_id = new.id AND c.sealed IS NULL) THEN
            RAISE EXCEPTION 'a package is sealed to each of its named recipients'
                USING ERRCODE = '42501';
        END IF;
        IF EXISTS (SELECT FROM sharing_parcelitem i WHERE i.parcel_id = new.id
                   AND sharing_was_received(i.subjects || i.thing)) THEN
            RAISE EXCEPTION 'what was received never goes onward' USING ERRCODE = '42501';
        END IF;
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER sharing_parcel_gate BEFORE INSERT OR UPDATE ON sharing_parcel
    FOR EACH ROW EXECUTE FUNCTION sharing_parcel_gate();

CREATE FUNCTION sharing_item_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF sharing_was_received(new.subjects || new.thing) THEN
        RAISE EXCEPTION 'what was received never goes onward' USING ERRCODE = '42501';
    END IF;
    IF current_user = 'undaunted_desk' AND NOT EXISTS (
        SELECT FROM sharing_parcel p
        WHERE p.id = new.parcel_id AND p.holder = new.holder AND p.state = 'proposed') THEN
        RAISE EXCEPTION 'nothing is added to a package of others or after its sealing'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER sharing_item_gate BEFORE INSERT OR UPDATE ON sharing_parcelitem
    FOR EACH ROW EXECUTE FUNCTION sharing_item_gate();

CREATE FUNCTION sharing_copy_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'UPDATE' AND (new.id, new.holder, new.parcel_id, new.partner_id) IS DISTINCT FROM
        (old.id, old.holder, old.parcel_id, old.partner_id) THEN
        RAISE EXCEPTION 'a copy stays that of its recipient' USING ERRCODE = '42501';
    END IF;
    IF NOT EXISTS (
        SELECT FROM sharing_parcel p JOIN sharing_partner r ON r.id = new.partner_id
        WHERE p.id = new.parcel_id AND p.holder = new.holder AND r.holder = new.holder
          AND p.state = 'proposed' AND r.verified_by IS NOT NULL AND r.ended_at IS NULL
          AND (p.tlp <> 'RED' OR r.kind = 'person')) THEN
        RAISE EXCEPTION 'a copy is for a verified partner that the marking allows, before sealing'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER sharing_copy_gate BEFORE INSERT OR UPDATE ON sharing_copy
    FOR EACH ROW EXECUTE FUNCTION sharing_copy_gate();

CREATE FUNCTION sharing_slip_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.released_at IS NOT NULL OR new.receipt_at IS NOT NULL OR NOT EXISTS (
            SELECT FROM sharing_copy c JOIN sharing_parcel p ON p.id = c.parcel_id
            JOIN sharing_parcelitem i ON i.parcel_id = p.id
            WHERE c.id = new.copy_id AND i.id = new.item_id AND p.holder = new.holder
              AND p.state = 'proposed') THEN
            RAISE EXCEPTION 'a takedown is signed with its copy' USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF (new.id, new.holder, new.copy_id, new.item_id, new.manifest, new.signature, new.consents)
        IS DISTINCT FROM
       (old.id, old.holder, old.copy_id, old.item_id, old.manifest, old.signature, old.consents)
        OR old.released_at IS NOT NULL AND new.released_at IS DISTINCT FROM old.released_at
        OR old.receipt_at IS NOT NULL AND new IS DISTINCT FROM old
        OR new.receipt_at IS NOT NULL AND new.released_at IS NULL THEN
        RAISE EXCEPTION 'a takedown is released once and receipted once' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER sharing_slip_gate BEFORE INSERT OR UPDATE ON sharing_slip
    FOR EACH ROW EXECUTE FUNCTION sharing_slip_gate();

CREATE FUNCTION sharing_arrival_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'UPDATE' AND (new.id, new.holder, new.partner_id, new.package, new.sequence, new.tlp,
        new.pap, new.expires_at) IS DISTINCT FROM (old.id, old.holder, old.partner_id, old.package,
        old.sequence, old.tlp, old.pap, old.expires_at) THEN
        RAISE EXCEPTION 'what arrived stays what it was' USING ERRCODE = '42501';
    END IF;
    IF NOT EXISTS (SELECT FROM sharing_partner r WHERE r.id = new.partner_id
        AND r.holder = new.holder AND r.verified_by IS NOT NULL) OR EXISTS (
        SELECT FROM sharing_arrival a WHERE tg_op = 'INSERT' AND a.partner_id = new.partner_id
          AND a.sequence >= new.sequence) THEN
        RAISE EXCEPTION 'a package comes from a verified partner, and later than the one before'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER sharing_arrival_gate BEFORE INSERT OR UPDATE ON sharing_arrival
    FOR EACH ROW EXECUTE FUNCTION sharing_arrival_gate();

CREATE FUNCTION sharing_arrivalitem_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.state <> 'waiting' OR NOT EXISTS (
            SELECT FROM sharing_arrival a WHERE a.id = new.arrival_id AND a.holder = new.holder) THEN
            RAISE EXCEPTION 'what arrives waits for somebody to look at it' USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF (new.id, new.holder, new.arrival_id, new.kind, new.thing, new.sha256, new.record)
        IS DISTINCT FROM
       (old.id, old.holder, old.arrival_id, old.kind, old.thing, old.sha256, old.record)
        OR new.state IN ('waiting', 'accepted', 'rejected') AND new.state <> old.state
            AND (old.state <> 'waiting' OR new.decided_by IS DISTINCT FROM identity_actor()
                 OR NOT sharing_holds_role(new.holder, '{steward}')) THEN
        RAISE EXCEPTION 'an item is decided once, in one''s own name' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER sharing_arrivalitem_gate BEFORE INSERT OR UPDATE ON sharing_arrivalitem
    FOR EACH ROW EXECUTE FUNCTION sharing_arrivalitem_gate();

CREATE FUNCTION sharing_kept_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF tg_op = 'DELETE' OR tg_op = 'UPDATE' AND
        (new.id, new.holder, new.item_id, new.subject_kind, new.subject, new.until) IS DISTINCT FROM
        (old.id, old.holder, old.item_id, old.subject_kind, old.subject, old.until) THEN
        RAISE EXCEPTION 'where a record came from is never forgotten' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER sharing_kept_gate BEFORE UPDATE OR DELETE ON sharing_kept
    FOR EACH ROW EXECUTE FUNCTION sharing_kept_gate();

-- News of consent: release the takedowns of every copy that rests on it. Whoever delivers news may
-- act for nobody, so only the news itself says whom it is about.
CREATE FUNCTION sharing_heed(told uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    news consent_news;
    whom uuid[];
    ended uuid;
    done int;
BEGIN
    SELECT * INTO news FROM consent_news WHERE id = told;
    IF NOT FOUND OR news.kind IN ('granted', 'merged') THEN RETURN 0; END IF;
    whom := ARRAY[news.subject];
    ended := CASE WHEN news.kind IN ('revoked', 'expired') THEN (news.detail ->> 'grant')::uuid END;
    UPDATE sharing_slip s SET released_at = news.at, why = news.kind
    FROM sharing_parcelitem i, sharing_parcel p
    WHERE s.item_id = i.id AND i.parcel_id = p.id AND p.state = 'sealed' AND p.expires_at > news.at
      AND s.released_at IS NULL AND i.subjects && whom
      AND (ended IS NULL OR ended = ANY (s.consents));
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN done;
END $$;

-- What has run out, with somebody who may erase it: a steward of the holder who is in the team.
CREATE FUNCTION sharing_due() RETURNS TABLE (arrival uuid, person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT a.id, p.user_id FROM sharing_arrival a
    CROSS JOIN LATERAL (
        SELECT m.user_id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
        JOIN vault_member v ON v.user_id = m.user_id AND v.left_at IS NULL
        JOIN vault_record r ON r.team_id = v.team_id
        JOIN sharing_arrivalitem i ON i.record = r.id AND i.arrival_id = a.id
        WHERE m.organisation_id = a.holder AND u.is_active AND m.role = 'steward'
        ORDER BY m.id LIMIT 1) p
    WHERE a.ended_at IS NULL AND a.expires_at <= statement_timestamp()
    ORDER BY a.expires_at, a.id
$$;

-- Copies that have run out are destroyed, their checksums stay.
CREATE FUNCTION sharing_drop_copies() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE done int;
BEGIN
    UPDATE sharing_copy c SET sealed = NULL FROM sharing_parcel p
    WHERE p.id = c.parcel_id AND c.sealed IS NOT NULL AND p.expires_at <= statement_timestamp();
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN done;
END $$;

-- Erase a record that came from a partner, for a steward of its holder. Claims are otherwise never
-- changed; what was received is not ours to keep.
CREATE FUNCTION sharing_erase_kept(what text, which uuid, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE claims uuid[];
BEGIN
    IF NOT EXISTS (SELECT FROM sharing_kept k
        WHERE k.subject = which AND k.subject_kind = what AND k.given_up_at IS NULL
          AND k.holder = ANY ((SELECT identity_organisations('{steward}'))::uuid[])) THEN
        RAISE EXCEPTION 'only what was received is given up' USING ERRCODE = '42501';
    END IF;
    IF what = 'party' THEN
        claims := ARRAY(SELECT DISTINCT claim FROM events_act WHERE victim_id = which) || which;
        DELETE FROM evidence_citation WHERE subject_id = ANY (claims);
        DELETE FROM events_involvement WHERE act_claim = ANY (claims);
        WITH gone AS (DELETE FROM events_act WHERE victim_id = which RETURNING event_id)
        DELETE FROM events_event e USING gone WHERE e.id = gone.event_id
            AND NOT EXISTS (SELECT FROM events_act a WHERE a.event_id = e.id AND a.victim_id <> which);
        DELETE FROM actors_partyname WHERE party_id = which;
        UPDATE actors_party SET gender = '', birth = '', birth_earliest = NULL, birth_latest = NULL,
            death = '', death_earliest = NULL, death_latest = NULL, nationalities = '{}',
            country = '', roles = '{}', withdrawn_at = moment WHERE id = which;
    ELSIF what = 'document' THEN
        DELETE FROM evidence_citation WHERE document_id = which;
        DELETE FROM evidence_cleancopy WHERE document_id = which;
        DELETE FROM evidence_custodyevent WHERE document_id = which;
        DELETE FROM evidence_document WHERE id = which;
    ELSIF what = 'source' THEN
        UPDATE evidence_source SET title = '' WHERE id = which;
    END IF;
END $$;

REVOKE ALL ON FUNCTION sharing_erase_kept(text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sharing_erase_kept(text, uuid, timestamptz) TO undaunted_desk;

REVOKE ALL ON FUNCTION sharing_was_received(uuid[]), sharing_heed(uuid), sharing_due(),
    sharing_drop_copies(), sharing_holds_role(uuid, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sharing_was_received(uuid[]), sharing_heed(uuid), sharing_due(),
    sharing_drop_copies(), sharing_holds_role(uuid, text[]) TO undaunted_desk;
