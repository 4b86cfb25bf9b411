"""What others rely on: every job has a workflow, every setting is documented."""

import app.workflows as workflows
from app.core.jobs import QUEUE_OF
from app.core.settings import CHECKOUT, Settings


def test_every_job_that_can_be_queued_has_a_workflow_of_that_name() -> None:
    for job in QUEUE_OF:
        assert callable(getattr(workflows, job))


def test_every_setting_is_documented_for_operators_with_its_default() -> None:
    page = (CHECKOUT / "docs" / "operator.md").read_text(encoding="utf-8")

    missing = [name for name in Settings.model_fields if f"| `SAYSO_{name.upper()}` |" not in page]

    assert missing == []
