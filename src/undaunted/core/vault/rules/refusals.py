"""Why the vault refuses: one error for each reason, none of which says what is inside."""

from __future__ import annotations

__all__ = [
    "AdmissionRefused",
    "AlteredEnvelope",
    "BarredHere",
    "ErasedRecord",
    "KeyPairExists",
    "LaterSequence",
    "NoKeyPair",
    "NoRecipients",
    "NoRecovery",
    "NotAnEnvelope",
    "NotForThisKey",
    "NotThatTeam",
    "NotTheQuorum",
    "NotYourShare",
    "OlderSequence",
    "ResealingUnfinished",
    "SealRefused",
    "ShareUnreadable",
    "SharesDisagree",
    "TooManyGuesses",
    "TooManyUnlocks",
    "UnknownFormat",
    "UnvouchedRow",
    "VaultClosed",
    "VaultError",
    "WeakPassphrase",
    "WorkRefused",
    "WrongKind",
    "WrongLength",
    "WrongPassphrase",
    "WrongRecord",
    "WrongTenant",
    "WrongVersion",
]


ADMISSION_REFUSED = {
    "absent": "there is no such person of the organisation, or you may not do this",
    "inside": "this person is in the team",
    "waiting": "this person is proposed already",
    "answered": "this was answered or done before",
    "lapsed": "this was proposed more than 14 days ago; propose it anew",
    "own": "you proposed this; a second person approves it",
    "proposer_left": "whoever proposed this is no steward any more",
    "newer": "only a steward, or a member since before the proposal, approves it",
    "pair": "whoever proposed this proposed you too; somebody else approves it",
    "alone": "propose this person first; a second person approves it",
}


class VaultError(Exception):
    """The vault refused; nothing was released and nothing was changed."""


class AdmissionRefused(VaultError):
    """Somebody is not proposed for a team, approved or taken in; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(ADMISSION_REFUSED[reason])
        self.reason = reason


class SealRefused(VaultError):
    """What was given cannot be sealed or asked for as it stands."""


class NotAnEnvelope(VaultError):
    """The bytes are not a binary age v1 file, or what is inside was not sealed by this vault."""


class UnknownFormat(VaultError):
    """The format inside is not the one this version writes; older ones are refused too."""


class AlteredEnvelope(VaultError):
    """The envelope was cut, reordered, spliced or changed."""


class BarredHere(VaultError):
    """Somebody with a conflict of interest cannot do this; somebody else of the team must."""


class NotForThisKey(VaultError):
    """The envelope is not sealed to this key."""


class WrongTenant(VaultError):
    """The envelope belongs to another organisation than was asked for."""


class WrongRecord(VaultError):
    """The envelope belongs to another record than was asked for."""


class WrongKind(VaultError):
    """The envelope holds another kind of thing than was asked for."""


class WrongVersion(VaultError):
    """The envelope holds another version of its kind than was asked for."""


class OlderSequence(VaultError):
    """The envelope is older than the one asked for: somebody put an earlier state back."""


class LaterSequence(VaultError):
    """The envelope is later than the one asked for."""


class WrongLength(VaultError):
    """Length, padding and bucket inside the envelope do not agree."""


class ErasedRecord(VaultError):
    """The record was erased: its key is destroyed, and nobody can open it again."""


class NotThatTeam(VaultError):
    """There is no such team for whoever asks; absent and forbidden are told alike."""


class NoRecipients(VaultError):
    """The team has nobody with a vouched key, so nothing could be opened again."""


class UnvouchedRow(VaultError):
    """A row of the vault was not written by this instance: somebody changed the database."""


class NoKeyPair(VaultError):
    """This person has no key pair yet."""


class KeyPairExists(VaultError):
    """This person has a key pair already; it is rotated, never replaced."""


class VaultClosed(VaultError):
    """The vault is not open in this session, or no longer."""


class WrongPassphrase(VaultError):
    """The passphrase does not open the key."""


class WeakPassphrase(VaultError):
    """The passphrase is too short to guard a key."""


class WorkRefused(VaultError):
    """The stored work factors of a key lie outside what this version accepts."""


class TooManyUnlocks(VaultError):
    """Too many people unlock at this moment; memory is bounded. Try again in a minute."""


class TooManyGuesses(VaultError):
    """Wrong passphrases are slowed; the message says when to try again."""


class NoRecovery(VaultError):
    """No recovery ceremony was held, or this key has no copy for the one in force."""


class ShareUnreadable(VaultError):
    """A share is not what was handed out: words are missing, unknown or mistyped."""


class NotTheQuorum(VaultError):
    """Too few different shares were brought, or too few organisations named to share among."""


class SharesDisagree(VaultError):
    """The shares are readable but do not belong to the recovery in force."""


class NotYourShare(VaultError):
    """No share waits for this person, or the words are not those of their share."""


class ResealingUnfinished(VaultError):
    """The keys of a team's records are being sealed anew; that must end first."""
