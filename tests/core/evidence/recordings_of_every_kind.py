"""Film and sound that tell who made them, built by hand: each holds the word CANARY in many places.

The pictures and sounds in them are bytes that no decoder was asked about; what ffmpeg makes and
decodes is tried in `test_recordings_decoded.py`, where ffmpeg is installed.
"""

from __future__ import annotations

import io
import math
import struct
import wave
import zlib

from tests.core.evidence.files_of_every_kind import CANARY

__all__ = [
    "FILLER",
    "IDR",
    "SEI",
    "SLICE",
    "box",
    "crc16",
    "element",
    "flac",
    "fragmented",
    "full",
    "mka",
    "mkv",
    "mov",
    "mp3",
    "mp4",
    "nal",
    "ogg_opus",
    "ogg_page",
    "ogg_vorbis",
    "segment",
    "trak",
    "wav",
    "webm",
    "webm_live",
]

MARK = CANARY.encode()
MADE = 3_850_000_000
MATRIX = struct.pack(">9I", 0, 0x10000, 0, 0xFFFF0000, 0, 0, 0x1E00000, 0, 0x40000000)
SPS = bytes.fromhex("6742c01eda0280bfe5c04400000300040000030 0f03c58ba80".replace(" ", ""))
PPS = bytes.fromhex("68ce3c80")


def u32(*values: int) -> bytes:
    return struct.pack(f">{len(values)}I", *values)


def u16(*values: int) -> bytes:
    return struct.pack(f">{len(values)}H", *values)


def box(kind: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return u32(len(content) + 8) + kind + content


def full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(kind, u32(version << 24 | flags), *parts)


def nal(*units: bytes) -> bytes:
    return b"".join(u32(len(unit)) + unit for unit in units)


SEI = b"\x06\x05" + bytes([16 + len(MARK)]) + b"u" * 16 + MARK + b"\x80"
FILLER = b"\x0c" + MARK + b"\x80"
IDR = b"\x65\x88\x84\x00\x33\xff\x01"
SLICE = b"\x41\x9a\x24\x6c\x41\x7f"


def _avc_config() -> bytes:
    head = b"\x01" + SPS[1:4] + b"\xff\xe1"
    return head + u16(len(SPS)) + SPS + b"\x01" + u16(len(PPS)) + PPS


def _esds() -> bytes:
    setup = b"\x05\x02\x12\x10"
    decoder = b"\x04\x11" + b"\x40\x15" + b"\0" * 11 + setup
    return full(b"esds", b"\x03\x19" + b"\0\2\0" + decoder + b"\x06\x01\x02")


def avc1() -> bytes:
    name = bytes([len(MARK)]) + MARK.ljust(31, b"\0")
    return box(
        b"avc1", b"\0" * 6 + u16(1) + b"\0" * 4 + b"appl" + b"\0" * 8 + u16(64, 48),
        u32(0x480000, 0x480000, 0) + u16(1) + name + u16(24, 0xFFFF),
        box(b"avcC", _avc_config()), box(b"pasp", u32(1, 1)), box(b"btrt", MARK),
        box(b"colr", b"nclx" + u16(1, 1, 1) + b"\0"), box(b"uuid", b"x" * 16 + MARK),
    )  # fmt: skip


def mp4a(version: int = 0) -> bytes:
    head = b"\0" * 6 + u16(1, version, 0) + b"appl" + u16(2, 16, 0, 0) + u32(44100 << 16)
    if version == 0:
        return box(b"mp4a", head, _esds(), box(b"chan", MARK))
    later = u32(1024, 0, 0, 2)
    form = box(b"frma", b"mp4a")
    return box(b"mp4a", head, later, box(b"wave", form, _esds(), box(b"\0\0\0\0")))


def trak(  # noqa: PLR0913, PLR0917 - what a track is
    number: int, handler: bytes, entry: bytes, sizes: list[int], places: list[int],
    whole: tuple[int, ...] | None = None, flags: int = 3,
) -> bytes:  # fmt: skip
    """Build a track of one sample a chunk."""
    count = len(sizes)
    head = full(
        b"tkhd", u32(MADE, MADE, number, 0, count * 100) + b"\0" * 8 + u16(0, 0, 0x100, 0),
        MATRIX + u32(64 << 16, 48 << 16), flags=flags,
    )  # fmt: skip
    table = box(
        b"stbl",
        full(b"stsd", u32(1), entry),
        full(b"stts", u32(1, count, 100)),
        full(b"stss", u32(len(whole), *whole)) if whole else b"",
        full(b"stsc", u32(1, 1, 1, 1)),
        full(b"stsz", u32(0, count, *sizes)),
        full(b"stco", u32(count, *places)),
        full(b"sgpd", MARK),
    )
    media = box(
        b"mdia",
        full(b"mdhd", u32(MADE, MADE, 1000, count * 100) + b"\x15\xc7\0\0"),
        full(b"hdlr", u32(0) + handler + b"\0" * 12 + MARK + b"\0"),
        box(b"minf", full(b"vmhd", b"\0" * 8, flags=1),
            box(b"dinf", full(b"dref", u32(1), full(b"url ", flags=1))), table),
    )  # fmt: skip
    edits = box(b"edts", full(b"elst", u32(1, count * 100, 0, 0x10000)))
    return box(b"trak", head, edits, box(b"tref", box(b"cdsc", u32(1))), media,
               box(b"udta", box(b"name", MARK)))  # fmt: skip


def _notes() -> bytes:
    place = box(b"\xa9xyz", u16(20, 0x15C7) + b"+43.2389+076.8897/" + MARK)
    item = box(b"\xa9too", box(b"data", u32(1, 0) + MARK))
    cover = box(b"covr", box(b"data", u32(13, 0) + b"\xff\xd8" + MARK))
    meta = full(b"meta", full(b"hdlr", u32(0) + b"mdir" + b"\0" * 13), box(b"ilst", item, cover))
    return box(b"udta", place, meta, box(b"GoPr", MARK))


def _mvhd() -> bytes:
    return full(
        b"mvhd", u32(MADE, MADE, 1000, 300, 0x10000) + u16(0x100) + b"\0" * 10,
        u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000), MARK.ljust(24, b"\0"), u32(9),
    )  # fmt: skip


