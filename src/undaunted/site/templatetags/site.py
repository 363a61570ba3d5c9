"""All components of the site as template tags: `{% load site %}`.

What each is for, with an example, is in `docs/contributors/pages.md` and on the style guide.
"""

from functools import lru_cache
from html import unescape
from urllib.parse import urlencode, urlsplit

from django import template
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import (
    NoReverseMatch,
    ResolverMatch,
    get_script_prefix,
    get_urlconf,
    reverse,
    translate_url,
)
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_from_path, override

from undaunted.site.components.badges import status_badge, tier_badge
from undaunted.site.components.clauses import comma_mark, commas_text
from undaunted.site.components.dates import moment_text, partial_date
from undaunted.site.components.listing import Step, changed_words
from undaunted.site.components.numbers import compact_text, number_text, percent_text
from undaunted.site.english import marked
from undaunted.site.languages import LANGUAGES, REVIEWED, direction

__all__ = ["register"]

register = template.Library()

register.filter("number", number_text)
register.filter("percent", percent_text)
register.filter("compact", compact_text)
register.filter("moment", moment_text)
register.filter("commas", lambda words: commas_text(map(str, words)))
register.simple_tag(comma_mark, name="comma")
register.simple_tag(tier_badge)
register.simple_tag(status_badge)


@register.filter
def partial(value: object) -> SafeString:
    """`{{ "1952-05?"|partial }}`: an EDTF date in words, as `<time>` if it is exact."""
    written = partial_date(value)
    if not written.machine:
        return format_html("<span>{}</span>", written.text)
    return format_html('<time datetime="{}">{}</time>', written.machine, written.text)


@register.simple_tag
def person_name(text: object, language: str = "") -> SafeString:
    """`{% name person.name lang %}`: a name that cannot disturb the text around it."""
    if not language:
        return format_html('<bdi dir="auto">{}</bdi>', text)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, direction(language), text)


register.simple_tag(person_name, name="name")


@register.filter
def followable(address: object) -> bool:
    """`{% if source.url|followable %}`: whether a link may lead there; no other scheme may."""
    return str(address).lower().startswith(("https://", "http://"))


@register.filter
def law(text: object) -> SafeString:
    """`{{ row.says|law }}`: a text of a pack in the reader's language, else marked as English."""
    return marked(str(text), law=True)


@register.filter
def said(text: object) -> SafeString:
    """`{{ fault|said }}`: what rules or an engine say, in the reader's language or so marked."""
    return marked(str(text))


@register.filter
def bidi(text: object, language: str = "") -> SafeString:
    """`{{ text|bidi:"ar" }}`: the same as a filter."""
    return person_name(text, language)


@register.simple_tag
def badge(text: object, kind: str = "") -> SafeString:
    """`{% badge _("Embargoed") "warning" %}`; kinds: accent, success, warning, error, outline."""
    return format_html('<span class="badge {}">{}</span>', kind, text)


@register.simple_tag
def changes(before: object, after: object) -> SafeString:
    """`{% changes old new %}`: the new text with what was taken out and put in."""
    tags = {"same": "<span>{}</span>", "del": "<del>{}</del>", "ins": "<ins>{}</ins>"}
    runs = changed_words(str(before or ""), str(after or ""))
    marked = ((format_html(tags[kind], words),) for kind, words in runs)
    pieces = format_html_join(" ", "{}", marked)
    return format_html('<bdi dir="auto">{}</bdi>', pieces)


@register.simple_block_tag
def table(content: str, caption: str, note: str = "") -> SafeString:
    """`{% table _("Cases") %}<thead>…{% endtable %}`: a captioned table that scrolls by itself."""
    remark = format_html(' <span class="soft">{}</span>', note) if note else ""
    return format_html(
        '<div class="table-scroll" role="region" aria-label="{}" tabindex="0"><table>'
        "<caption>{}{}</caption>{}</table></div>",
        plain(caption),
        caption,
        remark,
        content,
    )


def plain(text: str) -> str:
    """Give the words of a text for an attribute: a caption may hold a day with its tag."""
    return unescape(strip_tags(text)) if isinstance(text, SafeString) else text


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """`{% notice "warning" _("Title") %}…{% endnotice %}`; info, success, warning, error."""
    heading = format_html('<strong class="notice-title">{}</strong>', title) if title else ""
    role = "alert" if kind == "error" else "note"
    return format_html('<div class="notice {}" role="{}">{}{}</div>', kind, role, heading, content)


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """`{% empty _("No cases match") %}<p>…</p>{% endempty %}`: nothing here, and what to do."""
    return format_html('<div class="empty"><h2>{}</h2>{}</div>', title, content)


