-- A dossier is its handling team's. What was said stays as it was said and is withdrawn, never
-- changed; two people weigh what speaks for somebody, and two release a submission; bytes are only
-- ever destroyed.

CREATE POLICY only_the_team ON dossiers_dossier AS RESTRICTIVE TO undaunted_desk
    USING ((SELECT identity_actor()) = ANY (team));

CREATE FUNCTION dossiers_dossier_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.opened_by IS DISTINCT FROM identity_actor() OR new.closed_at IS NOT NULL
            OR NOT new.opened_by = ANY (new.team) THEN
            RAISE EXCEPTION 'a dossier is opened in one''s own name' USING ERRCODE = '42501';
        END IF;
    ELSIF (new.holder, new.sharing, new.opened_by, new.opened_at)
        IS DISTINCT FROM (old.holder, old.sharing, old.opened_by, old.opened_at)
        OR old.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a dossier stays its holder''s' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER dossiers_dossier_gate BEFORE INSERT OR UPDATE ON dossiers_dossier
    FOR EACH ROW EXECUTE FUNCTION dossiers_dossier_gate();

-- What belongs to a dossier: read and written where the dossier is, under its holder, in one's name.
CREATE FUNCTION dossiers_part_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    whole dossiers_dossier;
    said jsonb := to_jsonb(new);
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    SELECT * INTO whole FROM dossiers_dossier WHERE id = new.dossier_id;
    IF whole.id IS NULL OR whole.holder <> new.holder OR whole.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a part belongs to an open dossier of one''s own' USING ERRCODE = '42501';
    END IF;
    IF COALESCE(said ->> 'recorded_by', said ->> 'written_by', identity_actor()::text)
        IS DISTINCT FROM identity_actor()::text
        OR said ->> 'withdrawn_at' IS NOT NULL OR said ->> 'confirmed_by' IS NOT NULL
        OR said ->> 'released_by' IS NOT NULL OR said ->> 'ended_at' IS NOT NULL
        OR COALESCE(said ->> 'state', 'written') <> 'written' THEN
        RAISE EXCEPTION 'a part is recorded in one''s own name' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

