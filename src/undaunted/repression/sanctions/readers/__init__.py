"""Files from outside: stakes that show who owns whom, and findings about facts."""

from undaunted.repression.sanctions.readers.findings import read_findings
from undaunted.repression.sanctions.readers.registers import RegisterReader, register_reader
from undaunted.repression.sanctions.readers.stakes import LARGEST, GivenStakes, read_stakes

__all__ = [
    "LARGEST",
    "GivenStakes",
    "RegisterReader",
    "read_findings",
    "read_stakes",
    "register_reader",
]
