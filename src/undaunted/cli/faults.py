"""What is wrong with the words of a command, in sentences of the house.

The library that reads the words tells of types of its own ("valid UUID", "found `w` at 0"). Whoever
typed them reads which word, what is wrong with it, and what to write: for every command of every
subject, here alone.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["plain_faults", "told"]

_REFUSED: Final = 2
_LONGEST: Final = 60
"""Letters of a wrong word that are said again."""
_KINDS: Final = {
    "uuid": "is no id: 32 letters and figures in five groups",
    "int": "is no whole number",
    "float": "is no number",
    "bool": "is neither yes nor no",
    "datetime": "is no time; write it as 2026-01-31",
}
_OF_FILES: Final = {
    "does not exist.": "there is no such file or folder",
    "is a directory.": "it is a folder; name a file",
    "is a file.": "it is a file; name a folder",
    "is not readable.": "it cannot be read",
    "is not writable.": "it cannot be written",
}


@contextmanager
def plain_faults(*, of_files: bool = False) -> Iterator[None]:
    """Say what is wrong with the words of a command, and end as the library would.

    With `of_files` a file that is not there, or cannot be written, is a wrong word too: of a
    command that serves for hours it would be no word of anybody's.
    """
    try:
        yield
    except typer.TyperException as fault:
        if type(fault).__name__ == "NoArgsIsHelpError":
            typer.echo(fault.message, err=True)
        else:
            typer.echo(f"undaunted: {told(fault)}", err=True)
        raise SystemExit(fault.exit_code) from None
    except OSError as problem:
        if not of_files or not problem.filename:
            raise
        typer.echo(f"undaunted: {problem.filename}: {problem.strerror}", err=True)
        raise SystemExit(_REFUSED) from None
    except typer.Abort:
        typer.echo("undaunted: given up; nothing was kept", err=True)
        raise SystemExit(1) from None


def told(fault: typer.TyperException) -> str:
    """Give a sentence: the word it is about, what is wrong with it, what to write."""
    one: Any = fault
    context, field = getattr(one, "ctx", None), _field(one)
    help_told = f" `{context.command_path} --help` tells more." if context else ""
    if type(one).__name__ == "MissingParameter":
        return f"{field}: it is missing.{_wanted(one.param)}{help_told}"
    if isinstance(one, typer.BadParameter):
        return f"{field + ': ' if field else ''}{_wrong(one)}{_wanted(one.param)}{help_told}"
    name = getattr(one, "option_name", "")
    if type(one).__name__ == "NoSuchOption":
        known = ", ".join(_options(context))
        return f"{name}: there is no such option; there are {known}.{help_told}"
    if name:
        why = "nothing stands after it" if "requires" in one.message else "it takes no value"
        return f"{name}: {why}.{_wanted(_named(context, name))}{help_told}"
    return f"{_usage(one.message, context)}{help_told}"


def _field(fault: Any) -> str:  # noqa: ANN401 - the library's own classes
    """Name the word: an option as it is typed, an argument as help calls it."""
    hint, param = getattr(fault, "param_hint", None), getattr(fault, "param", None)
    if hint:
        return hint if isinstance(hint, str) else " / ".join(hint)
    if param is None:
        return ""
    if param.param_type_name == "option":
        return str(max(param.opts, key=len))
    return str(param.metavar or param.name).upper()


def _wrong(fault: Any) -> str:  # noqa: ANN401 - as above
    """Say what is wrong with a value: by what its reader found, else as a command says it."""
    found = getattr(fault.__cause__, "errors", None)
    if found is None:
        return _of_a_file(fault.message)
    (first, *_) = found(include_url=False)
    value, kind = _short(first["input"]), first["type"].partition("_")[0]
    if first["type"] in {"greater_than_equal", "greater_than", "less_than_equal", "less_than"}:
        return f"{value} {_beyond(first['ctx'])}."
    if kind in _KINDS:
        return f"{value} {_KINDS[kind]}."
    return _chosen(first["msg"].removeprefix("Value error, "))


def _beyond(bounds: Mapping[str, Any]) -> str:
    """Say between which numbers one has to be."""
    least, most = (bounds.get(f"{each}e", bounds.get(f"{each}t")) for each in "gl")
    return (
        f"is too small; write {least} or more" if most is None else f"is too large; {most} at most"
    )


def _chosen(message: str) -> str:
    """Tell a choice and a day as the house does; anything else as it was said."""
    value, middle, rest = message.partition(" is not one of ")
    if middle:
        return f"{_short(value.strip(chr(39)))} is none of {rest.replace(chr(39), '')}"
    value, middle, rest = message.partition(" does not match the formats ")
    if middle:
        day = rest.strip("'.").replace("%Y", "YYYY").replace("%m", "MM").replace("%d", "DD")
        return f"{_short(value.strip(chr(39)))} is no day; write {day}."
    return message


def _of_a_file(message: str) -> str:
    for ending, why in _OF_FILES.items():
        if message.endswith(ending):
            name = message.partition("'")[2].rpartition("'")[0]
            return f"{_short(name)}: {why}."
    return message if message.endswith(".") else f"{message}."


def _wanted(param: Any) -> str:  # noqa: ANN401 - as above
    """Say what belongs there, as help does."""
    text = str(getattr(param, "help", None) or "").strip()
    return f" {text}{'' if text.endswith('.') else '.'}" if text else ""


def _options(context: Any) -> list[str]:  # noqa: ANN401 - as above
    found = [
        max(each.opts, key=len)
        for each in context.command.params
        if each.param_type_name == "option" and not each.hidden
    ]
    return [*found, "--help"]


def _named(context: Any, option: str) -> Any:  # noqa: ANN401 - as above
    held = context.command.params if context else ()
    return next((each for each in held if option in each.opts), None)


def _usage(message: str, context: Any) -> str:  # noqa: ANN401 - as above
    """Tell of a command that there is none of, and of words too many."""
    if message.startswith("No such command") and context:
        name = message.partition("'")[2].partition("'")[0]
        known = ", ".join(context.command.list_commands(context))
        return f"{_short(name)}: there is no such command; there are {known}."
    extra = message.partition("extra argument(s) (")[2].rpartition(")")[0]
    if extra and context:
        places = [each for each in context.command.params if each.param_type_name == "argument"]
        wanted = " ".join(str(each.metavar or each.name).upper() for each in places) or "none"
        return f"{_short(extra)}: too many words; what is wanted: {wanted}."
    return message if message.endswith(".") else f"{message}."


def _short(value: object) -> str:
    text = str(value)
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
