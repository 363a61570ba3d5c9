"""Nobody is stuck: a vote closes when all have voted or its time is over; members go on after it."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):

    dependencies = [
        ('response', '0005_two_people'),
    ]

    operations = [
        migrations.AddField(
            model_name='invocation',
            name='decided_for',
            field=models.UUIDField(help_text='Government whose second one confirms.', null=True),
        ),
        migrations.AddField(
            model_name='pledge',
            name='beforehand',
            field=models.ForeignKey(help_text='Pledge made beforehand that it was brought in from.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='response.pledge'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='taken_back_at',
            field=models.DateTimeField(help_text='Not counted since then.', null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='taken_back_by',
            field=models.UUIDField(null=True),
        ),
        _statements("before_going_on.sql"),
        migrations.AddConstraint(
            model_name='invocation',
            constraint=models.UniqueConstraint(condition=models.Q(('opened_at__isnull', False), models.Q(('stage', 'closed'), _negated=True)), fields=('episode',), name='one_open_invocation_an_episode'),
        ),
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        _statements("sight.sql"),
        _statements("gates.sql"),
        _statements("bring_in.sql"),
        _statements("going_on.sql"),
    ]
