-- Where the functions of withdrawn_keys.sql stand.

CREATE POLICY desk_ends ON coordination_wrapped FOR DELETE TO undaunted_desk
    USING (holder = ANY ((SELECT coordination_writes())::uuid[]));
GRANT DELETE ON coordination_wrapped TO undaunted_desk;

CREATE TRIGGER ends BEFORE DELETE ON coordination_wrapped
    FOR EACH ROW EXECUTE FUNCTION coordination_wrapped_ends();
