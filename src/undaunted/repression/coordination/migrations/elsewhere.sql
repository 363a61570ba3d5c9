-- Partners on other installations: invited by two people of the proposer, and moved by nothing but
-- what arrived of them in a package that one of the proposer's people accepted.
-- In newest form: a migration that changes something runs this file again.

-- Guests of which a package came before the moment and waits for somebody to accept it: it may hold.
CREATE OR REPLACE FUNCTION coordination_unheard(which uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT g.id FROM coordination_guest g JOIN coordination_proposal p ON p.id = g.proposal_id
    WHERE p.id = which AND coordination_sees(which) AND EXISTS (
        SELECT FROM sharing_arrivalitem i JOIN sharing_arrival a ON a.id = i.arrival_id
        JOIN sharing_partner r ON r.id = a.partner_id
        WHERE a.holder = g.holder AND r.signing_key = g.signing_key AND i.state = 'waiting'
          AND i.kind = 'coordination.answer' AND (a.received_at <= p.moment OR p.moment IS NULL))
$$;

-- Whether the embargo has lifted, as rules.announcing.announced reckons it; guests are parties.
CREATE OR REPLACE FUNCTION coordination_lifted(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coordination_sees(which) AND EXISTS (
        SELECT FROM coordination_proposal p WHERE p.id = which
        AND p.moment <= statement_timestamp()
        AND 2 <= (SELECT count(*) FROM coordination_party m
                  WHERE m.proposal_id = p.id AND m.answer = 'accepted')
               + (SELECT count(*) FROM coordination_guest g
                  WHERE g.proposal_id = p.id AND g.answer = 'accepted')
        AND NOT EXISTS (SELECT FROM coordination_party m WHERE m.proposal_id = p.id
                        AND m.answer = 'accepted' AND (m.held_at IS NOT NULL OR m.gone_at IS NULL
                             OR m.go_for IS DISTINCT FROM p.moment))
        AND NOT EXISTS (SELECT FROM coordination_guest g WHERE g.proposal_id = p.id
                        AND g.answer = 'accepted' AND (g.held_at IS NOT NULL
                             OR g.go_for IS DISTINCT FROM p.moment
                             OR g.id IN (SELECT coordination_unheard(p.id)))))
$$;

-- An item of a package of exactly that signer, which whoever acts has accepted for the holder.
CREATE OR REPLACE FUNCTION coordination_arrived(which uuid, whose text, organisation uuid)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT organisation = ANY (coordination_writes()) AND EXISTS (
        SELECT FROM sharing_arrivalitem i JOIN sharing_arrival a ON a.id = i.arrival_id
        JOIN sharing_partner r ON r.id = a.partner_id
        WHERE i.id = which AND i.kind = 'coordination.answer' AND i.state = 'accepted'
          AND i.decided_by = identity_actor() AND a.holder = organisation
          AND r.holder = organisation AND r.signing_key = whose AND r.verified_by IS NOT NULL)
$$;

CREATE OR REPLACE FUNCTION coordination_guest_begins(new coordination_guest,
                                                     held coordination_proposal) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.holder <> held.holder OR new.answer <> 'invited' OR new.prepared <> '{}'::jsonb
        OR num_nonnulls(new.invited_at, new.invited_by, new.go_for, new.held_at, new.said_at,
                        new.taken_at, new.taken_by, new.item) > 0 THEN
        PERFORM coordination_refuse('two people invite, and a guest answers by its own packages');
    END IF;
    IF NOT EXISTS (SELECT FROM sharing_partner r WHERE r.id = new.partner
            AND r.holder = new.holder AND r.verified_by IS NOT NULL AND r.ended_at IS NULL
            AND (r.name, r.audience, r.signing_key, r.recipient, r.fingerprint)
              = (new.name, new.audience, new.signing_key, new.recipient, new.fingerprint)
            AND lower(r.audience) <> 'government:' || lower(held.state)) THEN
        PERFORM coordination_refuse(
            'a guest is a verified partner, and never officials of the state concerned');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION coordination_guest_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    inviting text[] := ARRAY['invited_at', 'invited_by'];
    told text[] := ARRAY['answer', 'go_for', 'held_at', 'prepared', 'said_at', 'taken_at',
                         'taken_by', 'item'];
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
        RETURN new;
    END IF;
    IF (to_jsonb(new) - inviting - told) IS DISTINCT FROM (to_jsonb(old) - inviting - told) THEN
        PERFORM coordination_refuse('who was invited stays who it is');
    END IF;
    IF (new.invited_at, new.invited_by) IS DISTINCT FROM (old.invited_at, old.invited_by) THEN
        IF old.invited_at IS NOT NULL OR held.sent_at IS NULL
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
    IF held.stage NOT IN ('draft', 'sent') OR old.invited_at IS NULL
        OR new.item IS NOT DISTINCT FROM old.item OR new.said_at < old.said_at
        OR NOT coordination_arrived(new.item, new.signing_key, new.holder) THEN
        PERFORM coordination_refuse('a guest answers by its own packages, each once');
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

-- What a guest says is written down by the proposer, in the step in which its package was accepted;
-- it is given up once, and then holds nothing.
CREATE OR REPLACE FUNCTION coordination_remark_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE giving text[] := ARRAY['envelope', 'given_up_at'];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.given_up_at IS NOT NULL OR new.guest_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM coordination_guest g WHERE g.id = new.guest_id
            AND g.proposal_id = new.proposal_id AND g.holder = new.holder
            AND g.taken_by = identity_actor() AND g.taken_at = new.recorded_at
            AND coordination_arrived(g.item, g.signing_key, g.holder)) THEN
            PERFORM coordination_refuse('a guest speaks by its own packages');
        END IF;
        RETURN new;
    END IF;
    IF old.guest_id IS NULL OR old.given_up_at IS NOT NULL OR new.given_up_at IS NULL
        OR new.envelope <> ''::bytea
        OR (to_jsonb(new) - giving) IS DISTINCT FROM (to_jsonb(old) - giving) THEN
        PERFORM coordination_refuse('what was said stays; what a guest said is given up whole');
    END IF;
    RETURN new;
END $$;

-- What came from elsewhere stays as it came, until it is given up whole.
CREATE OR REPLACE FUNCTION coordination_invitation_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE giving text[] := ARRAY['content', 'given_up_at'];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.given_up_at IS NOT NULL OR EXISTS (
            SELECT FROM accounts_organisation o WHERE o.id = new.holder AND o.government
            AND upper(o.country) = new.state) THEN
            PERFORM coordination_refuse('officials of the state concerned take no such proposal in');
        END IF;
        RETURN new;
    END IF;
    IF old.given_up_at IS NOT NULL OR new.given_up_at IS NULL OR new.content <> ''::bytea
        OR (to_jsonb(new) - giving) IS DISTINCT FROM (to_jsonb(old) - giving) THEN
        PERFORM coordination_refuse('what came stays as it came, until it is given up whole');
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION coordination_sending_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF NOT EXISTS (SELECT FROM coordination_invitation i WHERE i.id = new.invitation_id
                   AND i.holder = new.holder AND i.given_up_at IS NULL) THEN
        PERFORM coordination_refuse('a step is told about what one holds');
    END IF;
    RETURN new;
END $$;

REVOKE ALL ON FUNCTION coordination_unheard(uuid), coordination_arrived(uuid, text, uuid),
    coordination_guest_begins(coordination_guest, coordination_proposal),
    coordination_guest_gate(), coordination_remark_gate(), coordination_invitation_gate(),
    coordination_sending_gate() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coordination_unheard(uuid), coordination_arrived(uuid, text, uuid),
    coordination_guest_begins(coordination_guest, coordination_proposal) TO undaunted_desk;
