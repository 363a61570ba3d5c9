"""What the journeys rest on: axe tells of each faint text, also of a colour that it read before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.axe import grave

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGE = """<!doctype html><html lang="en"><title>Faint</title><main><h1>Faint</h1>
<p style="color: rgb(40, 40, 40)">Read well.</p>
<p style="color: rgb(190, 190, 190)">Hardly read.</p>
<p style="color: rgb(190, 190, 190)">Hardly read either.</p>
<p style="color: rgba(40, 40, 40, 0.3)">Seen through.</p>
<p style="color: rgb(40, 40, 40); background: rgb(60, 60, 60)">Dark on dark.</p>
<p style="color: rgb(190, 190, 190); background: rgb(0, 0, 0)">Read well on black.</p></main>"""

COUNT = "async () => (await axe.run({runOnly: ['color-contrast']})).violations[0].nodes.length"


def test_faint_texts_are_told_however_often_their_colour_is_read(opened: Browser) -> None:
    context = opened.new_context()
    page = context.new_page()
    for part, faint in ((PAGE, 4), (PAGE.replace("190", "80"), 3), (PAGE, 4)):
        page.set_content(part)
        told = list(grave(page))
        assert len(told) == 1, told
        assert told[0].startswith("color-contrast"), told
        assert page.evaluate(COUNT) == faint
    context.close()
