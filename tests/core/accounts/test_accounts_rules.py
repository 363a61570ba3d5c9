"""What the rules of accounts say by themselves, without a database."""

from undaunted.core.accounts.rules import RightsRefused

__all__: list[str] = []


def test_a_refusal_says_what_to_change_and_nothing_where_it_may_not() -> None:
    """A word of the database that has no sentence of its own is told like an absence."""
    refused = RightsRefused("own")
    assert (refused.why, str(refused)) == (
        "own",
        "a second administrator approves what you proposed",
    )
    assert str(RightsRefused("no such word")) == str(RightsRefused("absent"))
