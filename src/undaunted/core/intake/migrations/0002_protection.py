"""The intake role puts things in and finds one mailbox by its receipt; a team sees its own.

Intake reads no table. Whoever runs SQL as intake can neither list mailboxes nor learn whether one
exists without its lookup value, which follows from 132 random bits.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION intake_teams() RETURNS TABLE (team uuid, holder uuid, organisation text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.id, t.holder, o.name::text FROM vault_team t JOIN accounts_organisation o ON o.id = t.holder
    WHERE t.receives AND EXISTS (SELECT 1 FROM vault_member m JOIN vault_publickey k ON k.user_id = m.user_id
        WHERE m.team_id = t.id AND m.left_at IS NULL AND k.retired_at IS NULL)
    ORDER BY t.made_at, t.id
$$;

CREATE FUNCTION intake_mailbox(wanted bytea) RETURNS TABLE (
    mailbox uuid, holder uuid, team uuid, recipient text, door text, state text, arrived_at timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT b.id, b.holder, b.team, b.recipient::text, b.door::text, b.state::text, b.arrived_at
    FROM intake_mailbox b JOIN vault_record r ON r.id = b.id
    WHERE b.lookup = wanted AND r.erased_at IS NULL
$$;

CREATE FUNCTION intake_answers(wanted bytea) RETURNS TABLE (
    sequence integer, envelope bytea, at timestamptz, unread boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT l.sequence, l.envelope, l.at, l.read_on IS NULL
    FROM intake_letter l JOIN intake_mailbox b ON b.id = l.mailbox_id
    WHERE b.lookup = wanted AND l.kind = 'intake.reply' ORDER BY l.sequence
$$;

CREATE FUNCTION intake_openings(wanted bytea) RETURNS TABLE (day date, reason text, organisation text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT DISTINCT e.on, e.reason::text, g.name::text
    FROM intake_opening e JOIN intake_mailbox b ON b.id = e.mailbox_id
    JOIN accounts_organisation g ON g.id = b.holder
    WHERE b.lookup = wanted ORDER BY 1, 2
$$;

CREATE FUNCTION intake_note_read(wanted bytea, day date) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE intake_letter l SET read_on = day FROM intake_mailbox b
    WHERE b.id = l.mailbox_id AND b.lookup = wanted AND l.kind = 'intake.reply' AND l.read_on IS NULL
$$;

CREATE FUNCTION intake_may_write(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM intake_mailbox WHERE id = wanted)
$$;

CREATE FUNCTION intake_files(wanted bytea) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT count(*) FROM intake_attachment a JOIN intake_mailbox b ON b.id = a.mailbox_id
    WHERE b.lookup = wanted
$$;

CREATE FUNCTION intake_wake(wanted bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE intake_mailbox SET state = 'open', closed_at = NULL
    WHERE lookup = wanted AND state = 'closed'
$$;

REVOKE ALL ON FUNCTION intake_teams(), intake_mailbox(bytea), intake_answers(bytea),
    intake_openings(bytea), intake_note_read(bytea, date), intake_may_write(uuid),
    intake_wake(bytea), intake_files(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake_teams(), intake_mailbox(bytea), intake_answers(bytea),
    intake_openings(bytea), intake_note_read(bytea, date), intake_may_write(uuid),
    intake_wake(bytea), intake_files(bytea) TO undaunted_intake;
"""

OURS = "= ANY ((SELECT vault_teams())::uuid[])"
IN_OURS = f"EXISTS (SELECT 1 FROM intake_mailbox b WHERE b.id = mailbox_id AND b.team {OURS})"


def forced(table):
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON {table} TO CURRENT_USER USING (true) WITH CHECK (true);
"""


POLICIES = f"""
CREATE POLICY desk_reads ON intake_mailbox FOR SELECT TO undaunted_desk USING (team {OURS});
CREATE POLICY desk_changes ON intake_mailbox FOR UPDATE TO undaunted_desk
    USING (team {OURS}) WITH CHECK (team {OURS});
CREATE POLICY intake_adds ON intake_mailbox FOR INSERT TO undaunted_intake
    WITH CHECK (vault_receiving(team, holder) AND state = 'new' AND assigned_to IS NULL);
GRANT SELECT, UPDATE (state, assigned_to, closed_at) ON intake_mailbox TO undaunted_desk;
GRANT INSERT ON intake_mailbox TO undaunted_intake;

CREATE POLICY desk_reads ON intake_letter FOR SELECT TO undaunted_desk USING ({IN_OURS});
CREATE POLICY desk_adds ON intake_letter FOR INSERT TO undaunted_desk
    WITH CHECK (kind = 'intake.reply' AND {IN_OURS});
CREATE POLICY intake_adds ON intake_letter FOR INSERT TO undaunted_intake
    WITH CHECK (intake_may_write(mailbox_id));
GRANT SELECT, INSERT ON intake_letter TO undaunted_desk;
GRANT INSERT ON intake_letter TO undaunted_intake;

CREATE POLICY desk_reads ON intake_attachment FOR SELECT TO undaunted_desk USING ({IN_OURS});
CREATE POLICY intake_adds ON intake_attachment FOR INSERT TO undaunted_intake
    WITH CHECK (intake_may_write(mailbox_id));
GRANT SELECT ON intake_attachment TO undaunted_desk;
GRANT INSERT ON intake_attachment TO undaunted_intake;

CREATE POLICY desk_reads ON intake_opening FOR SELECT TO undaunted_desk USING ({IN_OURS});
CREATE POLICY desk_adds ON intake_opening FOR INSERT TO undaunted_desk
    WITH CHECK (by = (SELECT identity_actor()) AND {IN_OURS});
GRANT SELECT, INSERT ON intake_opening TO undaunted_desk;
"""

TABLES = ("intake_mailbox", "intake_letter", "intake_attachment", "intake_opening")


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_initial"),
        ("vault", "0002_protection"),
        ("accounts", "0002_identity"),
    ]
    operations = [
        migrations.RunSQL(
            "".join(map(forced, TABLES)),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(POLICIES, migrations.RunSQL.noop),
    ]
