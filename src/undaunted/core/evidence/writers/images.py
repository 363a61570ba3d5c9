"""Pictures drawn anew from their pixels, so that nothing but the pixels is left."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageCms, ImageOps

from undaunted.core.evidence.rules import Cleaned, MediaKind, Uncleanable, WhyUncleanable

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["clean_image"]

MOST_PIXELS: Final = 100_000_000
QUALITY: Final = 92
_FORMATS: Final = {
    MediaKind.JPEG: "JPEG",
    MediaKind.PNG: "PNG",
    MediaKind.WEBP: "WEBP",
    MediaKind.GIF: "GIF",
    MediaKind.TIFF: "TIFF",
}
_OF_THE_DRAWING: Final = frozenset(
    {"exif", "icc_profile", "dpi", "jfif", "jfif_version", "jfif_unit", "jfif_density", "adobe",
     "adobe_transform", "progressive", "progression", "transparency", "background", "version",
     "duration", "loop", "extension", "gamma", "srgb", "interlace", "compression"}
)  # fmt: skip
"""What decoders report of every picture; it says how to draw."""


def clean_image(content: BinaryIO, kind: MediaKind) -> Cleaned:
    """Draw a picture anew: upright, in plain colours (sRGB), first frame only.

    JPEG stays JPEG; everything else becomes PNG. Raises `Uncleanable`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(content, formats=[_FORMATS[kind]]) as picture:
                return _drawn(picture, kind)
        except Image.DecompressionBombError as problem:
            raise Uncleanable(WhyUncleanable.TOO_LARGE) from problem
        except (OSError, ValueError, SyntaxError, TypeError, KeyError) as problem:
            if isinstance(problem, Uncleanable):
                raise
            raise Uncleanable(WhyUncleanable.DAMAGED) from problem


def _drawn(picture: Image.Image, kind: MediaKind) -> Cleaned:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise Uncleanable(WhyUncleanable.TOO_LARGE, f"{width} by {height} pixels")
    removed = _told(picture)
    upright = ImageOps.exif_transpose(picture)
    plain = _plain_colours(upright)
    wanted = MediaKind.JPEG if kind is MediaKind.JPEG else MediaKind.PNG
    if wanted is MediaKind.JPEG and plain.mode not in {"L", "RGB"}:
        plain = plain.convert("RGB")
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    out = io.BytesIO()
    if wanted is MediaKind.JPEG:
        bare.save(out, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    else:
        bare.save(out, "PNG", optimize=False)
    return Cleaned(out.getvalue(), wanted, removed)


def _told(picture: Image.Image) -> tuple[str, ...]:
    """Name what the file says beside its pixels."""
    told = set()
    if picture.getexif():
        told.add("camera_data")
    if any(key not in _OF_THE_DRAWING for key in picture.info):
        told.add("picture_notes")
    if "icc_profile" in picture.info:
        told.add("colour_profile")
    if getattr(picture, "n_frames", 1) > 1:
        told.add("further_frames")
    return tuple(sorted(told))


def _plain_colours(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    mode = _plain_mode(picture)
    if profile and picture.mode in {"RGB", "L", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
        except ImageCms.PyCMSError:
            return picture.convert(mode)
        return changed if changed is not None else picture.convert(mode)
    return picture.convert(mode)


def _plain_mode(picture: Image.Image) -> str:
    if picture.has_transparency_data:
        return "RGBA"
    return "L" if picture.mode in {"1", "L", "I;16", "I", "F"} else "RGB"
