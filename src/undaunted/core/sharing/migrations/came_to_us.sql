-- That a record came from a partner is said by the application, which made it of an item that somebody accepted, of
-- records of that organisation alone: it keeps the record from going onward, and has it erased with its package.
-- In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION sharing_of_others(what text, which uuid, whose uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN CASE what
        WHEN 'party' THEN EXISTS (SELECT FROM actors_party WHERE id = which AND holder <> whose)
        WHEN 'document' THEN EXISTS (SELECT FROM evidence_document WHERE id = which AND holder <> whose)
        WHEN 'source' THEN EXISTS (SELECT FROM evidence_source WHERE id = which AND holder <> whose)
        ELSE false END;
END $$;

CREATE OR REPLACE FUNCTION sharing_kept_came() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF session_user = 'undaunted_desk' AND tg_op = 'INSERT' THEN
        PERFORM vault_require_code(
            concat_ws('|', 'sharing-kept', new.id, new.item_id, new.subject_kind, new.subject), new.vouched);
        IF sharing_of_others(new.subject_kind, new.subject, new.holder) OR NOT EXISTS (
            SELECT FROM sharing_arrivalitem i JOIN sharing_arrival a ON a.id = i.arrival_id
            WHERE i.id = new.item_id AND i.holder = new.holder AND a.expires_at = new.until
              AND i.state = 'accepted' AND i.decided_by = identity_actor()) THEN
            RAISE EXCEPTION 'only what came of an item that one accepted was received' USING ERRCODE = '42501';
        END IF;
    END IF;
    new.vouched := NULL;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER sharing_kept_came BEFORE INSERT OR UPDATE ON sharing_kept
    FOR EACH ROW EXECUTE FUNCTION sharing_kept_came();

-- Whether anything of these, or a record judged to be the same as one of them, was received by whoever asks.
CREATE OR REPLACE FUNCTION sharing_was_received(things uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM sharing_kept k WHERE k.subject = ANY (
            SELECT unnest(things)
            UNION ALL
            SELECT same.id FROM actors_party mine
            JOIN actors_party same ON same.canonical = mine.canonical WHERE mine.id = ANY (things))
        AND (session_user <> 'undaunted_desk' OR k.holder = ANY ((SELECT identity_organisations(
            '{reader,documenter,reviewer,publisher,steward}'))::uuid[])))
$$;

-- Erase a record that came from a partner: for a steward of its holder, and once its package has run
-- out for anybody there who records. Claims are otherwise never changed; what was received is not
-- ours to keep, and what belongs to others was not received.
CREATE OR REPLACE FUNCTION sharing_erase_kept(what text, which uuid, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE claims uuid[];
BEGIN
    IF NOT EXISTS (
        SELECT FROM sharing_kept k JOIN sharing_arrivalitem i ON i.id = k.item_id
        JOIN sharing_arrival a ON a.id = i.arrival_id
        WHERE k.subject = which AND k.subject_kind = what AND k.given_up_at IS NULL
          AND NOT sharing_of_others(what, which, k.holder)
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

REVOKE ALL ON FUNCTION sharing_of_others(text, uuid, uuid), sharing_kept_came() FROM PUBLIC;
