"""The server's memory follows the machine's, or its container's, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undaunted.config.postgres.sizes import memory_here, sizes

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []

GB = 2**30


@pytest.mark.parametrize(
    ("memory", "buffers", "maintenance", "cache"),
    [
        (GB // 2, "128MB", "64MB", "512MB"),
        (2 * GB, "256MB", "128MB", "1024MB"),
        (24 * GB, "2048MB", "1024MB", "12288MB"),
        (512 * GB, "2048MB", "1024MB", "262144MB"),
    ],
)
def test_memory_is_shared_out_within_bounds(
    memory: int, buffers: str, maintenance: str, cache: str
) -> None:
    assert sizes(memory) == {
        "shared_buffers": buffers,
        "maintenance_work_mem": maintenance,
        "effective_cache_size": cache,
    }


def test_a_container_of_less_memory_is_believed_and_no_limit_is_none(tmp_path: Path) -> None:
    whole = memory_here(())
    assert whole > GB // 4
    limit = tmp_path / "memory.max"
    limit.write_text("104857600\n")
    assert memory_here([tmp_path / "absent", limit]) == 100 * 2**20
    limit.write_text("max\n")
    assert memory_here([limit]) == whole
    limit.write_text("9223372036854771712\n")
    assert memory_here([limit]) == whole
