-- Where the functions of sight.sql stood at first; later migrations alter some of these.

CREATE POLICY desk_reads ON response_compact FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT response_mine())::uuid[]) OR response_sees(id));
CREATE POLICY desk_reads ON response_member FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT response_mine())::uuid[]) OR response_sees(compact_id));
CREATE POLICY desk_reads ON response_episode FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT response_mine())::uuid[]) OR response_sees(compact_id));
CREATE POLICY desk_reads ON response_invocation FOR SELECT TO undaunted_desk
    USING (response_sees(compact_id));
CREATE POLICY desk_reads ON response_step FOR SELECT TO undaunted_desk
    USING (response_sees_invocation(invocation_id));
CREATE POLICY desk_reads ON response_statement FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT response_mine())::uuid[])
           OR reach <> 'own' AND response_sees_invocation(invocation_id));
CREATE POLICY desk_reads ON response_pledge FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT response_mine())::uuid[])
           OR reach <> 'own' AND response_sees(compact_id));
CREATE POLICY desk_reads ON response_note FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT response_mine())::uuid[]));
CREATE POLICY desk_reads ON response_offramp FOR SELECT TO undaunted_desk
    USING (response_sees_pledge(pledge_id));
CREATE POLICY desk_reads ON response_delivery FOR SELECT TO undaunted_desk
    USING (response_sees_pledge(pledge_id));
CREATE POLICY desk_reads ON response_vote FOR SELECT TO undaunted_desk
    USING (response_sees_invocation(invocation_id));

CREATE POLICY desk_adds ON response_compact FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_member FOR INSERT TO undaunted_desk
    WITH CHECK (response_chairs(compact_id));
CREATE POLICY desk_adds ON response_episode FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_invocation FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_statement FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_pledge FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_note FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_offramp FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_delivery FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_adds ON response_vote FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT response_writes())::uuid[]));

CREATE POLICY desk_changes ON response_compact FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_changes ON response_member FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_changes ON response_episode FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_changes ON response_invocation FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT response_writes())::uuid[]) OR response_chairs(compact_id));
CREATE POLICY desk_changes ON response_pledge FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT response_writes())::uuid[]));
CREATE POLICY desk_changes ON response_offramp FOR UPDATE TO undaunted_desk
    USING (response_sees_pledge(pledge_id) AND response_confirms(confirmer_id));
CREATE POLICY desk_changes ON response_vote FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT response_writes())::uuid[]));

GRANT SELECT, INSERT, UPDATE ON response_compact, response_member, response_episode,
    response_invocation, response_pledge, response_offramp, response_vote TO undaunted_desk;
GRANT SELECT, INSERT ON response_statement, response_note, response_delivery TO undaunted_desk;
GRANT SELECT ON response_step TO undaunted_desk;

CREATE VIEW published_compact WITH (security_barrier) AS
    SELECT c.id, c.reference, c.name, c.summary, c.pack, c.voting, c.quorum, c.threshold,
        c.burden_key, c.currency, o.name AS chair, c.approved_at AS published_at
    FROM response_compact c JOIN accounts_organisation o ON o.id = c.holder
    WHERE c.approved_at <= statement_timestamp() AND c.withdrawn_at IS NULL;

CREATE VIEW published_compact_member WITH (security_barrier) AS
    SELECT m.id, m.compact_id, m.name, m.country
    FROM response_member m JOIN published_compact c ON c.id = m.compact_id
    WHERE m.accepted_at IS NOT NULL AND m.left_at IS NULL;

-- What is pledged in an invocation is never public here.
CREATE VIEW published_compact_measure WITH (security_barrier) AS
    SELECT p.id, p.compact_id, m.name AS member, p.kind, p.text, p.legal_basis, p.trigger,
        p.off_ramp, p.amount
    FROM response_pledge p JOIN published_compact_member m ON m.id = p.member_id
    WHERE p.invocation_id IS NULL AND p.reach = 'public' AND p.approved_at IS NOT NULL
      AND p.withdrawn_at IS NULL AND p.ended_at IS NULL;

GRANT SELECT ON published_compact, published_compact_member, published_compact_measure
    TO undaunted_public, undaunted_desk;
