-- The ledger of withdrawals: what the database knows of the file outside it, and how both grow.

ALTER TABLE consent_ledgerhead ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON consent_ledgerhead TO CURRENT_USER USING (true) WITH CHECK (true);
ALTER TABLE consent_withdrawal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON consent_withdrawal TO CURRENT_USER USING (true) WITH CHECK (true);
ALTER TABLE consent_holderkey ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON consent_holderkey TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_adds ON consent_holderkey FOR INSERT TO undaunted_desk
    WITH CHECK (EXISTS (SELECT FROM consent_grant g WHERE g.id = grant_id AND g.holder = ANY (
        (SELECT identity_organisations('{documenter,reviewer,publisher,steward}'))::uuid[])));
GRANT INSERT ON consent_holderkey TO undaunted_desk;

-- A list that is loaded in bulk names no model text and no mandate.
ALTER TABLE consent_grant ALTER COLUMN language SET DEFAULT '', ALTER COLUMN pack SET DEFAULT '',
    ALTER COLUMN pack_version SET DEFAULT '', ALTER COLUMN text_hash SET DEFAULT '';

-- What was withdrawn before there was a ledger stands in it from its first line.
INSERT INTO consent_ledgerhead (id, instance, number, hash)
VALUES (1, gen_random_uuid(), 0, repeat('0', 64));
INSERT INTO consent_withdrawal (id, kind, subject, purpose, audience, at, number, hash)
SELECT id, 'revoked', NULL, '', '', revoked_at, NULL, '' FROM consent_grant
WHERE revoked_at IS NOT NULL;

