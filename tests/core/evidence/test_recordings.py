"""Film and sound keep what is seen and heard, and nothing that tells who made it (promise S11)."""

from __future__ import annotations

import io
import json
import shutil
import struct
import subprocess
import wave
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.evidence import recordings_of_every_kind as made
from tests.core.evidence.files_of_every_kind import CANARY
from undaunted.core.evidence.rules import MediaKind, Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers import clean_copy
from undaunted.core.evidence.writers.child import clean
from undaunted.core.evidence.writers.recordings.aac import bare_aac
from undaunted.core.evidence.writers.recordings.boxes import Box, boxes_in, fields_of, require
from undaunted.core.evidence.writers.recordings.units import (
    bare_av1,
    bare_avc,
    bare_hevc,
    bare_mpeg4,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MARK = CANARY.encode()
EVERY_KIND: dict[str, tuple[Callable[[], bytes], MediaKind]] = {
    "mp4": (made.mp4, MediaKind.MP4),
    "mov": (made.mov, MediaKind.MP4),
    "fragmented": (made.fragmented, MediaKind.MP4),
    "webm": (made.webm, MediaKind.WEBM),
    "webm_live": (made.webm_live, MediaKind.WEBM),
    "mkv": (made.mkv, MediaKind.MKV),
    "mka": (made.mka, MediaKind.MKA),
    "mp3": (made.mp3, MediaKind.MP3),
    "wav": (made.wav, MediaKind.WAV),
    "ogg_opus": (made.ogg_opus, MediaKind.OGG),
    "ogg_vorbis": (made.ogg_vorbis, MediaKind.OGG),
    "flac": (made.flac, MediaKind.FLAC),
}


def _clean(content: bytes) -> bytes:
    return clean(io.BytesIO(content)).content


def _refused(content: bytes) -> WhyUncleanable:
    with pytest.raises(Uncleanable) as problem:
        clean(io.BytesIO(content))
    return problem.value.reason


def _samples_of(content: bytes) -> list[list[bytes]]:
    """Read a copy of a film by its tables, one sample a chunk or more."""
    whole = Box(b"", 0, len(content))
    movie = require(content, whole, b"moov")
    tracks = []
    for one in boxes_in(content, movie.start, movie.end):
        if one.kind != b"trak":
            continue
        table = require(content, one, b"mdia", b"minf", b"stbl")
        sizes = _numbers(content, require(content, table, b"stsz"), 8)
        places = _numbers(content, require(content, table, b"stco"), 4)
        steps = _numbers(content, require(content, table, b"stsc"), 4)
        lines = [tuple(steps[at : at + 3]) for at in range(0, len(steps), 3)]
        samples, at = [], 0
        for chunk, place in enumerate(places, start=1):
            (count,) = [each for first, each, _ in lines if first <= chunk][-1:]
            for size in sizes[at : at + count]:
                samples.append(content[place : place + size])
                place += size  # noqa: PLW2901
            at += count
        tracks.append(samples)
    return tracks


def _numbers(content: bytes, held: Box, skip: int) -> list[int]:
    read = fields_of(content, held)[2]
    read.take(skip)
    return list(struct.unpack(f">{read.left // 4}I", read.rest()))


@pytest.mark.parametrize("name", EVERY_KIND)
def test_nothing_of_the_maker_is_left(name: str) -> None:
    build, kind = EVERY_KIND[name]
    assert MARK in build()
    copy = clean(io.BytesIO(build()))
    assert MARK not in copy.content
    assert copy.kind is kind
    assert copy.removed


@pytest.mark.parametrize("name", EVERY_KIND)
def test_cleaning_again_changes_nothing(name: str) -> None:
    once = clean(io.BytesIO(EVERY_KIND[name][0]()))
    again = clean(io.BytesIO(once.content))
    assert again.content == once.content
    assert again.removed == ()
    assert again.kind is once.kind


@pytest.mark.parametrize("name", EVERY_KIND)
def test_a_file_cut_off_anywhere_is_refused_or_loses_its_end_alone(name: str) -> None:
    whole = EVERY_KIND[name][0]()
    for end in range(8, len(whole), max(1, len(whole) // 150)):
        try:
            copy = clean(io.BytesIO(whole[:end]))
        except Uncleanable:
            continue
        assert MARK not in copy.content


@pytest.mark.skipif(not shutil.which("exiftool"), reason="ExifTool is not installed")
@pytest.mark.parametrize("name", EVERY_KIND)
def test_exiftool_finds_no_maker_and_no_date(name: str, tmp_path: Path) -> None:
    copy = clean(io.BytesIO(EVERY_KIND[name][0]()))
    file = tmp_path / f"copy.{copy.kind.ending}"
    file.write_bytes(copy.content)
    told = json.loads(
        subprocess.check_output(["exiftool", "-j", "-ee", "-a", "-U", "-G1", str(file)])
    )[0]
    rest = {
        key.partition(":")[2]: value
        for key, value in told.items()
        if not key.startswith(("System:", "ExifTool:", "SourceFile"))
    }
    assert CANARY not in json.dumps(rest)
    dates = {key: value for key, value in rest.items() if "Date" in key}
    assert set(dates.values()) <= {"0000:00:00 00:00:00"}
    named = {"Make", "Model", "Software", "Encoder", "Title", "Artist", "Comment", "GPSPosition",
             "GPSLatitude", "Author", "CreationTime", "ContentIdentifier", "Vendor"}  # fmt: skip
    said = {key: str(rest[key]).strip(" \0") for key in named & rest.keys()}
    neutral = {"Encoder": "LAME"} if name == "mp3" else {}  # players look for it to skip silence
    assert {key: value for key, value in said.items() if value} == neutral


def test_samples_of_a_film_stay_in_order_without_their_notes() -> None:
    pictures, sound = _samples_of(_clean(made.mp4()))
    assert pictures == [
        made.nal(made.IDR), made.nal(b"\x09\xf0", made.SLICE), made.nal(made.SLICE),
    ]  # fmt: skip
    assert sound == [b"sound-one", b"sound-two"]


def test_fragments_become_one_film_and_a_gap_stays_a_gap() -> None:
    content = _clean(made.fragmented())
    pictures, sound = _samples_of(content)
    assert len(pictures) == 6
    assert pictures[3] == made.nal(made.IDR)
    assert sound == [b"sound-one", b"sound-two"] * 2
    assert b"moof" not in content
    assert b"mvex" not in content
    movie = require(content, Box(b"", 0, len(content)), b"moov")
    table = require(content, movie, b"trak", b"mdia", b"minf", b"stbl")
    assert _numbers(content, require(content, table, b"stts"), 4) == [2, 100, 1, 150, 3, 100]
    assert _numbers(content, require(content, table, b"stss"), 4) == [1, 4]


def test_a_film_keeps_which_side_is_up() -> None:
    assert made.MATRIX in _clean(made.mp4())


def test_words_say_what_was_taken_out() -> None:
    told = set(clean(io.BytesIO(made.mp4())).removed)
    assert told == {"encoder_notes", "further_tracks", "recording_notes", "recording_times"}
    assert "attached_files" in clean(io.BytesIO(made.webm())).removed


def test_a_browsers_recording_gets_a_length_and_an_index() -> None:
    content = _clean(made.webm_live())
    assert b"\x44\x89\x01\0\0\0\0\0\0\x08" + struct.pack(">d", 125.0) in content
    assert b"\x1c\x53\xbb\x6b" in content


def test_sound_of_a_wav_is_the_same() -> None:
    with (
        wave.open(io.BytesIO(made.wav())) as before,
        wave.open(io.BytesIO(_clean(made.wav()))) as now,
    ):
        assert now.getparams() == before.getparams()
        assert now.readframes(9000) == before.readframes(9000)


def test_a_wav_that_never_knew_its_length_is_whole() -> None:
    content = made.wav()
    at = content.index(b"data")
    frames = content[at + 8 : at + 8 + 16_000]
    open_ended = content[: at + 4] + b"\xff\xff\xff\xff" + frames
    with wave.open(io.BytesIO(_clean(open_ended))) as sound:
        assert sound.readframes(9000) == frames


def test_an_mp3_keeps_its_frames_its_count_and_its_delay() -> None:
    content = _clean(made.mp3())
    assert len(content) == 7 * 417
    assert content[36:40] == b"Info"
    assert content[40:52] == made.u32(3, 6, 2919)
    assert content[52:56] == b"LAME"
    assert content[73:76] == b"\x24\x01\x23"
    assert not any(content[76:417])


def test_pages_of_ogg_are_numbered_anew_and_their_checksums_hold() -> None:
    expected = made.ogg_page(0, 960, 1, 2, b"sound-one", b"sound-two")
    expected += made.ogg_page(4, 1920, 1, 3, b"sound-three")
    assert _clean(made.ogg_opus()).endswith(expected)


def test_a_tag_before_flac_hides_neither() -> None:
    tagged = b"ID3\x03\0\0\0\0\0\x0a" + MARK[:10] + made.flac()
    assert _clean(tagged) == _clean(made.flac())


def test_messages_that_say_how_to_show_stay_and_all_others_go() -> None:
    shown = b"\x06" + b"\x06\x01\xc0" + b"\x05\x10" + b"u" * 16 + b"\x80"
    assert bare_avc(made.nal(shown), 4) == made.nal(b"\x06\x06\x01\xc0\x80")
    assert bare_avc(made.nal(made.SEI), 4) == b""
    light = b"\x4e\x01" + b"\x90\x04\x00\x00\x03\x01\x90" + b"\x80"
    assert bare_hevc(made.nal(light), 4) == made.nal(light)
    notes = b"\x4e\x01\x05\x10" + b"u" * 16 + b"\x80"
    vendor = b"\x7c\x01" + MARK  # a kind of unit that no standard gives a meaning
    assert bare_hevc(made.nal(b"\x26\x01slice", notes, vendor), 4) == made.nal(b"\x26\x01slice")


def test_a_programs_name_before_the_sound_of_aac_is_made_blank() -> None:
    name = b"Lavc61.19.100 " + MARK
    bits = f"110{15:04b}{len(name) + 2 - 14:08b}0000" + "0" * 5  # filled up to a whole byte
    bits += "".join(f"{byte:08b}" for byte in name)
    bits = bits.ljust(15 + 8 * (len(name) + 2), "0") + "000" + "10110101" * 9
    bits += "0" * (-len(bits) % 8)
    frame = int(bits, 2).to_bytes(len(bits) // 8, "big")
    bare = bare_aac(frame)
    assert MARK in frame
    assert MARK not in bare
    assert len(bare) == len(frame)
    assert bare[len(name) + 4 :] == frame[len(name) + 4 :]
    assert bare_aac(bare) == bare
    assert bare_aac(b"\x21\x1a\xcf") == b"\x21\x1a\xcf"
    data = b"\x81" + bytes([len(MARK)]) + MARK + b"\x21\x1a\xcf"
    assert bare_aac(data) == data.replace(MARK, bytes(len(MARK)))
    widened = b"\xc5\xba" + MARK
    assert bare_aac(widened) == widened  # what widens the sound (SBR) is sound


def test_metadata_and_padding_go_out_of_av1_and_of_mpeg4() -> None:
    frame, notes = b"\x32\x03abc", b"\x2a" + bytes([1 + len(MARK)]) + b"\x04" + MARK
    padding, light = b"\x7a\x02xx", b"\x2a\x06\x01\x00\x10\x00\x08\x80"
    assert bare_av1(b"\x12\0" + notes + light + frame + padding) == b"\x12\0" + light + frame
    assert (
        bare_mpeg4(b"\0\0\1\xb0\1\0\0\1\xb2" + MARK + b"\0\0\1\xb6x") == b"\0\0\1\xb0\1\0\0\1\xb6x"
    )


def _unknown_codec() -> bytes:
    return made.mp4().replace(b"avc1", b"zzzz")


def _protected() -> bytes:
    return made.mp4().replace(b"avc1", b"encv")


def _overlapping() -> bytes:
    """Name the same bytes so often that the copy would outgrow the file."""
    content = made.mp4()
    at = content.index(b"stsz") + 16
    return content[:at] + made.u32(len(content) - 200) * 3 + content[at + 12 :]


def _far_away() -> bytes:
    content = made.mp4()
    at = content.index(b"stco") + 12
    return content[:at] + b"\x7f\xff\xff\xff" + content[at + 4 :]


def _many() -> bytes:
    content = made.mp4()
    at = content.index(b"stsz") + 8
    return content[:at] + made.u32(0, 0xFFFFFFFF) + content[at + 8 :]


def _other_file() -> bytes:
    content = made.mp4()
    at = content.index(b"url ") + 4
    return content[:at] + b"\0\0\0\0" + content[at + 4 :]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\0\0\0\x18ftypmp42", WhyUncleanable.DAMAGED),
        (b"\0\0\0\x18ftypheic" + b"\0" * 12, WhyUncleanable.UNKNOWN_KIND),
        (_unknown_codec(), WhyUncleanable.UNKNOWN_KIND),
        (_protected(), WhyUncleanable.LOCKED),
        (_overlapping(), WhyUncleanable.DAMAGED),
        (_far_away(), WhyUncleanable.DAMAGED),
        (_many(), WhyUncleanable.TOO_LARGE),
        (_other_file(), WhyUncleanable.UNKNOWN_KIND),
        (made.mp4()[:-1], WhyUncleanable.DAMAGED),
        (made.box(b"ftyp", b"isom") + made.box(b"moov"), WhyUncleanable.DAMAGED),
        (made.segment(kind=b"other"), WhyUncleanable.UNKNOWN_KIND),
        (made.segment(), WhyUncleanable.DAMAGED),
        (made.webm().replace(b"V_VP8", b"V_XYZ"), WhyUncleanable.UNKNOWN_KIND),
        (made.webm()[:-9], WhyUncleanable.DAMAGED),
        (b"\x1aE\xdf\xa3\xff", WhyUncleanable.DAMAGED),
        (b"ID3\x03\0\0\0\0\x7f\x7f", WhyUncleanable.DAMAGED),
        (b"ID3\x03\0\0\0\0\0\0" + b"no sound" * 99, WhyUncleanable.DAMAGED),
        (made.wav()[:-200], WhyUncleanable.DAMAGED),
        (made.wav().replace(b"\x10\0\0\0\1\0", b"\x10\0\0\0\x99\0"), WhyUncleanable.UNKNOWN_KIND),
        (made.ogg_opus()[:-1], WhyUncleanable.DAMAGED),
        (made.ogg_opus().replace(b"sound-two", b"sound-2wo"), WhyUncleanable.DAMAGED),
        (made.ogg_page(2, 0, 1, 0, b"\x80theora"), WhyUncleanable.UNKNOWN_KIND),
        (made.flac().replace(b"\x0asound", b"\x0asoond", 1), WhyUncleanable.DAMAGED),
        (made.flac() + b"and more", WhyUncleanable.DAMAGED),
        (b"fLaC\x84\0\0\0", WhyUncleanable.DAMAGED),
    ],
)
def test_what_cannot_be_cleaned_is_refused(content: bytes, reason: WhyUncleanable) -> None:
    assert _refused(content) is reason


def test_boxes_that_hold_each_other_a_thousand_deep_end() -> None:
    deep = b""
    for _ in range(1000):
        deep = made.box(b"moov", deep)
    assert _refused(made.box(b"ftyp", b"isom") + deep) is WhyUncleanable.DAMAGED


def test_a_track_of_an_unknown_codec_that_is_never_played_is_left_out() -> None:
    thumbs = made.box(b"jpeg", b"\0" * 78 + MARK)
    content = made.mp4(extra=made.trak(4, b"vide", thumbs, [4], [40], flags=0))
    copy = clean(io.BytesIO(content))
    assert copy.content == _clean(made.mp4())
    assert "further_tracks" in copy.removed


def test_what_follows_is_no_part_of_the_copy() -> None:
    for build, _ in EVERY_KIND.values():
        try:
            copy = clean(io.BytesIO(build() + b"PK\x03\x04" + MARK))
        except Uncleanable:
            continue
        assert MARK not in copy.content
        assert b"PK\x03\x04" not in copy.content


def test_process_apart_gives_the_same_copy() -> None:
    assert clean_copy(io.BytesIO(made.mp4())) == clean(io.BytesIO(made.mp4()))


@settings(max_examples=60, database=None)
@given(st.lists(st.binary(min_size=1, max_size=40), max_size=5), st.sampled_from([1, 2, 4]))
def test_units_that_draw_are_never_changed(units: list[bytes], width: int) -> None:
    drawn = [bytes([0x41]) + unit for unit in units]
    sample = b"".join(len(unit).to_bytes(width, "big") + unit for unit in drawn)
    assert bare_avc(sample, width) == sample
