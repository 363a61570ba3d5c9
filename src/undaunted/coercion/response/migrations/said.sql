-- What a government said and keeps in a compact, for its own people: also after it left, when it
-- reads no invocation of the compact any more.
CREATE OR REPLACE FUNCTION response_said_by(which uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.id FROM response_member m
    JOIN response_invocation i ON i.compact_id = m.compact_id
    JOIN response_statement s ON s.invocation_id = i.id AND s.holder = m.holder
    WHERE m.id = which AND m.holder = ANY (response_mine()) AND s.envelope IS NOT NULL
$$;
REVOKE ALL ON FUNCTION response_said_by(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION response_said_by(uuid) TO undaunted_desk;
