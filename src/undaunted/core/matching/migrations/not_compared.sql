-- Whom a file that its holder erased was like is asked and told no more. Only the application erases a file: it says so
-- with a code for this file alone.
CREATE FUNCTION matching_forget_file(told text, whose uuid, code bytea) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    done int;
    more int;
BEGIN
    IF NOT whose = ANY ((SELECT identity_organisations('{documenter,reviewer,steward}'))::uuid[]) THEN
        RAISE EXCEPTION 'whoever keeps a file alone forgets whom it was like' USING ERRCODE = '42501';
    END IF;
    PERFORM vault_require_code(concat_ws('|', 'matching-forget-file', told, whose), code);
    DELETE FROM matching_question WHERE holder = whose AND subject = told;
    GET DIAGNOSTICS done = ROW_COUNT;
    DELETE FROM matching_answer WHERE holder = whose AND subject = told;
    GET DIAGNOSTICS more = ROW_COUNT;
    RETURN done + more;
END $$;
REVOKE ALL ON FUNCTION matching_forget_file(text, uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION matching_forget_file(text, uuid, bytea) TO undaunted_desk;
