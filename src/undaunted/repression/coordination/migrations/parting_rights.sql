-- Where the functions of parting.sql stand.

CREATE POLICY desk_reads ON coordination_setaside FOR SELECT TO undaunted_desk
    USING (holder = ANY ((SELECT coordination_mine())::uuid[]));
CREATE POLICY desk_adds ON coordination_setaside FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY ((SELECT coordination_writes())::uuid[]));
GRANT SELECT, INSERT ON coordination_setaside TO undaunted_desk;

CREATE TRIGGER hands BEFORE INSERT ON coordination_setaside
    FOR EACH ROW EXECUTE FUNCTION coordination_hands();
CREATE TRIGGER gate BEFORE INSERT ON coordination_setaside
    FOR EACH ROW EXECUTE FUNCTION coordination_setaside_gate();
