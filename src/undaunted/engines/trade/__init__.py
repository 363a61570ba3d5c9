"""What a trade measure costs each country."""

from undaunted.engines.trade.solving import solve
from undaunted.engines.trade.world import World, make_world, settled

__all__ = ["World", "make_world", "settled", "solve"]
