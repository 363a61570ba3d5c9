"""Lists of sanctions and of counter-sanctions: entries, and every version that was loaded.

What an issuer wrote is kept as it was written; which entries of several lists are one actor is said
elsewhere.
"""

__all__: list[str] = []
