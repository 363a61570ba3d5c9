-- Close the version: what no longer stands is ended, and from the commit on it is in force. It tells whose rows
-- could not be read, and which rows nobody can place. In newest form: a migration that changes this function
-- runs this file again, and none before it.
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
        confirmed = (told ->> 'confirmed')::boolean, said = coalesce(told ->> 'said', ''),
        kept = ARRAY(SELECT jsonb_array_elements_text(coalesce(told -> 'kept', '[]'))),
        nameless = ARRAY(SELECT jsonb_array_elements_text(coalesce(told -> 'nameless', '[]'))),
        settled = ARRAY(SELECT jsonb_array_elements_text(coalesce(told -> 'settled', '[]')))
    WHERE id = which;
END $$;
