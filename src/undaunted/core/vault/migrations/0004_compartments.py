"""Compartments: bars, emergency openings with alarm, moving, and keys that are open in sessions.

A bar hides a record, its key and its seals from one person, whatever team they are in. An emergency
opening is a row that everybody who answers for the record sees, and without that row nothing of
the record is visible to whoever is on duty.
"""

from pathlib import Path

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0003_ceremonies'),
        ('accounts', '0003_sign_in'),
    ]

    operations = [
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('team', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='duty_key', serialize=False, to='vault.team')),
                ('record', models.UUIDField()),
                ('recipient', models.CharField(max_length=80)),
                ('envelope', models.BinaryField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField()),
                ('vouched', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='SessionKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.UUIDField(db_column='user_id')),
                ('box', models.BinaryField()),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='team',
            name='duty',
            field=models.UUIDField(help_text='Team that may open in an emergency.', null=True),
        ),
        migrations.AddField(
            model_name='team',
            name='duty_vouched',
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.CreateModel(
            name='Breaking',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('record', models.UUIDField()),
                ('within', models.UUIDField(help_text='The record it belongs to; itself where it stands alone.')),
                ('team', models.UUIDField()),
                ('tenant', models.UUIDField()),
                ('by', models.UUIDField()),
                ('why', models.CharField(max_length=24)),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('acknowledged_by', models.UUIDField(null=True)),
                ('acknowledged_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['by', 'until'], name='vault_breaking_by_until')],
            },
        ),
        migrations.CreateModel(
            name='Bar',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('tenant', models.UUIDField()),
                ('user', models.UUIDField(db_column='user_id')),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('why', models.CharField(max_length=16)),
                ('sealed_out', models.BooleanField(default=False)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_by', models.UUIDField(null=True)),
                ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='bars', to='vault.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('record', 'user'), name='one_bar_in_force')],
            },
        ),
        migrations.RunSQL(
            (Path(__file__).parent / 'compartments.sql').read_text('utf-8'), migrations.RunSQL.noop
        ),
    ]
