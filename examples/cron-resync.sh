#!/bin/sh
# From cron, every minute: what is new at the source comes to the replica.
# Runs do not overlap, and nothing is said unless it needs a person: a server
# that is away for a while is tried again by the next run.
# usage: SOURCE='-h db1' REPLICA='-h replica' cron-resync.sh DIR TABLES
#   DIR     keeps the position and the words of the last run
#   TABLES  a regular expression: 'shop\..*'
set -u
dir=$1
tables=$2

exec 9>"$dir/lock"
flock -n 9 || exit 0

# word by word: options of the servers
# shellcheck disable=SC2086
cdc-tail -q ${SOURCE--h db1} -t "$tables" --time string \
    --state "$dir/position" --from earliest --until now 2>"$dir/tail.log" |
    cdc-apply -q ${REPLICA--h replica} --name "resync" \
        --state "$dir/position" 2>"$dir/apply.log"
status=$?

case $status in
0) date -u +%FT%TZ >"$dir/last-success" ;;
69 | 75)        # try again; but not for hours
	find "$dir" -name last-success -mmin +60 | grep -q . || exit 0 ;;
esac
[ $status -eq 0 ] || cat "$dir/tail.log" "$dir/apply.log" >&2
exit $status
