-- The part of a guest is ended by two people of the proposer, and a package of it that one person refused
-- keeps the embargo until another sets it aside. What had lifted or was missed by then stays so. Whose part
-- is over may be invited anew, by two people; nothing that came before counts for the later part.
-- In newest form: a migration that changes something runs this file again.

-- Guests of which a package came before the moment and waits for somebody to accept it, or was refused or
-- ran out unread and was not set aside before the moment: it may hold.
CREATE OR REPLACE FUNCTION coordination_unheard(which uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT g.id FROM coordination_guest g JOIN coordination_proposal p ON p.id = g.proposal_id
    WHERE p.id = which AND coordination_sees(which) AND g.ended_at IS NULL AND EXISTS (
        SELECT FROM sharing_arrivalitem i JOIN sharing_arrival a ON a.id = i.arrival_id
        JOIN sharing_partner r ON r.id = a.partner_id
        WHERE a.holder = g.holder AND r.signing_key = g.signing_key
          AND i.kind = 'coordination.answer' AND (a.received_at <= p.moment OR p.moment IS NULL)
          AND (i.state = 'waiting' OR a.received_at >= g.invited_at
               AND (i.state = 'rejected' OR i.state = 'ended' AND i.decided_by IS NULL)
               AND NOT EXISTS (SELECT FROM coordination_setaside s WHERE s.item = i.id
                               AND (s.recorded_at <= p.moment OR p.moment IS NULL))))
$$;

-- To the proposer: which packages of guests were refused or ran out unread, and by whose hand.
CREATE OR REPLACE FUNCTION coordination_refused(which uuid)
RETURNS TABLE (guest uuid, item uuid, hand uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT g.id, i.id, coalesce(i.decided_by, a.received_by)
    FROM coordination_guest g JOIN coordination_proposal p ON p.id = g.proposal_id
    JOIN sharing_arrival a ON a.holder = g.holder
    JOIN sharing_partner r ON r.id = a.partner_id AND r.signing_key = g.signing_key
    JOIN sharing_arrivalitem i ON i.arrival_id = a.id
    WHERE p.id = which AND coordination_proposes(which) AND g.ended_at IS NULL
      AND i.kind = 'coordination.answer' AND a.received_at >= g.invited_at
      AND (i.state = 'rejected' OR i.state = 'ended' AND i.decided_by IS NULL)
      AND NOT EXISTS (SELECT FROM coordination_setaside s WHERE s.item = i.id)
      AND NOT EXISTS (SELECT FROM coordination_guest l WHERE l.proposal_id = g.proposal_id
                      AND l.signing_key = g.signing_key AND l.invited_at > g.invited_at)
    ORDER BY a.received_at, i.id
$$;

-- Whether an item came after a part began: what came before belongs to an earlier part of the same key.
CREATE OR REPLACE FUNCTION coordination_came_since(which uuid, since timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM sharing_arrivalitem i JOIN sharing_arrival a ON a.id = i.arrival_id
                   WHERE i.id = which AND a.received_at >= since
                   AND a.holder = ANY (coordination_writes()))
$$;

CREATE OR REPLACE FUNCTION coordination_lifted(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coordination_sees(which) AND EXISTS (
        SELECT FROM coordination_proposal p WHERE p.id = which
        AND p.moment <= statement_timestamp()
        AND 2 <= (SELECT count(*) FROM coordination_party m
                  WHERE m.proposal_id = p.id AND m.answer = 'accepted')
               + (SELECT count(*) FROM coordination_guest g
                  WHERE g.proposal_id = p.id AND g.answer = 'accepted' AND g.ended_at IS NULL)
        AND NOT EXISTS (SELECT FROM coordination_party m WHERE m.proposal_id = p.id
                        AND m.answer = 'accepted' AND (m.held_at IS NOT NULL OR m.gone_at IS NULL
                             OR m.go_for IS DISTINCT FROM p.moment))
        AND NOT EXISTS (SELECT FROM coordination_guest g WHERE g.proposal_id = p.id
                        AND g.answer = 'accepted' AND g.ended_at IS NULL AND (g.held_at IS NOT NULL
                             OR g.go_for IS DISTINCT FROM p.moment
                             OR g.id IN (SELECT coordination_unheard(p.id)))))
$$;

CREATE OR REPLACE FUNCTION coordination_guest_parts(new coordination_guest, old coordination_guest,
                                                    held coordination_proposal) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF old.ended_at IS NOT NULL OR held.stage <> 'sent' OR old.answer NOT IN ('invited', 'accepted')
    THEN
        PERFORM coordination_refuse('the part of a guest is ended once, while it has one');
    END IF;
    IF new.ended_at IS NULL THEN
        -- Whoever proposed it takes it back, or a second person; nobody proposes in the place of another.
        IF new.ending_by IS NULL AND old.ending_by IS DISTINCT FROM identity_actor() THEN
            PERFORM coordination_second(identity_actor(), held.holder, old.ending_by);
        ELSE
            PERFORM coordination_own_name(coalesce(old.ending_by, new.ending_by));
        END IF;
        IF old.ending_by IS NOT NULL AND new.ending_by IS NOT NULL THEN
            PERFORM coordination_refuse('a colleague proposed to end the part already');
        END IF;
        IF new.ended_by IS NOT NULL THEN
            PERFORM coordination_refuse('two people end the part of a guest');
        END IF;
        RETURN;
    END IF;
    IF old.ending_by IS NULL OR new.ending_by IS DISTINCT FROM old.ending_by
        OR held.moment <= statement_timestamp() THEN
        PERFORM coordination_refuse(
            'the part of a guest is ended as one person proposed, before the moment');
    END IF;
    PERFORM coordination_second(new.ended_by, held.holder, old.ending_by);
END $$;

CREATE OR REPLACE FUNCTION coordination_guest_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    inviting text[] := ARRAY['invited_at', 'invited_by'];
    told text[] := ARRAY['answer', 'go_for', 'held_at', 'prepared', 'said_at', 'taken_at',
                         'taken_by', 'item'];
    parting text[] := ARRAY['ending_by', 'ended_at', 'ended_by'];
    held coordination_proposal;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    PERFORM coordination_turn(new.proposal_id);
    SELECT * INTO held FROM coordination_proposal p WHERE p.id = new.proposal_id;
    IF held.id IS NULL THEN
        PERFORM coordination_refuse('there is no such proposal open');
    END IF;
    IF tg_op = 'INSERT' THEN
        IF held.stage NOT IN ('draft', 'sent') THEN
            PERFORM coordination_refuse('there is no such proposal open');
        END IF;
        PERFORM coordination_guest_begins(new, held);
        IF num_nonnulls(new.ending_by, new.ended_at, new.ended_by) > 0 THEN
            PERFORM coordination_refuse('two people end the part of a guest, after it began');
        END IF;
        RETURN new;
    END IF;
    IF (to_jsonb(new) - inviting - told - parting)
            IS DISTINCT FROM (to_jsonb(old) - inviting - told - parting) THEN
        PERFORM coordination_refuse('who was invited stays who it is');
    END IF;
    IF (new.ending_by, new.ended_at, new.ended_by)
            IS DISTINCT FROM (old.ending_by, old.ended_at, old.ended_by) THEN
        IF (to_jsonb(new) - parting) IS DISTINCT FROM (to_jsonb(old) - parting) THEN
            PERFORM coordination_refuse('the part of a guest is ended as it stands');
        END IF;
        PERFORM coordination_guest_parts(new, old, held);
        RETURN new;
    END IF;
    IF (new.invited_at, new.invited_by) IS DISTINCT FROM (old.invited_at, old.invited_by) THEN
        IF old.invited_at IS NOT NULL OR old.ended_at IS NOT NULL OR held.sent_at IS NULL
            OR held.stage NOT IN ('draft', 'sent')
            OR (to_jsonb(new) - inviting) IS DISTINCT FROM (to_jsonb(old) - inviting) THEN
            PERFORM coordination_refuse('an invitation is confirmed once');
        END IF;
        PERFORM coordination_second(new.invited_by, held.holder, new.recorded_by);
        RETURN new;
    END IF;
    -- What only stops an announcement is always taken, until it has lifted.
    IF NOT coordination_lifted(held.id) AND (to_jsonb(new) - ARRAY['go_for']) = (to_jsonb(old) - ARRAY['go_for'])
            AND new.go_for IS NULL THEN
        RETURN new;
    END IF;
    IF held.stage NOT IN ('draft', 'sent') OR old.invited_at IS NULL OR old.ended_at IS NOT NULL
        OR new.item IS NOT DISTINCT FROM old.item OR new.said_at < old.said_at
        OR NOT coordination_arrived(new.item, new.signing_key, new.holder) THEN
        PERFORM coordination_refuse('a guest answers by its own packages, each once');
    END IF;
    IF ((new.answer, new.go_for) IS DISTINCT FROM (old.answer, old.go_for)
            OR old.held_at IS NOT NULL AND new.held_at IS NULL)
        AND NOT coordination_came_since(new.item, new.invited_at) THEN
        PERFORM coordination_refuse('what came before a part began does not answer for it');
    END IF;
    PERFORM coordination_own_name(new.taken_by);
    IF (new.answer, new.go_for, new.held_at) IS DISTINCT FROM
            (old.answer, old.go_for, old.held_at) AND coordination_lifted(held.id) THEN
        PERFORM coordination_refuse('what was announced stays so');
    END IF;
    IF new.answer IS DISTINCT FROM old.answer AND (old.answer, new.answer) NOT IN (
            ('invited', 'accepted'), ('invited', 'declined'), ('accepted', 'left')) THEN
        PERFORM coordination_refuse('an answer follows the one before');
    END IF;
    -- Packages come in any order: a go older than what was heard since lifts no hold.
    IF (new.go_for IS DISTINCT FROM old.go_for AND new.go_for IS NOT NULL
            OR old.held_at IS NOT NULL AND new.held_at IS NULL AND new.answer = 'accepted')
        AND new.said_at <= old.said_at THEN
        PERFORM coordination_refuse('a go is not older than the last word');
    END IF;
    IF new.go_for IS DISTINCT FROM old.go_for AND new.go_for IS NOT NULL
        AND (new.answer <> 'accepted' OR new.go_for IS DISTINCT FROM held.moment
             OR held.moment <= statement_timestamp()) THEN
        PERFORM coordination_refuse('go is said for the moment that is proposed, before it');
    END IF;
    RETURN new;
END $$;

-- What one person refused, or let run out, another sets aside: a publisher, in their own name, by our clock.
CREATE OR REPLACE FUNCTION coordination_setaside_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE hand uuid;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    SELECT coalesce(i.decided_by, a.received_by) INTO hand
    FROM sharing_arrivalitem i JOIN sharing_arrival a ON a.id = i.arrival_id
    WHERE i.id = new.item AND a.holder = new.holder AND i.kind = 'coordination.answer'
      AND (i.state = 'rejected' OR i.state = 'ended' AND i.decided_by IS NULL);
    IF hand IS NULL THEN
        PERFORM coordination_refuse('what was refused or ran out unread is set aside');
    END IF;
    PERFORM coordination_second(new.recorded_by, new.holder, hand);
    new.recorded_at := statement_timestamp();
    RETURN new;
END $$;

REVOKE ALL ON FUNCTION coordination_unheard(uuid), coordination_refused(uuid),
    coordination_came_since(uuid, timestamptz),
    coordination_guest_parts(coordination_guest, coordination_guest, coordination_proposal),
    coordination_guest_gate(), coordination_setaside_gate() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coordination_unheard(uuid), coordination_refused(uuid),
    coordination_came_since(uuid, timestamptz),
    coordination_guest_parts(coordination_guest, coordination_guest, coordination_proposal)
    TO undaunted_desk;
