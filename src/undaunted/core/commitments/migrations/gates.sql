-- Two people, statements that nobody changes, and the public copy: held by the database.

CREATE OR REPLACE FUNCTION commitments_holds_role(whose uuid, wanted text[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT whose = ANY ((SELECT identity_organisations(wanted))::uuid[])
$$;

-- What a text must have whoever wrote it, said once more beneath the rules.
CREATE OR REPLACE FUNCTION commitments_well_formed(content jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT coalesce(
        jsonb_array_length(content -> 'sources') > 0
        AND jsonb_array_length(content -> 'evidence') > 0
        AND NOT jsonb_path_exists(content, '$.features[*] ? (@.sources.size() == 0)')
        AND NOT jsonb_path_exists(content, '$.sources[*] ? (@.url == "" || @.date == "")')
        AND (content ->> 'status' IN ('absent', 'withdrawn') OR content ->> 'law' <> ''), false)
$$;

CREATE OR REPLACE FUNCTION commitments_statement_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT commitments_well_formed(new.content)
        OR (new.content ->> 'instrument', new.content ->> 'state', new.content ->> 'status')
            IS DISTINCT FROM (new.instrument::text, new.state::text, new.status::text) THEN
        RAISE EXCEPTION 'a statement names instrument, state, status and sources'
            USING ERRCODE = '23514';
    END IF;
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.review <> 'waiting' OR new.sharing <> 'shared'
            OR new.proposed_by IS DISTINCT FROM identity_actor()
            OR new.decided_at IS NOT NULL OR new.corrected_at IS NOT NULL
            OR new.withdrawn_at IS NOT NULL OR new.withdrawn_by IS NOT NULL
            OR NOT commitments_holds_role(new.holder, '{documenter,steward}')
            OR new.corrects_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM commitments_commitmentstatement c
                WHERE c.id = new.corrects_id AND c.holder = new.holder AND c.review = 'accepted'
                  AND c.instrument = new.instrument AND c.state = new.state
                  AND c.corrected_at IS NULL AND c.withdrawn_at IS NULL) THEN
            RAISE EXCEPTION 'a statement is recorded waiting, in one''s own name'
                USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF (new.id, new.holder, new.sharing, new.instrument, new.state, new.status, new.first_day,
        new.content, new.digest, new.corrects_id, new.corrected_at, new.proposed_by,
        new.proposed_at) IS DISTINCT FROM
       (old.id, old.holder, old.sharing, old.instrument, old.state, old.status, old.first_day,
        old.content, old.digest, old.corrects_id, old.corrected_at, old.proposed_by,
        old.proposed_at) THEN
        RAISE EXCEPTION 'a statement is never changed; another corrects it' USING ERRCODE = '42501';
    END IF;
    IF old.review = 'waiting' THEN
        IF new.review = 'waiting' OR new.withdrawn_at IS NOT NULL OR new.withdrawn_by IS NOT NULL
            OR new.decided_by IS DISTINCT FROM identity_actor()
            OR new.decided_at > statement_timestamp() + interval '1 minute'
            OR new.review = 'accepted' AND new.decided_by = new.proposed_by THEN
            RAISE EXCEPTION 'a second person accepts a statement, in their own name'
                USING ERRCODE = '42501';
        END IF;
        IF NOT (commitments_holds_role(new.holder, '{reviewer,publisher,steward}')
                OR new.review = 'declined' AND new.decided_by = new.proposed_by) THEN
            RAISE EXCEPTION 'a statement is decided by somebody with the role'
                USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF (new.review, new.decided_by, new.decided_at, new.why) IS DISTINCT FROM
       (old.review, old.decided_by, old.decided_at, old.why)
        OR old.review <> 'accepted' OR old.withdrawn_at IS NOT NULL
        OR new.withdrawn_at IS NULL OR new.withdrawn_by IS DISTINCT FROM identity_actor()
        OR NOT commitments_holds_role(new.holder, '{reviewer,publisher}') THEN
        RAISE EXCEPTION 'a statement is decided once; it is withdrawn in one''s own name'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER commitments_statement_gate
    BEFORE INSERT OR UPDATE ON commitments_commitmentstatement
    FOR EACH ROW EXECUTE FUNCTION commitments_statement_gate();

-- What is public: every accepted statement that is not withdrawn, also one that was corrected.
CREATE OR REPLACE FUNCTION commitments_project(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM published_commitment WHERE id = which;
    INSERT INTO published_commitment (id, instrument, state, status, first_day, content,
        accepted_at, corrected_at, corrects)
    SELECT s.id, s.instrument, s.state, s.status, s.first_day, s.content, s.decided_at,
        s.corrected_at, s.corrects_id
    FROM commitments_commitmentstatement s
    WHERE s.id = which AND s.review = 'accepted' AND s.withdrawn_at IS NULL;
END $$;

CREATE OR REPLACE FUNCTION commitments_statement_after() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.review = 'accepted' AND old.review = 'waiting' AND new.corrects_id IS NOT NULL THEN
        UPDATE commitments_commitmentstatement SET corrected_at = new.decided_at
        WHERE id = new.corrects_id AND corrected_at IS NULL;
    END IF;
    PERFORM commitments_project(new.id);
    RETURN NULL;
END $$;
CREATE TRIGGER commitments_statement_after AFTER UPDATE ON commitments_commitmentstatement
    FOR EACH ROW EXECUTE FUNCTION commitments_statement_after();

REVOKE ALL ON FUNCTION commitments_holds_role(uuid, text[]), commitments_well_formed(jsonb),
    commitments_project(uuid), commitments_statement_after() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION commitments_holds_role(uuid, text[]), commitments_well_formed(jsonb)
    TO undaunted_desk;
