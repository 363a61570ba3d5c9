-- What ended stays ended; a reply is never older than the word that lets it out; and whoever is taken
-- out of a campaign, by whatever way, is in no published sheet of it either.

-- An ending is recorded once and not taken back: whoever comes again is recorded anew.
CREATE OR REPLACE FUNCTION campaigns_ended_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    ending text;
    before jsonb := to_jsonb(old) - 'content'; after jsonb := to_jsonb(new) - 'content';
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    FOREACH ending IN ARRAY ARRAY['withdrawn_at', 'removed_at', 'ended_at'] LOOP
        IF before ->> ending IS NOT NULL AND after -> ending IS DISTINCT FROM before -> ending THEN
            RAISE EXCEPTION 'what ended stays ended; record it anew' USING ERRCODE = '42501';
        END IF;
    END LOOP;
    RETURN new;
END $$;

-- A reply that is told of after its raise was let out waits to be let out itself, whatever time
-- whoever records it gives.
CREATE OR REPLACE FUNCTION campaigns_step_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND (
        new.recorded_by IS DISTINCT FROM identity_actor()
        OR NOT campaigns_holds_role(new.holder, '{documenter,steward}')
        OR NOT EXISTS (SELECT FROM campaigns_raise r
                       WHERE r.id = new.raised_id AND r.holder = new.holder)) THEN
        RAISE EXCEPTION 'a reply is recorded in one''s own name, for a raise of one''s own'
            USING ERRCODE = '42501';
    END IF;
    SELECT greatest(new.recorded_at, r.approved_at + interval '1 microsecond')
        INTO new.recorded_at FROM campaigns_raise r WHERE r.id = new.raised_id;
    RETURN new;
END $$;

