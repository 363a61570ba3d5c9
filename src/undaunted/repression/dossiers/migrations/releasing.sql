-- What is released is what was read: files and subjects of a submission come in the transaction that
-- writes it, and in no later one, and are called what a submission's files are called.
-- In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION dossiers_submission_made() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    new.made_in := pg_current_xact_id()::text::bigint;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER dossiers_submission_made BEFORE INSERT ON dossiers_submission
    FOR EACH ROW EXECUTE FUNCTION dossiers_submission_made();

CREATE OR REPLACE FUNCTION dossiers_file_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE whole dossiers_submission;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    SELECT * INTO whole FROM dossiers_submission WHERE id = new.submission_id;
    IF whole.id IS NULL OR whole.state <> 'written' OR whole.dossier_id <> new.dossier_id
        OR whole.written_by IS DISTINCT FROM identity_actor() THEN
        RAISE EXCEPTION 'a part belongs to a submission of one''s own' USING ERRCODE = '42501';
    END IF;
    IF whole.made_in <> pg_current_xact_id()::text::bigint THEN
        RAISE EXCEPTION 'what a submission holds comes when it is written' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
REVOKE ALL ON FUNCTION dossiers_submission_made(), dossiers_file_gate() FROM PUBLIC;
