"""match judgements: what people said about matches, and what the machine had offered them

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "triage_decisions",
        sa.Column("candidates", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
    )
    op.alter_column("triage_decisions", "candidates", server_default=None)
    op.add_column("triage_decisions", sa.Column("threshold", sa.Float(), nullable=True))
    _make_judgements()
    _guard_judgements()


def _make_judgements() -> None:
    op.create_table(
        "match_judgements",
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("confirmed", "corrected", "none_fits", name="verdict", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("entry_id", sa.String(), nullable=True),
        sa.Column("machine_entry_id", sa.String(), nullable=True),
        sa.Column("machine_score", sa.Float(), nullable=True),
        sa.Column("machine_answered", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(verdict = 'none_fits') = (entry_id IS NULL)",
            name=op.f("ck_match_judgements_none_names_no_entry"),
        ),
        sa.CheckConstraint(
            "(machine_entry_id IS NULL) = (machine_score IS NULL)",
            name=op.f("ck_match_judgements_scores_name_an_entry"),
        ),
        sa.CheckConstraint(
            "machine_answered = false OR machine_entry_id IS NOT NULL",
            name=op.f("ck_match_judgements_answers_name_an_entry"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)",
            name=op.f("ck_match_judgements_withdrawn_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_match_judgements_entry_id_entries")
        ),
        sa.ForeignKeyConstraint(
            ["machine_entry_id"], ["entries.id"], name=op.f("fk_match_judgements_machine_entry_id_entries")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_match_judgements_message_id_messages")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_match_judgements_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["people.id"], name=op.f("fk_match_judgements_withdrawn_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_judgements")),
    )
    op.create_index(
        "uq_match_judgements_standing",
        "match_judgements",
        ["message_id", "text_hash"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index(
        "ix_match_judgements_standing_entry",
        "match_judgements",
        ["entry_id"],
        unique=False,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def _guard_judgements() -> None:
    """A row is changed once, by its withdrawal and in nothing else, and never deleted."""
    op.execute("""
        CREATE FUNCTION allow_withdrawal_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
               OR to_jsonb(OLD) - ARRAY['withdrawn_at', 'withdrawn_by_id']
                  <> to_jsonb(NEW) - ARRAY['withdrawn_at', 'withdrawn_by_id'] THEN
                RAISE EXCEPTION '% is append-only but for a withdrawal', TG_TABLE_NAME
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER match_judgements_are_only_withdrawn BEFORE UPDATE ON match_judgements
        FOR EACH ROW EXECUTE FUNCTION allow_withdrawal_only()
    """)
    op.execute("""
        CREATE TRIGGER match_judgements_are_never_deleted BEFORE DELETE ON match_judgements
        FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """)
    op.execute("""
        CREATE TRIGGER match_judgements_are_never_emptied BEFORE TRUNCATE ON match_judgements
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """)


def downgrade() -> None:
    op.drop_table("match_judgements")
    op.execute("DROP FUNCTION allow_withdrawal_only()")
    op.drop_column("triage_decisions", "threshold")
    op.drop_column("triage_decisions", "candidates")
