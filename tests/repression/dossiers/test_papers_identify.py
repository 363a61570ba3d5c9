"""A paper says who is meant, what was not searched, and keeps where a law says so in one piece."""

from __future__ import annotations

from datetime import date
from shutil import which
from subprocess import run
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.translation import override

from tests.repression.dossiers.factories import UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_papers_as_read import LAW, paper
from tests.repression.dossiers.test_searches_stand import loaded, searched
from tests.repression.sanctions.factories import XF
from undaunted.core.editions.rules import Bullets, Document, Section
from undaunted.core.editions.writers import Paper, write_paper_word
from undaunted.repression.dossiers.rules import DetailKind, told_from_others
from undaunted.repression.dossiers.writers.citing import clause_kept, clause_told

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")
NOBODY_KNOWS = "No birth, nationality, paper, photo or address is recorded: by posts alone"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


def part_of(told: str, name: str) -> str:
    return told.rpartition(f"{name}: who it is")[2].partition(f"{name}: part in")[0]


def test_of_whom_a_name_and_posts_alone_are_known_the_paper_says_so(scene: Scene) -> None:
    told = paper(scene, written(scene, LAW))
    assert NOBODY_KNOWS in part_of(told, "Antoinette Maubon")
    assert NOBODY_KNOWS not in part_of(told, "Rupert Hentzau"), "a birth is recorded"


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ({DetailKind.NAME}, False),
        ({DetailKind.NAME, DetailKind.OTHER, DetailKind.LISTED}, False),
        ({DetailKind.NAME, DetailKind.NATIONALITY}, True),
        ({DetailKind.NAME, DetailKind.PAPER}, True),
    ],
)
def test_a_name_tells_nobody_from_namesakes(kinds: set[DetailKind], *, told: bool) -> None:
    assert told_from_others(kinds) is told


def test_a_persons_section_names_the_lists_that_were_searched_and_counts_the_others(
    scene: Scene, tmp_path: Path
) -> None:
    loaded(scene, tmp_path, XF, "2026-05-02")
    searched(scene)
    told = part_of(paper(scene, written(scene, LAW)), "Rupert Hentzau")
    assert "On these lists" not in told
    assert (
        "Of the lists that are named under “Lists that were searched” (1) none has an entry with "
        "a name alike." in told
    )
    left = told.partition("Lists that were not searched: ")[2]
    assert int(left.partition(".")[0]) > 3
    assert ". Among their issuers: European Union, " in left, "the reader's own first"
    assert "United States" in left


def test_no_line_ends_within_where_a_law_says_so_in_a_paper_from_right_to_left() -> None:
    with override("ar"):
        told = clause_told("Article 3(3)(b)")
    plain = told.strip("\u200e\u200f")
    assert plain == "(Article\N{NARROW NO-BREAK SPACE}3(3)\N{WORD JOINER}(b))"
    assert told.startswith("\u200f\u200e("), "the brackets are of the piece"
    with override("ar"):
        number = clause_kept("Decision (CFSP) 2020/1999")
    assert "\N{NO-BREAK SPACE}" not in number, "LibreOffice cuts the number there"
    assert "(CFSP)\N{NARROW NO-BREAK SPACE}2020/1999" in number
    with override("en"):
        assert clause_told("Article 3(3)(b)") == "(Article 3(3)(b))"
    with override("ar"):
        long = clause_kept("Article 3 of the Regulation, read with Article 5")
    assert not {"\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"} & set(long), (
        "no column holds it in one line"
    )


@pytest.mark.slow
@pytest.mark.skipif(which("soffice") is None, reason="needs LibreOffice")
def test_no_number_of_an_act_is_cut_where_its_line_ends(tmp_path: Path) -> None:
    with override("ar"):
        law = clause_told("Decision (CFSP) 2020/1999")
        before = (" ".join(["كلمة"] * (10 + n // 20)) + " " + "م" * (n % 20) for n in range(200))
        lines = tuple((f"{each} {law} وبعد",) for each in before)
        held = Document(
            "T", "", "ar", "P", date(2026, 5, 4), "2026", (Section("s", "S", (Bullets(lines),)),),
            hypothetical=True,
        )  # fmt: skip
        made = write_paper_word(Paper(held, kicker="K", marking="M"), moment=0)
    (tmp_path / "paper.docx").write_bytes(made)
    run(
        [
            "soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "paper.docx",
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    command = ["pdftotext", "-layout", str(tmp_path / "paper.pdf"), "-"]
    told = run(command, check=True, capture_output=True, text=True).stdout
    assert told.count("2020/1999") == len(lines)


def test_an_arabic_paper_keeps_its_clauses_whole(scene: Scene) -> None:
    told = paper(scene, written(scene, LAW, language="ar"))
    assert "(Article\N{NARROW NO-BREAK SPACE}3(3)\N{WORD JOINER}(b))" in told or (
        "(Article 3(3)\N{WORD JOINER}(b))" in told
    ), "the test reads white space as spaces"
