#!/bin/sh
# What an account may not read a server does not show it: nothing of that may
# be taken for "is not there".  The server says who may read what.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

tails=
cleanup() {
	[ -z "$tails" ] || kill $tails 2>/dev/null
	server_stop
}
sql() { mariadb_sql "$server" -u admin "$@"; }
# usage: grant USER WHAT…   an account that may also what a snapshot needs
grant() {
	user=$1
	shift
	sql -e "CREATE USER $user; GRANT BINLOG MONITOR, BINLOG ADMIN ON *.* TO
	    $user"
	for what; do
		sql -e "GRANT $what TO $user"
	done
}
snapshot() { cdc-snapshot --no-defaults -q -S "$server/sock" -u "$@"; }
# usage: refused WHAT GRANT USER OPTION…   it is, before anything is printed;
# and who does what the hint says may go on
refused() {
	what=$1
	want=$2
	shift 2
	run snapshot "$@"
	is "$status,$(lines_out),$(sed -n 's/.*hint: //p' "$T/err")" \
	    "78,0,$want" "$v: $what"
	sed -n 's/.*hint: \(.*\)/\1/p' "$T/err" | sql
	run snapshot "$@"
	is "$status,$(tail -n 1 "$T/out" | jq -r .payload.beat)" 0,last \
	    "$v: $what: the hint mends it"
}
# usage: copied WHAT TABLES USER OPTION…
copied() {
	what=$1
	want=$2
	shift 2
	run snapshot "$@"
	is "$status,$(jq -r 'select(.payload.op) | .payload.source.db + "." +
	    .payload.source.table' "$T/out" | tr '\n' ' ')" "0,$want" \
	    "$v: $what"
}

accounts() {
	sql <<-'SQL'
	CREATE DATABASE shop;
	CREATE TABLE shop.customers (id INT PRIMARY KEY, name TEXT);
	CREATE TABLE shop.orders (id INT PRIMARY KEY, cust INT, note TEXT,
	    hidden INT INVISIBLE DEFAULT 3);
	INSERT INTO shop.customers VALUES (1, 'one');
	INSERT INTO shop.orders (id, cust, note) VALUES (1, 1, 'x');
	CREATE DATABASE `a_b`;
	CREATE TABLE `a_b`.t (id INT PRIMARY KEY);
	INSERT INTO `a_b`.t VALUES (1);
	CREATE DATABASE axb;
	CREATE TABLE axb.t (id INT PRIMARY KEY);
	CREATE DATABASE `q``'"`;
	CREATE TABLE `q``'"`.`t``` (id INT PRIMARY KEY);
	INSERT INTO `q``'"`.`t``` VALUES (1);
	CREATE ROLE reader;
	GRANT SELECT ON shop.* TO reader;
	SQL
}

refusals() {
	grant none@localhost
	refused "no table may be read" \
	    "GRANT SELECT ON \`shop\`.* TO 'none'@'localhost'" none -t 'shop\..*'
	grant one@localhost 'SELECT ON shop.orders'
	copied "one table, which is meant" "shop.orders " one -t 'shop\.orders'
	copied "its name in other letters, the dot as it is often written" \
	    "shop.orders " one -t 'SHOP.Orders'
	refused "one table of two" \
	    "GRANT SELECT ON \`shop\`.\`customers\` TO 'one'@'localhost'" \
	    one -t 'shop\.(orders|customers)'
	refused "two tables of all" \
	    "GRANT SELECT ON \`shop\`.* TO 'one'@'localhost'" one -t 'shop\..*'
	grant columns@localhost 'SELECT (id, cust) ON shop.orders'
	copied "columns, which are meant" "shop.orders " columns \
	    -t 'shop\.orders' --include-column 'shop\.orders\.(id|cust)'
	refused "not this column" "GRANT SELECT (\`note\`) ON \
\`shop\`.\`orders\` TO 'columns'@'localhost'" columns -t 'shop\.orders' \
	    --include-column 'shop\.orders\.(id|cust|note)'
	refused "some columns" \
	    "GRANT SELECT ON \`shop\`.\`orders\` TO 'columns'@'localhost'" \
	    columns -t 'shop\.orders'
	grant unseen@localhost 'SELECT (id, cust, note) ON shop.orders'
	refused "all columns but one that is invisible" \
	    "GRANT SELECT ON \`shop\`.\`orders\` TO 'unseen'@'localhost'" \
	    unseen -t 'shop\.orders' --exclude-column 'shop\.orders\.note'
	grant writes@localhost 'INSERT ON shop.*'
	refused "tables that are seen, and not read" \
	    "GRANT SELECT ON \`shop\`.* TO 'writes'@'localhost'" \
	    writes --include-db shop
	# one database has one entry: that of the pattern does not count
	grant shadow@localhost 'SELECT ON `sh%`.*' 'INSERT ON shop.*'
	refused "a pattern that something else is in front of" \
	    "GRANT SELECT ON \`shop\`.* TO 'shadow'@'localhost'" \
	    shadow -t 'shop\..*'
	grant under@localhost
	refused "a name that is a pattern" \
	    "GRANT SELECT ON \`a\\_b\`.* TO 'under'@'localhost'" \
	    under -t 'a_b\..*'
	run snapshot under -t 'axb\..*'
	exits 78 "$v: which does not match another database"
	grant "'o''b'@localhost"
	refused "names with quotes" \
	    "GRANT SELECT ON \`q\`\`'\"\`.\`t\`\`\` TO 'o''b'@'localhost'" \
	    "o'b" -t "q\`'\"\\.t\`"
}

