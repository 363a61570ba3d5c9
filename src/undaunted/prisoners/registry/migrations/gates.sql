-- Two people, held by the database: nobody recognises, publishes or changes alone what is counted.

CREATE OR REPLACE FUNCTION registry_publication_gate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    publishing CONSTANT boolean := tg_op = 'UPDATE' AND new.state = 'published' AND (
        old.state <> 'published' OR new.published_by IS DISTINCT FROM old.published_by
        OR new.published_at IS DISTINCT FROM old.published_at);
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' AND (new.state <> 'proposed' OR new.approved_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a case is proposed before it is published' USING ERRCODE = '42501';
    END IF;
    IF (tg_op = 'INSERT' OR new.proposed_by <> old.proposed_by OR new.proposed_at <> old.proposed_at
        OR (new.state = 'proposed' AND old.state <> 'proposed'))
        AND new.proposed_by IS DISTINCT FROM identity_actor() THEN
        RAISE EXCEPTION 'a case is proposed in one''s own name' USING ERRCODE = '42501';
    END IF;
    IF tg_op = 'INSERT' THEN RETURN new; END IF;
    IF new.party_id <> old.party_id OR new.approved_at IS DISTINCT FROM old.approved_at THEN
        RAISE EXCEPTION 'only approval moves what is approved' USING ERRCODE = '42501';
    END IF;
    IF publishing AND (
        old.state <> 'proposed'
        OR new.proposed_by <> old.proposed_by
        OR new.published_by IS DISTINCT FROM identity_actor()
        OR new.published_by = new.proposed_by
        OR NOT registry_holds_role(new.holder, '{publisher}')
    ) THEN
        RAISE EXCEPTION 'a second person with the role publishes' USING ERRCODE = '42501';
    END IF;
    IF new.state = 'published' AND NOT publishing
        AND coalesce(new.embargo_until, '-infinity') < coalesce(old.embargo_until, '-infinity')
        AND (new.proposed_by = identity_actor()
             OR NOT registry_holds_role(new.holder, '{publisher}')) THEN
        RAISE EXCEPTION 'a second person with the role ends an embargo' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

-- What counts, now or in the past, ends only by a proposal that another person made and this one
-- accepted as a reviewer.
CREATE OR REPLACE FUNCTION registry_recognition_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'UPDATE' THEN
        IF (new.status, new.proposed_by, new.decided_by, new.standard, new.party_id,
            new.effective_from, new.effective_to, new.recorded_from)
            IS DISTINCT FROM
           (old.status, old.proposed_by, old.decided_by, old.standard, old.party_id,
            old.effective_from, old.effective_to, old.recorded_from) THEN
            RAISE EXCEPTION 'a status is superseded, never changed' USING ERRCODE = '42501';
        END IF;
        IF new.recorded_to IS DISTINCT FROM old.recorded_to AND old.decided_by IS NOT NULL
            AND old.status IN ('recognised', 'former')
            AND (old.recorded_to IS NOT NULL
                 OR NOT registry_holds_role(new.holder, '{reviewer}')
                 OR NOT EXISTS (
                    SELECT 1 FROM registry_statusproposal p
                    WHERE p.party_id = old.party_id AND p.standard = old.standard
                      AND p.answer = 'accepted' AND p.answered_by = identity_actor()
                      AND p.proposed_by <> p.answered_by AND p.answered_at = new.recorded_to)) THEN
            RAISE EXCEPTION 'what is counted ends by the decision of a second person'
                USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF new.decided_by IS NOT NULL AND (
        new.decided_by IS DISTINCT FROM identity_actor()
        OR new.decided_by = new.proposed_by
        OR NOT registry_holds_role(new.holder, '{reviewer}')
        OR NOT EXISTS (
            SELECT 1 FROM registry_statusproposal p
            WHERE p.party_id = new.party_id AND p.standard = new.standard
              AND p.status = new.status AND p.proposed_by = new.proposed_by
              AND p.answer = 'accepted' AND p.answered_by = new.decided_by
              AND p.effective_to IS NOT DISTINCT FROM new.effective_to
              AND (p.effective_from IS NOT DISTINCT FROM new.effective_from
                   OR (p.effective_from IS NULL AND new.status = 'former')))
    ) THEN
        RAISE EXCEPTION 'a second person with the role decides' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION registry_proposal_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' AND new.proposed_by IS DISTINCT FROM identity_actor() THEN
        RAISE EXCEPTION 'a status is proposed in one''s own name' USING ERRCODE = '42501';
    END IF;
    IF tg_op = 'UPDATE' AND (
        (new.status, new.proposed_by, new.party_id, new.standard, new.reason, new.assessment,
         new.effective_from, new.effective_to)
        IS DISTINCT FROM
        (old.status, old.proposed_by, old.party_id, old.standard, old.reason, old.assessment,
         old.effective_from, old.effective_to)
        OR old.answer <> '' AND (new.answer, new.answered_by, new.answered_at)
            IS DISTINCT FROM (old.answer, old.answered_by, old.answered_at)) THEN
        RAISE EXCEPTION 'a proposal is answered once, never changed' USING ERRCODE = '42501';
    END IF;
    IF new.answer <> '' AND new.answered_by IS DISTINCT FROM identity_actor()
        AND (tg_op = 'INSERT' OR old.answer = '') THEN
        RAISE EXCEPTION 'a proposal is answered in one''s own name' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
