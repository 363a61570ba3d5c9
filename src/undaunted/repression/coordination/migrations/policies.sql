-- Where the functions of sight.sql stand.

CREATE POLICY desk_reads ON coordination_seat FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT coordination_mine())::uuid[]));
CREATE POLICY desk_adds ON coordination_seat FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT coordination_writes())::uuid[]));
CREATE POLICY desk_changes ON coordination_seat FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT coordination_writes())::uuid[]));

CREATE POLICY desk_reads ON coordination_proposal FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT coordination_mine())::uuid[]) OR coordination_sees(id));
CREATE POLICY desk_adds ON coordination_proposal FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT coordination_writes())::uuid[]));
CREATE POLICY desk_changes ON coordination_proposal FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT coordination_writes())::uuid[]));

-- Who declined or left keeps its own row and nothing else; whom the proposer has not invited by two
-- people yet is read by the proposer alone.
CREATE POLICY desk_reads ON coordination_party FOR SELECT TO undaunted_desk
    USING (invited_at IS NOT NULL AND (holder = ANY ((SELECT coordination_mine())::uuid[])
                                       OR coordination_sees(proposal_id))
           OR coordination_proposes(proposal_id));
CREATE POLICY desk_adds ON coordination_party FOR INSERT TO undaunted_desk
    WITH CHECK (coordination_proposes(proposal_id));
CREATE POLICY desk_changes ON coordination_party FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT coordination_writes())::uuid[])
           OR coordination_proposes(proposal_id));

CREATE POLICY desk_reads ON coordination_prepared FOR SELECT TO undaunted_desk
    USING (coordination_sees_party(party_id));
CREATE POLICY desk_adds ON coordination_prepared FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT coordination_writes())::uuid[])
                AND coordination_is_party(party_id));
CREATE POLICY desk_changes ON coordination_prepared FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT coordination_writes())::uuid[])
           AND coordination_is_party(party_id));

CREATE POLICY desk_reads ON coordination_remark FOR SELECT TO undaunted_desk
    USING (coordination_sees(proposal_id));
CREATE POLICY desk_adds ON coordination_remark FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT coordination_writes())::uuid[])
                AND coordination_takes_part(proposal_id, holder));

GRANT SELECT, INSERT, UPDATE ON coordination_seat, coordination_proposal, coordination_party,
    coordination_prepared TO undaunted_desk;
GRANT SELECT, INSERT ON coordination_remark TO undaunted_desk;

CREATE POLICY coordination ON audit_entry AS RESTRICTIVE FOR SELECT TO undaunted_desk
    USING (NOT coordination_hides(subject_kind, subject_id, actor));
CREATE POLICY coordination ON audit_detail AS RESTRICTIVE FOR SELECT TO undaunted_desk
    USING (NOT coordination_hides_entry(entry_id));

-- Seats as others see them: whoever keeps records here may invite. No private half.
CREATE VIEW coordination_seat_known WITH (security_barrier) AS
    SELECT s.id, s.holder, o.name, upper(o.country) AS country, o.government, s.public_key
    FROM coordination_seat s JOIN accounts_organisation o ON o.id = s.holder
    WHERE s.confirmed_at IS NOT NULL AND cardinality(coordination_mine()) > 0;
GRANT SELECT ON coordination_seat_known TO undaunted_desk;

CREATE VIEW published_court_case WITH (security_barrier) AS
    SELECT c.id, c.source, c.key, c.number, c.court, c.outcome, c.day, c.said_by, c.address,
        c.verified
    FROM coordination_courtrecord c
    WHERE c.approved_at <= statement_timestamp() AND c.withdrawn_at IS NULL;
GRANT SELECT ON published_court_case TO undaunted_public, undaunted_desk;
