#!/bin/sh
# Create a replica: create its tables, copy the existing rows, then apply every
# later change until stopped.  A second run resumes where the first one was.
# usage: SOURCE='-h db1' REPLICA='-h replica' snapshot-then-stream.sh STATE TABLES
set -eu
state=$1
tables=$2

# unquoted: each holds several options
# shellcheck disable=SC2086
cdc-snapshot ${SOURCE--h db1} -t "$tables" --time string \
    --mode when_needed --state "$state" |
    cdc-apply ${REPLICA--h replica} --name copy --state "$state" \
        --schema-evolution add
