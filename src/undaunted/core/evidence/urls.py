"""Addresses of documents at the desk."""

from django.urls import path

from undaunted.core.evidence.pages import desk as pages
from undaunted.core.evidence.pages import redacting

__all__ = ["app_name", "urlpatterns"]

app_name = "evidence"

urlpatterns = [
    path("", pages.documents, name="documents"),
    path("<uuid:document>/", pages.document_page, name="document"),
    path("<uuid:document>/clean/", pages.clean, name="clean"),
    path("<uuid:document>/copy/", pages.copy, name="copy"),
    path("<uuid:document>/play/", pages.play, name="play"),
    path("<uuid:document>/redact/", redacting.redact, name="redact"),
    path("<uuid:document>/redact/<int:page>/", redacting.page_to_redact, name="page"),
    path("redacted/<uuid:copy>/", redacting.redacted, name="redacted"),
    path("redacted/<uuid:copy>/<int:page>/", redacting.page_redacted, name="redacted_page"),
    path("redacted/<uuid:copy>/copy/", redacting.redacted_copy, name="redacted_copy"),
    path("redacted/<uuid:copy>/withdraw/", redacting.withdraw, name="withdraw_redacted"),
]
