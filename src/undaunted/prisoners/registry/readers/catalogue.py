"""The sentence and the advice of every problem code, marked for translation.

A test holds that every code used in this folder stands here, and that none stands here unused.
"""

from __future__ import annotations

from typing import Final

from undaunted.core.workbooks.rules import SENTENCES as WORKBOOKS

__all__ = ["SENTENCES", "SKIPS"]


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is told."""
    return sentence


SKIPS: Final = {
    "killed_not_detained": _("Killed: this is a death, not a detention."),
    "identical_row": _("The same row stands in the file already."),
    "exile_not_detained": _("In exile: the list does not say that this person is held."),
    "at_risk_not_detained": _("At risk: the list does not say that this person is held."),
}

_FILE: Final[dict[str, tuple[str, str]]] = {
    "file_missing": (
        _("The file {name} cannot be opened."),
        _("Check the name and that you may read it."),
    ),
    "file_empty": (_("The file is empty."), _("Export the list again.")),
    "file_too_large": (
        _("The file has {size} bytes; {limit} is the most."),
        _("Split the list into several files."),
    ),
    "unknown_encoding": (
        _("The letters of this file cannot be read for certain; most likely is {guess}."),
        _('Name the encoding in the mapping ([format] encoding = "…") or save the file as UTF-8.'),
    ),
    "wrong_encoding": (
        _("Line {line} holds bytes that are not {encoding}."),
        _("Correct the encoding in the mapping, or save the file as UTF-8."),
    ),
    "no_list_format": (
        _("This file is a {kind} and holds no table that can be read."),
        _("Save the list as XLSX, ODS or CSV."),
    ),
    "line_too_long": (
        _("Line {line} is longer than {limit} characters."),
        _("Look for a quotation mark that is never closed, or a pasted document."),
    ),
    "no_header": (
        _("The table has no header row on line {line}."),
        _("Give the columns names, or name the header line in the mapping."),
    ),
    "bad_json": (
        _("Line {line} is not JSON: {detail}."),
        _("Export the file again, or correct it there."),
    ),
    "json_too_deep": (
        _("The JSON is nested too deeply to be a list."),
        _("Export a plain list of records."),
    ),
    "json_duplicate_name": (
        _("A record names {name} twice, so one of its values would be lost."),
        _("Export the file again with each name once."),
    ),
    "records_missing": (
        _("The file has no list of records at {path}."),
        _('Say in the mapping where the records are ([format] records = "results[]").'),
    ),
    "columns_missing": (
        _("The mapping needs columns that the file does not have: {missing}. It has: {found}."),
        _("Choose the right file, sheet or mapping; without these columns nothing is read."),
    ),
    "no_person_column": (
        _("No column holds names of persons, so this table cannot become prisoners: {found}."),
        _("Totals per country or year belong to published figures, not to the import of people."),
    ),
    "bad_constant": (
        _("The mapping's constant {field} cannot be {value} ({problem})."),
        _("Correct the constant in the mapping."),
    ),
    "wrong_format": (
        _("The mapping expects {expected}, but the file is {found}."),
        _("Choose the right file, or change the mapping's format."),
    ),
}

_NOTES: Final[dict[str, tuple[str, str]]] = {
    "encoding_guessed": (
        _("The file is read as {encoding} (confidence {confidence})."),
        _("Look at some names; if they are wrong, name the encoding in the mapping."),
    ),
    "columns_unmapped": (
        _("Columns that the mapping neither reads nor ignores: {columns}."),
        _("Map them, or list them under ignore."),
    ),
    "columns_absent": (
        _("Columns that the mapping reads but the file does not have: {columns}."),
        _("Check the file's header; these fields stay empty."),
    ),
    "columns_repeated": (
        _("The header names {columns} more than once; only the first is read."),
        _("Give each column its own name."),
    ),
    "other_sheets": (
        _("Only the sheet {sheet} is read; the workbook also has {sheets}."),
        _("Name another sheet in the mapping if that is the list."),
    ),
    "no_source_key": (
        _("The mapping names no key columns; rows are keyed by their content."),
        _("A corrected row will come in as a new one. Name columns that stay the same."),
    ),
    "no_start_column": (
        _("No column tells when detention began, so these rows count on no day."),
        _("Map a date of arrest, or a date by which the person was certainly held."),
    ),
}

_ROWS: Final[dict[str, tuple[str, str]]] = {
    "missing_key": (_("The row has no source key."), _("Fill the key column {columns}.")),
    "duplicate_key": (
        _("The source key {key} stands on line {first} already; this is line {line}."),
        _("Merge the two rows, or add a column to the key that tells them apart."),
    ),
    "missing_name": (_("The row has no name."), _("Fill in a name, or remove the row.")),
    "missing_value": (_("The column must be filled."), _("Fill it in, or remove the row.")),
    "short_row": (
        _("The row has {cells} cells; the header has {columns}."),
        _("Look for a line that was cut off or a missing separator."),
    ),
    "long_row": (
        _("The row has {cells} cells; the header has {columns}."),
        _("Look for a separator inside a text without quotation marks."),
    ),
    "unclosed_quote": (
        _("A quotation mark opened on this line is never closed; {lines} lines were swallowed."),
        _("Close the quotation mark; everything after it is unread."),
    ),
    "bad_json_line": (_("This line is not JSON: {detail}."), _("Correct or remove the line.")),
    "not_a_record": (
        _("This entry is not a record with named fields."),
        _("Correct or remove the entry."),
    ),
    "cell_too_long": (
        _("The cell has {length} characters; {limit} is the most."),
        _("Shorten it; documents belong to the evidence, not to the list."),
    ),
    "text_shortened": (
        _("The text has {length} characters; the first {limit} are kept."),
        _("Shorten it yourself if the end matters."),
    ),
    "null_byte": (
        _("The text holds a null byte, which no database can keep."),
        _("Remove it; the file was probably exported wrongly."),
    ),
    "broken_character": (
        _("The text holds half a character."),
        _("Export the file again as UTF-8."),
    ),
    "control_characters": (
        _("Control characters were removed."),
        _("Compare the value with the original."),
    ),
    "invisible_characters": (
        _("Invisible characters were removed: {characters}."),
        _("Nothing to do, unless the name looks wrong."),
    ),
    "bidi_marks": (
        _("Marks that turn the direction of writing were removed: {characters}."),
        _("Compare the value with the original: such marks can make a text look like another."),
    ),
    "emoji": (_("The text holds emoji."), _("Check that this is a name or fact of the list.")),
    "private_characters": (
        _("The text holds characters that only one font knows."),
        _("Write them in Unicode, or the name cannot be found."),
    ),
    "replacement_character": (
        _("A character was lost before the file reached us (�)."),
        _("Find the original spelling."),
    ),
    "formula": (
        _("The value looks like a spreadsheet formula; it is kept as plain text."),
        _("Check that it is meant."),
    ),
    "spreadsheet_error": (
        _("The cell holds a spreadsheet's error value."),
        _("Correct the formula in the workbook."),
    ),
    "question_mark_in_name": (
        _("The name holds a question mark: a character may be lost."),
        _("Find the original spelling."),
    ),
    "mixed_scripts": (
        _("One word mixes the scripts {scripts}."),
        _("Check for letters that only look alike, or for damaged characters."),
    ),
    "digits_in_name": (_("The name holds digits."), _("Check that this is a name.")),
    "name_without_letters": (_("This is no name: it has no letter."), _("Fill in the name.")),
    "name_too_long": (
        _("The name has {length} characters."),
        _("Put only the name into this column."),
    ),
    "unreadable_date": (
        _("This is not a date we can read."),
        _("Write 2020-03-05, 2020-03, May 2020, 2020, spring 1952, c. 2020 or 1952/1953."),
    ),
    "no_such_date": (_("There is no such day: {detail}."), _("Look up the date at its source.")),
    "ambiguous_date": (
        _("Day and month cannot be told apart."),
        _('Say in the mapping which comes first ([dates] order = "dmy" or "mdy").'),
    ),
    "two_digit_year": (
        _("The year has only two digits."),
        _("Write the year with four digits."),
    ),
    "spreadsheet_day_number": (
        _("This looks like a spreadsheet's day number, not a date."),
        _("Format the column as a date and export again."),
    ),
    "calendar_not_exact": (
        _("Hijri dates depend on the sighting of the moon and cannot be converted exactly."),
        _("Give the Gregorian date, or the Gregorian months between which it lies."),
    ),
    "year_too_early": (
        _("The year {year} lies before {earliest}, the earliest this list can speak of."),
        _("Look up the date at its source."),
    ),
    "year_too_late": (
        _("The year {year} lies after {latest}, the latest this list can speak of."),
        _("Look up the date at its source."),
    ),
    "date_in_future": (
        _("The date lies after today, {today}."),
        _("Correct it; only an expected release may lie ahead."),
    ),
    "birth_implausible": (
        _("A birth in {year} is not plausible."),
        _("Look up the date at its source."),
    ),
    "end_before_start": (_("Detention ends before it starts."), _("Check both dates.")),
    "death_before_birth": (_("The person dies before being born."), _("Check both dates.")),
    "start_before_birth": (
        _("Detention starts before the person is born."),
        _("Check both dates."),
    ),
    "start_after_death": (
        _("Detention starts after the person's death."),
        _("Check both dates."),
    ),
    "release_expected_before_start": (
        _("The expected release lies before the start."),
        _("Check both dates."),
    ),
    "expected_release_passed": (
        _("The expected release has passed and the list does not say whether it happened."),
        _("Confirm whether this person is still held."),
    ),
    "desk_stands": (
        _("The list now says “{value}”; the desk recorded “{stands}”, which stands."),
        _("Correct the record where the list is right."),
    ),
    "ended_without_date": (
        _("The list says that detention ended, but not when; the end is bounded by {end}."),
        _("Find the date of release."),
    ),
    "no_start_date": (
        _("The row has no date of arrest, so this detention counts on no day."),
        _("Find a date, if only a year."),
    ),
    "no_such_country": (
        _("No country is called {value}."),
        _("Correct it, or add it to a value map of the mapping."),
    ),
    "unknown_country": (
        _("No country is called {value}. Near: {near}."),
        _("Correct it, or add it to a value map of the mapping."),
    ),
    "unknown_value": (
        _("The value {value} is not known for {field}. Known: {choices}."),
        _("Add it to a value map of the mapping."),
    ),
    "unknown_kind": (
        _("The mapping does not say what the value {value} makes of a row."),
        _("Add it to the mapping's skip or kind rules."),
    ),
    "not_yes_or_no": (_("This is neither yes nor no."), _("Add it to a value map.")),
    "bad_url": (
        _("This is not a web address."),
        _("Write it in full, beginning with https://."),
    ),
    "bad_grade": (
        _("This is not an Admiralty grade."),
        _("Write a letter A to F and a digit 1 to 6, such as B2."),
    ),
    "bad_language": (_("This is not a language tag."), _("Write fa, zh-Hant or the like.")),
    "bad_sentence": (
        _("This sentence is neither a term, nor life, nor death."),
        _('Write "3 years 6 months", or map the column to its text.'),
    ),
    "tier_too_high": (
        _("Tier {tier} needs more than this list alone carries; it comes in as tier {kept}."),
        _(
            "Tier B needs a list graded A or B and not doubted (source.grade). Tier A needs a "
            "second, independent source: record it on the case, then raise the tier."
        ),
    ),
    "conflicting_values": (
        _("Two columns disagree about {field}: {kept} was kept, {other} was not."),
        _("Check which is right."),
    ),
}

_MAPPING: Final[dict[str, tuple[str, str]]] = {
    "mapping_not_toml": (_("The mapping is not TOML: {detail}."), _("Correct that line.")),
    "mapping_unknown": (
        _("{name} means nothing in a mapping. Near: {near}."),
        _("Correct or remove it."),
    ),
    "mapping_missing": (_("The mapping lacks {name}."), _("Add it.")),
    "mapping_wrong": (
        _("{name} cannot be {value}. It can be: {choices}."),
        _("Correct it."),
    ),
    "mapping_field": (
        _("There is no field {value}. Near: {near}."),
        _("Use a field of the guide."),
    ),
    "mapping_no_name": (
        _("No column is mapped to a name."),
        _("Map at least one column to person.name.full or another name."),
    ),
}

SENTENCES: Final[dict[str, tuple[str, str]]] = {**WORKBOOKS, **_FILE, **_NOTES, **_ROWS, **_MAPPING}
"""Every code with its sentence and its advice."""
