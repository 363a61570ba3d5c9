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
from undaunted.repression.dossiers.forms.listed import ListedForm
from undaunted.repression.dossiers.forms.redacting import AnnexRedactForm

__all__ = [
    "AccusedForm",
    "ActForm",
    "AnnexForm",
    "AnnexRedactForm",
    "DetailForm",
    "DossierForm",
    "FindingForm",
    "LinkForm",
    "ListedForm",
    "PartForm",
    "PostForm",
    "ReplyForm",
    "StatementForm",
    "SubmissionForm",
    "laws_offered",
]
