-- What two people do, and in which order steps follow: held by the database against whoever has SQL.

CREATE OR REPLACE FUNCTION coordination_refuse(why text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = '42501';
END $$;

-- Recorded in one's own name; who recorded it, for whom and when is not changed.
CREATE OR REPLACE FUNCTION coordination_hands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' AND new.recorded_by IS DISTINCT FROM identity_actor() THEN
        PERFORM coordination_refuse('it is recorded in one''s own name');
    ELSIF tg_op = 'UPDATE' AND (new.id, new.holder, new.recorded_at, new.recorded_by)
            IS DISTINCT FROM (old.id, old.holder, old.recorded_at, old.recorded_by) THEN
        PERFORM coordination_refuse('what was recorded for an organisation stays with it');
    END IF;
    RETURN new;
END $$;

-- A publisher of that organisation, not the one who took the first step, in their own name.
CREATE OR REPLACE FUNCTION coordination_second(who uuid, organisation uuid, first uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF who IS DISTINCT FROM identity_actor() OR who IS NOT DISTINCT FROM first
        OR organisation <> ALL (identity_organisations('{publisher}')) THEN
        PERFORM coordination_refuse('a second person with the role confirms it, in their own name');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION coordination_own_name(who uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF who IS DISTINCT FROM identity_actor() THEN
        PERFORM coordination_refuse('a step is taken in one''s own name');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION coordination_seat_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE confirming text[] := ARRAY['confirmed_at', 'confirmed_by'];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF num_nonnulls(new.confirmed_at, new.confirmed_by) > 0 THEN
            PERFORM coordination_refuse('a second person confirms a seat');
        END IF;
        RETURN new;
    END IF;
    IF old.confirmed_at IS NOT NULL
        OR (to_jsonb(new) - confirming) IS DISTINCT FROM (to_jsonb(old) - confirming) THEN
        PERFORM coordination_refuse('a seat is confirmed once, as it is');
    END IF;
    PERFORM coordination_second(new.confirmed_by, new.holder, new.recorded_by);
    RETURN new;
END $$;

-- A moment lies at most 24 months ahead. The first is named by one person; another is proposed by one,
-- takes effect when a second of the same organisation confirms it, and is counted.

CREATE OR REPLACE FUNCTION coordination_moment(old coordination_proposal, new coordination_proposal)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asked timestamptz;
BEGIN
    IF (new.moment, new.moment_next, new.moment_by, new.moves)
            IS NOT DISTINCT FROM (old.moment, old.moment_next, old.moment_by, old.moves) THEN
        RETURN;
    END IF;
    asked := coalesce(new.moment_next, new.moment);
    IF new.stage <> 'sent' OR asked IS NULL OR asked <= statement_timestamp()
            OR asked > statement_timestamp() + interval '24 months'
            OR coordination_lifted(new.id) THEN
        PERFORM coordination_refuse(
            'a moment is to come within 24 months, and what was announced stays so');
    END IF;
    IF new.moment IS NOT DISTINCT FROM old.moment THEN
        IF old.moment IS NULL OR new.moves <> old.moves OR new.moment_next IS NULL THEN
            PERFORM coordination_refuse('a moment is moved once there is one');
        END IF;
        PERFORM coordination_own_name(new.moment_by);
    ELSIF num_nonnulls(new.moment_next, new.moment_by) > 0 THEN
        PERFORM coordination_refuse('nothing is proposed beside the moment that is taken');
    ELSIF old.moment IS NULL THEN
        IF new.moves <> 0 THEN
            PERFORM coordination_refuse('the first moment is no move');
        END IF;
    ELSE
        IF new.moment IS DISTINCT FROM old.moment_next OR new.moves <> old.moves + 1 THEN
            PERFORM coordination_refuse('a moment is moved as one person proposed');
        END IF;
        PERFORM coordination_second(identity_actor(), new.holder, old.moment_by);
    END IF;
END $$;

CREATE OR REPLACE FUNCTION coordination_proposal_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    changing text[] := ARRAY['stage', 'envelope', 'sent_at', 'sent_by', 'moment', 'moment_next',
                             'moment_by', 'moves', 'ending_by', 'closed_at', 'closed_by'];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.stage <> 'draft' OR num_nonnulls(new.sent_at, new.sent_by, new.moment, new.moment_next,
                                                new.moment_by, new.ending_by, new.closed_at,
                                                new.closed_by) > 0 OR new.moves <> 0 THEN
            PERFORM coordination_refuse('a proposal begins as a draft; a second person sends it');
        END IF;
        RETURN new;
    END IF;
    IF (to_jsonb(new) - changing) IS DISTINCT FROM (to_jsonb(old) - changing) THEN
        PERFORM coordination_refuse('marking and state of a proposal stay as its parties read them');
    END IF;
    IF old.stage IN ('withdrawn', 'ended') THEN
        PERFORM coordination_refuse('a proposal that is closed stays closed');
    END IF;
    IF (new.sent_at, new.sent_by) IS DISTINCT FROM (old.sent_at, old.sent_by) THEN
        IF old.sent_at IS NOT NULL OR new.stage <> 'sent' THEN
            PERFORM coordination_refuse('a proposal is sent once');
        END IF;
        PERFORM coordination_second(new.sent_by, new.holder, new.recorded_by);
    ELSIF new.stage IS DISTINCT FROM old.stage AND new.stage NOT IN ('withdrawn', 'ended') THEN
        PERFORM coordination_refuse('a proposal goes from draft to sent, and is closed');
    END IF;
    PERFORM coordination_moment(old, new);
    IF new.ending_by IS DISTINCT FROM old.ending_by THEN
        PERFORM coordination_own_name(new.ending_by);
    END IF;
    IF new.stage = 'withdrawn' THEN
        PERFORM coordination_own_name(new.closed_by);
        new.envelope := NULL;
    ELSIF new.stage = 'ended' THEN
        PERFORM coordination_second(new.closed_by, new.holder, old.ending_by);
    ELSIF new.envelope IS NULL OR num_nonnulls(new.closed_at, new.closed_by) > 0 THEN
        PERFORM coordination_refuse('what an open proposal says is sealed in it');
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION coordination_party_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    inviting text[] := ARRAY['invited_at', 'invited_by'];
    own text[] := ARRAY['answer', 'answered_at', 'answered_by', 'go_for', 'go_by', 'gone_at',
                        'gone_by', 'held_at', 'held_by'];
    held coordination_proposal;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    PERFORM coordination_turn(new.proposal_id);
    SELECT * INTO held FROM coordination_proposal p WHERE p.id = new.proposal_id;
    IF held.id IS NULL OR held.stage NOT IN ('draft', 'sent') THEN
        PERFORM coordination_refuse('there is no such proposal open');
    END IF;
    IF tg_op = 'INSERT' THEN
        IF num_nonnulls(new.answered_at, new.answered_by, new.go_for, new.go_by, new.gone_at,
                        new.gone_by, new.held_at, new.held_by) > 0 THEN
            PERFORM coordination_refuse('a party answers by its own people');
        END IF;
        IF coordination_barred(held.id, new.holder) THEN
            PERFORM coordination_refuse('officials of the state concerned are not invited');
        END IF;
        IF new.holder = held.holder THEN
            IF new.answer <> 'accepted' OR new.invited_at IS NULL THEN
                PERFORM coordination_refuse('the proposer is a party from the start');
            END IF;
        ELSIF new.answer <> 'invited' OR num_nonnulls(new.invited_at, new.invited_by) > 0 THEN
            PERFORM coordination_refuse('two people of the proposer invite');
        END IF;
        RETURN new;
    END IF;
    IF (to_jsonb(new) - own - inviting) IS DISTINCT FROM (to_jsonb(old) - own - inviting) THEN
        PERFORM coordination_refuse('who was invited stays who it is');
    END IF;
    IF (new.invited_at, new.invited_by) IS DISTINCT FROM (old.invited_at, old.invited_by) THEN
        IF old.invited_at IS NOT NULL OR held.sent_at IS NULL
            OR (to_jsonb(new) - inviting) IS DISTINCT FROM (to_jsonb(old) - inviting)
            OR coordination_barred(held.id, new.holder) THEN
            PERFORM coordination_refuse('an invitation is confirmed once, to who may be invited');
        END IF;
        PERFORM coordination_second(new.invited_by, held.holder, new.recorded_by);
        RETURN new;
    END IF;
    IF new.holder <> ALL (coordination_writes()) OR held.sent_at IS NULL THEN
        PERFORM coordination_refuse('a party answers by its own people');
    END IF;
    IF coordination_lifted(held.id) THEN
        PERFORM coordination_refuse('what was announced stays so');
    END IF;
    IF new.answer IS DISTINCT FROM old.answer THEN
        IF (old.answer, new.answer) NOT IN (('invited', 'accepted'), ('invited', 'declined'),
                                            ('accepted', 'left')) THEN
            PERFORM coordination_refuse('an answer follows the one before');
        END IF;
        PERFORM coordination_own_name(new.answered_by);
    ELSIF new.answer <> 'accepted' THEN
        PERFORM coordination_refuse('only who accepted prepares an announcement');
    END IF;
    -- A hold takes back its organisation's go: whoever confirms one after it confirms one said after it.
    IF new.held_at IS NOT NULL AND (new.held_at, new.held_by) IS DISTINCT FROM (old.held_at, old.held_by) THEN
        IF num_nonnulls(new.go_for, new.go_by, new.gone_at, new.gone_by) > 0 THEN
            PERFORM coordination_refuse('a hold takes back the go of its organisation');
        END IF;
        PERFORM coordination_own_name(new.held_by);
        RETURN new;
    END IF;
    IF (new.go_for, new.go_by) IS DISTINCT FROM (old.go_for, old.go_by) THEN
        IF new.gone_at IS NOT NULL OR new.gone_by IS NOT NULL
            OR new.go_for IS DISTINCT FROM held.moment THEN
            PERFORM coordination_refuse('go is said for the moment that is proposed, by two people');
        END IF;
        PERFORM coordination_own_name(new.go_by);
    ELSIF (new.gone_at, new.gone_by) IS DISTINCT FROM (old.gone_at, old.gone_by)
            AND new.gone_at IS NOT NULL THEN
        IF new.go_for IS DISTINCT FROM held.moment OR held.moment <= statement_timestamp() THEN
            PERFORM coordination_refuse('go is confirmed for the moment that is proposed, before it');
        END IF;
        PERFORM coordination_second(new.gone_by, new.holder, new.go_by);
    END IF;
    IF (new.held_at, new.held_by) IS DISTINCT FROM (old.held_at, old.held_by)
        AND (new.gone_at IS NOT DISTINCT FROM old.gone_at OR new.gone_at IS NULL) THEN
        PERFORM coordination_refuse('a hold is lifted by two people who say go');
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION coordination_prepared_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF NOT EXISTS (SELECT FROM coordination_party m
                   WHERE m.id = new.party_id AND m.holder = new.holder)
        OR tg_op = 'UPDATE' AND (new.party_id, new.kind) IS DISTINCT FROM (old.party_id, old.kind)
        THEN PERFORM coordination_refuse('a party prepares its own steps alone');
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION coordination_court_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE changing text[] := ARRAY['approved_at', 'approved_by', 'withdrawn_at'];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF num_nonnulls(new.approved_at, new.approved_by, new.withdrawn_at) > 0 THEN
            PERFORM coordination_refuse('a second person publishes a court case');
        END IF;
        RETURN new;
    END IF;
    IF (to_jsonb(new) - changing) IS DISTINCT FROM (to_jsonb(old) - changing)
        OR old.withdrawn_at IS NOT NULL THEN
        PERFORM coordination_refuse('what was entered stays as it is; enter it anew');
    END IF;
    IF (new.approved_at, new.approved_by) IS DISTINCT FROM (old.approved_at, old.approved_by) THEN
        IF old.approved_at IS NOT NULL THEN
            PERFORM coordination_refuse('a court case is published once');
        END IF;
        PERFORM coordination_second(new.approved_by, new.holder, new.recorded_by);
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION coordination_petition_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE changing text[] := ARRAY['reply', 'replied_by', 'closed_on', 'closed_by'];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.reply <> '' OR num_nonnulls(new.replied_by, new.closed_on, new.closed_by) > 0 THEN
            PERFORM coordination_refuse('a petition is answered by two people');
        END IF;
        RETURN new;
    END IF;
    IF old.closed_on IS NOT NULL
        OR (to_jsonb(new) - changing) IS DISTINCT FROM (to_jsonb(old) - changing) THEN
        PERFORM coordination_refuse('a petition stays as it came, and an answer as it was let out');
    END IF;
    IF (new.reply, new.replied_by) IS DISTINCT FROM (old.reply, old.replied_by) THEN
        IF num_nonnulls(new.closed_on, new.closed_by) > 0 THEN
            PERFORM coordination_refuse('an answer is let out as it was drawn up');
        END IF;
        PERFORM coordination_own_name(new.replied_by);
    ELSIF (new.closed_on, new.closed_by) IS DISTINCT FROM (old.closed_on, old.closed_by) THEN
        PERFORM coordination_second(new.closed_by, new.holder, old.replied_by);
    END IF;
    RETURN new;
END $$;

REVOKE ALL ON FUNCTION coordination_refuse(text), coordination_hands(),
    coordination_second(uuid, uuid, uuid), coordination_own_name(uuid), coordination_seat_gate(),
    coordination_proposal_gate(), coordination_party_gate(), coordination_prepared_gate(),
    coordination_court_gate(), coordination_petition_gate() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coordination_refuse(text), coordination_second(uuid, uuid, uuid),
    coordination_own_name(uuid) TO undaunted_desk;

REVOKE ALL ON FUNCTION coordination_moment(coordination_proposal, coordination_proposal) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coordination_moment(coordination_proposal, coordination_proposal)
    TO undaunted_desk;
