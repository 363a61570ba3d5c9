"""A browser in which somebody signed in before is known again, by its cookie and for them alone."""

from __future__ import annotations

from undaunted.core.accounts.rules import DEVICES_KEPT, device_named, devices_with, entering_mac

KEY = b"of-this-test"


def test_a_browser_is_known_for_whoever_signed_in_with_it() -> None:
    cookie = devices_with(KEY, "arna", "")
    assert device_named(KEY, "arna", cookie)
    assert not device_named(KEY, "lida", cookie)
    assert not device_named(b"another key", "arna", cookie)
    assert devices_with(KEY, "arna", cookie) == cookie


def test_a_cookie_keeps_the_newest_people_of_a_browser() -> None:
    cookie = ""
    people = [f"person-{number}" for number in range(DEVICES_KEPT + 1)]
    for name in people:
        cookie = devices_with(KEY, name, cookie)
    assert not device_named(KEY, people[0], cookie)
    assert all(device_named(KEY, name, cookie) for name in people[1:])


def test_a_cookie_that_somebody_made_up_names_no_browser() -> None:
    for cookie in ("~", ".", "id.code", f"{'0' * 32}.{'0' * 64}"):
        assert device_named(KEY, "arna", cookie) == ""


def test_the_code_of_whoever_enters_follows_from_key_and_name() -> None:
    assert len({entering_mac(*asked) for asked in ((KEY, "a"), (KEY, "b"), (b"k", "a"))}) == 3
