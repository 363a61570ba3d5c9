-- What was found alike, when somebody judged, confirmed or undid a verdict, and that a question is settled, the
-- application says, with a code for this act alone; SQL alone says nothing of it.
CREATE FUNCTION matching_vouched(what text, told text, at timestamptz, code bytea) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM vault_require_code(concat_ws('|', what, encode(sha256(convert_to(told, 'UTF8')), 'hex'),
        (extract(epoch FROM at) * 1000000)::bigint), code);
END $$;

CREATE FUNCTION matching_judge(told text, at timestamptz, code bytea) RETURNS uuid[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM matching_demand('{documenter,reviewer,steward}');
    PERFORM matching_vouched('matching-judge', told, at, code);
    RETURN matching_judge(told::jsonb, at);
END $$;

CREATE FUNCTION matching_confirm(which uuid[], at timestamptz, code bytea) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM matching_demand('{documenter,reviewer,steward}');
    PERFORM matching_vouched('matching-confirm', array_to_string(which, ','), at, code);
    RETURN matching_confirm(which, at);
END $$;

CREATE FUNCTION matching_undo(which uuid[], at timestamptz, code bytea) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM matching_demand('{documenter,reviewer,steward}');
    PERFORM matching_vouched('matching-undo', array_to_string(which, ','), at, code);
    RETURN matching_undo(which, at);
END $$;

CREATE FUNCTION matching_note(gone text, changed text, seen text, pairs text, at timestamptz, code bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM matching_demand('{documenter,reviewer,steward}');
    PERFORM matching_vouched('matching-note', concat_ws(E'\n', gone, changed, seen, pairs), at, code);
    PERFORM matching_note(gone::jsonb, changed::jsonb, seen::jsonb, pairs::jsonb);
END $$;

-- Settle questions: gives how many. Whoever keeps the files alone does.
CREATE FUNCTION matching_settle(which uuid[], at timestamptz, code bytea) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE done integer;
BEGIN
    PERFORM matching_demand('{documenter,reviewer,steward}');
    PERFORM matching_vouched('matching-settle', array_to_string(which, ','), at, code);
    UPDATE matching_question SET closed_at = matching_settle.at
    WHERE id = ANY (which) AND closed_at IS NULL
        AND holder = ANY ((SELECT identity_organisations('{documenter,reviewer,steward}'))::uuid[]);
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN done;
END $$;

CREATE OR REPLACE FUNCTION matching_question_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.closed_at IS NOT NULL THEN
            RAISE EXCEPTION 'a question is asked before it is settled' USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF old.closed_at IS NOT NULL OR new.closed_at IS NOT NULL
        OR (new.id, new.holder, new.sharing, new.entry, new.asked_at)
            IS DISTINCT FROM (old.id, old.holder, old.sharing, old.entry, old.asked_at) THEN
        RAISE EXCEPTION 'a question stays what was asked, and is settled by the application'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER matching_question_asked BEFORE INSERT ON matching_question
    FOR EACH ROW EXECUTE FUNCTION matching_question_gate();

REVOKE EXECUTE ON FUNCTION matching_judge(jsonb, timestamptz), matching_confirm(uuid[], timestamptz),
    matching_undo(uuid[], timestamptz), matching_note(jsonb, jsonb, jsonb, jsonb) FROM undaunted_desk;
REVOKE ALL ON FUNCTION matching_vouched(text, text, timestamptz, bytea),
    matching_judge(text, timestamptz, bytea), matching_confirm(uuid[], timestamptz, bytea),
    matching_undo(uuid[], timestamptz, bytea), matching_settle(uuid[], timestamptz, bytea),
    matching_note(text, text, text, text, timestamptz, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION matching_judge(text, timestamptz, bytea),
    matching_confirm(uuid[], timestamptz, bytea), matching_undo(uuid[], timestamptz, bytea),
    matching_settle(uuid[], timestamptz, bytea), matching_note(text, text, text, text, timestamptz, bytea)
    TO undaunted_desk;
