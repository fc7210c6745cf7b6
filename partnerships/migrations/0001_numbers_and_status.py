"""The sequence of partnership numbers, and today's status, kind and evidence as SQL functions."""

from django.db import migrations

CREATE = """
CREATE SEQUENCE partnerships_number AS integer MINVALUE 1;

-- The status of a partnership on a day and the milestone that it follows from (none for 'unknown').
-- What is undated counts from the first dated event on, and as earlier than everything dated; but an undated end
-- or suspension is the last word.
CREATE FUNCTION partnerships_standing_on(partnership bigint, day date, OUT status text, OUT milestone bigint)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    first_day date;
BEGIN
    SELECT coalesce(min(m.date_earliest), '-infinity') INTO first_day
    FROM partnerships_milestone m
    WHERE m.partnership_id = partnership AND m.stage = 'happened' AND m.type NOT IN ('appeal', 'talks');

    SELECT CASE m.type WHEN 'end' THEN 'ended' WHEN 'suspension' THEN 'suspended' END, m.id
    INTO status, milestone
    FROM partnerships_milestone m
    WHERE m.partnership_id = partnership AND m.stage = 'happened'
        AND m.type IN ('end', 'suspension', 'signing', 'upgrade', 'renewal')
        AND coalesce(m.date_earliest, first_day) <= day
    ORDER BY
        coalesce(
            m.date_latest,
            CASE WHEN m.type IN ('end', 'suspension') THEN 'infinity'::date ELSE '-infinity'::date END
        ) DESC,
        array_position(ARRAY['end', 'suspension', 'renewal', 'upgrade', 'signing'], m.type::text)
    LIMIT 1;
    IF status IS NOT NULL THEN
        RETURN;
    END IF;

    SELECT CASE m.type
            WHEN 'registration' THEN 'registered' WHEN 'decision' THEN 'decided' WHEN 'approval' THEN 'approved'
            ELSE 'signed'
        END, m.id
    INTO status, milestone
    FROM partnerships_milestone m
    WHERE m.partnership_id = partnership AND m.stage = 'happened'
        AND m.type IN ('approval', 'decision', 'signing', 'upgrade', 'renewal', 'registration')
        AND coalesce(m.date_earliest, first_day) <= day
    ORDER BY
        CASE m.type WHEN 'registration' THEN 4 WHEN 'decision' THEN 2 WHEN 'approval' THEN 1 ELSE 3 END DESC,
        m.date_latest DESC NULLS LAST, m.id
    LIMIT 1;
    IF status IS NOT NULL THEN
        RETURN;
    END IF;

    SELECT 'announced', m.id INTO status, milestone
    FROM partnerships_milestone m
    WHERE m.partnership_id = partnership AND m.stage = 'announced' AND m.outcome <> 'cancelled'
        AND (
            core_edtf_earliest(m.announced_on) IS NULL OR core_edtf_earliest(m.announced_on) <= day
        )
    ORDER BY m.date_latest DESC NULLS LAST, m.id
    LIMIT 1;
    status := coalesce(status, 'unknown');
END
$$;

CREATE FUNCTION partnerships_status_on(partnership bigint, day date) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT status FROM partnerships_standing_on(partnership, day)
$$;

-- What the relation is called on a day: the latest milestone that names a kind, else the kind as listed.
CREATE FUNCTION partnerships_kind_on(partnership bigint, day date) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (
            SELECT m.kind FROM partnerships_milestone m
            WHERE m.partnership_id = partnership AND m.stage = 'happened' AND m.kind <> ''
                AND (m.date_earliest IS NULL OR m.date_earliest <= day)
            ORDER BY m.date_latest DESC NULLS LAST, m.id DESC LIMIT 1
        ),
        (SELECT listed_kind FROM partnerships_partnership WHERE id = partnership)
    )
$$;

CREATE FUNCTION partnerships_refresh(partnership bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    standing record;
    wanted record;
    -- The day of Ukraine, whatever the session's time zone.
    today date := (now() AT TIME ZONE 'Europe/Kyiv')::date;
BEGIN
    -- Whoever changes the same record at the same time waits here, and then sees what the first one did.
    PERFORM 1 FROM partnerships_partnership WHERE id = partnership FOR NO KEY UPDATE;
    SELECT * INTO standing FROM partnerships_standing_on(partnership, today);
    SELECT
        standing.status AS status,
        partnerships_kind_on(partnership, today) AS kind,
        coalesce((SELECT date FROM partnerships_milestone WHERE id = standing.milestone), '') AS status_date,
        coalesce((SELECT min(grade) FROM partnerships_statement WHERE partnership_id = partnership), '') AS evidence
    INTO wanted;
    UPDATE partnerships_partnership p
    SET status = wanted.status, kind = wanted.kind, status_date = wanted.status_date, evidence = wanted.evidence
    WHERE p.id = partnership
        AND (p.status, p.kind, p.status_date, p.evidence)
            IS DISTINCT FROM (wanted.status, wanted.kind, wanted.status_date, wanted.evidence);
END
$$;
"""

DROP = """
DROP FUNCTION partnerships_refresh(bigint);
DROP FUNCTION partnerships_kind_on(bigint, date);
DROP FUNCTION partnerships_status_on(bigint, date);
DROP FUNCTION partnerships_standing_on(bigint, date);
DROP SEQUENCE partnerships_number;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_sql_functions")]
    operations = [
        # The functions name tables of the next migration; their bodies are read when they run.
        migrations.RunSQL("SET LOCAL check_function_bodies = off;" + CREATE, DROP)
    ]
