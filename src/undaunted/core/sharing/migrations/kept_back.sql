-- Which of these records came from a partner whose package does not let them go onward for a purpose: its TLP is any
-- but CLEAR, its PAP allows nothing that is seen from outside (RED, AMBER), or it was sent for another purpose. That a
-- partner's sender, document or person is known here gives nobody the right to tell it on.
-- To each organisation its own packages answer: what others say came to them keeps nothing of ours back, and tells us
-- nothing of theirs.
-- In newest form: a migration that changes something runs this file again.
DROP FUNCTION IF EXISTS sharing_kept_back(uuid[]);
CREATE OR REPLACE FUNCTION sharing_kept_back(things uuid[], wanted text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT k.subject FROM sharing_kept k
    JOIN sharing_arrivalitem i ON i.id = k.item_id JOIN sharing_arrival a ON a.id = i.arrival_id
    WHERE k.subject = ANY (things)
      AND (a.tlp <> 'CLEAR' OR a.pap NOT IN ('GREEN', 'WHITE') OR a.purpose IS DISTINCT FROM wanted)
      AND k.holder = ANY ((SELECT identity_organisations(
          '{reader,documenter,reviewer,publisher,steward}'))::uuid[])
$$;
REVOKE ALL ON FUNCTION sharing_kept_back(uuid[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sharing_kept_back(uuid[], text) TO undaunted_desk;
