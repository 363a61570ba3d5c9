"""Forms of the desk: what a person may ask of the registry, checked before any action runs."""

from undaunted.prisoners.registry.forms.imports import (
    HandOverForm,
    ListForm,
    MappingForm,
    UploadForm,
)
from undaunted.prisoners.registry.forms.records import (
    ConfirmationForm,
    ConsentForm,
    ReleaseForm,
    SearchForm,
    SourceForm,
    SpellForm,
)
from undaunted.prisoners.registry.forms.standing import (
    AssessmentForm,
    DecisionForm,
    PublicationForm,
    StatusForm,
)

__all__ = [
    "AssessmentForm",
    "ConfirmationForm",
    "ConsentForm",
    "DecisionForm",
    "HandOverForm",
    "ListForm",
    "MappingForm",
    "PublicationForm",
    "ReleaseForm",
    "SearchForm",
    "SourceForm",
    "SpellForm",
    "StatusForm",
    "UploadForm",
]
