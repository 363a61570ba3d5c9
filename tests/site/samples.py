"""Invented content for every component of the style guide, left to right and right to left."""

from datetime import date

from django import forms

from undaunted.site.charts.bars import Bar, bars
from undaunted.site.charts.figure import Chart, TableBehind
from undaunted.site.charts.series import Break, TierPoint, TrendPoint, tier_bands, trend
from undaunted.site.charts.timeline import Lane, Moment, Spell, Timeline
from undaunted.site.components.listing import Chip, Choice, Compared, CursorPage, Facet, Step
from undaunted.site.maps import Place, WorldMap

__all__ = ["context", "life", "sample_bars", "sample_trend", "world"]

ENGLISH = {
    "home": "Home",
    "countries": "Countries",
    "country": "Ruritania",
    "eyebrow": "Hypothetical state · demonstration data",
    "lead": "People deprived of their liberty for what they said, wrote or organised, recorded "
    "with their sources and counted by one rule.",
    "download": "Download the data",
    "method": "How this is counted",
    "held": "people held on 31 December 2025",
    "held_note": "tiers A and B, PACE standard",
    "unverified": "not confirmed for 12 months",
    "unverified_note": "included on the left",
    "released": "released in 2025",
    "died": "died in custody since 2000",
    "search": "Search",
    "filters": "Filters",
    "apply": "Show results",
    "cases": "Cases",
    "cases_note": "published persons only",
    "name": "Name",
    "since": "Held since",
    "status": "Status",
    "tier": "Confidence",
    "days": "Days held",
    "none": "No case matches these filters",
    "none_hint": "Take one away, or search for part of a name in any script.",
    "case": "One case",
    "person": "Anna Orlova",
    "person_language": "ru-Latn",
    "hypothetical": "Hypothetical",
    "embargo": "Embargoed",
    "alert": "Health alert",
    "event_one": "Arrested at home by the State Security Committee.",
    "event_two": "Sentenced to four years under article 293.",
    "import": "Import a list",
    "read": "Rows read",
    "notice": "Nothing is written yet",
    "notice_text": "Five rows name a year that cannot be right. They go to the reject file.",
    "match": "Is this one person?",
    "list_a": "Human rights house",
    "list_b": "Press union",
    "confirm": "Same person",
    "reject": "Different people",
    "postpone": "Decide later",
    "before": "Arrested in the spring of 2021 in Strelsau",
    "after": "Arrested on 3 May 2021 in Strelsau by the police",
    "form": "Record a charge",
    "save": "Save",
    "cancel": "Cancel",
}
ARABIC = ENGLISH | {
    "home": "الصفحة الأولى",
    "countries": "البلدان",
    "country": "روريتانيا",
    "eyebrow": "دولة افتراضية · بيانات للعرض",
    "lead": "أشخاص حُرموا من حريتهم بسبب ما قالوه أو كتبوه أو نظّموه، موثقون بمصادرهم ومعدودون "
    "وفق قاعدة واحدة.",
    "download": "تنزيل البيانات",
    "method": "كيف نحسب",
    "held": "محتجزون في 31 ديسمبر 2025",
    "held_note": "الفئتان A وB",
    "unverified": "غير مؤكد منذ 12 شهرا",
    "unverified_note": "ضمن الرقم الأول",
    "released": "أُفرج عنهم في 2025",
    "died": "توفوا في الحجز منذ 2000",
    "search": "بحث",
    "filters": "تصفية",
    "apply": "عرض النتائج",
    "cases": "الحالات",
    "cases_note": "الأشخاص المنشورون فقط",
    "name": "الاسم",
    "since": "محتجز منذ",
    "status": "الحالة",
    "tier": "الثقة",
    "days": "أيام الاحتجاز",
    "person": "فاطمة الحرّة",
    "person_language": "ar",
    "case": "حالة واحدة",
    "import": "استيراد قائمة",
    "match": "هل هو الشخص نفسه؟",
    "form": "تسجيل تهمة",
    "save": "حفظ",
    "cancel": "إلغاء",
}
DETENTION = {
    "en": ("Detention", "Proceedings", "After release"),
    "ar": ("احتجاز", "إجراءات", "بعد"),
}


