"""model budgets: whose a model call is, what it counts for, and what was spent on each day

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_spending",
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum("all", "account", "sender", name="spendingscope", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("scope_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tokens", sa.BigInteger(), nullable=False),
        sa.Column("cost_micros", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("spent_on", "scope", "scope_id", name=op.f("pk_model_spending")),
    )
    op.add_column("model_calls", sa.Column("account_id", sa.BigInteger(), nullable=True))
    op.add_column("model_calls", sa.Column("handle_id", sa.BigInteger(), nullable=True))
    op.add_column("model_calls", sa.Column("reserved_until", sa.DateTime(timezone=True), nullable=True))
    _add_filled("is_estimated", sa.Boolean(), "false")
    _add_filled("tokens", sa.BigInteger(), "coalesce(input_tokens, 0) + coalesce(output_tokens, 0)")
    _add_filled("cost_micros", sa.BigInteger(), "0")
    _add_filled("spent_on", sa.Date(), "(called_at AT TIME ZONE 'UTC')::date")
    op.create_index(
        "ix_model_calls_reserved",
        "model_calls",
        ["reserved_until"],
        unique=False,
        postgresql_where=sa.text("reserved_until IS NOT NULL"),
    )


def _add_filled(name: str, kind: sa.types.TypeEngine[object], expression: str) -> None:
    op.add_column("model_calls", sa.Column(name, kind, nullable=True))
    op.execute(f"UPDATE model_calls SET {name} = {expression}")  # noqa: S608 -- our own words
    op.alter_column("model_calls", name, nullable=False)


def downgrade() -> None:
    op.drop_index("ix_model_calls_reserved", table_name="model_calls")
    for name in (
        "spent_on",
        "cost_micros",
        "tokens",
        "is_estimated",
        "reserved_until",
        "handle_id",
        "account_id",
    ):
        op.drop_column("model_calls", name)
    op.drop_table("model_spending")
