-- Tests of a trigger: read by the government that made them, added by it, changed by nobody.

ALTER TABLE response_trial ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON response_trial TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON response_trial FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT response_mine())::uuid[]));
CREATE POLICY desk_adds ON response_trial FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
GRANT SELECT, INSERT ON response_trial TO undaunted_desk;

ALTER TABLE response_trial ADD CONSTRAINT kept_in_an_envelope
    CHECK (envelope IS NULL OR sequence > 0 AND substr(envelope, 1, 21) = 'age-encryption.org/v1');

CREATE FUNCTION response_trial_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF NOT response_bound(new.holder, new.compact_id)
        OR NOT EXISTS (SELECT FROM response_episode e WHERE e.id = new.episode_id
                       AND e.compact_id = new.compact_id) THEN
        PERFORM response_refuse('a member tries a trigger, on an episode that its compact may read');
    END IF;
    RETURN new;
END $$;

CREATE TRIGGER hands BEFORE INSERT ON response_trial
    FOR EACH ROW EXECUTE FUNCTION response_hands();
CREATE TRIGGER response_gate BEFORE INSERT ON response_trial
    FOR EACH ROW EXECUTE FUNCTION response_trial_gate();
