-- What a withdrawn correction corrected stands again, and what may say nothing of a law.

CREATE OR REPLACE FUNCTION commitments_well_formed(content jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT coalesce(
        jsonb_array_length(content -> 'sources') > 0
        AND jsonb_array_length(content -> 'evidence') > 0
        AND NOT jsonb_path_exists(content, '$.features[*] ? (@.sources.size() == 0)')
        AND NOT jsonb_path_exists(content, '$.sources[*] ? (@.url == "" || @.date == "")')
        AND (content ->> 'status' IN ('absent', 'withdrawn', 'not_known') OR content ->> 'law' <> '')
        AND (content ->> 'status' <> 'not_known' OR content ->> 'text' <> '')
        AND (content ->> 'status' NOT IN ('lapsed', 'not_known')
            OR jsonb_array_length(content -> 'features') = 0), false)
$$;

-- The nearest statement before a withdrawn one that is not withdrawn is known again: until the
-- nearest after it that was accepted and stands, or for good.
CREATE OR REPLACE FUNCTION commitments_restore(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    earlier uuid;
    later timestamptz;
BEGIN
    WITH RECURSIVE before AS (
        SELECT s.id, s.corrects_id, s.withdrawn_at, 0 AS steps
        FROM commitments_commitmentstatement s WHERE s.id = which
        UNION ALL
        SELECT s.id, s.corrects_id, s.withdrawn_at, b.steps + 1
        FROM before b JOIN commitments_commitmentstatement s ON s.id = b.corrects_id
        WHERE b.withdrawn_at IS NOT NULL
    ) SELECT b.id INTO earlier FROM before b WHERE b.withdrawn_at IS NULL;
    IF earlier IS NULL THEN RETURN; END IF;
    WITH RECURSIVE after AS (
        SELECT s.id, s.withdrawn_at, s.decided_at
        FROM commitments_commitmentstatement s
        WHERE s.corrects_id = earlier AND s.review = 'accepted'
        UNION ALL
        SELECT s.id, s.withdrawn_at, s.decided_at
        FROM after a JOIN commitments_commitmentstatement s ON s.corrects_id = a.id
        WHERE a.withdrawn_at IS NOT NULL AND s.review = 'accepted'
    ) SELECT min(a.decided_at) INTO later FROM after a WHERE a.withdrawn_at IS NULL;
    UPDATE commitments_commitmentstatement SET corrected_at = later
    WHERE id = earlier AND corrected_at IS DISTINCT FROM later;
END $$;

CREATE OR REPLACE FUNCTION commitments_statement_after() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.review = 'accepted' AND old.review = 'waiting' AND new.corrects_id IS NOT NULL THEN
        UPDATE commitments_commitmentstatement SET corrected_at = new.decided_at
        WHERE id = new.corrects_id AND corrected_at IS NULL;
    END IF;
    PERFORM commitments_project(new.id);
    IF new.withdrawn_at IS NOT NULL AND old.withdrawn_at IS NULL THEN
        PERFORM commitments_restore(new.id);
    END IF;
    RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION commitments_restore(uuid) FROM PUBLIC;
