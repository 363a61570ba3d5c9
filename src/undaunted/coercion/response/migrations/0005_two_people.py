"""Two people of a government invite, accept, leave, invoke, close and pledge; the coercer is left out."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import undaunted.coercion.response.rules.terms
from undaunted.core.places.rules import countries

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


def _name_coercers(apps, schema_editor):
    known = {each.alpha_3: each.code for each in countries()}
    for episode in apps.get_model("response", "Episode").objects.all():
        episode.coercer_state = known.get(episode.coercer, "")
        episode.save(update_fields=["coercer_state"])


class Migration(migrations.Migration):

    dependencies = [
        ('response', '0004_trials'),
    ]

    operations = [
        migrations.CreateModel(
            name='RollEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('holder', models.UUIDField()),
                ('name', models.CharField(max_length=200)),
                ('country', models.CharField(max_length=4)),
                ('weight', models.PositiveSmallIntegerField()),
                ('invited_at', models.DateTimeField(null=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('left_at', models.DateTimeField(null=True)),
                ('agreed', models.BooleanField(help_text='Others have accepted: nobody is added any more.')),
                ('gdp', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('exposure', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
            ],
            options={
                'db_table': 'response_roll',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='MemberStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.UUIDField(help_text='Government (organisation) that holds the record.')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('kind', models.CharField(choices=[('accept', 'accept'), ('leave', 'leave')], max_length=8)),
                ('gdp', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('exposure', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('public', models.BooleanField(default=False)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.UUIDField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='pledge',
            name='two_people_publish_a_pledge',
        ),
        migrations.AddField(
            model_name='episode',
            name='coercer_state',
            field=models.CharField(blank=True, help_text='Two letters: its government has no part in the answer.', max_length=2),
        ),
        migrations.AddField(
            model_name='invocation',
            name='closing_at',
            field=models.DateTimeField(help_text='One person proposed to close it.', null=True),
        ),
        migrations.AddField(
            model_name='invocation',
            name='closing_by',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='invocation',
            name='closing_for',
            field=models.UUIDField(help_text='Government whose second person closes it.', null=True),
        ),
        migrations.AddField(
            model_name='invocation',
            name='closing_why',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='invocation',
            name='opened_at',
            field=models.DateTimeField(help_text='A second person called upon the members.', null=True),
        ),
        migrations.AddField(
            model_name='invocation',
            name='opened_by',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='invited_at',
            field=models.DateTimeField(help_text='A second person of the chair confirmed.', null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='invited_by',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='public',
            field=models.BooleanField(default=False, help_text='Named where the compact is public.'),
        ),
        migrations.AlterField(
            model_name='compact',
            name='reference',
            field=models.SlugField(max_length=60),
        ),
        migrations.AlterField(
            model_name='episode',
            name='reference',
            field=models.SlugField(max_length=60),
        ),
        migrations.AlterField(
            model_name='pledge',
            name='approved_at',
            field=models.DateTimeField(help_text='Let out since then.', null=True),
        ),
        migrations.AddConstraint(
            model_name='compact',
            constraint=models.UniqueConstraint(fields=('holder', 'reference'), name='one_name_a_compact'),
        ),
        migrations.AddConstraint(
            model_name='compact',
            constraint=models.UniqueConstraint(condition=models.Q(('approved_at__isnull', False), ('withdrawn_at__isnull', True)), fields=('reference',), name='one_name_a_public_compact'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.UniqueConstraint(fields=('holder', 'reference'), name='one_key_an_episode'),
        ),
        migrations.AddConstraint(
            model_name='invocation',
            constraint=models.CheckConstraint(condition=models.Q(('opened_by__isnull', True), models.Q(('opened_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='two_people_invoke'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(models.Q(('reach', undaunted.coercion.response.rules.terms.Reach['OWN']), _negated=True), models.Q(('approved_by', models.F('recorded_by')), _negated=True), models.Q(('changed_by__isnull', True), models.Q(('approved_by', models.F('changed_by')), _negated=True), _connector='OR')), _connector='OR'), name='two_people_publish_a_pledge'),
        ),
        migrations.AddField(
            model_name='memberstep',
            name='member',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='step', to='response.member'),
        ),
        migrations.AddConstraint(
            model_name='memberstep',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='two_people_take_a_step'),
        ),
        migrations.RunPython(_name_coercers, migrations.RunPython.noop),
        _statements("before_two_people.sql"),
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        _statements("sight.sql"),
        _statements("gates.sql"),
        _statements("sight_members.sql"),
    ]
