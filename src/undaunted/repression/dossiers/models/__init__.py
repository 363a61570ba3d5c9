"""Tables of dossiers and of the submissions written from them."""

from undaunted.repression.dossiers.models.dossiers import (
    Accused,
    Detail,
    Dossier,
    DossierAct,
    FoundFact,
    Link,
    Post,
    Statement,
)
from undaunted.repression.dossiers.models.submissions import (
    Annex,
    AnnexLook,
    Submission,
    SubmissionFile,
    SubmissionSubject,
)

__all__ = [
    "Accused",
    "Annex",
    "AnnexLook",
    "Detail",
    "Dossier",
    "DossierAct",
    "FoundFact",
    "Link",
    "Post",
    "Statement",
    "Submission",
    "SubmissionFile",
    "SubmissionSubject",
]
