-- A party whose calendar program holds the moment of an announcement learns for thirty days that it is off, where the
-- proposal was withdrawn before: what it read of it then, and nothing that came since. Whoever had declined or left by
-- then, was never invited, or holds no part in it has no row. In newest form: a migration that changes something runs
-- this file again.

CREATE OR REPLACE FUNCTION coordination_called_off(which uuid)
RETURNS TABLE (moment timestamptz, moves int, closed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p.moment, p.moves, p.closed_at FROM coordination_proposal p
    WHERE p.id = which AND p.sent_at IS NOT NULL AND p.stage = 'withdrawn'
    AND p.moment > p.closed_at AND p.closed_at > statement_timestamp() - interval '30 days'
    AND EXISTS (SELECT FROM coordination_party m WHERE m.proposal_id = p.id
                AND m.invited_at IS NOT NULL AND m.answer IN ('invited', 'accepted')
                AND m.holder = ANY (coordination_mine()))
$$;

REVOKE ALL ON FUNCTION coordination_called_off(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coordination_called_off(uuid) TO undaunted_desk;
