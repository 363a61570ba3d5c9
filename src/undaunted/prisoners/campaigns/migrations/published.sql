-- What the public reads. Every view asks consent and the calendar whenever it is read, so that nothing
-- has to be taken out when somebody withdraws.

-- What was agreed for each case today, over all records of the person. Granted to nobody.
CREATE VIEW campaigns_agreed AS
    SELECT c.id, s.canonical, l.identity, l.biography, l.detention, l.quiet
    FROM campaigns_campaigncase c
    JOIN actors_party s ON s.id = c.subject
    CROSS JOIN LATERAL (
        SELECT
            coalesce(max(a.level) FILTER (WHERE a.purpose = 'campaign' AND a.part = 'identity'), 0)
                AS identity,
            coalesce(max(a.level) FILTER (WHERE a.purpose = 'campaign' AND a.part = 'biography'), 0)
                AS biography,
            coalesce(max(a.level) FILTER (WHERE a.purpose = 'campaign' AND a.part = 'detention'), 0)
                AS detention,
            coalesce(bool_or(a.purpose = 'quiet_diplomacy' AND a.part = 'identity'
                             AND a.level >= 2), false) AS quiet
        FROM (
            SELECT g.purpose, f.part,
                CASE g.level WHEN 'name' THEN 4 WHEN 'pseudonym' THEN 3 WHEN 'code' THEN 2
                             WHEN 'aggregate' THEN 1 ELSE 0 END AS level
            FROM consent_grant g
            JOIN actors_party m ON m.id = g.subject AND m.canonical = s.canonical
            CROSS JOIN LATERAL unnest(g.field_groups) AS f(part)
            WHERE (g.purpose = 'campaign' AND g.audience = 'public'
                   OR g.purpose = 'quiet_diplomacy')
              AND g.revoked_at IS NULL
              AND g.given_on <= current_date AND current_date < g.until
              AND coalesce(g.mandate_until, 'infinity') > current_date
              AND g.basis IN ('self', 'family_proxy', 'lawyer_proxy', 'guardian')
              AND (g.basis = 'self' OR NOT EXISTS (
                  -- Once a person took their own word back, no other's counts.
                  SELECT FROM consent_grant t
                  JOIN actors_party n ON n.id = t.subject AND n.canonical = s.canonical
                  WHERE t.purpose = g.purpose AND t.audience = g.audience AND t.basis = 'self'
                    AND t.revoked_at IS NOT NULL))
              AND NOT EXISTS (
                  SELECT FROM consent_objection x
                  JOIN actors_party n ON n.id = x.subject AND n.canonical = s.canonical
                  WHERE x.purpose IN ('', g.purpose) AND x.audience IN ('', 'public', g.audience)
                    AND x.made_on >= g.given_on)
        ) a
    ) l;

CREATE VIEW published_campaign WITH (security_barrier) AS
    SELECT k.id, k.reference, k.name, k.day, k.occasion, k.summary, k.language, k.languages,
        o.name AS organisation, k.approved_at AS published_at
    FROM campaigns_campaign k JOIN accounts_organisation o ON o.id = k.holder
    WHERE k.approved_at <= statement_timestamp() AND k.withdrawn_at IS NULL;

CREATE VIEW published_campaign_case WITH (security_barrier) AS
    SELECT c.id, c.campaign_id, p.id AS published_id, p.reference,
        CASE WHEN a.identity = 4 AND p.identity = 4 THEN p.name ELSE '' END AS name,
        p.country, CASE WHEN a.biography >= 2 THEN p.roles ELSE '{}' END AS roles, p.laws,
        p.first_start AS since, p.held_now, c.ask, c.language
    FROM campaigns_campaigncase c
    JOIN published_campaign k ON k.id = c.campaign_id
    JOIN campaigns_agreed a ON a.id = c.id
    LEFT JOIN registry_grouping h ON h.party_id = c.subject
    JOIN published_case p ON p.id = coalesce(h.canonical, a.canonical)
    WHERE c.mode = 'public' AND c.removed_at IS NULL AND c.approved_at IS NOT NULL
      AND a.identity >= 2 AND a.detention >= 2;

CREATE VIEW published_campaign_adoption WITH (security_barrier) AS
    SELECT n.id, n.case_id, c.campaign_id, a.name, a.kind, a.country, a.office, a.place
    FROM campaigns_adoption n
    JOIN campaigns_adopter a ON a.id = n.adopter_id
    JOIN published_campaign_case c ON c.id = n.case_id
    WHERE n.ended_at IS NULL AND n.approved_at IS NOT NULL AND a.approved_at IS NOT NULL
      AND a.agreed_on <= current_date AND a.withdrawn_at IS NULL;

