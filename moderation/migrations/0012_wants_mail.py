from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0011_sketch_probes_at_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalprofile',
            name='wants_mail',
            field=models.BooleanField(default=True, verbose_name='wants mail'),
        ),
        migrations.AddField(
            model_name='profile',
            name='wants_mail',
            field=models.BooleanField(default=True, verbose_name='wants mail'),
        ),
    ]
