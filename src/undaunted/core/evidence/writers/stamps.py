"""A request for a time stamp (RFC 3161, 2.4.1) over a digest that is there already.

The libraries hash the content themselves; a sealed original is not opened for a stamp, so the few
bytes of DER are written here.
"""

from __future__ import annotations

__all__ = ["stamp_request"]

_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_VERSION = b"\x02\x01\x01"
_SEND_CERTIFICATES = b"\x01\x01\xff"
_SEQUENCE, _OCTETS, _INTEGER = 0x30, 0x04, 0x02


def stamp_request(digest: bytes, nonce: int) -> bytes:
    """Give the request for a stamp over a SHA-256, answered with the authority's certificates."""
    imprint = _piece(_SEQUENCE, _SHA256 + _piece(_OCTETS, digest))
    number = nonce.to_bytes(nonce.bit_length() // 8 + 1, "big")
    return _piece(_SEQUENCE, _VERSION + imprint + _piece(_INTEGER, number) + _SEND_CERTIFICATES)


def _piece(tag: int, content: bytes) -> bytes:
    """Give one value of DER; all of them here are shorter than 128 bytes."""
    return bytes((tag, len(content))) + content
