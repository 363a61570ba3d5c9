-- Of what others did a steward reads what people of the steward's own organisations did; of dossiers, agreements
-- and what is shared, of those only that the steward reads anyway; an administrator of accounts reads what was done
-- to accounts. Where somebody worked is kept with what they did: nobody reads more, or less, because they left.

ALTER TABLE audit_entry ADD COLUMN organisations uuid[] NOT NULL DEFAULT '{}',
    ADD COLUMN governments uuid[] NOT NULL DEFAULT '{}';

-- Whoever works for a government does so in that hat alone. What is nobody's act belongs to whom it is about.
CREATE FUNCTION audit_places(who uuid, kind text, subject text, OUT organisations uuid[], OUT governments uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH places AS (
        SELECT DISTINCT o.id, o.government FROM accounts_organisation o
        WHERE CASE WHEN who IS NULL AND kind = 'organisation' THEN o.id::text = subject
              ELSE EXISTS (SELECT FROM accounts_membership m WHERE m.organisation_id = o.id AND
                  CASE WHEN who IS NULL THEN kind = 'user' AND m.user_id::text = subject
                       ELSE m.user_id = who END) END
    ), held AS (SELECT coalesce(array_agg(id) FILTER (WHERE government), '{}') AS ruling,
                       coalesce(array_agg(id), '{}') AS whole FROM places)
    SELECT CASE WHEN cardinality(ruling) > 0 THEN ruling ELSE whole END, ruling FROM held
$$;

CREATE FUNCTION audit_place() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    SELECT p.organisations, p.governments INTO new.organisations, new.governments
    FROM audit_places(new.actor, new.subject_kind, new.subject_id) p;
    RETURN new;
END $$;
CREATE TRIGGER audit_place BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_place();

UPDATE audit_entry e SET (organisations, governments) =
    (SELECT p.organisations, p.governments FROM audit_places(e.actor, e.subject_kind, e.subject_id) p);

-- Which table holds what an entry of a kind is about, where its entries tell as much as it does itself. Of sealed
-- records, those of nobody alone do: what a member of a team opened is read by the stewards of that member.
CREATE FUNCTION audit_table(kind text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE kind
        WHEN 'dossier' THEN 'dossiers_dossier'
        WHEN 'consent' THEN 'consent_grant'
        WHEN 'news' THEN 'consent_news'
        WHEN 'citation' THEN 'evidence_citation'
        WHEN 'partner' THEN 'sharing_partner'
        WHEN 'circle' THEN 'sharing_circle'
        WHEN 'parcel' THEN 'sharing_parcel'
        WHEN 'copy' THEN 'sharing_copy'
        WHEN 'slip' THEN 'sharing_slip'
        WHEN 'taken_back' THEN 'sharing_takenback'
        WHEN 'arrival' THEN 'sharing_arrival'
        WHEN 'arrival_item' THEN 'sharing_arrivalitem'
        WHEN 'sharing.own_keys' THEN 'sharing_ownkeys'
        WHEN 'sealed_record' THEN 'vault_record'
    END
$$;

-- Whether whoever asks reads that thing: asked in their own right.
CREATE FUNCTION audit_shows(kind text, subject text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE shown boolean;
BEGIN
    IF subject !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN RETURN false; END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE id = $1)', audit_table(kind))
    INTO shown USING subject::uuid;
    RETURN shown;
END $$;

DROP POLICY desk_reads ON audit_entry;
CREATE POLICY desk_reads ON audit_entry FOR SELECT TO undaunted_desk USING (
    (SELECT identity_actor()) IS NOT NULL AND (actor = (SELECT identity_actor())
    OR organisations && (SELECT identity_organisations('{administrator,steward}'))::uuid[]
        AND governments <@ (SELECT identity_organisations('{administrator,steward}'))::uuid[]
        AND subject_kind IN ('user', 'organisation', 'lock', 'rights_proposal')
    OR organisations && (SELECT identity_organisations('{steward}'))::uuid[]
        AND governments <@ (SELECT identity_organisations('{steward}'))::uuid[]
        AND CASE WHEN audit_table(subject_kind) <> 'vault_record' THEN audit_shows(subject_kind, subject_id)
            ELSE organisations <@ (SELECT identity_organisations('{steward}'))::uuid[] END
    OR actor IS NULL AND cardinality((SELECT identity_organisations('{administrator,steward}'))::uuid[]) > 0
        AND cardinality((SELECT identity_governments())::uuid[]) = 0
        AND subject_kind IN ('instance', 'ledger', 'registry', 'campaigns', 'sharing')
    OR actor IS NULL AND cardinality((SELECT identity_organisations('{steward}'))::uuid[]) > 0
        AND CASE WHEN audit_table(subject_kind) IS NOT NULL THEN audit_shows(subject_kind, subject_id)
            ELSE false END));

-- A detail as it was digested (rules.digest_of): keys by their bytes, no spaces, letters as they are.
-- A program writes numbers below a ten-thousandth with an exponent, and the others as PostgreSQL keeps them.
CREATE FUNCTION audit_text(told jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    CASE jsonb_typeof(told)
        WHEN 'object' THEN RETURN '{' || coalesce((
            SELECT string_agg(to_json(e.key)::text || ':' || audit_text(e.value), ','
                ORDER BY e.key COLLATE "C") FROM jsonb_each(told) e), '') || '}';
        WHEN 'array' THEN RETURN '[' || coalesce((
            SELECT string_agg(audit_text(e.value), ',' ORDER BY e.at)
            FROM jsonb_array_elements(told) WITH ORDINALITY e(value, at)), '') || ']';
        WHEN 'number' THEN RETURN CASE WHEN told::numeric <> 0 AND abs(told::numeric) < 0.0001
            THEN told::float8::text ELSE told::text END;
        ELSE RETURN told::text;
    END CASE;
END $$;

CREATE OR REPLACE FUNCTION audit_walk(anchored bigint, under text)
RETURNS TABLE (found text, number bigint, hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH walked AS (
        SELECT e.id, e.seq, e.hash, e.previous, e.digest,
            lag(e.seq, 1, 0::bigint) OVER walk + 1 AS due,
            lag(e.hash::text, 1, repeat('0', 64)) OVER walk AS before,
            encode(sha256(convert_to(concat_ws(chr(31), e.previous, e.seq,
                (extract(epoch FROM e.at) * 1000000)::bigint, coalesce(e.actor::text, ''), e.verb,
                e.subject_kind, e.subject_id, e."right", e.digest), 'UTF8')), 'hex') AS made
        FROM audit_entry e
        WHERE e.seq IS NOT NULL
          AND cardinality((SELECT identity_organisations('{administrator,steward}'))) > 0
        WINDOW walk AS (ORDER BY e.seq)
    )
    SELECT * FROM (
        SELECT 'missing', w.due, '' FROM walked w WHERE w.seq <> w.due
        UNION ALL SELECT 'loose', w.seq, '' FROM walked w WHERE w.previous <> w.before
        UNION ALL SELECT 'changed', w.seq, '' FROM walked w WHERE w.hash <> w.made
        UNION ALL SELECT 'detail', w.seq, '' FROM walked w JOIN audit_detail d ON d.entry_id = w.id
            WHERE w.digest <> encode(sha256(convert_to(audit_text(d.detail), 'UTF8')), 'hex')
        UNION ALL SELECT 'anchored', w.seq, '' FROM walked w
            WHERE w.seq = anchored AND w.hash = under
        UNION ALL (SELECT 'end', w.seq, w.hash FROM walked w ORDER BY w.seq DESC LIMIT 1)
    ) AS told (found, number, hash) ORDER BY number, found
$$;

REVOKE ALL ON FUNCTION audit_places(uuid, text, text), audit_place(), audit_table(text), audit_shows(text, text),
    audit_text(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_table(text), audit_shows(text, text) TO undaunted_desk;
