-- The public tracker: what two people let out. It holds no paper, no reasons, and not whether a
-- request led to the proceeding.
CREATE VIEW published_proceeding WITH (security_barrier) AS
    SELECT p.id, p.reference, p.title, o.name AS authority, p.third_country, p.states, p.measure,
        p.approved_at AS published_at
    FROM instruments_proceeding p JOIN accounts_organisation o ON o.id = p.holder
    WHERE p.approved_at <= statement_timestamp() AND p.withdrawn_at IS NULL;

CREATE VIEW published_proceeding_step WITH (security_barrier) AS
    SELECT s.id, s.proceeding_id, s.stage, s."on", s.confirmed_at
    FROM instruments_step s JOIN published_proceeding p ON p.id = s.proceeding_id
    WHERE s.confirmed_at IS NOT NULL;

GRANT SELECT ON published_proceeding, published_proceeding_step
    TO undaunted_public, undaunted_desk;
