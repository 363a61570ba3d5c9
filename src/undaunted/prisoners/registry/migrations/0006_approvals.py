"""Changes of published cases wait for a second person, and time passes by itself.

Until now a published case followed the ledger at once. From here on the public sees what two people
approved, less what was taken back since; what stands published is approved as it stands.
"""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

HERE = Path(__file__).parent

CLOCK = """
CREATE TABLE registry_clock (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    day date NOT NULL
);
CREATE INDEX grants_by_beginning ON consent_grant (given_on)
    WHERE purpose = 'registry' AND audience = 'public' AND revoked_at IS NULL;
CREATE INDEX grants_revoked ON consent_grant (revoked_at) WHERE revoked_at IS NOT NULL;
"""

PROTECTION = """
ALTER TABLE registry_approval ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON registry_approval TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON registry_approval FOR SELECT TO undaunted_desk
    USING (EXISTS (SELECT FROM registry_publication b WHERE b.id = gate_id));
GRANT SELECT ON registry_approval TO undaunted_desk;
ALTER TABLE registry_change ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON registry_change TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON registry_change FOR SELECT TO undaunted_desk
    USING (EXISTS (SELECT FROM registry_publication b WHERE b.id = gate_id));
GRANT SELECT ON registry_change TO undaunted_desk;
"""

TRIGGERS = """
CREATE TRIGGER registry_act_added AFTER INSERT ON events_act
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION registry_note_new('act');
CREATE TRIGGER registry_act_closed AFTER UPDATE ON events_act
    REFERENCING NEW TABLE AS fresh OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION registry_note_changed('act');
CREATE TRIGGER registry_name_added AFTER INSERT ON actors_partyname
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION registry_note_new('name');
CREATE TRIGGER registry_person_changed AFTER UPDATE ON actors_party
    REFERENCING NEW TABLE AS fresh OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION registry_note_changed('person');
CREATE TRIGGER registry_source_added AFTER INSERT ON evidence_citation
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION registry_note_new('source');
CREATE TRIGGER registry_list_added AFTER INSERT ON registry_listentry
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION registry_note_new('list');
CREATE TRIGGER registry_consent_added AFTER INSERT ON consent_grant
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION registry_note_consent();
CREATE TRIGGER registry_gate_passed AFTER UPDATE ON registry_publication
    REFERENCING NEW TABLE AS fresh OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION registry_gate_passed();

CREATE TRIGGER registry_act_stays BEFORE UPDATE ON events_act FOR EACH ROW
    EXECUTE FUNCTION registry_claim_stays('holder', 'sharing', 'recorded_to', 'closed_by');
-- Which of the approved names stands first is no claim.
CREATE TRIGGER registry_name_stays BEFORE UPDATE ON actors_partyname FOR EACH ROW
    EXECUTE FUNCTION registry_claim_stays('holder', 'sharing', 'withdrawn_at', 'primary');
CREATE TRIGGER registry_citation_stays BEFORE UPDATE ON evidence_citation FOR EACH ROW
    EXECUTE FUNCTION registry_claim_stays('holder', 'sharing', 'withdrawn_at');
CREATE TRIGGER registry_source_stays BEFORE UPDATE ON evidence_source FOR EACH ROW
    EXECUTE FUNCTION registry_claim_stays('holder', 'sharing', 'archived_url');
CREATE TRIGGER registry_grant_stays BEFORE UPDATE ON consent_grant FOR EACH ROW
    EXECUTE FUNCTION registry_claim_stays('holder', 'sharing', 'revoked_at', 'revoked_by');
"""

BACKFILL = """
SELECT registry_approve_missing(ARRAY(
    SELECT p.canonical FROM registry_publication b JOIN actors_party p ON p.id = b.party_id
    WHERE b.state = 'published'));
UPDATE published_case SET due_on = current_date;
"""


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


def _run(text: str) -> migrations.RunSQL:
    return migrations.RunSQL([text], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0005_gates"),
        ("actors", "0002_protection"),
        ("consent", "0002_protection"),
        ("events", "0002_protection"),
        ("evidence", "0002_protection"),
    ]
    operations = [
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("approved_by", models.UUIDField(null=True)),
                ("approved_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "identity",
                    models.IntegerField(help_text="Highest level of identity that may be shown."),
                ),
                ("biography", models.IntegerField()),
                ("detention", models.IntegerField()),
                ("health", models.IntegerField()),
                ("gender", models.CharField(blank=True, max_length=12)),
                ("birth_earliest", models.DateField(null=True)),
                ("birth_latest", models.DateField(null=True)),
                ("death_earliest", models.DateField(null=True)),
                ("death_latest", models.DateField(null=True)),
                ("country", models.CharField(blank=True, max_length=4)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), default=list, size=None
                    ),
                ),
                (
                    "acts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                (
                    "citations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                (
                    "lists",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=12)),
                (
                    "batch",
                    models.UUIDField(
                        db_index=True, help_text="Import that made the change.", null=True
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="publication",
            name="approved_at",
            field=models.DateTimeField(
                help_text="When two people last approved what is shown; the database sets it.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="publishedcase",
            name="due_on",
            field=models.DateField(
                db_index=True, help_text="First day on which this row is true no more.", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("embargo_until__isnull", False), ("state", "published")),
                fields=["embargo_until"],
                name="gates_under_embargo",
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="gate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="approvals",
                to="registry.publication",
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="actors.party"
            ),
        ),
        migrations.AddField(
            model_name="change",
            name="gate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="registry.publication",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("gate", "party"),
                name="one_approval_in_force",
            ),
        ),
        _run(CLOCK),
        _run(PROTECTION),
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        _statements("segments.sql"),
        _statements("cases.sql"),
        _statements("approvals.sql"),
        _statements("gates.sql"),
        _run(TRIGGERS),
        _run(BACKFILL),
    ]
