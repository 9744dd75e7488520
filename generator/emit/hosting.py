"""Files for the host: the headers a static server should send. ``_headers`` is read by several hosts as it is."""

from __future__ import annotations

from collections.abc import Iterator

#: The same policy stands in every page (theme/main.html); a header adds what a page cannot say of itself.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
HEADERS = (
    ("Content-Security-Policy", f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'self'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)


def emit() -> Iterator[tuple[str, str]]:
    """``_headers``: one rule for every path."""
    yield "_headers", "/*\n" + "".join(f"  {name}: {value}\n" for name, value in HEADERS)
