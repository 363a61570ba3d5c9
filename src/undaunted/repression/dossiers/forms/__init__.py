"""Forms of dossiers."""

from undaunted.repression.dossiers.forms.dossiers import (
    AccusedForm,
    ActForm,
    AnnexForm,
    DetailForm,
    DossierForm,
    FindingForm,
    LinkForm,
    PostForm,
    ReplyForm,
    StatementForm,
    SubmissionForm,
    laws_offered,
)
from undaunted.repression.dossiers.forms.fields import PartForm

__all__ = [
    "AccusedForm",
    "ActForm",
    "AnnexForm",
    "DetailForm",
    "DossierForm",
    "FindingForm",
    "LinkForm",
    "PartForm",
    "PostForm",
    "ReplyForm",
    "StatementForm",
    "SubmissionForm",
    "laws_offered",
]
