#!/bin/sh
# cdc-apply: what the records say is what the target holds, once, or an error
# says why not.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/applied.sh"

changes() {
	both -e "CREATE DATABASE c; USE c;
	    CREATE TABLE one (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(20),
		n INT);
	    CREATE TABLE two (a INT, b VARCHAR(10), v INT, PRIMARY KEY (b, a));
	    CREATE TABLE uniq (id INT PRIMARY KEY, u INT NOT NULL UNIQUE,
		v INT);
	    CREATE TABLE nokey (a INT, f FLOAT, t VARCHAR(5), d DECIMAL(30,10));
	    CREATE TABLE nonnull (a VARCHAR(5) NOT NULL UNIQUE, v INT);
	    CREATE TABLE gen (id INT PRIMARY KEY, a INT, b INT AS (a + 1) STORED,
		c INT AS (a + 2) VIRTUAL);
	    CREATE TABLE ci (k VARCHAR(10) COLLATE utf8mb4_general_ci
		PRIMARY KEY, v INT)"
	from_sql c -e "INSERT INTO one (v, n) VALUES ('a', 1), ('b', 2), ('c', 3);
	    UPDATE one SET n = n + 1; DELETE FROM one WHERE v = 'b';
	    UPDATE one SET id = 10 WHERE v = 'c';
	    INSERT INTO one VALUES (10 + 1, 'z', NULL);
	    DELETE FROM one WHERE id = 11; INSERT INTO one VALUES (11, 'y', 1);
	    SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO';
	    INSERT INTO one VALUES (0, 'zero', 0);
	    INSERT INTO two SELECT seq % 10, seq, seq FROM seq_1_to_500;
	    UPDATE two SET a = a + 100 WHERE v % 3 = 0;
	    DELETE FROM two WHERE v % 7 = 0;
	    INSERT INTO uniq VALUES (1, 1, 1), (2, 2, 2), (3, 3, 3);
	    UPDATE uniq SET u = u + 10 ORDER BY u DESC;
	    DELETE FROM uniq WHERE id = 2; INSERT INTO uniq VALUES (4, 12, 4);
	    UPDATE uniq SET u = 99 WHERE id = 1;
	    UPDATE uniq SET u = 11 WHERE id = 3;
	    INSERT INTO nokey VALUES (1, 1.1, 'a', 0.1), (1, 1.1, 'A', 0.1),
		(1, 1.1, 'a', 0.1), (NULL, NULL, NULL, 12345678901234567890.5);
	    DELETE FROM nokey WHERE t = BINARY 'A';
	    DELETE FROM nokey WHERE a = 1 LIMIT 1;
	    UPDATE nokey SET f = 2.2 WHERE a IS NULL;
	    INSERT INTO nonnull VALUES ('x', 1), ('y', 2);
	    UPDATE nonnull SET a = 'z', v = 3 WHERE a = 'x';
	    INSERT INTO gen (id, a) VALUES (1, 1), (2, NULL);
	    UPDATE gen SET a = 5;
	    INSERT INTO ci VALUES ('a', 1), ('b', 2); UPDATE ci SET k = 'A'
		WHERE k = 'a'; DELETE FROM ci WHERE k = 'b';
	    INSERT INTO ci VALUES ('B', 3)"
	run_apply
	exits 0 "$v: changes"
	for table in one two uniq nokey nonnull gen ci; do
		equal c.$table "table $table"
	done
	is "$(to_sql -N -e "SELECT k FROM c.ci WHERE v = 3" )" B \
	    "$v: a key that differs by case"
	apply --name $name <"$T/stream" 2>"$T/err"
	is "$(counter records)" 0 "$v: a second time: nothing is done"
	to_sql -e 'CREATE OR REPLACE DATABASE c2'
	for table in one two uniq nokey nonnull gen ci; do
		to_sql c2 -e "CREATE TABLE $table LIKE c.$table"
	done
	new_name
	run_apply --map 'c\.(.*)=c2.$1' --no-reorder --batch 7
	exits 0 "$v: in order, in small batches, under other names"
	for table in one two uniq nokey nonnull gen ci; do
		is "$(to_sql -N -e "CHECKSUM TABLE c2.$table" | cut -f2)" \
		    "$(from_sql -N -e "CHECKSUM TABLE c.$table" | cut -f2)" \
		    "$v: table $table again"
	done
	since=$(now)
	new_name
	from_sql c -e 'TRUNCATE two; INSERT INTO two VALUES (1, 1, 1)'
	run_apply
	equal c.two truncate
	since=$(now)
	new_name
	from_sql c -e 'TRUNCATE two; DELETE FROM one'
	run_apply --no-delete
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM c.two')" 1 "$v: --no-delete"
}

