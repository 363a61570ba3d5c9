"""Tables of campaigns, and the views that the public reads of them."""

from undaunted.prisoners.campaigns.models.campaigns import (
    Adopter,
    Adoption,
    Campaign,
    CampaignCase,
    Material,
)
from undaunted.prisoners.campaigns.models.published import (
    PublishedAdoption,
    PublishedCampaign,
    PublishedCampaignCase,
    PublishedMaterial,
    PublishedPrivate,
    PublishedRaise,
)
from undaunted.prisoners.campaigns.models.raises import PrivateMonth, Raise, RaiseStep

__all__ = [
    "Adopter",
    "Adoption",
    "Campaign",
    "CampaignCase",
    "Material",
    "PrivateMonth",
    "PublishedAdoption",
    "PublishedCampaign",
    "PublishedCampaignCase",
    "PublishedMaterial",
    "PublishedPrivate",
    "PublishedRaise",
    "Raise",
    "RaiseStep",
]
