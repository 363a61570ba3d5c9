-- Once a day a register is looked at as a whole, however often around single changes.

CREATE OR REPLACE FUNCTION screening_registers_due() RETURNS TABLE (holder uuid, person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.holder, p.user_id
    FROM (SELECT DISTINCT a.holder FROM screening_asset a) r
    JOIN LATERAL (
        SELECT m.user_id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.organisation_id = r.holder AND u.is_active AND m.role IN ('steward', 'documenter')
        ORDER BY m.role DESC, m.id LIMIT 1) p ON true
    WHERE NOT EXISTS (SELECT FROM screening_screening s
                      WHERE s.holder = r.holder AND s.day >= current_date AND s.whole)
    ORDER BY r.holder
$$;
