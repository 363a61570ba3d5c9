"""What is done with evidence: recorded, kept, sealed, cleaned, stamped, cited."""

from undaunted.core.evidence.actions.blobs import keep_blob, sweep_drafts
from undaunted.core.evidence.actions.cleaning import (
    clean_or_refuse,
    make_clean_copy,
    record_clean_copy,
)
from undaunted.core.evidence.actions.documents import (
    CustodyBroken,
    cite,
    cite_together,
    note_viewing,
    record_custody,
    record_source,
    store_document,
    withdraw_citation,
)
from undaunted.core.evidence.actions.redacting import (
    draw_for_redacting,
    make_redacted_copy,
    note_taking,
    withdraw_redacted_copy,
)
from undaunted.core.evidence.actions.sealing import (
    DOCUMENT,
    KeyNeeded,
    erase_document,
    open_copy,
    open_original,
    seal_document,
    without_files,
)
from undaunted.core.evidence.actions.stamping import StampRefused, stamp_document, verify_stamps

__all__ = [
    "DOCUMENT",
    "CustodyBroken",
    "KeyNeeded",
    "StampRefused",
    "cite",
    "cite_together",
    "clean_or_refuse",
    "draw_for_redacting",
    "erase_document",
    "keep_blob",
    "make_clean_copy",
    "make_redacted_copy",
    "note_taking",
    "note_viewing",
    "open_copy",
    "open_original",
    "record_clean_copy",
    "record_custody",
    "record_source",
    "seal_document",
    "stamp_document",
    "store_document",
    "sweep_drafts",
    "verify_stamps",
    "withdraw_citation",
    "withdraw_redacted_copy",
    "without_files",
]
