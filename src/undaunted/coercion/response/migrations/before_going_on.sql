-- What was decided so far was decided for the chair; of two invocations for one episode the first goes on.
UPDATE response_invocation i SET decided_for = c.holder
FROM response_compact c WHERE c.id = i.compact_id AND i.decided_at IS NOT NULL;
UPDATE response_invocation i SET stage = 'closed', reason = 'Another was open for the same episode.'
WHERE i.opened_at IS NOT NULL AND i.stage <> 'closed' AND EXISTS (
    SELECT FROM response_invocation o WHERE o.episode_id = i.episode_id AND o.opened_at IS NOT NULL
    AND o.stage <> 'closed' AND (o.recorded_at, o.id) < (i.recorded_at, i.id));
