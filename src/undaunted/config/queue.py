"""Who writes to the queue: whoever asks for a job through the application, and the worker.

The desk's role has SQL, and SQL alone could run any job in anybody's name, keep all others waiting
behind it, or call one done. The database therefore takes a job only with a code made of the whole
of it, and whatever else changes in the queue only from a connection that the worker opened.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from procrastinate import exceptions
from procrastinate.contrib.django.django_connector import DjangoConnector, wrap_exceptions
from procrastinate.contrib.django.utils import connector_params
from procrastinate.manager import JobManager
from procrastinate.psycopg_connector import PsycopgConnector

from undaunted.core.vault.rules import code_for_database, text_in_code

if TYPE_CHECKING:
    import psycopg
    from procrastinate import App
    from procrastinate.connector import BaseAsyncConnector
    from procrastinate.jobs import Job

__all__ = ["VouchedJobs", "WorkersConnector", "ready"]

_DEFER = "SELECT unnest(account_defer(%s, %s))"
_OPENED = "SELECT set_config('undaunted.queue', %s, false)"
_BACKEND = "SELECT pg_backend_pid()"
_OWN = "a job is left on the connection of whoever asks for it, with its code"


class WorkersConnector(DjangoConnector):
    """Django's connection for whoever asks; for the worker one of its own that tells who it is."""

    def get_worker_connector(self) -> BaseAsyncConnector:
        """Give connections that may take jobs up and end them."""
        return PsycopgConnector(kwargs=connector_params(self.alias), configure=_tell_who_it_is)


class VouchedJobs(JobManager):
    """Jobs are left on Django's connection, in the transaction of whoever asks, with a code.

    So it is in the worker too: a job that another one asks for comes with that one's changes, in
    the name of whoever it acts for, or not at all.
    """

    def batch_defer_jobs(self, jobs: list[Job], connection: Any | None = None) -> list[Job]:  # noqa: ANN401 - as the library says
        """Leave these jobs. Raises `AlreadyEnqueued`, and where a connection is named."""
        if connection is not None:
            raise exceptions.ConnectorException(_OWN)
        told = json.dumps([_facts(job) for job in jobs])
        code = _code("queue-defer", text_in_code(told))
        try:
            with wrap_exceptions(), connections["default"].cursor() as cursor:
                cursor.execute(_DEFER, [told, code])
                found = [number for (number,) in cursor.fetchall()]
        except exceptions.UniqueViolation as exc:
            self._raise_already_enqueued(exc=exc, queueing_lock=exc.queueing_lock)
        return [
            job.evolve(id=number, status="todo") for job, number in zip(jobs, found, strict=True)
        ]

    async def batch_defer_jobs_async(
        self,
        jobs: list[Job],
        connection: Any | None = None,  # noqa: ANN401 - as the library says
    ) -> list[Job]:
        """Leave these jobs as `batch_defer_jobs` does, and not on the worker's own connection."""
        return await sync_to_async(self.batch_defer_jobs)(jobs, connection)


def ready(app: App) -> None:
    """Let the queue of this process be written so; the settings name this function."""
    app.connector = WorkersConnector()
    app.job_manager = VouchedJobs(connector=app.connector)


def _facts(job: Job) -> dict[str, object]:
    return {
        "queue_name": job.queue,
        "task_name": job.task_name,
        "priority": job.priority,
        "lock": job.lock,
        "queueing_lock": job.queueing_lock,
        "args": job.task_kwargs,
        "scheduled_at": job.scheduled_at and job.scheduled_at.isoformat(),
    }


async def _tell_who_it_is(connection: psycopg.AsyncConnection[Any]) -> None:
    """Set the code of this one connection, as a parameter: no statement that is shown holds it."""
    (number,) = await (await connection.execute(_BACKEND)).fetchone() or (0,)
    await connection.execute(_OPENED, [_code("queue-worker", number).hex()])
    await connection.commit()


def _code(what: str, *facts: object) -> bytes:
    return code_for_database(settings.SESSION_BINDING_KEY, what, *facts)
