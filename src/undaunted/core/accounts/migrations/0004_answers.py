"""Kept answers of the API: seen and written by the person whose token asked."""

from django.db import migrations, models

PROTECTION = """
ALTER TABLE accounts_keptanswer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON accounts_keptanswer TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_own ON accounts_keptanswer TO undaunted_desk
    USING (user_id = (SELECT identity_actor())) WITH CHECK (user_id = (SELECT identity_actor()));
GRANT SELECT, INSERT, DELETE ON accounts_keptanswer TO undaunted_desk;
GRANT USAGE ON SEQUENCE accounts_keptanswer_id_seq TO undaunted_desk;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sign_in")]
    operations = [
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("user_id", models.UUIDField()),
                ("key", models.CharField(max_length=64)),
                ("request", models.CharField(max_length=64)),
                ("status", models.IntegerField()),
                ("body", models.TextField()),
                ("content_type", models.CharField(max_length=80)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["user_id", "key"], name="one_answer_per_key")
                ],
            },
        ),
        migrations.RunSQL(PROTECTION, migrations.RunSQL.noop),
    ]
