"""The rules of sharing: every refusal has its case, and every spelling but one is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.sharing.packages import AT, CONTENT, SEED, digest_of, manifest, packed
from undaunted.core.access.rules import PUBLIC
from undaunted.core.consent.rules import Audience
from undaunted.core.sharing.readers import MOST_SEALED, check_sender, read_package
from undaunted.core.sharing.rules import (
    HEADER,
    MOST_CONTENT,
    MOST_ITEMS,
    MOST_MANIFEST,
    MOST_PACKAGE,
    MOST_RECIPIENTS,
    SMALLEST,
    About,
    AltogetherTooLarge,
    ForeignSignature,
    KeyUnreadable,
    MarkingRefused,
    NotForUs,
    Origin,
    PackageExpired,
    PackageKind,
    PackageReplayed,
    PackageUnreadable,
    Pap,
    PartnerKind,
    PartnerUnverified,
    Recipient,
    RecipientsRefused,
    ShareRefused,
    Tlp,
    audience_of,
    check_arrival,
    check_recipients,
    check_signature,
    copy_with_order,
    filled_to,
    fingerprint,
    in_order_of,
    missing_before,
    named_to,
    new_seed,
    new_watermark,
    nowhere,
    pap_of,
    public_key,
    read_manifest,
    same_fingerprint,
    scheme,
    tlp_of,
    write_manifest,
    written_out,
)
from undaunted.core.sharing.writers import write_package


def test_package_is_read_as_it_was_written() -> None:
    told = manifest()
    package = read_package(packed(told, CONTENT))
    assert package.manifest == told
    assert package.contents == ((told.items[0], CONTENT),)


def test_known_package_stays_what_it_was() -> None:
    """A vector: another version that writes other bytes breaks every partner."""
    made = packed(manifest(), CONTENT)
    assert len(made) == SMALLEST
    assert made[:22] == b"undaunted-share\n\x00\x01\x00\x00\x02\xd2"
    assert digest_of(made) == "a306653a83bcd933cce00d0edfd86896b2d54c4e9d84fad833a438af441e3366"


@given(place=st.integers(0, SMALLEST - 1), bit=st.integers(0, 7))
def test_every_flipped_bit_is_refused(place: int, bit: int) -> None:
    made = bytearray(packed(manifest(), CONTENT))
    made[place] ^= 1 << bit
    with pytest.raises(ShareRefused):
        read_package(bytes(made))


@pytest.mark.parametrize("length", [0, 15, HEADER - 1, HEADER, 200, 900, SMALLEST - 1])
def test_cut_package_is_refused(length: int) -> None:
    with pytest.raises(PackageUnreadable):
        read_package(packed(manifest(), CONTENT)[:length])


def test_lengthened_package_is_refused() -> None:
    with pytest.raises(PackageUnreadable, match="follows"):
        read_package(packed(manifest(), CONTENT) + bytes(SMALLEST))


def test_signature_by_another_key_is_refused() -> None:
    with pytest.raises(ForeignSignature):
        read_package(packed(manifest(), CONTENT, seed=new_seed()))


def test_sender_is_the_one_of_the_fingerprint() -> None:
    package = read_package(packed(manifest(), CONTENT))
    check_sender(package, fingerprint(public_key(SEED), "age1ours").upper())
    for other in (
        fingerprint(public_key(new_seed()), "age1ours"),
        fingerprint(public_key(SEED), "age1another"),
    ):
        with pytest.raises(ForeignSignature):
            check_sender(package, other)
    with pytest.raises(KeyUnreadable, match="whole"):
        check_sender(package, fingerprint(public_key(SEED), "age1ours")[:19])


def test_sizes_are_bounded_before_anything_is_read() -> None:
    assert MOST_SEALED > MOST_PACKAGE
    with pytest.raises(AltogetherTooLarge):
        read_package(b"undaunted-share\n" + bytes(MOST_PACKAGE))
    with pytest.raises(AltogetherTooLarge):
        write_package(b"", bytes(64), [bytes(MOST_PACKAGE)])
    with pytest.raises(AltogetherTooLarge):
        read_manifest(b" " * (MOST_MANIFEST + 1))


def test_other_format_is_refused() -> None:
    made = bytearray(packed(manifest(), CONTENT))
    made[17] = 2
    with pytest.raises(PackageUnreadable, match="format 2"):
        read_package(bytes(made))


@given(length=st.integers(1, 2**26))
def test_sizes_are_powers_of_two(length: int) -> None:
    size = filled_to(length)
    assert size >= max(length, SMALLEST)
    assert size & (size - 1) == 0


def _told(**changed: Any) -> bytes:
    told = json.loads(write_manifest(manifest()))
    told.update(changed)
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


_ITEM = json.loads(write_manifest(manifest()))["items"][0]
_ABOUT = {
    "package": str(UUID(int=1)),
    "item": str(UUID(int=2)),
    "notice": str(UUID(int=3)),
    "outcome": "withdrawn",
}


@pytest.mark.parametrize(
    "changed",
    [
        {"format": 2},
        {"kind": "letter"},
        {"id": "1"},
        {"id": str(UUID(int=10)).upper()},
        {"sequence": 0},
        {"sequence": True},
        {"sequence": -1},
        {"sequence": 2**62},
        {"created": "2026-11-26"},
        {"created": "9999-12-31T23:59:59Z", "expires": "9999-12-31T23:59:59Z"},
        {"expires": "2026-11-25T09:30:00Z"},
        {"expires": "2028-11-25T09:30:00Z"},
        {"from_name": "a" * 201},
        {"to_name": "bell\a"},
        {"to_key": 7},
        {"recipients": ["fine", 3]},
        {"recipients": None},
        {"recipients": []},
        {"recipients": ["Beacon Trust"]},
        {"recipients": ["Lantern Fund", "Beacon Trust"], "others": 1},
        {"others": True},
        {"others": -1},
        {"others": MOST_RECIPIENTS},
        {"purpose": "gossip"},
        {"watermark": "short"},
        {"watermark": None},
        {"items": []},
        {"items": [_ITEM, _ITEM]},
        {"items": [_ITEM | {"kind": "Big"}]},
        {"items": [_ITEM | {"sha256": "x"}]},
        {"items": [_ITEM | {"length": True}]},
        {"items": [_ITEM | {"length": MOST_CONTENT + 1}]},
        {"items": [_ITEM | {"consents": ["me"]}]},
        {"items": [_ITEM | {"more": 1}]},
        {"items": [_ITEM | {"id": str(UUID(int=n))} for n in range(MOST_ITEMS + 1)]},
        {"items": {}},
        {"about": _ABOUT},
        {"kind": "revocation", "about": _ABOUT},
        {"kind": "revocation", "sequence": 0, "items": [], "about": None},
        {"kind": "receipt", "sequence": 1, "items": [], "about": _ABOUT},
        {"kind": "receipt", "sequence": 0, "items": [], "about": _ABOUT | {"outcome": "!"}},
        {"kind": "receipt", "sequence": 0, "items": [], "about": _ABOUT | {"item": "x"}},
        {"more": 1},
    ],
)
def test_manifest_that_does_not_hold_together_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(PackageUnreadable):
        read_manifest(_told(**changed))


def test_manifest_of_a_receipt_is_read() -> None:
    told = manifest(
        kind=PackageKind.RECEIPT, sequence=0, items=(), about=About(**_ABOUT), expires=AT
    )
    assert read_manifest(write_manifest(told)) == told


@pytest.mark.parametrize("content", [b"", b"[]", b"nul", b"\xff", b"{}", b"[" * 100_000])
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(PackageUnreadable):
        read_manifest(content)


def test_unknown_marking_is_refused_by_name() -> None:
    with pytest.raises(MarkingRefused, match="of TLP"):
        read_manifest(_told(tlp="WHITE"))
    with pytest.raises(MarkingRefused, match="PAP"):
        read_manifest(_told(pap="CLEAR"))


def test_another_spelling_of_the_same_manifest_is_refused() -> None:
    content = write_manifest(manifest())
    with pytest.raises(PackageUnreadable, match="canonical"):
        read_manifest(content.replace(b",", b", ", 1))
    with pytest.raises(PackageUnreadable, match="canonical"):
        read_manifest(_told(others=0))


def test_every_marking_has_its_sentence_and_source() -> None:
    for name, kinds in (("tlp", Tlp), ("pap", Pap)):
        found = scheme(name)
        assert set(found.markings) == {each.value for each in kinds}
        assert all(marking.sentence for marking in found.markings.values())
        assert found.url.startswith("https://")
        assert found.status in {"verified", "secondary", "unverified"}
    assert scheme("tlp").version == "2.0"
    assert tlp_of(" tlp:amber+strict ") is Tlp.AMBER_STRICT
    assert pap_of("PAP:RED") is Pap.RED


def _recipient(kind: PartnerKind, *, verified: bool = True) -> Recipient:
    audience = Audience.parse("organisation:lantern-fund")
    return Recipient(uuid4(), "Lantern Fund", kind, audience, verified)


@pytest.mark.parametrize("tlp", [t for t in Tlp if t is not Tlp.RED])
@pytest.mark.parametrize("kind", list(PartnerKind))
def test_marking_below_red_goes_to_every_verified_partner(tlp: Tlp, kind: PartnerKind) -> None:
    check_recipients([_recipient(kind)], tlp)
    with pytest.raises(PartnerUnverified):
        check_recipients([_recipient(kind), _recipient(kind, verified=False)], tlp)


def test_red_goes_to_named_persons_only() -> None:
    check_recipients([_recipient(PartnerKind.PERSON)], Tlp.RED)
    for kind in set(PartnerKind) - {PartnerKind.PERSON}:
        with pytest.raises(MarkingRefused, match="named persons"):
            check_recipients([_recipient(PartnerKind.PERSON), _recipient(kind)], Tlp.RED)


def test_red_names_the_others_to_nobody_and_says_how_many_they_are() -> None:
    everybody = ("Anna", "Bela", "Cira")
    assert named_to("Bela", everybody, Tlp.RED) == (("Bela",), 2)
    assert named_to("Anna", ("Anna",), Tlp.RED) == (("Anna",), 0)
    for tlp in set(Tlp) - {Tlp.RED}:
        assert named_to("Bela", everybody, tlp) == (everybody, 0)
    told = manifest(tlp="RED", others=2)
    assert read_manifest(write_manifest(told)) == told


def test_nobody_and_an_empty_group_are_refused() -> None:
    one, two = uuid4(), uuid4()
    assert written_out([one], [[two, one]]) == (one, two)
    for named, groups in (([], []), ([], [[]]), ([one], [[]]), ([one], [[two], []])):
        with pytest.raises(RecipientsRefused):
            written_out(named, groups)
    with pytest.raises(RecipientsRefused, match="most"):
        written_out([uuid4() for _ in range(MOST_RECIPIENTS + 1)], [])


def test_partner_counts_in_consent_as_what_it_is() -> None:
    assert str(audience_of(PartnerKind.GOVERNMENT, "government:xs")) == "government:XS"
    assert str(audience_of(PartnerKind.PERSON, "government:XS")) == "government:XS"
    for kind, text in (
        (PartnerKind.ORGANISATION, "government:XS"),
        (PartnerKind.GOVERNMENT, "organisation:x"),
        (PartnerKind.PERSON, "public"),
        (PartnerKind.BODY, "somebody"),
    ):
        with pytest.raises(RecipientsRefused, match="audience"):
            audience_of(kind, text)


def test_arrival_is_for_us_in_time_and_new() -> None:
    told = manifest()
    check_arrival(told, own="age1theirs", last=2, at=AT)
    with pytest.raises(NotForUs):
        check_arrival(told, own="age1ours", last=2, at=AT)
    with pytest.raises(PackageExpired):
        check_arrival(told, own="age1theirs", last=2, at=told.expires)
    for last in (3, 4):
        with pytest.raises(PackageReplayed):
            check_arrival(told, own="age1theirs", last=last, at=AT)
    with pytest.raises(PackageReplayed, match="another number than when it was taken in"):
        check_arrival(told, own="age1theirs", last=2, at=AT, before=True)
    late = manifest(
        kind=PackageKind.REVOCATION, sequence=0, items=(), about=About(**_ABOUT), expires=AT
    )
    check_arrival(late, own="age1theirs", last=9, at=AT + timedelta(days=900))


def test_gap_is_named() -> None:
    assert list(missing_before(5, 2)) == [3, 4]
    assert list(missing_before(3, 2)) == []


def test_order_of_the_items_tells_the_copy() -> None:
    items = [str(UUID(int=n)) for n in range(12)]
    marks = {"one": new_watermark(), "two": new_watermark()}
    assert copy_with_order(in_order_of(marks["one"], items), marks) == ("one",)
    assert copy_with_order(items[:1], marks) == ("one", "two"), "one item has one order"


@pytest.mark.parametrize(
    "key", ["", "!", "AAAA", public_key(SEED) + "AAAA", "ключ", "A" * 42 + "B="]
)
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(KeyUnreadable):
        check_signature(key, bytes(64), b"x")


def test_fingerprint_is_compared_whole_however_it_is_spaced() -> None:
    told = fingerprint(public_key(SEED), "age1ours")
    assert same_fingerprint(told.replace(" ", ":").upper(), told)
    assert not same_fingerprint("0" * 64, told)


def test_origin_is_a_sentence() -> None:
    origin = Origin("Harbour Watch", uuid4(), Tlp.AMBER, Pap.GREEN, AT)
    assert str(origin) == "received from Harbour Watch under TLP:AMBER until 2026-11-26"


def test_what_stands_by_itself_has_no_place_to_go_to() -> None:
    assert nowhere(PUBLIC, uuid4()) == ()
