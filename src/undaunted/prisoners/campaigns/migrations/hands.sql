-- What is let out was changed by others; whoever is told of a case in private is among those whom the
-- person agreed to.

-- Begun in one's own name by whoever records; shown by another, as it stands. A change of what was
-- approved takes the approval away, and whoever changed it is kept here until it is let out again.
CREATE OR REPLACE FUNCTION campaigns_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    ending text[] := ARRAY['approved_at', 'approved_by', 'withdrawn_at', 'withdrawn_by',
                           'withdrawn_why', 'removed_at', 'removed_by', 'ended_at', 'changed_by'];
    before jsonb; after jsonb := to_jsonb(new) - 'content' - ending; changed boolean;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.recorded_by IS DISTINCT FROM identity_actor()
            OR num_nonnulls(new.approved_at, new.approved_by) > 0
            OR NOT campaigns_holds_role(new.holder, '{documenter,steward}') THEN
            RAISE EXCEPTION 'it is recorded in one''s own name, by somebody with the role'
                USING ERRCODE = '42501';
        END IF;
        new.changed_by := '{}';
        RETURN new;
    END IF;
    before := to_jsonb(old) - 'content' - ending;
    IF (new.id, new.holder, new.sharing, new.recorded_at, new.recorded_by) IS DISTINCT FROM
       (old.id, old.holder, old.sharing, old.recorded_at, old.recorded_by) THEN
        RAISE EXCEPTION 'who recorded it, and when, is not changed' USING ERRCODE = '42501';
    END IF;
    changed := after IS DISTINCT FROM before;
    new.changed_by := CASE
        WHEN NOT changed THEN old.changed_by
        WHEN old.approved_by IS NOT NULL THEN ARRAY[identity_actor()]
        ELSE array_remove(old.changed_by, identity_actor()) || identity_actor() END;
    IF new.approved_by IS NULL AND new.approved_at IS NULL THEN
        RETURN new;
    END IF;
    IF changed THEN
        RAISE EXCEPTION 'what is shown is changed by taking the approval away first'
            USING ERRCODE = '42501';
    END IF;
    IF (new.approved_at, new.approved_by) IS DISTINCT FROM (old.approved_at, old.approved_by)
        AND (new.approved_by IS DISTINCT FROM identity_actor() OR new.approved_at IS NULL
             OR new.approved_by = new.recorded_by OR new.approved_by = ANY (old.changed_by)
             OR NOT campaigns_holds_role(new.holder, '{publisher}')) THEN
        RAISE EXCEPTION 'a second person with the role lets it out, in their own name'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

-- Bytes of material are destroyed, never changed; old words stay old.
CREATE OR REPLACE FUNCTION campaigns_material_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF (new.sha256, new.size, new.kind, new.mode, new.campaign_id) IS DISTINCT FROM
       (old.sha256, old.size, old.kind, old.mode, old.campaign_id)
        OR new.content IS DISTINCT FROM old.content AND new.content IS NOT NULL
        OR old.withdrawn_at IS NOT NULL AND new.withdrawn_at IS DISTINCT FROM old.withdrawn_at
        OR old.stale_at IS NOT NULL AND new.stale_at IS DISTINCT FROM old.stale_at
        OR new.identity < old.identity OR new.biography < old.biography
        OR new.adopter_id IS DISTINCT FROM old.adopter_id AND new.content IS NOT NULL THEN
        RAISE EXCEPTION 'material is written anew, not changed' USING ERRCODE = '42501';
    END IF;
    IF new.approved_by IS NOT NULL AND new.approved_at IS DISTINCT FROM old.approved_at
        AND new.stale_at IS NOT NULL THEN
        RAISE EXCEPTION 'its words are old; it is written anew' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

-- Whether people of a country, or a body of one of these names, may be told of a case today. In
-- private alone that is whom the person named. Granted to nobody.
CREATE FUNCTION campaigns_may_tell(which uuid, land text, names text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.mode <> 'private_only' OR EXISTS (
        SELECT FROM consent_grant g
        JOIN actors_party m ON m.id = g.subject
        JOIN actors_party s ON s.canonical = m.canonical AND s.id = c.subject
        WHERE g.purpose = 'quiet_diplomacy' AND g.revoked_at IS NULL
          AND g.given_on <= current_date AND current_date < g.until
          AND coalesce(g.mandate_until, 'infinity') > current_date
          AND (g.audience = 'government:' || land
               OR g.audience NOT LIKE 'government:%'
                  AND lower(split_part(g.audience, ':', 2)) = ANY (names)))
    FROM campaigns_campaigncase c WHERE c.id = which
$$;

CREATE FUNCTION campaigns_told_gate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE who campaigns_adopter;
BEGIN
    IF new.case_id IS NULL THEN RETURN new; END IF;
    SELECT * INTO who FROM campaigns_adopter WHERE id = new.adopter_id;
    IF NOT campaigns_may_tell(
            new.case_id, CASE WHEN who.kind = 'organisation' THEN '' ELSE who.country END,
            ARRAY[lower(who.name)]) THEN
        RAISE EXCEPTION 'the person did not agree that this adopter is told' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION campaigns_raiser_gate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE who campaigns_adopter;
BEGIN
    IF new.case_id IS NULL THEN RETURN new; END IF;
    SELECT * INTO who FROM campaigns_adopter WHERE id = new.adopter_id;
    IF NOT campaigns_may_tell(
            new.case_id, CASE WHEN who.kind = 'organisation' THEN '' ELSE new.by_country END,
            ARRAY[lower(new."by"), lower(who.name)]) THEN
        RAISE EXCEPTION 'the person did not agree that whoever raised it is told'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

CREATE TRIGGER campaigns_told_gate BEFORE INSERT OR UPDATE OF case_id, adopter_id
    ON campaigns_adoption FOR EACH ROW EXECUTE FUNCTION campaigns_told_gate();
CREATE TRIGGER campaigns_raiser_gate
    BEFORE INSERT OR UPDATE OF case_id, adopter_id, "by", by_country
    ON campaigns_raise FOR EACH ROW EXECUTE FUNCTION campaigns_raiser_gate();

REVOKE ALL ON FUNCTION campaigns_may_tell(uuid, text, text[]), campaigns_told_gate(),
    campaigns_raiser_gate() FROM PUBLIC;