-- Whatever revokes, through an action or not, is written down for the file; and nothing un-revokes.
CREATE FUNCTION consent_note_withdrawal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'consent_objection' THEN
        INSERT INTO consent_withdrawal (id, kind, subject, purpose, audience, at, number, hash)
        VALUES (new.id, 'objected', new.subject, new.purpose, new.audience, new.recorded_at, NULL, '')
        ON CONFLICT (id) DO NOTHING;
        RETURN NULL;
    END IF;
    INSERT INTO consent_withdrawal (id, kind, subject, purpose, audience, at, number, hash)
    VALUES (new.id, 'revoked', NULL, '', '', new.revoked_at, NULL, '') ON CONFLICT (id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION consent_stays_withdrawn() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF old.revoked_at IS NOT NULL AND new.revoked_at IS DISTINCT FROM old.revoked_at THEN
        RAISE EXCEPTION 'a withdrawn agreement stays withdrawn' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER consent_withdrawal_noted AFTER UPDATE OF revoked_at ON consent_grant FOR EACH ROW
    WHEN (old.revoked_at IS NULL AND new.revoked_at IS NOT NULL)
    EXECUTE FUNCTION consent_note_withdrawal();
CREATE TRIGGER consent_withdrawal_born AFTER INSERT ON consent_grant FOR EACH ROW
    WHEN (new.revoked_at IS NOT NULL) EXECUTE FUNCTION consent_note_withdrawal();
CREATE TRIGGER consent_objection_noted AFTER INSERT ON consent_objection FOR EACH ROW
    EXECUTE FUNCTION consent_note_withdrawal();
CREATE TRIGGER consent_stays_withdrawn BEFORE UPDATE OF revoked_at ON consent_grant FOR EACH ROW
    EXECUTE FUNCTION consent_stays_withdrawn();

CREATE FUNCTION consent_ledger_state()
RETURNS TABLE (instance uuid, number bigint, hash text, waiting bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT h.instance, h.number, h.hash::text,
        (SELECT count(*) FROM consent_withdrawal w WHERE w.number IS NULL)
    FROM consent_ledgerhead h WHERE h.id = 1
$$;

CREATE FUNCTION consent_unwritten(most int)
RETURNS TABLE (id uuid, kind text, at timestamptz, subject uuid, purpose text, audience text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT w.id, w.kind::text, w.at, w.subject, w.purpose::text, w.audience::text
    FROM consent_withdrawal w WHERE w.number IS NULL ORDER BY w.at, w.id LIMIT most
$$;

-- The database moves its own head only for whoever holds the binding key, which SQL does not.
CREATE FUNCTION consent_check_mac(verb text, last bigint, link text, mac bytea) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE expected bytea;
BEGIN
    SELECT identity_hmac(key, convert_to(concat_ws('|', 'withdrawals', verb, last, link), 'UTF8'))
    INTO expected FROM accounts_bindingkey;
    IF expected IS NULL OR mac IS DISTINCT FROM expected THEN
        RAISE EXCEPTION 'the head of the ledger is not moved by hand' USING ERRCODE = '28000';
    END IF;
END $$;

CREATE FUNCTION consent_note_written(ids uuid[], numbers bigint[], links text[], mac bytea)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last int := cardinality(ids);
BEGIN
    PERFORM consent_check_mac('written', numbers[last], links[last], mac);
    UPDATE consent_withdrawal w SET number = t.number, hash = t.link
    FROM unnest(ids, numbers, links) AS t (id, number, link) WHERE w.id = t.id;
    UPDATE consent_ledgerhead SET number = numbers[last], hash = links[last] WHERE id = 1;
END $$;

CREATE FUNCTION consent_end_in_scope(whose uuid, what text, whom text, moment timestamptz)
RETURNS SETOF consent_news
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH ended AS (
        UPDATE consent_grant SET revoked_at = moment
        WHERE subject = whose AND revoked_at IS NULL AND (what = '' OR purpose = what)
          AND (whom IN ('', 'public') OR audience = whom)
        RETURNING id, subject)
    INSERT INTO consent_news (id, kind, subject, at, detail)
    SELECT gen_random_uuid(), 'revoked', e.subject, moment, jsonb_build_object('grant', e.id)
    FROM ended e
    RETURNING *;
END $$;

-- One line of the file that this database has not seen: its agreement ends, and its news is told.
-- A line that lies in the database already (the process died between file and note) is numbered.
CREATE FUNCTION consent_apply(which uuid, sort text, moment timestamptz, whose uuid, what text,
                              whom text, place bigint, link text, mac bytea)
RETURNS SETOF consent_news
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE told uuid := gen_random_uuid(); ended uuid;
BEGIN
    PERFORM consent_check_mac('apply', coalesce(place, 0), link, mac);
    IF sort = 'objected' THEN
        INSERT INTO consent_objection (id, subject, purpose, audience, made_on, recorded_at)
        VALUES (which, whose, what, whom, (moment AT TIME ZONE 'UTC')::date, moment)
        ON CONFLICT (id) DO NOTHING;
        RETURN QUERY SELECT * FROM consent_end_in_scope(whose, what, whom, moment);
    ELSE
        UPDATE consent_grant SET revoked_at = moment WHERE id = which AND revoked_at IS NULL
        RETURNING subject INTO ended;
        IF ended IS NOT NULL THEN
            RETURN QUERY INSERT INTO consent_news (id, kind, subject, at, detail)
                VALUES (told, 'revoked', ended, moment, jsonb_build_object('grant', which))
                RETURNING *;
        END IF;
    END IF;
    INSERT INTO consent_withdrawal (id, kind, subject, purpose, audience, at, number, hash)
    VALUES (which, sort, whose, what, whom, moment, place, link)
    ON CONFLICT (id) DO UPDATE SET number = coalesce(excluded.number, consent_withdrawal.number),
        hash = CASE WHEN excluded.number IS NULL THEN consent_withdrawal.hash ELSE excluded.hash END;
    IF place IS NOT NULL THEN
        UPDATE consent_ledgerhead SET number = place, hash = link WHERE id = 1 AND number < place;
    END IF;
END $$;

-- The installation under which a ledger that was found is gone on with.
CREATE FUNCTION consent_begin_anew(under uuid, mac bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM consent_check_mac('anew', 0, under::text, mac);
    UPDATE consent_withdrawal SET number = NULL, hash = '';
    UPDATE consent_ledgerhead SET instance = under, number = 0, hash = repeat('0', 64);
END $$;

-- Whoever holds a receipt: what was agreed under it, and its end. Nothing is found without the
-- lookup value, which follows from 132 random bits.
CREATE FUNCTION consent_held(wanted bytea)
RETURNS TABLE (id uuid, purpose text, audience text, level text, field_groups text[],
               given_on date, until date, revoked_at timestamptz, pack text, pack_version text,
               language text, named text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT g.id, g.purpose::text, g.audience::text, g.level::text, g.field_groups::text[],
        g.given_on, g.until, g.revoked_at, g.pack::text, g.pack_version::text,
        g.language::text,
        coalesce((SELECT o.name::text FROM accounts_organisation o
                  WHERE g.audience = 'organisation:' || o.id), '')
    FROM consent_holderkey k JOIN consent_grant g ON g.id = k.grant_id
    WHERE k.lookup = wanted ORDER BY g.purpose, g.audience, g.id
$$;

CREATE FUNCTION consent_withdraw(wanted bytea, which uuid, moment timestamptz)
RETURNS TABLE (news uuid, withdrawn uuid, subject uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH ended AS (
        UPDATE consent_grant g SET revoked_at = moment
        FROM consent_holderkey k
        WHERE k.lookup = wanted AND g.id = k.grant_id AND g.revoked_at IS NULL
          AND (which IS NULL OR g.id = which)
        RETURNING g.id, g.subject),
    told AS (
        INSERT INTO consent_news (id, kind, subject, at, detail)
        SELECT gen_random_uuid(), 'revoked', e.subject, moment,
            jsonb_build_object('grant', e.id, 'by', 'receipt') FROM ended e
        RETURNING id, consent_news.subject, detail)
    SELECT told.id, (told.detail ->> 'grant')::uuid, told.subject FROM told;
END $$;

-- Left out of everything, by whoever holds a receipt: also of what is not recorded under it yet. The
-- objection bears a digest of the lookup value, so that the ledger outside opens no mailbox.
CREATE FUNCTION consent_subject_of(wanted bytea) RETURNS uuid
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT encode(substr(sha256('consent of a receipt'::bytea || wanted), 1, 16), 'hex')::uuid
$$;
CREATE FUNCTION consent_object(wanted bytea, moment timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO consent_objection (id, subject, purpose, audience, made_on, recorded_at)
    SELECT gen_random_uuid(), consent_subject_of(wanted), '', '',
        (moment AT TIME ZONE 'UTC')::date, moment
    WHERE NOT EXISTS (SELECT FROM consent_objection o
                      WHERE o.subject = consent_subject_of(wanted)
                        AND o.made_on = (moment AT TIME ZONE 'UTC')::date)
$$;
CREATE FUNCTION consent_key_not_barred() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM consent_objection o JOIN consent_grant g ON g.id = new.grant_id
               WHERE o.subject = consent_subject_of(new.lookup) AND g.given_on <= o.made_on) THEN
        RAISE EXCEPTION 'whoever holds this receipt has withdrawn everything'
            USING ERRCODE = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER consent_key_not_barred BEFORE INSERT ON consent_holderkey FOR EACH ROW
    EXECUTE FUNCTION consent_key_not_barred();

-- Who has dealt with the withdrawals made under a receipt: names of parts and counts.
CREATE FUNCTION consent_reached(wanted bytea)
RETURNS TABLE (withdrawn uuid, handler text, at timestamptz, done jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT k.grant_id, r.handler::text, r.at, r.done FROM consent_holderkey k
    JOIN consent_news n ON n.kind = 'revoked' AND n.detail ->> 'grant' = k.grant_id::text
    JOIN consent_receipt r ON r.news_id = n.id
    WHERE k.lookup = wanted ORDER BY 3, 2
$$;
CREATE INDEX revocations_told ON consent_news ((detail ->> 'grant')) WHERE kind = 'revoked';

REVOKE ALL ON FUNCTION consent_note_withdrawal(), consent_stays_withdrawn(), consent_ledger_state(),
    consent_unwritten(int), consent_check_mac(text, bigint, text, bytea),
    consent_note_written(uuid[], bigint[], text[], bytea),
    consent_end_in_scope(uuid, text, text, timestamptz),
    consent_apply(uuid, text, timestamptz, uuid, text, text, bigint, text, bytea),
    consent_begin_anew(uuid, bytea), consent_held(bytea), consent_withdraw(bytea, uuid, timestamptz),
    consent_object(bytea, timestamptz), consent_reached(bytea), consent_subject_of(bytea),
    consent_key_not_barred() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION consent_ledger_state()
    TO undaunted_desk, undaunted_public, undaunted_intake;
GRANT EXECUTE ON FUNCTION consent_unwritten(int),
    consent_note_written(uuid[], bigint[], text[], bytea),
    consent_apply(uuid, text, timestamptz, uuid, text, text, bigint, text, bytea),
    consent_begin_anew(uuid, bytea) TO undaunted_desk;
GRANT EXECUTE ON FUNCTION consent_held(bytea), consent_withdraw(bytea, uuid, timestamptz),
    consent_object(bytea, timestamptz), consent_reached(bytea) TO undaunted_intake;
