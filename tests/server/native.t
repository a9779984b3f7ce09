#!/bin/sh
# What a MariaDB replica makes of a log, cdc-tail | cdc-apply makes of it, too:
# each script of tests/native runs on a source; a replica and a target follow,
# and all that can be seen of their tables is compared.
#
# To add a script: tests/native/NAME.sql.  It runs in an empty database test; it
# may make others.  Its head is comments: what it shows, and some of
#
#   -- since: 11.8          not on servers before
#   -- except: 11.4         not on that one; the comment says why
#   -- servers: --OPTION …  of all three servers; each set of options starts
#                           three more, so use those that are there
#   -- globals: NAME=VALUE, …      of the source, while the script runs
#   -- errors: 1051 1146    statements of it fail so: these, in this order
#   -- tail: --OPTION …     of cdc-tail
#   -- apply: --OPTION …    of cdc-apply
#   -- tables: REGEX        compare only these db.table
#   -- history: own         rows that are no longer current, and when they were,
#                           are not compared
#   -- modes: live files copy add  (live files) how the target is made
#   -- refused: STATUS REGEX       one of the tools stops with STATUS and says
#                           REGEX; the comment says why that is right
#   -- replica: ERROR       a replica of some releases stops with this error; the
#                           tools then do, too
#
# live: from the server, with --schema-evolution apply-ddl; files: the same from
# its logs; copy: cdc-snapshot of the source into tables that are made by
# SHOW CREATE TABLE, in an order of its own; add: from the server, with
# --schema-evolution add, where the rows alone must be the same, column by column.
#
# A script that is not right yet is in $open: its checks are TODO, and that all
# of them pass is a failure, so that it is taken out.
#
# usage: sh tests/server/native.t [NAME…]; NATIVE_VERSIONS="11.8"; KEEP=1: what
# the tools wrote stays in /tmp/native; LOOK=SQL: what that says on all three
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/trio.sh"

open='
'
own=$src/tests/server/native
versions=${NATIVE_VERSIONS:-$mariadb_versions}

cleanup() {
	servers_stop
	[ -z "${KEEP-}" ] || cp -r "$T" "${TMPDIR:-/tmp}/native"
}

# The script's head, each line a variable; the first of a name counts.
keys='since except servers globals errors tail apply tables history modes refused replica'
read_head() {
	for key in $keys; do
		eval "head_$key="
	done
	while IFS= read -r line; do
		case $line in
		'-- '*) read_head_line "${line#-- }" ;;
		--*) ;;
		*) break ;;
		esac
	done <"$script"
}

read_head_line() {
	key=${1%%:*}
	case $1 in *:*) ;; *) return ;; esac
	case " $keys " in *" $key "*) ;; *) return ;; esac
	value=${1#"$key":}
	value=${value#"${value%%[! ]*}"}
	eval "head_$key=\${head_$key:-\$value}"
}

# usage: head_of KEY DEFAULT
head_of() {
	eval "h=\$head_$1"
	printf '%s\n' "${h:-$2}"
}

# usage: slave_status FIELD
slave_status() {
	on "$T/replica" -e 'SHOW SLAVE STATUS\G' | sed -n "s/^ *$1: //p"
}

# Until the replica is where the source is, or stops; then it goes on behind
# what it did not take.  $stopped: the error, or 0.
replica_wait() {
	stopped=0
	for _ in $(seq $patience); do
		r=$(on "$T/replica" -N -e "SELECT MASTER_GTID_WAIT('$1', 1)")
		[ "$r" != 0 ] || return 0
		r=$(slave_status Last_SQL_Error)
		[ -z "$r" ] || break
	done
	stopped=$(slave_status Last_SQL_Errno)
	on "$T/replica" -e "STOP SLAVE; SET GLOBAL gtid_slave_pos='$1';
	    START SLAVE"
	echo "# the replica stops: $r"
	return 1
}

# usage: rows SERVER FILE [THEN]   of all tables, columns and rows in an order
# of ours; then a file of SQL
rows() {
	ask "$1" "$2" "$own-rows.sql" "${3-}"
}

# usage: facts SERVER FILE [THEN]
facts() {
	ask "$1" "$2" "$own-facts.sql" "${3-}"
}

# usage: ask SERVER FILE SQL THEN
ask() {
	{
		printf "SET @only='%s', @history='%s';\n" "$only" \
		    "$(head_of history all)"
		cat "$3" ${4:+"$4"}
	} | on "$1" -N -r --force mysql >"$2" 2>&1
}

# usage: judge STATUS NAME   a check, which may be open
judge() {
	case "$open" in
	*"
$name
"*)
		count=$((count + 1))
		if [ "$1" -eq 0 ]; then
			echo "ok $count - $2"
			return 0
		fi
		still_open="$still_open $name "
		echo "not ok $count - $2 # TODO not right yet"
		return 1 ;;
	esac
	result "$1" "$2"
}

# The tools' end, as the script's head has it.
ended_well() {
	want=$(head_of refused '')
	[ "$stopped" = 0 ] || [ "$stopped" != "$(head_of replica '')" ] ||
	    want="65 \($stopped\)"
	if [ -z "$want" ]; then
		[ "$tail_status$apply_status" = 00 ]
		return
	fi
	case " $tail_status $apply_status " in
	*" ${want%% *} "*) grep -Eq -- "${want#* }" "$T/$name.err" ;;
	*) false ;;
	esac
}

