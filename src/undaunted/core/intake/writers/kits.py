"""The offline form as one file: all of it inside, and a policy that lets nothing in or out."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["kit_file"]

_PAGE = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
<script type="application/json" data-kit>{kit}</script>
<script>{script}</script>
</body>
</html>
"""


def kit_file(  # noqa: PLR0913  (the parts of one page)
    body: str,
    *,
    title: str,
    language: str,
    direction: str,
    style: str,
    script: str,
    kit: Mapping[str, Any],
) -> bytes:
    """Give the file. It may run this script and use this style alone, and speak to nobody."""
    assert "</script" not in script.lower()  # noqa: S101 - our own bundle
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    held = json.dumps(kit, ensure_ascii=True).replace("<", "\\u003c")
    return _PAGE.format(
        language=language, direction=direction, policy=policy, title=title, style=style,
        body=body, kit=held, script=script,
    ).encode()  # fmt: skip


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
