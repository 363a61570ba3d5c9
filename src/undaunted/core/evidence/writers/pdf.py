"""PDF without metadata, scripts, attachments and what earlier versions of the file left behind.

What a page shows stays as it is: text, pictures, visible stamps. A printer's yellow dots or a
watermark in a scanned page are part of the picture and stay too.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pikepdf

from undaunted.core.evidence.rules import Cleaned, MediaKind, Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.jpeg import without_segments
from undaunted.core.evidence.writers.pdf_parts import dictionaries_in

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["clean_pdf"]

MOST_OBJECTS: Final = 2_000_000
_OF_THE_FILE: Final = ("/Metadata", "/OpenAction", "/AA", "/PieceInfo", "/Perms", "/Collection",
                       "/SpiderInfo", "/Legal", "/URI", "/Threads")  # fmt: skip
_OF_ANY_OBJECT: Final = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/Thumb", "/OPI")
_OF_NOTES: Final = ("/T", "/M", "/CreationDate", "/NM", "/Subj", "/RC")
_GONE_NOTES: Final = frozenset(
    {"/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D", "/Popup", "/Text"}
)
_FORBIDDEN_ACTIONS: Final = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition",
     "/RichMediaExecute", "/Movie", "/Sound"}
)  # fmt: skip


def clean_pdf(content: BinaryIO) -> Cleaned:
    """Write a PDF anew from its objects in use; raises `Uncleanable`."""
    try:
        with pikepdf.open(content, inherit_page_attributes=False) as pdf:
            if len(pdf.objects) > MOST_OBJECTS:
                raise Uncleanable(WhyUncleanable.TOO_LARGE)
            removed = _stripped(pdf)
            out = io.BytesIO()
            pdf.save(
                out,
                deterministic_id=True,
                compress_streams=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                fix_metadata_version=False,
            )
    except pikepdf.PasswordError as problem:
        raise Uncleanable(WhyUncleanable.LOCKED) from problem
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as p:
        if isinstance(p, Uncleanable):
            raise
        raise Uncleanable(WhyUncleanable.DAMAGED) from p
    return Cleaned(out.getvalue(), MediaKind.PDF, tuple(sorted(removed)))


def _stripped(pdf: pikepdf.Pdf) -> set[str]:
    removed = set()
    if pdf.docinfo:
        removed.add("document_properties")
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    root = pdf.Root
    removed |= _drop_from_root(root)
    for thing in pdf.objects:
        for part in dictionaries_in(thing):
            removed |= _drop_from_object(part)
    for page in pdf.pages:
        removed |= _clean_notes(page.obj)
    return removed


def _drop_from_root(root: pikepdf.Object) -> set[str]:
    removed = set()
    for key in _OF_THE_FILE:
        if key in root:
            removed.add("scripts" if key in {"/OpenAction", "/AA"} else "document_properties")
            del root[key]
    names = root.get("/Names")
    for key, told in (("/EmbeddedFiles", "attached_files"), ("/JavaScript", "scripts")):
        if names is not None and key in names:
            removed.add(told)
            del names[key]
    if "/AF" in root:
        removed.add("attached_files")
        del root["/AF"]
    form = root.get("/AcroForm")
    if form is not None:
        for key in ("/XFA", "/SigFlags", "/CO"):
            if key in form:
                removed.add("signatures" if key == "/SigFlags" else "scripts")
                del form[key]
    return removed


def _drop_from_object(thing: pikepdf.Dictionary | pikepdf.Stream) -> set[str]:
    removed = set()
    for key in _OF_ANY_OBJECT:
        if key in thing:
            removed.add("scripts" if key == "/AA" else "document_properties")
            del thing[key]
    if str(thing.get("/S", "")) in _FORBIDDEN_ACTIONS and (
        "/Type" not in thing or str(thing["/Type"]) == "/Action"
    ):
        removed.add("scripts")
        for key in list(thing.keys()):
            del thing[key]
        return removed
    if str(thing.get("/Type", "")) in {"/Sig", "/DocTimeStamp"}:
        removed.add("signatures")
        for key in list(thing.keys()):
            del thing[key]
    if isinstance(thing, pikepdf.Stream):
        removed |= _clean_stream(thing)
    return removed


def _clean_stream(stream: pikepdf.Stream) -> set[str]:
    """Take the camera's notes out of a JPEG picture without touching its pixels."""
    filters = stream.get("/Filter")
    names = [filters] if isinstance(filters, pikepdf.Name) else list(filters or [])
    if [str(each) for each in names] != ["/DCTDecode"]:
        return set()
    raw = stream.read_raw_bytes()
    bare = without_segments(raw)
    if bare == raw:
        return set()
    stream.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=None)
    return {"camera_data"}


def _clean_notes(page: pikepdf.Object) -> set[str]:
    notes = page.get("/Annots")
    if notes is None:
        return set()
    removed, kept = set(), []
    for note in notes:
        if str(note.get("/Subtype", "")) in _GONE_NOTES:
            removed.add("comments")
            continue
        for key in _OF_NOTES:
            if key in note and (key != "/T" or str(note.get("/Subtype", "")) != "/Widget"):
                removed.add("comments")
                del note[key]
        kept.append(note)
    page["/Annots"] = pikepdf.Array(kept)
    return removed
