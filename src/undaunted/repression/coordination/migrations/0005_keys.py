"""Keys of seats are changed; petitions under other laws; notices of police organisations."""

from pathlib import Path

import django.db.models.deletion
import undaunted.core.access.rules
import uuid
from django.db import migrations, models

from undaunted.core.access.models import protect

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


def _forced(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE coordination_{table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY keeper ON coordination_{table} TO CURRENT_USER USING (true) WITH CHECK (true);",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('coordination', '0004_partners'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.UUIDField(help_text='Organisation that holds the record.')),
                ('sharing', models.CharField(choices=[('organisation', 'organisation'), ('shared', 'shared')], default=undaunted.core.access.rules.Sharing['ORGANISATION'], max_length=12)),
                ('number', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('red', 'red'), ('blue', 'blue'), ('green', 'green'), ('yellow', 'yellow'), ('diffusion', 'diffusion'), ('united_nations', 'united_nations'), ('other', 'other')], max_length=16)),
                ('state', models.CharField(blank=True, help_text='Who asked for it.', max_length=2)),
                ('told', models.JSONField(help_text='Names and facts; empty once it was erased.')),
                ('source', models.CharField(max_length=400)),
                ('file', models.CharField(blank=True, help_text="Mark of one's own file.", max_length=80)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('erased_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-recorded_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SeatKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.UUIDField(help_text='Organisation that holds the record.')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('public_key', models.CharField(max_length=80)),
                ('envelope', models.BinaryField(help_text="Private half, sealed to the seat's team.")),
                ('sequence', models.PositiveIntegerField()),
                ('lost', models.BooleanField(help_text='The earlier key could not be opened any more.')),
                ('rewrapped', models.PositiveIntegerField(help_text='Texts sealed anew to this key.')),
                ('closed', models.PositiveIntegerField(help_text='Texts that could not be opened any more.')),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.UUIDField(null=True)),
            ],
            options={
                'ordering': ['-recorded_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Wrapped',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.UUIDField(help_text='Organisation that holds the record.')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('row', models.UUIDField(help_text='Proposal or remark whose text it is.')),
                ('envelope', models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name='petition',
            name='law',
            field=models.CharField(blank=True, help_text='A law outside the register, as named; unverified.', max_length=200),
        ),
        migrations.AddField(
            model_name='petition',
            name='law_source',
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AlterField(
            model_name='petition',
            name='authority',
            field=models.CharField(blank=True, help_text='Code of the legal authority; empty for another law.', max_length=80),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('authority', ''), ('law', ''), _connector='XOR'), name='a_petition_is_under_one_law'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('law', ''), models.Q(('law_source', ''), _negated=True), _connector='OR'), name='another_law_has_a_source'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('erased_at__isnull', True)), fields=('holder', 'number'), name='a_notice_is_entered_once'),
        ),
        migrations.AddField(
            model_name='seatkey',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='coordination.seat'),
        ),
        migrations.AddField(
            model_name='wrapped',
            name='key',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wrapped', to='coordination.seatkey'),
        ),
        migrations.AddConstraint(
            model_name='seatkey',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', True)), fields=('seat',), name='one_key_waits_for_a_seat'),
        ),
        migrations.AddConstraint(
            model_name='seatkey',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='two_people_change_a_key'),
        ),
        migrations.AddConstraint(
            model_name='wrapped',
            constraint=models.UniqueConstraint(fields=('key', 'row'), name='a_text_is_wrapped_once'),
        ),
        _forced("seatkey"),
        _forced("wrapped"),
        protect("coordination_notice", grants="SELECT, INSERT, UPDATE", shared=False),
        _statements("keys.sql"),
        _statements("keys_rights.sql"),
    ]