@register.simple_tag(takes_context=True)
def sort_heading(context: Context, key: str, label: str, number: str = "") -> SafeString:
    """`{% sort_heading "name" _("Name") %}`: a `<th>` that sorts by `?sort=name`, then `-name`."""
    query = _query(context)
    current = query.get("sort", [""])[-1]
    state = {key: "ascending", f"-{key}": "descending"}.get(current)
    wanted = f"-{key}" if current == key else key
    address = _address(context, sort=wanted, after=None, before=None)
    attribute = format_html(' aria-sort="{}"', state) if state else ""
    column = SafeString(' class="number"') if number else ""
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="{}">{}</a></th>',
        attribute,
        column,
        address,
        label,
    )


@register.simple_tag(takes_context=True)
def here_with(context: Context, **changes: object) -> str:
    """`{% here_with page=2 sort=None %}`: this page's query with changes; None takes a key out."""
    return _address(context, **changes)


@register.simple_tag(takes_context=True)
def nav_link(  # noqa: PLR0913, PLR0917 - what a template says of a link, mostly by keyword
    context: Context,
    name: str,
    label: str,
    count: int | None = None,
    beside: str = "",
    also: str = "",
) -> SafeString:
    """`{% nav_link "briefings:search" _("Search") %}`: `<li>`, or nothing without such a page.

    `beside` names pages whose addresses lie below this one and that have links of their own;
    `also` names those that lie elsewhere and belong to it.
    """
    address = _named(name)
    if not address:
        return SafeString("")
    request = context.get("request")
    path = request.path if isinstance(request, HttpRequest) else ""
    others, more = (tuple(filter(None, map(_named, each.split()))) for each in (beside, also))
    inside = path == address or (
        address != "/" and path.startswith((address, *more)) and not path.startswith(others)
    )
    return _item(address, label, number_text(count) if count else "", inside)


@lru_cache(maxsize=4_096, typed=True)
def _item(address: str, label: str, count: str, inside: bool) -> SafeString:  # noqa: FBT001 - a key
    """Write a link once: the frame of every page has some forty. What is escaped is of a type."""
    current = SafeString(' aria-current="page"') if inside else ""
    figure = format_html('<span class="count">{}</span>', count) if count else ""
    return format_html('<li><a href="{}"{}>{}{}</a></li>', address, current, label, figure)


def _named(name: str) -> str:
    routes = get_urlconf() or settings.ROOT_URLCONF
    return _reversed(name, get_language() or "", str(routes), get_script_prefix())


@lru_cache(maxsize=2_048)
def _reversed(name: str, language: str, routes: str, prefix: str) -> str:
    """Look an address up once: the frame of every page asks for some twenty."""
    del language, routes, prefix  # what `reverse` looks at by itself
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("site/components/form_row.html")
def form_row(field: object) -> dict[str, object]:
    """`{% form_row form.name %}`: label, help, problems and control, joined by aria."""
    widget = getattr(getattr(field, "field", None), "widget", None)
    several = getattr(widget, "allow_multiple_selected", False)
    one_box = getattr(widget, "input_type", "") == "checkbox" and not getattr(
        field, "use_fieldset", False
    )
    return {"field": field, "check": one_box and not several, "wide": several}


@register.inclusion_tag("site/components/form_problems.html")
def form_problems(*forms: object) -> dict[str, object]:
    """`{% form_problems form %}`: a summary of all problems, each leading to its field."""
    found = [form for form in forms if getattr(form, "errors", None)]
    marked = any(set(getattr(form, "errors", ())) - {NON_FIELD_ERRORS} for form in found)
    return {"forms": found, "marked": marked}


@register.inclusion_tag("site/components/stat.html")
def stat(
    label: str, value: object, note: str = "", kind: str = "", address: str = ""
) -> dict[str, object]:
    """`{% stat _("Held on this day") 1204 note kind="headline" %}`, inside `<dl class="stats">`."""
    text = number_text(value) if isinstance(value, int | float) else value
    return {"label": label, "value": text, "note": note, "kind": kind, "address": address}


