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

REVOKE ALL ON FUNCTION coordination_moment(coordination_proposal, coordination_proposal) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coordination_moment(coordination_proposal, coordination_proposal)
    TO undaunted_desk;
