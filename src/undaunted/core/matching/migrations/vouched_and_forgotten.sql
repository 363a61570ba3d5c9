-- When files were held against lists, and which lists these were, the application says, which held them; SQL alone
-- says nothing of it. The code is emptied once it was asked, so that it serves for no second row.
CREATE FUNCTION matching_screening_vouched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- Whoever may not write here at all is refused by the policies.
    IF session_user = 'undaunted_desk' AND new.holder = ANY (
        (SELECT identity_organisations('{documenter,reviewer,steward}'))::uuid[]) THEN
        PERFORM vault_require_code(concat_ws('|', 'held-against', new.id, new.holder, new.kind,
            (extract(epoch FROM new.at) * 1000000)::bigint,
            coalesce((SELECT string_agg(key || '=' || value, ',' ORDER BY key COLLATE "C")
                      FROM jsonb_each_text(new.lists)), '')), new.vouched);
    END IF;
    new.vouched := NULL;
    RETURN new;
END $$;
CREATE TRIGGER matching_screening_vouched BEFORE INSERT OR UPDATE ON matching_screening
    FOR EACH ROW EXECUTE FUNCTION matching_screening_vouched();

REVOKE ALL ON FUNCTION matching_screening_vouched() FROM PUBLIC;
