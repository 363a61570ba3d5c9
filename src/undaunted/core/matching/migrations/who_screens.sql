-- Who holds files against lists, is asked and answers: whoever judges matches. Of those who may write for an
-- organisation, a publisher does not. What a question asks stays; it is closed once, and asked anew as another.

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['screening', 'question', 'answer', 'hand'] LOOP
        EXECUTE format(
            'CREATE POLICY adds_who_judges ON matching_%s AS RESTRICTIVE FOR INSERT'
            ' TO undaunted_desk WITH CHECK (holder = ANY ('
            '(SELECT identity_organisations(''{documenter,reviewer,steward}''))::uuid[]))', name);
        EXECUTE format(
            'CREATE POLICY changes_who_judges ON matching_%s AS RESTRICTIVE FOR UPDATE'
            ' TO undaunted_desk USING (holder = ANY ('
            '(SELECT identity_organisations(''{documenter,reviewer,steward}''))::uuid[]))', name);
    END LOOP;
END $$;

CREATE FUNCTION matching_question_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND (old.closed_at IS NOT NULL
        OR (new.id, new.holder, new.sharing, new.entry, new.asked_at)
            IS DISTINCT FROM (old.id, old.holder, old.sharing, old.entry, old.asked_at)) THEN
        RAISE EXCEPTION 'a question stays what was asked, and is closed once'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER matching_question_stays BEFORE UPDATE ON matching_question
    FOR EACH ROW EXECUTE FUNCTION matching_question_gate();

CREATE FUNCTION matching_screening_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND (new.id, new.holder, new.sharing, new.kind)
        IS DISTINCT FROM (old.id, old.holder, old.sharing, old.kind) THEN
        RAISE EXCEPTION 'when files were held last is said of those files alone'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER matching_screening_stays BEFORE UPDATE ON matching_screening
    FOR EACH ROW EXECUTE FUNCTION matching_screening_gate();
REVOKE ALL ON FUNCTION matching_question_gate(), matching_screening_gate() FROM PUBLIC;

-- What names no files was never written by the program.
DELETE FROM matching_screening WHERE kind NOT IN ('party', 'person', 'company', 'notice');
