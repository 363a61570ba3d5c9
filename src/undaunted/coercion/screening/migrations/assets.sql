-- What a register says is added and replaced, never changed; in one's own name, at the time it is.

CREATE FUNCTION screening_said_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF to_jsonb(new) ->> 'replaced_at' IS NOT NULL THEN
            RAISE EXCEPTION 'a statement is not replaced before it stands' USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF to_jsonb(new) - '{replaced_at,replaced_by,replaced_why}'::text[]
            IS DISTINCT FROM to_jsonb(old) - '{replaced_at,replaced_by,replaced_why}'::text[]
        OR old.replaced_at IS NOT NULL OR new.replaced_at IS NULL
        OR new.replaced_by IS DISTINCT FROM identity_actor()
        OR new.replaced_at NOT BETWEEN greatest(old.recorded_at, statement_timestamp() - interval '1 hour')
            AND statement_timestamp() + interval '5 minutes' THEN
        RAISE EXCEPTION 'a statement is replaced once, in one''s own name, and never changed'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION screening_register_hands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    told jsonb := to_jsonb(new);
    mine boolean := true;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF new.recorded_by IS DISTINCT FROM identity_actor() OR new.recorded_at
        NOT BETWEEN statement_timestamp() - interval '1 hour' AND statement_timestamp() + interval '5 minutes' THEN
        RAISE EXCEPTION 'what is recorded carries one''s own name and the time that it is'
            USING ERRCODE = '42501';
    END IF;
    -- Row security hides others' rows, so that what is not found is not one's own.
    IF told ->> 'asset_id' IS NOT NULL THEN
        mine := mine AND EXISTS (SELECT FROM screening_asset a
                                 WHERE a.id = (told ->> 'asset_id')::uuid AND a.holder = new.holder);
    END IF;
    IF told ->> 'brought_id' IS NOT NULL THEN
        mine := mine AND EXISTS (SELECT FROM screening_registerimport i
                                 WHERE i.id = (told ->> 'brought_id')::uuid AND i.holder = new.holder);
    END IF;
    IF told ->> 'screening_id' IS NOT NULL THEN
        mine := mine AND EXISTS (SELECT FROM screening_screening s
                                 WHERE s.id = (told ->> 'screening_id')::uuid AND s.holder = new.holder);
    END IF;
    IF told ->> 'alert_id' IS NOT NULL THEN
        mine := mine AND EXISTS (SELECT FROM screening_alert a
                                 WHERE a.id = (told ->> 'alert_id')::uuid AND a.holder = new.holder);
    END IF;
    IF told ->> 'unfiled_id' IS NOT NULL THEN
        mine := mine AND EXISTS (SELECT FROM screening_unfiled u
                                 WHERE u.id = (told ->> 'unfiled_id')::uuid AND u.holder = new.holder);
    END IF;
    IF NOT mine THEN
        RAISE EXCEPTION 'what a register says is about its own assets' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

CREATE TRIGGER hands BEFORE INSERT ON screening_asset
    FOR EACH ROW EXECUTE FUNCTION screening_register_hands();
CREATE TRIGGER hands BEFORE INSERT ON screening_registerimport
    FOR EACH ROW EXECUTE FUNCTION screening_register_hands();
CREATE TRIGGER hands BEFORE INSERT ON screening_assetentry
    FOR EACH ROW EXECUTE FUNCTION screening_register_hands();
CREATE TRIGGER hands BEFORE INSERT ON screening_holding
    FOR EACH ROW EXECUTE FUNCTION screening_register_hands();
CREATE TRIGGER hands BEFORE INSERT ON screening_screening
    FOR EACH ROW EXECUTE FUNCTION screening_register_hands();
CREATE TRIGGER hands BEFORE INSERT ON screening_alert
    FOR EACH ROW EXECUTE FUNCTION screening_register_hands();
CREATE TRIGGER hands BEFORE INSERT ON screening_alertreview
    FOR EACH ROW EXECUTE FUNCTION screening_register_hands();
CREATE TRIGGER hands BEFORE INSERT ON screening_unfiled
    FOR EACH ROW EXECUTE FUNCTION screening_register_hands();
CREATE TRIGGER hands BEFORE INSERT ON screening_unfiledstep
    FOR EACH ROW EXECUTE FUNCTION screening_register_hands();
CREATE TRIGGER said BEFORE INSERT OR UPDATE ON screening_assetentry
    FOR EACH ROW EXECUTE FUNCTION screening_said_gate();
CREATE TRIGGER said BEFORE INSERT OR UPDATE ON screening_holding
    FOR EACH ROW EXECUTE FUNCTION screening_said_gate();

-- Registers whose day has not been looked at yet, with anybody of the holder who records.
CREATE FUNCTION screening_registers_due() RETURNS TABLE (holder uuid, person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.holder, p.user_id
    FROM (SELECT DISTINCT a.holder FROM screening_asset a) r
    JOIN LATERAL (
        SELECT m.user_id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.organisation_id = r.holder AND u.is_active AND m.role IN ('steward', 'documenter')
        ORDER BY m.role DESC, m.id LIMIT 1) p ON true
    WHERE NOT EXISTS (SELECT FROM screening_screening s
                      WHERE s.holder = r.holder AND s.day >= current_date)
    ORDER BY r.holder
$$;
REVOKE ALL ON FUNCTION screening_registers_due() FROM public;
GRANT EXECUTE ON FUNCTION screening_registers_due() TO undaunted_desk;