class ChargeForm(forms.Form):
    """One of each kind of control, with two problems."""

    law = forms.CharField(label="Law", help_text="As the court names it, in its own language.")
    stage = forms.ChoiceField(
        label="Stage", choices=[("", "Choose"), ("trial", "Trial"), ("appeal", "Appeal")]
    )
    day = forms.DateField(
        label="Date", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    kind = forms.ChoiceField(
        label="Confidence",
        choices=[("a", "Two sources"), ("b", "One source")],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label="Wording", required=False, widget=forms.Textarea)
    consent = forms.BooleanField(
        label="The family agrees", required=False, help_text="Ask again after a year."
    )


def sample_trend() -> Chart:
    points = [
        TrendPoint(date(year, 12, 31), value, value - value // 8, value + value // 5)
        for year, value in zip(
            range(2001, 2026),
            (40, 52, 61, 58, 77, 90, 118, 121, 140, 133, 180, 260, 255, 301, 290, 340, 420, 455,
             470, 640, 980, 1120, 1190, 1180, 1204),
            strict=True,
        )
    ]  # fmt: skip
    return trend(
        points,
        title="People held on 31 December, 2001 to 2025",
        description="The number rises slowly until 2019 and doubles in 2020 and 2021.",
        breaks=(Break(date(2012, 6, 1), "a second list joined the sources"),),
    )


def sample_bars() -> Chart:
    return bars(
        [
            Bar("Human rights defenders", 512),
            Bar("Journalists", 301),
            Bar("Opposition politicians", 188),
            Bar("Lawyers", 74),
            Bar("Artists", 31),
        ],
        title="Who they are",
        description="Persons held on 31 December 2025 by role; one person may have several.",
    )


def sample_tiers() -> Chart:
    points = [
        TierPoint(date(year, 12, 31), year - 2003, 2 * (year - 2008), 30, year - 2009)
        for year in range(2010, 2026)
    ]
    return tier_bands(
        points, title="How well it is known", description="Persons by confidence tier, each year."
    )


def world() -> WorldMap:
    values = {"FR": 3, "BR": 40, "IN": 120, "CN": 400, "US": 8, "DE": 0, "EG": 88, "ZA": 17,
              "AU": 2, "MX": 31, "KZ": 61, "NG": 22, "SG": 6, "BH": 90, "NO": 0, "XR": 1204,
              "XS": 310}  # fmt: skip
    names = {"XR": "Ruritania", "XS": "Syldavia"}
    return WorldMap(
        title="Where people are held",
        description="Persons held on 31 December 2025 by country, in five classes.",
        places=tuple(
            Place(code, names.get(code, code), f"/country/{code}", value, code in names)
            for code, value in values.items()
        ),
    )


def life(language: str = "en") -> Timeline:
    detention, proceedings, after = DETENTION[language]
    return Timeline(
        title="Anna Orlova, 2016 to 2025",
        description="Two spells of detention, the second one going on.",
        until=date(2025, 12, 31),
        lanes=(
            Lane(
                detention,
                spells=(
                    Spell("Pre-trial detention, Strelsau", date(2016, 3, 1), date(2016, 5, 31),
                          date(2017, 1, 12), date(2017, 3, 1)),
                    Spell("House arrest", date(2019, 6, 1), date(2019, 6, 1), date(2020, 2, 1),
                          date(2020, 2, 1), in_stock=False),
                    Spell("Penal colony 4", date(2021, 5, 3), date(2021, 5, 3)),
                ),
            ),
            Lane(
                proceedings,
                moments=(
                    Moment("Charged: article 293", date(2016, 4, 10), date(2016, 4, 10), "charge"),
                    Moment("Charged: extremism", date(2021, 5, 10), date(2021, 5, 10), "charge"),
                    Moment("Sentenced to 11 years", date(2022, 1, 1), date(2022, 12, 31), "trial"),
                ),
            ),
            Lane(
                after,
                moments=(Moment("Released", date(2017, 1, 12), date(2017, 3, 1), "release"),),
            ),
        ),
        table=TableBehind(
            ("What", "When"),
            (("Pre-trial detention", "2016 to 2017"), ("Penal colony 4", "since 3 May 2021")),
        ),
    )  # fmt: skip


def context(language: str = "en") -> dict[str, object]:
    """Everything that the style guide shows."""
    arabic = language == "ar"
    rows = [
        {"name": "Anna Orlova", "language": "ru-Latn", "since": "2021-05-03",
         "status": "recognised", "tier": "A", "days": 1703},
        {"name": "فاطمة الحرّة", "language": "ar", "since": "2019-11~", "status": "disputed",
         "tier": "C", "days": 2240},
        {"name": "王小明", "language": "zh-hans", "since": "195X", "status": "former",
         "tier": "B", "days": 12345},
        {"name": "Paŭlina Sienkievič", "language": "be-Latn", "since": "2024",
         "status": "candidate", "tier": "D", "days": 88},
    ]  # fmt: skip
    return {
        "sample": ARABIC if arabic else ENGLISH,
        "trend": sample_trend(),
        "bars": sample_bars(),
        "tiers": sample_tiers(),
        "world": world(),
        "life": life("ar" if arabic else "en"),
        "facets": [
            Facet("role", "Role", (Choice("hrd", "Human rights defender", 512, chosen=True),
                                   Choice("journalist", "Journalist", 301))),
            Facet("tier", "Confidence", (Choice("A", "Tier A", 900), Choice("B", "Tier B", 304)),
                  single=True),
        ],
        "chips": [Chip("Human rights defender", "?")],
        "rows": rows,
        "page": CursorPage(shown=4, total=1204, next="c2FtcGxl", previous="YmVmb3Jl"),
        "wizard": (Step("File", "#file"), Step("Columns", "#columns"), Step("Preview"),
                   Step("Import")),
        "compared": (
            Compared("Name", "Anna Orlova", "Анна Орлова", "close", "same in Latin letters",
                     "ru-Latn", "ru"),
            Compared("Born", "1987", "1987-02-11", "close"),
            Compared("Place", "Strelsau", "Strelsau", "same"),
            Compared("Arrested", "3 May 2021", "14 June 2021", "different"),
            Compared("Court", "City court", None, "missing"),
        ),
        "form": ChargeForm({"law": "", "stage": "", "kind": "a"}),
        "data_date": date(2025, 12, 31),
    }  # fmt: skip
