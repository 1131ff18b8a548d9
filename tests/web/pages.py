"""What a page of ours may hold, and how it is asked a question."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

# A script, from this site, with nothing between its tags.
OUR_SCRIPT = re.compile(r'<script type="module" src="/static/[a-z_]+\.js\?v=[0-9a-f]{12}"></script>')


def ask(tab: Page, question: str, button: str = "Demander") -> None:
    """Back once the answer has come, whether in a page of its own or after those before it."""
    tab.locator("#question").fill(question)
    tab.get_by_role("button", name=button, exact=True).click()
    expect(tab.locator(".question").last).to_have_text(question)
