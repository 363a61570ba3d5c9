-- That somebody is meant was said by one person until now: the latest question of each is open again, so
-- that a second person is asked.
UPDATE matching_question q SET closed_at = NULL
FROM matching_answer a
WHERE (a.holder, a.subject, a.entry) = (q.holder, q.subject, q.entry)
  AND a.verdict = 'same' AND a.undone_at IS NULL AND a.confirmed_by IS NULL
  AND q.closed_at IS NOT NULL
  AND q.id = (SELECT l.id FROM matching_question l
              WHERE (l.holder, l.subject, l.entry) = (q.holder, q.subject, q.entry)
              ORDER BY l.asked_at DESC, l.id LIMIT 1)
  AND NOT EXISTS (SELECT FROM matching_question o
                  WHERE (o.holder, o.subject, o.entry) = (q.holder, q.subject, q.entry)
                    AND o.closed_at IS NULL);