# usage: compare MODE   is the target what the replica is, or the source, where
# there is none?
compare() {
	problem=
	emptied=
	ended_well || problem="exit $tail_status, $apply_status"
	if [ -z "$problem" ] && [ -z "$want" ]; then
		$seen "$T/target" "$T/$name.target" "$empties"
		emptied=$empties
		diff "$measure" "$T/$name.target" >"$T/$name.diff" ||
		    problem=differs
	fi
	[ -z "${LOOK-}" ] || for s in source replica target; do
		echo "# $s: $(on "$T/$s" -N -e "$LOOK" 2>&1 | paste -sd '|')"
	done
	[ -n "$emptied" ] || reset target
	[ -z "$problem" ]
	judge $? "$version: $name, $1" && return
	echo "# $problem"
	sed 's/^/# stderr: /' "$T/$name.err" | head -n 5 | cut -c1-300
	[ "$problem" != differs ] ||
	    sed 's/^/# /' "$T/$name.diff" | cut -c1-300 | head -n 12
}

apply_records() {
	tail_status=$?
	cdc-apply -q -u root -S "$T/target/sock" --schema-evolution "$1" \
	    --at-least-once $(head_of apply '') <"$T/$name.records" \
	    2>>"$T/$name.err" >"$T/out"
	apply_status=$?
}

# usage: tail_records EVOLUTION [option]…
tail_records() {
	evolution=$1
	shift
	set -f
	cdc-tail -q --control --time string --other-domains earliest \
	    $(head_of tail '') "$@" >"$T/$name.records" 2>"$T/$name.err"
	apply_records "$evolution"
	set +f
}

through_live() {
	tail_records apply-ddl --schema-changes -u root -S "$T/source/sock" \
	    --from "${before:-earliest}" --until "$after"
}

through_files() {
	tail_records apply-ddl --schema-changes $logs
}

# By what a pipeline gets that does not ask for more.
through_add() {
	tail_records add -u root -S "$T/source/sock" \
	    --from "${before:-earliest}" --until "$after"
}

through_copy() {
	mariadb-dump --no-defaults -u root --socket="$T/source/sock" --no-data \
	    --databases $(on "$T/source" -N -e 'SHOW DATABASES' | grep -Evx \
	    'information_schema|mysql|performance_schema|sys') |
	    on "$T/target"
	cdc-snapshot -q -u root -S "$T/source/sock" --time string \
	    $(head_of tail '') >"$T/$name.records" 2>"$T/$name.err"
	apply_records none
}

# usage: globals_are VALUES   "a=b, c=d", of the source
globals_are() {
	[ -z "$1" ] || on "$T/source" -e "SET GLOBAL $(echo "$1" |
	    sed 's/, */, GLOBAL /g')"
}

# What they are now, as globals_are takes it.
globals_now() {
	[ -z "$1" ] || on "$T/source" -N -e "SELECT CONCAT_WS(', ', $(echo "$1" |
	    sed "s/ *\([a-z0-9_]*\)=[^,]*/CONCAT('\1=', QUOTE(@@global.\1))/g"))"
}

run_script() {
	globals=$(head_of globals '')
	was=$(globals_now "$globals")
	globals_are "$globals"
	on "$T/source" -N --force test <"$script" >"$T/out" 2>"$T/$name.sql"
	globals_are "$was"
	errors=$(sed -n 's/^ERROR \([0-9]*\).*/\1/p' "$T/$name.sql" |
	    paste -sd ' ')
	[ "$errors" = "$(head_of errors '')" ] || {
		result 1 "$version: $name, its statements"
		grep -a '^ERROR' "$T/$name.sql" | sed 's/^/# /'
	}
}