@register.inclusion_tag("site/components/crumbs.html")
def crumbs(*pairs: str) -> dict[str, object]:
    """`{% crumbs _("Home") "/" _("Search") "" %}`: labels and addresses; the last has no link."""
    return {"crumbs": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.inclusion_tag("site/components/pages.html", takes_context=True)
def pages(context: Context, page: object) -> dict[str, object]:
    """`{% pages page %}`: a `CursorPage` as earlier and later links."""
    forward = back = ""
    if following := getattr(page, "next", None):
        forward = _address(context, **{_key(page): following, _back(page): None})
    if preceding := getattr(page, "previous", None):
        back = _address(context, **{_back(page): preceding, _key(page): None})
    return {"page": page, "forward": forward, "back": back}


@register.inclusion_tag("site/components/steps.html")
def steps(items: tuple[Step, ...], current: int, label: str = "") -> dict[str, object]:
    """`{% steps wizard.steps 2 %}`: where a task of several pages stands; counted from 1."""
    states = [
        (step, "done" if at < current else "now" if at == current else "ahead")
        for at, step in enumerate(items, 1)
    ]
    return {"states": states, "label": label}


@register.inclusion_tag("site/components/progress.html")
def progress(done: int, total: int, label: str) -> dict[str, object]:
    """`{% progress 1200 7840 _("Rows read") %}`: a bar with its numbers in words."""
    return {"done": done, "total": max(total, 1), "label": label}


@register.inclusion_tag("site/components/facet.html")
def facet(group: object) -> dict[str, object]:
    """`{% facet group %}`: a `Facet` as a group of boxes inside the filters form."""
    return {"facet": group}


@register.inclusion_tag("site/components/comparison.html")
def comparison(lines: object, first: str, second: str, caption: str = "") -> dict[str, object]:
    """`{% comparison lines _("List A") _("List B") %}`: two records side by side with reasons."""
    return {"lines": lines, "first": first, "second": second, "caption": caption}


@register.simple_tag(takes_context=True)
def language_switch(context: Context) -> SafeString:
    """`{% language_switch %}`: the same page in every language, as plain links."""
    return format_html(_switch(get_language() or "en"), *_in_every_language(context))


@lru_cache(maxsize=64)
def _switch(current: str) -> str:
    """Write the switch once in each language, with a place for each address: {}."""
    links = [(language, "{}") for language in LANGUAGES]
    said = {"links": links, "current": current}
    return render_to_string("site/components/languages.html", said)


@register.simple_tag(takes_context=True)
def in_language(context: Context, code: str) -> str:
    """`{% in_language "en" %}`: the address of this page in another language."""
    return _in_language(context, code)


@register.simple_tag
def home_address() -> str:
    """`{% home_address %}`: the first page in the reader's language."""
    return _named("briefings:home") or "/"


@register.simple_tag
def language_reviewed() -> bool:
    """`{% language_reviewed as reviewed %}`: whether a native speaker has read this language."""
    return (get_language() or "en") in REVIEWED


@register.simple_tag(takes_context=True)
def figure(context: Context, drawn: object) -> SafeString:
    """`{% figure chart %}`: a chart, map or timeline with its caption and the table behind it."""
    render = getattr(drawn, "html", None)
    if render is None:
        return SafeString("")
    return SafeString(render(prefix=f"figure-{_figure_number(context)}"))


def _figure_number(context: Context) -> int:
    """Count the figures of one answer, whichever included template draws them."""
    holder: object = context.get("request") or context.render_context
    number = int(getattr(holder, "site_figures", 0)) + 1
    setattr(holder, "site_figures", number)  # noqa: B010 - neither holder declares it
    return number


def _key(page: object) -> str:
    return str(getattr(page, "parameter", "after"))


def _back(page: object) -> str:
    return str(getattr(page, "back_parameter", "before"))


def _query(context: Context) -> dict[str, list[str]]:
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return {}
    return {key: request.GET.getlist(key) for key in request.GET}


def _in_language(context: Context, code: str) -> str:
    request = context.get("request")
    if not request:
        return "/"
    here, match = request.get_full_path(), request.resolver_match
    return _again(here, match, code) if match else translate_url(here, code)


def _again(here: str, match: ResolverMatch, code: str) -> str:
    """Do what `translate_url` does, for a page whose route was found already."""
    name = f"{match.namespace}:{match.url_name}" if match.namespace else match.url_name
    with override(code):
        try:
            path = reverse(name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return here
    return urlsplit(here)._replace(path=path).geturl()


def _in_every_language(context: Context) -> list[str]:
    """Give the addresses in order of `LANGUAGES`; asking for each is slow."""
    source, other, *rest = [each.code for each in LANGUAGES]
    bare, prefixed = _here(context, source), _in_language(context, other)
    if prefixed == f"/{other}{bare}":
        return [bare, prefixed, *(f"/{code}{bare}" for code in rest)]
    return [bare, prefixed, *(_in_language(context, code) for code in rest)]


def _here(context: Context, source: str) -> str:
    """Give the address in the source's language, which is most often the one that was asked for."""
    request = context.get("request")
    if request and get_language() == source and not get_language_from_path(request.path_info):
        return str(request.get_full_path())
    return _in_language(context, source)


def _address(context: Context, **changes: object) -> str:
    kept = {key: values for key, values in _query(context).items() if key not in changes}
    pairs = [(key, value) for key, values in kept.items() for value in values]
    pairs += [(key, str(value)) for key, value in changes.items() if value is not None]
    request = context.get("request")
    path = request.path if isinstance(request, HttpRequest) else ""
    return path + "?" + urlencode(pairs) if pairs else path or "?"
