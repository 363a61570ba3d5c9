-- Whoever locks their own account in danger closes their calendars too: a telephone that was taken
-- away reads them without signing in. No address opens again once colleagues lift the lock.

CREATE FUNCTION clocks_close_feeds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE clocks_feed SET revoked_at = clock_timestamp()
    WHERE "user" = new.user_id AND revoked_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER clocks_close_feeds AFTER INSERT ON accounts_lock
    FOR EACH ROW EXECUTE FUNCTION clocks_close_feeds();
REVOKE ALL ON FUNCTION clocks_close_feeds() FROM PUBLIC;

UPDATE clocks_feed f SET revoked_at = clock_timestamp()
WHERE f.revoked_at IS NULL AND EXISTS (
    SELECT FROM accounts_lock l WHERE l.user_id = f."user" AND l.lifted_at IS NULL);
