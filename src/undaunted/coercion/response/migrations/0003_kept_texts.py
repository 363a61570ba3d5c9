"""What a government keeps is sealed to its people; the database holds that nothing of it lies open."""

from pathlib import Path

import undaunted.coercion.response.rules.terms
from django.db import migrations, models

HERE = Path(__file__).parent
NOTHING_OPEN = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM response_note) OR EXISTS (SELECT FROM response_statement WHERE reach = 'own')
        OR EXISTS (SELECT FROM response_pledge WHERE reach = 'own') THEN
        RAISE EXCEPTION 'response: texts that a government keeps lie unsealed, from before they were '
            'sealed, and only its own people can seal them: write them down elsewhere, delete these '
            'rows as the owner (a demonstration: make a new one), and migrate again';
    END IF;
END $$;
"""


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):

    dependencies = [
        ('response', '0002_protection'),
        ('vault', '0005_admissions'),
    ]

    operations = [
        migrations.RunSQL([NOTHING_OPEN], migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name='pledge',
            name='pledge_has_basis_trigger_and_end',
        ),
        migrations.RemoveField(
            model_name='note',
            name='text',
        ),
        migrations.AddField(
            model_name='delivery',
            name='envelope',
            field=models.BinaryField(help_text='Texts that are kept, sealed.', null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='sequence',
            field=models.PositiveIntegerField(help_text='Number of the sealing.', null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='team',
            field=models.UUIDField(help_text='Team of the vault that opens what it keeps.', null=True),
        ),
        migrations.AddField(
            model_name='note',
            name='envelope',
            field=models.BinaryField(help_text='Texts that are kept, sealed.', null=True),
        ),
        migrations.AddField(
            model_name='note',
            name='sequence',
            field=models.PositiveIntegerField(help_text='Number of the sealing.', null=True),
        ),
        migrations.AddField(
            model_name='offramp',
            name='envelope',
            field=models.BinaryField(help_text='Texts that are kept, sealed.', null=True),
        ),
        migrations.AddField(
            model_name='offramp',
            name='sequence',
            field=models.PositiveIntegerField(help_text='Number of the sealing.', null=True),
        ),
        migrations.AddField(
            model_name='pledge',
            name='envelope',
            field=models.BinaryField(help_text='Texts that are kept, sealed.', null=True),
        ),
        migrations.AddField(
            model_name='pledge',
            name='sequence',
            field=models.PositiveIntegerField(help_text='Number of the sealing.', null=True),
        ),
        migrations.AddField(
            model_name='statement',
            name='envelope',
            field=models.BinaryField(help_text='Texts that are kept, sealed.', null=True),
        ),
        migrations.AddField(
            model_name='statement',
            name='sequence',
            field=models.PositiveIntegerField(help_text='Number of the sealing.', null=True),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='evidence',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='offramp',
            name='condition',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='offramp',
            name='evidence',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='pledge',
            name='legal_basis',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='pledge',
            name='off_ramp',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='pledge',
            name='text',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='pledge',
            name='trigger',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='statement',
            name='text',
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('envelope__isnull', True), ('evidence', ''), _connector='OR'), name='what_is_kept_of_a_delivery_is_sealed'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('envelope__isnull', False)), name='a_note_is_sealed'),
        ),
        migrations.AddConstraint(
            model_name='offramp',
            constraint=models.CheckConstraint(condition=models.Q(('envelope__isnull', True), models.Q(('condition', ''), ('evidence', ''), ('shown_by', '')), _connector='OR'), name='what_is_kept_of_a_condition_is_sealed'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(('reach', undaunted.coercion.response.rules.terms.Reach['OWN']), models.Q(models.Q(('legal_basis', ''), _negated=True), models.Q(('trigger', ''), _negated=True), models.Q(('off_ramp', ''), _negated=True)), _connector='OR'), name='pledge_has_basis_trigger_and_end'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_why', ''), ('envelope__isnull', False), ('legal_basis', ''), ('off_ramp', ''), ('reach', undaunted.coercion.response.rules.terms.Reach['OWN']), ('text', ''), ('trigger', '')), models.Q(models.Q(('reach', undaunted.coercion.response.rules.terms.Reach['OWN']), _negated=True), ('envelope__isnull', True)), _connector='OR'), name='what_is_kept_of_a_pledge_is_sealed'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('envelope__isnull', False), ('reach', undaunted.coercion.response.rules.terms.Reach['OWN']), ('text', '')), models.Q(models.Q(('reach', undaunted.coercion.response.rules.terms.Reach['OWN']), _negated=True), ('envelope__isnull', True)), _connector='OR'), name='what_is_kept_is_sealed'),
        ),
        _statements("kept.sql"),
        _statements("gates.sql"),
    ]
