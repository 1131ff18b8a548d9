"""What a page of ours may hold."""

from __future__ import annotations

import re

# A script, from this site, with nothing between its tags.
OUR_SCRIPT = re.compile(r'<script type="module" src="/static/[a-z_]+\.js\?v=[0-9a-f]{12}"></script>')
