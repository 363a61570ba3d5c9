"""Forms of proceedings."""

from undaunted.coercion.instruments.forms.cases import (
    CalculationForm,
    CorrectionForm,
    ElementsForm,
    EngagementForm,
    InjuryForm,
    PaperForm,
    ProceedingForm,
    TeamForm,
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
    "InjuryForm",
    "MeasureForm",
    "PaperForm",
    "ProceedingForm",
    "RequestForm",
    "StepForm",
    "TeamForm",
    "TestsForm",
    "VoteForm",
    "WaitingForm",
]
