-- What a partner sent is never published: not by itself, and not inside a case that is.

CREATE FUNCTION registry_holds_received(whose uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM actors_party m JOIN sharing_kept k ON k.subject = m.id
        WHERE m.canonical = ANY (whose) AND m.withdrawn_at IS NULL)
$$;

CREATE FUNCTION registry_gate_never_onward() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.state IN ('proposed', 'published') AND registry_holds_received(
        ARRAY(SELECT canonical FROM actors_party WHERE id = new.party_id)) THEN
        RAISE EXCEPTION 'what was received never goes onward: it is not published'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER registry_gate_never_onward BEFORE INSERT OR UPDATE ON registry_publication
    FOR EACH ROW EXECUTE FUNCTION registry_gate_never_onward();

CREATE FUNCTION registry_merge_never_onward() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM actors_party p JOIN registry_publication b ON b.party_id = p.id
        WHERE p.canonical = new.canonical AND b.state = 'published')
        AND registry_holds_received(ARRAY[new.canonical]) THEN
        RAISE EXCEPTION 'what was received never goes onward: it joins no published case'
            USING ERRCODE = '42501';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER registry_joined_never_onward AFTER UPDATE ON actors_party FOR EACH ROW
    WHEN (new.canonical IS DISTINCT FROM old.canonical
          OR old.withdrawn_at IS NOT NULL AND new.withdrawn_at IS NULL)
    EXECUTE FUNCTION registry_merge_never_onward();
CREATE TRIGGER registry_added_never_onward AFTER INSERT ON actors_party FOR EACH ROW
    WHEN (new.canonical <> new.id) EXECUTE FUNCTION registry_merge_never_onward();

-- Who says that a published record was received says so too late.
CREATE FUNCTION registry_kept_never_onward() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM actors_party m JOIN actors_party p ON p.canonical = m.canonical
        JOIN registry_publication b ON b.party_id = p.id
        WHERE m.id = new.subject AND b.state = 'published') THEN
        RAISE EXCEPTION 'what was received never goes onward: it joins no published case'
            USING ERRCODE = '42501';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER registry_kept_never_onward AFTER INSERT ON sharing_kept
    FOR EACH ROW EXECUTE FUNCTION registry_kept_never_onward();

REVOKE ALL ON FUNCTION registry_holds_received(uuid[]), registry_gate_never_onward(),
    registry_merge_never_onward(), registry_kept_never_onward() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_holds_received(uuid[]) TO undaunted_desk;
