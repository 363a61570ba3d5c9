-- Which stage follows which, as MOVES of the rules knows it; a change there needs a migration that
-- runs this file again.
CREATE OR REPLACE FUNCTION instruments_follows(before text, after text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce('{
        "requested": ["examination", "closed"],
        "examination": ["determination", "closed"],
        "determination": ["engagement", "closed"],
        "engagement": ["adopted", "closed"],
        "adopted": ["applied", "ended"],
        "applied": ["applied", "suspended", "ended"],
        "suspended": ["applied", "ended"],
        "ended": ["evaluated"]
    }'::jsonb -> before ? after, false)
$$;
REVOKE ALL ON FUNCTION instruments_follows(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION instruments_follows(text, text) TO undaunted_desk;

-- A step follows the last one that two people took, when it is proposed and when it is confirmed.
CREATE OR REPLACE FUNCTION instruments_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    last record;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'UPDATE' AND (new.confirmed_at IS NULL OR old.confirmed_at IS NOT NULL) THEN
        RETURN new;
    END IF;
    SELECT s.stage, s."on" INTO last FROM instruments_step s
        WHERE s.proceeding_id = new.proceeding_id AND s.confirmed_at IS NOT NULL
        ORDER BY s."on" DESC, s.confirmed_at DESC, s.id DESC LIMIT 1;
    IF NOT instruments_follows(coalesce(last.stage, 'requested'), new.stage) THEN
        PERFORM instruments_refuse('this stage does not follow the one that it stands in');
    ELSIF new."on" < last."on" THEN
        PERFORM instruments_refuse('a step is not taken before the one that it follows');
    ELSIF new."on" > (new.recorded_at AT TIME ZONE 'UTC')::date THEN
        PERFORM instruments_refuse('a step is recorded on its day or later');
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE TRIGGER instruments_order BEFORE INSERT OR UPDATE ON instruments_step
    FOR EACH ROW EXECUTE FUNCTION instruments_order();
