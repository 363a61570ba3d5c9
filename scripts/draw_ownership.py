"""Draw the pictures of docs/explanation/ownership.md: invented companies, 10 to 200 parties.

.venv/bin/python scripts/draw_ownership.py docs/explanation
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 26)
PICTURES = ((10, False), (50, False), (200, False), (200, True))


def main(folder: Path) -> None:
    """Write every picture."""
    sys.path.insert(0, str(ROOT))
    from tests.coercion.screening.structures import PORT, structure  # noqa: PLC0415 - path first

    from undaunted.cli.ownership_draw import draw_picture  # noqa: PLC0415 - as above
    from undaunted.coercion.screening.analysis.asking import Asked  # noqa: PLC0415 - as above
    from undaunted.coercion.screening.readers import read_stakes  # noqa: PLC0415 - as above

    asked = Asked(PORT, ("STATE:XR",), DAY)
    with TemporaryDirectory() as given:
        for parties, every in PICTURES:
            file = Path(given) / "port.csv"
            file.write_text(structure(parties), encoding="utf-8")
            out = folder / f"ownership-{parties}{'-every' if every else ''}.svg"
            stakes = read_stakes(file).questioned()
            draw_picture(stakes, asked, out, opened=(), every=every, language="en")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
