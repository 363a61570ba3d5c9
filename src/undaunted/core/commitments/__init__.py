"""What states have committed themselves to: instruments, their features, dated statements.

Boards of adoption are pages over it, whatever the instrument.
"""

__all__: list[str] = []
