-- Whoever works for a government reads only what that government body itself holds (S7): nothing that
-- others hold, shared or not, whatever other hats they wear. An empty array is everybody else.

CREATE FUNCTION identity_governments() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT o.id), '{}')
    FROM identity_row() i JOIN accounts_membership m ON m.user_id = i.user_id
    JOIN accounts_organisation o ON o.id = m.organisation_id WHERE o.government
$$;

-- What an actor is told of it, beside what identity_bind tells.
CREATE FUNCTION identity_hats() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_build_object('governments', to_jsonb(identity_governments()))
$$;

-- As before, but whoever works for a government has the roles of that body only: another hat opens
-- nothing, for reading or for writing.
CREATE OR REPLACE FUNCTION identity_organisations(wanted text[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT m.organisation_id), '{}')
    FROM identity_row() i JOIN accounts_membership m ON m.user_id = i.user_id
    JOIN accounts_organisation o ON o.id = m.organisation_id
    WHERE i.second_factor AND m.role = ANY (wanted)
      AND (i.kind <> 'token' OR m.role <> 'administrator' AND (
        'reader' = ANY (wanted) OR EXISTS (
            SELECT 1 FROM accounts_apitoken t, jsonb_array_elements_text(t.scopes) s
            WHERE t.digest = encode(i.digest, 'hex') AND s <> 'registry:read')))
      AND (o.government OR NOT EXISTS (
        SELECT 1 FROM accounts_membership g JOIN accounts_organisation b ON b.id = g.organisation_id
        WHERE g.user_id = i.user_id AND b.government))
$$;

-- Bars every protected table that is not barred yet; run again after each migration, so that no new
-- table is forgotten. A restrictive policy narrows all others and cannot be widened by them.
CREATE FUNCTION identity_bar_governments() RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE barred text; number integer := 0;
BEGIN
    FOR barred IN
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relrowsecurity
          AND 2 = (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid
                   AND a.attname IN ('holder', 'sharing') AND NOT a.attisdropped)
          AND NOT EXISTS (SELECT FROM pg_policy p
                          WHERE p.polrelid = c.oid AND p.polname = 'governments')
    LOOP
        EXECUTE format(
            'CREATE POLICY governments ON %I AS RESTRICTIVE FOR SELECT TO undaunted_desk USING ('
            'cardinality((SELECT identity_governments())::uuid[]) = 0'
            ' OR holder = ANY ((SELECT identity_governments())::uuid[]))', barred);
        number := number + 1;
    END LOOP;
    RETURN number;
END $$;

REVOKE ALL ON FUNCTION identity_governments(), identity_hats(), identity_bar_governments() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity_governments(), identity_hats() TO undaunted_desk;
