"""A job whose worker died is taken up again, and given up when it kills every worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management import call_command

if TYPE_CHECKING:
    from undaunted.config.postgres import Lease

ADD = """
    INSERT INTO procrastinate_jobs (task_name, queue_name, priority, status, args, attempts)
    VALUES (%s, 'default', 0, %s::procrastinate_job_status, '{"timestamp": 0}', %s) RETURNING id
"""


def test_stalled_jobs_are_retried_and_given_up_after_three_deaths(
    ledger: Lease, owner_sql: Any
) -> None:
    task = "consent.tell_what_ran_out"
    ((again,),) = owner_sql(ADD, [task, "doing", 0])
    ((given_up,),) = owner_sql(ADD, [task, "doing", 2])
    owner_sql(ADD, ["jobs.retry_stalled", "todo", 0])
    call_command("procrastinate", "worker", "--one-shot")
    call_command("procrastinate", "worker", "--one-shot")
    found = dict(owner_sql("SELECT id, status::text FROM procrastinate_jobs"))
    assert found[given_up] == "failed"
    assert found[again] == "succeeded"
