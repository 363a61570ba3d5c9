-- A member goes on in the chair's stead once a stage takes longer than it normally does; the gate says when.
ALTER POLICY desk_changes ON response_invocation
    USING (holder = ANY ((SELECT response_writes())::uuid[]) OR response_chairs(compact_id)
           OR response_takes_part(compact_id, episode_id));

-- A delivery that was recorded wrongly is taken back by its own government; it stays on record.
GRANT UPDATE (taken_back_at, taken_back_by) ON response_delivery TO undaunted_desk;
CREATE POLICY desk_changes ON response_delivery FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE TRIGGER response_taken_back BEFORE UPDATE ON response_delivery
    FOR EACH ROW EXECUTE FUNCTION response_delivery_gate();
