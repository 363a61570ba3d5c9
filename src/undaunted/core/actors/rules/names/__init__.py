"""Names in any script: which script, which Latin spellings, which key to look for likenesses under.

This is the seam for a later matching engine. What leaves it are texts only, so that an engine can
replace the inside without a change to any caller.
"""

from undaunted.core.actors.rules.names.cleaning import clean_name
from undaunted.core.actors.rules.names.keys import name_key, name_keys, name_order_variants
from undaunted.core.actors.rules.names.romanising import romanise, search_form
from undaunted.core.actors.rules.names.scripts import script_of

__all__ = [
    "clean_name",
    "name_key",
    "name_keys",
    "name_order_variants",
    "romanise",
    "script_of",
    "search_form",
]
