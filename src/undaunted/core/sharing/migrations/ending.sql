-- What has run out ends whoever is in the team; consent that goes on keeps a package where it is.

-- Destroy the keys of what has run out, of one package or of all: the calendar decides, not who asks.
-- Only what arrived in a package is sealed as its item, and each such record belongs to one item.
CREATE FUNCTION sharing_destroy_keys(which uuid) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ended uuid[];
BEGIN
    ended := ARRAY(
        SELECT r.id FROM sharing_arrival a
        JOIN sharing_arrivalitem i ON i.arrival_id = a.id
        JOIN vault_record r ON r.id = i.record AND r.tenant = a.holder
        WHERE a.ended_at IS NULL AND a.expires_at <= statement_timestamp()
          AND (which IS NULL OR a.id = which) AND r.erased_at IS NULL
          AND EXISTS (SELECT FROM vault_sealing s WHERE s.record_id = r.id AND s.kind = 'sharing.item')
        ORDER BY r.id FOR UPDATE OF r);
    DELETE FROM vault_recordkey WHERE record_id = ANY (ended);
    UPDATE vault_record SET erased_at = statement_timestamp(), erased_why = 'expired', recipient = ''
    WHERE id = ANY (ended);
    RETURN QUERY SELECT unnest(ended);
END $$;

-- What has run out, with anybody of the holder who records, in the team or not; with nobody where the
-- organisation has nobody left.
CREATE OR REPLACE FUNCTION sharing_due() RETURNS TABLE (arrival uuid, person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id, p.user_id FROM sharing_arrival a
    LEFT JOIN LATERAL (
        SELECT m.user_id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.organisation_id = a.holder AND u.is_active AND m.role IN ('steward', 'documenter')
        ORDER BY m.role DESC, m.id LIMIT 1) p ON true
    WHERE a.ended_at IS NULL AND a.expires_at <= statement_timestamp()
    ORDER BY a.expires_at, a.id
$$;

CREATE OR REPLACE FUNCTION sharing_arrival_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'UPDATE' AND (new.id, new.holder, new.partner_id, new.package, new.sequence, new.tlp,
        new.pap, new.expires_at) IS DISTINCT FROM (old.id, old.holder, old.partner_id, old.package,
        old.sequence, old.tlp, old.pap, old.expires_at) THEN
        RAISE EXCEPTION 'what arrived stays what it was' USING ERRCODE = '42501';
    END IF;
    IF tg_op = 'INSERT' AND new.ended_at IS NOT NULL
        OR tg_op = 'UPDATE' AND new.ended_at IS DISTINCT FROM old.ended_at AND (
            old.ended_at IS NOT NULL OR new.expires_at > statement_timestamp()
            OR EXISTS (SELECT FROM sharing_arrivalitem i
                       WHERE i.arrival_id = new.id AND i.envelope IS NOT NULL)) THEN
        RAISE EXCEPTION 'a package has ended when it has run out and its content is erased'
            USING ERRCODE = '42501';
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

-- Erase a record that came from a partner: for a steward of its holder, and once its package has run
-- out for anybody there who records. Claims are otherwise never changed; what was received is not
-- ours to keep.
CREATE OR REPLACE FUNCTION sharing_erase_kept(what text, which uuid, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE claims uuid[];
BEGIN
    IF NOT EXISTS (
        SELECT FROM sharing_kept k JOIN sharing_arrivalitem i ON i.id = k.item_id
        JOIN sharing_arrival a ON a.id = i.arrival_id
        WHERE k.subject = which AND k.subject_kind = what AND k.given_up_at IS NULL
          AND k.holder = ANY ((SELECT identity_organisations(
              CASE WHEN a.expires_at <= statement_timestamp() THEN '{documenter,steward}'
                   ELSE '{steward}' END::text[]))::uuid[])) THEN
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

REVOKE ALL ON FUNCTION sharing_destroy_keys(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sharing_destroy_keys(uuid) TO undaunted_desk;
