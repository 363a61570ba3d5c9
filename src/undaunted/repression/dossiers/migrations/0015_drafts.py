"""What is read before a submission is released is a draft: a file of its own, which goes then."""

from django.db import migrations, models

NAMES = (
    "submission.docx", "submission.pdf", "draft.pdf", "annexes.zip", "annexes.age", "victims.age",
)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0014_fallen_files")]
    operations = [
        migrations.RemoveConstraint("submissionfile", "known_files_of_a_submission"),
        migrations.AddConstraint(
            "submissionfile",
            models.CheckConstraint(
                condition=models.Q(name__in=NAMES), name="known_files_of_a_submission"
            ),
        ),
    ]
