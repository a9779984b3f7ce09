#!/bin/sh
# cdc-format --to resp: what a Redis server then holds is what the tables hold,
# byte for byte, whatever that is.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/redis.sh"

cleanup() {
	redis_stop
	server_stop
}
command -v redis-server >/dev/null || skip_all "no Redis here"
data=$src/tests/conformance/data
sql() { mariadb_sql "$server" "$@"; }

# Those of GBK, sjis and UCS-2 that are no characters of it are bytes in Redis,
# and nothing that CONVERT() makes; so is what no label of an ENUM is, and zeros
# of INET6 are shortened otherwise.  The key of t_serial is no primary one.
strays='^745f73657269616c3a\|^745f67626b3a\|^745f736a69733a\|^745f756373323a\|^745f656e756d3a38 6575 \|^745f696e65743a35 6936 '

# An expression for the bytes that a column's field has, but for numbers that
# MariaDB's text rounds, and vectors, whose text is another one there.
bytes_of="CASE WHEN DATA_TYPE REGEXP 'binary|blob|geometry|point|line|poly'
    THEN CONCAT('CAST(', name, ' AS BINARY)')
    WHEN DATA_TYPE = 'bit' THEN CONCAT('UNHEX(LPAD(HEX(', name, '), ',
	2 * ((NUMERIC_PRECISION + 7) DIV 8), ', \"0\"))')
    ELSE CONCAT('CAST(CONVERT(', name, ' USING utf8mb4) AS BINARY)') END"

