-- What two people do, what stays as it was put to the vote, and in which order stages follow: held by
-- the database against whoever has SQL.

CREATE OR REPLACE FUNCTION response_refuse(why text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = '42501';
END $$;

-- Recorded in one's own name; who recorded it, for whom and when is not changed.
CREATE OR REPLACE FUNCTION response_hands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' AND new.recorded_by IS DISTINCT FROM identity_actor() THEN
        PERFORM response_refuse('it is recorded in one''s own name');
    ELSIF tg_op = 'UPDATE' AND (new.id, new.holder, new.recorded_at)
            IS DISTINCT FROM (old.id, old.holder, old.recorded_at) THEN
        PERFORM response_refuse('what was recorded for a government stays with it');
    ELSIF tg_op = 'UPDATE' AND tg_table_name NOT IN ('response_vote', 'response_memberstep')
            AND new.recorded_by IS DISTINCT FROM old.recorded_by THEN
        PERFORM response_refuse('who recorded it stays on record');
    END IF;
    RETURN new;
END $$;

-- A publisher of that government, not one of those who did it, in their own name.
CREATE OR REPLACE FUNCTION response_second(who uuid, government uuid, first uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF who IS DISTINCT FROM identity_actor() OR who IS NOT DISTINCT FROM first
        OR government <> ALL (identity_organisations('{publisher}')) THEN
        PERFORM response_refuse('a second person with the role confirms it, in their own name');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION response_compact_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    ending text[] := ARRAY['approved_at', 'approved_by', 'withdrawn_at'];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF num_nonnulls(new.approved_at, new.approved_by, new.withdrawn_at) > 0 THEN
            PERFORM response_refuse('a second person publishes a compact');
        END IF;
        RETURN new;
    END IF;
    IF (to_jsonb(new) - ending) IS DISTINCT FROM (to_jsonb(old) - ending) THEN
        PERFORM response_refuse('members agreed to a compact as it is; begin another');
    END IF;
    IF old.withdrawn_at IS NOT NULL THEN
        PERFORM response_refuse('a compact that was withdrawn is not shown again; begin another');
    END IF;
    IF new.approved_by IS DISTINCT FROM old.approved_by
        OR new.approved_at IS DISTINCT FROM old.approved_at THEN
        IF NOT response_bound(new.holder, new.id) THEN
            PERFORM response_refuse('a compact is published by a chair that belongs to it');
        END IF;
        PERFORM response_second(new.approved_by, new.holder, new.recorded_by);
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION response_member_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    inviting text[] := ARRAY['invited_at', 'invited_by'];
    own text[] := ARRAY['accepted_at', 'accepted_by', 'left_at', 'gdp', 'exposure', 'public'];
    step text := CASE WHEN tg_op = 'INSERT' THEN '' WHEN new.left_at IS NOT NULL THEN 'leave'
                      ELSE 'accept' END;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    -- Who opens what a government keeps is its own affair at any time.
    IF tg_op = 'UPDATE' AND (to_jsonb(new) - 'team') = (to_jsonb(old) - 'team') THEN
        IF NOT EXISTS (SELECT FROM vault_team t WHERE t.id = new.team AND t.holder = new.holder) THEN
            PERFORM response_refuse('a government names a team of its own');
        END IF;
        RETURN new;
    END IF;
    -- Who was named and no longer wants to be is hidden at once, by one person.
    IF tg_op = 'UPDATE' AND NOT new.public
        AND (to_jsonb(new) - 'public') = (to_jsonb(old) - 'public') THEN
        RETURN new;
    END IF;
    PERFORM response_turn(new.compact_id);
    IF response_is_open(new.compact_id) THEN
        PERFORM response_refuse('members do not change while an invocation is open');
    END IF;
    IF tg_op = 'INSERT' THEN
        IF num_nonnulls(new.accepted_at, new.accepted_by, new.left_at, new.gdp, new.exposure,
                        new.invited_at, new.invited_by, new.team) > 0 OR new.public THEN
            PERFORM response_refuse('a government accepts by its own people');
        END IF;
        IF response_agreed(new.compact_id) THEN
            PERFORM response_refuse('members agreed to who belongs to it; begin another');
        END IF;
        RETURN new;
    END IF;
    IF (to_jsonb(new) - own - inviting) IS DISTINCT FROM (to_jsonb(old) - own - inviting) THEN
        PERFORM response_refuse('a member changes its own values alone');
    END IF;
    IF old.left_at IS NOT NULL THEN
        PERFORM response_refuse('who left is invited anew to another compact');
    END IF;
    IF (new.invited_at, new.invited_by) IS DISTINCT FROM (old.invited_at, old.invited_by) THEN
        IF old.invited_at IS NOT NULL OR response_agreed(new.compact_id)
            OR (to_jsonb(new) - inviting) IS DISTINCT FROM (to_jsonb(old) - inviting) THEN
            PERFORM response_refuse('an invitation is confirmed once, before others have accepted');
        END IF;
        PERFORM response_second(
            new.invited_by,
            (SELECT c.holder FROM response_compact c WHERE c.id = new.compact_id),
            new.recorded_by);
        RETURN new;
    END IF;
    IF new.holder <> ALL (response_writes()) OR NOT EXISTS (
            SELECT FROM response_memberstep s WHERE s.member_id = new.id AND s.kind = step
            AND s.confirmed_by = identity_actor() AND s.recorded_by <> identity_actor()
            AND (step = 'leave' AND (to_jsonb(new) - 'left_at') = (to_jsonb(old) - 'left_at')
                 OR step = 'accept' AND old.accepted_at IS NULL AND new.accepted_at IS NOT NULL
                    AND new.accepted_by = s.confirmed_by
                    AND (new.gdp, new.exposure, new.public)
                        IS NOT DISTINCT FROM (s.gdp, s.exposure, s.public)
                    AND (new.invited_at IS NOT NULL OR response_chairs(new.compact_id)))) THEN
        PERFORM response_refuse('two people of a government accept, and leave, with its values');
    END IF;
    IF step = 'leave' AND EXISTS (
            SELECT FROM response_pledge p WHERE p.member_id = new.id AND p.invocation_id IS NULL
            AND p.withdrawn_at IS NULL AND p.ended_at IS NULL) THEN
        PERFORM response_refuse('who leaves takes back first what it pledged beforehand');
    END IF;
    RETURN new;
END $$;

-- What one person proposes for the membership of their government, and a second confirms.
CREATE OR REPLACE FUNCTION response_memberstep_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    confirming text[] := ARRAY['confirmed_at', 'confirmed_by'];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF NOT EXISTS (SELECT FROM response_member m
                   WHERE m.id = new.member_id AND m.holder = new.holder) THEN
        PERFORM response_refuse('a government proposes for its own membership');
    END IF;
    IF tg_op = 'UPDATE' AND new.confirmed_at IS NOT NULL THEN
        IF old.confirmed_at IS NOT NULL
            OR (to_jsonb(new) - confirming) IS DISTINCT FROM (to_jsonb(old) - confirming) THEN
            PERFORM response_refuse('what was proposed is confirmed once, as it was proposed');
        END IF;
        PERFORM response_second(new.confirmed_by, new.holder, new.recorded_by);
        RETURN new;
    END IF;
    IF new.recorded_by IS DISTINCT FROM identity_actor()
        OR num_nonnulls(new.confirmed_at, new.confirmed_by) > 0 THEN
        PERFORM response_refuse('it is proposed in one''s own name, and waits for a second person');
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION response_episode_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF new.compact_id IS NOT NULL AND NOT response_bound(new.holder, new.compact_id) THEN
        PERFORM response_refuse('an episode is shown to a compact by one of its members');
    END IF;
    -- Who has no part in the answer follows from what everybody reads, and from nothing else.
    IF response_state_of(new.coercer) IS NULL
        OR new.coercer_state IS DISTINCT FROM response_state_of(new.coercer)
        OR new.content ->> 'coercer' IS DISTINCT FROM new.coercer
        OR new.content ->> 'target' IS DISTINCT FROM new.target THEN
        PERFORM response_refuse('an episode names one coercer, everywhere the same');
    END IF;
    IF tg_op = 'UPDATE' AND EXISTS (SELECT FROM response_invocation i WHERE i.episode_id = old.id) THEN
        PERFORM response_refuse('an episode that was invoked stays as it is');
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION response_invocation_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    moving text[] := ARRAY['stage', 'reason', 'moved_at', 'moved_by'];
    deciding text[] := ARRAY['adopted', 'decided_at', 'decided_by', 'decided_for', 'confirmed_at',
                             'confirmed_by'];
    opening text[] := ARRAY['opened_at', 'opened_by'];
    closing text[] := ARRAY['closing_at', 'closing_by', 'closing_for', 'closing_why'];
    chairing boolean := response_leads(new.compact_id, new.episode_id, new.holder);
    member boolean := response_takes_part(new.compact_id, new.episode_id);
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.stage <> 'invoked' OR new.moved_by IS DISTINCT FROM identity_actor()
            OR num_nonnulls(new.adopted, new.decided_at, new.decided_by, new.confirmed_at,
                            new.confirmed_by, new.opened_at, new.opened_by, new.closing_at,
                            new.closing_by, new.closing_for, new.decided_for) > 0
            OR NOT response_bound(new.holder, new.compact_id)
            OR response_barred(new.episode_id)
            OR NOT EXISTS (SELECT FROM response_episode e WHERE e.id = new.episode_id
                           AND e.compact_id = new.compact_id) THEN
            PERFORM response_refuse('a member invokes, for an episode that the compact may read');
        END IF;
        IF NOT EXISTS (
                SELECT FROM response_trial t WHERE t.holder = new.holder AND t.met
                AND t.compact_id = new.compact_id AND t.episode_id = new.episode_id
                AND t.pack = new.trigger ->> 'pack' AND t.outcome = new.trigger ->> 'outcome')
            OR EXISTS (
                SELECT FROM jsonb_each(new.trigger -> 'findings') f WHERE f.value ->> 'value' = 'met'
                AND jsonb_array_length(coalesce(f.value -> 'reasons', '[]')) = 0)
            OR new.moved_at < (SELECT e.recorded_at FROM response_episode e
                               WHERE e.id = new.episode_id) THEN
            PERFORM response_refuse('a member invokes on a test that was met, with its reasons');
        END IF;
        RETURN new;
    END IF;
    IF old.opened_at IS NULL THEN
        PERFORM response_turn(new.compact_id);
        IF (to_jsonb(new) - moving - opening) IS DISTINCT FROM (to_jsonb(old) - moving - opening)
            OR new.stage <> 'invoked' OR new.moved_by IS DISTINCT FROM identity_actor()
            OR new.opened_at IS NULL OR NOT response_bound(new.holder, new.compact_id)
            OR NOT response_bound((SELECT c.holder FROM response_compact c
                                   WHERE c.id = new.compact_id), new.compact_id) THEN
            PERFORM response_refuse('a second person opens an invocation, as it was recorded');
        END IF;
        PERFORM response_second(new.opened_by, new.holder, new.recorded_by);
        RETURN new;
    END IF;
    IF (to_jsonb(new) - moving - deciding - closing)
            IS DISTINCT FROM (to_jsonb(old) - moving - deciding - closing) THEN
        PERFORM response_refuse('what an invocation rests on is not changed');
    END IF;
    IF (new.closing_at, new.closing_by, new.closing_for, new.closing_why) IS DISTINCT FROM
            (old.closing_at, old.closing_by, old.closing_for, old.closing_why)
        AND new.closing_at IS NOT NULL AND (new.closing_by IS DISTINCT FROM identity_actor()
            OR new.stage <> old.stage OR new.closing_why = '' OR new.stage = 'deciding'
            OR NOT new.closing_for = ANY (response_writes()) OR NOT (chairing
                OR new.closing_for = new.holder AND new.stage <> 'monitoring'
                OR member AND response_stage_over(old.stage, old.moved_at, new.closing_at))) THEN
        PERFORM response_refuse('closing is proposed in one''s own name, with reasons');
    END IF;
    IF new.stage <> old.stage THEN
        IF NOT (old.stage || ' ' || new.stage) = ANY (ARRAY[
                'invoked consulting', 'consulting assessing', 'assessing pledging',
                'pledging deciding', 'deciding monitoring', 'deciding closed', 'monitoring closed',
                'invoked closed', 'consulting closed', 'assessing closed', 'pledging closed'])
            OR new.moved_by IS DISTINCT FROM identity_actor()
            OR (new.stage = 'closed' AND new.reason = '')
            OR NOT (chairing OR new.holder = ANY (response_writes()) AND (old.stage = 'invoked'
                    OR new.stage = 'closed' AND old.stage <> 'deciding'
                       AND old.stage <> 'monitoring')
                OR member AND response_stage_over(old.stage, old.moved_at, new.moved_at)) THEN
            PERFORM response_refuse('an invocation goes on stage by stage, moved by its chair');
        END IF;
        IF new.stage = 'closed' AND old.stage <> 'deciding' THEN
            IF old.closing_at IS NULL OR new.reason IS DISTINCT FROM old.closing_why THEN
                PERFORM response_refuse('one person proposes to close, with reasons, before another');
            END IF;
            PERFORM response_second(new.moved_by, old.closing_for, old.closing_by);
        END IF;
        IF new.moved_at < old.moved_at
            OR new.stage = 'pledging' AND NOT EXISTS (
                SELECT FROM response_statement s WHERE s.invocation_id = new.id
                AND s.stage = 'assessing' AND s.reach = 'members')
            OR new.stage = 'deciding' AND NOT EXISTS (
                SELECT FROM response_pledge p WHERE p.compact_id = new.compact_id
                AND (p.invocation_id = new.id OR p.invocation_id IS NULL AND p.ended_at IS NULL)
                AND p.reach <> 'own' AND p.approved_at IS NOT NULL AND p.withdrawn_at IS NULL) THEN
            PERFORM response_refuse('a stage follows the one before, once what it needs is there');
        END IF;
        IF old.stage = 'deciding' AND (new.confirmed_at IS NULL
                OR new.adopted IS DISTINCT FROM (new.stage = 'monitoring')) THEN
            PERFORM response_refuse('two people record first what the votes decided');
        END IF;
    END IF;
    IF new.stage = old.stage AND (new.reason, new.moved_at, new.moved_by)
            IS DISTINCT FROM (old.reason, old.moved_at, old.moved_by) THEN
        PERFORM response_refuse('what was said of a step stays as it was said');
    END IF;
    IF (new.adopted, new.decided_at, new.decided_by, new.decided_for)
            IS DISTINCT FROM (old.adopted, old.decided_at, old.decided_by, old.decided_for) THEN
        IF old.stage <> 'deciding' OR old.confirmed_at IS NOT NULL OR NOT (chairing OR member
                AND response_stage_over('deciding', old.moved_at,
                                        coalesce(new.decided_at, statement_timestamp()))) THEN
            PERFORM response_refuse('a decision is what the confirmed votes say');
        END IF;
        -- Nobody agreed to it yet: the votes are open again.
        IF num_nonnulls(new.adopted, new.decided_at, new.decided_by, new.decided_for) > 0
            AND (new.decided_by IS DISTINCT FROM identity_actor() OR new.decided_at IS NULL
                 OR new.decided_for IS NULL OR new.decided_for <> ALL (response_writes())
                 OR new.adopted IS DISTINCT FROM response_adopts(new.id)) THEN
            PERFORM response_refuse('a decision is what the confirmed votes say');
        END IF;
        IF new.decided_at IS NOT NULL AND NOT response_all_voted(new.id)
            AND NOT response_stage_over('deciding', old.moved_at, new.decided_at) THEN
            PERFORM response_refuse('the vote closes once all have voted, or its time is over');
        END IF;
    END IF;
    IF (new.confirmed_at, new.confirmed_by)
            IS DISTINCT FROM (old.confirmed_at, old.confirmed_by) THEN
        IF old.confirmed_at IS NOT NULL OR old.decided_at IS NULL OR old.stage <> 'deciding'
            OR new.adopted IS DISTINCT FROM response_adopts(new.id) THEN
            PERFORM response_refuse('a decision is confirmed once, as the votes stand');
        END IF;
        PERFORM response_second(new.confirmed_by, new.decided_for, new.decided_by);
    END IF;
    RETURN new;
END $$;

-- Each stage that was entered; in the owner's right, so that nobody adds or leaves out one.
CREATE OR REPLACE FUNCTION response_note_step() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF tg_op = 'INSERT' AND new.opened_at IS NOT NULL
        OR tg_op = 'UPDATE' AND (new.stage <> old.stage
            OR old.opened_at IS NULL AND new.opened_at IS NOT NULL) THEN
        INSERT INTO response_step (invocation_id, stage, reason, at, by)
        VALUES (new.id, new.stage, new.reason, new.moved_at, new.moved_by);
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION response_note_step() FROM PUBLIC;

CREATE OR REPLACE FUNCTION response_statement_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE held response_invocation;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    held := response_held(new.invocation_id);
    IF held.id IS NULL OR NOT response_bound(new.holder, held.compact_id)
        OR new.reach = 'public' OR new.stage IS DISTINCT FROM held.stage OR new.stage = 'closed' THEN
        PERFORM response_refuse('a member speaks in the stage that is open');
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION response_pledge_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    ending text[] := ARRAY['ended_at', 'ended_why'];
    gate text[] := ARRAY['approved_at', 'approved_by', 'changed_by', 'withdrawn_at'];
    said boolean;
    called response_invocation;
    stage text;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    called := response_held(new.invocation_id);
    stage := called.stage;
    IF NOT EXISTS (SELECT FROM response_member m WHERE m.id = new.member_id
                   AND m.holder = new.holder AND m.compact_id = new.compact_id)
        OR NOT response_bound(new.holder, new.compact_id)
        OR new.invocation_id IS NOT NULL AND called.compact_id IS DISTINCT FROM new.compact_id THEN
        PERFORM response_refuse('a member pledges for itself, in its own compact');
    END IF;
    IF stage IN ('deciding', 'monitoring', 'closed') AND (tg_op = 'INSERT'
            OR (to_jsonb(new) - ending) IS DISTINCT FROM (to_jsonb(old) - ending)) THEN
        PERFORM response_refuse('what was put to the vote stays as it is');
    END IF;
    IF tg_op = 'UPDATE' AND (new.ended_at, new.ended_why) IS DISTINCT FROM (old.ended_at, old.ended_why)
        AND coalesce(stage, '') NOT IN ('monitoring', 'closed') THEN
        PERFORM response_refuse('a measure ends once it is in force, so what is voted on stays as it is');
    END IF;
    IF tg_op = 'INSERT' THEN
        IF num_nonnulls(new.approved_at, new.approved_by, new.changed_by, new.withdrawn_at,
                        new.ended_at, new.beforehand_id) > 0
            OR new.reach = 'public' AND new.invocation_id IS NOT NULL THEN
            PERFORM response_refuse('a second person publishes a pledge made beforehand');
        END IF;
        RETURN new;
    END IF;
    IF (new.reach = 'own') <> (old.reach = 'own') THEN
        PERFORM response_refuse('what is kept is not shown by a change, nor kept after it was shown');
    END IF;
    IF (new.invocation_id, new.member_id, new.beforehand_id)
            IS DISTINCT FROM (old.invocation_id, old.member_id, old.beforehand_id)
        OR old.ended_at IS NOT NULL OR old.withdrawn_at IS NOT NULL THEN
        PERFORM response_refuse('a pledge that is over, or of elsewhere, is not changed');
    END IF;
    said := (to_jsonb(new) - ending - gate) IS DISTINCT FROM (to_jsonb(old) - ending - gate);
    IF said AND (num_nonnulls(new.approved_at, new.approved_by) > 0
                 OR new.changed_by IS DISTINCT FROM identity_actor())
        OR NOT said AND new.changed_by IS DISTINCT FROM old.changed_by
            AND new.changed_by IS DISTINCT FROM identity_actor() THEN
        PERFORM response_refuse('a change is made in one''s own name and takes approval away');
    END IF;
    IF (new.approved_at, new.approved_by) IS DISTINCT FROM (old.approved_at, old.approved_by)
        AND num_nonnulls(new.approved_at, new.approved_by) > 0 THEN
        IF new.changed_by IS DISTINCT FROM old.changed_by OR new.approved_at IS NULL
            OR new.changed_by IS NOT DISTINCT FROM new.approved_by OR new.reach = 'own' THEN
            PERFORM response_refuse('a second person publishes a pledge');
        END IF;
        PERFORM response_second(new.approved_by, new.holder, new.recorded_by);
    END IF;
    RETURN new;
END $$;

-- Rows about a pledge are its holder's, and each has its time.
CREATE OR REPLACE FUNCTION response_about_pledge_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    held response_pledge;
    called response_invocation;
    met text[] := ARRAY['met_at', 'met_by', 'shown_by'];
    stage text;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    SELECT * INTO held FROM response_pledge p WHERE p.id = new.pledge_id;
    called := response_held(held.invocation_id);
    stage := called.stage;
    IF tg_op = 'INSERT' AND held.holder IS DISTINCT FROM new.holder THEN
        PERFORM response_refuse('what is told of a pledge is told by its own government');
    END IF;
    IF tg_table_name <> 'response_note'
        AND (held.reach = 'own') <> (to_jsonb(new) ->> 'envelope' IS NOT NULL) THEN
        PERFORM response_refuse('what is told of a pledge that is kept is sealed as it is');
    END IF;
    IF tg_table_name = 'response_delivery' AND stage IS DISTINCT FROM 'monitoring' THEN
        PERFORM response_refuse('deliveries are recorded while the response is monitored');
    END IF;
    IF tg_table_name = 'response_delivery' AND held.reach <> 'own' AND held.approved_at IS NULL THEN
        PERFORM response_refuse('what one person pledged is no pledge of the government');
    END IF;
    IF tg_table_name = 'response_delivery' THEN
        IF (to_jsonb(new) ->> 'taken_back_at') IS NOT NULL
            OR (to_jsonb(new) ->> 'day')::date NOT BETWEEN
                (called.confirmed_at - interval '1 day')::date
                AND (least(statement_timestamp(), held.ended_at) + interval '1 day')::date THEN
            PERFORM response_refuse('a delivery has a day on which the measure was in force');
        END IF;
        IF (to_jsonb(new) ->> 'amount')::numeric > held.amount - (
                SELECT coalesce(sum(d.amount), 0) FROM response_delivery d
                WHERE d.pledge_id = held.id AND d.taken_back_at IS NULL) THEN
            PERFORM response_refuse('no more is delivered than was pledged');
        END IF;
    END IF;
    IF tg_table_name <> 'response_offramp' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF num_nonnulls(to_jsonb(new) ->> 'met_at', to_jsonb(new) ->> 'met_by') > 0
            OR stage IN ('deciding', 'monitoring', 'closed') THEN
            PERFORM response_refuse('conditions are set before the vote');
        END IF;
        IF held.approved_at IS NOT NULL THEN
            PERFORM response_refuse('what two people let out gets no condition of one of them');
        END IF;
        RETURN new;
    END IF;
    IF (to_jsonb(new) - met) IS DISTINCT FROM (to_jsonb(old) - met)
        OR to_jsonb(old) ->> 'met_at' IS NOT NULL
        OR to_jsonb(new) ->> 'met_by' IS DISTINCT FROM identity_actor()::text
        OR num_nonnulls(to_jsonb(new) ->> 'envelope', nullif(to_jsonb(new) ->> 'shown_by', '')) = 0
        OR stage IS DISTINCT FROM 'monitoring' THEN
        PERFORM response_refuse('the member that was named confirms a condition once');
    END IF;
    RETURN new;
END $$;

-- Taken back once, in one's own name, while the response is monitored.
CREATE OR REPLACE FUNCTION response_delivery_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    back text[] := ARRAY['taken_back_at', 'taken_back_by'];
    called response_invocation;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    called := response_held((SELECT p.invocation_id FROM response_pledge p WHERE p.id = new.pledge_id));
    IF (to_jsonb(new) - back) IS DISTINCT FROM (to_jsonb(old) - back)
        OR old.taken_back_at IS NOT NULL OR new.taken_back_at IS NULL
        OR new.taken_back_by IS DISTINCT FROM identity_actor()
        OR called.stage IS DISTINCT FROM 'monitoring' THEN
        PERFORM response_refuse('a delivery is taken back once, in one''s own name');
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION response_vote_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE held response_invocation;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    held := response_held(new.invocation_id);
    IF held.stage IS DISTINCT FROM 'deciding' OR held.decided_at IS NOT NULL
        OR NOT response_bound(new.holder, held.compact_id)
        OR NOT EXISTS (SELECT FROM response_member m WHERE m.id = new.member_id
                       AND m.holder = new.holder AND m.compact_id = held.compact_id) THEN
        PERFORM response_refuse('a member votes for itself while the decision is open');
    END IF;
    IF tg_op = 'INSERT' THEN
        IF num_nonnulls(new.confirmed_at, new.confirmed_by) > 0 THEN
            PERFORM response_refuse('a second person confirms a vote');
        END IF;
        RETURN new;
    END IF;
    IF old.confirmed_at IS NOT NULL THEN
        PERFORM response_refuse('a confirmed vote stands');
    END IF;
    IF (new.choice, new.recorded_by) IS DISTINCT FROM (old.choice, old.recorded_by) AND (
            new.recorded_by IS DISTINCT FROM identity_actor() OR new.confirmed_at IS NOT NULL) THEN
        PERFORM response_refuse('a vote is cast in one''s own name');
    END IF;
    IF new.confirmed_at IS NOT NULL THEN
        PERFORM response_second(new.confirmed_by, new.holder, new.recorded_by);
    END IF;
    RETURN new;
END $$;

REVOKE ALL ON FUNCTION response_refuse(text), response_second(uuid, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION response_refuse(text), response_second(uuid, uuid, uuid)
    TO undaunted_desk;