-- Ends every sheet of a campaign that was built or published, where it shows somebody of `whose`;
-- without `whose`, every one. Granted to nobody.
CREATE OR REPLACE FUNCTION campaigns_end_sheets(which uuid, whose uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- Whoever keeps a draft holds this lock to the end, so that no draft is missed that is just kept.
    PERFORM pg_advisory_xact_lock(hashtext('editions'));
    PERFORM editions_end(e.id, 'editor', statement_timestamp())
    FROM editions_edition e JOIN campaigns_campaign k ON k.id = which
    WHERE e.kind = 'raise-sheet' AND e.parameters ->> 'campaign' = k.reference
      AND e.built_at IS NOT NULL AND e.state <> 'withdrawn'
      AND (whose IS NULL OR EXISTS (
          SELECT FROM editions_editionsubject s
          WHERE s.edition_id = e.id AND s.subject = ANY (whose)));
END $$;

CREATE OR REPLACE FUNCTION campaigns_campaign_ends() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM campaigns_end_sheets(new.id, NULL);
    RETURN NULL;
END $$;

-- What consent ends is ended by its own news, which tells why.
CREATE OR REPLACE FUNCTION campaigns_case_ends() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM campaigns_end_sheets(new.campaign_id, ARRAY(
        SELECT m.id FROM actors_party p JOIN actors_party m ON m.canonical = p.canonical
        WHERE p.id = new.subject
        UNION SELECT h.canonical FROM registry_grouping h WHERE h.party_id = new.subject));
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION campaigns_adopter_ends() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM campaigns_end_sheets(k.campaign_id, NULL)
    FROM (SELECT DISTINCT r.campaign_id FROM campaigns_raise r
          WHERE r.adopter_id = new.id AND r.approved_at IS NOT NULL) k;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER campaigns_ended_gate BEFORE UPDATE ON campaigns_campaign
    FOR EACH ROW EXECUTE FUNCTION campaigns_ended_gate();
CREATE OR REPLACE TRIGGER campaigns_ended_gate BEFORE UPDATE ON campaigns_campaigncase
    FOR EACH ROW EXECUTE FUNCTION campaigns_ended_gate();
CREATE OR REPLACE TRIGGER campaigns_ended_gate BEFORE UPDATE ON campaigns_adopter
    FOR EACH ROW EXECUTE FUNCTION campaigns_ended_gate();
CREATE OR REPLACE TRIGGER campaigns_ended_gate BEFORE UPDATE ON campaigns_adoption
    FOR EACH ROW EXECUTE FUNCTION campaigns_ended_gate();
CREATE OR REPLACE TRIGGER campaigns_ended_gate BEFORE UPDATE ON campaigns_raise
    FOR EACH ROW EXECUTE FUNCTION campaigns_ended_gate();
CREATE OR REPLACE TRIGGER campaigns_ends AFTER UPDATE ON campaigns_campaign
    FOR EACH ROW WHEN (old.withdrawn_at IS NULL AND new.withdrawn_at IS NOT NULL)
    EXECUTE FUNCTION campaigns_campaign_ends();
CREATE OR REPLACE TRIGGER campaigns_ends AFTER UPDATE ON campaigns_campaigncase
    FOR EACH ROW WHEN (old.removed_at IS NULL AND new.removed_at IS NOT NULL
                       OR old.mode = 'public' AND new.mode <> 'public'
                          AND new.ended_why NOT IN ('revoked', 'expired', 'erased'))
    EXECUTE FUNCTION campaigns_case_ends();
CREATE OR REPLACE TRIGGER campaigns_ends AFTER UPDATE ON campaigns_adopter
    FOR EACH ROW WHEN (old.withdrawn_at IS NULL AND new.withdrawn_at IS NOT NULL
                       OR old.agreed_on IS NOT NULL AND new.agreed_on IS NULL)
    EXECUTE FUNCTION campaigns_adopter_ends();

REVOKE ALL ON FUNCTION campaigns_end_sheets(uuid, uuid[]), campaigns_ended_gate(),
    campaigns_campaign_ends(), campaigns_case_ends(), campaigns_adopter_ends() FROM PUBLIC;

-- Whoever told of a reply does not let that reply out; each time that a raise is let out is kept, so
-- that it is known what everybody could read of it on any day.
UPDATE campaigns_raise SET let_out_at = ARRAY[approved_at] WHERE approved_at IS NOT NULL;

CREATE OR REPLACE FUNCTION campaigns_raise_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'undaunted_desk'
        AND new.approved_by IS NOT NULL AND new.approved_at IS DISTINCT FROM old.approved_at
        AND EXISTS (SELECT FROM campaigns_raisestep s WHERE s.raised_id = new.id
                    AND s.recorded_by = new.approved_by
                    AND s.recorded_at > coalesce(old.approved_at, '-infinity')) THEN
        RAISE EXCEPTION 'a second person lets a reply out' USING ERRCODE = '42501';
    END IF;
    new.let_out_at := CASE
        WHEN new.approved_at IS NULL THEN '{}'
        WHEN old.approved_at IS NULL THEN ARRAY[new.approved_at]
        WHEN new.approved_at <> old.approved_at THEN old.let_out_at || new.approved_at
        ELSE old.let_out_at END;
    RETURN new;
END $$;

CREATE OR REPLACE VIEW published_campaign_raise WITH (security_barrier) AS
    SELECT r.id, r.campaign_id, r.case_id, r.day, r.channel, r.level, r.counterpart,
        r.counterpart_country, r.place,
        CASE WHEN a.approved_at IS NOT NULL AND a.agreed_on <= current_date
                  AND a.withdrawn_at IS NULL THEN a.name ELSE '' END AS by,
        r.by_country, coalesce(s.told -> 0 ->> 'reply', '')::varchar AS reply,
        (s.told -> 0 ->> 'day')::date AS reply_day,
        (SELECT min(o.at) FROM unnest(r.let_out_at) AS o(at)) AS let_out_at,
        coalesce(s.told, '[]') AS replies
    FROM campaigns_raise r
    JOIN published_campaign k ON k.id = r.campaign_id
    LEFT JOIN campaigns_adopter a ON a.id = r.adopter_id
    LEFT JOIN published_campaign_case c ON c.id = r.case_id
    LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('reply', t.reply, 'day', t.day, 'let_out_at', (
                SELECT min(o.at) FROM unnest(r.let_out_at) AS o(at) WHERE o.at >= t.recorded_at))
            ORDER BY t.day DESC, t.recorded_at DESC, t.id DESC) AS told
        FROM campaigns_raisestep t
        WHERE t.raised_id = r.id AND t.reply <> '' AND t.recorded_at <= r.approved_at) s ON true
    WHERE r.channel <> 'private' AND r.approved_at IS NOT NULL AND r.withdrawn_at IS NULL
      AND (r.case_id IS NULL OR c.id IS NOT NULL);
