"""Atheris over one reader, as a program: name of the reader, seconds, folder of the corpus."""

from __future__ import annotations

import os
import sys

__all__ = ["main"]


def main(name: str, seconds: str, corpus: str) -> None:
    """Fuzz one reader for a while; ends with an error at the first thing it must not raise."""
    import atheris  # noqa: PLC0415 - installed for the long form alone

    os.environ.setdefault("UNDAUNTED_PROFILE", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undaunted.config.settings")
    with atheris.instrument_imports(include=["undaunted"]):
        import django  # noqa: PLC0415 - under instrumentation

        django.setup()
        from tests.attacks.parsers import PARSERS, broken_by  # noqa: PLC0415 - as above

    parser = PARSERS[name]

    def attack(content: bytes) -> None:
        problem = broken_by(parser, content)
        if problem is not None:
            raise problem

    limits = [
        f"-max_total_time={seconds}",
        f"-artifact_prefix={corpus}/",
        "-rss_limit_mb=2048",
        "-timeout=30",
        "-max_len=20000",
    ]
    atheris.Setup([sys.argv[0], *limits, corpus], attack)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