databases() {
	grant some@localhost 'SELECT ON shop.*'
	copied "all of a database" "shop.customers shop.orders " some \
	    -t 'shop\..*'
	copied "the same" "shop.customers shop.orders " some --include-db shop
	copied "some of its tables" "shop.orders " some -t 'shop\.o.*'
	set -f
	for list in "" "-t .*\\.orders" "--include-db .*" "-t sh.*" \
	    "--exclude-db x" "-t [^x]+\\.t" "-t (?!x)shop\\.t"
	do
		run snapshot some $list
		is "$status,$(lines_out)" 78,0 \
		    "$v: of any database: '$list'"
		err_like "hint: GRANT SELECT ON \*\.\* TO 'some'.*--include-db shop" \
		    "$v: what to do"
	done
	set +f
	refused "of two" "GRANT SELECT ON \`a\\_b\`.* TO 'some'@'localhost'" \
	    some --include-db 'shop|a_b'
	grant everywhere@localhost 'SELECT ON `%`.*'
	copied "a pattern that matches all" "shop.orders " everywhere \
	    -t '.*\.orders'
	grant global@localhost 'SELECT ON *.*'
	copied "SELECT ON *.*" "shop.orders " global -t '.*\.orders'
	grant byrole@localhost reader
	sql -e 'SET DEFAULT ROLE reader FOR byrole@localhost'
	copied "a role's" "shop.orders " byrole -t 'shop\.orders'
	grant idle@localhost reader
	run snapshot idle -t 'shop\.orders'
	exits 78 "$v: a role that is not set"
	sql -e "GRANT SELECT ON shop.* TO PUBLIC" 2>/dev/null || return 0
	copied "PUBLIC's" "shop.orders " idle -t 'shop\.orders'
	sql -e "REVOKE SELECT ON shop.* FROM PUBLIC"
}

strict() {
	run snapshot global -t 'shop\.custmers'
	is "$status,$(lines_out)" 78,0 "$v: a copy of nothing"
	err_like 'no table to copy: --include-table=shop\\.custmers' \
	    "$v: of which list"
	run snapshot global -t 'shop\.orders,shop\.custmers' --strict
	is "$status,$(lines_out)" 78,0 \
	    "$v: --strict: before a sink has anything"
	run snapshot global -t 'shop\.orders' --strict \
	    --exclude-column 'shop\.orders\.nte'
	is "$status,$(lines_out)" 78,0 "$v: a column, likewise"
	run cdc-snapshot --no-defaults -S "$server/sock" -u global \
	    -t 'shop\.orders,shop\.custmers'
	is "$status,$(grep -c 'custmers: matched nothing' "$T/err")" 0,1 \
	    "$v: without, it is said once"
}

# A state says under which lists it was made.
lists() {
	run snapshot global -t 'shop\.orders' --write-state "$T/pos"
	run snapshot global -t 'shop\.orders' --state "$T/pos"
	exits 78 "$v: a copy that is whole is not taken again"
	err_like 'its snapshot is complete' "$v: said"
	for mode in initial_only initial when_needed; do
		run snapshot global -t 'shop\.customers' --state "$T/pos" \
		    --mode $mode
		is "$status,$(lines_out)" 78,0 "$v: $mode, and other lists"
		err_like 'made with other lists: now .*customers' \
		    "$v: $mode: as cdc-tail says it"
	done
	jq -c '.snapshot = {"start": .gtid, "done": [], "table":
	    "`shop`.`orders`", "key": null, "rows": 1}' "$T/pos" >"$T/half"
	run snapshot global -t 'shop\.customers' --state "$T/half"
	is "$status,$(lines_out)" 78,0 "$v: of half a copy, likewise"
	err_like 'made with other lists' "$v: said"
	run snapshot global -t 'shop\.orders' --state "$T/half"
	exits 0 "$v: its own lists take it up"
}

