-- Where the functions of gates.sql stand.

CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON coordination_seat
    FOR EACH ROW EXECUTE FUNCTION coordination_hands();
CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON coordination_proposal
    FOR EACH ROW EXECUTE FUNCTION coordination_hands();
CREATE TRIGGER hands BEFORE INSERT ON coordination_remark
    FOR EACH ROW EXECUTE FUNCTION coordination_hands();
CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON coordination_party
    FOR EACH ROW EXECUTE FUNCTION coordination_hands();
CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON coordination_prepared
    FOR EACH ROW EXECUTE FUNCTION coordination_hands();
CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON coordination_courtrecord
    FOR EACH ROW EXECUTE FUNCTION coordination_hands();
CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON coordination_petition
    FOR EACH ROW EXECUTE FUNCTION coordination_hands();
CREATE TRIGGER hands BEFORE INSERT ON coordination_petitionpart
    FOR EACH ROW EXECUTE FUNCTION coordination_hands();

CREATE TRIGGER gate BEFORE INSERT OR UPDATE ON coordination_seat
    FOR EACH ROW EXECUTE FUNCTION coordination_seat_gate();
CREATE TRIGGER gate BEFORE INSERT OR UPDATE ON coordination_proposal
    FOR EACH ROW EXECUTE FUNCTION coordination_proposal_gate();
CREATE TRIGGER gate BEFORE INSERT OR UPDATE ON coordination_party
    FOR EACH ROW EXECUTE FUNCTION coordination_party_gate();
CREATE TRIGGER gate BEFORE INSERT OR UPDATE ON coordination_prepared
    FOR EACH ROW EXECUTE FUNCTION coordination_prepared_gate();
CREATE TRIGGER gate BEFORE INSERT OR UPDATE ON coordination_courtrecord
    FOR EACH ROW EXECUTE FUNCTION coordination_court_gate();
CREATE TRIGGER gate BEFORE INSERT OR UPDATE ON coordination_petition
    FOR EACH ROW EXECUTE FUNCTION coordination_petition_gate();
