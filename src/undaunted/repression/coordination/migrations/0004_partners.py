"""Partners on other installations take part in proposals, by sealed packages."""

from pathlib import Path

import django.db.models.deletion
import undaunted.core.access.rules
import undaunted.repression.coordination.rules.terms
import uuid
from django.db import migrations, models

from undaunted.core.access.models import protect

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):

    dependencies = [
        ('coordination', '0003_moment_by_two'),
        ('sharing', '0007_compared_keys'),
    ]

    operations = [
        migrations.AddField(
            model_name='remark',
            name='given_up_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='remark',
            name='envelope',
            field=models.BinaryField(help_text='Empty once a partner has taken it back.'),
        ),
        migrations.CreateModel(
            name='Guest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.UUIDField(help_text='Organisation that holds the record.')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('partner', models.UUIDField(help_text='Verified partner of the proposer.')),
                ('name', models.CharField(max_length=120)),
                ('audience', models.CharField(max_length=80)),
                ('signing_key', models.CharField(max_length=60)),
                ('recipient', models.CharField(max_length=80)),
                ('fingerprint', models.CharField(max_length=80)),
                ('invited_at', models.DateTimeField(null=True)),
                ('invited_by', models.UUIDField(null=True)),
                ('answer', models.CharField(choices=[('invited', 'invited'), ('accepted', 'accepted'), ('declined', 'declined'), ('left', 'left')], default=undaunted.repression.coordination.rules.terms.Answer['INVITED'], max_length=8)),
                ('go_for', models.DateTimeField(help_text='Moment for which two of its people go.', null=True)),
                ('held_at', models.DateTimeField(null=True)),
                ('prepared', models.JSONField(default=dict, help_text='How far it says it is, by preparation.')),
                ('said_at', models.DateTimeField(help_text='When it wrote what was taken in last.', null=True)),
                ('taken_at', models.DateTimeField(null=True)),
                ('taken_by', models.UUIDField(null=True)),
                ('item', models.UUIDField(help_text='Item of a package in which it said so.', null=True)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guests', to='coordination.proposal')),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.AddField(
            model_name='remark',
            name='guest',
            field=models.ForeignKey(help_text='Partner elsewhere that says it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='coordination.guest'),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.UUIDField(help_text='Organisation that holds the record.')),
                ('sharing', models.CharField(choices=[('organisation', 'organisation'), ('shared', 'shared')], default=undaunted.core.access.rules.Sharing['ORGANISATION'], max_length=12)),
                ('partner', models.CharField(max_length=160)),
                ('signing_key', models.CharField(max_length=60)),
                ('package', models.UUIDField()),
                ('tlp', models.CharField(choices=[('RED', 'RED'), ('AMBER+STRICT', 'AMBER+STRICT'), ('AMBER', 'AMBER'), ('GREEN', 'GREEN'), ('CLEAR', 'CLEAR')], max_length=16)),
                ('until', models.DateTimeField()),
                ('proposal', models.UUIDField(help_text='Id at the proposer.')),
                ('state', models.CharField(max_length=2)),
                ('stage', models.CharField(choices=[('draft', 'draft'), ('sent', 'sent'), ('withdrawn', 'withdrawn'), ('ended', 'ended')], max_length=9)),
                ('moment', models.DateTimeField(null=True)),
                ('stands', models.CharField(choices=[('no_moment', 'no_moment'), ('waiting', 'waiting'), ('held', 'held'), ('agreed', 'agreed'), ('lifted', 'lifted'), ('missed', 'missed')], max_length=10)),
                ('written_at', models.DateTimeField()),
                ('content', models.BinaryField(help_text='As it came; empty once it was given up.')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('given_up_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-written_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('holder', 'signing_key', 'proposal', 'written_at'), name='one_word_of_a_proposer_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.UUIDField(help_text='Organisation that holds the record.')),
                ('sharing', models.CharField(choices=[('organisation', 'organisation'), ('shared', 'shared')], default=undaunted.core.access.rules.Sharing['ORGANISATION'], max_length=12)),
                ('step', models.CharField(choices=[('accepted', 'accepted'), ('declined', 'declined'), ('left', 'left'), ('comment', 'comment'), ('prepared', 'prepared'), ('go', 'go'), ('hold', 'hold')], max_length=8)),
                ('moment', models.DateTimeField(null=True)),
                ('preparation', models.CharField(blank=True, choices=[('legal_review', 'legal_review'), ('council', 'council'), ('gazette', 'gazette'), ('translation', 'translation'), ('banks_told', 'banks_told'), ('statement', 'statement')], max_length=16)),
                ('state', models.CharField(blank=True, choices=[('open', 'open'), ('done', 'done'), ('not_needed', 'not_needed')], max_length=12)),
                ('due', models.DateField(null=True)),
                ('envelope', models.BinaryField(help_text="What it says, sealed to the parties' seats.")),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='coordination.invitation')),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='guest',
            constraint=models.UniqueConstraint(fields=('proposal', 'signing_key'), name='a_guest_once_in_a_proposal'),
        ),
        migrations.AddConstraint(
            model_name='guest',
            constraint=models.CheckConstraint(condition=models.Q(('invited_by__isnull', True), models.Q(('invited_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='two_people_invite_a_guest'),
        ),
        migrations.RunSQL(
            "ALTER TABLE coordination_guest ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
            "CREATE POLICY keeper ON coordination_guest TO CURRENT_USER USING (true) WITH CHECK (true);",
            migrations.RunSQL.noop,
        ),
        protect("coordination_invitation", grants="SELECT, INSERT, UPDATE", shared=False),
        protect("coordination_sending", grants="SELECT, INSERT", shared=False),
        _statements("elsewhere.sql"),
        _statements("elsewhere_rights.sql"),
    ]
