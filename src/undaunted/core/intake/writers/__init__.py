"""What intake gives out: the package of an export, the offline form."""

from undaunted.core.intake.writers.kits import kit_file
from undaunted.core.intake.writers.packages import Kept, package

__all__ = ["Kept", "kit_file", "package"]
