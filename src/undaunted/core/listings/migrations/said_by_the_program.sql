-- Which file came how and when, when a second person confirmed it and when it was taken back, the application
-- says, with a code for this act alone; SQL alone says nothing of it. In newest form: a migration that changes
-- something of these functions runs this file again, and none before it.
DROP FUNCTION IF EXISTS listings_begin(jsonb);
DROP FUNCTION IF EXISTS listings_attest(uuid, timestamptz);
DROP FUNCTION IF EXISTS listings_withdraw(uuid, timestamptz);

CREATE OR REPLACE FUNCTION listings_vouched(what text, told text, code bytea) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM vault_require_code(
        concat_ws('|', what, encode(sha256(convert_to(told, 'UTF8')), 'hex')), code);
END $$;

CREATE OR REPLACE FUNCTION listings_moment(at timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (extract(epoch FROM at) * 1000000)::bigint
$$;

-- Begin a version: numbered after the last, one load of a list at a time.
CREATE OR REPLACE FUNCTION listings_begin(about text, code bytea) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made uuid := gen_random_uuid(); told jsonb := about::jsonb;
BEGIN
    PERFORM listings_demand('{documenter,steward}');
    PERFORM listings_vouched('listings-begin', about, code);
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

-- Confirm what a person brought: another one does, who may take lists down.
CREATE OR REPLACE FUNCTION listings_attest(which uuid, at timestamptz, code bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held published_list_version;
BEGIN
    PERFORM listings_demand('{publisher,reviewer}');
    PERFORM listings_vouched('listings-attest', concat_ws('|', which, listings_moment(at)), code);
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

-- Withdraw the version in force: the one before it stands again, as it stood.
CREATE OR REPLACE FUNCTION listings_withdraw(which uuid, at timestamptz, code bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held published_list_version;
BEGIN
    PERFORM listings_demand('{publisher,reviewer}');
    PERFORM listings_vouched('listings-withdraw', concat_ws('|', which, listings_moment(at)), code);
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

REVOKE ALL ON FUNCTION listings_vouched(text, text, bytea), listings_moment(timestamptz),
    listings_begin(text, bytea), listings_attest(uuid, timestamptz, bytea),
    listings_withdraw(uuid, timestamptz, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION listings_begin(text, bytea), listings_attest(uuid, timestamptz, bytea),
    listings_withdraw(uuid, timestamptz, bytea) TO undaunted_desk;
