"""Reading a time stamp: whose it is, over what, and when (RFC 3161)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.x509 import load_pem_x509_certificates
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["StampUnreadable", "read_stamp"]


class StampUnreadable(ValueError):
    """The answer is no stamp over this document by an authority that the operator trusts."""


def read_stamp(answer: bytes, digest: bytes, *, roots: bytes, nonce: int | None = None) -> datetime:
    """Give the moment of a stamp over `digest`, verified up to one of `roots` (PEM).

    Raises `StampUnreadable`, which says what is wrong.
    """
    try:
        trusted = load_pem_x509_certificates(roots)
    except ValueError as problem:
        raise StampUnreadable("the file of trusted certificates holds none in PEM") from problem
    try:
        stamp = decode_timestamp_response(answer)
        builder = VerifierBuilder(roots=trusted, nonce=nonce)
        builder.build().verify(stamp, digest)
    except VerificationError as problem:
        raise StampUnreadable(f"the stamp does not hold: {problem}") from problem
    except ValueError as problem:
        raise StampUnreadable("the answer is not a granted time stamp") from problem
    return stamp.tst_info.gen_time
