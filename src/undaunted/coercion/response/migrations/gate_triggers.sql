-- Where the functions of gates.sql stand.

CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON response_compact
    FOR EACH ROW EXECUTE FUNCTION response_hands();
CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON response_member
    FOR EACH ROW EXECUTE FUNCTION response_hands();
CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON response_episode
    FOR EACH ROW EXECUTE FUNCTION response_hands();
CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON response_invocation
    FOR EACH ROW EXECUTE FUNCTION response_hands();
CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON response_pledge
    FOR EACH ROW EXECUTE FUNCTION response_hands();
CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON response_offramp
    FOR EACH ROW EXECUTE FUNCTION response_hands();
CREATE TRIGGER hands BEFORE INSERT OR UPDATE ON response_vote
    FOR EACH ROW EXECUTE FUNCTION response_hands();
CREATE TRIGGER hands BEFORE INSERT ON response_statement
    FOR EACH ROW EXECUTE FUNCTION response_hands();
CREATE TRIGGER hands BEFORE INSERT ON response_note
    FOR EACH ROW EXECUTE FUNCTION response_hands();
CREATE TRIGGER hands BEFORE INSERT ON response_delivery
    FOR EACH ROW EXECUTE FUNCTION response_hands();

CREATE TRIGGER response_gate BEFORE INSERT OR UPDATE ON response_compact
    FOR EACH ROW EXECUTE FUNCTION response_compact_gate();
CREATE TRIGGER response_gate BEFORE INSERT OR UPDATE ON response_member
    FOR EACH ROW EXECUTE FUNCTION response_member_gate();
CREATE TRIGGER response_gate BEFORE INSERT OR UPDATE ON response_episode
    FOR EACH ROW EXECUTE FUNCTION response_episode_gate();
CREATE TRIGGER response_gate BEFORE INSERT OR UPDATE ON response_invocation
    FOR EACH ROW EXECUTE FUNCTION response_invocation_gate();
CREATE TRIGGER response_step AFTER INSERT OR UPDATE ON response_invocation
    FOR EACH ROW EXECUTE FUNCTION response_note_step();
CREATE TRIGGER response_gate BEFORE INSERT ON response_statement
    FOR EACH ROW EXECUTE FUNCTION response_statement_gate();
CREATE TRIGGER response_gate BEFORE INSERT OR UPDATE ON response_pledge
    FOR EACH ROW EXECUTE FUNCTION response_pledge_gate();
CREATE TRIGGER response_gate BEFORE INSERT ON response_note
    FOR EACH ROW EXECUTE FUNCTION response_about_pledge_gate();
CREATE TRIGGER response_gate BEFORE INSERT ON response_delivery
    FOR EACH ROW EXECUTE FUNCTION response_about_pledge_gate();
CREATE TRIGGER response_gate BEFORE INSERT OR UPDATE ON response_offramp
    FOR EACH ROW EXECUTE FUNCTION response_about_pledge_gate();
CREATE TRIGGER response_gate BEFORE INSERT OR UPDATE ON response_vote
    FOR EACH ROW EXECUTE FUNCTION response_vote_gate();
