#!/bin/sh
# The programs of examples/, between two servers.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/redis.sh"
. "$src/tests/examples.sh"

busy=
receiver=
cleanup() {
	redis_stop
	[ -z "$busy$receiver" ] || kill $busy $receiver 2>/dev/null
	pair_stop
}
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

# the first copy, that cannot be made: the next run takes it up
mkdir "$T/cron"
to_sql -e 'CREATE DATABASE shop; CREATE TABLE shop.orders (order_id BIGINT
    PRIMARY KEY, customer_id BIGINT, total_amount DECIMAL(10,2),
    status INT, note TEXT)'
example replica-cron.sh "$T/cron" 'shop\..*'
exits 65 "the replica's table takes no text: 65"
err_like 'replica-cron: .*: writing to the replica failed: status 65' "is said"
err_like 'status' "with the column"
to_sql -e 'DROP DATABASE shop'
for i in 1 2; do
	example replica-cron.sh "$T/cron" 'shop\..*'
	exits 0 "replica-cron.sh, run $i"
	is "$(cat "$T/out" "$T/err")" "" "is silent"
	is "$(to_sql -N -e 'CHECKSUM TABLE shop.orders')" \
	    "$(from_sql -N -e 'CHECKSUM TABLE shop.orders')" "the same rows"
	from_sql shop -e "INSERT INTO orders VALUES ($i + 10, 7, 1, 'new', NULL)"
done
# killed between the commit of the copy and the writing of its file
rm "$T/cron/position"
example replica-cron.sh "$T/cron" 'shop\..*'
is "$status $(cat "$T/err")" "0 " "the position's file is lost: the row counts"
is "$(to_sql -N -e 'CHECKSUM TABLE shop.orders')" \
    "$(from_sql -N -e 'CHECKSUM TABLE shop.orders')" "and nothing is missing"
# … which is done with the last commit, not with the next heartbeat
cdc-snapshot -q -S "$from/sock" -u root -t 'shop\..*' --mode initial \
    --time string --state "$T/ends" 2>"$T/source" |
    cdc-apply -q -S "$to/sock" -u root --name ends --state "$T/ends" \
    --map 'shop\.orders=shop.ends' --schema-evolution add 2>"$T/sink" &
busy=$!
row() { cdc-apply -S "$to/sock" -u root --name ends --show-state 2>"$T/err"; }
for _ in $(seq $patience); do
	row >"$T/row" && [ "$(jq '.snapshot' "$T/row")" = null ] && break
	sleep 0.1
done
sleep 0.5
is "$(jq -c '[.gtid, .snapshot]' "$T/ends")" \
    "$(jq -c '[.gtid, null]' "$T/row")" "a copy's end is in the file at once"
kill $busy
wait $busy
long_ago() { touch -d '2 hours ago' "$T/cron/$1"; }
for end in REPLICA SOURCE; do
	long_ago begun
	(
		eval "$end='-S $T/none'"
		example replica-cron.sh "$T/cron" 'shop\..*'
		echo $status >"$T/status"
	)
	is "$(cat "$T/status" "$T/err")" 0 "$end is away: no news, for an hour"
	long_ago last-success
	(
		eval "$end='-S $T/none'"
		example replica-cron.sh "$T/cron" 'shop\..*'
		echo $status >"$T/status"
		sh "$src/examples/replica-cron.sh" "$T/cron" 'shop\..*' \
		    2>"$T/again"
		echo $? >>"$T/status"
	)
	is "$(tr '\n' ' ' <"$T/status")" "69 69 " "$end is away for longer: 69"
	err_like 'has not worked since 20' "it is said"
	err_like "$T/none" "with why"
	is "$(cat "$T/again")" "" "but not every minute"
	example replica-cron.sh "$T/cron" 'shop\..*'
	is "$status $(cat "$T/err")" "0 " "it is back: no news"
done
hold_lock "$T/cron/lock"
example replica-cron.sh "$T/cron" 'shop\..*'
is "$status $(cat "$T/err")" "0 " "a run goes on: this one does not"
long_ago begun
example replica-cron.sh "$T/cron" 'shop\..*'
exits 75 "it goes on for hours: 75"
err_like 'the run of 20.* has not ended' "it is said"
kill $holder
wait $holder 2>/dev/null
rm "$T/cron/told"
mkdir "$T/never"
for end in REPLICA SOURCE; do
	(
		eval "$end='-S $T/none'"
		example replica-cron.sh "$T/never" 'shop\..*'
		echo $status >"$T/status"
	)
	is "$(cat "$T/status")" 69 "it never worked, for $end is away: 69"
	rm "$T/never/told"
	err_like 'it has never worked' "at once"
done
to_sql -e 'RENAME TABLE shop.orders TO shop.away'
from_sql shop -e "INSERT INTO orders VALUES (50, 7, 1, 'new', NULL)"
example replica-cron.sh "$T/cron" 'shop\..*'
exits 78 "a table that is gone: 78"
err_like 'replica-cron: .*: writing to the replica failed: status 78' "who says so"
err_like 'shop.orders' "which"
to_sql -e 'RENAME TABLE shop.away TO shop.orders'
example replica-cron.sh "$T/cron" 'shop\..*'
is "$status $(cat "$T/err")" "0 " "it is back: no news"
# 78 of the one end, 75 of the other
from_sql shop -e "INSERT INTO orders VALUES (51, 7, 1, 'new', NULL);
    FLUSH LOGS; INSERT INTO orders VALUES (52, 7, 1, 'new', NULL); FLUSH LOGS"
