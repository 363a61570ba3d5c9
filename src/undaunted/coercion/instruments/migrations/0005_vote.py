"""The Council's vote: its authority's alone, recorded in one's own name and never rewritten."""

import django.db.models.deletion
import undaunted.core.access.rules
import uuid
from django.db import migrations, models

from undaunted.core.access.models import protect

GATE = """CREATE TRIGGER instruments_gate BEFORE INSERT OR UPDATE ON instruments_vote
    FOR EACH ROW EXECUTE FUNCTION instruments_gate('replaced_at')"""


class Migration(migrations.Migration):

    dependencies = [
        ('instruments', '0004_correction'),
    ]

    operations = [
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.UUIDField(help_text='Organisation that holds the record.')),
                ('sharing', models.CharField(choices=[('organisation', 'organisation'), ('shared', 'shared')], default=undaunted.core.access.rules.Sharing['ORGANISATION'], max_length=12)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('on', models.DateField(help_text='Day of the vote.')),
                ('ballots', models.JSONField(help_text='What each member state did, by its code.')),
                ('figures', models.JSONField(help_text='People of each member state, with source and status.')),
                ('replaced_at', models.DateTimeField(help_text='Another record stands since.', null=True)),
                ('proceeding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='instruments.proceeding')),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('proceeding',), name='one_vote_counts')],
            },
        ),
        protect("instruments_vote", grants="SELECT, INSERT, UPDATE", shared=False),
        migrations.RunSQL([GATE], migrations.RunSQL.noop),
    ]
