"""Whatever bytes come from outside, each reader reads them or refuses by name; nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attacks.measuring import note_measurement
from tests.attacks.parsers import PARSERS, broken_by

if TYPE_CHECKING:
    from pathlib import Path

LONG = os.environ.get("UNDAUNTED_DRILL") == "long"
EXAMPLES = 2_000 if LONG else 60
SECONDS = int(os.environ.get("UNDAUNTED_DRILL_FUZZ", "20"))
PIECES = [b"\0", b"\xff", b"{", b"[" * 40, b'"', b"\\ud800", b"-1", b"1e999", b"null", b"=", b"\n",
          b"9" * 5_000, "\u202e".encode(), b"\xed\xa0\x80", b"[[", b"'''", b"/", b"..", b"~", b"%",
          b"0000", b"99999999", b"1-1-1", b"\xef\xbb\xbf", b"true", b"{}"]  # fmt: skip


@st.composite
def _contents(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """Give bytes that are nearly right: a good text with pieces cut out, doubled or put in."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.binary(max_size=300))
    content = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 12)))
        put = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=4), st.just(b"")))
        content = content[:start] + put + content[end:]
    return content


@pytest.mark.parametrize("name", PARSERS)
def test_reader_reads_or_refuses_by_name(name: str) -> None:
    parser = PARSERS[name]

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
    @given(_contents(parser.seeds))
    def attack(content: bytes) -> None:
        problem = broken_by(parser, content)
        assert problem is None, f"{name} broke on {content[:200]!r}: {problem!r}"

    attack()


@pytest.mark.parametrize("name", PARSERS)
def test_reader_knows_the_text_it_begins_with(name: str) -> None:
    """Seeds that are refused at the first byte would lead the fuzzing nowhere."""
    parser = PARSERS[name]
    for seed in parser.seeds:
        assert broken_by(parser, seed) is None


@pytest.mark.drill
@pytest.mark.parametrize("name", PARSERS)
def test_reader_holds_under_a_fuzzer_that_watches_its_branches(name: str, tmp_path: Path) -> None:
    """Atheris, for a set time; the corpus begins with the seeds."""
    if find_spec("atheris") is None:
        pytest.skip("Atheris is not installed here (requirements/drill.txt): no wheel")
    for number, seed in enumerate(PARSERS[name].seeds):
        (tmp_path / f"seed-{number}").write_bytes(seed)
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.fuzzing", name, str(SECONDS), str(tmp_path)],
        capture_output=True, check=False, timeout=SECONDS * 6 + 120,
    )  # fmt: skip
    said = done.stderr.decode("utf-8", "replace")
    assert done.returncode == 0, said[-3_000:]
    runs = [line for line in said.splitlines() if line.startswith("Done ")]
    note_measurement(f"Atheris: {name}", runs=float(runs[-1].split()[1]))
