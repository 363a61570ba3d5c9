"""What of a result an injury was read from is kept with it; of typed amounts, why."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('instruments', '0007_editor'),
    ]

    operations = [
        migrations.AddField(
            model_name='injury',
            name='read',
            field=models.JSONField(default=dict, help_text='What of the result it was read from.'),
        ),
        migrations.AddField(
            model_name='injury',
            name='explained',
            field=models.TextField(blank=True, default='', help_text='Of typed amounts: why, and from where.'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='injury',
            name='digest',
            field=models.CharField(blank=True, help_text='Of the file that it was read from.', max_length=64),
        ),
        migrations.AlterField(
            model_name='injury',
            name='kind',
            field=models.CharField(choices=[('front', 'front'), ('scenario', 'scenario'), ('exposure', 'exposure'), ('other', 'other'), ('typed', 'typed')], max_length=8),
        ),
    ]
