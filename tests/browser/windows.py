"""A window of the browser with its reader, and what can be seen and measured in it."""

import re
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from tests.browser.site import Site

TIMEOUT: Final = 12_000
"""Milliseconds that an act may take; on a busy machine a page can take seconds."""

WIDE: Final = {"width": 1280, "height": 900}
NARROW: Final = {"width": 390, "height": 844}

SAY_WHAT_IS_BLOCKED: Final = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`blocked by the content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""

WCAG: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
AXE_OPTIONS: Final = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
# Off unless asked for; it is part of WCAG 2.2 AA.
AXE_RULES: Final = {"target-size": {"enabled": True}}

FIND_WHAT_STICKS_OUT: Final = """
() => document.scrollingElement.scrollWidth <= innerWidth ? [] : [...document.body.querySelectorAll("*")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 || each.getBoundingClientRect().left < -1)
  .map((each) => `${each.tagName.toLowerCase()}.${each.className}`)
  .concat(`the page is ${document.scrollingElement.scrollWidth} wide`)
"""

FIND_FOCUS: Final = """
() => {
  const at = document.activeElement;
  if (at === document.body) {
    return null;
  }
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const points = [[0.5, 0.5], [0.05, 0.2], [0.95, 0.2], [0.05, 0.8], [0.95, 0.8]];
  return {
    name: `${at.tagName.toLowerCase()} ${at.id || at.name || at.getAttribute("href") || at.textContent.trim().slice(0, 40)}`,
    address: at.getAttribute("href"),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: points.some(([across, down]) => {
      const top = document.elementFromPoint(box.left + across * box.width, box.top + down * box.height);
      return top && (at.contains(top) || top.contains(at));
    }),
  };
}
"""

READ_FRAME: Final = """
() => ({
  language: document.documentElement.lang,
  direction: document.documentElement.dir,
  others: Object.fromEntries([...document.querySelectorAll(".strip a[hreflang]")].map((each) => [
    each.hreflang, each.pathname + each.search])),
})
"""

_axe = Axe()


def open_context(browser: Browser, **choices: Any) -> BrowserContext:
    """Open a profile of its own. Takes what Playwright's `new_context` takes."""
    context = browser.new_context(**{"viewport": WIDE} | choices)
    context.set_default_timeout(TIMEOUT)
    if choices.get("java_script_enabled", True):
        context.add_init_script(SAY_WHAT_IS_BLOCKED)
    return context


class Window:
    """A page of the browser that notes every error, warning and blocked thing that the browser tells of."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.site = site
        self.troubles: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not self._is_expected(message):
            self.troubles.append(f"{message.type}: {message.text}")

    def _is_expected(self, message: ConsoleMessage) -> bool:
        # A page that says by its status that it refuses is loaded all the same; whoever visits it asks for the status.
        is_of_page = message.location.get("url") == self.page.url and "the server responded with" in message.text
        # Who saves while a preview is on its way needs it no more: htmx calls what it broke off an error.
        return is_of_page or message.text.startswith(("htmx:sendAbort", "htmx:afterRequest"))

    def go(self, language: str, path: str) -> Response:
        """Visit a page."""
        self.troubles.clear()
        response = self.page.goto(self.site.address(language, path))
        assert response is not None
        return response

    def sign_in(self, email: str, language: str = "en") -> None:
        """Sign in by e-mail and password, on the page of the language."""
        self.page.goto(self.site.address(language, "account/login/"))
        self.fill_in_sign_in(email)

    def fill_in_sign_in(self, email: str) -> None:
        """Fill in and send the sign-in page that is shown."""
        self.page.fill("#id_login", email)
        self.page.fill("#id_password", self.site.password)
        self.page.click("main form button[type=submit]")
        self.page.wait_for_url(lambda url: "/login/" not in url)

    def find_barriers(self, *, colours: bool = True) -> list[str]:
        """Return what the page has against WCAG 2.2 AA, as far as a program can tell: rule, place and what is wrong.

        To measure the contrast of colours takes longer than all the rest, and can be left out.
        """
        rules = AXE_RULES | {"color-contrast": {"enabled": colours}}
        found = _axe.run(self.page, options=AXE_OPTIONS | {"rules": rules}).response["violations"]
        return [
            f"{each['id']}: {node['target']}: {' '.join(node['failureSummary'].split())}"
            for each in found
            for node in each["nodes"]
        ]

    def find_overflow(self) -> list[str]:
        """Return what sticks out sideways on a phone. Leaves the window as narrow as one."""
        self.page.set_viewport_size(NARROW)
        found: list[str] = self.page.evaluate(FIND_WHAT_STICKS_OUT)
        return found

    def tab(self) -> dict[str, Any] | None:
        """Press the Tab key; return what has the focus, whether it is marked and can be seen; nothing past the page's end."""
        self.page.keyboard.press("Tab")
        return self.page.evaluate(FIND_FOCUS)

    def read_frame(self) -> dict[str, Any]:
        """Return the page's language, its direction and where its language switch leads, by language."""
        return self.page.evaluate(READ_FRAME)

    @property
    def place(self) -> str:
        """The address of the page that is shown, without the site's own and without the language."""
        return re.sub(r"^/[a-z-]+/", "", self.page.url.removeprefix(self.site.url))