def _media() -> tuple[list[list[bytes]], bytes]:
    """Give samples of pictures, sound and positions, and bytes between them that nobody names."""
    pictures = [nal(SEI, IDR), nal(b"\x09\xf0", SLICE, FILLER), nal(SLICE)]
    return [pictures, [b"sound-one", b"sound-two"], [b"\0\0\0\x20" + MARK, MARK]], b"gap" + MARK


def mp4(brand: bytes = b"mp42", *, audio: bytes = b"", extra: bytes = b"") -> bytes:
    """Build a film with pictures, sound, and a track of positions."""
    samples, gap = _media()
    kind = box(b"ftyp", brand, u32(0), brand, b"isom")
    place, places, content = len(kind) + 8 + len(gap), [], gap
    for track in samples:
        places.append([place + sum(map(len, track[:at])) for at in range(len(track))])
        content += b"".join(track) + gap
        place += sum(map(len, track)) + len(gap)
    mebx = box(b"mebx", b"\0" * 6 + u16(1) + box(b"keys", MARK))
    sizes = [[len(one) for one in track] for track in samples]
    movie = box(
        b"moov", _mvhd(), _notes(),
        trak(1, b"vide", avc1(), sizes[0], places[0], (1,)),
        trak(2, b"soun", audio or mp4a(), sizes[1], places[1]),
        trak(3, b"meta", mebx, sizes[2], places[2]),
        extra,
    )  # fmt: skip
    xmp = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), b"<x>" + MARK)
    return kind + box(b"mdat", content) + movie + xmp + box(b"free", MARK)


def mov() -> bytes:
    """Build a film as QuickTime writes it, its sound described one deeper."""
    return mp4(b"qt  ", audio=mp4a(1))


def fragmented() -> bytes:
    """Build a film that was written while it was taken."""
    samples, _ = _media()
    tracks = [
        trak(1, b"vide", avc1(), [], []),
        trak(2, b"soun", mp4a(), [], []),
    ]
    usual = [
        full(b"trex", u32(number, 1, 100, 0, 0x10000 if number == 1 else 0)) for number in (1, 2)
    ]
    movie = box(b"moov", _mvhd(), _notes(), *tracks, box(b"mvex", *usual))
    return box(b"ftyp", b"iso5", u32(0)) + movie + _fragment(samples, 0) + _fragment(samples, 350)


def _fragment(samples: list[list[bytes]], at: int) -> bytes:
    def build(places: list[int]) -> bytes:
        tracks = []
        for number, place in enumerate(places, start=1):
            held = samples[number - 1]
            first = u32(0x2000000) if number == 1 else b""
            flags = 0x201 | (4 if number == 1 else 0)
            run = full(b"trun", u32(len(held), place) + first, u32(*map(len, held)), flags=flags)
            clock = full(b"tfdt", u32(at))
            tracks.append(box(b"traf", full(b"tfhd", u32(number), flags=0x20000), clock, run))
        return box(b"moof", full(b"mfhd", u32(1)), *tracks)

    size = len(build([0, 0]))
    second = sum(map(len, samples[0]))
    content = b"".join(samples[0] + samples[1])
    return build([size + 8, size + 8 + second]) + box(b"mdat", content + MARK)


