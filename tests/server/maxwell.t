#!/bin/sh
# cdc-format --to maxwell: Maxwell's own classes read each line, and write the
# same again; a server's rows become what Maxwell's documentation and fixtures
# say.  cdc-filter --maxwell-filter keeps what Maxwell's own filter includes.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/jars.sh"

cleanup() { server_stop; }

# ---- Maxwell 1.22.6, which needs two classes that are not there any more
jars=$mariadb_cache/maxwell-1.22.6
if jars_fetch "$jars" "$src/tests/maxwell.jars" 2>"$T/err"; then
	mkdir -p "$T/stubs/scripting" "$T/stubs/util" "$T/classes"
	echo 'package jdk.nashorn.api.scripting;
	    public class ScriptObjectMirror { }' \
	    >"$T/stubs/scripting/ScriptObjectMirror.java"
	echo 'package com.amazonaws.util;
	    public class StringInputStream extends java.io.ByteArrayInputStream {
		public StringInputStream(String s)
		    throws java.io.UnsupportedEncodingException {
			super(s.getBytes("UTF-8"));
		}
	    }' >"$T/stubs/util/StringInputStream.java"
	javac -d "$T/classes" "$T/stubs"/*/*.java 2>"$T/err" || jars=
else
	jars=
fi
[ -n "$jars" ] || skip "Maxwell's own classes" "$(tail -n 1 "$T/err")"
maxwell_run() { java -Xmx256m -cp "$T/classes:$jars/*" "$@"; }

reads_lines() {
	for case in ecommerce ecommerce-xa keys names partition sequence \
	    sysver types-bin types-charsets types-compressed types-enum \
	    types-gen types-geo types-inet types-int types-json types-num \
	    types-text types-time types-uuid types-vector types-zerodate wide; do
		for modes in '--time string' '--decimal precise --time string' \
		    '--decimal numeric --time string --binary hex --json embed'
		do
			# shellcheck disable=SC2086
			cdc-tail -q --on-error warn --control --transactions \
			    $modes --exclude-table 'zz_sentinel\..*' \
			    "$src/tests/conformance/data/$case/binlog.000001" \
			    2>/dev/null | cdc-format -q --to maxwell \
			    >>"$T/lines" 2>"$T/err" ||
			    result 1 "$case: $(cat "$T/err")"
		done
	done
	lines=$(wc -l <"$T/lines")
	[ "$lines" -gt 1000 ]
	result $? "$lines messages"
	maxwell_run "$src/tests/server/Messages.java" <"$T/lines" >"$T/out" \
	    2>"$T/err"
	is "$(tail -n 1 "$T/out")" "$lines lines, $lines the same" \
	    "Maxwell reads each, and writes the same" ||
	    { grep -A 1 '^not the same' "$T/out" | cut -c1-300; cat "$T/err"; } |
	    head -n 4 | sed 's/^/# /'
}

# 200 random filters.
filters_alike() {
	perl -e '
		srand 7;
		sub any { $_[rand @_] }
		sub name { any("*", "*", @_, (map { "`$_`" } @_),
		    (map { "\"$_\"" } @_), "/^" . any(@_) . "/", "/[12]/",
		    "/" . any(@_) . any("\\\\d*", "|b", "") . "\$/", "//",
		    "/a\\\\/?b*/") }
		sub rule {
			my $rule = any(qw(include exclude exclude blacklist)) .
			    any(":", ": ") . name(qw(foo foo1 bar a-b)) .
			    any(".", " . ") . name(qw(t t1 _x 1t));
			$rule .= any(".", ". ") . any(qw(col n id)) .
			    any("=", " = ") . name(qw(val null NULL 5 reject))
			    if rand() < 0.4;
			return $rule;
		}
		for (1 .. 200) {
			print join(any(",", ", ", " , ", " "),
			    map rule(), 0 .. rand 5), any("", "", ","), "\n";
		}' >"$T/filters"
	for db in foo foo1 bar a-b ab2; do
		for table in t t1 _x 1t tb; do
			for row in '{}' '{"col":"val"}' '{"col":null,"id":1}' \
			    '{"n":"null","id":5}' '{"n":"NULL","col":"5"}' \
			    '{"n":"Null","col":"reject"}'; do
				printf '{"before":null,"after":%s,"source":{"db":"%s","table":"%s"},"op":"c"}\n' \
				    "$row" "$db" "$table"
			done
		done
	done >"$T/records"
	while IFS= read -r rules; do
		RULES=$rules perl -pe 'print $ENV{RULES}, "\t"' "$T/records" \
		    >>"$T/asked"
		cdc-filter -q --maxwell-filter "$rules" <"$T/records" |
		    RULES=$rules perl -pe 'print $ENV{RULES}, "\t"' >>"$T/got"
	done <"$T/filters"
	maxwell_run "$src/tests/server/Includes.java" <"$T/asked" >"$T/want" \
	    2>"$T/err"
	same "$T/got" "$T/want" \
	    "$(wc -l <"$T/want") of $(wc -l <"$T/asked") records kept"
	is "$(grep -c 'invalid$' "$T/want")" 0 "Maxwell reads all filters"
}
if [ -n "$jars" ]; then
	reads_lines
	filters_alike
fi

# ---- what a server's rows become
# usage: becomes NAME MESSAGES < SQL   the rest of the log, without ts
becomes() {
	from=$(mariadb_sql "$server" -N -e 'SELECT @@gtid_current_pos')
	mariadb_sql "$server" --comments maxwell_test >"$T/log" 2>&1 ||
	    result 1 "$1: $(tail -n 1 "$T/log")"
	cdc-tail -q -S "$server/sock" -u root --skip-ssl --from "$from" \
	    --until now --control --schema-changes --transactions \
	    --time string --query >"$T/records" 2>"$T/err" &&
	    cdc-format -q --to maxwell --maxwell "${settings:-commit_info=false}" \
	    <"$T/records" >"$T/out" 2>>"$T/err" || result 1 "$1: $(cat "$T/err")"
	is "$(sed 's/"ts":[0-9]*,//; s/^{"database":"maxwell_test","table"/{"table"/
	    s/"sql":"[^"]*"/"sql":""/' "$T/out")" "$2" "$version: $1"
}
for version in $mariadb_versions; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	server_start $version "$T/$version" --binlog-row-metadata=FULL \
	    --binlog-annotate-row-events=ON --sql-mode= || continue
	mariadb_sql "$server" -e "SET GLOBAL time_zone = '+00:00';
	    CREATE DATABASE maxwell_test CHARACTER SET utf8mb4"
	. "$src/tests/server/maxwell-cases.sh"
	server_stop
done
done_testing
