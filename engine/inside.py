"""Runs one framework command whose arguments come as a JSON list on standard input; started by sites.py with env/bin/python."""

import json
import sys

from frappe.utils import bench_helper

sys.argv = ["bench", "frappe", *json.load(sys.stdin)]
sys.stdin = open("/dev/null")
bench_helper.main()
