"""Draw Vega-Lite as SVG in a process of its own: `python -m undaunted.site.charts.render`.

Reads a JSON list of specifications on standard input, writes a JSON list of SVG texts. Only this
process loads the drawing engine, which costs about 65 MB at the first chart and grows with each
(decision record 0010).
"""

import json
import sys

__all__ = ["draw", "main"]


def draw(specifications: list[dict[str, object]]) -> list[str]:
    """Draw each specification; nothing is fetched, whatever it names."""
    import vl_convert  # noqa: PLC0415 - the parent imports this module's folder, never the engine

    return [str(vl_convert.vegalite_to_svg(each, allowed_base_urls=[])) for each in specifications]


def main() -> None:
    """Serve one request from standard input."""
    json.dump(draw(json.load(sys.stdin)), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
