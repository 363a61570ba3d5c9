-- A member goes on in the chair's stead once a stage takes longer than it normally does; the gate says when.
ALTER POLICY desk_changes ON response_invocation
    USING (holder = ANY ((SELECT response_writes())::uuid[]) OR response_chairs(compact_id)
           OR response_takes_part(compact_id, episode_id));
