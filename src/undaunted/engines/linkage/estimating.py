"""Splink beside the tables: weights for pairs, and how often facts agree, estimated without labels.

How often facts agree among two people is counted on pairs drawn at random by a fixed seed; among
files of one person it is estimated by expectation maximisation, once among files of one spelling
(for all but the name) and once among files of one day of birth (for all but the birth). Names of
two people are too seldom alike for pairs drawn at random: they are counted among pairs that share a
key and whose births exclude each other, who are two people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from undaunted.engines.linkage.levels import (
    LEVELS,
    NAME_CODES,
    SQL,
    UNKNOWN,
    Field,
    Level,
    codes_of,
)
from undaunted.engines.linkage.model import STANDING, Model
from undaunted.engines.linkage.weighing import frequency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from undaunted.engines.linkage.files import Alike
    from undaunted.engines.linkage.model import Parts
    from undaunted.engines.linkage.tables import Base, Met

__all__ = ["estimated", "keep_likeness", "levels_and_weights"]

SEED: Final = 1
_DRAWN: Final = 1_000_000
"""Pairs drawn at random, at most."""
_LEARNT_FROM: Final = 500_000
"""Pairs of one block from which is learnt, at most."""
_ENOUGH: Final = 500
"""Pairs without which nothing is estimated."""
_LEAST: Final = 1e-7
"""No part is held to be smaller."""
PRIOR: Final = 0.5
"""Splink adds it to every weight; at a half it adds nothing."""
_ONE_SPELLING: Final = "l.spelling = r.spelling"
_ONE_BIRTH: Final = (
    "l.born_from = r.born_from AND l.born_to = r.born_to AND l.born_from = l.born_to"
)
_LIKENESS: Final = """
SELECT f.*, f.unique_id AS number, m.likeness AS likeness FROM files f LEFT JOIN (
    SELECT one, {mapped} AS likeness FROM compared WHERE code > 0 GROUP BY one
) m ON m.one = f.unique_id
"""
_HELD: Final = "SELECT count(*) AS files, count(born_from) AS born FROM files"
_SIZED: Final = """
SELECT CAST(coalesce(sum(times * (times - 1) / 2), 0) AS BIGINT) AS pairs
FROM (SELECT count(*) AS times FROM files WHERE {known} GROUP BY {key}) counted
"""
_BLOCKS: Final = {
    _ONE_SPELLING: {"known": "spelling IS NOT NULL", "key": "spelling"},
    _ONE_BIRTH: {"known": "born_from = born_to", "key": "born_from"},
}
_SPELLINGS: Final = """
SELECT spelling, count(*) AS times FROM files WHERE spelling IS NOT NULL GROUP BY spelling
"""


def keep_likeness(base: Base, pairs: NDArray[np.int64], likeness: NDArray[np.float64]) -> None:
    """Put down how alike the names of pairs are; the pairs are those of `pairs_in_tables`."""
    columns = {"one": pairs[:, 0], "other": pairs[:, 1], "code": codes_of(likeness)}
    base.fill("compared", columns)
    base.make("known", _LIKENESS.format(mapped=base.mapped("other", "code")))


def estimated(base: Base, met: Met, alike: Alike, *, seed: int = SEED) -> Model:
    """Estimate a model on the files of a base; what too few pairs tell stays as it stands."""
    linker = _linker(base, None)
    files = int(base.rows(_HELD)["files"][0])
    drawn = min(_DRAWN, files * (files - 1) // 2)
    linker.training.estimate_u_using_random_sampling(drawn, seed=seed, min_count_per_level=None)
    learnt = set()
    for rule, without in ((_ONE_SPELLING, Field.NAME), (_ONE_BIRTH, Field.BIRTH)):
        if int(base.rows(_SIZED.format(**_BLOCKS[rule]))["pairs"][0]) >= _ENOUGH:
            linker.training.estimate_parameters_using_expectation_maximisation(
                rule, max_pairs=_LEARNT_FROM, record_sample_proportion=1.0
            )
            learnt |= {field for field in LEVELS if field is not without}
    parts = {field: _parts_of(linker, field, field in learnt) for field in LEVELS}
    parts[Field.NAME] = _of_names(base, met, alike, parts)
    told = ", ".join(sorted(learnt)) or "nothing"
    return Model(parts, f"{files} files, seed {seed}; estimated of one person: {told}")


def levels_and_weights(
    base: Base, model: Model
) -> tuple[dict[Field, NDArray[np.int64]], NDArray[np.float64], NDArray[np.float64]]:
    """Weigh the compared pairs.

    Gives, in the order of pairs: for each field the place of its level in `LEVELS`, -1 where
    nothing is known; how common the name is; and the bits of evidence, as Splink has them.
    """
    linker = _linker(base, model)
    found = linker.inference.predict(warning_mode="never").physical_name
    columns = ", ".join(f"gamma_{field}" for field in LEVELS)
    rows = base.rows(
        f"SELECT {columns}, match_weight, greatest(tf_spelling_l, tf_spelling_r) AS common"  # noqa: S608 - our names
        f" FROM {found} ORDER BY unique_id_l, unique_id_r"
    )
    levels = {}
    for field, of in LEVELS.items():
        gamma = np.ma.filled(rows[f"gamma_{field}"], -1).astype(np.int64)
        levels[field] = np.where(gamma < 0, -1, len(of) - 1 - gamma)
    common = np.ma.filled(rows["common"].astype(np.float64), 0.0)
    return levels, common, np.asarray(rows["match_weight"], np.float64)


def _linker(base: Base, model: Model | None) -> Any:  # noqa: ANN401 - Splink's, loaded here
    from splink import Linker, SettingsCreator  # noqa: PLC0415 - starts faster

    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(field, model) for field in LEVELS],
        blocking_rules_to_generate_predictions=[{"blocking_rule": _ONE_SPELLING}],
        probability_two_random_records_match=PRIOR if model else 1e-4,
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )
    api = base.splink()
    linker = Linker(api.register("known"), settings)
    if model is not None:
        _keep_frequencies(base, model.by_chance())
        lookup = api.register("frequencies", table_name="lookup_of_spellings")
        linker.table_management.register_term_frequency_lookup(lookup, "spelling")
        base.make(
            "blocked_pairs",
            "SELECT '0' AS match_key, one AS join_key_l, other AS join_key_r FROM compared",
        )
        pairs = api.register("blocked_pairs", table_name="pairs_to_weigh")
        linker.table_management.register_blocked_pairs_for_predict(pairs)
    return linker


def _comparison(field: Field, model: Model | None) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": UNKNOWN[field], "label_for_charts": "not known", "is_null_level": True}
    ]
    for level in LEVELS[field]:
        told: dict[str, Any] = {
            "sql_condition": SQL[field].get(level, "ELSE"),
            "label_for_charts": str(level),
        }
        same, two = (model or STANDING).parts[field][level]
        told |= {"m_probability": same, "u_probability": two}
        if model is not None and field is Field.NAME and level is Level.SAME:
            told |= {
                "tf_adjustment_column": "spelling",
                "disable_tf_exact_match_detection": True,
            }
        levels.append(told)
    return {"output_column_name": str(field), "comparison_levels": levels}


def _keep_frequencies(base: Base, by_chance: float) -> None:
    found, files = base.rows(_SPELLINGS), int(base.rows(_HELD)["files"][0])
    columns = {
        "spelling": found["spelling"].tolist(),
        "tf_spelling": [frequency(int(times), files, by_chance) for times in found["times"]],
    }
    base.fill("frequencies", columns)


def _parts_of(linker: Any, field: Field, learnt: bool) -> dict[Level, Parts]:  # noqa: ANN401, FBT001
    """Give what was estimated of a field; what was never seen stays as it stands."""
    comparison = next(
        one
        for one in linker._settings_obj.core_model_settings.comparisons  # noqa: SLF001 - no public way
        if one.output_column_name == field
    )
    told = {}
    levels = [one for one in comparison.comparison_levels if not one.is_null_level]
    for level, one in zip(LEVELS[field], levels, strict=True):
        standing = STANDING.parts[field][level]
        same = _number(one, "m_probability") if learnt else None
        two = _number(one, "u_probability")
        told[level] = (_held(same or standing[0]), _held(two or standing[1]))
    return told


def _number(level: Any, name: str) -> float | None:  # noqa: ANN401 - Splink's
    value = getattr(level, name)
    return float(value) if isinstance(value, int | float) else None


def _of_names(
    base: Base, met: Met, alike: Alike, parts: Mapping[Field, Mapping[Level, Parts]]
) -> dict[Level, Parts]:
    """Count how alike names of two people are, among pairs whose births exclude each other."""
    held = base.rows(_HELD)
    files, born = int(held["files"][0]), int(held["born"][0])
    apart = parts[Field.BIRTH][Level.APART][1]
    pairs = apart * born * (born - 1) / 2
    told = dict(parts[Field.NAME])
    if files == 0 or pairs < 100 * _ENOUGH:
        return {
            level: (same, STANDING.parts[Field.NAME][level][1]) for level, (same, _) in told.items()
        }
    codes = codes_of(np.asarray(alike([(int(one), int(other)) for one, other in met.strangers])))
    seen = np.bincount(codes, minlength=len(LEVELS[Field.NAME])) * met.times / max(len(codes), 1)
    rest = 1.0
    for code, level in NAME_CODES.items():
        part = _held((float(seen[code]) + 1) / pairs)
        told[level] = (told[level][0], part)
        rest -= part
    told[Level.APART] = (told[Level.APART][0], _held(rest))
    return told


def _held(part: float) -> float:
    return min(max(part, _LEAST), 1 - _LEAST)
