"""Short jobs (sign-in codes) do not wait behind a long one: the served site has a worker for them alone."""

import time

from frappe.utils.background_jobs import get_redis_conn
from rq import Worker


def test_a_worker_serves_the_short_queue_alone(site):
	queues: list[set[str]] = []
	for _wait in range(50):  # a worker announces itself a moment after its process has begun
		workers = Worker.all(connection=get_redis_conn())
		queues = [{name.rpartition(":")[2] for name in worker.queue_names()} for worker in workers]
		if {"short"} in queues and {"short", "default", "long"} in queues:
			return
		time.sleep(0.2)
	raise AssertionError(queues)
