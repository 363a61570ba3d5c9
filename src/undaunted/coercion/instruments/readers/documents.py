"""Documents that go with a summary, looked into before anybody else gets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.instruments.readers.refusals import Unread
from undaunted.coercion.instruments.readers.traces import reads_whole, traces_in
from undaunted.coercion.instruments.rules import SummaryLeaks, check_leaks, leaks, secrets_of
from undaunted.core.standards.rules import says_something

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undaunted.coercion.instruments.rules import Leak, Request

__all__ = ["check_documents", "check_written"]


def check_documents(request: Request, documents: Mapping[str, tuple[str, bytes]]) -> None:
    """Look into each document that is not confidential, by its short name.

    Where who asks is protected, a document that cannot be read word by word is open only if
    everybody finds it already. Raises `SummaryLeaks` with every place that tells.
    """
    secrets = secrets_of(request)
    found: list[Leak] = []
    problems: list[str] = []
    for each in request.evidence:
        if each.confidential or each.key not in documents or says_something(each.public_at):
            continue
        name, content = documents[each.key]
        if request.protect and not reads_whole(name):
            problems.append(
                f"{name}: its pages cannot be read word by word; mark it confidential, say in "
                "public_at where everybody finds it, or give it as Word or text"
            )
            continue
        try:
            found += leaks(secrets, traces_in(name, content))
            traces_in(name, content, strict=request.protect)
        except Unread as refused:
            problems.append(str(refused))
    _refuse(found, problems)


def check_written(request: Request, written: Mapping[str, bytes], blank: bytes) -> None:
    """Look into the files of a summary as they were written, with what they say of themselves.

    `blank` is the same summary for Word without its lines: a word that stands in it is ours.
    Figures were looked at before, line by line: a file has numbers of its own. Raises
    `SummaryLeaks`.
    """
    secrets = secrets_of(request)
    ours = {
        each.found for each in leaks(secrets, traces_in("x.docx", blank, ours=True), ranges=True)
    }
    found = [
        leak
        for name, content in written.items()
        for leak in leaks(secrets, traces_in(name, content, ours=True), ranges=True)
        if leak.found not in ours
    ]
    _refuse(found, [])


def _refuse(found: list[Leak], problems: list[str]) -> None:
    told = [*problems, *_told(found)]
    if told:
        raise SummaryLeaks(*told)


def _told(found: list[Leak]) -> Iterator[str]:
    try:
        check_leaks(found)
    except SummaryLeaks as refused:
        yield from refused.problems
