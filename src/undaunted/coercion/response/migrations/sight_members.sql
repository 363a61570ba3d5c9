-- The invited know the text and the roll alone, the coercer has no part in what answers it, and what
-- one person recorded is its own government's until a second lets it out.

ALTER POLICY desk_reads ON response_compact
    USING (holder = ANY ((SELECT response_mine())::uuid[]) OR response_knows(id));
ALTER POLICY desk_reads ON response_member
    USING (holder = ANY ((SELECT response_mine())::uuid[]) OR response_sees(compact_id)
           OR accepted_at IS NULL AND response_chairs(compact_id));
ALTER POLICY desk_reads ON response_episode
    USING (holder = ANY ((SELECT response_mine())::uuid[])
           OR response_sees(compact_id) AND NOT response_is_state(coercer_state));
ALTER POLICY desk_reads ON response_invocation
    USING ((opened_at IS NOT NULL OR holder = ANY ((SELECT response_mine())::uuid[]))
           AND response_sees(compact_id) AND NOT response_barred(episode_id));
ALTER POLICY desk_reads ON response_pledge
    USING (holder = ANY ((SELECT response_mine())::uuid[])
           OR reach <> 'own' AND approved_at IS NOT NULL AND response_sees(compact_id)
              AND (invocation_id IS NULL OR response_sees_invocation(invocation_id)));
ALTER POLICY desk_reads ON response_vote
    USING (holder = ANY ((SELECT response_mine())::uuid[])
           OR confirmed_at IS NOT NULL AND response_sees_invocation(invocation_id));
ALTER POLICY desk_changes ON response_member
    USING (holder = ANY ((SELECT response_writes())::uuid[])
           OR accepted_at IS NULL AND response_chairs(compact_id));

ALTER TABLE response_memberstep ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON response_memberstep TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON response_memberstep FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT response_mine())::uuid[]));
CREATE POLICY desk_adds ON response_memberstep FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_changes ON response_memberstep FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT response_writes())::uuid[]));
GRANT SELECT, INSERT, UPDATE ON response_memberstep TO undaunted_desk;
CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON response_memberstep
    FOR EACH ROW EXECUTE FUNCTION response_hands();
CREATE TRIGGER response_gate BEFORE INSERT OR UPDATE ON response_memberstep
    FOR EACH ROW EXECUTE FUNCTION response_memberstep_gate();

-- Who belongs to a compact and who is invited, without what a member tells of itself.
CREATE VIEW response_roll WITH (security_barrier) AS
    SELECT m.id, m.compact_id, m.holder, m.name, m.country, m.weight, m.invited_at, m.accepted_at,
        m.left_at, response_agreed(m.compact_id) AS agreed,
        CASE WHEN response_sees(m.compact_id) THEN m.gdp END AS gdp,
        CASE WHEN response_sees(m.compact_id) THEN m.exposure END AS exposure
    FROM response_member m JOIN response_compact c ON c.id = m.compact_id
    WHERE m.left_at IS NULL AND response_knows(m.compact_id)
      AND (m.invited_at IS NOT NULL OR m.holder = c.holder OR response_chairs(m.compact_id));
GRANT SELECT ON response_roll TO undaunted_desk;

-- Each member is named in public by two of its own people, not by the chair.
CREATE OR REPLACE VIEW published_compact_member WITH (security_barrier) AS
    SELECT m.id, m.compact_id, m.name, m.country
    FROM response_member m JOIN published_compact c ON c.id = m.compact_id
    WHERE m.accepted_at IS NOT NULL AND m.left_at IS NULL AND m.public;

-- What is pledged in an invocation is never public here; who publishes a pledge names itself by it.
CREATE OR REPLACE VIEW published_compact_measure WITH (security_barrier) AS
    SELECT p.id, p.compact_id, m.name AS member, p.kind, p.text, p.legal_basis, p.trigger,
        p.off_ramp, p.amount
    FROM response_pledge p JOIN response_member m ON m.id = p.member_id
    JOIN published_compact c ON c.id = p.compact_id
    WHERE p.invocation_id IS NULL AND p.reach = 'public' AND p.approved_at IS NOT NULL
      AND p.withdrawn_at IS NULL AND p.ended_at IS NULL
      AND m.accepted_at IS NOT NULL AND m.left_at IS NULL;
