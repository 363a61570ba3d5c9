"""Accounts that their owners lock in danger, and that two colleagues open again."""

from pathlib import Path

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_governments'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lock',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.UUIDField(db_column='user_id')),
                ('at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('user',), name='one_lock_in_force')],
            },
        ),
        migrations.CreateModel(
            name='Unlocking',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('lock', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unlockings', to='accounts.lock')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('lock', 'by'), name='one_unlocking_a_person')],
            },
        ),
        migrations.RunSQL(
            (Path(__file__).parent / 'locks.sql').read_text('utf-8'), migrations.RunSQL.noop
        ),
    ]
