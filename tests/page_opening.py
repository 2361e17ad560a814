"""Opening a drawn page in Chromium, from disk, with all network off and everything watched."""

from __future__ import annotations

from contextlib import contextmanager

# A policy that is broken tells so only to a listener; this one is there before all else.
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective + " " + event.blockedURI));
window.stolen = [];
window.alert = (text) => window.stolen.push(text);
"""

WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@contextmanager
def opened(browser, address: str, *, wait: str = "[data-ready]", **options):
    """Open a page with all network off; afterwards there was no request, error or violation."""
    context = browser.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", "offline": True} | options)
    requests, errors = [], []
    context.on("request", lambda request: requests.append(request.url))
    context.add_init_script(WATCH)
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_default_timeout(5000)
    page.goto(address)
    page.wait_for_selector(wait)
    yield page
    violations = page.evaluate("window.violations")
    context.close()
    assert {url.split("#")[0] for url in requests} == {address.split("#", maxsplit=1)[0]}, (
        "the page asked for something"
    )
    assert errors == []
    assert violations == []
