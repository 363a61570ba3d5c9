-- What was written for a government and released to it, and what a search of lists found of somebody, the application
-- says, with a code for this row alone; SQL alone says none of it: it would release what fell since it was written. A copy of a submission without whom it tells of would be reached by no
-- withdrawal, and a search that was emptied would say that nobody alike is listed. Files and subjects come in the
-- transaction that writes their submission and in no other (releasing.sql), so this code speaks for them too.
-- In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION dossiers_moment(at timestamptz) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (extract(epoch FROM at) * 1000000)::bigint
$$;

CREATE OR REPLACE FUNCTION dossiers_submission_vouched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM vault_require_code(concat_ws('|', 'dossiers-written', new.id, new.holder, new.dossier_id,
        new.number, new.authority, new.jurisdiction, new.reader, new.digest, new.written_by,
        dossiers_moment(new.written_at)), new.vouched);
    -- Emptied once it was asked, so that it serves for no second row.
    new.vouched := NULL;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER dossiers_submission_vouched BEFORE INSERT ON dossiers_submission
    FOR EACH ROW WHEN (current_user = 'undaunted_desk') EXECUTE FUNCTION dossiers_submission_vouched();

-- After `dossiers_submission_stays`, by their names: that says who may, this says that the application asked the rest.
CREATE OR REPLACE FUNCTION dossiers_release_vouched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.state = 'released' AND old.state <> 'released' THEN
        PERFORM vault_require_code(concat_ws('|', 'dossiers-released', new.id, new.digest, new.released_by,
            dossiers_moment(new.released_at)), new.vouched);
    END IF;
    new.vouched := NULL;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER dossiers_submission_vouched_release BEFORE UPDATE ON dossiers_submission
    FOR EACH ROW WHEN (current_user = 'undaunted_desk') EXECUTE FUNCTION dossiers_release_vouched();

-- Keep what a search found, on which lists, and when.
CREATE OR REPLACE FUNCTION dossiers_searched(which uuid, alike text, lists text, at timestamptz, code bytea)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM vault_require_code(concat_ws('|', 'dossiers-searched', which,
        encode(sha256(convert_to(alike, 'UTF8')), 'hex'),
        encode(sha256(convert_to(lists, 'UTF8')), 'hex'), dossiers_moment(at)), code);
    UPDATE dossiers_accused a
        SET listings = alike::jsonb, searched = lists::jsonb, searched_at = dossiers_searched.at
    WHERE a.id = which AND a.withdrawn_at IS NULL
      AND a.holder = ANY ((SELECT identity_organisations('{documenter,reviewer,publisher,steward}'))::uuid[])
      AND EXISTS (SELECT FROM dossiers_dossier d
                  WHERE d.id = a.dossier_id AND d.closed_at IS NULL AND identity_actor() = ANY (d.team));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'somebody alleged is searched for by the team of an open dossier'
            USING ERRCODE = '42501';
    END IF;
END $$;

-- A search may be forgotten, whole: then it is made again before anything is written.
CREATE OR REPLACE FUNCTION dossiers_search_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.listings = '[]' AND new.searched = '[]' AND new.searched_at IS NULL THEN
        RETURN new;
    END IF;
    IF tg_op = 'INSERT' OR (new.listings, new.searched, new.searched_at)
        IS DISTINCT FROM (old.listings, old.searched, old.searched_at) THEN
        RAISE EXCEPTION 'what a search of lists found the application alone says'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER dossiers_search_gate BEFORE INSERT OR UPDATE ON dossiers_accused
    FOR EACH ROW WHEN (current_user = 'undaunted_desk') EXECUTE FUNCTION dossiers_search_gate();

REVOKE ALL ON FUNCTION dossiers_moment(timestamptz), dossiers_submission_vouched(),
    dossiers_release_vouched(), dossiers_searched(uuid, text, text, timestamptz, bytea), dossiers_search_gate() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dossiers_searched(uuid, text, text, timestamptz, bytea) TO undaunted_desk;
