-- Where a record came from is never forgotten, and whoever says that it was given up has erased it: what
-- counts as given up is not looked for any more when its package runs out.
CREATE OR REPLACE FUNCTION sharing_kept_gate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF tg_op = 'DELETE' OR (new.id, new.holder, new.item_id, new.subject_kind, new.subject, new.until)
        IS DISTINCT FROM
        (old.id, old.holder, old.item_id, old.subject_kind, old.subject, old.until) THEN
        RAISE EXCEPTION 'where a record came from is never forgotten' USING ERRCODE = '42501';
    END IF;
    IF new.given_up_at IS DISTINCT FROM old.given_up_at AND (
        old.given_up_at IS NOT NULL
        OR EXISTS (SELECT FROM actors_partyname WHERE party_id = new.subject)
        OR EXISTS (SELECT FROM events_act WHERE victim_id = new.subject)
        OR EXISTS (SELECT FROM actors_party WHERE id = new.subject AND withdrawn_at IS NULL)
        OR EXISTS (SELECT FROM evidence_document WHERE id = new.subject)
        OR EXISTS (SELECT FROM evidence_source WHERE id = new.subject AND title <> '')) THEN
        RAISE EXCEPTION 'a record is given up once it is erased' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

REVOKE ALL ON FUNCTION sharing_kept_gate() FROM PUBLIC;