-- A part may be withdrawn, once; the reply of somebody and the search of lists are brought up to date.
CREATE FUNCTION dossiers_part_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE open text[] := CASE tg_table_name
    WHEN 'dossiers_accused'
        THEN '{withdrawn_at,reply,reply_note,listings,searched,searched_at}'::text[]
    WHEN 'dossiers_statement' THEN '{withdrawn_at,confirmed_by,confirmed_at}'::text[]
    ELSE '{withdrawn_at}'::text[] END;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF to_jsonb(new) - open IS DISTINCT FROM to_jsonb(old) - open OR old.withdrawn_at IS NOT NULL
    THEN
        RAISE EXCEPTION 'what was recorded is withdrawn, never changed' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION dossiers_statement_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' OR (new.confirmed_by, new.confirmed_at)
        IS NOT DISTINCT FROM (old.confirmed_by, old.confirmed_at) THEN
        RETURN new;
    END IF;
    IF old.confirmed_by IS NOT NULL OR new.confirmed_by IS DISTINCT FROM identity_actor()
        OR new.confirmed_by = old.written_by OR new.confirmed_at IS NULL
        OR NOT new.holder = ANY (
            (SELECT identity_organisations('{reviewer,publisher,steward}'))::uuid[]) THEN
        RAISE EXCEPTION 'a second person confirms a statement' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER dossiers_statement_gate BEFORE UPDATE ON dossiers_statement
    FOR EACH ROW EXECUTE FUNCTION dossiers_statement_gate();

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['dossieract', 'accused', 'detail', 'post', 'link', 'foundfact',
        'statement', 'annex', 'submission', 'submissionfile', 'submissionsubject'] LOOP
        EXECUTE format(
            'CREATE POLICY only_the_team ON dossiers_%s AS RESTRICTIVE TO undaunted_desk USING ('
            'EXISTS (SELECT FROM dossiers_dossier d WHERE d.id = dossier_id))', name);
        EXECUTE format(
            'CREATE TRIGGER dossiers_part_gate BEFORE INSERT ON dossiers_%s '
            'FOR EACH ROW EXECUTE FUNCTION dossiers_part_gate()', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['dossieract', 'accused', 'detail', 'post', 'link', 'foundfact',
        'statement', 'annex'] LOOP
        EXECUTE format(
            'CREATE TRIGGER dossiers_part_stays BEFORE UPDATE ON dossiers_%s '
            'FOR EACH ROW EXECUTE FUNCTION dossiers_part_stays()', name);
    END LOOP;
END $$;

CREATE FUNCTION dossiers_submission_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF to_jsonb(new) - '{state,why,released_by,released_at,ended_at}'::text[]
        IS DISTINCT FROM to_jsonb(old) - '{state,why,released_by,released_at,ended_at}'::text[]
        OR old.state = 'ended' THEN
        RAISE EXCEPTION 'a submission stays what was written' USING ERRCODE = '42501';
    END IF;
    IF new.state = 'released' AND old.state = 'written' THEN
        IF new.released_by IS DISTINCT FROM identity_actor() OR new.released_by = old.written_by
            OR new.released_at IS NULL OR new.ended_at IS NOT NULL
            OR NOT new.holder = ANY ((SELECT identity_organisations('{publisher}'))::uuid[]) THEN
            RAISE EXCEPTION 'a second person with the role releases a submission'
                USING ERRCODE = '42501';
        END IF;
    ELSIF new.state <> 'ended' OR new.ended_at IS NULL OR (new.released_by, new.released_at)
        IS DISTINCT FROM (old.released_by, old.released_at) THEN
        RAISE EXCEPTION 'a submission is released once, and ends' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER dossiers_submission_stays BEFORE UPDATE ON dossiers_submission
    FOR EACH ROW EXECUTE FUNCTION dossiers_submission_stays();

CREATE FUNCTION dossiers_file_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF to_jsonb(new) - 'content' IS DISTINCT FROM to_jsonb(old) - 'content'
        OR new.content IS NOT NULL THEN
        RAISE EXCEPTION 'the bytes of a submission are destroyed, never changed'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER dossiers_file_stays BEFORE UPDATE ON dossiers_submissionfile
    FOR EACH ROW EXECUTE FUNCTION dossiers_file_stays();

-- Files and subjects come in the transaction that writes a submission, which is one's own.
CREATE FUNCTION dossiers_file_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE whole dossiers_submission;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    SELECT * INTO whole FROM dossiers_submission WHERE id = new.submission_id;
    IF whole.id IS NULL OR whole.state <> 'written' OR whole.dossier_id <> new.dossier_id
        OR whole.written_by IS DISTINCT FROM identity_actor() THEN
        RAISE EXCEPTION 'a part belongs to a submission of one''s own' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER dossiers_file_gate BEFORE INSERT ON dossiers_submissionfile
    FOR EACH ROW EXECUTE FUNCTION dossiers_file_gate();
CREATE TRIGGER dossiers_file_gate BEFORE INSERT ON dossiers_submissionsubject
    FOR EACH ROW EXECUTE FUNCTION dossiers_file_gate();

CREATE FUNCTION dossiers_subject_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND NOT EXISTS (
        SELECT FROM dossiers_submission s WHERE s.id = old.submission_id AND s.state = 'ended')
    THEN
        RAISE EXCEPTION 'a submission that stands keeps whom it tells of' USING ERRCODE = '42501';
    END IF;
    RETURN old;
END $$;
CREATE TRIGGER dossiers_subject_stays BEFORE DELETE ON dossiers_submissionsubject
    FOR EACH ROW EXECUTE FUNCTION dossiers_subject_stays();

-- News of consent. An agreement to be told of to a government that ends takes its subject, and whoever
-- was joined with them, out of every submission to it; another agreement does not keep them in: a
-- submission is written anew, and asks again. Somebody who is erased leaves every dossier.
CREATE FUNCTION dossiers_heed(told uuid, OUT submissions int, OUT acts int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    news consent_news;
    ended consent_grant;
    whose uuid[];
    touched uuid[];
    gone uuid[];
BEGIN
    submissions := 0;
    acts := 0;
    SELECT * INTO news FROM consent_news WHERE id = told;
    IF NOT FOUND OR news.kind NOT IN ('revoked', 'expired', 'erased') THEN RETURN; END IF;
    -- Whoever keeps a submission holds this lock to the end, so that none is missed.
    PERFORM pg_advisory_xact_lock(hashtext('editions'));
    IF news.kind <> 'erased' THEN
        SELECT * INTO ended FROM consent_grant WHERE id = (news.detail ->> 'grant')::uuid;
        IF ended.id IS NULL OR ended.purpose <> 'sanctions_submission' THEN RETURN; END IF;
    END IF;
    whose := ARRAY(
        SELECT m.id FROM actors_party p JOIN actors_party m ON m.canonical = p.canonical
        WHERE p.id = news.subject) || news.subject;
    touched := ARRAY(
        SELECT s.id FROM dossiers_submission s
        WHERE s.state <> 'ended'
          AND EXISTS (SELECT FROM dossiers_submissionsubject t
                      WHERE t.submission_id = s.id AND t.subject = ANY (whose))
          AND (ended.id IS NULL OR s.reader = ended.audience)
        ORDER BY s.id FOR UPDATE);
    UPDATE dossiers_submissionfile SET content = NULL WHERE submission_id = ANY (touched);
    UPDATE dossiers_submission SET state = 'ended', why = news.kind, ended_at = news.at
        WHERE id = ANY (touched);
    DELETE FROM dossiers_submissionsubject WHERE submission_id = ANY (touched);
    submissions := cardinality(touched);
    IF news.kind = 'erased' THEN
        gone := ARRAY(SELECT a.id FROM dossiers_dossieract a WHERE a.subject = news.subject);
        DELETE FROM dossiers_link WHERE act_id = ANY (gone);
        DELETE FROM dossiers_foundfact WHERE act_id = ANY (gone);
        DELETE FROM dossiers_annex WHERE news.subject = ANY (shows);
        DELETE FROM dossiers_dossieract WHERE id = ANY (gone);
        acts := cardinality(gone);
    END IF;
END $$;

REVOKE ALL ON FUNCTION dossiers_heed(uuid), dossiers_dossier_gate(), dossiers_part_gate(),
    dossiers_part_stays(), dossiers_statement_gate(), dossiers_submission_stays(),
    dossiers_file_stays(), dossiers_file_gate(), dossiers_subject_stays() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dossiers_heed(uuid) TO undaunted_desk;

-- A closed dossier is erased whole by a steward of its team: names, links, papers. The audit keeps ids.
CREATE FUNCTION dossiers_erase(which uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    whole dossiers_dossier;
    gone int;
BEGIN
    SELECT * INTO whole FROM dossiers_dossier WHERE id = which FOR UPDATE;
    IF whole.id IS NULL OR NOT identity_actor() = ANY (whole.team) OR whole.closed_at IS NULL
        OR NOT whole.holder = ANY ((SELECT identity_organisations('{steward}'))::uuid[]) THEN
        RAISE EXCEPTION 'a steward of its team erases a closed dossier' USING ERRCODE = '42501';
    END IF;
    SELECT count(*) INTO gone FROM dossiers_submission WHERE dossier_id = which;
    DELETE FROM dossiers_submissionsubject WHERE dossier_id = which;
    DELETE FROM dossiers_submissionfile WHERE dossier_id = which;
    DELETE FROM dossiers_submission WHERE dossier_id = which;
    DELETE FROM dossiers_annex WHERE dossier_id = which;
    DELETE FROM dossiers_statement WHERE dossier_id = which;
    DELETE FROM dossiers_foundfact WHERE dossier_id = which;
    DELETE FROM dossiers_link WHERE dossier_id = which;
    DELETE FROM dossiers_post WHERE dossier_id = which;
    DELETE FROM dossiers_detail WHERE dossier_id = which;
    DELETE FROM dossiers_accused WHERE dossier_id = which;
    DELETE FROM dossiers_dossieract WHERE dossier_id = which;
    DELETE FROM dossiers_dossier WHERE id = which;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION dossiers_erase(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dossiers_erase(uuid) TO undaunted_desk;
