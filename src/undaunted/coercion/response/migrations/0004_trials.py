"""Tests of a trigger are kept, met or not."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

TRIALS = Path(__file__).parent / "trials.sql"

class Migration(migrations.Migration):

    dependencies = [
        ('response', '0003_kept_texts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Trial',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.UUIDField(help_text='Government (organisation) that holds the record.')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('envelope', models.BinaryField(help_text='Texts that are kept, sealed.', null=True)),
                ('sequence', models.PositiveIntegerField(help_text='Number of the sealing.', null=True)),
                ('assessment', models.UUIDField()),
                ('pack', models.CharField(max_length=60)),
                ('findings', models.JSONField(help_text='Criterion to met, not met or unclear.')),
                ('outcome', models.CharField(max_length=60)),
                ('turns_on', models.JSONField(default=list, help_text='Criteria that decide it.')),
                ('met', models.BooleanField()),
                ('compact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='response.compact')),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trials', to='response.episode')),
            ],
            options={
                'ordering': ['-recorded_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('met', False), ('envelope__isnull', True), _connector='OR'), name='what_members_read_is_not_kept')],
            },
        ),
        # Given as a list, it goes to the server whole, without being split or parsed.
        migrations.RunSQL([TRIALS.read_text(encoding="utf-8")], migrations.RunSQL.noop),
    ]