# Each column of each table that has a primary key, as redis_all prints them.
# usage: tables DATABASE
tables() {
	sql -N --raw -e "SET SESSION group_concat_max_len=1000000;
	WITH c AS (SELECT *, CONCAT('\`', COLUMN_NAME, '\`') AS name
	    FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '$1'),
	k AS (SELECT TABLE_NAME, GROUP_CONCAT(IF(parts = 1, bytes,
	    CONCAT('REPLACE(REPLACE(', bytes,
	    ', \"%\", \"%25\"), \":\", \"%3A\")')) ORDER BY place
	    SEPARATOR ', \":\", ') AS v FROM
	    (SELECT c.TABLE_NAME, $bytes_of AS bytes, k.ORDINAL_POSITION AS
	    place, COUNT(*) OVER (PARTITION BY k.TABLE_NAME) AS parts FROM c
	    JOIN information_schema.KEY_COLUMN_USAGE k ON k.CONSTRAINT_NAME =
	    'PRIMARY' AND k.TABLE_SCHEMA = c.TABLE_SCHEMA AND k.TABLE_NAME =
	    c.TABLE_NAME AND k.COLUMN_NAME = c.COLUMN_NAME) AS p
	    GROUP BY TABLE_NAME)
	SELECT CONCAT('SELECT LOWER(CONCAT(HEX(CONCAT(\"', c.TABLE_NAME,
	    ':\", ', k.v, ')), \" ', LOWER(HEX(COLUMN_NAME)), ' \",
	    IF(LENGTH(@v := ', $bytes_of, ') > 10000, MD5(@v), HEX(@v))))
	    FROM $1.\`', c.TABLE_NAME, '\` WHERE ', name,
	    ' IS NOT NULL;')
	    FROM c JOIN k USING (TABLE_NAME)
	    WHERE DATA_TYPE NOT IN ('float', 'double', 'vector') AND
	    COLUMN_TYPE NOT LIKE '%zerofill'" >"$T/ask"
	{
		echo "SET time_zone='+00:00', sql_mode='';"
		cat "$T/ask"
	} | sql -N -D "$1" | grep -v "$strays" | sort
}
# Fields that tables() leaves out have names in this list.
inexact() {
	sql -N -e "SELECT DISTINCT CONCAT(' ', LOWER(HEX(COLUMN_NAME)), ' ')
	    FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '$1' AND
	    (DATA_TYPE IN ('float', 'double', 'vector') OR
	    COLUMN_TYPE LIKE '%zerofill')"
}

# usage: holds DATABASE NAME
holds() {
	tables "$1" >"$T/want"
	inexact "$1" >"$T/inexact"
	redis_all | grep -vFf "$T/inexact" | grep -v "$strays" >"$T/got"
	same "$T/got" "$T/want" "$2 ($(wc -l <"$T/want") values)"
}

redis_start "$T/redis"
result $? "a Redis server starts" || sed 's/^/# /' "$T/redis/log"

for version in ${VERSIONS-$mariadb_versions}; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	server_start $version "$T/$version" --sql-mode= \
	    --gtid-strict-mode=OFF --max-allowed-packet=64M || continue
	for case in ${CASES:-keys types-bin types-enum types-geo types-inet \
	    types-int types-json types-text types-uuid types-vector \
	    types-zerodate wide}; do
		redis FLUSHALL
		sql -e 'DROP DATABASE IF EXISTS oracle;
		    DROP DATABASE IF EXISTS zz_sentinel;
		    CREATE DATABASE zz_sentinel;
		    CREATE TABLE zz_sentinel.s (id INT)'
		mariadb-binlog --no-defaults --skip-gtid-strict-mode \
		    "$data/$case/binlog.000001" 2>/dev/null | sql \
		    >"$T/log" 2>&1 || {
			skip "$version: $case" "$(tail -n 1 "$T/log" | cut -c1-80)"
			continue
		}
		cdc-snapshot -q -S "$server/sock" -u root --skip-ssl \
		    --time string -t 'oracle\..*' 2>"$T/err" |
		    grep -v '"key":null,"payload":{"before"' >"$T/records"
		cdc-format --to resp <"$T/records" >"$T/commands" 2>"$T/err" &&
		    redis_ask --pipe <"$T/commands" >"$T/log" 2>&1 ||
		    result 1 "$version: $case: $(cat "$T/err" "$T/log")"
		holds oracle "$version: $case"
	done
	server_stop
done

# ---- changes, of hostile values
server_start 11.8 "$T/hostile" --sql-mode= --max-allowed-packet=64M || {
	done_testing
	exit
}
redis FLUSHALL
redis SET sentinel 1
sql -e "CREATE DATABASE h; USE h;
    CREATE TABLE t (a VARCHAR(40) COLLATE utf8mb4_bin, b VARBINARY(40),
	v LONGBLOB, w TEXT, PRIMARY KEY (a, b));
    CREATE TABLE \`x:%y\` (id VARCHAR(100) PRIMARY KEY,
	\`\$1\r\n*1\` VARCHAR(40) CHARACTER SET latin1);
    SET @evil = '\r\n*1\r\n\$8\r\nFLUSHALL\r\n';
    INSERT INTO t VALUES
	('a:b', 'c', @evil, @evil), ('a', 'b:c', NULL, 'x'),
	('a%3Ab', 'c', '', ''), (@evil, @evil, '\0\0', '\0'),
	('', '', REPEAT('\r\n*1\r\n', 2800000), 'ä😀'),
	('k', x'00ff', x'00ff0d0a', 'gone');
    INSERT INTO \`x:%y\` VALUES ('a:%b', 'é'), (@evil, @evil), ('9', NULL);
    UPDATE t SET w = NULL WHERE a = 'k';
    UPDATE t SET v = NULL, w = 'again' WHERE a = 'a:b';
    UPDATE t SET a = CONCAT(a, '2') WHERE a = 'a';
    UPDATE \`x:%y\` SET id = CONCAT(id, ':2') WHERE id = @evil;
    DELETE FROM t WHERE a = 'a%3Ab';"
cdc-tail -q --control --time string "$server/mariadb-bin.000001" -t 'h\..*' \
    >"$T/stream"
cdc-format --to resp <"$T/stream" >"$T/commands"
redis_ask --pipe <"$T/commands" >"$T/log" 2>&1
result $? "redis-cli --pipe" || sed 's/^/# /' "$T/log"
# `x:%y` has its name escaped in its keys, which tables() does not know
sql -e 'RENAME TABLE h.`x:%y` TO h.`x%3A%25y`'
holds h "injected commands, NUL, 16 MB, ':' in keys"
is "$(redis_ask GET sentinel)" 1 "no value was executed"
redis_ask --pipe <"$T/commands" >"$T/log" 2>&1
holds h "the same again: the same hashes"
cdc-format --to resp --expire 1h <"$T/stream" | redis_ask --pipe >"$T/log"
holds h "--expire: the same hashes"
ttl=$(redis_ask TTL x%3A%25y:9)
[ "$ttl" -gt 3500 ] && [ "$ttl" -le 3600 ]
result $? "they expire"

# ---- the cache of a shop
redis FLUSHALL
sql -D h -e "CREATE TABLE products (id INT PRIMARY KEY, category VARCHAR(60),
	name TEXT, price DECIMAL(9,2));
    INSERT INTO products VALUES (1, 'old', 'one', 1.50), (2, 'kept', NULL, 2),
	(3, @evil := '\r\n*1\r\n\$8\r\nFLUSHALL\r\n', @evil, 3), (4, NULL, '', 4)"
cdc-snapshot -q -S "$server/sock" -u root --skip-ssl --state "$T/state" \
    -t 'h\.products' >"$T/copy" 2>"$T/err"
evil=$(printf '\r\n*1\r\n$8\r\nFLUSHALL\r\n.')
evil=${evil%.}
for key in products:category:old products:category:new products:category:kept \
    products:category:other \
    "products:category:$evil" product:2:details product:2; do
	redis SET "$key" cached
done
from=$(sql -N -e 'SELECT @@gtid_binlog_pos')
sql -D h -e "UPDATE products SET category = 'new' WHERE id = 1;
    UPDATE products SET price = 7 WHERE id = 2;
    DELETE FROM products WHERE id = 3; UPDATE products SET id = 5 WHERE id = 4;"
cdc-tail -q --control "$server/mariadb-bin.000001" -t 'h\.products' \
    --from "$from" --tombstones --schema "$T/copy" >"$T/stream" 2>"$T/err"
result $? "changes of products" || sed 's/^/# /' "$T/err"
cdc-format --to resp --null '' --resp-command 'h\.products=DEL product:{id} product:{id}:details' \
    --resp-command '/u,d=DEL products:category:{before.category}' \
    --resp-command '/c,u=DEL products:category:{after.category}' \
    --resp-command '/c,u,r=HSET product:{id} {*}' \
    --resp-command '/c,u,r=EXPIRE product:{id} 3600' <"$T/stream" \
    2>"$T/err" | redis_ask --pipe >"$T/log" 2>&1
result $? "commands for it" || sed 's/^/# /' "$T/err" "$T/log"
is "$(redis_ask KEYS '*' | sort | tr '\n' ' ')" \
    "product:1 product:2 product:5 products:category:other " \
    "what is stale is gone: by the old category and by the new one" ||
    redis_ask KEYS '*'
is "$(redis_ask HGETALL product:1 | tr '\n' ' ')" \
    "id 1 category new name one price 1.50 " "and what changed is there"
is "$(redis_ask HGETALL product:2 | tr '\n' ' ')" \
    "id 2 category kept price 7.00 " "without what is NULL"
ttl=$(redis_ask TTL product:5)
[ "$ttl" -gt 3500 ] && [ "$ttl" -le 3600 ]
result $? "for an hour"
done_testing
