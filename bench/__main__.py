"""`python -m bench`: every benchmark, one table at the end."""

import argparse
import os


def main() -> None:
    """Measure what was asked for and print the table. Ends by itself within ten minutes."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller and fewer rounds: a rough idea")
    parser.add_argument("--only", choices=["decide", "intake", "next"], help="one benchmark alone")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")
    import django

    django.setup()
    from bench import deciding, intake, next_item
    from bench.measuring import table

    benchmarks = {"decide": deciding.measure, "intake": intake.measure, "next": next_item.measure}
    chosen = [given.only] if given.only else list(benchmarks)
    lines = [line for name in chosen for line in benchmarks[name](quick=given.quick)]
    print(table(lines))


if __name__ == "__main__":
    main()
