import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0003_dossiers'),
    ]

    operations = [
        migrations.CreateModel(
            name='InboundMail',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('raw', models.BinaryField()),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('received_at', models.DateTimeField(verbose_name='received')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='attempts')),
            ],
            options={
                'verbose_name': 'mail that arrived',
                'verbose_name_plural': 'mail that arrived',
                'ordering': ('received_at', 'id'),
            },
        ),
        migrations.AddField(
            model_name='receipt',
            name='mail_id',
            field=models.UUIDField(default=uuid.uuid4),
            preserve_default=False,
        ),
    ]
