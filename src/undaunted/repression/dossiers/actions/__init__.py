"""What is done with dossiers. This is the door: nothing else of it is called from outside."""

from undaunted.repression.dossiers.actions.closing import (
    ask_closing,
    close_dossier,
    erase_dossier,
)
from undaunted.repression.dossiers.actions.looking import look_at_annex, open_annex
from undaunted.repression.dossiers.actions.news import heed_news
from undaunted.repression.dossiers.actions.parts import Evidence
from undaunted.repression.dossiers.actions.planning import DossierPlan
from undaunted.repression.dossiers.actions.recording import (
    add_act,
    open_dossier,
    record_accused,
    record_detail,
    record_finding,
    record_link,
    record_post,
    withdraw_part,
    write_dossier,
)
from undaunted.repression.dossiers.actions.redacting import redact_annex
from undaunted.repression.dossiers.actions.releasing import (
    end_submission,
    open_submission_file,
    release_submission,
)
from undaunted.repression.dossiers.actions.submitting import (
    SubmissionPlan,
    rewrite_submission,
    write_submission,
)
from undaunted.repression.dossiers.actions.weighing import (
    add_annex,
    confirm_statement,
    record_reply,
    record_statement,
    search_listings,
)

__all__ = [
    "DossierPlan",
    "Evidence",
    "SubmissionPlan",
    "add_act",
    "add_annex",
    "ask_closing",
    "close_dossier",
    "confirm_statement",
    "end_submission",
    "erase_dossier",
    "heed_news",
    "look_at_annex",
    "open_annex",
    "open_dossier",
    "open_submission_file",
    "record_accused",
    "record_detail",
    "record_finding",
    "record_link",
    "record_post",
    "record_reply",
    "record_statement",
    "redact_annex",
    "release_submission",
    "rewrite_submission",
    "search_listings",
    "withdraw_part",
    "write_dossier",
    "write_submission",
]
