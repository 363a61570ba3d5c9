-- Only these functions write lists, in the transaction of one load: nobody changes what was loaded.

CREATE OR REPLACE FUNCTION listings_demand(wanted text[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
BEGIN
    IF cardinality((SELECT identity_organisations(wanted))::uuid[]) = 0 THEN
        RAISE EXCEPTION 'lists are loaded by somebody with the role' USING ERRCODE = '42501';
    END IF;
END $$;

-- Begin a version: numbered after the last, one load of a list at a time.
CREATE OR REPLACE FUNCTION listings_begin(told jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made uuid := gen_random_uuid();
BEGIN
    PERFORM listings_demand('{documenter,steward}');
    PERFORM pg_advisory_xact_lock(hashtext('listings ' || (told ->> 'source')));
    INSERT INTO published_list_version (id, source, number, name, digest, size, published, came,
        address, loaded_at, entries, added, amended, removed, faults, fault_count, lost, confirmed,
        whole, written_in)
    SELECT made, told ->> 'source',
        1 + coalesce((SELECT max(v.number) FROM published_list_version v
                      WHERE v.source = told ->> 'source'), 0),
        told ->> 'name', told ->> 'digest', (told ->> 'size')::bigint, '', told ->> 'came',
        told ->> 'address', (told ->> 'loaded_at')::timestamptz, 0, 0, 0, 0, '[]', 0, 0, false,
        false, pg_current_xact_id()::text::bigint;
    RETURN made;
END $$;

CREATE OR REPLACE FUNCTION listings_open_version(which uuid)
RETURNS published_list_version
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE held published_list_version;
BEGIN
    SELECT * INTO held FROM published_list_version WHERE id = which;
    IF held.id IS NULL OR held.whole OR held.written_in <> pg_current_xact_id()::text::bigint THEN
        RAISE EXCEPTION 'a version is written by the load that began it' USING ERRCODE = '42501';
    END IF;
    RETURN held;
END $$;

-- Take rows in: each ends what stood under its key before.
CREATE OR REPLACE FUNCTION listings_keep(which uuid, told jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held published_list_version; ended integer;
BEGIN
    PERFORM listings_demand('{documenter,steward}');
    held := listings_open_version(which);
    UPDATE published_list_entry e SET last = held.number
    FROM jsonb_to_recordset(told) AS r(key text)
    WHERE e.source = held.source AND e.key = r.key AND e.last IS NULL AND e.first < held.number;
    GET DIAGNOSTICS ended = ROW_COUNT;
    INSERT INTO published_list_entry (id, source, key, kind, name, search, programmes, designated,
        delisted, digest, first, last, content)
    SELECT gen_random_uuid(), held.source, r.key, r.kind, r.name, r.search, r.programmes,
        r.designated, r.delisted, r.digest, held.number, NULL, r.content
    FROM jsonb_to_recordset(told) AS r(key text, kind text, name text, search text,
        programmes text[], designated text, delisted boolean, digest text, content jsonb);
    RETURN ended;
END $$;

-- Close the version: what no longer stands is ended, and from the commit on it is in force.
CREATE OR REPLACE FUNCTION listings_close(which uuid, gone jsonb, told jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held published_list_version; ended integer;
BEGIN
    PERFORM listings_demand('{documenter,steward}');
    held := listings_open_version(which);
    UPDATE published_list_entry e SET last = held.number
    FROM jsonb_array_elements_text(gone) AS r(key)
    WHERE e.source = held.source AND e.key = r.key AND e.last IS NULL AND e.first < held.number;
    GET DIAGNOSTICS ended = ROW_COUNT;
    UPDATE published_list_version SET whole = true, published = told ->> 'published',
        entries = (SELECT count(*) FROM published_list_entry e
                   WHERE e.source = held.source AND e.last IS NULL),
        added = (told ->> 'added')::integer, amended = (told ->> 'amended')::integer,
        removed = ended, faults = told -> 'faults',
        fault_count = (told ->> 'fault_count')::integer, lost = (told ->> 'lost')::integer,
        confirmed = (told ->> 'confirmed')::boolean
    WHERE id = which;
END $$;

-- Withdraw the version in force: the one before it stands again, as it stood.
CREATE OR REPLACE FUNCTION listings_withdraw(which uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held published_list_version;
BEGIN
    PERFORM listings_demand('{publisher,reviewer}');
    SELECT * INTO held FROM published_list_version WHERE id = which;
    PERFORM pg_advisory_xact_lock(hashtext('listings ' || held.source));
    IF held.id IS NULL OR held.withdrawn_at IS NOT NULL OR NOT held.whole OR EXISTS (
        SELECT FROM published_list_version v WHERE v.source = held.source
          AND v.number > held.number AND v.withdrawn_at IS NULL) THEN
        RAISE EXCEPTION 'only the version in force is withdrawn' USING ERRCODE = '42501';
    END IF;
    DELETE FROM published_list_entry WHERE source = held.source AND first = held.number;
    UPDATE published_list_entry SET last = NULL
    WHERE source = held.source AND last = held.number;
    UPDATE published_list_version SET withdrawn_at = at WHERE id = which;
END $$;

REVOKE ALL ON FUNCTION listings_demand(text[]), listings_begin(jsonb),
    listings_open_version(uuid), listings_keep(uuid, jsonb), listings_close(uuid, jsonb, jsonb),
    listings_withdraw(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION listings_begin(jsonb), listings_keep(uuid, jsonb),
    listings_close(uuid, jsonb, jsonb), listings_withdraw(uuid, timestamptz) TO undaunted_desk;
