-- Whom texts name. Two words of one name, or one that is a whole name, are looked up by an index of
-- words, so that a text costs what it has words and never a walk through all names. It answers of
-- everybody, seen or not, because what is public must keep out whom its writer may not know of; so
-- only a process that holds the binding key asks, which SQL does not, and tells the person at the
-- desk of those alone whom the person may see.
-- Without a list of what waits to be sorted in, which every look-up would go through.
CREATE INDEX IF NOT EXISTS names_by_words ON actors_partyname
    USING gin (string_to_array(search_form, ' ')) WITH (fastupdate = off);

CREATE OR REPLACE FUNCTION actors_named(
    ones text[], others text[], wholes text[], ids uuid[], mac bytea)
RETURNS TABLE(sort text, place int, party uuid, canonical uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET jit = off AS $$
DECLARE expected bytea;
BEGIN
    SELECT identity_hmac(b.key, convert_to(concat_ws('|', 'naming', array_to_string(ones, ','),
        array_to_string(others, ','), array_to_string(wholes, ','), array_to_string(ids, ',')),
        'UTF8')) INTO expected FROM accounts_bindingkey b;
    IF expected IS NULL OR mac IS DISTINCT FROM expected THEN
        RAISE EXCEPTION 'texts are looked up by the program alone' USING ERRCODE = '28000';
    END IF;
    RETURN QUERY
    SELECT found.sort, found.place, p.id, p.canonical
    FROM (SELECT 'pair' AS sort, a.place::int AS place, n.party_id
          FROM unnest(ones, others) WITH ORDINALITY AS a(one, other, place)
          CROSS JOIN LATERAL (
              SELECT w.party_id FROM actors_partyname w
              WHERE string_to_array(w.search_form, ' ') && string_to_array(a.one, ' ')
                AND string_to_array(w.search_form, ' ') && string_to_array(a.other, ' ')
              LIMIT 100) n
          UNION
          SELECT 'whole', a.place::int, n.party_id
          FROM unnest(wholes) WITH ORDINALITY AS a(whole, place)
          CROSS JOIN LATERAL (
              SELECT w.party_id FROM actors_partyname w
              WHERE string_to_array(w.search_form, ' ') @> ARRAY[a.whole]
                AND lower(w.text) = a.whole
              LIMIT 100) n
          UNION
          SELECT 'id', a.place::int, i.id
          FROM unnest(ids) WITH ORDINALITY AS a(id, place) JOIN actors_party i ON i.id = a.id
         ) found
    JOIN actors_party p ON p.id = found.party_id
    WHERE p.kind = 'person' AND p.withdrawn_at IS NULL;
END $$;

REVOKE ALL ON FUNCTION actors_named(text[], text[], text[], uuid[], bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION actors_named(text[], text[], text[], uuid[], bytea) TO undaunted_desk;
