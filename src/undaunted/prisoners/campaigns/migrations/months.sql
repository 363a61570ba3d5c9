-- Private raises are told once a month: counted when the month begins, kept, never moved. Whoever
-- withdraws later lowers no number, so that their going tells nothing; what was logged wrongly does.

ALTER TABLE campaigns_privatemonth ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON campaigns_privatemonth TO CURRENT_USER USING (true) WITH CHECK (true);

-- Counts every campaign as it stood when a month began, where that was not done. Granted to nobody.
CREATE FUNCTION campaigns_count_private(month date) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE done int;
BEGIN
    INSERT INTO campaigns_privatemonth (campaign_id, until, counted)
    SELECT k.id, month, greatest(
        (SELECT count(*) FROM campaigns_raise r
         LEFT JOIN campaigns_campaigncase c ON c.id = r.case_id
         WHERE r.campaign_id = k.id AND r.channel = 'private'
           AND r.recorded_at < month AND r.day < month
           AND (r.withdrawn_at IS NULL OR r.withdrawn_at >= month)
           AND (r.case_id IS NULL OR c.mode <> 'silent' AND c.removed_at IS NULL)),
        (SELECT p.counted - (
            SELECT count(*) FROM campaigns_raise r
            WHERE r.campaign_id = k.id AND r.channel = 'private'
              AND r.recorded_at < p.until AND r.day < p.until
              AND r.withdrawn_at >= p.until AND r.withdrawn_at < month)
         FROM campaigns_privatemonth p
         WHERE p.campaign_id = k.id AND p.until < month ORDER BY p.until DESC LIMIT 1), 0)
    FROM campaigns_campaign k
    ON CONFLICT (campaign_id, until) DO NOTHING;
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN done;
END $$;

CREATE FUNCTION campaigns_freeze_private() RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT campaigns_count_private(date_trunc('month', statement_timestamp())::date)
$$;

CREATE OR REPLACE VIEW published_campaign_private WITH (security_barrier) AS
    SELECT k.id, (p.counted / 5 * 5)::int AS at_least, p.until
    FROM published_campaign k
    CROSS JOIN LATERAL (
        SELECT m.counted, m.until FROM campaigns_privatemonth m
        WHERE m.campaign_id = k.id AND m.until <= statement_timestamp()
        ORDER BY m.until DESC LIMIT 1) p
    WHERE p.counted >= 5;

REVOKE ALL ON FUNCTION campaigns_count_private(date), campaigns_freeze_private() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION campaigns_freeze_private() TO undaunted_desk;
