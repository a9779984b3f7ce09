#!/bin/sh
# A copy that is interrupted and taken up in a new snapshot, where between the
# two something happened that no log tells of, or tables were altered.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }

# usage: snapshot DB MODE [ARG]…
snapshot() {
	db=$1
	mode=$2
	shift 2
	cdc-snapshot -v -S "$from/sock" -u root -t "$db\..*" --time string \
	    --mode "$mode" --state "$T/$db.pos" "$@"
}
# usage: sink DB [ARG]…
sink() {
	db=$1
	shift
	cdc-apply -S "$to/sock" -u root --name "$db" --state "$T/$db.pos" \
	    "$@" 2>"$T/err"
	status=$?
}

# Copy DB up to the first heartbeat that is like REGEX.
# usage: begin DB REGEX [ARG]…   of cdc-apply
begin() {
	db=$1
	regex=$2
	shift 2
	snapshot "$db" initial_only 2>/dev/null >"$T/lines"
	sed "/$regex/q" "$T/lines" >"$T/cut"
	sink "$db" "$@" <"$T/cut"
	is "$status $(jq -c '.snapshot.done' "$T/$db.pos")" "75 $done" \
	    "$db: it is interrupted"
}
# Take it up, and go on up to now.
# usage: go_on DB [ARG]… [-- ARG…]   of cdc-snapshot, of cdc-apply
go_on() {
	db=$1
	shift
	evolution=$1
	[ $# -eq 0 ] || shift
	snapshot "$db" initial --until now "$@" 2>"$T/words" |
	    { sink "$db" --schema-evolution "${evolution:-none}"; echo $status; } \
	    >"$T/status"
	status=$(cat "$T/status")
	ran="$db: cdc-apply"
}
# usage: same_rows NAME TABLE…
same_rows() {
	name=$1
	shift
	for table in "$@"; do
		from_sql -N -e "SELECT * FROM $table ORDER BY id" >"$T/want"
		to_sql -N -e "SELECT * FROM $table ORDER BY id" >"$T/got"
		same "$T/got" "$T/want" "$name: table $table"
	done
}
starts_over() {
	grep -q "$2.*: the copy starts over" "$T/words"
	result $? "$1" || sed 's/^/# /' "$T/words"
}

# a refers to z and is copied before it.
family() {
	for server in "$from" "$to"; do
		mariadb_sql "$server" -e "CREATE DATABASE $1; USE $1;
		    CREATE TABLE z (id INT PRIMARY KEY, e INT);
		    CREATE TABLE a (id INT PRIMARY KEY, zid INT,
		    FOREIGN KEY (zid) REFERENCES z (id) $2)"
	done
	from_sql -D "$1" -e 'INSERT INTO z SELECT seq, 0 FROM seq_1_to_3000;
	    INSERT INTO a SELECT seq, seq FROM seq_1_to_3000'
	done="[\"\`$1\`.\`a\`\"]"
	begin "$1" '"done":\[".*"\],"table":"`.*`.`z`","key":{'
}

cascades() {
	family c 'ON DELETE CASCADE ON UPDATE CASCADE'
	from_sql -D c -e 'UPDATE z SET id = 50000 WHERE id = 5;
	    DELETE FROM z WHERE id = 6;
	    UPDATE z SET id = 50001 WHERE id = 2999;
	    DELETE FROM z WHERE id = 2998'
	go_on c
	exits 0 "cascades: it goes on"
	starts_over "cascades: from its beginning" 'foreign key of table c.a'
	same_rows "cascades" c.a c.z
	is "$(grep -c 'refer to rows' "$T/err")" 0 "cascades: without orphans"
}

# Orphans are looked for when no event is older than a row any more.
orphans() {
	family r 'ON DELETE RESTRICT'
	from_sql -D r -e 'DELETE FROM a WHERE zid = 2998;
	    DELETE FROM z WHERE id = 2998; UPDATE a SET zid = NULL WHERE id = 7;
	    SET foreign_key_checks = 0; INSERT INTO a VALUES (9998, 9998), (9999, 9999)'
	go_on r
	exits 0 "no cascades: it goes on"
	grep -q 'resuming the copy: [0-9]* rows are already copied' "$T/words"
	result $? "no cascades: from where it was"
	same_rows "no cascades" r.a r.z
	is "$(grep -o 'r.a: [0-9]* rows refer to rows of r.z' "$T/err")" \
	    'r.a: 2 rows refer to rows of r.z' \
	    "no cascades: the orphans of the source alone are named"
}

# usage: altered DB EVOLUTION
altered() {
	for server in "$from" "$to"; do
		mariadb_sql "$server" -e "CREATE DATABASE $1;
		    CREATE TABLE $1.a (id INT PRIMARY KEY, v INT)"
	done
	from_sql -D "$1" -e 'INSERT INTO a SELECT seq, 0 FROM seq_1_to_6000'
	done='[]'
	begin "$1" '"done":\[\],"table":"`.*`.`a`","key":{'
	from_sql -D "$1" -e 'ALTER TABLE a ADD w INT DEFAULT 3;
	    UPDATE a SET w = 4 WHERE id = 7; DELETE FROM a WHERE id = 8;
	    INSERT INTO a VALUES (7000, 1, 5)'
}

alters() {
	altered s add
	go_on s add
	exits 0 "altered, add: it goes on"
	same_rows "altered, add" s.a
	altered d
	go_on d apply-ddl --schema-changes
	exits 78 "altered, apply-ddl: a column is missing"
	err_like 'd.a has no column w' "altered, apply-ddl: which"
	starts_over "altered, apply-ddl: the copy starts over" 'were altered'
	to_sql -e 'ALTER TABLE d.a ADD w INT DEFAULT 3'
	go_on d apply-ddl --schema-changes
	exits 0 "altered, apply-ddl: with the column it goes on"
	same_rows "altered, apply-ddl" d.a
}

# What moves between two snapshots cannot be made of a part of its row: neither
# where a session logs so, nor where the server does.
partial() {
	altered q
	to_sql -e 'ALTER TABLE q.a ADD w INT DEFAULT 3'
	from_sql -D q -e 'SET binlog_row_image = MINIMAL;
	    UPDATE a SET id = -1 WHERE id = 5999'
	go_on q
	exits 65 "a partial image: 65"
	err_like 'q.a, key 5999: .* missing' "a partial image: of which row"
	err_like 'moved while it was copied' "a partial image: and why"
	altered m
	from_sql -D m -e 'SET GLOBAL binlog_row_image = MINIMAL;
	    SET binlog_row_image = MINIMAL;
	    UPDATE a SET id = -1 WHERE id = 5999'
	to_sql -e 'ALTER TABLE m.a ADD w INT DEFAULT 3'
	go_on m
	exits 0 "partial images: it goes on"
	starts_over "partial images: from its beginning" 'only part of each row'
	same_rows "partial images" m.a
}

# A state that another program wrote anew, with its names escaped and on
# many lines: what is copied stays so, and the table in hand goes on after its last key.
rewritten() {
	for server in "$from" "$to"; do
		mariadb_sql "$server" -e 'CREATE DATABASE w;
		    CREATE TABLE w.`aä` (`kä` INT PRIMARY KEY);
		    CREATE TABLE w.`bä` (`kä` INT PRIMARY KEY)'
	done
	from_sql -D w -e 'INSERT INTO `aä` SELECT seq FROM seq_1_to_10;
	    INSERT INTO `bä` SELECT seq FROM seq_1_to_12000'
	done='["`w`.`aä`"]'
	begin w '"done":\[".*"\],"table":"`.*`.`bä`","key":{'
	rows=$(jq .snapshot.rows "$T/w.pos")
	python3 -m json.tool "$T/w.pos" "$T/w.new" && mv "$T/w.new" "$T/w.pos"
	snapshot w initial_only >"$T/rest" 2>"$T/words"
	grep -q "resuming the copy: $rows rows are already copied" "$T/words"
	result $? "rewritten: it goes on" || sed 's/^/# /' "$T/words"
	is "$(jq -c 'select(.payload.op) | .payload.source.table' "$T/rest" |
	    sort | uniq -c | tr -s ' ')" " $((12010 - rows)) \"bä\"" \
	    "rewritten: with what is left"
	is "$(grep -vc '^{.*}$' "$T/rest")" 0 "rewritten: a record a line"
}

v=11.8
mariadb_have $v || skip_all "no MariaDB $v here"
mariadb_start $v "$T/from" && from=$T/from
mariadb_start $v "$T/to" --server-id=2 && to=$T/to
cascades
orphans
alters
rewritten
partial
pair_stop
done_testing
