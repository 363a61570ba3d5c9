"""What the desk's role may know of people before and after somebody has signed in.

Without an identity nothing is readable. The passphrase's hash of one named person is given against
a code made with the binding key. Between passphrase and second factor the identity is `entering`:
it reaches its own rows and nothing else. Whoever signed in in person may change the own account; a
token never may. An administrator changes people whose every role lies in the organisations that the
administrator administers, through functions that check this; nobody reads the table.
"""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_identity"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.RunSQL(
            (_SQL / "identities.sql").read_text("utf-8"), migrations.RunSQL.noop
        ),
        migrations.RunSQL((_SQL / "people.sql").read_text("utf-8"), migrations.RunSQL.noop),
    ]