# usage: select_of JOB USER   what cdc-check says of SELECT
select_of() {
	cdc-check --no-defaults -q -S "$server/sock" -u "$2" --job "$1" \
	    --format json 2>/dev/null | jq -r 'select(.check == "SELECT") |
	    .verdict + " " + (.fix // "")'
}

checks() {
	grant chk@localhost
	is "$(select_of snapshot chk)" \
	    "bad GRANT SELECT ON *.* TO 'chk'@'localhost'" \
	    "$v: cdc-check: nothing may be read"
	sql -e "GRANT SELECT ON shop.orders TO chk@localhost"
	is "$(select_of snapshot chk)" \
	    "bad GRANT SELECT ON \`shop\`.* TO 'chk'@'localhost'" \
	    "$v: cdc-check: one table of a database"
	is "$(select_of tail chk | cut -d' ' -f1)" warn \
	    "$v: cdc-check: of which cdc-tail lacks the types"
	sql -e "REVOKE SELECT ON shop.orders FROM chk@localhost;
	    GRANT SELECT (id) ON shop.orders TO chk@localhost"
	is "$(select_of snapshot chk | cut -d' ' -f1)" bad \
	    "$v: cdc-check: one column"
	run cdc-check --no-defaults -S "$server/sock" -u chk --job snapshot
	exits 1 "$v: cdc-check: which is not ready"
	select_of snapshot chk | sed 's/^bad //' | sql
	is "$(select_of snapshot chk)" "ok " "$v: cdc-check: what it says mends it"
	sql -e "CREATE ROLE tails; GRANT REPLICATION SLAVE, BINLOG MONITOR,
	    BINLOG ADMIN, SELECT ON *.* TO tails; CREATE USER r@localhost;
	    GRANT tails TO r@localhost; SET DEFAULT ROLE tails FOR r@localhost"
	is "$(cdc-check --no-defaults -S "$server/sock" -u r --job snapshot \
	    --format json | jq -r 'select(.check | test("REPL|BINLOG (M|A)|SELECT"))
	    .verdict' | tr '\n' ' ')" "ok ok ok ok " \
	    "$v: cdc-check: privileges of a role"
}

# A child of another database, which the account may not even see, is a child
# all the same: what would be done to it by DELETE is not done.
children() {
	sql -e "CREATE DATABASE r; CREATE TABLE r.p (id INT PRIMARY KEY, v INT);
	    CREATE DATABASE h; CREATE TABLE h.c (id INT PRIMARY KEY, FOREIGN KEY
	    (id) REFERENCES r.p (id) ON DELETE CASCADE ON UPDATE CASCADE);
	    CREATE USER ap@localhost; GRANT SELECT, INSERT, UPDATE, DELETE ON
	    r.* TO ap@localhost; INSERT INTO r.p VALUES (1, 1);
	    INSERT INTO h.c VALUES (1)"
	now=$(sql -N -e 'SELECT @@gtid_binlog_pos')
	sql -e "CREATE DATABASE s; CREATE TABLE s.p (id INT PRIMARY KEY, v INT);
	    INSERT INTO s.p VALUES (1, 1); UPDATE s.p SET id = 2"
	cdc-tail --no-defaults -q -S "$server/sock" -u admin --from "$now" \
	    --until now -t 's\.p' | tail -n 2 >"$T/moves"
	run_on "$T/moves" cdc-apply --no-defaults -q -S "$server/sock" -u ap \
	    --no-state --map 's\.p=r.p'
	is "$status,$(sql -N -e 'SELECT id FROM r.p UNION ALL SELECT id FROM h.c' |
	    tr '\n' ' ')" "0,2 2 " "$v: a child that is not seen follows"
}

