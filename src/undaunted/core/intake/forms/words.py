"""The words of the questions. Short, for somebody who is afraid and may read on a telephone."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from undaunted.core.intake.rules.questions import Danger, Door

__all__ = ["CHOICES", "CONSENTS", "DANGER", "DOOR_TITLES", "HELPS", "LABELS"]

DOOR_TITLES: Final = {
    Door.HELP: _("I need help"),
    Door.INCIDENT: _("I want to report an incident"),
    Door.TARGETED: _("I am being harassed or targeted now"),
}
DANGER: Final = {
    Danger.NOW: _("Yes, now"),
    Danger.SOON: _("Not now, but within days"),
    Danger.NO: _("No"),
    Danger.UNSURE: _("I am not sure"),
}
LABELS: Final = {
    "danger": _("Is anybody in danger?"),
    "for_whom": _("Who needs help?"),
    "track": _("What kind of help is it?"),
    "needs": _("What is needed?"),
    "relocation": _("Do you need to leave the place where you are?"),
    "story": _("What happened? Write as much or as little as you want."),
    "activism": _("What work do you, or does your group, do?"),
    "group_size": _("How many people are you?"),
    "country": _("Which country is it about?"),
    "other_funds": _("Have you asked anybody else for help? Whom?"),
    "governments": _("Which governments may know of you? One on each line."),
    "safe_contact": _("Is there another safe way to reach you?"),
    "safe_times": _("When is it safe to write to you?"),
    "language": _("In which language shall we answer?"),
    "who_did": _("Who did it, as far as you know?"),
    "what_was_done": _("What was done?"),
    "to_whom": _("To whom was it done?"),
    "target_roles": _("Who was targeted?"),
    "when": _("When was it? A month or a year is enough."),
    "where": _("Where was it? A city or a country is enough."),
    "origin_state": _("Which state do you think is behind it?"),
    "how_known": _("How do you know of it?"),
    "abuse": _("What is being done to you?"),
    "platforms": _("On which platforms? One on each line."),
    "accounts": _("Which accounts do it? One on each line."),
    "addresses": _("Addresses of posts or pages. One on each line."),
    "times": _("When did you see them? One on each line."),
    "hashes": _("Checksums of files, if you have them. One on each line."),
    "reported_to": _("Have you reported it to a platform or the police? What did they say?"),
}
HELPS: Final = {
    "activism": _("Two people are enough to be a group. It need not be registered."),
    "safe_contact": _("Leave this empty if you can come back here with your receipt."),
    "other_funds": _("It does not count against you. It helps us not to pay twice."),
    "governments": _("Left empty, no government learns of you from us."),
    "to_whom": _("You need not give a name."),
    "country": _("Not where you are now, if that must stay secret."),
}
CHOICES: Final = {
    "for_whom": {
        "self": _("I do"),
        "family": _("somebody of my family"),
        "colleague": _("a colleague or friend"),
        "organisation": _("our group or organisation"),
        "other": _("somebody else"),
    },
    "track": {
        "emergency": _("Emergency: something has happened or is about to"),
        "resiliency": _("Strength: so that we can go on working"),
        "advocacy": _("Advocacy: against a law or a campaign"),
    },
    "needs": {
        "medical": _("medical care"),
        "legal": _("a lawyer or legal costs"),
        "prison_visits": _("visits to prison"),
        "trial_monitoring": _("somebody who watches the trial"),
        "temporary_relocation": _("leaving for some time"),
        "security": _("security, at home or of devices"),
        "equipment_replacement": _("replacing equipment"),
        "family_support": _("support for the family"),
        "psychosocial": _("somebody to talk to"),
        "other": _("something else"),
    },
    "relocation": {"yes": _("Yes"), "no": _("No"), "perhaps": _("Perhaps")},
    "group_size": {"one": _("one person"), "two_or_more": _("two or more")},
    "how_known": {
        "self": _("it happened to me"),
        "witness": _("I saw it"),
        "told": _("I was told"),
        "media": _("from the news"),
        "other": _("in another way"),
    },
    "what_was_done": {
        "assassination": _("killing, or an attempt"),
        "assault": _("assault"),
        "detention": _("detention"),
        "rendition": _("abduction to another country"),
        "unlawful_deportation": _("unlawful deportation"),
        "physical_intimidation": _("intimidation in person"),
        "spyware": _("spyware"),
        "digital_threat": _("threats or attacks online"),
        "family_intimidation": _("pressure on the family at home"),
        "interpol_abuse": _("misuse of Interpol"),
        "mobility_controls": _("passport, visa or travel denied"),
        "other": _("something else"),
    },
    "target_roles": {
        "human_rights_defender": _("a human rights defender"),
        "journalist": _("a journalist"),
        "opposition_politician": _("an opposition politician"),
        "lawyer": _("a lawyer"),
        "former_insider": _("a former insider"),
        "minority_or_religious_group": _("a member of a minority or religious group"),
        "student": _("a student"),
        "artist": _("an artist"),
        "trade_unionist": _("a trade unionist"),
        "other": _("somebody else"),
    },
    "abuse": {
        "threats": _("threats"),
        "doxxing": _("my address or private data were published"),
        "impersonation": _("somebody pretends to be me"),
        "account_takeover": _("an account was taken over"),
        "coordinated_attack": _("many accounts attack me together"),
        "sexualised_abuse": _("sexualised abuse"),
        "false_reports": _("my accounts are reported until they are closed"),
        "surveillance": _("I am being watched"),
        "other": _("something else"),
    },
}
CONSENTS: Final = {
    "share_with_lawyers": _("It may be shown to a lawyer who works with this team."),
    "share_with_funds": _("It may be shown to another fund that can help."),
    "compare_with_funds": _(
        "Other funds may be asked, without my name, whether they help me already."
    ),
    "share_for_relocation": _("It may be shown to an organisation that helps people to leave."),
    "share_for_care": _("It may be shown to a doctor or a therapist who works with this team."),
    "speak_in_private": _(
        "The governments that I name above may be asked, in private, to help me."
    ),
    "speak_in_public": _("My case may be spoken of in public, after I have been asked again."),
    "share_for_accountability": _(
        "It may be shown to a court or a body of inquiry, without my name."
    ),
    "share_with_platforms": _(
        "What I say of accounts and posts may be shown to the platforms they are on."
    ),
    "count_only": _("It may be counted, without any detail, in a published number."),
}
"""What a reporter agrees to: purpose and audience. Nothing is agreed to by leaving a box empty."""
