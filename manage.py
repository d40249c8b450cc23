#!/usr/bin/env python3
"""The project's one door: `python3 manage.py dev`, `python3 manage.py test`, and all of Django's commands.

This file must be readable by old Pythons (3.6 and later), so that they can be told what is missing.
"""

import os
import sys

OLDEST_PYTHON = (3, 11)


def main() -> None:
    """Run the command line, in an environment that has what the command needs."""
    if sys.version_info < OLDEST_PYTHON:
        wanted, found = ("{}.{}".format(*version[:2]) for version in (OLDEST_PYTHON, sys.version_info))
        sys.exit(
            f"This needs Python {wanted} or newer and was run with {found}: run it with a newer one, for example `python{wanted} manage.py dev`."
        )

    from config import bootstrap  # after the look at the version: it is written for newer Pythons

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        bootstrap.enter_environment(sys.argv)
        bootstrap.run_django(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)  # what a shell expects of a program that Ctrl-C ended


if __name__ == "__main__":
    main()
