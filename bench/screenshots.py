"""Take the pictures of the draft's page that the README shows, in English and Arabic.

    python3 manage.py dev                # in another window: it loads the demonstration that the pictures show
    .venv/bin/python bench/screenshots.py [http://127.0.0.1:8000]

Writes docs/images/draft-en.png and draft-ar.png, 1280 by 900 pixels each. Needs Chromium (Debian: the package chromium),
and says so where there is none, where the site does not answer or has no comments to show, or where a picture is too large.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZE = {"width": 1280, "height": 900}
LANGUAGES = ("en", "ar")
MOST_BYTES = 250_000

# From here down the page shows what it is for: the text, and beside each clause what was said on it.
SHOWN_CLAUSE = "art_9"


def main() -> None:
    """Save one picture a language."""
    site = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    path = shutil.which("chromium")
    if path is None:
        sys.exit("There is no Chromium on this machine: install the package chromium.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=os.geteuid() != 0)
        for language in LANGUAGES:
            take(browser, site, language)
        browser.close()


def take(browser: Browser, site: str, language: str) -> None:
    """Save the picture of the draft's page in a language."""
    page = browser.new_page(viewport=SIZE, device_scale_factor=1, color_scheme="light", reduced_motion="reduce")
    address = f"{site}/{language}/drafts/1/#{SHOWN_CLAUSE}"
    try:
        response = page.goto(address, wait_until="networkidle")
    except Error as error:
        sys.exit(f"{address} does not answer ({error.message.splitlines()[0]}): start the site with manage.py dev.")
    if response is None or not response.ok or page.locator(".clause__link--some").count() == 0:
        sys.exit(f"{address} shows no comments: load the demonstration with manage.py load_demonstration.")
    target = IMAGES / f"draft-{language}.png"
    page.screenshot(path=target)
    page.close()
    size = target.stat().st_size
    print(f"{target.relative_to(IMAGES.parent.parent)}: {size} bytes")
    if size > MOST_BYTES:
        sys.exit(f"That is more than {MOST_BYTES} bytes.")


if __name__ == "__main__":
    main()
