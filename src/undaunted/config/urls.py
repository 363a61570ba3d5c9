"""The root of every address. A subject's addresses are mounted here, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe

from undaunted.briefings.pages import favicon, robots
from undaunted.briefings.urls import desk as briefings_desk
from undaunted.coercion.exposure.urls import desk_urls as exposure_desk
from undaunted.coercion.instruments.urls import desk_urls as instruments_desk
from undaunted.coercion.response.urls import designer, designer_desk
from undaunted.coercion.response.urls import desk_urls as response_desk
from undaunted.coercion.screening.urls import exchange_urls as exchange_desk
from undaunted.coercion.screening.urls import register_urls as register_desk
from undaunted.config.api import api
from undaunted.core.accounts.middleware import face
from undaunted.core.accounts.urls import entrance
from undaunted.core.commitments.urls import desk as commitments_desk
from undaunted.core.editions.urls import desk as editions_desk
from undaunted.core.intake.urls import desk as intake_desk
from undaunted.core.listings.urls import desk_urls as listings_desk
from undaunted.core.practices.urls import desk as practices_desk
from undaunted.prisoners.campaigns.urls import desk_urls as campaigns_desk
from undaunted.prisoners.report.urls import desk as report_desk
from undaunted.repression.coordination.urls import desk_urls as coordination_desk
from undaunted.repression.sanctions.urls import desk_urls as sanctions_desk

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLPattern, URLResolver

__all__ = ["PAGES", "health", "urlpatterns"]


@face("public")
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Say that the web process answers; touches no database and tells nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


# The pages that exist in every language: /fr/… and so on, English without prefix.
PAGES: list[URLPattern | URLResolver] = [
    path("", include("undaunted.briefings.urls")),
    path("", include("undaunted.prisoners.registry.urls")),
    path("accounts/", include(entrance)),
    path("desk/accounts/", include("undaunted.core.accounts.urls")),
    path("desk/consent/", include("undaunted.core.consent.urls")),
    path("desk/clocks/", include("undaunted.core.clocks.urls")),
    path("help/", include("undaunted.core.intake.urls")),
    path("desk/intake/", include(intake_desk)),
    path("coercion/response/", include(designer)),
    path("desk/coercion/designer/", include(designer_desk)),
    path("editions/", include("undaunted.core.editions.urls")),
    path("desk/editions/", include(editions_desk)),
    path("desk/matching/", include("undaunted.core.matching.urls")),
    path("desk/documents/", include("undaunted.core.evidence.urls")),
    path("commitments/", include("undaunted.core.commitments.urls")),
    path("lists/", include("undaunted.core.listings.urls")),
    path("desk/listings/", include(listings_desk)),
    path("desk/commitments/", include(commitments_desk)),
    path("practices/", include("undaunted.core.practices.urls")),
    path("desk/practices/", include(practices_desk)),
    path("desk/report/", include(report_desk)),
    path("desk/memos/", include("undaunted.prisoners.memo.urls")),
    path("campaigns/", include("undaunted.prisoners.campaigns.urls")),
    path("coercion/", include("undaunted.coercion.exposure.urls")),
    path("desk/campaigns/", include(campaigns_desk)),
    path("desk/coercion/flows/", include(exposure_desk)),
    path("coercion/", include("undaunted.coercion.instruments.urls")),
    path("desk/coercion/", include(instruments_desk)),
    path("coercion/", include("undaunted.coercion.response.urls")),
    path("desk/coercion/", include(response_desk)),
    path("desk/screening/assets/", include(register_desk)),
    path("desk/screening/exchange/", include(exchange_desk)),
    path("desk/screening/", include("undaunted.coercion.screening.urls")),
    path("desk/dossiers/", include("undaunted.repression.dossiers.urls")),
    path("sanctions/", include("undaunted.repression.sanctions.urls")),
    path("desk/sanctions/", include(sanctions_desk)),
    path("designations/", include("undaunted.repression.coordination.urls")),
    path("desk/coordination/", include(coordination_desk)),
    path("desk/sharing/", include("undaunted.core.sharing.urls")),
    path("desk/vault/", include("undaunted.core.vault.urls")),
    path("desk/", include(briefings_desk)),
]

urlpatterns = [
    path("health", health, name="health"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path("api/v1/", api.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(*PAGES, prefix_default_language=False),
]
