-- News of consent: release the takedowns of every copy that rests on it. An agreement that ends takes
-- back what rested on it and nothing else; where another one of the same kind covers at least as much
-- on that day, the copy rests on that one from now on. Whatever else ends a subject takes all back.
-- What of those copies still lies here is destroyed, so that none is handed over later. A document that
-- was withdrawn, or is gone, is taken back by itself; one that was sealed since stays with whom it is.
-- Another agreement keeps a copy only where it means the same keys.
-- In newest form: a migration that changes something runs this file again.
CREATE OR REPLACE FUNCTION sharing_heed(told uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    news consent_news;
    ended uuid;
    instead uuid;
    items uuid[];
    done int;
BEGIN
    SELECT * INTO news FROM consent_news WHERE id = told;
    IF NOT FOUND OR news.kind IN ('granted', 'merged') THEN RETURN 0; END IF;
    ended := CASE WHEN news.kind IN ('revoked', 'expired') THEN (news.detail ->> 'grant')::uuid END;
    SELECT g.id INTO instead FROM consent_grant e JOIN consent_grant g
        ON (g.holder, g.subject, g.purpose, g.audience, g.basis, g.relation)
         = (e.holder, e.subject, e.purpose, e.audience, e.basis, e.relation)
        AND g.level = e.level AND g.field_groups @> e.field_groups AND g.id <> e.id
    WHERE e.id = ended AND g.revoked_at IS NULL AND g.given_on <= (news.at AT TIME ZONE 'UTC')::date
      AND g.until > (news.at AT TIME ZONE 'UTC')::date AND g.basis <> 'public_record'
      AND coalesce(g.mandate_until, 'infinity') > (news.at AT TIME ZONE 'UTC')::date
      AND (g.fingerprints = '{}' OR NOT EXISTS (
          SELECT FROM sharing_slip s JOIN sharing_copy c ON c.id = s.copy_id
          JOIN sharing_partner r ON r.id = c.partner_id
          WHERE ended = ANY (s.consents) AND s.released_at IS NULL
            AND r.fingerprint <> ALL (g.fingerprints)))
    ORDER BY g.until DESC, g.id LIMIT 1;
    IF instead IS NOT NULL THEN
        UPDATE sharing_slip SET consents = array_replace(consents, ended, instead)
        WHERE released_at IS NULL AND ended = ANY (consents);
        RETURN 0;
    END IF;
    IF news.kind <> 'fallen' THEN
        items := ARRAY(SELECT id FROM sharing_parcelitem WHERE subjects && ARRAY[news.subject]);
    ELSIF NOT EXISTS (
        SELECT FROM evidence_document d
        WHERE d.id = news.subject AND NOT EXISTS (
            SELECT FROM evidence_custodyevent c
            WHERE c.document_id = d.id AND c.kind = 'withdrawn')) THEN
        items := ARRAY(SELECT id FROM sharing_parcelitem WHERE thing = news.subject);
    END IF;
    WITH taken AS (
        UPDATE sharing_slip s SET released_at = news.at,
            why = CASE news.kind WHEN 'fallen' THEN 'withdrawn' ELSE news.kind END
        FROM sharing_parcelitem i, sharing_parcel p
        WHERE s.item_id = i.id AND i.parcel_id = p.id AND p.state = 'sealed'
          AND p.expires_at > news.at AND s.released_at IS NULL AND i.id = ANY (items)
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
