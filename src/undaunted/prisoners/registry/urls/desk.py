"""Addresses of the registry's signed-in work, mounted at `desk/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from undaunted.prisoners.registry.pages import (
    desk_cases,
    desk_changes,
    desk_home,
    desk_imports,
    desk_lists,
    desk_matches,
    desk_records,
    desk_standing,
)

if TYPE_CHECKING:
    from django.urls import URLPattern

__all__ = ["app_name", "urlpatterns"]

app_name = "desk"

CASE = "cases/<uuid:party>/"
SPELL = "cases/<uuid:party>/spells/<uuid:claim>/"

urlpatterns: list[URLPattern] = [
    path("", desk_home.home, name="home"),
    path("lists/", desk_lists.index, name="lists"),
    path("lists/new/", desk_lists.new, name="list_new"),
    path("lists/<uuid:source_list>/", desk_lists.one, name="list"),
    path("lists/<uuid:source_list>/hand-over/", desk_lists.hand_over, name="list_hand_over"),
    path("lists/<uuid:source_list>/export/", desk_lists.export, name="list_export"),
    path("mappings/<uuid:mapping_id>/", desk_lists.mapping, name="mapping"),
    path("imports/", desk_imports.index, name="imports"),
    path("imports/new/", desk_imports.new, name="import_new"),
    path("imports/new/mapping/", desk_imports.mapping, name="import_mapping"),
    path("imports/new/preview/", desk_imports.preview, name="import_preview"),
    path("imports/new/rejects/", desk_imports.draft_rejects, name="import_draft_rejects"),
    path("imports/<uuid:batch_id>/", desk_imports.one, name="import"),
    path("imports/<uuid:batch_id>/settle/", desk_imports.settle, name="import_accept"),
    path("imports/<uuid:batch_id>/undo/", desk_imports.undo, name="import_undo"),
    path("imports/<uuid:batch_id>/rejects/", desk_imports.rejected, name="import_rejects"),
    path("matches/", desk_matches.index, name="matches"),
    path("matches/<uuid:left>/<uuid:right>/", desk_matches.one, name="match"),
    path("matches/<uuid:left>/undo/<uuid:judgement>/", desk_matches.undo, name="match_undo"),
    path("cases/", desk_cases.index, name="cases"),
    path(CASE, desk_cases.one, name="case"),
    path(f"{CASE}spells/new/", desk_records.new_spell, name="spell_new"),
    path(f"{SPELL}correct/", desk_records.correct_spell, name="spell_correct"),
    path(f"{SPELL}release/", desk_records.release, name="release"),
    path(f"{SPELL}confirm/", desk_records.confirm, name="confirm"),
    path(f"{CASE}consent/new/", desk_records.give_consent, name="consent_new"),
    path(
        f"{CASE}consent/<uuid:grant>/revoke/",
        desk_records.withdraw_consent,
        name="consent_revoke",
    ),
    path(f"{CASE}assess/<slug:standard>/", desk_standing.assess, name="assess"),
    path(f"{CASE}status/<slug:standard>/", desk_standing.propose, name="recognition_propose"),
    path(f"{CASE}status/<uuid:proposal>/decide/", desk_standing.decide, name="recognition_decide"),
    path(f"{CASE}publication/", desk_standing.propose_public, name="publication_propose"),
    path(f"{CASE}publication/publish/", desk_standing.publish_case, name="publish"),
    path(f"{CASE}publication/take-down/", desk_standing.take_case_down, name="take_down"),
    path("recognition/", desk_standing.recognition_queue, name="recognition"),
    path("publication/", desk_standing.publication_queue, name="publication"),
    path("changes/", desk_changes.index, name="changes"),
    path("changes/approve/", desk_changes.approve, name="changes_approve"),
]
