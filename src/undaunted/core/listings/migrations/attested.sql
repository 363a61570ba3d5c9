-- Of a file that a person brought, a second person may say that it is the issuer's. Who brought it is
-- kept as a digest that only the version's own number and that person give.

CREATE OR REPLACE FUNCTION listings_begin(told jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made uuid := gen_random_uuid();
BEGIN
    PERFORM listings_demand('{documenter,steward}');
    PERFORM pg_advisory_xact_lock(hashtext('listings ' || (told ->> 'source')));
    INSERT INTO published_list_version (id, source, number, name, digest, size, published, came,
        address, loaded_at, entries, added, amended, removed, faults, fault_count, lost, confirmed,
        whole, written_in, brought_by)
    SELECT made, told ->> 'source',
        1 + coalesce((SELECT max(v.number) FROM published_list_version v
                      WHERE v.source = told ->> 'source'), 0),
        told ->> 'name', told ->> 'digest', (told ->> 'size')::bigint, '', told ->> 'came',
        told ->> 'address', (told ->> 'loaded_at')::timestamptz, 0, 0, 0, 0, '[]', 0, 0, false,
        false, pg_current_xact_id()::text::bigint, listings_mark(made);
    RETURN made;
END $$;

CREATE OR REPLACE FUNCTION listings_mark(which uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT encode(sha256(convert_to(which::text || ' ' || identity_actor()::text, 'UTF8')), 'hex')
$$;

-- Confirm what a person brought: another one does, who may take lists down.
CREATE OR REPLACE FUNCTION listings_attest(which uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held published_list_version;
BEGIN
    PERFORM listings_demand('{publisher,reviewer}');
    SELECT * INTO held FROM published_list_version WHERE id = which FOR UPDATE;
    IF held.id IS NULL OR NOT held.whole OR held.withdrawn_at IS NOT NULL
            OR held.came = 'fetched' OR held.attested_at IS NOT NULL THEN
        RAISE EXCEPTION 'only a version that a person brought is confirmed, once'
            USING ERRCODE = '42501';
    END IF;
    IF coalesce(held.brought_by, '') IN ('', listings_mark(which)) THEN
        RAISE EXCEPTION 'another person than who brought it confirms it' USING ERRCODE = '42501';
    END IF;
    UPDATE published_list_version SET attested_at = at WHERE id = which;
END $$;

REVOKE ALL ON FUNCTION listings_mark(uuid), listings_attest(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION listings_attest(uuid, timestamptz) TO undaunted_desk;
