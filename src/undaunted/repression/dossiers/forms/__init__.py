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
from undaunted.repression.dossiers.forms.looking import LookForm
from undaunted.repression.dossiers.forms.offered import offered_told
from undaunted.repression.dossiers.forms.plans import DossierChangeIn, OpenedIn, PlanIn
from undaunted.repression.dossiers.forms.redacting import AnnexRedactForm
from undaunted.repression.dossiers.forms.taking_back import ask_withdrawal, confirm_withdrawal
from undaunted.repression.dossiers.forms.told import (
    PARTS,
    AnnexIn,
    DetailIn,
    DossierActIn,
    DossierFindingIn,
    DossierPersonIn,
    DossierReplyIn,
    DossierStatementIn,
    LinkIn,
    PartIn,
    PostIn,
    kept_signs,
    victims_named,
)

__all__ = [
    "PARTS",
    "AccusedForm",
    "ActForm",
    "AnnexForm",
    "AnnexIn",
    "AnnexRedactForm",
    "DetailForm",
    "DetailIn",
    "DossierActIn",
    "DossierChangeIn",
    "DossierFindingIn",
    "DossierForm",
    "DossierPersonIn",
    "DossierReplyIn",
    "DossierStatementIn",
    "FindingForm",
    "LinkForm",
    "LinkIn",
    "ListedForm",
    "LookForm",
    "OpenedIn",
    "PartForm",
    "PartIn",
    "PlanIn",
    "PostForm",
    "PostIn",
    "ReplyForm",
    "StatementForm",
    "SubmissionForm",
    "ask_withdrawal",
    "confirm_withdrawal",
    "kept_signs",
    "laws_offered",
    "offered_told",
    "victims_named",
]
