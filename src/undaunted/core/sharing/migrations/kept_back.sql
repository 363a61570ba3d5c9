-- Which of these records came from a partner under a marking that lets them go no further: any but TLP:CLEAR. That a
-- partner's sender, document or person is known here gives nobody the right to tell it on. To each organisation its own
-- packages answer: what others say came to them keeps nothing of ours back, and tells us nothing of theirs.
-- In newest form: a migration that changes something runs this file again.
CREATE OR REPLACE FUNCTION sharing_kept_back(things uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT k.subject FROM sharing_kept k
    JOIN sharing_arrivalitem i ON i.id = k.item_id JOIN sharing_arrival a ON a.id = i.arrival_id
    WHERE k.subject = ANY (things) AND a.tlp <> 'CLEAR'
      AND k.holder = ANY ((SELECT identity_organisations(
          '{reader,documenter,reviewer,publisher,steward}'))::uuid[])
$$;
REVOKE ALL ON FUNCTION sharing_kept_back(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sharing_kept_back(uuid[]) TO undaunted_desk;
