"""The ledger of withdrawals outside the database, objections, receipts, proxies and model texts."""

from pathlib import Path

import django.db.models.deletion
import uuid
from django.db import migrations, models


_AT_WORK = (
    "cardinality((SELECT identity_organisations("
    "'{reader,documenter,reviewer,publisher,steward}'))::uuid[]) > 0"
)


def _at_work(table):
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY keeper ON {table} TO CURRENT_USER USING (true) WITH CHECK (true);
        CREATE POLICY desk_reads ON {table} FOR SELECT TO undaunted_desk USING ({_AT_WORK});
        CREATE POLICY desk_adds ON {table} FOR INSERT TO undaunted_desk
            WITH CHECK ({_AT_WORK} AND recorded_by = (SELECT identity_actor()));
        GRANT SELECT, INSERT ON {table} TO undaunted_desk;
        """,
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0004_attempts'),
        ('accounts', '0004_answers'),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerHead',
            fields=[
                ('id', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('instance', models.UUIDField()),
                ('number', models.BigIntegerField()),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject', models.UUIDField(db_index=True)),
                ('purpose', models.CharField(blank=True, max_length=40)),
                ('audience', models.CharField(blank=True, max_length=80)),
                ('made_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='grant',
            name='language',
            field=models.CharField(blank=True, help_text='Language of that text.', max_length=12),
        ),
        migrations.AddField(
            model_name='grant',
            name='mandate_document',
            field=models.UUIDField(help_text='What shows that the proxy may speak for the person.', null=True),
        ),
        migrations.AddField(
            model_name='grant',
            name='mandate_until',
            field=models.DateField(help_text="The day the proxy's mandate is over.", null=True),
        ),
        migrations.AddField(
            model_name='grant',
            name='pack',
            field=models.CharField(blank=True, help_text='Model text that was shown.', max_length=40),
        ),
        migrations.AddField(
            model_name='grant',
            name='pack_version',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='grant',
            name='text_hash',
            field=models.CharField(blank=True, help_text='SHA-256 of its words.', max_length=64),
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('subject', models.UUIDField(null=True)),
                ('purpose', models.CharField(blank=True, max_length=40)),
                ('audience', models.CharField(blank=True, max_length=80)),
                ('at', models.DateTimeField()),
                ('number', models.BigIntegerField(null=True, unique=True)),
                ('hash', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('number__isnull', True)), fields=['at', 'id'], name='withdrawals_unwritten')],
            },
        ),
        migrations.CreateModel(
            name='HolderKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('lookup', models.BinaryField(max_length=32)),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='consent.grant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('lookup', 'grant'), name='one_key_per_grant')],
            },
        ),
            _at_work("consent_objection"),
        migrations.RunSQL(
            [(Path(__file__).parent / "withdrawals.sql").read_text(encoding="utf-8")],
            migrations.RunSQL.noop,
        ),
    ]
