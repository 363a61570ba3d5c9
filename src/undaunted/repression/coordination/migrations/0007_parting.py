"""Two people end a guest's part, and set aside a package of it that one person refused."""

from pathlib import Path
import uuid

from django.db import migrations, models

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):

    dependencies = [
        ('coordination', '0006_acknowledged'),
    ]

    operations = [
        migrations.AddField(
            model_name='guest',
            name='ending_by',
            field=models.UUIDField(help_text='Who proposes to end its part.', null=True),
        ),
        migrations.AddField(
            model_name='guest',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='guest',
            name='ended_by',
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name='guest',
            constraint=models.CheckConstraint(condition=models.Q(('ended_by__isnull', True), models.Q(('ended_by', models.F('ending_by')), _negated=True), _connector='OR'), name='two_people_end_a_guests_part'),
        ),
        migrations.CreateModel(
            name='SetAside',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.UUIDField(help_text='Organisation that holds the record.')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('item', models.UUIDField(help_text='Item of the package.', unique=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE coordination_setaside ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
            "CREATE POLICY keeper ON coordination_setaside TO CURRENT_USER USING (true) WITH CHECK (true);",
            migrations.RunSQL.noop,
        ),
        _statements("parting.sql"),
        _statements("parting_rights.sql"),
    ]
