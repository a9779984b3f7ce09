#!/bin/sh
# From cron, every minute: what is new at the source comes to the replica.
# Runs do not overlap, and nothing is said while all is well, or while a server
# is away for less than an hour: the next run tries again.  What needs a person
# is said at once and then every hour: an error that does not pass, a job that
# has never worked, one that has not worked for an hour, a run that does not
# end.
# usage: SOURCE='-h db1' REPLICA='-h replica' cron-resync.sh DIR TABLES
#   DIR     keeps the position and the words of the last run
#   TABLES  a regular expression: 'shop\..*'
# Exit status: 0 done, or to be tried again; 64 usage; else what went wrong,
# as cdc-tail or cdc-apply says it (cdc(7)).
set -u
patience=60     # minutes
if [ $# -ne 2 ]; then
	echo "usage: cron-resync.sh DIR TABLES" >&2
	exit 64
fi
dir=$1
tables=$2

# Is FILE there, and younger than our patience?
fresh() {
	[ -n "$(find "$dir" -name "$1" -mmin -$patience)" ]
}

# To whoever reads cron's mail, but not the same every minute.
# usage: tell STATUS WORDS [LOG]…
tell() {
	status=$1
	if ! fresh told || [ "$(cat "$dir/told")" != "$status" ]; then
		echo "cron-resync: $dir: $2" >&2
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

# dash has no pipefail: each end leaves its own status.
# word by word: options of the servers
# shellcheck disable=SC2086
{
	cdc-tail -q ${SOURCE--h db1} -t "$tables" --time string \
	    --state "$dir/position" --from earliest --until now --retries 3 \
	    2>"$dir/tail.log"
	echo $? >"$dir/tail.status"
} | cdc-apply -q ${REPLICA--h replica} --name "resync" --retries 3 \
    --state "$dir/position" 2>"$dir/apply.log"
apply=$?
tail=$(cat "$dir/tail.status")
set -- "$dir/tail.log" "$dir/apply.log"

# What passes by itself must not hide what does not: cdc-apply says 75 where
# cdc-tail ended early, and that says why; cdc-tail dies of SIGPIPE (141) where
# cdc-apply stopped.
case $tail in
0 | 69 | 75 | 141) ;;
*) tell "$tail" "cdc-tail: $tail" "$@" ;;
esac
case $apply in
0 | 69 | 75) ;;
*) tell "$apply" "cdc-apply: $apply" "$@" ;;
esac
if [ "$tail" = 0 ] && [ "$apply" = 0 ]; then
	date -u +%FT%TZ >"$dir/last-success"
	rm -f "$dir/told"
	exit 0
fi
[ "$tail" != 0 ] && [ "$tail" != 141 ] || tail=$apply
[ -e "$dir/last-success" ] ||
    tell "$tail" "it has never worked" "$@"
fresh last-success ||
    tell "$tail" "it has not worked since $(cat "$dir/last-success")" "$@"
exit 0
