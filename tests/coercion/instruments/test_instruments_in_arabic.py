"""Desk pages of proceedings in another language than the law's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.instruments.factories import make_scene, to_measures
from tests.coercion.instruments.pages import DESK, MEASURE, elements, posted, seen_at
from tests.core.accounts.factories import signed_in_client
from tests.translated import translate_into

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.usefixtures("ledger")

WITHIN = (
    "even the highest estimate of their effect, {high} {unit}, stays within the lowest of the "
    "injury, {low}"
)
ARABIC = {
    ("law", "b. Pattern of interference"): "ب. نمط التدخل",
    ("law", "Economic coercion: the conditions are met and each factor was weighed"): "إكراه",
    ("law", "Measures are in the Union interest."): "التدابير في مصلحة الاتحاد",
    ("law", "Customs duties and charges"): "رسوم جمركية",
    ("law", "What it does or threatens"): "ما يفعله أو يهدد به",
    ("refusal", WITHIN): "أعلى تقدير {high} {unit} دون {low}",
    ("refusal", "give reasons in words; of what is missing, say what is lacking"): "اذكر الأسباب",
}


def test_an_official_reads_law_and_refusals_in_arabic(
    owner_sql: Any, tmp_path: Path, settings: Settings
) -> None:
    translate_into("ar", ARABIC, folder=tmp_path, settings=settings)
    scene = make_scene(owner_sql)
    to_measures(scene)
    held = scene.proceeding
    first = signed_in_client(scene.ours.documenter)
    one = f"/ar{DESK}{held.pk}/"
    posted(first, f"{DESK}{held.pk}/measures/new/", MEASURE)
    page = seen_at(first, one)
    for said in ("ب. نمط التدخل", "إكراه", "رسوم جمركية", "أعلى تقدير"):
        assert said in page, said
    form = seen_at(first, f"{one}elements/")
    assert "ب. نمط التدخل" in form
    quoted = '<span lang="en" dir="ltr">whether the third country is engaging in a pattern'
    assert quoted in form, "what the law says is quoted, and marked"
    refused = posted(first, f"{one}elements/", elements("facts") | {"aim_reasons": " - "}, 200)
    assert "اذكر الأسباب" in refused
    assert "التدابير في مصلحة الاتحاد" in seen_at(first, f"{one}tests/")
    assert "رسوم جمركية" in seen_at(first, f"{one}measures/new/")
    assert "ما يفعله أو يهدد به" in seen_at(first, f"{one}papers/request/")
