"""Where owners and companies are drawn: nothing over another, owners above what they hold."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from undaunted.engines.ownership import placed

__all__: list[str] = []

SIZES = st.lists(st.tuples(st.floats(10, 300), st.floats(10, 500)), min_size=1, max_size=14)


@given(SIZES, st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=30))
def test_no_box_covers_another_and_owners_stand_above(
    sizes: list[tuple[float, float]], drawn: list[tuple[int, int]]
) -> None:
    number = len(sizes)
    lines = [(a % number, b % number) for a, b in drawn if a % number != b % number]
    found = placed(sizes, lines)
    assert len(found.middles) == len(found.bands) == number
    for (x, y), (width, height) in zip(found.middles, sizes, strict=True):
        assert -1e-6 <= x - width / 2 <= x + width / 2 <= found.width + 1e-6
        assert -1e-6 <= y - height / 2 <= y + height / 2 <= found.height + 1e-6
    for one, other in combinations(range(number), 2):
        apart = abs(found.middles[one][0] - found.middles[other][0])
        below = abs(found.middles[one][1] - found.middles[other][1])
        wide = (sizes[one][0] + sizes[other][0]) / 2
        tall = (sizes[one][1] + sizes[other][1]) / 2
        assert apart >= wide or below >= tall
    for (owner, company), bends in zip(lines, found.bends, strict=True):
        if owner < company:
            assert found.bands[owner][1] < found.bands[company][0]
            downs = [down for _, down in bends]
            assert downs == sorted(downs)
            assert all(found.bands[owner][1] < d < found.bands[company][0] for d in downs)
        else:
            assert bends == ()


def test_a_line_over_a_layer_passes_beside_the_box_that_stands_there() -> None:
    found = placed([(100, 40)] * 3, [(0, 1), (1, 2), (0, 2)])
    assert [y for _, y in found.middles] == sorted(y for _, y in found.middles)
    ((x, top), (same, bottom)) = found.bends[2]
    assert x == same
    assert (top, bottom) == found.bands[1]
    assert abs(x - found.middles[1][0]) > 50
    assert (found.bends[0], found.bends[1]) == ((), ())


def test_nothing_has_no_size() -> None:
    assert placed([], []).width == placed([], []).height == 0


def test_those_that_come_first_start_their_layers_in_a_column() -> None:
    """Owner 1 holds 3 through 2; others hold 3 and 2 and stand beside, in whatever order told."""
    lines = [(0, 3), (1, 2), (2, 5), (3, 5), (4, 5), (1, 5)]
    found = placed([(100, 40)] * 6, lines, {1, 2, 5})
    column = [found.middles[item][0] for item in (1, 2, 5)]
    assert max(column) - min(column) < 100
    for beside in (0, 3, 4):
        near = [item for item in (1, 2, 5) if found.middles[item][1] == found.middles[beside][1]]
        assert all(found.middles[item][0] + 100 < found.middles[beside][0] for item in near)
    passing = found.bends[lines.index((1, 5))]
    assert passing[0][0] < found.middles[3][0]
    plain = placed([(100, 40)] * 6, lines)
    assert plain.middles[0][0] < plain.middles[1][0]
