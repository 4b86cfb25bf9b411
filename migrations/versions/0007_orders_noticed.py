"""orders noticed: what in a message looks like orders to the machine

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "triage_decisions",
        sa.Column("orders", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
    )
    op.alter_column("triage_decisions", "orders", server_default=None)


def downgrade() -> None:
    op.drop_column("triage_decisions", "orders")
