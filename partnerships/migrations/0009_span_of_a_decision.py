"""A decided row knows what its decision wrote, so that it can be taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0008_listing"),
    ]

    operations = [
        migrations.AddField(
            model_name="sourcerow",
            name="span",
            field=models.JSONField(editable=False, null=True),
        ),
    ]
