#!/bin/sh
# A replica from nothing: its tables are made, the rows that are there are
# copied, and every change since follows, until it is stopped.  A second run
# goes on where the first was.
# usage: SOURCE='-h db1' REPLICA='-h replica' snapshot-then-stream.sh STATE TABLES
set -eu
state=$1
tables=$2

# word by word: options of the servers
# shellcheck disable=SC2086
cdc-snapshot ${SOURCE--h db1} -t "$tables" --time string \
    --mode when_needed --state "$state" |
    cdc-apply ${REPLICA--h replica} --name copy --state "$state" \
        --schema-evolution add
