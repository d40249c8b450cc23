"""Take the pictures of the draft's page that the README shows.

python3 manage.py dev                # in another window
.venv/bin/python bench/screenshots.py [http://127.0.0.1:8000]
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZE = {"width": 1280, "height": 900}


def main() -> None:
    """Save one picture a language."""
    site = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), chromium_sandbox=False)
        for language in ("en", "ar"):
            page = browser.new_page(viewport=SIZE)
            page.goto(f"{site}/{language}/drafts/1/", wait_until="networkidle")
            page.screenshot(path=IMAGES / f"draft-{language}.png")
            print(f"docs/images/draft-{language}.png")
        browser.close()


if __name__ == "__main__":
    main()
