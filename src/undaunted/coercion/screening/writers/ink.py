"""Colours and outlines of a picture of owners: of a page by its tokens, of a file as they are.

What a party is shows in its outline and in a word; what the question says of it shows in the
stroke, a mark and a word, so that no answer hangs on colour.
"""

from __future__ import annotations

from dataclasses import dataclass

from undaunted.coercion.screening.rules.drawings import Shape, Standing

__all__ = ["MARKS", "Ink", "outline"]

COLOURS = {
    "paper": "#faf8f4", "surface": "#ffffff", "sunk": "#f1ede5", "ink": "#1b1a18",
    "ink-soft": "#56514a", "hairline-strong": "#8b8479", "accent": "#0b4f5e",
    "accent-wash": "#e2eef0", "ember": "#9a5b00", "ember-wash": "#fbf0dc", "alarm": "#a02c1c",
    "alarm-wash": "#fbeae6", "series-4": "#6b4c86",
}  # fmt: skip
STROKES = {
    Standing.SEED: ("accent", "accent-wash", 2.5, ""),
    Standing.MUST: ("alarm", "alarm-wash", 2.5, ""),
    Standing.MAY: ("alarm", "surface", 2, "7 4"),
    Standing.JOINT: ("series-4", "surface", 2.5, "12 3 2 3"),
    Standing.NONE: ("hairline-strong", "surface", 1.2, ""),
}
MARKS = {
    Standing.SEED: "\N{BLACK DIAMOND}",
    Standing.MUST: "\N{BLACK SQUARE}",
    Standing.MAY: "\N{WHITE SQUARE}",
    Standing.JOINT: "\N{SQUARE WITH LEFT HALF BLACK}",
    Standing.NONE: "",
}
CUT, BEHIND, BAR = 12, 4, 6


@dataclass(frozen=True, slots=True)
class Ink:
    """Gives colours; `tokens` names the page's, which follow dark mode and print."""

    tokens: bool

    def __call__(self, name: str) -> str:
        """Give a colour by its name."""
        return f"var(--{name}, {COLOURS[name]})" if self.tokens else COLOURS[name]

    def stroke(self, standing: Standing) -> str:
        """Give the attributes of an outline."""
        line, ground, width, dashes = STROKES[standing]
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        return f'fill="{self(ground)}" stroke="{self(line)}" stroke-width="{width}"{dashed}'

    def word(self, standing: Standing) -> str:
        """Give the colour of the word that says the same."""
        return self(STROKES[standing][0] if standing is not Standing.NONE else "ink-soft")


def outline(  # noqa: PLR0913, PLR0917 - a box and what it is
    ink: Ink, shape: Shape, standing: Standing, x: float, y: float, width: float, height: float
) -> str:
    """Draw the outline of a party round its middle."""
    left, top, stroke = x - width / 2, y - height / 2, ink.stroke(standing)
    box = f'x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}"'
    if shape is Shape.PERSON:
        return f'<rect {box} rx="{height / 2.2:g}" {stroke}/>'
    if shape is Shape.UNKNOWN:
        cut = min(CUT, height / 3)
        across, down = width - 2 * cut, height - 2 * cut
        path = (
            f"M{left + cut:g} {top:g}h{across:g}l{cut:g} {cut:g}v{down:g}l{-cut:g} {cut:g}"
            f"h{-across:g}l{-cut:g} {-cut:g}v{-down:g}z"
        )
        return f'<path d="{path}" {stroke}/>'
    plain = f'<rect {box} rx="3" {stroke}/>'
    if shape is Shape.SEVERAL:
        behind = (
            f'<rect x="{left + BEHIND:g}" y="{top - BEHIND:g}" width="{width:g}" '
            f'height="{height:g}" rx="3" {stroke}/>'
        )
        return behind + plain
    if shape is Shape.STATE:
        bar = f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{BAR}" rx="2" '
        return f'{plain}{bar}fill="{ink.word(standing)}"/>'
    return plain
