"""What ffmpeg made, it decodes the same after cleaning; ExifTool and ffprobe find no maker in it.

Both are readers of their own, which share nothing with the cleaner.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from undaunted.core.evidence.writers.child import clean

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("ffmpeg") and shutil.which("ffprobe")), reason="ffmpeg is not installed"
    ),
]

MARK = "CANARY7F3K"
TAGS = ["title", "artist", "comment", "location", "com.apple.quicktime.location.ISO6709", "make"]
PICTURES = ["-f", "lavfi", "-i", "testsrc2=size=96x64:rate=10:duration=2"]
SOUND = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=2"]
TIMES = ["-metadata", "creation_time=2024-03-05T10:11:12Z", "-timecode", "10:11:12:00"]
H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-pix_fmt", "yuv420p"]
FORMS = {
    "film.mp4": [*PICTURES, *SOUND, *H264, "-c:a", "aac", *TIMES],
    "fast.mp4": [*PICTURES, *SOUND, *H264, "-c:a", "aac", "-movflags", "+faststart"],
    "fragments.mp4": [
        *PICTURES, *SOUND, *H264, "-c:a", "aac", "-g", "5", "-movflags", "frag_keyframe+empty_moov",
    ],
    "pieces.mp4": [
        *PICTURES, *SOUND, *H264, "-c:a", "aac", "-movflags", "frag_keyframe+default_base_moof",
    ],
    "film.mov": [*PICTURES, *SOUND, *H264, "-c:a", "aac", *TIMES],
    "plain.mov": [*PICTURES, *SOUND, *H264, "-c:a", "pcm_s16le", *TIMES],
    "hevc.mp4": [*PICTURES, "-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1"],
    "old.3gp": [*PICTURES, "-vf", "scale=176:144", "-c:v", "h263"],
    "mpeg4.mp4": [*PICTURES, *SOUND, "-c:v", "mpeg4", "-c:a", "aac"],
    "av1.mp4": [*PICTURES, "-c:v", "libaom-av1", "-cpu-used", "8", "-usage", "realtime"],
    "voice.m4a": [*SOUND, "-c:a", "aac"],
    "lossless.m4a": [*SOUND, "-c:a", "alac"],
    "film.webm": [*PICTURES, *SOUND, "-c:v", "libvpx", "-c:a", "libopus"],
    "nine.webm": [*PICTURES, *SOUND, "-c:v", "libvpx-vp9", "-cpu-used", "8", "-c:a", "libvorbis"],
    "voice.webm": [*SOUND, "-c:a", "libopus"],
    "live.webm": [*PICTURES, *SOUND, "-c:v", "libvpx", "-c:a", "libopus", "-live", "1"],
    "film.mkv": [*PICTURES, *SOUND, *H264, "-c:a", "aac"],
    "flac.mkv": [*PICTURES, *SOUND, *H264, "-c:a", "flac"],
    "voice.mp3": [*SOUND, "-c:a", "libmp3lame", "-q:a", "4"],
    "steady.mp3": [*SOUND, "-c:a", "libmp3lame", "-b:a", "64k"],
    "voice.wav": [*SOUND, "-c:a", "pcm_s16le"],
    "deep.wav": [*SOUND, "-c:a", "pcm_s24le", "-ac", "2"],
    "voice.ogg": [*SOUND, "-c:a", "libopus"],
    "vorbis.ogg": [*SOUND, "-c:a", "libvorbis"],
    "voice.flac": [*SOUND, "-c:a", "flac"],
}  # fmt: skip


def _made(name: str, folder: Path) -> Path:
    file = folder / name
    tags = [part for tag in TAGS for part in ("-metadata", f"{tag}={MARK}")]
    streams = ["-metadata:s:0", f"handler_name={MARK}", "-metadata:s:0", f"title={MARK}"]
    command = ["ffmpeg", "-v", "error", "-y", *FORMS[name], *tags, *streams, str(file)]
    made = subprocess.run(command, capture_output=True, check=False)
    if made.returncode:
        if b"Unknown encoder" in made.stderr or b"Encoder not found" in made.stderr:
            pytest.skip("this ffmpeg lacks an encoder")
        raise AssertionError(made.stderr.decode())
    return file


def _decoded(file: Path) -> bytes:
    """Give the digests of all decoded pictures and of all decoded sound."""
    return subprocess.check_output(
        ["ffmpeg", "-v", "error", "-i", str(file), "-map", "0:v?", "-map", "0:a?",
         "-f", "streamhash", "-hash", "md5", "-"]
    )  # fmt: skip


def _told(file: Path) -> dict[str, dict[str, str]]:
    told = json.loads(
        subprocess.check_output(
            ["ffprobe", "-v", "error", "-print_format", "json", "-show_format", "-show_streams",
             "-show_chapters", str(file)]
        )
    )  # fmt: skip
    held = {"format": told["format"].get("tags", {})}
    return held | {str(one["index"]): one.get("tags", {}) for one in told["streams"]}


_EMPTY = {"", "[0][0][0][0]"}
_FORM_ITSELF = {"major_brand", "minor_version", "compatible_brands", "language", "DURATION"}


@pytest.mark.parametrize("name", FORMS)
def test_decoded_pictures_and_sound_are_the_same_and_no_tag_is_left(
    name: str, tmp_path: Path
) -> None:
    file = _made(name, tmp_path)
    copy = clean(io.BytesIO(file.read_bytes()))
    bare = tmp_path / f"bare.{copy.kind.ending}"
    bare.write_bytes(copy.content)
    assert _decoded(bare) == _decoded(file)
    assert MARK.encode() not in copy.content
    assert b"x264" not in copy.content
    for tags in _told(bare).values():
        named = {key for key, value in tags.items() if value not in _EMPTY and "handler" not in key}
        assert named <= _FORM_ITSELF
        assert not tags.get("handler_name", "").strip() or "Handler" in tags["handler_name"]
    assert clean(io.BytesIO(copy.content)).content == copy.content
    if shutil.which("exiftool"):
        said = subprocess.check_output(["exiftool", "-ee", "-a", "-U", "-G1", "-s", str(bare)])
        assert MARK.encode() not in said
        assert b"2024" not in b"".join(
            line for line in said.splitlines() if not line.startswith(b"[System]")
        )


@pytest.mark.parametrize("name", ["film.mp4", "fragments.mp4", "film.webm", "live.webm"])
def test_a_copy_can_be_wound(name: str, tmp_path: Path) -> None:
    copy = clean(io.BytesIO(_made(name, tmp_path).read_bytes()))
    bare = tmp_path / f"bare.{copy.kind.ending}"
    bare.write_bytes(copy.content)
    told = subprocess.check_output(
        ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(bare)]
    )
    assert 1.9 <= float(told) <= 2.2
    frame = subprocess.check_output(
        [
            "ffmpeg",
            "-v",
            "error",
            "-ss",
            "1",
            "-i",
            str(bare),
            "-frames:v",
            "1",
            "-f",
            "rawvideo",
            "-",
        ]
    )
    assert len(frame) >= 96 * 64
