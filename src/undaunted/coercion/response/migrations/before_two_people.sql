-- What stood before a second person was asked for goes on as it was.

UPDATE response_member SET invited_at = recorded_at, public = EXISTS (
    SELECT FROM response_compact c WHERE c.id = compact_id AND c.approved_at IS NOT NULL
    AND c.withdrawn_at IS NULL);
-- They were opened long ago: no step is noted of it.
ALTER TABLE response_invocation DISABLE TRIGGER response_step;
UPDATE response_invocation SET opened_at = recorded_at;
ALTER TABLE response_invocation ENABLE TRIGGER response_step;
UPDATE response_pledge p SET approved_at = p.recorded_at FROM response_invocation i
    WHERE i.id = p.invocation_id AND p.reach = 'members' AND i.stage IN ('deciding', 'monitoring', 'closed');