# A copy by signal reads the tables over a connection of the same account.
signals() {
	sql -e "CREATE DATABASE x; CREATE TABLE x.signals (id VARCHAR(42) PRIMARY
	    KEY, type VARCHAR(32), data VARCHAR(2048))"
	grant sig@localhost 'REPLICATION SLAVE ON *.*' 'SELECT, INSERT, DELETE ON
	    x.signals' 'SELECT (id, cust) ON shop.orders' \
	    'SELECT ON shop.customers'
	now=$(sql -N -e 'SELECT @@gtid_binlog_pos')
	: >"$T/words"
	cdc-tail --no-defaults -v -S "$server/sock" -u sig --from "$now" \
	    --signal x.signals >"$T/lines" 2>"$T/words" &
	tails=$!
	sql -e "INSERT INTO x.signals VALUES ('one', 'execute-snapshot',
	    '{\"data-collections\": [\"shop.(orders|customers)\", \"a_b.t\"]}')"
	wait_for "$T/words" 'table shop.customers is copied: 1 row$'
	wait_for "$T/words" 'shop.orders: .*: it is not copied'
	kill $tails
	wait $tails
	tails=
	is "$(jq -r .payload.source.table "$T/lines" | sort -u | tr '\n' ' ')" \
	    "customers " "$v: by signal: no table of which columns are missing"
	grep -q "hint: GRANT SELECT ON \`shop\`.\`orders\` TO" "$T/words" &&
	    grep -q 'signal one: .*`a_b`.`t`.*is not copied' "$T/words"
	is $? 0 "$v: by signal: what is not seen, and how to mend it"
}

# usage: told WORDS COUNT WHAT ARG…   what a run says of types, so many times
told() {
	words=$1
	times=$2
	what=$3
	shift 3
	run cdc-tail --no-defaults -t 'h1\..*' "$@"
	is "$status,$(grep -c 'does not give the types of some columns.*'"$words" \
	    "$T/err")" "0,$times" "$v: $what" || explain "$ran"
}

# Types that the log does not tell: an account that is not shown them, or a
# file alone, says so, once for each table; one that is, nothing.
types() {
	sql <<-'SQL'
	CREATE DATABASE h1;
	CREATE TABLE h1.a (id INT PRIMARY KEY, u UUID, i INET6, b BINARY(16),
	    c BINARY(15), v CHAR(16));
	CREATE TABLE h1.b (id INT PRIMARY KEY, ip INET4);
	CREATE TABLE h1.plain (id INT PRIMARY KEY, v TEXT);
	CREATE USER dark, bare, part, seeing;
	GRANT REPLICATION SLAVE ON *.* TO dark, bare, part, seeing;
	GRANT BINLOG MONITOR ON *.* TO dark, part, seeing;
	GRANT SELECT ON h1.* TO bare, seeing;
	GRANT SELECT (id, i) ON h1.a TO part;
	FLUSH LOGS;
	SQL
	log=$(sql -N -e 'SHOW MASTER STATUS' | cut -f1)
	sql <<-'SQL'
	INSERT INTO h1.a VALUES (1, '123e4567-e89b-12d3-a456-426614174000',
	    '::1', 'b', 'c', 'v'), (2, NULL, NULL, NULL, NULL, NULL);
	INSERT INTO h1.b VALUES (1, '1.2.3.4');
	INSERT INTO h1.plain VALUES (1, 'x');
	FLUSH TABLES;
	INSERT INTO h1.a (id) VALUES (3);
	ALTER TABLE h1.a ADD n INT;
	INSERT INTO h1.a (id) VALUES (4);
	SQL
	for user in dark bare part; do
		told '' 2 "$user: two tables of which types are not told" \
		    -S "$server/sock" -u $user --from "$log:4" --until now
		is "$(jq -c .key.id "$T/out" | tr '\n' ' ')" "1 2 1 1 3 4 " \
		    "$v: $user: an ALTER does not end it"
	done
	err_like 'h1\.a: .*: u may be UUID or INET6, i may be UUID or INET6, '\
'b may be UUID or INET6; .*GRANT SELECT on all' "$v: which, and what to do"
	now=$(sql -N -e 'SELECT @@gtid_binlog_pos')
	sql -e "INSERT INTO h1.a (id, u) VALUES (5,
	    '123e4567-e89b-12d3-a456-426614174000')"
	told '' 0 "who sees the tables hears nothing" \
	    -S "$server/sock" -u seeing --from "$now" --until now
	grep -q '"u":"123e4567-e89b-12d3-a456-426614174000"' "$T/out"
	is $? 0 "$v: and has a UUID"
	told ' give --schema' 2 "a file alone says it" "$server/$log"
	told '' 0 "not with the statements of the log" "$server"/mariadb-bin.0?????
}

for v in $mariadb_versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	server_start $v "$T/$v" || continue
	mariadb_sql "$server" -e "FLUSH PRIVILEGES; CREATE USER admin; GRANT ALL
	    ON *.* TO admin WITH GRANT OPTION"
	accounts
	refusals
	databases
	strict
	lists
	checks
	children
	signals
	types
	server_stop
done
done_testing
