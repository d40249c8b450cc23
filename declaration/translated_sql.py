"""The database's own reading of a translated text: what its shape may be."""

from typing import Final

from django.db import migrations

_CREATE: Final = """
CREATE OR REPLACE FUNCTION travaux_translated_valid(texts jsonb, required text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN texts IS NULL THEN NULL
    WHEN jsonb_typeof(texts) <> 'object' THEN false
    ELSE texts - ARRAY['en', 'ar', 'fr', 'es', 'ru', 'zh'] = '{}'::jsonb
        AND NOT jsonb_path_exists(texts, 'strict $.* ? (@.type() != "string" || @ == "")')
        AND texts ?& array_remove(string_to_array(required, ','), '')
END;
"""

_DROP: Final = "DROP FUNCTION travaux_translated_valid(jsonb, text);"

TRANSLATED_FUNCTIONS: Final[list[migrations.RunSQL]] = [migrations.RunSQL(sql=_CREATE, reverse_sql=_DROP)]
"""Operations that the first migration runs before any table with a translated text is made."""
