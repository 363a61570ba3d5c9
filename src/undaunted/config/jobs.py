"""Looking after the queue itself: a job whose worker died is taken up again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from procrastinate.contrib.django import app
from procrastinate.jobs import Status

if TYPE_CHECKING:
    from procrastinate.job_context import JobContext

__all__ = ["retry_stalled"]

MOST_ATTEMPTS = 3
"""A job that kills its worker so often is given up: every job of ours can be asked for again."""
_LOG = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="jobs.retry_stalled", queueing_lock="jobs.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - told its tick
    """Put jobs back that were being done when their worker died.

    Safe because jobs are written to change nothing the second time.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.id == context.job.id:
            continue
        if job.attempts + 1 >= MOST_ATTEMPTS:
            _LOG.error("Job %s (%s) is given up: its worker died each time", job.id, job.task_name)
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await manager.retry_job(job)
