"""Large files of evidence wait at their case, and are taken in or refused once."""

import django.db.models.deletion
import uuid
from pathlib import Path

from django.db import migrations, models

GATE = Path(__file__).parent / "evidence.sql"
TABLE = "screening_evidencefile"
WRITES = "holder = ANY ((SELECT screening_writes())::uuid[])"
PROTECTED = [
    f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY keeper ON {TABLE} TO CURRENT_USER USING (true) WITH CHECK (true)",
    f"CREATE POLICY desk_reads ON {TABLE} FOR SELECT TO undaunted_desk"
    " USING (holder = ANY ((SELECT screening_mine())::uuid[]))",
    f"CREATE POLICY desk_adds ON {TABLE} FOR INSERT TO undaunted_desk WITH CHECK ({WRITES})",
    f"CREATE POLICY desk_changes ON {TABLE} FOR UPDATE TO undaunted_desk USING ({WRITES})",
    f"GRANT SELECT, INSERT, UPDATE ON {TABLE} TO undaunted_desk",
    *(
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {TABLE}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}()"
        for name, function in (
            ("a_hands", "screening_hands"),
            ("b_of_case", "screening_of_case"),
            ("d_gate", "screening_evidencefile_gate"),
        )
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('screening', '0012_reopening'),
    ]

    operations = [
        migrations.CreateModel(
            name='EvidenceFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.UUIDField(help_text='Authority (organisation) that holds the record.')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('size', models.PositiveIntegerField(help_text='Bytes.')),
                ('asked', models.JSONField(default=dict, help_text='How it is read: source, format, the rest.')),
                ('rows', models.PositiveIntegerField(null=True)),
                ('flagged', models.PositiveIntegerField(help_text='What was found wrong with rows.', null=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('taken', 'taken'), ('refused', 'refused')], default='waiting', max_length=12)),
                ('done_at', models.DateTimeField(null=True)),
                ('problem', models.TextField(blank=True, help_text='Why it was refused, whole.')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='screening.case')),
                ('load', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='screening.load')),
            ],
            options={
                'ordering': ['-recorded_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('load__isnull', True), ('state', 'waiting')), models.Q(('done_at__isnull', False), ('load__isnull', False), ('state', 'taken')), models.Q(('done_at__isnull', False), ('load__isnull', True), ('state', 'refused')), _connector='OR'), name='evidence_waits_or_is_done')],
            },
        ),
        # Given as a list, statements go to the server whole, without being split or parsed.
        migrations.RunSQL([GATE.read_text(encoding="utf-8")], migrations.RunSQL.noop),
        migrations.RunSQL(PROTECTED, migrations.RunSQL.noop),
    ]
