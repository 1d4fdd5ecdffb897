#!/usr/bin/env python
"""Django's command line. Starts and migrates the embedded PostgreSQL when `DATABASE_URL` is unset."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")
    import django
    from django.core.management import execute_from_command_line

    from backoffice.postgres import CannotStart

    arguments = sys.argv[1:]
    try:
        if arguments and not arguments[0].startswith("-") and not {"-h", "--help"} & set(arguments):
            django.setup()
            from backoffice import schema

            if arguments[0] not in schema.NEEDS_NO_SCHEMA:
                schema.bring_up_to_date()
    except CannotStart as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