# Images that hold only what changed.
images() {
	for image in MINIMAL NOBLOB; do
		both -e "CREATE OR REPLACE DATABASE i; CREATE TABLE i.t
		    (id INT PRIMARY KEY, a INT, b TEXT, c INT DEFAULT 7)"
		from_sql i -e "SET binlog_row_image = $image;
		    INSERT INTO t VALUES (1, 1, 'x', 1), (2, 2, 'y', 2);
		    UPDATE t SET a = 5 WHERE id = 1;
		    UPDATE t SET c = 9 WHERE id = 2;
		    UPDATE t SET b = 'z' WHERE id = 2;
		    INSERT INTO t (id) VALUES (3);
		    UPDATE t SET id = 30, a = 8 WHERE id = 2;
		    DELETE FROM t WHERE id = 1"
		run_apply
		exits 0 "$v: binlog_row_image=$image"
		equal i.t "binlog_row_image=$image: rows"
		since=$(now)
		new_name
		from_sql i -e "SET binlog_row_image = $image;
		    UPDATE t SET id = 31, b = 'moved' WHERE id = 30;
		    UPDATE t SET a = 1 WHERE id = 31;
		    DELETE FROM t WHERE id = 3;
		    INSERT INTO t VALUES (30, 0, 'new', 0)"
		run_apply
		equal i.t "binlog_row_image=$image: a key moves"
	done
	since=$(now)
	new_name
	to_sql -e 'DELETE FROM i.t'
	from_sql i -e "SET binlog_row_image = MINIMAL;
	    UPDATE t SET a = 77 WHERE id = 31"
	run_apply
	exits 65 "$v: a part of a row that is not there: 65"
	err_like 'table i.t, key 31: .*missing' "$v: is named"
}

# Lines of kcat -J: left out by partition and offset.
kafka() {
	to_sql -e "CREATE OR REPLACE DATABASE k; CREATE TABLE k.t
	    (id INT PRIMARY KEY, v INT, d DECIMAL(10,2), ts DATETIME(6))"
	new_name
	i=0
	while [ $i -lt 10 ]; do
		printf '{"topic":"p.k.t","partition":%s,"offset":%s,"key":"{\\"id\\":%s}","payload":"{\\"before\\":null,\\"after\\":{\\"id\\":%s,\\"v\\":%s},\\"source\\":{\\"db\\":\\"k\\",\\"table\\":\\"t\\"},\\"op\\":\\"c\\"}"}\n' \
		    $((i % 2)) $((i / 2)) $i $i $i
		i=$((i + 1))
	done >"$T/lines"
	head -n 4 "$T/lines" >"$T/in"
	run_on "$T/in" apply --name $name
	exits 0 "$v: kcat's lines"
	run_on "$T/lines" apply --name $name
	is "$(counter skipped)" 4 "$v: those below the offset are left out"
	is "$(to_sql -N -e "SELECT topic, partition_id, offset_value FROM
	    cdc.kafka_consumer_offsets WHERE consumer_group = '$name'
	    ORDER BY 2" | tr '\t\n' ' ;')" 'p.k.t 0 4;p.k.t 1 4;' \
	    "$v: the offsets are stored"
	is "$(cdc-apply -S "$to/sock" --name $name --show-state |
	    jq -c '[.topic, .partition, .offset]' | head -n 1)" '["p.k.t",0,4]' \
	    "$v: and shown"
	cat >"$T/in" <<-'EOF'
	{"topic":"p.k.t","partition":0,"offset":7,"key":"{\"schema\":{\"type\":\"struct\"},\"payload\":{\"id\":1}}","payload":null}
	{"topic":"p.k.t","partition":0,"offset":8,"key":"{\"id\":2}","payload":"{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\",\"fields\":[{\"type\":\"int32\",\"field\":\"id\"},{\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\",\"parameters\":{\"scale\":\"2\"},\"field\":\"d\"},{\"type\":\"int64\",\"name\":\"io.debezium.time.MicroTimestamp\",\"field\":\"ts\"}],\"field\":\"after\"}]},\"payload\":{\"before\":null,\"after\":{\"id\":2,\"d\":\"/sc=\",\"ts\":1767261600123456},\"source\":{\"db\":\"k\",\"table\":\"t\"},\"op\":\"c\"}}"}
	{"topic":"p.k.t","partition":0,"offset":9,"key":"{\"id\":3}","payload":"{\"id\":3,\"v\":33,\"__deleted\":\"false\"}"}
	{"topic":"p.k.t","partition":0,"offset":10,"key":"{\"id\":4}","payload":"{\"id\":4,\"v\":4,\"__deleted\":\"true\"}"}
	EOF
	run_on "$T/in" apply --name $name
	exits 0 "$v: tombstones, Debezium's schema, flat rows"
	is "$(to_sql -N -e 'SELECT id, v, d, ts FROM k.t WHERE id BETWEEN 1 AND 4' |
	    tr '\t\n' ' ;')" \
	    '2 2 -3.13 2026-01-01 10:00:00.123456;3 33 NULL NULL;' \
	    "$v: are what they say"
}

