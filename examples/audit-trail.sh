#!/bin/sh
# Every change of the source as a row of audit.audit_trail, once: partitioned
# by month, with room for the next three.
# usage: SOURCE='-h db1' AUDIT='-h audit' audit-trail.sh STATE [cdc-tail's options]
set -eu
state=$1
shift

# word by word: options of the servers
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
