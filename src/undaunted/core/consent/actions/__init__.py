"""Recording consent and ending it, the news of it, and the ledger outside the database."""

from undaunted.core.consent.actions.agreeing import (
    ConsentAlreadyEnded,
    Objected,
    Terms,
    end_proxy,
    object_to_use,
    record_consent,
    record_consents,
    revoke_consent,
)
from undaunted.core.consent.actions.news import (
    announce,
    announce_expiries,
    deliver,
    deliver_news,
    handlers,
    register_handler,
)
from undaunted.core.consent.actions.receipts import (
    Withdrawn,
    bind_receipt,
    give_receipt,
    withdraw_by_receipt,
)
from undaunted.core.consent.actions.withdrawals import (
    accept_loss,
    follow_ledger,
    sign_former_ledger,
    write_withdrawals,
)

__all__ = [
    "ConsentAlreadyEnded",
    "Objected",
    "Terms",
    "Withdrawn",
    "accept_loss",
    "announce",
    "announce_expiries",
    "bind_receipt",
    "deliver",
    "deliver_news",
    "end_proxy",
    "follow_ledger",
    "give_receipt",
    "handlers",
    "object_to_use",
    "record_consent",
    "record_consents",
    "register_handler",
    "revoke_consent",
    "sign_former_ledger",
    "withdraw_by_receipt",
    "write_withdrawals",
]
