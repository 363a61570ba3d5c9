"""Addresses of the registry's signed-in work, mounted at `desk/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from undaunted.prisoners.registry.pages import (
    desk_assessing,
    desk_cases,
    desk_changes,
    desk_claims,
    desk_consent,
    desk_evidence,
    desk_gate,
    desk_imports,
    desk_listing,
    desk_lists,
    desk_matches,
    desk_people,
    desk_records,
    desk_standing,
    desk_wgad,
)

if TYPE_CHECKING:
    from django.urls import URLPattern

__all__ = ["app_name", "urlpatterns"]

app_name = "desk"

CASE = "cases/<uuid:party>/"
SPELL = "cases/<uuid:party>/spells/<uuid:claim>/"
CLAIM = "cases/<uuid:party>/claims/<uuid:claim>/"
NAME = "cases/<uuid:party>/names/<uuid:name>/"

urlpatterns: list[URLPattern] = [
    path("lists/", desk_lists.index, name="lists"),
    path("lists/new/", desk_lists.new, name="list_new"),
    path("lists/<uuid:source_list>/", desk_lists.one, name="list"),
    path("lists/<uuid:source_list>/hand-over/", desk_lists.hand_over, name="list_hand_over"),
    path("lists/<uuid:source_list>/export/", desk_lists.export, name="list_export"),
    path(
        "lists/<uuid:source_list>/proposals/<uuid:proposal>/",
        desk_listing.answer,
        name="listing_answer",
    ),
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
    path("matches/compare/<uuid:holder>/", desk_matches.compare_anew, name="matches_compare"),
    path("matches/<uuid:left>/<uuid:right>/", desk_matches.one, name="match"),
    path("matches/<uuid:left>/undo/<uuid:judgement>/", desk_matches.undo, name="match_undo"),
    path("cases/", desk_cases.index, name="cases"),
    path("cases/new/", desk_people.new, name="case_new"),
    path(CASE, desk_cases.one, name="case"),
    path(f"{CASE}person/", desk_people.correct, name="person_correct"),
    path(f"{CASE}list/", desk_listing.propose, name="listing_propose"),
    path(f"{CASE}names/new/", desk_people.new_name, name="name_new"),
    path(f"{NAME}correct/", desk_people.correct_one_name, name="name_correct"),
    path(f"{NAME}withdraw/", desk_people.withdraw_one_name, name="name_withdraw"),
    path(f"{NAME}first/", desk_people.show_first, name="name_first"),
    path(f"{CASE}spells/new/", desk_records.new_spell, name="spell_new"),
    path(f"{SPELL}correct/", desk_records.correct_spell, name="spell_correct"),
    path(f"{SPELL}release/", desk_records.release, name="release"),
    path(f"{SPELL}confirm/", desk_records.confirm, name="confirm"),
    path(f"{SPELL}charges/new/", desk_claims.new_charge, name="charge_new"),
    path(f"{CASE}civil-death/new/", desk_claims.new_civil_death, name="civil_death_new"),
    path(CLAIM, desk_claims.claim, name="claim"),
    path(f"{CLAIM}correct/", desk_claims.correct_claim, name="claim_correct"),
    path(f"{CLAIM}withdraw/", desk_claims.withdraw_claim, name="claim_withdraw"),
    path(f"{CLAIM}sources/new/", desk_evidence.cite_claim, name="claim_cite"),
    path(f"{CASE}sources/new/", desk_evidence.cite_person, name="person_cite"),
    path(
        f"{CASE}sources/<uuid:citation>/withdraw/",
        desk_evidence.withdraw,
        name="citation_withdraw",
    ),
    path(f"{CASE}consent/proxies/", desk_consent.end_proxies, name="consent_end_proxies"),
    path(f"{CASE}consent/new/", desk_consent.give_consent, name="consent_new"),
    path(
        f"{CASE}consent/<uuid:grant>/revoke/",
        desk_consent.withdraw_consent,
        name="consent_revoke",
    ),
    path(f"{CASE}assess/<slug:standard>/", desk_assessing.assess, name="assess"),
    path(f"{CASE}wgad/", desk_wgad.draft, name="wgad"),
    path(f"{CASE}dissent/<uuid:assessment>/", desk_assessing.dissent, name="dissent"),
    path(f"{CASE}status/<slug:standard>/", desk_standing.propose, name="recognition_propose"),
    path(f"{CASE}status/<uuid:proposal>/decide/", desk_standing.decide, name="recognition_decide"),
    path(f"{CASE}publication/", desk_standing.propose_public, name="publication_propose"),
    path(f"{CASE}publication/publish/", desk_standing.publish_case, name="publish"),
    path(f"{CASE}publication/take-down/", desk_gate.take_case_down, name="take_down"),
    path(f"{CASE}publication/end-embargo/", desk_gate.end_embargo, name="embargo_end"),
    path("recognition/", desk_standing.recognition_queue, name="recognition"),
    path("publication/", desk_standing.publication_queue, name="publication"),
    path("changes/", desk_changes.index, name="changes"),
    path("changes/approve/", desk_changes.approve, name="changes_approve"),
]
