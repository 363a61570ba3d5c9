"""What is checked of a package that arrives, after its signature: for us, in time, not again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.sharing.rules.manifest import Manifest, PackageKind
from undaunted.core.sharing.rules.refusals import NotForUs, PackageExpired, PackageReplayed

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["check_arrival", "missing_before"]


def check_arrival(
    manifest: Manifest, *, own: str, last: int, at: datetime, before: bool = False
) -> None:
    """Raise `NotForUs`, `PackageExpired` or `PackageReplayed`.

    `own` is our receiving key, `last` the highest number of this sender taken in so far, `before`
    whether a package of this id was. Takedowns and receipts are not numbered and do not run out:
    obeying one twice changes nothing.
    """
    if manifest.to_key != own:
        raise NotForUs("this copy is made out to another recipient; ask for one of your own")
    if manifest.kind is not PackageKind.ITEMS:
        return
    if manifest.expires <= at:
        raise PackageExpired(
            f"it ran out on {manifest.expires:%Y-%m-%d %H:%M} UTC; ask for it again"
        )
    if manifest.sequence <= last:
        raise PackageReplayed(
            f"it is number {manifest.sequence} of this sender, and number {last} was taken in "
            "before; if you need it, ask for it to be sealed again"
        )
    if before:
        raise PackageReplayed(
            "it has another number than when it was taken in before; if you need it, ask for it to "
            "be sealed again"
        )


def missing_before(sequence: int, last: int) -> range:
    """Give the numbers of packages that should have arrived before this one and did not."""
    return range(last + 1, sequence)
