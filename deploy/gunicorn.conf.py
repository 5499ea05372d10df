"""The web server of one production host."""

import multiprocessing

wsgi_app = "frappe.app:application"
chdir = "/srv/kefu/sites"
# reachable by the gateway only: the gateway names the site and the client's address in headers
bind = "0.0.0.0:8000"
workers = 2 * multiprocessing.cpu_count() + 1
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 120
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 1000
worker_tmp_dir = "/dev/shm"
# only the gateway may say that the client came by TLS
forwarded_allow_ips = "10.0.0.10"
