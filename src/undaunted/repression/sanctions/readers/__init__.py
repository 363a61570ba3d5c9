"""Files from outside: stakes that show who owns whom, and findings about facts."""

from undaunted.repression.sanctions.readers.findings import read_findings
from undaunted.repression.sanctions.readers.stakes import GivenStakes, read_stakes

__all__ = ["GivenStakes", "read_findings", "read_stakes"]
