"""Organisations: legal forms, abbreviations, acronyms, numbers."""

from __future__ import annotations

import pytest

from undaunted.engines.names import REVIEW, Kind, compare, prepare

__all__: list[str] = []

SAME = [
    ("Nordwind AG", "Nordwind Aktiengesellschaft"),
    ("NordwindAG", "Nordwind AG"),
    ("Nordwind Aktiengeselschaft", "Nordwind AG"),
    ("ООО «Северный ветер»", "Северный ветер, общество с ограниченной ответственностью"),
    ("ООО Рассвет", "Rassvet LLC"),
    ("S.A.R.L. Aurore", "Aurore SARL"),
    ("A.B.C. Company", "ABC Company"),
    ("Sunrise Int'l Trading Co., Ltd.", "Sunrise International Trading Company Limited"),
    ("Hills & Sons Ltd", "Hills and Sons Limited"),
    ("Three Rivers", "3 Rivers"),
    ("Brigade Forty-Four", "Brigade 44"),
    ("Brigade Forty 4", "Brigade 44"),
    ("Brigade Forty", "Brigade 40"),
    ("UN Sunrise Office", "United Nations Sunrise Office"),
    ("People's Dawn Army", "PDA"),
    ("Sunrise Front for the Liberation of Meadows", "SFLM"),
    ("Goodwill Mills", "Good Will Mills"),
    ("Sun rise", "SUNRISE"),
    ("北風股份有限公司", "北風"),
    ("北風實業有限公司", "北风实业有限公司"),
    ("Северный ветер ООО", "Severny Veter LLC"),
    ("The Dawn", "Dawn"),
    ("Limited", "Limited"),
    ("Dawn Foundation", "Dawn"),
    ("3M", "3M"),
    ("Vanderbild corp", "van der Bild corp"),
    ("Dawn 007", "Dawn 7"),
    ("ФСБ", "FSB"),
    ("A.K.F.", "AKF"),
    ("ALFA", "Alpha"),
    ("PASCO", "PASKO"),
    ("KLMNP", "KLMNQ"),
]

OTHERS = [
    ("Nordwind AG", "Südwind AG"),
    ("Dawn Systems 1", "Dawn Systems 2"),
    ("Bank of Meadows", "Bank of Hills"),
    ("B2B", "BZB"),
    ("PDA", "People's Sunset Army"),
    ("Dawn", "People's Sunset Army"),
    ("7", "People's Sunset Army"),
    ("Company", "Sunrise"),
    ("AKF", "CCFW"),
    ("LCEC", "LSY"),
    ("IOPTC", "PTK"),
    ("ABR LLC", "UBRR"),
    ("HOSCO", "HTC"),
    ("CCP", "KKP"),
    ("HTC", "HTS"),
    ("ECSO", "ESO"),
    ("PCCI", "PCI"),
    ("EID", "IED"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_one_organisation_written_two_ways_is_looked_at(left: str, right: str) -> None:
    assert compare(left, right, kind=Kind.ORGANISATION).score >= REVIEW


@pytest.mark.parametrize(("left", "right"), OTHERS)
def test_two_organisations_are_not(left: str, right: str) -> None:
    assert compare(left, right, kind="organisation").score < REVIEW


def test_another_legal_form_is_less_than_the_same() -> None:
    same = compare("Nordwind AG", "Nordwind plc", kind="organisation").score
    other = compare("Nordwind AG", "Nordwind GmbH", kind="organisation").score
    assert other < same == 1.0


def test_a_legal_form_is_told_apart_from_the_name() -> None:
    name = prepare("Foundation Stone Trading Ltd", Kind.ORGANISATION)
    assert name.forms == {"ltd", "foundation"}
    assert [token.text for token in name.tokens] == ["Stone", "Trading"]
    assert prepare("Stone Foundation Works", Kind.ORGANISATION).forms == frozenset()
