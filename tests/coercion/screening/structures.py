"""A port operator and everybody above it, invented, of any size; for tests and pictures."""

from __future__ import annotations

from random import Random

__all__ = ["PORT", "structure", "tree"]

PORT = "Freedonia Port Operator"
HEAD = "owner,owned,share,kind,owner_kind,owned_kind,source"
CORE = (
    "STATE:XR,Ruritanian Holdings,100%,equity,state,company,Register of Ruritania",
    "Ruritanian Holdings,Strelsau Shipping,51%,equity,company,company,Register of Ruritania",
    "Strelsau Shipping,Bordurian Terminals,75%,equity,company,company,Register of Borduria",
    "Ruritanian Holdings,Fund of Zenda,60%,equity,company,company,Register of Ruritania",
    "Fund of Zenda,Bordurian Terminals,10-25%,equity,company,company,Filing",
    f"Bordurian Terminals,{PORT},55%,equity,company,company,Filing",
    f"Harbour Trust of Fredonia City,{PORT},,equity,,company,Filing",
    f"Rufus Firefly,{PORT},12%,equity,person,company,Filing",
    f"STATE:XR,{PORT},,special,state,company,Charter of the port",
)
FIRST = ("Ottokar", "Flavia", "Rupert", "Michael", "Bianca", "Antoinette")
LAST = ("Elphberg", "Tarlenheim", "Sapt", "Hentzau", "Mauban", "Bersonin")
PLACES = ("Klow", "Szohod", "Hentzau", "Tarlenheim", "Strelsau", "Zenda")
TRADES = ("Capital", "Invest", "Maritime", "Logistics", "Cargo")


def tree(companies: int, owned: str = "XF-T") -> str:
    """Give a file of stakes in which three hold each company in turn; a state holds the first."""
    every = [owned, *(f"Company {number} of Zubrowka" for number in range(1, companies + 1))]
    rows = [
        f"{each},{every[(at - 1) // 3]},{(10, 20, 33)[at % 3]}%,company"
        for at, each in enumerate(every) if at
    ]  # fmt: skip
    rows += [f"STATE:XR,{every[1]},51%,state", f"Rufus Firefly,{every[2]},40%,person"]
    return "\n".join(["owner,owned,share,owner_kind", *rows]) + "\n"


def structure(parties: int, seed: int = 7) -> str:
    """Give a file of stakes with so many parties; the same each time."""
    drawn, rows = Random(seed), [HEAD, *CORE]  # noqa: S311 - invented names
    companies = [PORT, "Bordurian Terminals", "Strelsau Shipping", "Fund of Zenda"]
    for number in range(9, parties + 1):
        company = drawn.choice(companies)
        share = drawn.choice(("0.2%", "0.3%", "0.5%", "1%"))
        if drawn.random() < 0.1:
            name, kind = f"{drawn.choice(PLACES)} {drawn.choice(TRADES)} {number}", "company"
            companies.append(name)
        else:
            name, kind = f"{drawn.choice(FIRST)} {drawn.choice(LAST)} {number}", "person"
        rows.append(f"{name},{company},{share},equity,{kind},company,Register")
    return "\n".join(rows) + "\n"
