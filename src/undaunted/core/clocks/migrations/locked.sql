-- Whoever locks their own account in danger closes their calendars too: a telephone that was taken
-- away reads them without signing in. No address opens again once colleagues lift the lock, and one
-- that was on its way while the lock came opens for nobody.

CREATE OR REPLACE FUNCTION clocks_close_feeds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE clocks_feed SET revoked_at = clock_timestamp()
    WHERE "user" = new.user_id AND revoked_at IS NULL;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER clocks_close_feeds AFTER INSERT ON accounts_lock
    FOR EACH ROW EXECUTE FUNCTION clocks_close_feeds();

CREATE OR REPLACE FUNCTION clocks_feed_stays_closed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF old.revoked_at IS NOT NULL OR (new.id, new."user", new.digest, new.created_at)
            IS DISTINCT FROM (old.id, old."user", old.digest, old.created_at) THEN
        RAISE EXCEPTION 'an address of a calendar is closed once, and stays as it was'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER clocks_feed_stays_closed BEFORE UPDATE ON clocks_feed
    FOR EACH ROW EXECUTE FUNCTION clocks_feed_stays_closed();

CREATE OR REPLACE FUNCTION clocks_feed_owner(wanted text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT f."user" FROM clocks_feed f JOIN accounts_user u ON u.id = f."user"
    WHERE f.digest = wanted AND f.revoked_at IS NULL AND u.is_active
    AND NOT account_is_locked(f."user")
$$;

REVOKE ALL ON FUNCTION clocks_close_feeds(), clocks_feed_stays_closed() FROM PUBLIC;

UPDATE clocks_feed f SET revoked_at = clock_timestamp()
WHERE f.revoked_at IS NULL AND EXISTS (
    SELECT FROM accounts_lock l WHERE l.user_id = f."user" AND l.lifted_at IS NULL);
