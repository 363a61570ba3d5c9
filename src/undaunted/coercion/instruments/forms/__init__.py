"""Forms of proceedings."""

from undaunted.coercion.instruments.forms.cases import (
    CorrectionForm,
    ElementsForm,
    EngagementForm,
    PaperForm,
    ProceedingForm,
    TeamForm,
)
from undaunted.coercion.instruments.forms.injuries import (
    CalculationForm,
    ResultForm,
    TypedForm,
)
from undaunted.coercion.instruments.forms.measures import MeasureForm, TestsForm
from undaunted.coercion.instruments.forms.requests import RequestForm
from undaunted.coercion.instruments.forms.stages import StepForm, WaitingForm
from undaunted.coercion.instruments.forms.votes import VoteForm

__all__ = [
    "CalculationForm",
    "CorrectionForm",
    "ElementsForm",
    "EngagementForm",
    "MeasureForm",
    "PaperForm",
    "ProceedingForm",
    "RequestForm",
    "ResultForm",
    "StepForm",
    "TeamForm",
    "TestsForm",
    "TypedForm",
    "VoteForm",
    "WaitingForm",
]
