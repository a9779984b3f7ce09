#!/bin/sh
# Record every change of the source exactly once in audit.audit_trail, which is
# partitioned by month, with partitions for the next three.
# usage: SOURCE='-h db1' AUDIT='-h audit' audit-trail.sh STATE [cdc-tail's options]
set -eu
state=$1
shift

# unquoted: each holds several options
# shellcheck disable=SC2086
{
	echo 'CREATE DATABASE IF NOT EXISTS audit;'
	cdc-audit --ddl
	cdc-audit --partition-months 3
} | mariadb --no-defaults ${AUDIT--h audit}
# shellcheck disable=SC2086
cdc-tail ${SOURCE--h db1} --state "$state" --from earliest "$@" |
    cdc-audit |
    cdc-apply ${AUDIT--h audit} --name audit --state "$state" \
        --insert-mode insert
