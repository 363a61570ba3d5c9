-- What two people do, what is never overwritten, in which order stages follow: held by the database
-- against whoever has SQL. In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION screening_refuse(why text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = '42501';
END $$;

-- A publisher of that authority, not whoever took the first step, in their own name.
CREATE OR REPLACE FUNCTION screening_second(who uuid, authority uuid, first uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF who IS DISTINCT FROM identity_actor() OR who IS NOT DISTINCT FROM first
        OR authority <> ALL (identity_organisations('{publisher}')) THEN
        PERFORM screening_refuse('a second person with the role confirms it, in their own name');
    END IF;
END $$;

-- Nothing is dated before a decision that stands, so that what was known then stays what it was.
CREATE OR REPLACE FUNCTION screening_settled(which uuid) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT coalesce(max(greatest(d.recorded_at, d.taken_at, d.returned_at)), '-infinity')
    FROM screening_decision d WHERE d.case_id = which
$$;

-- How far back a step may be dated: as long as it takes to bring a large file.
CREATE OR REPLACE FUNCTION screening_slack() RETURNS interval
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$ SELECT interval '5 minutes' $$;

-- What is recorded is dated now.
CREATE OR REPLACE FUNCTION screening_now(moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF moment IS NULL OR moment > clock_timestamp() + interval '1 minute' THEN
        PERFORM screening_refuse('what is recorded is not dated ahead');
    ELSIF moment < clock_timestamp() - screening_slack() THEN
        PERFORM screening_refuse('what is recorded is not dated back');
    END IF;
END $$;

-- The last moment at which anything was told to a case, or withdrawn: no decision is dated before it.
CREATE OR REPLACE FUNCTION screening_last(which uuid) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT max(greatest(t.recorded_at, t.withdrawn_at)) FROM (
        SELECT case_id, recorded_at, withdrawn_at FROM screening_filing
        UNION ALL SELECT case_id, recorded_at, withdrawn_at FROM screening_party
        UNION ALL SELECT case_id, recorded_at, withdrawn_at FROM screening_load
        UNION ALL SELECT case_id, recorded_at, withdrawn_at FROM screening_stake
        UNION ALL SELECT case_id, recorded_at, withdrawn_at FROM screening_fact
        UNION ALL SELECT case_id, recorded_at, withdrawn_at FROM screening_listcheck
        UNION ALL SELECT case_id, recorded_at, withdrawn_at FROM screening_scope
        UNION ALL SELECT case_id, recorded_at, withdrawn_at FROM screening_assessment
        UNION ALL SELECT case_id, recorded_at, withdrawn_at FROM screening_request
        UNION ALL SELECT case_id, recorded_at, withdrawn_at FROM screening_answer
        UNION ALL SELECT case_id, recorded_at, withdrawn_at FROM screening_mitigation
        UNION ALL SELECT case_id, recorded_at, withdrawn_at FROM screening_check
        UNION ALL SELECT case_id, recorded_at, withdrawn_at FROM screening_recourse
        UNION ALL SELECT case_id, recorded_at, NULL FROM screening_analysis
        UNION ALL SELECT coalesce(k.case_id, n.case_id), k.recorded_at, NULL
            FROM screening_comment k LEFT JOIN screening_notice n ON n.id = k.notice_id
    ) t WHERE t.case_id = which
$$;

CREATE OR REPLACE FUNCTION screening_dated(which uuid, moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM screening_now(moment);
    IF moment < screening_settled(which) THEN
        PERFORM screening_refuse('nothing is dated before a decision that was proposed or taken');
    END IF;
END $$;

-- Recorded in one's own name; who recorded it, for whom and when is not changed.
CREATE OR REPLACE FUNCTION screening_hands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' AND new.recorded_by IS DISTINCT FROM identity_actor() THEN
        PERFORM screening_refuse('it is recorded in one''s own name');
    ELSIF tg_op = 'UPDATE' AND (new.id, new.holder, new.recorded_at, new.recorded_by)
            IS DISTINCT FROM (old.id, old.holder, old.recorded_at, old.recorded_by) THEN
        PERFORM screening_refuse('who recorded it, when and for whom stays on record');
    END IF;
    RETURN new;
END $$;

-- A row of a case has the holder of the case, and stays with it.
CREATE OR REPLACE FUNCTION screening_of_case() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF NOT EXISTS (SELECT FROM screening_case c WHERE c.id = new.case_id AND c.holder = new.holder)
        OR tg_op = 'UPDATE' AND new.case_id IS DISTINCT FROM old.case_id THEN
        PERFORM screening_refuse('a row of a case is held by the authority of the case');
    END IF;
    IF tg_op = 'INSERT' THEN PERFORM screening_dated(new.case_id, new.recorded_at); END IF;
    RETURN new;
END $$;

-- What a case was told is never overwritten: it is withdrawn once, with a reason, and replaced.
CREATE OR REPLACE FUNCTION screening_told() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    ending text[] := ARRAY['withdrawn_at', 'withdrawn_by', 'withdrawn_why'];
    asking text[] := ARRAY['lifting_at', 'lifting_by', 'lifting_why', 'declined'];
    replaced boolean;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF num_nonnulls(new.withdrawn_at, new.withdrawn_by) > 0 OR new.withdrawn_why <> '' THEN
            PERFORM screening_refuse('what is recorded is withdrawn later, not with it');
        END IF;
        IF new.replaces_id IS NOT NULL THEN
            EXECUTE format('SELECT EXISTS (SELECT FROM %I r WHERE r.id = $1 AND r.case_id = $2'
                           ' AND r.withdrawn_at = $3)', tg_table_name)
                INTO replaced USING new.replaces_id, new.case_id, new.recorded_at;
            IF NOT replaced THEN
                PERFORM screening_refuse('what is replaced is of the same case, and ends just then');
            END IF;
        END IF;
        RETURN new;
    END IF;
    -- A draft is changed until it is submitted (screening_filing_gate).
    IF tg_table_name = 'screening_filing' AND to_jsonb(old) ->> 'submitted_at' IS NULL THEN
        RETURN new;
    END IF;
    -- That a measure be lifted is asked by one person (screening_mitigation_gate).
    IF tg_table_name = 'screening_mitigation' AND old.withdrawn_at IS NULL
        AND (to_jsonb(new) - asking) = (to_jsonb(old) - asking) THEN
        RETURN new;
    END IF;
    IF old.withdrawn_at IS NOT NULL
        OR (to_jsonb(new) - ending) IS DISTINCT FROM (to_jsonb(old) - ending)
        OR new.withdrawn_by IS DISTINCT FROM identity_actor() OR new.withdrawn_why = ''
        OR new.withdrawn_at < old.recorded_at THEN
        PERFORM screening_refuse('what was recorded is not overwritten; withdraw it, with a reason');
    END IF;
    PERFORM screening_dated(new.case_id, new.withdrawn_at);
    RETURN new;
END $$;

-- Whether a condition binds, was broken, or never came into the register of measures.
CREATE OR REPLACE FUNCTION screening_binds(which uuid, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM screening_mitigation m WHERE m.case_id = which AND m.withdrawn_at IS NULL
        AND (m.ends_on IS NULL OR m.ends_on >= (moment AT TIME ZONE 'UTC')::date
             OR 'broken' = (SELECT k.outcome FROM screening_check k
                            WHERE k.mitigation_id = m.id AND k.withdrawn_at IS NULL
                            ORDER BY k.day DESC, k.recorded_at DESC, k.id DESC LIMIT 1))
    ) OR EXISTS (
        SELECT FROM (SELECT d.* FROM screening_decision d
                     WHERE d.case_id = which AND d.taken_at IS NOT NULL
                     ORDER BY d.taken_at DESC LIMIT 1) d,
            jsonb_array_elements_text(d.conditions) AS c(text)
        WHERE NOT EXISTS (SELECT FROM screening_mitigation m
                          WHERE m.decision_id = d.id AND m.text = c.text)
    );
END $$;

-- Whether the last look at a condition found it broken.
CREATE OR REPLACE FUNCTION screening_broken(which uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM screening_mitigation m WHERE m.case_id = which AND m.withdrawn_at IS NULL
        AND 'broken' = (SELECT k.outcome FROM screening_check k
                        WHERE k.mitigation_id = m.id AND k.withdrawn_at IS NULL
                        ORDER BY k.day DESC, k.recorded_at DESC, k.id DESC LIMIT 1))
$$;

-- The days on which a condition binds, as the decision that set it says: its last is null without end.
CREATE OR REPLACE FUNCTION screening_term(which uuid, said text, OUT first date, OUT last date)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
BEGIN
    SELECT coalesce((d.terms -> (c.place::int - 1) ->> 'starts_on')::date, d.day),
           (d.terms -> (c.place::int - 1) ->> 'ends_on')::date
    INTO first, last
    FROM screening_decision d, jsonb_array_elements_text(d.conditions)
        WITH ORDINALITY AS c(text, place)
    WHERE d.id = which AND c.text = said
    ORDER BY c.place LIMIT 1;
END $$;

CREATE OR REPLACE FUNCTION screening_case_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    moving text[] := ARRAY['stage', 'reason', 'moved_at', 'moved_by'];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.stage <> 'draft' OR new.moved_by IS DISTINCT FROM identity_actor()
            OR new.team IS NOT NULL THEN
            PERFORM screening_refuse('a case begins as a draft, in one''s own name');
        END IF;
        PERFORM screening_now(new.moved_at);
        PERFORM screening_now(new.recorded_at);
        RETURN new;
    END IF;
    IF (to_jsonb(new) - 'team') = (to_jsonb(old) - 'team') THEN
        IF NOT EXISTS (SELECT FROM vault_team t WHERE t.id = new.team AND t.holder = new.holder) THEN
            PERFORM screening_refuse('an authority names a team of its own');
        END IF;
        RETURN new;
    END IF;
    IF (to_jsonb(new) - moving) IS DISTINCT FROM (to_jsonb(old) - moving) THEN
        PERFORM screening_refuse('what a case is called and whose it is stays as it was begun');
    END IF;
    -- The order of rules.workflow.MOVES; a test compares them.
    IF NOT (old.stage || ' ' || new.stage) = ANY (ARRAY[
            'draft filed', 'draft closed', 'filed screening', 'filed closed', 'screening indepth',
            'screening decided', 'screening closed', 'indepth decided', 'indepth closed',
            'decided monitoring', 'decided closed', 'decided screening', 'monitoring closed',
            'monitoring screening'])
        OR new.moved_by IS DISTINCT FROM identity_actor() OR new.moved_at < old.moved_at
        OR new.stage IN ('closed', 'indepth') AND new.reason = ''
        OR new.stage = 'screening' AND old.stage <> 'filed' AND new.reason = '' THEN
        PERFORM screening_refuse('a case goes on stage by stage, in one''s own name, with reasons');
    END IF;
    PERFORM screening_now(new.moved_at);
    IF new.stage = 'closed' AND screening_binds(new.id, new.moved_at) THEN
        PERFORM screening_refuse('a case is not closed while a condition of it binds or is broken');
    END IF;
    IF new.stage = 'screening' AND old.stage IN ('decided', 'monitoring')
        AND NOT screening_broken(new.id) AND NOT EXISTS (
            SELECT FROM screening_recourse r WHERE r.case_id = new.id AND r.withdrawn_at IS NULL
            AND r.outcome <> '') THEN
        PERFORM screening_refuse(
            'a case is opened again where a condition was broken or a court has spoken');
    END IF;
    IF new.stage = 'filed' AND NOT EXISTS (
            SELECT FROM screening_filing f WHERE f.case_id = new.id AND f.submitted_at IS NOT NULL
            AND f.withdrawn_at IS NULL) THEN
        PERFORM screening_refuse('a case is filed once its notification is submitted');
    END IF;
    IF EXISTS (SELECT FROM screening_decision d WHERE d.case_id = new.id
               AND d.taken_at IS NULL AND d.returned_at IS NULL) THEN
        PERFORM screening_refuse('a proposed decision is taken or sent back before a case goes on');
    END IF;
    IF new.stage = 'decided' AND NOT EXISTS (
            SELECT FROM screening_decision d WHERE d.case_id = new.id
            AND d.taken_at = new.moved_at AND d.taken_by = new.moved_by) THEN
        PERFORM screening_refuse('a case is decided by the second person who takes the decision');
    END IF;
    RETURN new;
END $$;

-- Each stage that was entered; in the owner's right, so that nobody adds or leaves out one.
CREATE OR REPLACE FUNCTION screening_note_step() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF tg_op = 'INSERT' OR new.stage <> old.stage THEN
        INSERT INTO screening_casestep (case_id, stage, reason, at, by)
        VALUES (new.id, new.stage, new.reason, new.moved_at, new.moved_by);
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION screening_note_step() FROM PUBLIC;

CREATE OR REPLACE FUNCTION screening_filing_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    ending text[] := ARRAY['withdrawn_at', 'withdrawn_by', 'withdrawn_why'];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF num_nonnulls(new.submitted_at, new.submitted_by) > 0
            OR new.changed_by IS DISTINCT FROM identity_actor() THEN
            PERFORM screening_refuse('a notification begins as a draft, in one''s own name');
        END IF;
    ELSIF old.submitted_at IS NULL AND (new.changed_by IS DISTINCT FROM identity_actor()
            OR new.withdrawn_at IS NOT NULL AND new.withdrawn_by IS DISTINCT FROM identity_actor()
            OR new.submitted_at IS NOT NULL AND (new.submitted_by IS DISTINCT FROM identity_actor()
                OR new.received_on IS NULL OR new.withdrawn_at IS NOT NULL)) THEN
        PERFORM screening_refuse('a notification is changed and submitted in one''s own name');
    END IF;
    IF tg_op = 'UPDATE' AND old.submitted_at IS NULL AND new.submitted_at IS NOT NULL THEN
        PERFORM screening_dated(new.case_id, new.submitted_at);
    END IF;
    RETURN new;
END $$;

-- No decision without a factor that stands, with reasons and evidence; taken by a second person.
CREATE OR REPLACE FUNCTION screening_decision_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    taking text[] := ARRAY['taken_at', 'taken_by'];
    returning_ text[] := ARRAY['returned_at', 'returned_by', 'returned_why'];
    stage text;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    SELECT c.stage INTO stage FROM screening_case c WHERE c.id = new.case_id FOR UPDATE;
    IF stage IS NULL OR stage NOT IN ('screening', 'indepth') THEN
        PERFORM screening_refuse('a decision is proposed while a case is screened, and taken then');
    END IF;
    IF (tg_op = 'INSERT' OR new.taken_at IS NOT NULL) AND ( jsonb_typeof(new.factors) <> 'array' OR jsonb_array_length(new.factors) = 0
            OR EXISTS (SELECT FROM jsonb_array_elements_text(new.factors) AS f(id)
                       WHERE NOT EXISTS (
                           SELECT FROM screening_assessment a
                           WHERE a.id::text = f.id AND a.case_id = new.case_id
                             AND a.withdrawn_at IS NULL AND a.recorded_at <= new.recorded_at))) THEN
        PERFORM screening_refuse('a decision rests on factors of the case that stand');
    END IF;
    IF tg_op = 'INSERT' THEN
        IF num_nonnulls(new.taken_at, new.taken_by, new.returned_at, new.returned_by) > 0
            OR new.returned_why <> '' THEN
            PERFORM screening_refuse('a decision is proposed, and waits for a second person');
        END IF;
        -- What was proposed before unwindings named a day stays as it is: only a new one is asked.
        IF new.kind = 'unwind' AND (jsonb_typeof(new.conditions) = 'array'
                AND new.conditions ? 'The investment is unwound'
                AND new.unwind_by > new.day) IS NOT TRUE THEN
            PERFORM screening_refuse(
                'an unwinding has its own condition, and names a last day after that of the decision');
        ELSIF new.kind <> 'unwind' AND new.unwind_by IS NOT NULL THEN
            PERFORM screening_refuse('nothing but an unwinding names a last day');
        END IF;
        IF new.recorded_at < screening_last(new.case_id) THEN
            PERFORM screening_refuse('no decision is dated before what was recorded before it');
        END IF;
        RETURN new;
    END IF;
    IF num_nonnulls(old.taken_at, old.returned_at) > 0 THEN
        PERFORM screening_refuse('a decision is taken or sent back once');
    END IF;
    IF new.taken_at IS NOT NULL THEN
        IF (to_jsonb(new) - taking) IS DISTINCT FROM (to_jsonb(old) - taking)
            OR new.taken_at < old.recorded_at THEN
            PERFORM screening_refuse('a decision is taken as it was proposed');
        ELSIF new.taken_at < screening_last(new.case_id) THEN
            PERFORM screening_refuse('no decision is dated before what was recorded before it');
        END IF;
        PERFORM screening_now(new.taken_at);
        PERFORM screening_second(new.taken_by, new.holder, old.recorded_by);
    ELSIF (to_jsonb(new) - returning_) IS DISTINCT FROM (to_jsonb(old) - returning_)
            OR new.returned_at IS NULL OR new.returned_why = ''
            OR new.returned_at < old.recorded_at
            OR new.returned_by IS DISTINCT FROM identity_actor() THEN
        PERFORM screening_refuse('a decision is sent back with a reason, in one''s own name');
    ELSE
        PERFORM screening_now(new.returned_at);
    END IF;
    RETURN new;
END $$;

-- A partner is told by two people what was written down; nothing of it is changed afterwards.
CREATE OR REPLACE FUNCTION screening_notice_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    sending text[] := ARRAY['sent_at', 'sent_by'];
    ending text[] := ARRAY['withdrawn_at', 'withdrawn_by'];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF num_nonnulls(new.sent_at, new.sent_by, new.withdrawn_at, new.withdrawn_by) > 0
            OR new.recipient = new.holder THEN
            PERFORM screening_refuse('a notice is written down, and sent by a second person');
        END IF;
        RETURN new;
    END IF;
    IF old.withdrawn_at IS NOT NULL THEN
        PERFORM screening_refuse('a notice that was withdrawn is not changed');
    END IF;
    IF new.sent_at IS DISTINCT FROM old.sent_at OR new.sent_by IS DISTINCT FROM old.sent_by THEN
        IF old.sent_at IS NOT NULL OR new.sent_at IS NULL
            OR (to_jsonb(new) - sending) IS DISTINCT FROM (to_jsonb(old) - sending) THEN
            PERFORM screening_refuse('a notice is sent once, as it was written down');
        END IF;
        PERFORM screening_second(new.sent_by, new.holder, old.recorded_by);
        PERFORM screening_now(new.sent_at);
    ELSIF (to_jsonb(new) - ending) IS DISTINCT FROM (to_jsonb(old) - ending)
            OR new.withdrawn_at IS NULL OR new.withdrawn_by IS DISTINCT FROM identity_actor() THEN
        PERFORM screening_refuse('a notice is withdrawn in one''s own name, and not changed');
    ELSE
        PERFORM screening_now(new.withdrawn_at);
    END IF;
    RETURN new;
END $$;

-- A partner speaks on what it was sent; an authority writes down what arrived otherwise.
CREATE OR REPLACE FUNCTION screening_comment_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF new.notice_id IS NOT NULL
            AND screening_got(new.notice_id, screening_writes()) IS DISTINCT FROM new.holder THEN
        PERFORM screening_refuse('a partner speaks on a notice that was sent to it');
    END IF;
    IF new.case_id IS NOT NULL THEN
        IF NOT EXISTS (SELECT FROM screening_case c
                       WHERE c.id = new.case_id AND c.holder = new.holder) THEN
            PERFORM screening_refuse('a row of a case is held by the authority of the case');
        END IF;
        PERFORM screening_dated(new.case_id, new.recorded_at);
    ELSE
        PERFORM screening_now(new.recorded_at);
    END IF;
    RETURN new;
END $$;

-- A measure is a condition of a decision that was taken; one person asks that it be lifted, a second
-- lifts it or declines, which stays on record. Told in full, it takes the place of what taking the decision wrote (below).
CREATE OR REPLACE FUNCTION screening_mitigation_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    asked CONSTANT boolean := num_nonnulls(new.lifting_at, new.lifting_by) > 0
        OR new.lifting_why <> '';
    proposer uuid;
    term record;
    told jsonb;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        SELECT d.recorded_by INTO proposer FROM screening_decision d
        WHERE d.id = new.decision_id AND d.case_id = new.case_id AND d.taken_at IS NOT NULL
            AND d.conditions ? new.text;
        IF proposer IS NULL OR asked THEN
            PERFORM screening_refuse('a measure is a condition that a decision set');
        END IF;
        SELECT * INTO term FROM screening_term(new.decision_id, new.text);
        IF (new.starts_on, new.ends_on) IS DISTINCT FROM (term.first, term.last) THEN
            PERFORM screening_refuse('a measure binds on the days that the decision says');
        END IF;
        IF to_jsonb(new) -> 'declined' NOT IN ('[]', 'null') THEN
            PERFORM screening_refuse('what is declined was asked before');
        END IF;
    ELSIF to_jsonb(new) -> 'declined' IS DISTINCT FROM to_jsonb(old) -> 'declined' THEN
        told := to_jsonb(new) -> 'declined' -> -1;
        IF asked OR old.lifting_at IS NULL OR new.withdrawn_at IS NOT NULL
            OR (to_jsonb(new) -> 'declined') - -1 IS DISTINCT FROM to_jsonb(old) -> 'declined'
            OR told ->> 'asked_by' IS DISTINCT FROM old.lifting_by::text
            OR told ->> 'asked_why' IS DISTINCT FROM old.lifting_why
            OR (told ->> 'asked_at')::timestamptz IS DISTINCT FROM old.lifting_at
            OR coalesce(told ->> 'declined_why', '') = '' THEN
            PERFORM screening_refuse('what was asked and why it is declined stays on record');
        END IF;
        PERFORM screening_dated(new.case_id, (told ->> 'declined_at')::timestamptz);
        PERFORM screening_second((told ->> 'declined_by')::uuid, new.holder, old.lifting_by);
    ELSIF (new.lifting_at, new.lifting_by, new.lifting_why)
            IS DISTINCT FROM (old.lifting_at, old.lifting_by, old.lifting_why) THEN
        IF old.lifting_at IS NOT NULL OR new.withdrawn_at IS NOT NULL OR new.lifting_why = ''
            OR new.lifting_by IS DISTINCT FROM identity_actor() THEN
            PERFORM screening_refuse('that a measure be lifted is asked once, in one''s own name');
        END IF;
        PERFORM screening_dated(new.case_id, new.lifting_at);
    ELSIF new.withdrawn_at IS NOT NULL AND new.lifting_by IS NOT NULL THEN
        PERFORM screening_second(new.withdrawn_by, new.holder, new.lifting_by);
    END IF;
    RETURN new;
END $$;

-- Looked at as the transaction ends, when what takes its place is there.
CREATE OR REPLACE FUNCTION screening_mitigation_replaced() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND new.withdrawn_at IS NOT NULL
        AND new.lifting_by IS NULL AND (
            new.kind <> 'other'
            OR EXISTS (SELECT FROM screening_check k WHERE k.mitigation_id = new.id)
            OR NOT EXISTS (SELECT FROM screening_mitigation r
                           WHERE r.replaces_id = new.id AND r.text = new.text
                           AND r.decision_id = new.decision_id)) THEN
        PERFORM screening_refuse('a measure is lifted by a second person');
    END IF;
    RETURN NULL;
END $$;
