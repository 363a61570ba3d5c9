-- Who sees what of a case: its authority alone; a partner reads the notices that were sent to it.
-- Officials work for one government at a time; identity_organisations gives that one alone.
-- In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION screening_mine() RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT identity_organisations('{reader,documenter,reviewer,publisher,steward}')
$$;

CREATE OR REPLACE FUNCTION screening_writes() RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT identity_organisations('{documenter,reviewer,publisher,steward}')
$$;

-- Whether a notice was sent to an organisation that the actor works for, and stands.
CREATE OR REPLACE FUNCTION screening_got(which uuid, wanted uuid[]) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT n.recipient FROM screening_notice n
    WHERE n.id = which AND n.sent_at IS NOT NULL AND n.withdrawn_at IS NULL
      AND n.recipient = ANY (wanted) AND n.recipient = ANY (screening_mine())
$$;

-- Whether a notice is the actor's own.
CREATE OR REPLACE FUNCTION screening_gave(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM screening_notice n
                   WHERE n.id = which AND n.holder = ANY (screening_mine()))
$$;

REVOKE ALL ON FUNCTION screening_mine(), screening_writes(), screening_got(uuid, uuid[]),
    screening_gave(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION screening_mine(), screening_writes(), screening_got(uuid, uuid[]),
    screening_gave(uuid) TO undaunted_desk;