def element(kind: int, *parts: bytes, unsized: bool = False) -> bytes:
    content = b"".join(parts)
    name = kind.to_bytes((kind.bit_length() + 7) // 8, "big")
    if unsized:
        return name + b"\x01" + b"\xff" * 7 + content
    return name + (len(content) | 0x10000000).to_bytes(4, "big") + content


def _number(kind: int, value: int) -> bytes:
    return element(kind, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def _web_tracks(video: bytes, settings: bytes) -> bytes:
    opus = b"OpusHead\x01\x02" + struct.pack("<HIhB", 312, 48000, 0, 0)
    shape = element(0xE0, _number(0xB0, 64), _number(0xBA, 48), element(0x7670, MARK))
    pictures = element(
        0xAE, _number(0xD7, 1), _number(0x73C5, 0xDEADBEEF), _number(0x83, 1), element(0x86, video),
        element(0x63A2, settings) if settings else b"", element(0x536E, MARK), shape,
    )  # fmt: skip
    rate = element(0xE1, element(0xB5, struct.pack(">d", 48000.0)), _number(0x9F, 2))
    sound = element(
        0xAE, _number(0xD7, 2), _number(0x73C5, 7), _number(0x83, 2), element(0x86, b"A_OPUS"),
        element(0x63A2, opus), element(0x22B59C, b"uig"), rate,
    )  # fmt: skip
    titles = element(
        0xAE, _number(0xD7, 3), _number(0x73C5, 9), _number(0x83, 17),
        element(0x86, b"S_TEXT/UTF8"),
    )  # fmt: skip
    return element(0x1654AE6B, pictures, sound, titles)


def _web_info() -> bytes:
    return element(
        0x1549A966, _number(0x2AD7B1, 1_000_000), element(0x4489, struct.pack(">d", 200.0)),
        element(0x4D80, MARK), element(0x5741, MARK), element(0x4461, u32(0, MADE)),
        element(0x73A4, MARK[:10]), element(0x7BA9, MARK),
    )  # fmt: skip


def _clusters(picture: bytes, *, unsized: bool = False) -> bytes:
    def one(at: int, key: int) -> bytes:
        return element(
            0x1F43B675, _number(0xE7, at), element(0xA3, b"\x81\0\0" + bytes([key]) + picture),
            element(0xA0, element(0xA1, b"\x82\0\x05\0sound"), _number(0x9B, 20),
                    element(0x75A1, element(0xA6, element(0xA5, MARK)))),
            element(0xA3, b"\x83\0\0\x80" + MARK), element(0xEC, MARK),
            unsized=unsized,
        )  # fmt: skip

    return one(0, 0x80) + one(100, 0)


def segment(*parts: bytes, kind: bytes = b"webm", unsized: bool = False) -> bytes:
    head = element(0x1A45DFA3, element(0x4282, kind), _number(0x4287, 4), _number(0x4285, 2))
    return head + element(0x18538067, *parts, unsized=unsized)


def _web_rest() -> bytes:
    tags = element(0x1254C367, element(0x7373, element(0x67C8, element(0x4487, MARK))))
    files = element(0x1941A469, element(0x61A7, element(0x466E, MARK), element(0x465C, MARK)))
    return tags + files + element(0x1043A770, MARK)


def webm() -> bytes:
    """Build pictures and sound with tags, attached files, chapters and subtitles."""
    return segment(_web_info(), _web_tracks(b"V_VP8", b""), _clusters(b"key"), _web_rest())


def webm_live() -> bytes:
    """Build what a browser records: neither sizes, nor length, nor index."""
    info = element(0x1549A966, _number(0x2AD7B1, 1_000_000), element(0x4D80, MARK))
    tracks = _web_tracks(b"V_VP8", b"")
    return segment(info, tracks, _clusters(b"key", unsized=True), unsized=True)


def mkv() -> bytes:
    """Build pictures in H.264 with notes between them."""
    tracks = _web_tracks(b"V_MPEG4/ISO/AVC", _avc_config())
    return segment(_web_info(), tracks, _clusters(nal(SEI, IDR)), kind=b"matroska")


def mka() -> bytes:
    """Build sound alone, in Vorbis, its tags between two heads."""
    identity = b"\x01vorbis" + b"\0" * 22 + b"\x01"
    tags, setup = b"\x03vorbis" + MARK + b"\x01", b"\x05vorbis" + b"books" * 60
    private = bytes([2, len(identity), len(tags)]) + identity + tags + setup
    rate = element(0xE1, element(0xB5, struct.pack(">f", 44100.0)), _number(0x9F, 1))
    sound = element(
        0xAE, _number(0xD7, 2), _number(0x73C5, 5), _number(0x83, 2), element(0x86, b"A_VORBIS"),
        element(0x63A2, private), rate,
    )  # fmt: skip
    block = element(0x1F43B675, _number(0xE7, 0), element(0xA3, b"\x82\0\0\x80sound"))
    return segment(_web_info(), element(0x1654AE6B, sound), block, kind=b"matroska")


def mp3() -> bytes:
    """Build frames with tags before and after, and a first frame that names the program."""
    head = b"\xff\xfb\x90\x44"
    frames = [head + bytes([at]) * 413 for at in range(1, 7)]
    told = b"Info" + u32(3) + u32(6, 2919) + MARK[:9] + b"\0" * 12 + b"\x24\x01\x23" + b"\x77" * 12
    first = (head + b"\0" * 32 + told).ljust(417, b"\0")
    size = len(MARK) + 20
    tag = b"ID3\x03\0\0\0\0\0" + bytes([size]) + b"TIT2" + MARK.ljust(size - 4, b"\0")
    ape = b"APETAGEX" + MARK
    return tag + first + b"".join(frames) + ape + b"TAG" + MARK.ljust(125, b"\0")


def wav() -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        tone = (round(9000 * math.sin(at / 5)) for at in range(8000))
        sound.writeframes(b"".join(value.to_bytes(2, "little", signed=True) for value in tone))
    content = held.getvalue()
    notes = b"LIST" + struct.pack("<I", 4 + len(MARK)) + b"INFO" + MARK
    chunk = b"bext" + struct.pack("<I", len(MARK)) + MARK
    content += notes + chunk
    return b"RIFF" + struct.pack("<I", len(content) - 8) + content[8:]


def ogg_page(flags: int, granule: int, serial: int, number: int, *packets: bytes) -> bytes:
    laces = b"".join(b"\xff" * (len(one) // 255) + bytes([len(one) % 255]) for one in packets)
    head = b"OggS\0" + struct.pack("<BqII", flags, granule, serial, number)
    page = head + b"\0" * 4 + bytes([len(laces)]) + laces + b"".join(packets)
    return page[:22] + struct.pack("<I", _ogg_sum(page)) + page[26:]


def _ogg_sum(page: bytes) -> int:
    """Count the checksum bit by bit, as RFC 3533 writes it."""
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
    return value


def ogg_opus() -> bytes:
    head = b"OpusHead\x01\x01" + struct.pack("<HIhB", 312, 48000, 0, 0) + MARK
    tags = b"OpusTags" + struct.pack("<I", len(MARK)) + MARK + struct.pack("<I", 0)
    return (
        ogg_page(2, 0, 77, 0, head)
        + ogg_page(0, 0, 77, 1, tags)
        + ogg_page(0, 960, 77, 2, b"sound-one", b"sound-two")
        + ogg_page(4, 1920, 77, 3, b"sound-three")
    )


def ogg_vorbis() -> bytes:
    identity = b"\x01vorbis" + b"\0" * 22 + b"\x01"
    tags, setup = b"\x03vorbis" + MARK * 40 + b"\x01", b"\x05vorbis" + b"books" * 600
    return (
        ogg_page(2, 0, 5, 0, identity)
        + ogg_page(0, 0, 5, 1, tags, setup)
        + ogg_page(4, 1024, 5, 2, b"sound-one")
    )


def crc16(data: bytes) -> bytes:
    """Count the checksum of a frame bit by bit (RFC 9639, 9.3)."""
    value = 0
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ (0x8005 if value & 0x8000 else 0)) & 0xFFFF
    return value.to_bytes(2, "big")


def flac() -> bytes:
    settings = b"\x10\0\x10\0" + b"\0" * 14 + zlib.crc32(b"sound").to_bytes(4, "big") * 4
    blocks = b"\0\0\0\x22" + settings
    for kind, content in ((4, MARK), (6, MARK), (2, MARK), (3, b"\0" * 18), (0x81, b"\0" * 9)):
        blocks += bytes([kind]) + len(content).to_bytes(3, "big") + content
    frame = b"\xff\xf8\x69\x18\0\x0a" + b"sound"
    return b"fLaC" + blocks + (frame + crc16(frame)) * 3 + b"TAG" + MARK.ljust(125, b"\0")
