"""Why a package is refused: one error for each reason, each with what can be done."""

from __future__ import annotations

__all__ = [
    "AltogetherTooLarge",
    "ForeignSignature",
    "ItemRefused",
    "KeyUnreadable",
    "MarkingRefused",
    "NotForUs",
    "PackageExpired",
    "PackageReplayed",
    "PackageUnreadable",
    "PartnerUnverified",
    "RecipientsRefused",
    "ShareRefused",
    "StepRefused",
    "UnknownSender",
]


class ShareRefused(ValueError):
    """A package was not made, taken in or moved on; nothing was released and nothing changed."""


class PackageUnreadable(ShareRefused):
    """The bytes are no package, or a package that was cut, lengthened or changed."""


class AltogetherTooLarge(PackageUnreadable):
    """The package, its list of contents, or one item is larger than the format allows."""


class ForeignSignature(ShareRefused):
    """The signature is not made with the key it names, or with another key than was expected."""


class KeyUnreadable(ShareRefused):
    """The text is no public key or no fingerprint."""


class UnknownSender(ShareRefused):
    """No verified partner of this organisation signs with that key."""


class NotForUs(ShareRefused):
    """The package is made out to another key than the one it was opened with."""


class PackageExpired(ShareRefused):
    """The package has run out; its sender must seal it again."""


class PackageReplayed(ShareRefused):
    """The package, or a later one of the same sender, was taken in before."""


class MarkingRefused(ShareRefused):
    """The marking is unknown, or does not allow this recipient."""


class RecipientsRefused(ShareRefused):
    """Nobody is named, or too many, or somebody twice. An empty group is nobody."""


class PartnerUnverified(ShareRefused):
    """A second person has not yet compared the partner's fingerprints."""


class ItemRefused(ShareRefused):
    """An item may not be given to this recipient for this purpose, or cannot be taken in."""


class StepRefused(ShareRefused):
    """The package or item is not in the state that this step needs."""
