#!/bin/sh
# The programs of examples/, between two servers.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

busy=
cleanup() {
	[ -z "$busy" ] || kill $busy 2>/dev/null
	pair_stop
}
from_sql() { mariadb_sql "$from" "$@"; }
to_sql() { mariadb_sql "$to" "$@"; }
example() {
	script=$1
	shift
	run sh "$src/examples/$script" "$@"
}

mariadb_have 11.8 || skip_all "no MariaDB 11.8 here"
mariadb_start 11.8 "$T/from" && from=$T/from
mariadb_start 11.8 "$T/to" --server-id=2 && to=$T/to
SOURCE="-S $from/sock"
REPLICA="-S $to/sock"
AUDIT=$REPLICA
export SOURCE REPLICA AUDIT

from_sql -e "CREATE DATABASE shop; USE shop;
    CREATE TABLE orders (order_id BIGINT PRIMARY KEY, customer_id BIGINT,
	total_amount DECIMAL(10,2), status VARCHAR(20), note TEXT);
    INSERT INTO orders VALUES (1, 1, 59.98, 'new', 'x'), (2, 1, 5, 'new', 'y');
    UPDATE orders SET status = 'paid' WHERE order_id = 1;
    DELETE FROM orders WHERE order_id = 2"

example orders-replica.sh "$T/orders.state" --until now
exits 0 "orders-replica.sh"
is "$(to_sql -N -e 'SELECT order_id, total_amount, status, synced_at > NOW() -
    INTERVAL 1 MINUTE FROM replica.orders_replica')" '1	59.98	paid	1' \
    "the chapter's table"

example audit-trail.sh "$T/audit.state" --until now
exits 0 "audit-trail.sh"
example audit-trail.sh "$T/audit.state" --until now
exits 0 "audit-trail.sh again"
is "$(to_sql -N -e "SELECT source_table, operation,
    JSON_VALUE(record_key, '$.order_id'), JSON_VALUE(data_after, '$.status'),
    changed_fields FROM audit.audit_trail ORDER BY audit_id" | tr '\t\n' ' ;')" \
    'orders INSERT 1 new NULL;orders INSERT 2 new NULL;orders UPDATE 1 paid ["status"];orders DELETE 2 NULL NULL;' \
    "each change once"
is "$(to_sql -N -e "SELECT COUNT(*) FROM information_schema.PARTITIONS WHERE
    TABLE_NAME = 'audit_trail'")" 5 "four months and the future"

mkdir "$T/cron"
to_sql -e 'CREATE DATABASE shop; CREATE TABLE shop.orders (order_id BIGINT
    PRIMARY KEY, customer_id BIGINT, total_amount DECIMAL(10,2),
    status VARCHAR(20), note TEXT)'
for i in 1 2; do
	example cron-resync.sh "$T/cron" 'shop\..*'
	exits 0 "cron-resync.sh, run $i"
	is "$(cat "$T/out" "$T/err")" "" "is silent"
	is "$(to_sql -N -e 'CHECKSUM TABLE shop.orders')" \
	    "$(from_sql -N -e 'CHECKSUM TABLE shop.orders')" "the same rows"
	from_sql shop -e "INSERT INTO orders VALUES ($i + 10, 7, 1, 'new', NULL)"
done
REPLICA="-S $T/none" example cron-resync.sh "$T/cron" 'shop\..*'
exits 0 "a server that is away"
is "$(cat "$T/err")" "" "is no news"
from_sql -e 'PURGE BINARY LOGS TO "nothing"' 2>/dev/null
to_sql -e 'DROP TABLE shop.orders'
example cron-resync.sh "$T/cron" 'shop\..*'
exits 78 "a table that is gone: 78"
[ -s "$T/err" ]
result $? "is said"

sh "$src/examples/snapshot-then-stream.sh" "$T/copy.state" 'shop\..*' \
    >"$T/out" 2>"$T/err" &
busy=$!
equal() {
	[ "$(to_sql -N -e 'CHECKSUM TABLE shop.orders' 2>/dev/null)" = \
	    "$(from_sql -N -e 'CHECKSUM TABLE shop.orders')" ]
}
until_equal() {
	for _ in $(seq 100); do
		! equal || break
		sleep 0.1
	done
	equal
	result $? "$1"
}
until_equal "snapshot-then-stream.sh makes a replica"
from_sql shop -e "UPDATE orders SET status = 'sent'; DELETE FROM orders WHERE
    order_id = 11"
until_equal "and what follows comes"
pkill -TERM -P $busy
wait $busy
busy=
from_sql shop -e "INSERT INTO orders VALUES (99, 1, 1, 'late', 'z')"
sh "$src/examples/snapshot-then-stream.sh" "$T/copy.state" 'shop\..*' \
    >"$T/out" 2>"$T/err" &
busy=$!
until_equal "a second run goes on"
pkill -TERM -P $busy
wait $busy
busy=
done_testing
