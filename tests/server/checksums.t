#!/bin/sh
# Logs with checksums and without, encrypted, compressed, and all of them in
# one stream: what cdc-tail reads from the server, and from files, are the rows
# that mariadb-binlog reads.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

reader=
cleanup() {
	[ -z "$reader" ] || kill $reader 2>/dev/null
	server_stop
}
sql() { mariadb_sql "$server" "$@"; }
live() { cdc-tail -S "$server/sock" -u root "$@"; }
binlog() { (mariadb_run $version /usr/bin/mariadb-binlog --no-defaults "$@"); }
from_server() {
	binlog --protocol=socket --socket="$server/sock" --user=root \
	    --read-from-remote-server --to-last-log "$@" mariadb-bin.000001
}

# INSERT t.a @1=1 @2='x': a row of an image on each line, of mariadb-binlog …
their_rows() {
	perl -ne 'if (/^### (INSERT INTO|UPDATE|DELETE FROM) (.*)/) {
		print "\n" if $n++;
		print "$1 $2";
	} elsif (/^### (SET|WHERE)$/) { print " $1" }
	elsif (/^### +(\@\d+=.*)/) { print " $1" }
	END { print "\n" }' | tr -d '`'
}

# … and of records.
our_rows() {
	jq -r 'def image(word): if . == null then "" else " " + word +
	    ([to_entries | to_entries[] | " @\(.key + 1)=" + (.value.value |
	    if type == "string" then "\u0027\(.)\u0027" else tostring end)] |
	    add) end;
	    .payload | select(.op) | {c: "INSERT INTO", u: "UPDATE",
	    d: "DELETE FROM"}[.op] + " \(.source.db).\(.source.table)" +
	    (.before | image("WHERE")) + (.after | image("SET"))'
}

# Transactions small and big, with the statement's text and without.
work() {
	sql t <<-SQL
	SET SESSION binlog_annotate_row_events = ON;
	INSERT INTO a VALUES ($1, 'annotated $1');
	SET SESSION binlog_annotate_row_events = OFF;
	INSERT INTO a VALUES ($(($1 + 1)), REPEAT('not ', 200));
	BEGIN;
	INSERT INTO a SELECT $1 + 2 + seq, REPEAT(CHAR(97 + seq % 26), 60)
	    FROM seq_1_to_1500;
	SAVEPOINT s;
	INSERT INTO a VALUES ($(($1 + 9000)), 'undone');
	ROLLBACK TO s;
	UPDATE a SET v = CONCAT('u', id) WHERE id > $1 + 2 AND id % 7 = 0;
	DELETE FROM a WHERE id > $1 + 2 AND id % 5 = 0;
	INSERT INTO a VALUES ($(($1 + 9001)), REPEAT('big', 300000));
	COMMIT;
	INSERT INTO m VALUES ($1);
	SQL
}

# Each setting of the server that changes while it is read.
settings() {
	work $(($1 + 10000))
	sql -e "SET GLOBAL binlog_checksum = CRC32"
	work $(($1 + 20000))
	sql -e "FLUSH LOGS; SET GLOBAL log_bin_compress = ON,
	    GLOBAL log_bin_compress_min_len = 10"
	work $(($1 + 30000))
	sql -e "SET GLOBAL binlog_checksum = NONE"
	work $(($1 + 40000))
	sql -e "SET GLOBAL log_bin_compress = OFF; FLUSH LOGS"
	work $(($1 + 50000))
}

again() {
	mariadb_again $version "$T/$version" --binlog-checksum=NONE \
	    --rpl-semi-sync-master-enabled=ON --rpl-semi-sync-master-timeout=1 \
	    --plugin-load-add=file_key_management \
	    --loose-file-key-management-filename="$T/keys" "$@"
}

# Whoever begins at any of them.
from_each_log() {
	sql -N -e 'SHOW BINARY LOGS' | cut -f1 | tail -n 7 >"$T/logs"
	while read -r log; do
		live --from "$log:4" --until now >"$T/one" || break
		our_rows <"$T/one" >"$T/got"
		tail -n "$(grep -c . "$T/got")" "$T/want" >"$T/rest"
		cmp -s "$T/got" "$T/rest" || break
		log=
	done <"$T/logs"
	is "$log" "" "$version: and from each log on"
}

refused_files() {
	encrypted=$(sql -N -e 'SHOW BINARY LOGS' | tail -n 2 | head -n 1 |
	    cut -f1)
	run cdc-tail "$T/$version/$encrypted"
	exits 65 "$version: the file of an encrypted log is refused"
	err_like "$encrypted:[0-9]*: START_ENCRYPTION event: .*encrypted" \
	    "$version: by its name"
	err_like 'hint: .*--raw --read-from-remote-server' \
	    "$version: with what can be done"
	mkdir "$T/raw$version"
	from_server --raw --result-file="$T/raw$version/" 2>"$T/err"
	run cdc-tail "$T/raw$version"/*
	exits 0 "$version: that is done, and the files are read"
	our_rows <"$T/out" >"$T/got"
	same "$T/got" "$T/want" "$version: the same rows"
}

printf '1;%s\n' "$(openssl rand -hex 32)" >"$T/keys"
for version in $mariadb_versions; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	server=$T/$version
	mariadb_template $version && mkdir "$server" &&
	    cp -r "$mariadb_cache/template-$version" "$server/data" && again
	result $? "$version: starts without checksums" || {
		server=
		continue
	}
	sql -e "CREATE DATABASE t; CREATE TABLE t.a (id INT PRIMARY KEY,
	    v LONGTEXT); CREATE TABLE t.m (id INT) ENGINE=Aria"
	cdc-tail -S "$server/sock" -u root --from earliest --retries 1000 \
	    --retry-delay 100ms --retry-delay-max 100ms \
	    >"$T/live" 2>"$T/live.err" &
	reader=$!
	settings 0
	cdc-tail "$server"/mariadb-bin.0????? >"$T/out"
	our_rows <"$T/out" >"$T/got"
	binlog --base64-output=decode-rows -v "$server"/mariadb-bin.0????? |
	    their_rows >"$T/want"
	same "$T/got" "$T/want" "$version: files with and without checksums"
	mariadb_stop "$server"
	again --encrypt-binlog=ON
	result $? "$version: starts with encryption" || continue
	settings 100000
	sql -e "INSERT INTO t.a VALUES (0, 'end')"
	from_server --base64-output=decode-rows -v 2>"$T/err" |
	    their_rows >"$T/want"
	run live --from earliest --until now
	exits 0 "$version: encrypted logs are read from the server, too"
	our_rows <"$T/out" >"$T/got"
	same "$T/got" "$T/want" "$version: all rows that mariadb-binlog reads"
	is "$(wc -l <"$T/got")" "$(grep -c '^[IUD]' "$T/want")" \
	    "$version: all of them"
	from_each_log
	wait_for "$T/live" '"id":0,'
	kill $reader
	wait $reader
	reader=
	our_rows <"$T/live" >"$T/got"
	same "$T/got" "$T/want" "$version: the same while settings change"
	refused_files
	server_stop
done
done_testing