mariadb_purge "$from"
example replica-cron.sh "$T/cron" 'shop\..*'
exits 78 "purged: 78, not the 75 of cdc-apply"
err_like 'replica-cron: .*: reading the source failed: status 78' "who says so"
err_like 'the program before it ended with exit status 78' "and to the other"
to_sql -e 'DROP TABLE shop.orders'
example replica-cron.sh "$T/cron"
exits 64 "usage"

sh "$src/examples/snapshot-then-stream.sh" "$T/copy.state" 'shop\..*' \
    >"$T/out" 2>"$T/err" &
busy=$!
equal() {
	[ "$(to_sql -N -e 'CHECKSUM TABLE shop.orders' 2>/dev/null)" = \
	    "$(from_sql -N -e 'CHECKSUM TABLE shop.orders')" ]
}
until_equal() {
	eventually equal
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

# The examples of manual and README that name servers: db1 is the source, all
# others are the target.  Those that follow for ever end where they have come
# to now.
mkdir "$T/bin"
for tool in cdc-tail cdc-snapshot cdc-apply cdc-check mariadb mariadb-dump; do
	cat >"$T/bin/$tool" <<-SH
	#!/bin/bash
	for arg; do
		shift
		if [ "\$last" = -h ]; then
			[ "\$arg" = db1 ] && arg=$from/sock || arg=$to/sock
			set -- "\$@" -S "\$arg"
		elif [ "\$arg" != -h ]; then
			set -- "\$@" "\$arg"
		fi
		last=\$arg
	done
	PATH=$PATH
	case "$tool \$*" in
	*--until*) ;;
	cdc-tail*' -S '* | cdc-snapshot*' --mode initial'*)
		set -- "\$@" --until now ;;
	esac
	exec $tool "\$@"
	SH
	chmod +x "$T/bin/$tool"
done
# Whatever server cdc-post names is one that takes everything.
mkdir "$T/web"
python3 "$src/tests/stage/receiver.py" "$T/web" 2>/dev/null &
receiver=$!
eventually test -s "$T/web/port"
cat >"$T/bin/cdc-post" <<SH
#!/bin/bash
for arg; do
	shift
	case "\$arg" in
	http*://*) arg=http://127.0.0.1:$(cat "$T/web/port")/\${arg#*://*/} ;;
	esac
	set -- "\$@" "\$arg"
done
PATH=$PATH exec cdc-post "\$@"
SH
chmod +x "$T/bin/cdc-post"
# And Redis is one of this test.
redis_start "$T/redis"
printf '#!/bin/sh\nexec env PATH=%s redis-cli -s %s "$@"\n' "$PATH" \
    "$redis" >"$T/bin/redis-cli"
chmod +x "$T/bin/redis-cli"
products='CREATE TABLE products (product_id INT PRIMARY KEY, name VARCHAR(20))'
to_sql shop -e "$products"
from_sql shop -e "$products; INSERT INTO products VALUES (1, 'x'), (2, 'y');
    DELETE FROM products WHERE product_id = 2"
run_example() {
	to_sql -e 'DROP DATABASE IF EXISTS cdc; DROP DATABASE IF EXISTS audit'
	! grep -q -- 'insert-mode' "$1" || grep -q -- --ddl "$1" || {
		echo 'CREATE DATABASE audit;'
		cdc-audit --ddl
		cdc-audit --partition-months 3
	} | to_sql
	rm -rf "$T/here"
	mkdir -p "$T/here/handlers"
	printf '#!/bin/sh\ncat >/dev/null\n' >"$T/here/handlers/default"
	chmod +x "$T/here/handlers/default"
	head -c 32 /dev/urandom | base64 >"$T/here/secret"
	status=0
	(cd "$T/here" && PATH=$T/bin:$PATH timeout 60 bash -o pipefail "$1") \
	    >"$T/out" 2>"$T/err" || status=$?
	ran=$(cat "$1")
}
# What begins with a copy goes on when it is started again.
again() {
	! grep -q -- '--mode initial' "$1" || {
		(cd "$T/here" && PATH=$T/bin:$PATH timeout 60 \
		    bash -o pipefail "$1") >"$T/out" 2>"$T/err"
		status=$?
		exits 0 "$(basename "$1"): again"
	}
}
to_sql -e 'ALTER TABLE replica.orders_replica ADD COLUMN note TEXT'
for page in "$src"/man/*.[157]; do
	examples_of "$page" "$T/$(basename "$page")"
	for block in "$T/$(basename "$page")"/*; do
		[ -e "$block" ] && needs_server "$block" || continue
		! grep -q kcat "$block" || continue     # as in kafka.t
		! grep -q -- '--name copy' "$block" || continue       # recipes.t
		run_example "$block"
		exits 0 "$(basename "$page"): example $(basename "$block")"
		again "$block"
	done
done
readme_lines "$src/README.md" "$T/readme/lines"
readme_blocks "$src/README.md" "$T/readme/blocks"
for line in "$T"/readme/*/*; do
	needs_server "$line" || continue
	# a replica begins empty, and what makes no tables finds them there
	to_sql -e 'DROP DATABASE IF EXISTS shop'
	grep -q -- --schema-evolution "$line" || mariadb-dump --no-defaults \
	    -S "$from/sock" --no-data --databases shop | to_sql
	run_example "$line"
	exits 0 "README: $(cat "$line")"
	again "$line"
done
done_testing
