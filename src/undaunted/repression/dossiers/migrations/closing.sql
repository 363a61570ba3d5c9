-- A dossier is closed by two people: one asks and says why, another closes it, once nothing waits.
CREATE FUNCTION dossiers_closing_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF (new.closing_by, new.closing_at, new.closing_why)
        IS DISTINCT FROM (old.closing_by, old.closing_at, old.closing_why)
        AND (new.closing_by IS DISTINCT FROM identity_actor() OR new.closing_at IS NULL
            OR new.closing_why = '' OR new.closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'closing is asked for in one''s own name, with a reason'
            USING ERRCODE = '42501';
    END IF;
    IF new.closed_at IS NOT NULL AND (old.closing_by IS NULL OR old.closing_by = identity_actor()
        OR NOT new.holder = ANY (
            (SELECT identity_organisations('{reviewer,publisher,steward}'))::uuid[])
        OR EXISTS (SELECT FROM dossiers_submission s
                   WHERE s.dossier_id = new.id AND s.state = 'written')) THEN
        RAISE EXCEPTION 'a second person closes a dossier once nothing waits'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER dossiers_closing_gate BEFORE UPDATE ON dossiers_dossier
    FOR EACH ROW EXECUTE FUNCTION dossiers_closing_gate();
REVOKE ALL ON FUNCTION dossiers_closing_gate() FROM PUBLIC;
