-- News of consent: release the takedowns of every copy that rests on it, and destroy what of those
-- copies still lies here, so that none is handed over later. Whoever delivers news may act for
-- nobody, so only the news itself says whom it is about.
CREATE OR REPLACE FUNCTION sharing_heed(told uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    news consent_news;
    whom uuid[];
    ended uuid;
    done int;
BEGIN
    SELECT * INTO news FROM consent_news WHERE id = told;
    IF NOT FOUND OR news.kind IN ('granted', 'merged') THEN RETURN 0; END IF;
    whom := ARRAY[news.subject];
    ended := CASE WHEN news.kind IN ('revoked', 'expired') THEN (news.detail ->> 'grant')::uuid END;
    WITH taken AS (
        UPDATE sharing_slip s SET released_at = news.at, why = news.kind
        FROM sharing_parcelitem i, sharing_parcel p
        WHERE s.item_id = i.id AND i.parcel_id = p.id AND p.state = 'sealed'
          AND p.expires_at > news.at AND s.released_at IS NULL AND i.subjects && whom
          AND (ended IS NULL OR ended = ANY (s.consents))
        RETURNING s.copy_id),
    emptied AS (
        UPDATE sharing_copy c SET sealed = NULL
        WHERE c.sealed IS NOT NULL AND c.id IN (SELECT copy_id FROM taken))
    SELECT count(*) INTO done FROM taken;
    RETURN done;
END $$;

-- Copies of which something was taken back before.
UPDATE sharing_copy c SET sealed = NULL
WHERE c.sealed IS NOT NULL AND EXISTS (
    SELECT FROM sharing_slip s WHERE s.copy_id = c.id AND s.released_at IS NOT NULL);
