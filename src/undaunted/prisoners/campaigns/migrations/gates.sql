-- Two people let out what a campaign shows; whoever holds the consent says how; held by the database.

CREATE FUNCTION campaigns_holds_role(whose uuid, wanted text[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT whose = ANY ((SELECT identity_organisations(wanted))::uuid[])
$$;

-- Begun in one's own name by whoever records; shown by another, as it stands. A change of what was
-- approved takes the approval away.
CREATE FUNCTION campaigns_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    ending text[] := ARRAY['approved_at', 'approved_by', 'withdrawn_at', 'withdrawn_by',
                           'withdrawn_why', 'removed_at', 'removed_by', 'ended_at'];
    before jsonb; after jsonb := to_jsonb(new) - 'content';
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.recorded_by IS DISTINCT FROM identity_actor()
            OR num_nonnulls(new.approved_at, new.approved_by) > 0
            OR NOT campaigns_holds_role(new.holder, '{documenter,steward}') THEN
            RAISE EXCEPTION 'it is recorded in one''s own name, by somebody with the role'
                USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    before := to_jsonb(old) - 'content';
    IF (new.id, new.holder, new.sharing, new.recorded_at, new.recorded_by) IS DISTINCT FROM
       (old.id, old.holder, old.sharing, old.recorded_at, old.recorded_by) THEN
        RAISE EXCEPTION 'who recorded it, and when, is not changed' USING ERRCODE = '42501';
    END IF;
    IF new.approved_by IS NULL AND new.approved_at IS NULL THEN
        RETURN new;
    END IF;
    IF (after - ending) IS DISTINCT FROM (before - ending) THEN
        RAISE EXCEPTION 'what is shown is changed by taking the approval away first'
            USING ERRCODE = '42501';
    END IF;
    IF (new.approved_at, new.approved_by) IS DISTINCT FROM (old.approved_at, old.approved_by)
        AND (new.approved_by IS DISTINCT FROM identity_actor() OR new.approved_at IS NULL
             OR new.approved_by = new.recorded_by
             OR NOT campaigns_holds_role(new.holder, '{publisher}')) THEN
        RAISE EXCEPTION 'a second person with the role lets it out, in their own name'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

-- How a case is shown is said by whoever may record where the agreement is held that covers it.
CREATE FUNCTION campaigns_mode_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE mine uuid[] := identity_organisations('{documenter,steward}')::uuid[];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.mode <> 'silent' THEN
            RAISE EXCEPTION 'a case begins silent' USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF (new.subject, new.campaign_id) IS DISTINCT FROM (old.subject, old.campaign_id)
        OR old.removed_at IS NOT NULL AND new IS DISTINCT FROM old THEN
        RAISE EXCEPTION 'a case is taken out and attached anew' USING ERRCODE = '42501';
    END IF;
    IF (new.mode, new.mode_grant) IS NOT DISTINCT FROM (old.mode, old.mode_grant) THEN
        RETURN new;
    END IF;
    IF new.mode_by IS DISTINCT FROM identity_actor() OR new.approved_by IS NOT NULL
        OR NOT EXISTS (
            SELECT FROM consent_grant g
            WHERE g.id = coalesce(new.mode_grant, old.mode_grant) AND g.holder = ANY (mine)) THEN
        RAISE EXCEPTION 'the mode is changed by whoever holds the consent, in their own name'
            USING ERRCODE = '42501';
    END IF;
    IF new.mode <> 'silent' AND NOT EXISTS (
        SELECT FROM consent_grant g
        JOIN actors_party m ON m.id = g.subject
        JOIN actors_party p ON p.canonical = m.canonical AND p.id = new.subject
        WHERE g.id = new.mode_grant AND g.revoked_at IS NULL
          AND g.given_on <= current_date AND current_date < g.until
          AND (new.mode = 'public' AND g.purpose = 'campaign' AND g.audience = 'public'
               OR new.mode = 'private_only' AND g.purpose = 'quiet_diplomacy')) THEN
        RAISE EXCEPTION 'no agreement in force covers this mode' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

-- Whoever told of a reply does not let that reply out.
CREATE FUNCTION campaigns_raise_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'undaunted_desk'
        AND new.approved_by IS NOT NULL AND new.approved_at IS DISTINCT FROM old.approved_at
        AND EXISTS (SELECT FROM campaigns_raisestep s WHERE s.raised_id = new.id
                    AND s.recorded_by = new.approved_by
                    AND s.recorded_at > coalesce(old.approved_at, '-infinity')) THEN
        RAISE EXCEPTION 'a second person lets a reply out' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

-- Bytes of material are destroyed, never changed.
CREATE FUNCTION campaigns_material_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF (new.sha256, new.size, new.kind, new.mode, new.campaign_id) IS DISTINCT FROM
       (old.sha256, old.size, old.kind, old.mode, old.campaign_id)
        OR new.content IS DISTINCT FROM old.content AND new.content IS NOT NULL
        OR old.withdrawn_at IS NOT NULL AND new.withdrawn_at IS DISTINCT FROM old.withdrawn_at THEN
        RAISE EXCEPTION 'material is written anew, not changed' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION campaigns_step_gate() RETURNS trigger
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
    RETURN new;
END $$;

CREATE TRIGGER campaigns_gate BEFORE INSERT OR UPDATE ON campaigns_campaign
    FOR EACH ROW EXECUTE FUNCTION campaigns_gate();
CREATE TRIGGER campaigns_gate BEFORE INSERT OR UPDATE ON campaigns_campaigncase
    FOR EACH ROW EXECUTE FUNCTION campaigns_gate();
CREATE TRIGGER campaigns_mode_gate BEFORE INSERT OR UPDATE ON campaigns_campaigncase
    FOR EACH ROW EXECUTE FUNCTION campaigns_mode_gate();
CREATE TRIGGER campaigns_gate BEFORE INSERT OR UPDATE ON campaigns_adopter
    FOR EACH ROW EXECUTE FUNCTION campaigns_gate();
CREATE TRIGGER campaigns_gate BEFORE INSERT OR UPDATE ON campaigns_adoption
    FOR EACH ROW EXECUTE FUNCTION campaigns_gate();
CREATE TRIGGER campaigns_gate BEFORE INSERT ON campaigns_material
    FOR EACH ROW EXECUTE FUNCTION campaigns_gate();
CREATE TRIGGER campaigns_gate_again BEFORE UPDATE ON campaigns_material
    FOR EACH ROW WHEN (new.withdrawn_at IS NULL) EXECUTE FUNCTION campaigns_gate();
CREATE TRIGGER campaigns_material_gate BEFORE UPDATE ON campaigns_material
    FOR EACH ROW EXECUTE FUNCTION campaigns_material_gate();
CREATE TRIGGER campaigns_gate BEFORE INSERT OR UPDATE ON campaigns_raise
    FOR EACH ROW EXECUTE FUNCTION campaigns_gate();
CREATE TRIGGER campaigns_raise_gate BEFORE UPDATE ON campaigns_raise
    FOR EACH ROW EXECUTE FUNCTION campaigns_raise_gate();
CREATE TRIGGER campaigns_step_gate BEFORE INSERT ON campaigns_raisestep
    FOR EACH ROW EXECUTE FUNCTION campaigns_step_gate();

REVOKE ALL ON FUNCTION campaigns_holds_role(uuid, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION campaigns_holds_role(uuid, text[]) TO undaunted_desk;
