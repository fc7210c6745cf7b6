"""Standing over time, facts on which sources differ, and the order of events, as SQL functions."""

from django.db import migrations

CREATE = """
-- A partnership's standing for every range of days on which something is known of it. Ranges begin where an event
-- may have happened or is certain to have, where an announcement was made, and where a source counts the relation
-- from; without any such day one range covers all days.
CREATE FUNCTION partnerships_standings(partnership bigint)
RETURNS TABLE (days daterange, status text, status_date text, kind text, possibly boolean)
LANGUAGE sql STABLE AS $$
    WITH events AS (
        SELECT m.* FROM partnerships_milestone m
        WHERE m.partnership_id = partnership AND (m.stage = 'happened' OR m.outcome <> 'cancelled')
    ), turns AS (
        SELECT date_earliest AS day FROM events WHERE stage = 'happened'
        UNION SELECT date_latest FROM events
            WHERE stage = 'happened' AND date_latest <= (now() AT TIME ZONE 'Europe/Kyiv')::date
        UNION SELECT core_edtf_earliest(announced_on) FROM events WHERE stage = 'announced'
        UNION SELECT core_edtf_latest(announced_on) FROM events WHERE stage = 'announced'
        UNION SELECT core_edtf_earliest(s.value) FROM partnerships_statement s
            WHERE s.partnership_id = partnership AND s.fact = 'since' AND core_edtf_is_valid(s.value)
    ), begun AS (
        SELECT day FROM turns WHERE day IS NOT NULL
        UNION
        SELECT '-infinity'::date WHERE NOT EXISTS (
            SELECT 1 FROM turns WHERE day IS NOT NULL
        )
    ), ranges AS (
        SELECT day, lead(day) OVER (ORDER BY day) AS next FROM begun
    )
    SELECT
        daterange(nullif(r.day, '-infinity'), r.next, '[)'),
        standing.status,
        coalesce(m.date, ''),
        partnerships_kind_on(partnership, r.day),
        CASE
            WHEN m.id IS NULL THEN r.day = '-infinity'
            WHEN m.stage = 'announced' THEN coalesce(core_edtf_latest(m.announced_on) > r.day, true)
            ELSE coalesce(m.date_latest > r.day, true)
        END
    FROM ranges r
    CROSS JOIN LATERAL partnerships_standing_on(partnership, r.day) AS standing
    LEFT JOIN partnerships_milestone m ON m.id = standing.milestone
$$;

-- Whether values of one fact cannot all be true: dates whose ranges share no day, different codes. A kind that a
-- milestone names held at its time and contradicts nothing.
CREATE FUNCTION partnerships_disagree(partnership bigint, fact text, said text[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN fact IN ('date', 'since') THEN EXISTS (
            SELECT 1 FROM unnest(said) AS one, unnest(said) AS other
            WHERE one < other AND core_edtf_is_valid(one) AND core_edtf_is_valid(other)
                AND NOT (
                    coalesce(core_edtf_earliest(one), '-infinity') <= coalesce(core_edtf_latest(other), 'infinity')
                    AND coalesce(core_edtf_earliest(other), '-infinity') <= coalesce(core_edtf_latest(one), 'infinity')
                )
        )
        WHEN fact = 'kind' THEN NOT said <@ coalesce((
            SELECT array_agg(m.kind::text) FROM partnerships_milestone m
            WHERE m.partnership_id = partnership AND m.stage = 'happened' AND m.kind <> ''
        ), '{}')
        ELSE fact = 'legal_kind'
    END
$$;

-- The facts of a partnership on which statements differ, with the values said. What concerns an agreement's signing
-- is said of the milestone.
CREATE FUNCTION partnerships_differing(partnership bigint)
RETURNS TABLE (milestone_id bigint, agreement_id bigint, fact text, said text[])
LANGUAGE sql STABLE AS $$
    SELECT grouped.* FROM (
        SELECT s.milestone_id, CASE WHEN s.milestone_id IS NULL THEN s.agreement_id END, s.fact::text,
            array_agg(DISTINCT s.value ORDER BY s.value)
        FROM partnerships_statement s
        WHERE s.partnership_id = partnership AND s.fact IN ('date', 'since', 'kind', 'legal_kind')
            AND s.value NOT IN ('', 'unknown')
        GROUP BY 1, 2, 3
        HAVING count(DISTINCT s.value) > 1
    ) AS grouped (milestone_id, agreement_id, fact, said)
    WHERE partnerships_disagree(partnership, grouped.fact, grouped.said)
$$;

CREATE FUNCTION partnerships_derive(partnership bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    -- Nothing to derive for a record that is being deleted.
    PERFORM 1 FROM partnerships_partnership WHERE id = partnership FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;

    DELETE FROM partnerships_standing WHERE partnership_id = partnership;
    INSERT INTO partnerships_standing (partnership_id, days, status, status_date, kind, possibly)
    SELECT partnership, s.days, s.status, s.status_date, s.kind, s.possibly FROM partnerships_standings(partnership) s;

    DELETE FROM partnerships_difference d
    WHERE d.partnership_id = partnership AND NOT EXISTS (
        SELECT 1 FROM partnerships_differing(partnership) n
        WHERE (n.milestone_id, n.agreement_id, n.fact)
            IS NOT DISTINCT FROM (d.milestone_id, d.agreement_id, d.fact::text)
    );
    INSERT INTO partnerships_difference
        (partnership_id, milestone_id, agreement_id, fact, values, decided, found_at)
    SELECT partnership, n.milestone_id, n.agreement_id, n.fact, n.said, EXISTS (
        SELECT 1 FROM partnerships_ruling r
        WHERE r.partnership_id = partnership AND r.values @> n.said
            AND (r.milestone_id, r.agreement_id, r.fact::text)
                IS NOT DISTINCT FROM (n.milestone_id, n.agreement_id, n.fact)
    ), now()
    FROM partnerships_differing(partnership) n
    ON CONFLICT (partnership_id, milestone_id, agreement_id, fact) DO UPDATE
    SET values = excluded.values, decided = excluded.decided
    WHERE (partnerships_difference.values, partnerships_difference.decided)
        IS DISTINCT FROM (excluded.values, excluded.decided);
END
$$;

-- Raises where a life runs backwards: an end before every signing, or an event that fulfils an announcement before it
-- was made. Steps that nobody recorded are no fault: a renewal or an upgrade tells of a beginning before it.
CREATE FUNCTION partnerships_check_order(partnership bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM partnerships_milestone m
        WHERE m.partnership_id = partnership AND m.stage = 'happened' AND m.type = 'end'
            AND m.date_latest < (
                SELECT min(b.date_earliest) FROM partnerships_milestone b
                WHERE b.partnership_id = partnership AND b.stage = 'happened'
                    AND b.type IN ('signing', 'upgrade', 'renewal')
                -- With a beginning of no known day, or one that tells of an earlier one, nothing is certain.
                HAVING bool_and(b.type = 'signing' AND b.date_earliest IS NOT NULL)
            )
    ) THEN
        RAISE EXCEPTION 'a relation does not end before its signing'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_ends_after_signing';
    END IF;
    IF EXISTS (
        SELECT 1 FROM partnerships_milestone m
        JOIN partnerships_milestone a ON a.id = m.fulfils_id
        WHERE m.partnership_id = partnership AND m.date_latest < core_edtf_earliest(a.announced_on)
    ) THEN
        RAISE EXCEPTION 'an announcement is not fulfilled before it is made'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_fulfilled_after_announcement';
    END IF;
END
$$;
"""

DROP = """
DROP FUNCTION partnerships_check_order(bigint);
DROP FUNCTION partnerships_derive(bigint);
DROP FUNCTION partnerships_differing(bigint);
DROP FUNCTION partnerships_disagree(bigint, text, text[]);
DROP FUNCTION partnerships_standings(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0002_initial")]
    operations = [
        # The functions name tables of the next migration; their bodies are read when they run.
        migrations.RunSQL("SET LOCAL check_function_bodies = off;" + CREATE, DROP)
    ]
