-- What came from a partner is given up once, and then holds nothing; what is written about stays one's own.

CREATE FUNCTION screening_exchange_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE told jsonb := to_jsonb(new);
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    -- Row security hides others' rows, so that what is not found is not one's own.
    IF told ->> 'case_id' IS NOT NULL AND NOT EXISTS (
        SELECT FROM screening_case c
        WHERE c.id = (told ->> 'case_id')::uuid AND c.holder = new.holder) THEN
        RAISE EXCEPTION 'a notice is of one''s own case' USING ERRCODE = '42501';
    END IF;
    IF told ->> 'about_id' IS NOT NULL AND NOT EXISTS (
        SELECT FROM screening_received r WHERE r.id = (told ->> 'about_id')::uuid
          AND r.holder = new.holder AND r.given_up_at IS NULL) THEN
        RAISE EXCEPTION 'a comment is on what one holds' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION screening_given_up_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF to_jsonb(new) - '{content,given_up_at,given_up_why}'::text[]
            IS DISTINCT FROM to_jsonb(old) - '{content,given_up_at,given_up_why}'::text[]
        OR old.given_up_at IS NOT NULL OR new.given_up_at IS NULL OR new.content <> '{}'::jsonb THEN
        RAISE EXCEPTION 'what was received is given up once and whole, and never changed'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

CREATE TRIGGER hands BEFORE INSERT ON screening_dispatch
    FOR EACH ROW EXECUTE FUNCTION screening_register_hands();
CREATE TRIGGER hands BEFORE INSERT ON screening_received
    FOR EACH ROW EXECUTE FUNCTION screening_register_hands();
CREATE TRIGGER own BEFORE INSERT ON screening_dispatch
    FOR EACH ROW EXECUTE FUNCTION screening_exchange_gate();
CREATE TRIGGER given_up BEFORE UPDATE ON screening_received
    FOR EACH ROW EXECUTE FUNCTION screening_given_up_gate();
