"""Copy third-party fonts and htmx from node_modules into static/vendor, and say what was copied.

The copies are committed, so that the site needs neither Node nor the network to run. To take newer versions::

    npm install && python3 deploy/vendor_assets.py

``python3 deploy/vendor_assets.py --check`` copies nothing: it compares every committed file with the SHA-256 listed in
static/vendor/VENDORED.json and ends with status 1 when one is changed, missing or not listed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
LIST_NAME = "VENDORED.json"


@dataclass(frozen=True)
class FontPackage:
    """One fontsource package: the stylesheets to read, the subsets to keep, the stylesheet of ours that names them."""

    name: str
    stylesheets: tuple[str, ...]
    subsets: re.Pattern[str]
    target: str


# Only the scripts of the six languages are kept. Chinese comes in about a hundred slices of which a page loads the few
# it uses; naming them takes 100 KB of CSS, so they have a stylesheet of their own that other pages do not load.
WESTERN = re.compile(r"^(latin|latin-ext|cyrillic|cyrillic-ext)$")
FONTS = (
    FontPackage("@fontsource-variable/noto-sans", ("wght.css", "wght-italic.css"), WESTERN, "fonts.css"),
    FontPackage("@fontsource-variable/source-serif-4", ("wght.css", "wght-italic.css"), WESTERN, "fonts.css"),
    FontPackage("@fontsource-variable/noto-sans-arabic", ("wght.css",), re.compile(r"^arabic$"), "fonts.css"),
    FontPackage("@fontsource-variable/noto-naskh-arabic", ("wght.css",), re.compile(r"^arabic$"), "fonts.css"),
    FontPackage("@fontsource-variable/noto-sans-sc", ("wght.css",), re.compile(r"^\[\d+\]$"), "fonts-zh.css"),
)
SCRIPTS = {"htmx.org": ("dist/htmx.min.js",)}

FACE = re.compile(r"/\* (?P<comment>\S+) \*/\s*(?P<rule>@font-face \{[^}]*\})")
SOURCE = re.compile(r"url\(\./files/(?P<file>[\w-]+\.woff2)\) format\('woff2-variations'\)")


class VendorError(Exception):
    """What is wrong with node_modules or with the committed copies, in one sentence."""


def main() -> int:
    """Copy, or with ``--check`` compare; returns the exit status."""
    parser = argparse.ArgumentParser(description="Copy third-party files into static/vendor.")
    parser.add_argument("--check", action="store_true", help="compare the committed files with their listed SHA-256")
    check_only = parser.parse_args().check
    try:
        message = check() if check_only else copy_all()
    except VendorError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{message}\n")
    return 0


def copy_all() -> str:
    """Replace static/vendor by fresh copies and write the list; returns a line saying how many files were copied."""
    if not MODULES.is_dir():
        raise VendorError("There is no node_modules folder: run `npm install` first.")
    if VENDOR.exists():
        shutil.rmtree(VENDOR)
    VENDOR.mkdir(parents=True)
    packages = [copy_font(font) for font in FONTS]
    packages += [copy_scripts(name, files) for name, files in SCRIPTS.items()]
    for package in packages:
        package["files"] = [describe(VENDOR / path) for path in package["files"]]
    stylesheets = [describe(VENDOR / target) for target in sorted({font.target for font in FONTS})]
    listing = {"packages": packages, "generated": stylesheets}
    (VENDOR / LIST_NAME).write_text(json.dumps(listing, indent=1) + "\n", encoding="utf-8")
    return f"Copied {sum(len(package['files']) for package in packages)} files from {len(packages)} packages."


def copy_font(font: FontPackage) -> dict:
    """Copy one font's kept subsets and add their @font-face rules to its stylesheet; returns its entry in the list."""
    folder = f"fonts/{font.name.rpartition('/')[2]}"
    (VENDOR / folder).mkdir(parents=True)
    rules, files = [], []
    for comment, rule in faces(font):
        source = SOURCE.search(rule)
        if source is None:
            raise VendorError(f"{font.name}: the rule for {comment} names no woff2 file as this script expects it.")
        path = f"{folder}/{source['file']}"
        shutil.copyfile(MODULES / font.name / "files" / source["file"], VENDOR / path)
        rules.append(SOURCE.sub(f'url("{path}") format("woff2")', rule))
        files.append(path)
    if not files:
        raise VendorError(f"{font.name}: none of the wanted subsets was found in {', '.join(font.stylesheets)}.")
    with (VENDOR / font.target).open("a", encoding="utf-8") as stylesheet:
        stylesheet.write("\n".join(rules) + "\n")
    return entry(font.name, folder, files)


def faces(font: FontPackage) -> list[tuple[str, str]]:
    """Return (comment, @font-face rule) of each kept subset, e.g. ("noto-sans-latin-wght-normal", "@font-face {…}")."""
    prefix = font.name.rpartition("/")[2] + "-"
    kept = []
    for name in font.stylesheets:
        for face in FACE.finditer((MODULES / font.name / name).read_text(encoding="utf-8")):
            subset = face["comment"].removeprefix(prefix).rpartition("-wght-")[0]
            if font.subsets.match(subset):
                kept.append((face["comment"], face["rule"]))
    return kept


def copy_scripts(name: str, sources: tuple[str, ...]) -> dict:
    """Copy a package's script files; returns its entry in the list."""
    folder = name.partition(".")[0]
    (VENDOR / folder).mkdir()
    files = []
    for source in sources:
        path = f"{folder}/{Path(source).name}"
        shutil.copyfile(MODULES / name / source, VENDOR / path)
        files.append(path)
    return entry(name, folder, files)


def entry(name: str, folder: str, files: list[str]) -> dict:
    """Return a package's entry in the list, after copying its licence beside its files."""
    about = json.loads((MODULES / name / "package.json").read_text(encoding="utf-8"))
    shutil.copyfile(MODULES / name / "LICENSE", VENDOR / folder / "LICENSE")
    return {
        "package": name,
        "version": about["version"],
        "licence": about["license"],
        "homepage": about["homepage"],
        "files": [*files, f"{folder}/LICENSE"],
    }


def describe(path: Path) -> dict:
    """Return a file's path under static/vendor, its size in bytes and its SHA-256 in hexadecimal."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return {"path": path.relative_to(VENDOR).as_posix(), "bytes": len(content), "sha256": digest}


def check() -> str:
    """Compare the committed files with the list; returns a line saying that they agree.

    Raises VendorError naming every file that is changed, missing or not listed.
    """
    listing = json.loads((VENDOR / LIST_NAME).read_text(encoding="utf-8"))
    described = [file for package in listing["packages"] for file in package["files"]] + listing["generated"]
    listed = {file["path"]: file["sha256"] for file in described}
    present = {
        path.relative_to(VENDOR).as_posix(): path
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != LIST_NAME
    }
    problems = [f"missing: {name}" for name in sorted(listed.keys() - present.keys())]
    problems += [f"not listed: {name}" for name in sorted(present.keys() - listed.keys())]
    for name in sorted(listed.keys() & present.keys()):
        if describe(present[name])["sha256"] != listed[name]:
            problems.append(f"changed: {name}")
    if problems:
        raise VendorError("static/vendor differs from its list; " + "; ".join(problems))
    return f"All {len(listed)} vendored files are as listed."


if __name__ == "__main__":
    sys.exit(main())
