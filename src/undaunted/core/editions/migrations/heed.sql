-- News of consent. An agreement that ends withdraws every edition, built for the same purpose, that
-- shows its subject or whoever was joined with them, unless another agreement covers at least as
-- much on that day. The bytes go at once, the checksums stay; n.m+1 waits to be built without them.
-- In newest form: a migration that changes something runs this file again.
CREATE OR REPLACE FUNCTION editions_heed(told uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    news consent_news;
    ended consent_grant;
    whose uuid[];
    touched uuid[];
BEGIN
    -- What was dealt with before is no news: told again, it would end editions of a later agreement.
    IF EXISTS (SELECT FROM consent_receipt r WHERE r.news_id = told AND r.handler = 'editions') THEN
        RETURN 0;
    END IF;
    SELECT * INTO news FROM consent_news WHERE id = told;
    IF NOT FOUND OR news.kind NOT IN ('revoked', 'expired', 'erased') THEN RETURN 0; END IF;
    -- Whoever keeps a draft holds this lock to the end, so that no draft is missed that is just kept.
    PERFORM pg_advisory_xact_lock(hashtext('editions'));
    IF news.kind <> 'erased' THEN
        SELECT * INTO ended FROM consent_grant WHERE id = (news.detail ->> 'grant')::uuid;
        IF FOUND AND EXISTS (
            SELECT FROM consent_grant g
            WHERE g.subject = ended.subject AND g.purpose = ended.purpose
              AND g.audience = ended.audience AND g.level = ended.level
              AND g.field_groups @> ended.field_groups AND g.id <> ended.id
              AND g.revoked_at IS NULL AND g.basis <> 'public_record'
              AND g.given_on <= (news.at AT TIME ZONE 'UTC')::date
              AND g.until > (news.at AT TIME ZONE 'UTC')::date
              AND coalesce(g.mandate_until, 'infinity') > (news.at AT TIME ZONE 'UTC')::date) THEN
            RETURN 0;
        END IF;
    END IF;
    whose := ARRAY(
        SELECT m.id FROM actors_party p JOIN actors_party m ON m.canonical = p.canonical
        WHERE p.id = news.subject) || news.subject;
    touched := ARRAY(
        SELECT e.id FROM editions_edition e
        WHERE EXISTS (SELECT FROM editions_editionsubject s
                      WHERE s.edition_id = e.id AND s.subject = ANY (whose))
          AND (ended.id IS NULL OR e.purpose = ended.purpose)
        ORDER BY e.id FOR UPDATE);
    PERFORM editions_end(which, news.kind, news.at) FROM unnest(touched) AS which;
    RETURN cardinality(touched);
END $$;

-- One edition ends: a published one leaves its checksums and a number to be built; a draft is
-- deleted, or, where it replaces one that was published, waits to be built again.
CREATE OR REPLACE FUNCTION editions_end(which uuid, reason text, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE whole editions_edition;
BEGIN
    SELECT * INTO whole FROM editions_edition WHERE id = which FOR UPDATE;
    DELETE FROM editions_editionsubject WHERE edition_id = which;
    IF whole.state = 'published' THEN
        UPDATE editions_editionfile SET content = NULL WHERE edition_id = which;
        UPDATE editions_edition SET state = 'withdrawn', withdrawn_at = moment, why = reason,
            figures = '{}', revised = '[]' WHERE id = which;
        INSERT INTO editions_edition (id, holder, sharing, kind, series, number, revision, title,
            parameters, purpose, as_of, known_at, withdrawals, languages, embargo_until, figures,
            revised, signing_key, state, why, previous_id, replaces_id)
        SELECT gen_random_uuid(), holder, sharing, kind, series, number,
            (SELECT max(o.revision) + 1 FROM editions_edition o
             WHERE (o.holder, o.series, o.number) = (whole.holder, whole.series, whole.number)),
            title, parameters, purpose, as_of, known_at, 0, languages, embargo_until, '{}', '[]',
            '', 'draft', '', previous_id, id
        FROM editions_edition WHERE id = which;
        RETURN;
    END IF;
    DELETE FROM editions_editionfile WHERE edition_id = which;
    IF whole.replaces_id IS NULL THEN
        DELETE FROM editions_edition WHERE id = which;
    ELSE
        UPDATE editions_edition SET state = 'draft', manifest = NULL, signature = NULL,
            signing_key = '', built_by = NULL, built_at = NULL, proposed_by = NULL,
            proposed_at = NULL, figures = '{}', revised = '[]' WHERE id = which;
    END IF;
END $$;

-- How much news that ends something was announced. Asked before a document is gathered, and again,
-- with the lock, before it is kept: where the two differ somebody may be in it who withdrew meanwhile.
CREATE OR REPLACE FUNCTION editions_heard(hold boolean) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF hold THEN PERFORM pg_advisory_xact_lock(hashtext('editions')); END IF;
    RETURN (SELECT count(*) FROM consent_news WHERE kind IN ('revoked', 'expired', 'erased'));
END $$;

-- What waits to be built, with anybody of its holder who may; with nobody where nobody is left.
CREATE OR REPLACE FUNCTION editions_due() RETURNS TABLE (edition uuid, person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT e.id, p.user_id FROM editions_edition e
    LEFT JOIN LATERAL (
        SELECT m.user_id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.organisation_id = e.holder AND u.is_active
          AND m.role IN ('documenter', 'reviewer', 'publisher')
        ORDER BY m.role, m.id LIMIT 1) p ON true
    WHERE e.state = 'draft' AND e.built_at IS NULL
    ORDER BY e.known_at, e.id
$$;

REVOKE ALL ON FUNCTION editions_heed(uuid), editions_end(uuid, text, timestamptz), editions_due(),
    editions_heard(boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION editions_heed(uuid), editions_due(), editions_heard(boolean) TO undaunted_desk;
