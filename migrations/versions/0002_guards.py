"""guards: what no code may ever do to the record, and the rows that exist once

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$
    """)
    op.execute("""
        CREATE TRIGGER audit_records_are_append_only BEFORE UPDATE OR DELETE ON audit_records
        FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """)
    op.execute("""
        CREATE TRIGGER audit_records_are_never_emptied BEFORE TRUNCATE ON audit_records
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """)
    op.execute("""
        CREATE TRIGGER revisions_are_never_edited BEFORE UPDATE OR DELETE ON revisions
        FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """)
    op.execute("INSERT INTO knowledge_revision (id, number) VALUES (1, 0)")
    op.execute("""
        INSERT INTO sending_switch (id, is_on, reason, changed_at)
        VALUES (1, true, 'Sending is on from the start', now())
    """)


def downgrade() -> None:
    op.execute("DELETE FROM sending_switch")
    op.execute("DELETE FROM knowledge_revision")
    op.execute("DROP TRIGGER revisions_are_never_edited ON revisions")
    op.execute("DROP TRIGGER audit_records_are_never_emptied ON audit_records")
    op.execute("DROP TRIGGER audit_records_are_append_only ON audit_records")
    op.execute("DROP FUNCTION refuse_change()")