CREATE VIEW published_campaign_raise WITH (security_barrier) AS
    SELECT r.id, r.campaign_id, r.case_id, r.day, r.channel, r.level, r.counterpart,
        r.counterpart_country, r.place,
        CASE WHEN a.approved_at IS NOT NULL AND a.agreed_on <= current_date
                  AND a.withdrawn_at IS NULL THEN a.name ELSE '' END AS by,
        r.by_country, coalesce(s.reply, '') AS reply, s.day AS reply_day
    FROM campaigns_raise r
    JOIN published_campaign k ON k.id = r.campaign_id
    LEFT JOIN campaigns_adopter a ON a.id = r.adopter_id
    LEFT JOIN published_campaign_case c ON c.id = r.case_id
    LEFT JOIN LATERAL (
        SELECT t.reply, t.day FROM campaigns_raisestep t
        WHERE t.raised_id = r.id AND t.reply <> '' AND t.recorded_at <= r.approved_at
        ORDER BY t.day DESC, t.recorded_at DESC, t.id DESC LIMIT 1) s ON true
    WHERE r.channel <> 'private' AND r.approved_at IS NOT NULL AND r.withdrawn_at IS NULL
      AND (r.case_id IS NULL OR c.id IS NOT NULL);

-- Private raises are in no other public number. Here they are counted in fives, by whole months, for
-- a campaign as a whole; silent cases are not counted at all.
CREATE VIEW published_campaign_private WITH (security_barrier) AS
    SELECT k.id, (count(*) / 5 * 5)::int AS at_least,
        date_trunc('month', statement_timestamp())::date AS until
    FROM published_campaign k
    JOIN campaigns_raise r ON r.campaign_id = k.id
    LEFT JOIN campaigns_campaigncase c ON c.id = r.case_id
    WHERE r.channel = 'private' AND r.withdrawn_at IS NULL
      AND r.recorded_at < date_trunc('month', statement_timestamp())
      AND r.day < date_trunc('month', statement_timestamp())::date
      AND (r.case_id IS NULL OR c.mode <> 'silent' AND c.removed_at IS NULL)
    GROUP BY k.id HAVING count(*) >= 5;

CREATE VIEW published_campaign_material WITH (security_barrier) AS
    SELECT m.id, m.campaign_id, m.case_id, m.kind, m.language, m.name, m.media_type, m.alternative,
        m.size, m.sha256, m.content, m.withdrawn_at
    FROM campaigns_material m
    JOIN published_campaign k ON k.id = m.campaign_id
    LEFT JOIN published_campaign_case c ON c.id = m.case_id
    WHERE m.approved_at IS NOT NULL
      AND (m.withdrawn_at IS NOT NULL OR m.subject IS NULL OR c.id IS NOT NULL);

GRANT SELECT ON published_campaign, published_campaign_case, published_campaign_adoption,
    published_campaign_raise, published_campaign_private, published_campaign_material
    TO undaunted_public, undaunted_desk;

-- Material of these cases is destroyed: its checksum, its kind and the day stay.
CREATE FUNCTION campaigns_destroy(cases uuid[], why text, moment timestamptz) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE done int;
BEGIN
    UPDATE campaigns_material SET content = NULL, subject = NULL, case_id = NULL, name = '',
        alternative = '', withdrawn_at = moment, withdrawn_why = why
    WHERE case_id = ANY (cases) AND withdrawn_at IS NULL;
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN done;
END $$;

-- News of consent or merging. Where no agreement covers a case's mode any more it is silent at once
-- and what was written of it is destroyed; an erased person leaves nothing but the tombstones.
CREATE FUNCTION campaigns_heed(told uuid) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    news consent_news;
    whose uuid[];
    gone uuid[];
    ended uuid[];
    destroyed int;
BEGIN
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
    UPDATE campaigns_campaigncase SET mode = 'silent', mode_grant = NULL, mode_at = news.at,
        mode_by = NULL, ended_why = news.kind, approved_at = NULL, approved_by = NULL
    WHERE id = ANY (ended);
    DELETE FROM campaigns_raisestep s USING campaigns_raise r
    WHERE r.id = s.raised_id AND r.case_id = ANY (gone);
    DELETE FROM campaigns_raise WHERE case_id = ANY (gone);
    DELETE FROM campaigns_adoption WHERE case_id = ANY (gone);
    UPDATE campaigns_material SET case_id = NULL WHERE case_id = ANY (gone);
    DELETE FROM campaigns_campaigncase WHERE id = ANY (gone);
    RETURN jsonb_build_object('cases', cardinality(ended) + cardinality(gone),
                              'materials', destroyed);
END $$;

REVOKE ALL ON FUNCTION campaigns_destroy(uuid[], text, timestamptz), campaigns_heed(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION campaigns_heed(uuid) TO undaunted_desk;
