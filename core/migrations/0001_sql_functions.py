"""SQL functions that generated columns and constraints of all apps stand on."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
# 33 neighbours in code-point order: under COLLATE "C" they sort as the Ukrainian alphabet does.
IN_ORDER = "".join(chr(0x0430 + n) for n in range(33))
ACCENTED = "áàâäãåąāćčçďđéèêëęěēėíìîïīįłľñńňóòôöõőøřśšşșťțúùûüůűūųýźžż"
PLAIN = "aaaaaaaacccddeeeeeeeeiiiiiillnnnooooooorssssttuuuuuuuuyzzz"
DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?[?~%]?"

CREATE = rf"""
CREATE FUNCTION core_sort_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT translate(
        translate(
            lower(translate(value, '{UKRAINIAN.upper()}', '{UKRAINIAN}')),
            '{ACCENTED}''’ʼ-', '{PLAIN}'
        ),
        '{UKRAINIAN}', '{IN_ORDER}'
    ) COLLATE "C"
$$;

CREATE FUNCTION core_edtf_earliest(value text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    part text := rtrim(split_part(value, '/', 1), '?~%');
BEGIN
    IF part IN ('', '..') THEN
        RETURN NULL;
    END IF;
    RETURN make_date(
        split_part(part, '-', 1)::int,
        coalesce(nullif(split_part(part, '-', 2), ''), '1')::int,
        coalesce(nullif(split_part(part, '-', 3), ''), '1')::int
    );
END
$$;

CREATE FUNCTION core_edtf_latest(value text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    part text := rtrim(
        CASE WHEN position('/' IN value) > 0 THEN split_part(value, '/', 2) ELSE value END, '?~%'
    );
    pieces text[] := string_to_array(part, '-');
BEGIN
    IF part IN ('', '..') THEN
        RETURN NULL;
    END IF;
    RETURN CASE cardinality(pieces)
        WHEN 1 THEN make_date(pieces[1]::int, 12, 31)
        WHEN 2 THEN (make_date(pieces[1]::int, pieces[2]::int, 1) + interval '1 month - 1 day')::date
        ELSE make_date(pieces[1]::int, pieces[2]::int, pieces[3]::int)
    END;
END
$$;

CREATE FUNCTION core_edtf_is_valid(value text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN value ~ '^({DATE}(/({DATE}|\.\.))?|\.\./{DATE})?$'
        -- Making the days refuses those that do not exist; an interval may not run backwards.
        AND coalesce(core_edtf_earliest(value) <= core_edtf_latest(value), true);
EXCEPTION WHEN datetime_field_overflow THEN
    RETURN false;
END
$$;
"""


DROP = """
DROP FUNCTION core_edtf_latest(text);
DROP FUNCTION core_edtf_earliest(text);
DROP FUNCTION core_edtf_is_valid(text);
DROP FUNCTION core_sort_key(text);
"""


class Migration(migrations.Migration):
    initial = True
    operations = [TrigramExtension(), migrations.RunSQL(CREATE, DROP)]
