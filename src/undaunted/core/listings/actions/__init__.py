"""What is done to lists: a version loaded whole or not at all, fetched, confirmed, withdrawn."""

from undaunted.core.listings.actions.demonstration import load_invented_lists
from undaunted.core.listings.actions.doubting import ListDoubted
from undaunted.core.listings.actions.fetching import ListUnreachable, fetch_list
from undaunted.core.listings.actions.loading import (
    VersionRefused,
    attest_version,
    load_list,
    withdraw_version,
)

__all__ = [
    "ListDoubted",
    "ListUnreachable",
    "VersionRefused",
    "attest_version",
    "fetch_list",
    "load_invented_lists",
    "load_list",
    "withdraw_version",
]
