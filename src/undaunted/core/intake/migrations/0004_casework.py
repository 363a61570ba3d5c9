"""The caseworkers' desk: conflicts, exports by two people, redacted copies, emergencies.

What a person alone must not do is refused by triggers: an export by one, a mailbox given to
somebody who is kept from it, an emergency opening of which the reporter would not learn.
"""

from pathlib import Path

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0003_drafts'),
        ('vault', '0004_compartments'),
    ]

    operations = [
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.UUIDField()),
                ('user', models.UUIDField(db_column='user_id')),
                ('kind', models.CharField(max_length=12)),
                ('about', models.CharField(help_text='Code of a state, name of an organisation.', max_length=120)),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.UUIDField(null=True)),
            ],
        ),
        migrations.AlterField(
            model_name='letter',
            name='read_on',
            field=models.DateField(help_text='When it was first looked at by whom it is for.', null=True),
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(max_length=12)),
                ('recipient', models.CharField(blank=True, help_text='Public key it is sealed to.', max_length=80)),
                ('reason', models.CharField(max_length=24)),
                ('proposed_by', models.UUIDField()),
                ('proposed_at', models.DateTimeField()),
                ('approved_by', models.UUIDField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('refused_by', models.UUIDField(null=True)),
                ('refused_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField(null=True)),
                ('mailbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exports', to='intake.mailbox')),
            ],
        ),
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('of_kind', models.CharField(max_length=48)),
                ('of_sequence', models.PositiveIntegerField()),
                ('envelope', models.BinaryField()),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField(help_text='The hour.')),
                ('mailbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='redactions', to='intake.mailbox')),
            ],
        ),
        migrations.RunSQL(
            (Path(__file__).parent / 'casework.sql').read_text('utf-8'), migrations.RunSQL.noop
        ),
    ]
