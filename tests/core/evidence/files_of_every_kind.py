"""Files that tell who made them, made by hand: each holds the word CANARY where nobody looks."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pikepdf
from openpyxl.comments import Comment
from PIL import Image, PngImagePlugin

__all__ = ["CANARY", "docx", "gif", "jpeg", "odt", "packed", "pdf", "png", "pptx", "xlsx"]

CANARY = "CANARY7F3K"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"


def jpeg() -> bytes:
    picture = Image.new("RGB", (64, 48), (120, 40, 10))
    notes = picture.getexif()
    notes[0x010F] = CANARY
    notes[0x0112] = 6
    notes.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=notes, comment=CANARY.encode())
    return out.getvalue()


def png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", CANARY)
    notes.add_itxt("XML:com.adobe.xmp", f"<x>{CANARY}</x>")
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (1, 2, 3, 128)).save(out, "PNG", pnginfo=notes)
    return out.getvalue() + CANARY.encode()


def gif() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("P", (9, 9), shade) for shade in (0, 90)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=CANARY.encode())
    return out.getvalue()


def pdf() -> bytes:
    made = pikepdf.Pdf.new()
    page = made.add_blank_page(page_size=(200, 200))
    picture = pikepdf.Stream(made, jpeg())
    picture["/Type"], picture["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
    picture["/Width"], picture["/Height"], picture["/BitsPerComponent"] = 64, 48, 8
    picture["/ColorSpace"], picture["/Filter"] = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
    page.obj["/Contents"] = pikepdf.Stream(made, b"q 64 0 0 48 0 0 cm /Im0 Do Q")
    page.obj["/Annots"] = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9],
                T=pikepdf.String(CANARY), Contents=pikepdf.String(CANARY),
            ),
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
                A=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(CANARY)),
            ),
        ]
    )  # fmt: skip
    made.attachments["notes.txt"] = CANARY.encode()
    made.Root["/OpenAction"] = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String(f"app.alert('{CANARY}')")
    )
    made.docinfo["/Author"] = CANARY
    with made.open_metadata() as notes:
        notes["dc:creator"] = [CANARY]
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def docx(**more: str | bytes) -> bytes:
    body = (
        f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>'
        f'<w:p w:rsidR="00{CANARY}"><w:r><w:t>Held since March.</w:t></w:r>'
        f'<w:ins w:id="1" w:author="{CANARY}" w:date="2026-01-01T00:00:00Z">'
        "<w:r><w:t>Added words.</w:t></w:r></w:ins>"
        f'<w:del w:id="2" w:author="{CANARY}"><w:r><w:delText>{CANARY}</w:delText></w:r></w:del>'
        '<w:r><w:instrText>INCLUDEPICTURE "http://tracker.invalid/x.png"</w:instrText></w:r>'
        '<w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p></w:body></w:document>'
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_P}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
            '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/docProps/core.xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_P}/relationships">'
            f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
            '<Relationship Id="rId2" Type="x/core-properties" Target="docProps/core.xml"/>'
            "</Relationships>"
        ),
        "word/document.xml": body,
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_P}/relationships">'
            f'<Relationship Id="r1" Type="{_R}/comments" Target="comments.xml"/>'
            f'<Relationship Id="r2" Type="{_R}/image" TargetMode="External"'
            f' Target="file:///C:/Users/{CANARY}/x.png"/>'
            f'<Relationship Id="r3" Type="{_R}/image" Target="media/image1.jpeg"/>'
            "</Relationships>"
        ),
        "word/comments.xml": f"<w:comments xmlns:w='{_W}'><!--{CANARY}--></w:comments>",
        "word/media/image1.jpeg": jpeg(),
        "docProps/core.xml": f"<c>{CANARY}</c>",
        "docProps/app.xml": f"<c>{CANARY}</c>",
    }
    return packed(parts | more)


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = CANARY
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Name"
    sheet["A2"].value, sheet["A2"].comment = "shown", Comment(CANARY, CANARY)
    hidden = book.create_sheet("second")
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pptx() -> bytes:
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{_P}/content-types"/>',
            "ppt/presentation.xml": "<p:presentation xmlns:p='p'/>",
            "ppt/commentAuthors.xml": f"<a>{CANARY}</a>",
            "ppt/notesSlides/notesSlide1.xml": "<n>said aloud</n>",
            "docProps/core.xml": f"<c>{CANARY}</c>",
        }
    )


def odt(**more: str | bytes) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="text/xml"/>'
        for path in ("/", "content.xml", "meta.xml", "settings.xml")
    )
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            f'<o:document-content xmlns:o="{office}" xmlns:t="{text}"><o:body><o:text>'
            f"<t:tracked-changes><t:changed-region>{CANARY}</t:changed-region></t:tracked-changes>"
            f"<t:p>Held<o:annotation><t:p>{CANARY}</t:p></o:annotation> since March.</t:p>"
            "</o:text></o:body></o:document-content>"
        ),
        "meta.xml": f"<m>{CANARY}</m>",
        "settings.xml": f"<s>{CANARY}</s>",
        "Thumbnails/thumbnail.png": png(),
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{manifest}">{entries}</m:manifest>',
    }
    return packed(parts | more)
