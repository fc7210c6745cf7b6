"""A place that is a party does not cross the border of Ukraine: it would stand on the wrong side."""

from django.db import migrations

CREATE = """
CREATE FUNCTION partnerships_place_keeps_its_side() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM partnerships_party WHERE place_id = NEW.id) THEN
        RAISE EXCEPTION 'place % is a party, on the side of its country', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'place_keeps_its_side';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER place_keeps_its_side BEFORE UPDATE OF country_id ON places_place
FOR EACH ROW WHEN ((OLD.country_id = 'UA') <> (NEW.country_id = 'UA'))
EXECUTE FUNCTION partnerships_place_keeps_its_side();
"""

DROP = """
DROP TRIGGER place_keeps_its_side ON places_place;
DROP FUNCTION partnerships_place_keeps_its_side();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0005_derive_what_is_there"),
        ("places", "0003_twins"),
    ]
    operations = [migrations.RunSQL(CREATE, DROP)]
