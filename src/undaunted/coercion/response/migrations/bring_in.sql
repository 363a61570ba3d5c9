-- What members let out beforehand is put to the vote with what they pledge in the invocation: each
-- is brought in as it stands when the vote opens, in the owner's right, and stays as it is from then
-- on. The coercer's is not, and what one person pledged is not.
CREATE OR REPLACE FUNCTION response_bring_in() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.stage <> 'deciding' OR old.stage = 'deciding' THEN RETURN NULL; END IF;
    WITH brought AS (
        INSERT INTO response_pledge (id, holder, recorded_at, recorded_by, member_id, compact_id,
            invocation_id, kind, text, legal_basis, trigger, off_ramp, amount, reach, approved_at,
            approved_by, changed_by, ended_why, beforehand_id)
        SELECT gen_random_uuid(), p.holder, p.recorded_at, p.recorded_by, p.member_id, p.compact_id,
            new.id, p.kind, p.text, p.legal_basis, p.trigger, p.off_ramp, p.amount, 'members',
            p.approved_at, p.approved_by, p.changed_by, '', p.id
        FROM response_pledge p JOIN response_member m ON m.id = p.member_id
        WHERE p.compact_id = new.compact_id AND p.invocation_id IS NULL AND p.reach <> 'own'
          AND p.approved_at IS NOT NULL AND p.withdrawn_at IS NULL AND p.ended_at IS NULL
          AND m.accepted_at IS NOT NULL AND m.left_at IS NULL
          AND NOT response_coerces(m.holder, new.episode_id)
        RETURNING id, beforehand_id
    )
    INSERT INTO response_offramp (id, holder, recorded_at, recorded_by, pledge_id, condition,
        evidence, confirmer_id, shown_by)
    SELECT gen_random_uuid(), o.holder, o.recorded_at, o.recorded_by, b.id, o.condition,
        o.evidence, o.confirmer_id, ''
    FROM response_offramp o JOIN brought b ON b.beforehand_id = o.pledge_id
    JOIN response_member c ON c.id = o.confirmer_id
    WHERE NOT response_coerces(c.holder, new.episode_id);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION response_bring_in() FROM PUBLIC;

CREATE TRIGGER response_brings AFTER UPDATE ON response_invocation
    FOR EACH ROW EXECUTE FUNCTION response_bring_in();
