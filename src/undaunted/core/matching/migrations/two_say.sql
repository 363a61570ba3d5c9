-- Whoever confirms an answer signs in their own name, and no answer is born confirmed.
CREATE FUNCTION matching_answer_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND new.confirmed_by IS NOT NULL
        AND (TG_OP = 'INSERT' OR (new.confirmed_by IS DISTINCT FROM old.confirmed_by
            AND new.confirmed_by IS DISTINCT FROM identity_actor())) THEN
        RAISE EXCEPTION 'an answer is confirmed in one''s own name' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER matching_answer_own BEFORE INSERT OR UPDATE ON matching_answer
    FOR EACH ROW EXECUTE FUNCTION matching_answer_gate();
