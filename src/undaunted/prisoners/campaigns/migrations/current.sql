-- Material is handed out while its words are those of today and everybody in it agrees today.
CREATE OR REPLACE VIEW published_campaign_material WITH (security_barrier) AS
    SELECT m.id, m.campaign_id, m.case_id, m.kind, m.language, m.name, m.media_type, m.alternative,
        m.size, m.sha256, m.content, m.withdrawn_at
    FROM campaigns_material m
    JOIN published_campaign k ON k.id = m.campaign_id
    LEFT JOIN published_campaign_case c ON c.id = m.case_id
    LEFT JOIN campaigns_adopter a ON a.id = m.adopter_id
    WHERE m.approved_at IS NOT NULL
      AND (m.withdrawn_at IS NOT NULL
           OR m.stale_at IS NULL
              AND (m.subject IS NULL
                   OR c.id IS NOT NULL AND (m.identity < 4 OR c.name <> '')
                      AND (m.biography < 2 OR c.roles <> '{}'))
              AND (m.adopter_id IS NULL
                   OR a.approved_at IS NOT NULL AND a.agreed_on <= current_date
                      AND a.withdrawn_at IS NULL));

-- News of consent or merging. Where no agreement covers a case's mode any more it is silent at once,
-- nobody adopts it, and what was written of it is destroyed; so is what tells more than is agreed now.
-- An erased person leaves nothing but the tombstones.
-- In newest form: a migration that changes something runs this file again.
CREATE OR REPLACE FUNCTION campaigns_heed(told uuid) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    news consent_news;
    whose uuid[];
    gone uuid[];
    ended uuid[];
    destroyed int;
    lowered int;
BEGIN
    -- What was dealt with before is no news: told again, it would end what is agreed to since.
    IF EXISTS (SELECT FROM consent_receipt r WHERE r.news_id = told AND r.handler = 'campaigns') THEN
        RETURN jsonb_build_object('cases', 0, 'materials', 0);
    END IF;
    SELECT * INTO news FROM consent_news WHERE id = told;
    IF NOT FOUND OR news.kind NOT IN ('revoked', 'expired', 'erased', 'merged') THEN
        RETURN jsonb_build_object('cases', 0, 'materials', 0);
    END IF;
    whose := ARRAY(
        SELECT m.id FROM actors_party p JOIN actors_party m ON m.canonical = p.canonical
        WHERE p.id = news.subject
           OR p.id::text IN (SELECT jsonb_array_elements_text(
                CASE WHEN jsonb_typeof(news.detail -> 'members') = 'array'
                     THEN news.detail -> 'members' ELSE '[]' END))) || news.subject;
    gone := ARRAY(SELECT id FROM campaigns_campaigncase
                  WHERE news.kind = 'erased' AND subject = news.subject FOR UPDATE);
    ended := ARRAY(
        SELECT c.id FROM campaigns_campaigncase c
        LEFT JOIN campaigns_agreed a ON a.id = c.id
        WHERE c.subject = ANY (whose) AND c.mode <> 'silent' AND c.id <> ALL (gone)
          AND NOT coalesce(CASE c.mode WHEN 'public' THEN a.identity >= 2 AND a.detention >= 2
                           ELSE a.quiet END, false)
        FOR UPDATE OF c);
    destroyed := campaigns_destroy(ended || gone, news.kind, news.at);
    UPDATE campaigns_material m SET content = NULL, subject = NULL, case_id = NULL, name = '',
        alternative = '', withdrawn_at = news.at, withdrawn_why = news.kind
    FROM campaigns_campaigncase c LEFT JOIN campaigns_agreed a ON a.id = c.id
    WHERE c.id = m.case_id AND c.subject = ANY (whose) AND m.withdrawn_at IS NULL
      AND (c.mode = 'private_only' AND news.kind <> 'merged'
           OR c.mode = 'public' AND (coalesce(a.identity, 0) < m.identity
                                     OR coalesce(a.biography, 0) < m.biography));
    GET DIAGNOSTICS lowered = ROW_COUNT;
    UPDATE campaigns_campaigncase SET mode = 'silent', mode_grant = NULL, mode_at = news.at,
        mode_by = NULL, ended_why = news.kind, approved_at = NULL, approved_by = NULL
    WHERE id = ANY (ended);
    UPDATE campaigns_adoption n SET ended_at = news.at
    FROM campaigns_campaigncase c, campaigns_adopter a
    WHERE c.id = n.case_id AND a.id = n.adopter_id AND n.ended_at IS NULL
      AND c.subject = ANY (whose)
      AND (c.id = ANY (ended)
           OR NOT campaigns_may_tell(
               c.id, CASE WHEN a.kind = 'organisation' THEN '' ELSE a.country END,
               ARRAY[lower(a.name)]));
    DELETE FROM campaigns_raisestep s USING campaigns_raise r
    WHERE r.id = s.raised_id AND r.case_id = ANY (gone);
    DELETE FROM campaigns_raise WHERE case_id = ANY (gone);
    DELETE FROM campaigns_adoption WHERE case_id = ANY (gone);
    UPDATE campaigns_material SET case_id = NULL WHERE case_id = ANY (gone);
    DELETE FROM campaigns_campaigncase WHERE id = ANY (gone);
    RETURN jsonb_build_object('cases', cardinality(ended) + cardinality(gone),
                              'materials', destroyed + lowered);
END $$;
