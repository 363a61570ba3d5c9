"""Files of stakes in, stakes and findings out, whatever their format.

    loaded = read_stakes(path)
    loaded.stakes, loaded.findings

No reader drops a row in silence: what is no stake is a finding, with its row, rule and remedy.
"""

from undaunted.coercion.screening.readers.asset_fields import asset_of, share_units, stake_of
from undaunted.coercion.screening.readers.assets import AssetFile, read_assets
from undaunted.coercion.screening.readers.formats import FORMATS, Format, read_stakes
from undaunted.coercion.screening.readers.holdings import read_filing, read_holdings
from undaunted.coercion.screening.readers.loading import FileRefused, Loaded
from undaunted.coercion.screening.readers.shares import ShareUnreadable, share_of

__all__ = [
    "FORMATS",
    "AssetFile",
    "FileRefused",
    "Format",
    "Loaded",
    "ShareUnreadable",
    "asset_of",
    "read_assets",
    "read_filing",
    "read_holdings",
    "read_stakes",
    "share_of",
    "share_units",
    "stake_of",
]
