"""Large files wait to be taken into a register, and are taken in or refused once."""

import django.db.models.deletion
import undaunted.core.access.rules
import uuid
from pathlib import Path

from django.db import migrations, models

from undaunted.core.access.models import protect

WAITING = Path(__file__).parent / "waiting.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('screening', '0010_terms'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegisterFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.UUIDField(help_text='Organisation that holds the record.')),
                ('sharing', models.CharField(choices=[('organisation', 'organisation'), ('shared', 'shared')], default=undaunted.core.access.rules.Sharing['ORGANISATION'], max_length=12)),
                ('kind', models.CharField(choices=[('assets', 'assets'), ('holdings', 'holdings')], max_length=12)),
                ('name', models.CharField(max_length=160)),
                ('content', models.BinaryField()),
                ('size', models.PositiveIntegerField(help_text='Bytes.')),
                ('asked', models.JSONField(default=dict, help_text='How it is read: mapping, format, the rest.')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('taken', 'taken'), ('refused', 'refused')], default='waiting', max_length=12)),
                ('done_at', models.DateTimeField(null=True)),
                ('problem', models.TextField(blank=True, help_text='Why it was refused, whole.')),
                ('brought', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='screening.registerimport')),
            ],
            options={
                'ordering': ['-recorded_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('brought__isnull', True), ('done_at__isnull', True), ('state', 'waiting')), models.Q(('brought__isnull', False), ('done_at__isnull', False), ('state', 'taken')), models.Q(('brought__isnull', True), ('done_at__isnull', False), ('state', 'refused')), _connector='OR'), name='a_file_waits_or_is_done')],
            },
        ),
        protect("screening_registerfile", grants="SELECT, INSERT, UPDATE", shared=False),
        # Given as a list, it goes to the server whole, without being split or parsed.
        migrations.RunSQL([WAITING.read_text(encoding="utf-8")], migrations.RunSQL.noop),
    ]
