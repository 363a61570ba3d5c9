"""A measure is lifted by two people; what is recorded of a case is dated now."""

from pathlib import Path

from django.db import migrations, models

GATES = Path(__file__).parent / "gates.sql"


class Migration(migrations.Migration):
    dependencies = [("screening", "0008_general_partner")]
    operations = [
        migrations.AddField(
            model_name="mitigation", name="lifting_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="mitigation",
            name="lifting_by",
            field=models.UUIDField(help_text="Who asks that it be lifted.", null=True),
        ),
        migrations.AddField(
            model_name="mitigation", name="lifting_why", field=models.TextField(blank=True)
        ),
        # Given as a list, it goes to the server whole, without being split or parsed.
        migrations.RunSQL([GATES.read_text(encoding="utf-8")], migrations.RunSQL.noop),
        migrations.RunSQL(
            [
                "CREATE TRIGGER d_gate BEFORE INSERT OR UPDATE ON screening_mitigation"
                " FOR EACH ROW EXECUTE FUNCTION screening_mitigation_gate()",
                "CREATE CONSTRAINT TRIGGER e_replaced AFTER UPDATE ON screening_mitigation"
                " DEFERRABLE INITIALLY DEFERRED"
                " FOR EACH ROW EXECUTE FUNCTION screening_mitigation_replaced()",
            ],
            migrations.RunSQL.noop,
        ),
    ]
