"""Forms of the desk: what a person may ask of the registry, checked before any action runs."""

from undaunted.prisoners.registry.forms.claims import ChargeForm, CivilDeathForm
from undaunted.prisoners.registry.forms.consent import ConsentForm, EndProxyForm
from undaunted.prisoners.registry.forms.evidence import CitationForm, SourceForm
from undaunted.prisoners.registry.forms.imports import (
    ChooseListForm,
    HandOverForm,
    ListForm,
    MappingForm,
    UploadForm,
)
from undaunted.prisoners.registry.forms.people import NameForm, NewPersonForm, PersonForm
from undaunted.prisoners.registry.forms.records import (
    ConfirmationForm,
    ReleaseForm,
    SearchForm,
    SpellForm,
)
from undaunted.prisoners.registry.forms.standing import (
    AssessmentForm,
    DecisionForm,
    DissentForm,
    PublicationForm,
    StatusForm,
    TakeDownForm,
)

__all__ = [
    "AssessmentForm",
    "ChargeForm",
    "ChooseListForm",
    "CitationForm",
    "CivilDeathForm",
    "ConfirmationForm",
    "ConsentForm",
    "DecisionForm",
    "DissentForm",
    "EndProxyForm",
    "HandOverForm",
    "ListForm",
    "MappingForm",
    "NameForm",
    "NewPersonForm",
    "PersonForm",
    "PublicationForm",
    "ReleaseForm",
    "SearchForm",
    "SourceForm",
    "SpellForm",
    "StatusForm",
    "TakeDownForm",
    "UploadForm",
]
