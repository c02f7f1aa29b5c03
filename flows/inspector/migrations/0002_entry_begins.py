from django.db import migrations, models


def fill(apps, schema_editor):
    """Until now, every InitiateAuth was taken for a beginning."""
    initiate = ["InitiateAuth", "AdminInitiateAuth"]
    apps.get_model("inspector", "Entry").objects.filter(operation__in=initiate).update(begins=True)


class Migration(migrations.Migration):

    dependencies = [
        ("inspector", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="begins",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="entry",
            name="operation",
        ),
    ]
