from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0010_ties_and_tips'),
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
