#!/bin/sh
# Backs up every site with its files, checks each dump, copies them away, and deletes old ones. Run nightly by kefu-backup.timer.
#   BENCH=/srv/kefu  KEEP_DAYS=14  BACKUP_TARGET=rsync target such as backup@store:/kefu/ (empty: no copy)
set -eu
BENCH=${BENCH:-/srv/kefu}
KEEP_DAYS=${KEEP_DAYS:-14}

cd "$BENCH/sites"
"$BENCH/env/bin/python" -m frappe.utils.bench_helper frappe --site all backup --with-files --compress

for site in */site_config.json; do
	folder="${site%/*}/private/backups"
	newest=$(ls -t "$folder"/*-database.sql.gz | head -n 1)
	# a dump that ends early is not a backup
	gzip -dc "$newest" | tail -n 1 | grep -q "Dump completed" || {
		echo "$newest is not complete" >&2
		exit 1
	}
	if [ -n "${BACKUP_TARGET:-}" ]; then
		rsync -a "$folder/" "$BACKUP_TARGET${site%/*}/"
	fi
	find "$folder" -type f -mtime "+$KEEP_DAYS" -delete
done
