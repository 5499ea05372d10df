"""The instance's web server."""

wsgi_app = "frappe.app:application"
chdir = "@SITES@"
bind = "127.0.0.1:@BACKEND_PORT@"
workers = int("@WORKERS@")
worker_class = "gthread"
threads = 4
# the framework is imported once and its memory shared; it opens connections only inside requests
preload_app = True
timeout = 120
graceful_timeout = 30
# a worker is replaced now and then, not all at once: memory that a library does not return comes back
max_requests = 5000
max_requests_jitter = 1000
worker_tmp_dir = "/dev/shm"
forwarded_allow_ips = "127.0.0.1"
