"""The ground on which a draft moves a customer to another channel; a first reply beside the answer."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LIVE = sa.text("origin = 'live' AND status IN ('proposed', 'approved')")


def upgrade() -> None:
    op.add_column(
        "drafts",
        sa.Column(
            "switch_ground",
            sa.Enum(
                "too_much_information", "personal_data", name="switchground", native_enum=False, length=40
            ),
            nullable=True,
        ),
    )
    op.drop_index("uq_drafts_live_per_message", table_name="drafts")
    op.create_index(
        "uq_drafts_live_per_message",
        "drafts",
        ["message_id", "purpose"],
        unique=True,
        postgresql_where=LIVE,
    )
    op.create_index(
        "ix_messages_public_replies",
        "messages",
        ["account_id", "sent_at"],
        unique=False,
        postgresql_where=sa.text("direction = 'outbound' AND visibility = 'public'"),
    )


def downgrade() -> None:
    op.drop_index("ix_messages_public_replies", table_name="messages")
    op.drop_index("uq_drafts_live_per_message", table_name="drafts")
    op.create_index(
        "uq_drafts_live_per_message", "drafts", ["message_id"], unique=True, postgresql_where=LIVE
    )
    op.drop_column("drafts", "switch_ground")