reset() {
	for s in "$@"; do
		on "$T/$s" mysql <"$own-reset.sql" ||
		    result 1 "$version: $name: $s is empty"
	done
}

# A script that one of them did not survive is judged; others need all three.
servers_live() {
	for s in source replica target; do
		on "$T/$s" -e 'DO 1' 2>/dev/null || return 1
	done
}

# Where the source stands, in a log of its own: $before, $first.
begin_script() {
	only=$(head_of tables . | sed 's/\\/&&/g')
	{
		cat "$own-reset.sql"
		printf '%s\n' 'DELIMITER ;' 'SELECT @@gtid_binlog_pos;' \
		    'FLUSH BINARY LOGS; SHOW MASTER STATUS;'
	} | on "$T/source" -N mysql >"$T/begin" ||
	    result 1 "$version: $name: source is empty"
	before=$(sed -n 1p "$T/begin")
	first=$(sed -n 2p "$T/begin" | cut -f1)
}

# … and after the script: $after, $logs from the first to the newest but one,
# which is being written.
end_script() {
	on "$T/source" -N -e 'SELECT @@gtid_binlog_pos; FLUSH BINARY LOGS;
	    SHOW BINARY LOGS' >"$T/end"
	after=$(head -n 1 "$T/end")
	logs=$(sed 1d "$T/end" | cut -f1 |
	    sed -n "/^$first\$/,\$p" | sed -e '$d' -e "s|^|$T/source/|")
}

one_script() {
	begin_script
	run_script
	end_script
	facts "$T/source" "$T/$name.source"
	measure=$T/$name.source
	case "$(head_of modes '')" in
	*add*) rows "$T/source" "$T/$name.rows" ;;
	esac
	if replica_wait "$after"; then
		facts "$T/replica" "$T/$name.replica"
		[ ! -e "$T/$name.rows" ] || rows "$T/replica" "$T/$name.rows"
		measure=$T/$name.replica
		cmp -s "$measure" "$T/$name.source" ||
		    echo "# $name: the replica is not what the source is"
	fi
	for mode in $(head_of modes 'live files'); do
		seen=facts
		[ "$mode" != copy ] || measure=$T/$name.source
		if [ "$mode" = add ]; then
			seen=rows
			measure=$T/$name.rows
		fi
		through_"$mode"
		compare "$mode"
	done
	reset replica
}

# usage: is_for VERSION   is the script?
is_for() {
	[ "$(printf '%s\n' "$1" "$(head_of since 10)" | sort -V |
	    head -n 1)" != "$1" ] || [ "$(head_of since 10)" = "$1" ]
}

# Those that were named, else all: by the servers that they need.
scripts_of() {
	for script in ${named:-"$src"/tests/native/*.sql}; do
		[ -e "$script" ] || script=$src/tests/native/$script.sql
		read_head
		printf '%s\t%s\n' "$(head_of servers '')" "$script"
	done | sort
}

all_scripts() {
	running=none
	while IFS= read -r line; do
		script=${line#*	}
		options=${line%%	*}
		name=$(basename "$script" .sql)
		read_head
		if ! is_for "$version"; then
			echo "# $version: $name is for $(head_of since '') on"
			continue
		fi
		case " $(head_of except '') " in *" $version "*)
			echo "# $version: not $name"
			continue ;;
		esac
		if [ "$options" != "$running" ] || ! servers_live; then
			servers_start "$version" "$options" || return
			reset replica target
			running=$options
		fi
		one_script </dev/null
	done <"$T/scripts"
	servers_stop
}

# What empties the target in the call that has looked at it.
empties=$own-reset.sql
[ -z "${LOOK-}" ] || empties=

named=$*
still_open=
scripts_of >"$T/scripts"
for version in $versions; do
	if mariadb_have "$version"; then
		all_scripts
	else
		skip "$version" "no MariaDB $version here"
	fi
done
if [ -z "$named" ] && [ "$versions" = "10.11 11.8" ]; then
	mended=
	for name in $open; do
		case $still_open in
		*" $name "*) ;;
		*) mended="$mended $name" ;;
		esac
	done
	is "$mended" "" "those that are right now are not in the list"
fi
done_testing
