"""Pages, API and terminal of campaigns: what each can do, and what each keeps to itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.core.accounts.factories import signed_in_client
from tests.pages.conftest import untouched_desk
from tests.prisoners.campaigns.factories import (
    AT,
    PLAN,
    Scene,
    let_it_out,
    make_scene,
    raised,
    replied,
)
from tests.site.pages_of_html import elements
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.editions.actions import (
    Wanted,
    build_edition,
    propose_edition,
    publish_edition,
    rebuild_edition,
)
from undaunted.core.editions.models import Edition
from undaunted.prisoners.campaigns.actions import (
    agree_to_be_named,
    make_material,
    remove_case,
    set_mode,
    withdraw_adopter,
    withdraw_campaign,
)
from undaunted.prisoners.campaigns.analysis import public_sheet
from undaunted.prisoners.campaigns.models import Material
from undaunted.prisoners.campaigns.queries import (
    adopters_for,
    campaign_for,
    desk_cases,
    public_lines,
    published_campaign,
    published_materials,
    raises_of,
)
from undaunted.prisoners.campaigns.rules import Channel, MaterialKind, Mode, Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.core.access.rules import Actor
    from undaunted.core.editions.rules import Document

pytestmark = pytest.mark.usefixtures("ledger")

ONE = f"/campaigns/{PLAN.reference}/"
DESK = f"/desk/campaigns/{PLAN.reference}/"
SHEET = (
    "Date,Prisoner,Way,Level,Raised with,Counterpart country,Raised by,Country,Answer\n"
    "2026-11-05,,private,minister,Ministry,XR,Embassy,XS,denial\n"
)
RAISE: dict[str, Any] = {
    "day": "2026-11-08", "channel": "multilateral", "level": "senior", "counterpart": "Council",
    "counterpart_country": "XR", "by": "Delegation", "by_country": "XF",
}  # fmt: skip


def _post(client: Client, address: str, code: int = 302, /, **values: Any) -> Any:
    answer = client.post(address, values)
    assert answer.status_code == code, answer.content.decode()[-3000:]
    return answer


def test_public_pages_show_what_was_agreed_in_both_directions_without_a_cookie(
    owner_sql: Any,
) -> None:
    scene = make_scene(owner_sql)
    raised(scene, scene.shown, adopter=scene.adopter)
    raised(scene, scene.whispered, channel=Channel.PRIVATE)
    let_it_out(scene)
    reader = Client()
    for language, way in (("", "ltr"), ("/ar", "rtl")):
        for address in ("/campaigns/", ONE, f"{ONE}raises/", f"{ONE}calendar.ics"):
            with untouched_desk():
                answer = reader.get(f"{language}{address}")
            assert answer.status_code == 200, address
            assert not answer.cookies
            page = answer.content.decode()
            if address.endswith(".ics"):
                assert "BEGIN:VCALENDAR" in page
                assert "Корсак" not in page
                continue
            assert f'dir="{way}"' in page
            assert "ilka@diet.example" not in page
            assert str(scene.whispered.pk) not in page
            for tag, attributes in elements(page):
                assert tag not in {"script", "style"}
                assert "style" not in attributes
    page = reader.get(ONE).content.decode()
    assert "Олена Корсак" in page
    assert "Ilka Morvan" in page
    assert "No government or parliament was found" in page
    told = reader.get(f"/api/v1{ONE}").json()
    assert [case["adoptions"][0]["name"] for case in told["cases"]] == ["Ilka Morvan"]
    assert (told["figures"]["raises"], told["private_at_least"]) == (1, 0)
    assert told["figures"]["by_country"] == {"XS": 1}
    assert [each["reference"] for each in reader.get("/api/v1/campaigns/").json()] == [
        PLAN.reference
    ]
    for absent in ("/campaigns/none/", "/campaigns/none/raises/", f"{ONE}files/{uuid4()}/"):
        assert reader.get(absent).status_code == 404


def test_reader_gets_the_card_in_their_own_language(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.desk.documenter) as actor:
        for language in ("ar", "en"):
            make_material(
                scene.shown, MaterialKind.SOCIAL_CARD, actor=actor, at=AT, language=language
            )
    let_it_out(scene)
    for address in (ONE, f"/ar{ONE}"):
        page = Client().get(address).content.decode()
        (picture,) = (told for tag, told in elements(page) if tag == "img" and "alt" in told)
        language = "ar" if address.startswith("/ar") else "en"
        cards = published_materials(PUBLIC, scene.campaign.pk).filter(language=language)
        card = cards.get(name__endswith="square.png")
        assert (picture["lang"], picture["alt"]) == (language, card.alternative)
        assert str(card.pk) in str(picture["src"])
        assert '<bdi lang="ar">العربية</bdi>' in page


def _refused_names(first: Client, other: str, scene: Scene) -> None:
    _post(first, f"{other}attach/", 200, case="Nobody", ask="x", language="en")
    several = _post(first, f"{other}attach/", 200, case="Олена Корсак", ask="x", language="en")
    listed = several.content.decode()
    for each in (scene.shown, scene.whispered, scene.silent):
        assert f"<code>{each.subject}</code>" in listed


def _own_desk_alone(first: Client, scene: Scene) -> None:
    stranger = signed_in_client(scene.desk.stranger)
    for address in (DESK, f"{DESK}raises/", f"{DESK}sheet/", f"{DESK}adopters/", f"{DESK}import/"):
        assert first.get(address).status_code == 200, address
        assert stranger.get(address).status_code == 404, address
    assert first.get("/desk/campaigns/").status_code == 200


def test_a_campaign_is_kept_at_the_desk_with_forms_alone(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    first, second = signed_in_client(scene.desk.documenter), signed_in_client(scene.desk.publisher)
    begin: dict[str, Any] = {
        "holder": str(scene.desk.organisation), "reference": "october", "name": "October",
        "day": "2026-10-30", "occasion": "30-october", "language": "en", "languages": ["en", "ar"],
    }  # fmt: skip
    _post(first, "/desk/campaigns/new/", 200, **{**begin, "day": "2026-10-31"})
    _post(first, "/desk/campaigns/new/", **begin)
    _post(first, "/desk/campaigns/october/change/", name="October!", day="2026-10-30",
          occasion="30-october", language="en", languages=["en"])  # fmt: skip
    other = "/desk/campaigns/october/"
    _refused_names(first, other, scene)
    reference = Client().get(f"/api/v1{ONE}").json()["cases"][0]["reference"]
    answer = _post(first, f"{other}attach/", case=reference, ask="Release her.", language="en")
    case = answer.headers["Location"]
    assert "an agreement covers it" in first.get(case).content.decode()
    _post(first, f"{case}mode/", mode="public")
    _post(first, f"{case}mode/", 409, mode="private_only")
    _post(first, f"{case}mode/", 409, mode="loud")
    _post(first, f"{case}ask/", ask="A doctor.")
    _post(first, f"{DESK}adopters/", name="Mayor of Zlin", kind="city", country="XF")
    with acting_as(scene.desk.documenter) as actor:
        mayor = adopters_for(actor).get(name="Mayor of Zlin")
    _post(first, f"{DESK}adopters/{mayor.pk}/agreed/", on="2026-11-02", how="letter")
    _post(first, f"{DESK}adopters/{mayor.pk}/agreed/", 409, on="2026-11-02", how="")
    _post(first, f"{case}adopt/", adopter=str(mayor.pk), on="2026-11-03")
    _post(first, f"{case}adopt/", 409, adopter=str(uuid4()), on="2026-11-03")
    waiting = second.get(other).content.decode()
    assert f'<a href="{case}"><bdi>Mayor of Zlin · ' in waiting
    assert f'<a href="{other}change/"><bdi>October!' in waiting
    assert "Mayor of Zlin · City · Freedonia · " in first.get(case).content.decode()
    _post(first, f"{other}out/", 404)
    _post(second, f"{other}out/")
    shown = Client().get("/campaigns/october/").content.decode()
    assert "Mayor of Zlin" in shown
    assert "A doctor." in shown
    with acting_as(scene.desk.documenter) as actor:
        october = campaign_for(actor, "october")
        assert october is not None
        (held,) = desk_cases(actor, october)
    _post(first, f"/desk/campaigns/adoptions/{held.adopters[0].pk}/end/")
    _post(first, f"{DESK}adopters/{mayor.pk}/withdraw/")
    assert "Mayor of Zlin" not in Client().get("/campaigns/october/").content.decode()
    _post(first, f"{case}remove/")
    _post(second, f"{other}withdraw/")
    assert Client().get("/campaigns/october/").status_code == 404
    _own_desk_alone(first, scene)


def test_log_is_kept_printed_and_a_sheet_taken_in_after_a_look(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    client = signed_in_client(scene.desk.documenter)
    _post(client, f"{DESK}raises/", 200, **{**RAISE, "day": "2030-01-01"})
    answer = _post(client, f"{DESK}raises/", **RAISE, case=str(scene.shown.pk),
                   adopter=str(scene.adopter.pk))  # fmt: skip
    entry = answer.headers["Location"]
    _post(client, entry, 200, on="2026-11-01", reply="visit")
    _post(client, entry, on="2026-11-09", reply="visit", text="thanked them")
    assert "thanked them" in client.get(entry).content.decode()
    look = client.post(f"{DESK}import/", {"file": SimpleUploadedFile("s.csv", SHEET.encode())})
    page = look.content.decode()
    assert "1 row can be read" in page
    sealed = page.split('name="rows" value="')[1].split('"')[0]
    _post(client, f"{DESK}import/", 409, rows=sealed[:-3] + "abc")
    _post(signed_in_client(scene.desk.steward), f"{DESK}import/", 409, rows=sealed)
    _post(client, f"{DESK}import/", rows=sealed)
    look = client.post(f"{DESK}import/", {"file": SimpleUploadedFile("s.csv", SHEET.encode())})
    with acting_as(scene.desk.documenter) as actor:
        taken = raises_of(actor, scene.campaign).get(by="Embassy")
    assert f'<a href="/desk/campaigns/raises/{taken.pk}/">' in look.content.decode()
    bad = SHEET.replace("2026-11-05", "soon").replace(",private,", ",pigeon,")
    look = client.post(f"{DESK}import/", {"file": SimpleUploadedFile("s.csv", bad.encode())})
    assert "Line 2, channel" in look.content.decode()
    assert 'name="rows"' not in look.content.decode()
    for broken in (b"%PDF-1.7", b"x,y\n1,2\n"):
        look = client.post(f"{DESK}import/", {"file": SimpleUploadedFile("s.csv", broken)})
        assert look.status_code == 200
        assert 'class="problem' in look.content.decode() or "error" in look.content.decode()
    page = client.get(f"{DESK}sheet/").content.decode()
    assert "Denial" in page
    assert "Visit" in page
    document = client.get(f"{DESK}sheet/docx/")
    assert document.content[:2] == b"PK"
    assert client.get(f"{DESK}sheet/exe/").status_code == 404
    whole = client.get(DESK).content.decode()
    assert "The log is too young to compare" in whole
    _post(client, f"{entry}withdraw/")
    assert client.get(entry).status_code == 404


def test_material_is_written_let_out_taken_and_destroyed_with_consent(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    client = signed_in_client(scene.desk.documenter)
    case = f"/desk/campaigns/cases/{scene.shown.pk}/"
    _post(client, f"{case}files/", kind="parliamentary_question", language="en",
          adopter=str(scene.adopter.pk))  # fmt: skip
    _post(client, f"{case}files/", kind="demarche_note", language="en")
    hidden = f"/desk/campaigns/cases/{scene.whispered.pk}/files/"
    _post(client, hidden, 409, kind="letter", language="en")
    silent = f"/desk/campaigns/cases/{scene.silent.pk}/files/"
    _post(client, silent, 409, kind="letter", language="en")
    assert let_it_out(scene)["material"] == 2  # the note for a conversation never
    files = list(published_materials(PUBLIC, scene.campaign.pk))
    assert {file.kind for file in files} == {"parliamentary_question"}
    taken = Client().get(f"{ONE}files/{files[0].pk}/")
    assert (taken.status_code, len(taken.content)) == (200, files[0].size)
    page = client.get(case).content.decode()
    assert files[0].name in page
    with acting_as(scene.desk.documenter) as actor:
        revoke_consent(scene.to_public, actor=actor, at=AT + timedelta(1))
        rows = list(Material.objects.all())
        assert len(rows) == 3
        for row in rows:
            assert (row.content, row.subject, row.case_id, row.name) == (None, None, None, "")
            assert len(row.sha256) == 64
    gone = Client().get(f"{ONE}files/{files[0].pk}/")
    assert gone.status_code == 410
    assert "delete it" in gone.content.decode()
    assert "Корсак" not in gone.content.decode()
    held = f"/desk/campaigns/files/{files[0].pk}/"
    assert client.get(held).status_code == 410
    _post(client, f"{held}withdraw/", 409)
    assert list(published_materials(PUBLIC, scene.campaign.pk)) == []


def _published_sheet(scene: Scene) -> Edition:
    wanted = Wanted("raise-sheet", as_of=AT.date(), parameters={"campaign": PLAN.reference})
    with acting_as(scene.desk.documenter) as actor:
        made = build_edition(wanted, scene.desk.organisation, actor=actor, at=AT)
        propose_edition(made, actor=actor, at=AT)
    with acting_as(scene.desk.publisher) as actor:
        made.refresh_from_db()
        return publish_edition(made, actor=actor, at=AT)


def _frozen(scene: Scene, edition: Edition) -> str:
    with acting_as(scene.desk.documenter):
        file = edition.files.get(name__endswith="-en.json")
        return bytes(file.content or b"").decode()


def test_public_sheet_is_an_edition_that_ends_with_consent(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    raised(scene, scene.shown)
    raised(scene, scene.whispered, channel=Channel.PRIVATE)
    let_it_out(scene)
    made = _published_sheet(scene)
    text = _frozen(scene, made)
    assert "Олена Корсак" in text
    assert "In private" not in text
    with acting_as(scene.desk.documenter) as actor:
        revoke_consent(scene.to_public, actor=actor, at=AT + timedelta(1))
        made.refresh_from_db()
    assert (made.state, made.why) == ("withdrawn", "revoked")


WAYS_OUT: dict[str, Callable[[Scene, Actor], object]] = {
    "adopter": lambda scene, actor: withdraw_adopter(scene.adopter, actor=actor, at=AT),
    "name": lambda scene, actor: agree_to_be_named(
        scene.adopter, actor=actor, at=AT, on=None, how=""
    ),
    "silent": lambda scene, actor: set_mode(scene.shown, Mode.SILENT, actor=actor, at=AT),
    "case": lambda scene, actor: remove_case(scene.shown, actor=actor, at=AT),
    "campaign": lambda scene, actor: withdraw_campaign(scene.campaign, actor=actor, at=AT),
}


def test_published_sheet_ends_with_whoever_leaves_the_campaign(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    raised(scene, scene.shown, adopter=scene.adopter)
    let_it_out(scene)
    made = _published_sheet(scene)
    assert "Ilka Morvan" in _frozen(scene, made)
    with acting_as(scene.desk.documenter) as actor:
        remove_case(scene.silent, actor=actor, at=AT)
        made.refresh_from_db()
    assert made.state == "published"  # the silent case was never in it
    for name, leave in WAYS_OUT.items():
        person = scene.desk.publisher if name == "campaign" else scene.desk.documenter
        # Each way alone: what it did is taken back with its transaction.
        with acting_as(person) as actor, transaction.atomic():
            leave(scene, actor)
            made.refresh_from_db()
            assert (made.state, made.why) == ("withdrawn", "editor"), name
            assert {file.content for file in made.files.all()} == {None}
            (planned,) = Edition.objects.filter(replaces=made)
            assert (planned.label, planned.built_at) == ("1.1", None)
            transaction.set_rollback(True)
    with acting_as(scene.desk.documenter) as actor:
        withdraw_adopter(scene.adopter, actor=actor, at=AT)
    with acting_as(scene.desk.documenter) as actor:
        anew = rebuild_edition(Edition.objects.get(replaces=made), actor=actor, at=AT)
    text = _frozen(scene, anew)
    assert "Ilka Morvan" not in text
    assert "Олена Корсак" in text


def test_sheet_of_a_moment_stays_what_it_was(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    first = raised(scene, scene.shown, adopter=scene.adopter)
    let_it_out(scene)
    replied(scene, first, at=AT + timedelta(hours=1))
    known = AT + timedelta(hours=2)

    def sheet(known_at: datetime) -> Document:
        campaign = published_campaign(PUBLIC, PLAN.reference)
        assert campaign is not None
        return public_sheet(campaign, as_of=AT.date(), known_at=known_at, language="en")

    before = sheet(known)
    raised(scene, scene.shown, at=AT + timedelta(hours=3), by_country="XF")
    replied(scene, first, Reply.RELEASE, at=AT + timedelta(hours=3))
    let_it_out(scene, AT + timedelta(hours=4))
    assert sheet(known) == before
    later = AT + timedelta(hours=5)
    lines = public_lines(PUBLIC, scene.campaign.pk, known_at=later)
    assert sorted(line.reply or "" for line in lines) == ["", "release"]
    assert sheet(later) != sheet(known)
    early = public_lines(PUBLIC, scene.campaign.pk, as_of=date(2026, 11, 11), known_at=later)
    assert {line.reply for line in early} == {None}
