-- Words of a text never change, and are destroyed where somebody whom they name may be named no more.
CREATE OR REPLACE FUNCTION report_text_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    -- Of words that were destroyed the digest stays.
    IF (tg_op = 'INSERT' OR new.body <> '')
        AND new.digest <> encode(sha256(convert_to(new.body, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'a text has the digest of its words' USING ERRCODE = '23514';
    END IF;
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF report_text_begins(new) IS NOT TRUE THEN
            RAISE EXCEPTION 'a text begins as a draft in one''s own name, while none waits'
                USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF report_text_kept(old, new) IS NOT TRUE THEN
        RAISE EXCEPTION 'the words of a text and earlier steps never change'
            USING ERRCODE = '42501';
    END IF;
    IF report_text_step(old, new) IS NOT TRUE THEN
        RAISE EXCEPTION 'this step of a text is another person''s, or comes later'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER report_text_gate BEFORE INSERT OR UPDATE ON report_textversion
    FOR EACH ROW EXECUTE FUNCTION report_text_gate();

-- May somebody be named in a report to the public, with the full name? As core/consent `permits`
-- decides; never whom a partner sent, nor whose case was taken down.
CREATE OR REPLACE FUNCTION report_may_name(whom uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH stood AS MATERIALIZED (
        SELECT m.id FROM actors_party p JOIN actors_party m ON m.canonical = p.canonical
        WHERE p.id = whom
    ), taken_back AS (
        SELECT FROM consent_grant g JOIN stood s ON s.id = g.subject
        WHERE g.purpose = 'report' AND g.audience = 'public' AND g.basis = 'self'
          AND g.revoked_at IS NOT NULL
    ), objected AS (
        SELECT max(o.made_on) AS made_on FROM consent_objection o JOIN stood s ON s.id = o.subject
        WHERE o.purpose IN ('', 'report') AND o.audience IN ('', 'public')
          AND o.made_on <= current_date
    )
    SELECT EXISTS (
        SELECT FROM consent_grant g JOIN stood s ON s.id = g.subject CROSS JOIN objected o
        WHERE g.purpose = 'report' AND g.audience = 'public' AND g.revoked_at IS NULL
          AND g.level = 'name' AND 'identity' = ANY (g.field_groups)
          AND g.given_on <= current_date AND current_date < g.until
          AND coalesce(g.mandate_until, 'infinity') > current_date
          AND (g.basis IN ('self', 'family_proxy', 'lawyer_proxy', 'guardian')
               OR (g.basis = 'public_record' AND (g.how <> '' OR g.evidence_document IS NOT NULL)))
          AND (g.basis = 'self' OR NOT EXISTS (SELECT FROM taken_back))
          AND (o.made_on IS NULL OR g.basis <> 'public_record' AND g.given_on > o.made_on))
      AND NOT EXISTS (SELECT FROM registry_publication b JOIN stood s ON s.id = b.party_id
                      WHERE b.state = 'taken_down')
      AND NOT EXISTS (SELECT FROM sharing_kept k JOIN stood s ON s.id = k.subject)
$$;

-- What was signed for the public, for whoever builds the report: in the desk's process only, which
-- may act for nobody at the terminal. `house` is NULL for all organisations. `people` are the
-- records that stand for those whom a text names, `agreed` says whether all of them may be named.
DROP FUNCTION IF EXISTS report_signed_texts(integer, uuid);
CREATE FUNCTION report_signed_texts(of_year integer, house uuid) RETURNS TABLE (
    holder uuid, chapter text, language text, number integer, translates integer, body text,
    accepted jsonb, people uuid[], agreed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT v.holder, v.chapter, v.language, v.number, v.translates, v.body, v.accepted,
        v.names || ARRAY(SELECT p.canonical FROM actors_party p WHERE p.id = ANY (v.names)),
        NOT EXISTS (SELECT FROM unnest(v.names) AS n(whom) WHERE NOT report_may_name(n.whom))
    FROM (SELECT DISTINCT ON (t.holder, t.chapter, t.language) t.*
          FROM report_textversion t
          WHERE t.year = of_year AND (house IS NULL OR t.holder = house)
            AND t.state IN ('signed', 'withdrawn')
          ORDER BY t.holder, t.chapter, t.language, t.number DESC) v
    WHERE v.state = 'signed'
$$;

-- News of consent: whoever may be named no more is in no version of a text any more, drafts and
-- those before included. The row stays with its digest, so that no earlier version comes back.
CREATE OR REPLACE FUNCTION report_heed(told uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    news consent_news;
    whose uuid[];
    destroyed int;
BEGIN
    SELECT * INTO news FROM consent_news WHERE id = told;
    IF NOT FOUND OR news.kind NOT IN ('revoked', 'expired', 'erased') THEN RETURN 0; END IF;
    -- Whoever keeps a draft of the report holds this lock to the end.
    PERFORM pg_advisory_xact_lock(hashtext('editions'));
    IF news.kind <> 'erased' AND report_may_name(news.subject) THEN RETURN 0; END IF;
    whose := ARRAY(
        SELECT m.id FROM actors_party p JOIN actors_party m ON m.canonical = p.canonical
        WHERE p.id = news.subject) || news.subject;
    UPDATE report_textversion SET body = '', typed = '[]', accepted = '{}', names = '{}', why = '',
        state = CASE WHEN state IN ('signed', 'withdrawn') THEN 'withdrawn' ELSE 'declined' END,
        closed_at = coalesce(closed_at, news.at)
    WHERE names && whose;
    GET DIAGNOSTICS destroyed = ROW_COUNT;
    RETURN destroyed;
END $$;

REVOKE ALL ON FUNCTION report_text_gate(), report_may_name(uuid),
    report_signed_texts(integer, uuid), report_heed(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION report_signed_texts(integer, uuid), report_heed(uuid) TO undaunted_desk;
