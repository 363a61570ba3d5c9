"""A later key of a seat that waits for its second person is withdrawn by either."""

from pathlib import Path

from django.db import migrations, models

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):

    dependencies = [
        ('coordination', '0007_parting'),
    ]

    operations = [
        migrations.AddField(
            model_name='seatkey',
            name='withdrawn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='seatkey',
            name='withdrawn_by',
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name='seatkey',
            name='envelope',
            field=models.BinaryField(help_text="Private half, sealed to the seat's team; empty once withdrawn."),
        ),
        migrations.RemoveConstraint(
            model_name='seatkey',
            name='one_key_waits_for_a_seat',
        ),
        migrations.AddConstraint(
            model_name='seatkey',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('seat',), name='one_key_waits_for_a_seat'),
        ),
        _statements("withdrawn_keys.sql"),
        _statements("withdrawn_keys_rights.sql"),
    ]
