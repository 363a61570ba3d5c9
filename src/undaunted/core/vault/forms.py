"""What is typed about keys, shares and teams. Passphrases are never shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undaunted.core.vault.queries import holder_named, houses_for
from undaunted.core.vault.rules import LEAST, NotTheQuorum

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.queries import Holder

__all__ = [
    "CeremonyForm",
    "GiveUpForm",
    "MemberForm",
    "NewPassphraseForm",
    "OldAndNewForm",
    "PassphraseForm",
    "SharesForm",
    "TeamForm",
    "WordsForm",
]

HOLDERS = 5
LONGEST_SHARE = 1_000
PAPER = {"rows": 4, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


def _secret(label: Any) -> forms.CharField:  # noqa: ANN401 - a lazy text
    return forms.CharField(
        label=label,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        strip=False,
        max_length=1_024,
    )


def _words(label: Any, **more: Any) -> forms.CharField:  # noqa: ANN401 - a lazy text
    return forms.CharField(
        label=label,
        widget=forms.Textarea(
            attrs={
                "rows": 4,
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        max_length=LONGEST_SHARE,
        **more,
    )


class PassphraseForm(forms.Form):
    """The passphrase of a key, asked for again on every opening and never kept."""

    passphrase = _secret(gettext_lazy("Passphrase of your key"))


class TwiceForm(forms.Form):
    """A new passphrase, twice."""

    passphrase = _secret(gettext_lazy("New passphrase"))
    again = _secret(gettext_lazy("The same passphrase again"))

    def clean_again(self) -> str:
        """Refuse two that differ: a slip here could never be mended."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("passphrase"):
            raise forms.ValidationError(_("The two passphrases differ."))
        return again


class NewPassphraseForm(TwiceForm):
    """The passphrase of a first key, twice."""

    passphrase = _secret(gettext_lazy("Passphrase of your key"))


class OldAndNewForm(TwiceForm):
    """The passphrase in force, and the one that takes its place."""

    old = _secret(gettext_lazy("Passphrase until now"))
    field_order = ("old", "passphrase", "again")


class GiveUpForm(TwiceForm):
    """A new beginning, which somebody must mean."""

    understood = forms.BooleanField(
        label=gettext_lazy("I know that what only my old key opened stays closed for ever.")
    )
    field_order = ("understood", "passphrase", "again")


class WordsForm(forms.Form):
    """The words of one share, typed from the sheet."""

    words = _words(gettext_lazy("Type all 33 words from your sheet, in order"))


class SharesForm(TwiceForm):
    """The shares of a quorum, one field each; for a rehearsal without a new passphrase."""

    def __init__(self, *args: Any, needed: int, rehearsal: bool = False, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        last = {name: self.fields.pop(name) for name in ("passphrase", "again")}
        for number in range(1, needed + 1):
            label = _("Share %(number)s, all 33 words") % {"number": number}
            self.fields[f"share{number}"] = _words(label)
        if not rehearsal:
            self.fields |= last

    def shares(self) -> list[str]:
        """Give what was typed, in order."""
        return [text for name, text in self.cleaned_data.items() if name.startswith("share")]


class TeamForm(forms.Form):
    """A new team of an organisation in which the actor is a steward."""

    holder = forms.ChoiceField(label=gettext_lazy("Organisation"))
    name = forms.CharField(label=gettext_lazy("Name of the team"), max_length=120)
    receives = forms.BooleanField(
        label=gettext_lazy("People without an account may send something to this team"),
        required=False,
    )

    def __init__(self, *args: Any, holders: Iterable[tuple[Any, str]], **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self.fields["holder"].choices = [(str(key), name) for key, name in holders]  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """Whom to take into a team."""

    person = forms.ChoiceField(label=gettext_lazy("Colleague"))

    def __init__(self, *args: Any, people: Iterable[tuple[Any, str]], **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self.fields["person"].choices = [(str(key), name) for key, name in people]  # type: ignore[attr-defined]


class CeremonyForm(forms.Form):
    """Who holds a share, an organisation each, and how many of them are needed."""

    threshold = forms.TypedChoiceField(
        label=gettext_lazy("How many of them are needed together"),
        choices=[(number, str(number)) for number in range(LEAST, HOLDERS + 1)],
        coerce=int,
    )

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self._actor = actor
        self.holders: list[Holder] = []
        houses = [("", "—"), *((str(key), name) for key, name in houses_for(actor))]
        for number in range(1, HOLDERS + 1):
            told = {"number": number}
            self.fields[f"house{number}"] = forms.ChoiceField(
                label=_("Organisation %(number)s") % told, choices=houses, required=False
            )
            self.fields[f"name{number}"] = forms.CharField(
                label=_("User name of the person who holds its share") + f" ({number})",
                max_length=64,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Find each holder by organisation and exact user name; name the row that is wrong."""
        given = self.cleaned_data
        houses: set[str] = set()
        for number in range(1, HOLDERS + 1):
            house, name = given.get(f"house{number}") or "", given.get(f"name{number}") or ""
            if house and house in houses:
                self.add_error(f"house{number}", _("This organisation has a share already."))
            elif house and name:
                self._find(number, house, name)
            elif house or name:
                self.add_error(f"name{number}", _("Give both an organisation and a user name."))
            houses.add(house)
        if not self.errors and len(self.holders) < int(given["threshold"]):
            self.add_error("threshold", _("Fewer organisations are named than are needed."))
        return given

    def _find(self, number: int, house: str, name: str) -> None:
        try:
            self.holders.append(holder_named(self._actor, UUID(house), name))
        except NotTheQuorum:
            told = _(
                "Nobody of this organisation has this user name and a key. They make a key on the"
                " page Your key first."
            )
            self.add_error(f"name{number}", told)
