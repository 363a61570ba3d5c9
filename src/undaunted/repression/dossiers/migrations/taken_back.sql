-- What two people confirmed that speaks for somebody is taken back by two: one asks and says why, another
-- takes it back. In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION dossiers_part_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE open text[] := CASE tg_table_name
    WHEN 'dossiers_accused'
        THEN '{withdrawn_at,reply,reply_note,listings,searched,searched_at}'::text[]
    WHEN 'dossiers_statement' THEN
        '{withdrawn_at,confirmed_by,confirmed_at,withdrawing_by,withdrawing_at,withdrawing_why}'::text[]
    ELSE '{withdrawn_at}'::text[] END;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF to_jsonb(new) - open IS DISTINCT FROM to_jsonb(old) - open OR old.withdrawn_at IS NOT NULL
    THEN
        RAISE EXCEPTION 'what was recorded is withdrawn, never changed' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION dossiers_statement_taken_back() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.withdrawing_by IS NOT NULL OR new.withdrawing_at IS NOT NULL
            OR new.withdrawing_why <> '' THEN
            RAISE EXCEPTION 'nothing is taken back before it was said' USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF (new.withdrawing_by, new.withdrawing_at, new.withdrawing_why)
        IS DISTINCT FROM (old.withdrawing_by, old.withdrawing_at, old.withdrawing_why)
        AND (old.withdrawing_by IS NOT NULL OR old.confirmed_by IS NULL
            OR new.withdrawing_by IS DISTINCT FROM identity_actor()
            OR new.withdrawing_at IS NULL OR new.withdrawing_why = ''
            OR new.withdrawn_at IS NOT NULL) THEN
        RAISE EXCEPTION 'taking back is asked for once, in one''s own name, with a reason'
            USING ERRCODE = '42501';
    END IF;
    IF new.withdrawn_at IS NOT NULL AND (old.confirmed_by IS NOT NULL OR new.confirmed_by IS NOT NULL)
        AND (old.withdrawing_by IS NULL OR old.withdrawing_by = identity_actor()
            OR NOT new.holder = ANY (
                (SELECT identity_organisations('{reviewer,publisher,steward}'))::uuid[])) THEN
        RAISE EXCEPTION 'a second person takes back what two confirmed' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER dossiers_statement_taken_back
    BEFORE INSERT OR UPDATE ON dossiers_statement
    FOR EACH ROW EXECUTE FUNCTION dossiers_statement_taken_back();
REVOKE ALL ON FUNCTION dossiers_part_stays(), dossiers_statement_taken_back() FROM PUBLIC;
