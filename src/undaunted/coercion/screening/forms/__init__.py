"""Forms of screening."""

from undaunted.coercion.screening.forms.assets import (
    AssetForm,
    ExposureForm,
    FilterForm,
    HoldingForm,
    RegisterFileForm,
    ReviewForm,
    UnfiledForm,
    WithdrawForm,
)

__all__ = [
    "AssetForm",
    "ExposureForm",
    "FilterForm",
    "HoldingForm",
    "RegisterFileForm",
    "ReviewForm",
    "UnfiledForm",
    "WithdrawForm",
]
