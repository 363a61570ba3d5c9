-- Nobody changes an invocation that they do not read, whether or not a row is named.
ALTER POLICY desk_changes ON response_invocation
    USING (response_sees_invocation(id)
           AND (holder = ANY ((SELECT response_writes())::uuid[]) OR response_chairs(compact_id)
                OR response_takes_part(compact_id, episode_id)));