# What is said on the way.
wishes() {
	both -e "CREATE OR REPLACE DATABASE o; CREATE TABLE o.orders
	    (order_id INT PRIMARY KEY, status VARCHAR(10), note TEXT)"
	to_sql -e "CREATE TABLE o.orders_replica (order_id INT PRIMARY KEY,
	    state VARCHAR(10), own INT DEFAULT 5, synced_at DATETIME(6))"
	from_sql o -e "INSERT INTO orders VALUES (1, 'new', 'x');
	    UPDATE orders SET status = 'paid'; INSERT INTO orders VALUES
	    (2, 'new', 'y')"
	run_apply --map 'o\.orders=orders_replica' \
	    --map-column '.*\.status=state' --set 'synced_at=NOW(6)'
	exits 65 "$v: a column that the target has not: 65"
	err_like 'o.orders_replica has no column note' "$v: is named"
	run_apply --map 'o\.orders=orders_replica' \
	    --map-column '.*\.status=state' --set 'synced_at=NOW(6)' \
	    --ignore-unknown-columns
	exits 0 "$v: --map, --map-column, --set, --ignore-unknown-columns"
	is "$(grep -c 'nothing that was read' "$T/err")" 0 \
	    "$v: all of them met something"
	new_name
	run_apply --map 'o\.orders=orders_replica' \
	    --map-column '.*\.status=nothere'
	err_like 'no column nothere .--map-column of status' \
	    "$v: the target lacks what a column is mapped to"
	new_name
	run_apply --map 'o\.order=x' --map-column 'o\.orders\.stat=x' \
	    --set 'own=6' --set 'syncd_at=NOW(6)' --dry-run
	is "$(sed -n 's/.*warning: \(.*\): matched nothing.*/\1/p' \
	    "$T/err" | sort | tr '\n' ' ')" \
	    '--map o\.order --map-column o\.orders\.stat --set own --set syncd_at ' \
	    "$v: names that nothing has"
	is "$(to_sql -N -e 'SELECT order_id, state, own, synced_at > NOW() -
	    INTERVAL 1 MINUTE FROM o.orders_replica' | tr '\t\n' ' ;')" \
	    '1 paid 5 1;2 new 5 1;' "$v: what the target then has"
	new_name
	run_apply --dry-run
	exits 0 "$v: --dry-run"
	is "$(head -n 1 "$T/out")" "INSERT INTO \`o\`.\`orders\` (\`order_id\`, \`status\`, \`note\`) VALUES ('1', 'paid', 'x') ON DUPLICATE KEY UPDATE \`order_id\` = IF(\`order_id\` <=> VALUES(\`order_id\`) OR (SELECT NULL UNION ALL SELECT NULL), VALUES(\`order_id\`), VALUES(\`order_id\`)), \`status\` = VALUES(\`status\`), \`note\` = VALUES(\`note\`);" \
	    "$v: prints the SQL"
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM o.orders')" 0 \
	    "$v: and does nothing"
	run_apply --insert-mode update
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM o.orders')" 0 \
	    "$v: --insert-mode update makes no rows"
	new_name
	run_apply --insert-mode insert
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM o.orders')" 2 \
	    "$v: --insert-mode insert does"
	new_name
	run_apply --insert-mode insert
	exits 65 "$v: but not twice: 65"
	err_like 'Duplicate' "$v: as the server says"
	new_name
	run_apply --skip-replication
	exits 0 "$v: --skip-replication"
}

tool_basics cdc-apply
run cdc-apply operand
exits 64 "no operands"
run cdc-apply --map x
exits 64 "--map without a name"
run cdc-apply --set x
exits 64 "--set without an expression"
run cdc-apply --no-state --state x
exits 64 "--no-state and --state"
run cdc-apply --no-state --split-transactions
exits 64 "--no-state and --split-transactions"
run cdc-apply --dlq x --dry-run
exits 64 "--dlq and --dry-run"
run cdc-apply --batch 0
exits 64 "--batch 0"

on_versions changes images kafka wishes
done_testing
