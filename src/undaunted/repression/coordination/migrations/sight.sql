-- Who sees what of a proposal: its parties alone, and a draft its own organisation alone.
-- Officials work for one government at a time; identity_organisations gives that one alone.
-- In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION coordination_mine() RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT identity_organisations('{reader,documenter,reviewer,publisher,steward}')
$$;

CREATE OR REPLACE FUNCTION coordination_writes() RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT identity_organisations('{documenter,reviewer,publisher,steward}')
$$;

-- The proposer, and whom two people of the proposer invited and who has not declined or left.
-- A proposal that was withdrawn is read by the proposer alone.
CREATE OR REPLACE FUNCTION coordination_sees(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM coordination_proposal p
                   WHERE p.id = which AND (p.holder = ANY (coordination_mine())
                   OR p.sent_at IS NOT NULL AND p.stage <> 'withdrawn' AND EXISTS (
                       SELECT FROM coordination_party m WHERE m.proposal_id = p.id
                       AND m.invited_at IS NOT NULL AND m.answer IN ('invited', 'accepted')
                       AND m.holder = ANY (coordination_mine()))))
$$;

CREATE OR REPLACE FUNCTION coordination_proposes(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM coordination_proposal p
                   WHERE p.id = which AND p.holder = ANY (coordination_writes()))
$$;

CREATE OR REPLACE FUNCTION coordination_sees_party(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM coordination_party m WHERE m.id = which
                   AND (m.invited_at IS NOT NULL OR coordination_proposes(m.proposal_id))
                   AND coordination_sees(m.proposal_id))
$$;

-- Whoever writes for a party that has accepted, in its own row.
CREATE OR REPLACE FUNCTION coordination_is_party(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM coordination_party m JOIN coordination_proposal p
                   ON p.id = m.proposal_id WHERE m.id = which AND m.answer = 'accepted'
                   AND p.stage = 'sent' AND p.sent_at IS NOT NULL
                   AND m.holder = ANY (coordination_writes()))
$$;

-- Whether an organisation has a part in a proposal by now: it is invited and has not declined or left.
CREATE OR REPLACE FUNCTION coordination_takes_part(which uuid, who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coordination_sees(which) AND EXISTS (
        SELECT FROM coordination_party m JOIN coordination_proposal p ON p.id = m.proposal_id
        WHERE m.proposal_id = which AND m.holder = who AND p.stage IN ('draft', 'sent')
        AND m.answer IN ('invited', 'accepted'))
$$;

-- Whether the embargo has lifted, as rules.announcing.announced reckons it.
CREATE OR REPLACE FUNCTION coordination_lifted(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coordination_sees(which) AND EXISTS (
        SELECT FROM coordination_proposal p WHERE p.id = which
        AND p.moment <= statement_timestamp()
        AND 2 <= (SELECT count(*) FROM coordination_party m
                  WHERE m.proposal_id = p.id AND m.answer = 'accepted')
        AND NOT EXISTS (SELECT FROM coordination_party m WHERE m.proposal_id = p.id
                        AND m.answer = 'accepted' AND (m.held_at IS NOT NULL OR m.gone_at IS NULL
                             OR m.go_for IS DISTINCT FROM p.moment)))
$$;

-- An official of the state that a proposal is about is never invited.
CREATE OR REPLACE FUNCTION coordination_barred(which uuid, who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM coordination_proposal p JOIN accounts_organisation o
                   ON upper(o.country) = p.state WHERE p.id = which AND o.id = who
                   AND o.government AND p.state <> '' AND coordination_proposes(which))
$$;

-- Steps on one proposal come one after the other.
CREATE OR REPLACE FUNCTION coordination_turn(which uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT FROM coordination_proposal p WHERE p.id = which AND coordination_sees(p.id) FOR UPDATE
$$;

-- What was done about proposals and petitions is read by stewards of whoever did it alone: another
-- organisation's steward does not learn that something is there.
CREATE OR REPLACE FUNCTION coordination_tells(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT who = identity_actor() OR EXISTS (
        SELECT FROM accounts_membership m WHERE m.user_id = who
        AND m.organisation_id = ANY (identity_organisations('{administrator,steward}')))
$$;

CREATE OR REPLACE FUNCTION coordination_hides(kind text, subject text, who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (kind IN ('proposal', 'petition', 'seat') OR kind = 'sealed_record' AND EXISTS (
               SELECT FROM coordination_seat s WHERE s.id::text = subject))
           AND NOT coalesce(coordination_tells(who), false)
$$;

CREATE OR REPLACE FUNCTION coordination_hides_entry(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM audit_entry e WHERE e.id = which
                   AND coordination_hides(e.subject_kind, e.subject_id, e.actor))
$$;

REVOKE ALL ON FUNCTION coordination_mine(), coordination_writes(), coordination_sees(uuid),
    coordination_proposes(uuid), coordination_sees_party(uuid), coordination_is_party(uuid),
    coordination_takes_part(uuid, uuid), coordination_lifted(uuid), coordination_barred(uuid, uuid),
    coordination_turn(uuid), coordination_tells(uuid), coordination_hides(text, text, uuid), coordination_hides_entry(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coordination_mine(), coordination_writes(), coordination_sees(uuid),
    coordination_proposes(uuid), coordination_sees_party(uuid), coordination_is_party(uuid),
    coordination_takes_part(uuid, uuid), coordination_lifted(uuid), coordination_barred(uuid, uuid),
    coordination_turn(uuid), coordination_tells(uuid), coordination_hides(text, text, uuid), coordination_hides_entry(uuid)
    TO undaunted_desk;
