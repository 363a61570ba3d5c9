"""A recording is played and wound by a real browser, under the policy of its page."""

from __future__ import annotations

import io
import math
import wave
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.journeys.scene import sign_in
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.actions import make_clean_copy, record_source, store_document
from undaunted.core.evidence.models import CustodyEvent
from undaunted.core.evidence.rules import SourceKind

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.pages.desk_scene import Desk

pytestmark = pytest.mark.browser

SECONDS = 60
RUNS = """player => new Promise((done, failed) => {
  player.addEventListener("error", () => failed(player.error.message));
  player.addEventListener("timeupdate", () => player.currentTime > 0.2 && done(player.currentTime));
})"""
WIND = """player => new Promise((done, failed) => {
  player.addEventListener("seeked", () => done(player.currentTime));
  player.addEventListener("error", () => failed(player.error.message));
  player.currentTime = 41;
})"""


def _tone() -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        second = b"".join(
            round(9000 * math.sin(at / 5)).to_bytes(2, "little", signed=True) for at in range(8000)
        )
        sound.writeframes(second * SECONDS)
    return held.getvalue()


def test_sound_is_played_and_wound_and_the_log_says_so_once(
    desk: Desk, site: str, browser: Browser
) -> None:
    with acting_as(desk.first) as actor:
        at = timezone.now()
        source = record_source(
            desk.organisation, actor=actor, at=at, kind=SourceKind.COURT_PAPER, title="A voice"
        )
        document = store_document(
            io.BytesIO(_tone()), source, actor=actor, at=at, media_type="audio/wav"
        )
        make_clean_copy(document, actor=actor, at=at)
    page = sign_in(browser, site, desk.first)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    page.goto(f"{site}/desk/documents/{document.pk}/")
    player = page.locator("audio")
    player.focus()
    page.keyboard.press("Space")
    assert player.evaluate(RUNS) > 0.2
    assert player.evaluate("player => Math.round(player.duration)") == SECONDS
    assert 40.5 < player.evaluate(WIND) < 43
    assert refused == []
    with acting_as(desk.first):
        assert CustodyEvent.objects.filter(document=document, kind="viewed").count() == 1
