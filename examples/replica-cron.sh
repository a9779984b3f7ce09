#!/bin/sh
# Keep a replica from cron, every minute: the first run creates the tables and
# copies their rows, and each later run applies what is new at the source.  An
# interrupted run, even one inside the copy, is resumed by the next one.
#
#   * * * * *  SOURCE='-h db1' REPLICA='-h replica' replica-cron.sh /var/lib/replica 'shop\..*'
#
# Runs do not overlap.  Nothing is printed while all is well, or while a server
# is unreachable for less than an hour: the next run retries.  What needs your
# attention is printed at once, so that cron mails it, and again every hour: a
# permanent error, a job that has never worked or has not worked for an hour, a
# run that does not end.
# usage: SOURCE='-h db1' REPLICA='-h replica' replica-cron.sh DIR TABLES
#   DIR     holds the position and the messages of the last run
#   TABLES  a regular expression: 'shop\..*'
# Accounts: cdc-check --print-grants USER --job snapshot at the source; --job
# apply at the replica, which includes what --schema-evolution add needs.
# Exit status: 0 done, or the next run retries; 64 usage; otherwise that of the
# program that failed (cdc(7)).
set -u
patience=60     # minutes
if [ $# -ne 2 ]; then
	echo "usage: replica-cron.sh DIR TABLES" >&2
	exit 64
fi
dir=$1
tables=$2

# Does FILE exist, and is it younger than our patience?
fresh() {
	[ -n "$(find "$dir" -name "$1" -mmin -$patience)" ]
}

# Print a message for cron to mail, but not the same one every minute.
# usage: tell STATUS WORDS [LOG]…
tell() {
	status=$1
	if ! fresh told || [ "$(cat "$dir/told")" != "$status" ]; then
		echo "replica-cron: $dir: $2" >&2
		shift 2
		[ $# -eq 0 ] || cat "$@" >&2
		echo "$status" >"$dir/told"
	fi
	exit "$status"
}

exec 9>"$dir/lock" || exit 74
if ! flock -n 9; then
	fresh begun || tell 75 "the run of $(cat "$dir/begun") has not ended"
	exit 0
fi
date -u +%FT%TZ >"$dir/begun"

# The row at the replica is authoritative: a run that was killed may not have
# written the file.
# unquoted: it holds several options
# shellcheck disable=SC2086
if cdc-apply -q ${REPLICA--h replica} --name resync --show-state \
    >"$dir/position.new" 2>"$dir/replica.log"; then
	mv "$dir/position.new" "$dir/position"
else
	rm -f "$dir/position.new"
fi

# Changes of columns are followed.  Tables are created only for the first copy:
# one that is missing later is new, or was dropped, and needs a copy by hand.
missing=follow
[ ! -e "$dir/last-success" ] || missing=stop

# POSIX sh has neither pipefail nor PIPESTATUS: the first program leaves its
# status in a file.  Once the copy is complete, cdc-snapshot becomes cdc-tail.
# unquoted: each holds several options
# shellcheck disable=SC2086
{
	cdc-snapshot -q ${SOURCE--h db1} -t "$tables" --mode initial \
	    --time string --state "$dir/position" --until now --retries 3 \
	    2>"$dir/source.log"
	echo $? >"$dir/source.status"
} | cdc-apply -q ${REPLICA--h replica} --name resync --retries 3 \
    --schema-evolution add --evolve create.table=$missing \
    --state "$dir/position" 2>"$dir/replica.log"
replica=$?
source=$(cat "$dir/source.status")
set -- "$dir/source.log" "$dir/replica.log"

# A temporary error must not hide a permanent one: cdc-apply exits with 75 if
# the stream ended early, and the source knows why; the source dies of SIGPIPE
# (141) or cannot write (74) if cdc-apply stopped.
[ "$replica" = 0 ] || [ "$source" != 74 ] || source=141
case $source in
0 | 69 | 75 | 141) ;;
*) tell "$source" "reading the source failed: status $source" "$@" ;;
esac
case $replica in
0 | 69 | 75) ;;
*) tell "$replica" "writing to the replica failed: status $replica" "$@" ;;
esac
if [ "$source" = 0 ] && [ "$replica" = 0 ]; then
	date -u +%FT%TZ >"$dir/last-success"
	rm -f "$dir/told"
	exit 0
fi
[ "$source" != 0 ] && [ "$source" != 141 ] || source=$replica
[ -e "$dir/last-success" ] ||
    tell "$source" "it has never worked" "$@"
fresh last-success ||
    tell "$source" "it has not worked since $(cat "$dir/last-success")" "$@"
exit 0
