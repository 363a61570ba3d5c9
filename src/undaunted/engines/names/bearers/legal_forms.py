"""Legal forms of organisations in many languages, and words that many organisations share.

Written for this engine from common usage, after the ideas of ISO 20275 (ELF), whose list was not
copied; unverified. Lines of one heading are one class: forms of different law with the same part.
"""

from __future__ import annotations

from undaunted.engines.names.letters.latin import plain

__all__ = ["ABBREVIATIONS", "FORMS", "GENERIC", "LONGEST_FORM", "NUMBERS", "STOP", "TENS"]

_FORMS = """
llc: llc | l l c | limited liability company | limited liability co | ooo | o o o | ооо
llc: общество с ограниченной ответственностью | obshchestvo s ogranichennoi otvetstvennostyu
llc: tov | тов | товариство з обмеженою відповідальністю | gmbh
llc: gesellschaft mit beschrankter haftung | mbh | sarl | s a r l
llc: societe a responsabilite limitee | srl | s r l | societa a responsabilita limitata
llc: societatea cu raspundere limitata | sociedad de responsabilidad limitada | s de rl
llc: s de r l | sl | s l | lda | ltda | limitada | sp z o o | spzoo
llc: spolka z ograniczona odpowiedzialnoscia | spolka z o o | sro | s r o | doo | d o o | дoo
llc: ooд | оод | ood | eood | еоод | kft | uab | oue | ou | osauhing | sia | bv | b v
llc: besloten vennootschap | bvba | oy | aps | as ltd sti | ltd sti | limited sirketi | mchj
llc: тоо | too | жшс | ооо фирма
ltd: ltd | limited | ltd co | co ltd | co limited | company limited | pte ltd | pte limited
ltd: private limited | pvt ltd | pvt limited | pty ltd | pty limited | sdn bhd | fzco | fze
ltd: fz llc | wll | w l l | jlt | dmcc
ltd: 有限公司 | 有限责任公司 | 有限責任公司 | 유한회사 | 有限会社
jsc: jsc | j s c | joint stock company | ojsc | open joint stock company | pjsc
jsc: public joint stock company | cjsc | closed joint stock company | ao | а о | ао
jsc: акционерное общество | aktsionernoe obshchestvo | oao | оао | открытое акционерное общество
jsc: zao | зао | закрытое акционерное общество | pao | пао | публичное акционерное общество
jsc: pat | пат | прат | публічне акціонерне товариство | ag | a g | aktiengesellschaft | sa
jsc: s a | societe anonyme | sociedad anonima | sociedade anonima | spa | s p a
jsc: societa per azioni | nv | n v | naamloze vennootschap | ab | aktiebolag | as | a s
jsc: aktieselskab | aksjeselskap | anonim sirketi | oyj | asa | sab de cv | sa de cv
jsc: s a de c v | s a b de c v | plc | p l c | public limited company | tbk | pt
jsc: perseroan terbatas | kk | k k | kabushiki kaisha
jsc: 株式会社 | 주식회사 | 股份有限公司 | se | corp
jsc: corporation | inc | incorporated | psc | saog | qsc | ad | ад | акционерно дружество | rt
jsc: nyrt | zrt | dd | d d
lp: lp | l p | llp | l l p | limited partnership | limited liability partnership | kg | k g
lp: kommanditgesellschaft | gmbh co kg | gmbh and co kg | scs | cv | c v
state: fgup | фгуп | fsue | federal state unitary enterprise | gup | гуп
state: state unitary enterprise | republican unitary enterprise | руп
co: company | co | compagnie | compania | kompania | компания | компанія | cie
foundation: stiftung | foundation | fondation | fundacion | фонд | fond | trust
association: ev | e v | eingetragener verein | association | asociacion | npo | ngo | нко
"""

FORMS: dict[tuple[str, ...], str] = {}
for _line in filter(None, _FORMS.splitlines()):
    _class, _, _ways = _line.partition(":")
    for _way in _ways.split("|"):
        _words = tuple((plain(w) or w) for w in _way.split())
        FORMS[_words] = _class
LONGEST_FORM = max(map(len, FORMS))

_WEAK_FORMS = frozenset({"co", "foundation", "association"})
"""Words that are as often part of the name as of the law."""

ABBREVIATIONS: dict[str, str] = {
    short: full
    for line in (
        "intl:international", "int:international", "internatl:international", "mfg:manufacturing",
        "mgmt:management", "mgt:management", "bros:brothers", "tech:technology",
        "technologies:technology", "univ:university", "govt:government", "dept:department",
        "natl:national", "assoc:association", "assn:association", "corp:corporation",
        "grp:group", "hldgs:holding", "holdings:holding", "svcs:services", "svc:services",
        "inds:industries", "ind:industries", "ent:enterprises", "gen:general", "trdg:trading",
        "eng:engineering", "engg:engineering", "constr:construction", "dev:development",
        "inst:institute", "min:ministry", "labour:labor", "organisation:organization",
        "centre:center", "defence:defense", "est:establishment", "st:saint",
    )
    for short, full in [line.split(":")]
}  # fmt: skip

GENERIC = frozenset(
    [
        "company",
        "group",
        "international",
        "holding",
        "trading",
        "trade",
        "industries",
        "industry",
        "industrial",
        "enterprises",
        "enterprise",
        "services",
        "service",
        "bank",
        "general",
        "national",
        "state",
        "global",
        "world",
        "systems",
        "system",
        "technology",
        "solutions",
        "management",
        "investment",
        "investments",
        "capital",
        "finance",
        "financial",
        "development",
        "construction",
        "engineering",
        "import",
        "export",
        "shipping",
        "transport",
        "logistics",
        "energy",
        "oil",
        "gas",
        "petroleum",
        "corporation",
        "co",
        "public",
        "union",
        "organization",
        "institute",
        "center",
        "foundation",
        "association",
        "trust",
        "fund",
        "party",
        "front",
        "movement",
        "ministry",
        "government",
        "department",
        "university",
        "factory",
        "plant",
        "works",
        "first",
        "new",
        "united",
        "federal",
        "republic",
        "kompaniia",
        "gruppa",
        "bank",
        "zavod",
        "fabrika",
        "torgovyi",
        "dom",
        "tsentr",
        "institut",
    ]
)

STOP = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "in",
        "on",
        "at",
        "de",
        "des",
        "du",
        "la",
        "le",
        "les",
        "el",
        "los",
        "las",
        "der",
        "die",
        "das",
        "den",
        "und",
        "et",
        "y",
        "e",
        "di",
        "del",
        "della",
        "delle",
        "da",
        "do",
        "dos",
        "van",
        "von",
        "i",
    ]
)

NUMBERS: dict[str, str] = {
    word: str(number)
    for number, words in enumerate(
        [
            "zero",
            "one first 1st i",
            "two second 2nd ii",
            "three third 3rd iii",
            "four fourth 4th iv",
            "five fifth 5th v",
            "six sixth 6th vi",
            "seven seventh 7th vii",
            "eight eighth 8th viii",
            "nine ninth 9th ix",
            "ten tenth 10th",
        ]
    )
    for word in words.split()
    if word not in ("i", "v", "zero")
}
TENS: dict[str, int] = {
    word: 10 * number
    for number, words in enumerate(
        ["twenty", "thirty", "forty/fourty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
    for word in words.split("/")
}
