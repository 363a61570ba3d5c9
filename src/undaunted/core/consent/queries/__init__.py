"""Reads of the ledger of consent, of its news, and of what lies outside the database."""

from undaunted.core.consent.queries.agreements import (
    agreement,
    grant_row_for,
    grant_rows_for,
    grants_for,
    objections_for,
    subjects_agreed,
)
from undaunted.core.consent.queries.holders import (
    Held,
    Reached,
    held_under,
    reached_under,
)
from undaunted.core.consent.queries.news import (
    Told,
    Undelivered,
    failed_news,
    news_about,
    news_told,
    news_waiting,
    pending_of,
    undelivered,
)
from undaunted.core.consent.queries.withdrawals import (
    ledger_agrees,
    ledger_standing,
    ledger_state,
    unwritten,
)

__all__ = [
    "Held",
    "Reached",
    "Told",
    "Undelivered",
    "agreement",
    "failed_news",
    "grant_row_for",
    "grant_rows_for",
    "grants_for",
    "held_under",
    "ledger_agrees",
    "ledger_standing",
    "ledger_state",
    "news_about",
    "news_told",
    "news_waiting",
    "objections_for",
    "pending_of",
    "reached_under",
    "subjects_agreed",
    "undelivered",
    "unwritten",
]
