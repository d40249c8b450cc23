"""The database's own reading of partial dates: what is valid, and the first and last day each may mean.

The functions are immutable, so that generated columns and check constraints can use them, and say the same as
`declaration.dates.PartialDate`; a test compares the two. An invalid text has no first or last day instead of raising, so
that it is the check constraint that refuses it. Their bodies are bound when they are created, so that a restored backup
does not depend on a search path.
"""

from typing import Final

from django.db import migrations

_CREATE: Final = """
CREATE OR REPLACE FUNCTION travaux_edtf_moment_valid(moment text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN moment !~ '^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?~?$' THEN false
    WHEN length(rtrim(moment, '~')) < 10 THEN true
    ELSE substr(moment, 9, 2)::integer <= extract(
        day FROM make_date(substr(moment, 1, 4)::integer, substr(moment, 6, 2)::integer, 1)
            + interval '1 month' - interval '1 day'
    )
END;

CREATE OR REPLACE FUNCTION travaux_edtf_moment_earliest(moment text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN travaux_edtf_moment_valid(moment) THEN make_date(
        substr(moment, 1, 4)::integer,
        coalesce(nullif(substr(moment, 6, 2), ''), '1')::integer,
        coalesce(nullif(substr(moment, 9, 2), ''), '1')::integer
    )
END;

CREATE OR REPLACE FUNCTION travaux_edtf_moment_latest(moment text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN NOT travaux_edtf_moment_valid(moment) THEN NULL
    WHEN length(rtrim(moment, '~')) = 4 THEN make_date(substr(moment, 1, 4)::integer, 12, 31)
    WHEN length(rtrim(moment, '~')) = 7 THEN (
        make_date(substr(moment, 1, 4)::integer, substr(moment, 6, 2)::integer, 1)
        + interval '1 month' - interval '1 day'
    )::date
    ELSE travaux_edtf_moment_earliest(moment)
END;

CREATE OR REPLACE FUNCTION travaux_edtf_valid(edtf text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN edtf IS NULL THEN NULL
    WHEN edtf = '' THEN true
    WHEN edtf ~ '^XXXX-[0-9]{2}-[0-9]{2}$' THEN travaux_edtf_moment_valid('2000' || substr(edtf, 5))
    WHEN strpos(edtf, '/') = 0 THEN travaux_edtf_moment_valid(edtf)
    WHEN edtf = '../..' OR split_part(edtf, '/', 3) <> '' OR right(edtf, 1) = '/' THEN false
    ELSE (split_part(edtf, '/', 1) = '..' OR travaux_edtf_moment_valid(split_part(edtf, '/', 1)))
        AND (split_part(edtf, '/', 2) = '..' OR travaux_edtf_moment_valid(split_part(edtf, '/', 2)))
        AND coalesce(
            travaux_edtf_moment_earliest(split_part(edtf, '/', 1))
                <= travaux_edtf_moment_latest(split_part(edtf, '/', 2)),
            true
        )
END;

CREATE OR REPLACE FUNCTION travaux_edtf_earliest(edtf text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN travaux_edtf_valid(edtf) THEN travaux_edtf_moment_earliest(split_part(edtf, '/', 1)) END;

CREATE OR REPLACE FUNCTION travaux_edtf_latest(edtf text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN travaux_edtf_valid(edtf) THEN travaux_edtf_moment_latest(
        split_part(edtf, '/', CASE WHEN strpos(edtf, '/') = 0 THEN 1 ELSE 2 END)
    )
END;
"""

_DROP: Final = """
DROP FUNCTION travaux_edtf_latest(text);
DROP FUNCTION travaux_edtf_earliest(text);
DROP FUNCTION travaux_edtf_valid(text);
DROP FUNCTION travaux_edtf_moment_latest(text);
DROP FUNCTION travaux_edtf_moment_earliest(text);
DROP FUNCTION travaux_edtf_moment_valid(text);
"""

EDTF_FUNCTIONS: Final[list[migrations.RunSQL]] = [migrations.RunSQL(sql=_CREATE, reverse_sql=_DROP)]
"""Operations that the first migration runs before any table with a partial date is made."""
