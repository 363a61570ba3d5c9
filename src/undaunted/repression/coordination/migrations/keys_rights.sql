-- Where the functions of keys.sql stand.

CREATE POLICY desk_reads ON coordination_seatkey FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT coordination_mine())::uuid[]));
CREATE POLICY desk_adds ON coordination_seatkey FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT coordination_writes())::uuid[]));
CREATE POLICY desk_changes ON coordination_seatkey FOR UPDATE TO undaunted_desk
    USING (holder = ANY ((SELECT coordination_writes())::uuid[]));
CREATE POLICY desk_reads ON coordination_wrapped FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT coordination_mine())::uuid[]));
CREATE POLICY desk_adds ON coordination_wrapped FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT coordination_writes())::uuid[]));
GRANT SELECT, INSERT, UPDATE ON coordination_seatkey TO undaunted_desk;
GRANT SELECT, INSERT ON coordination_wrapped TO undaunted_desk;

CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON coordination_seatkey
    FOR EACH ROW EXECUTE FUNCTION coordination_hands();
CREATE TRIGGER hands BEFORE INSERT ON coordination_wrapped
    FOR EACH ROW EXECUTE FUNCTION coordination_hands();
CREATE TRIGGER gate BEFORE INSERT OR UPDATE ON coordination_seatkey
    FOR EACH ROW EXECUTE FUNCTION coordination_seatkey_gate();
CREATE TRIGGER gate BEFORE INSERT ON coordination_wrapped
    FOR EACH ROW EXECUTE FUNCTION coordination_wrapped_gate();
