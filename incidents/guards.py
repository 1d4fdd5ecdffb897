"""What the database itself keeps of dossiers, beyond what a CHECK can say. Run after every migrate.

Numbers that are never given twice; and no offender without a founded outcome, from either side (R45).
"""

from typing import Any

from django.db import connection, transaction

NUMBERS = "incidents_dossier_numbers"

_OFFENDERS = """
CREATE OR REPLACE FUNCTION incidents_refuse_offender() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.role = 'offender' AND NOT EXISTS (
        SELECT FROM incidents_dossier WHERE id = NEW.dossier_id AND outcome = 'founded'
    ) THEN
        RAISE EXCEPTION 'an offender needs a founded outcome' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER offender_needs_founded
    BEFORE INSERT OR UPDATE OF role, dossier_id ON incidents_party
    FOR EACH ROW EXECUTE FUNCTION incidents_refuse_offender();

CREATE OR REPLACE FUNCTION incidents_keep_founded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.outcome = 'founded' AND NEW.outcome <> 'founded' AND EXISTS (
        SELECT FROM incidents_party WHERE dossier_id = NEW.id AND role = 'offender'
    ) THEN
        RAISE EXCEPTION 'an offender needs a founded outcome' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER founded_while_offender BEFORE UPDATE OF outcome ON incidents_dossier
    FOR EACH ROW EXECUTE FUNCTION incidents_keep_founded();
"""


def install(**_kwargs: Any) -> None:
    """Create the sequence, and the triggers once their tables exist. Safe to run again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE SEQUENCE IF NOT EXISTS {NUMBERS}")
        tables = set(connection.introspection.table_names(cursor))
        if {"incidents_dossier", "incidents_party"} <= tables:
            cursor.execute(_OFFENDERS)
