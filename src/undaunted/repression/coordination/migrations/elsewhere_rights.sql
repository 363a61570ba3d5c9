-- Where the functions of elsewhere.sql stand, and who reads guests: the parties of their proposal.

CREATE POLICY desk_reads ON coordination_guest FOR SELECT TO undaunted_desk
    USING (invited_at IS NOT NULL AND coordination_sees(proposal_id)
           OR coordination_proposes(proposal_id));
CREATE POLICY desk_adds ON coordination_guest FOR INSERT TO undaunted_desk
    WITH CHECK (coordination_proposes(proposal_id));
CREATE POLICY desk_changes ON coordination_guest FOR UPDATE TO undaunted_desk
    USING (coordination_proposes(proposal_id));
CREATE POLICY desk_gives_up ON coordination_remark FOR UPDATE TO undaunted_desk
    USING (guest_id IS NOT NULL AND holder = ANY ((SELECT coordination_writes())::uuid[])
           AND coordination_proposes(proposal_id));
GRANT SELECT, INSERT, UPDATE ON coordination_guest TO undaunted_desk;
GRANT UPDATE (envelope, given_up_at) ON coordination_remark TO undaunted_desk;

CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON coordination_guest
    FOR EACH ROW EXECUTE FUNCTION coordination_hands();
CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON coordination_invitation
    FOR EACH ROW EXECUTE FUNCTION coordination_hands();
CREATE TRIGGER hands BEFORE INSERT ON coordination_sending
    FOR EACH ROW EXECUTE FUNCTION coordination_hands();
CREATE TRIGGER gate BEFORE INSERT OR UPDATE ON coordination_guest
    FOR EACH ROW EXECUTE FUNCTION coordination_guest_gate();
CREATE TRIGGER gate BEFORE INSERT OR UPDATE ON coordination_remark
    FOR EACH ROW EXECUTE FUNCTION coordination_remark_gate();
CREATE TRIGGER gate BEFORE INSERT OR UPDATE ON coordination_invitation
    FOR EACH ROW EXECUTE FUNCTION coordination_invitation_gate();
CREATE TRIGGER gate BEFORE INSERT ON coordination_sending
    FOR EACH ROW EXECUTE FUNCTION coordination_sending_gate();
