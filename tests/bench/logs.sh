#!/bin/sh
# Make the binlogs that the benchmarks read, with a private MariaDB 11.8:
#   many.binlog     many rows an event (INSERT … SELECT, 20,000 a transaction)
#   single.binlog   one row a transaction, sysbench's table
#   wide.binlog     40 columns of all types, long texts; four updates of each
# usage: logs.sh DIR
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
. "$top/tests/mariadb.sh"
dir=$1
mkdir -p "$dir"
work=$(mktemp -d)
trap 'mariadb_stop "$work/s"; rm -rf "$work"' EXIT
mariadb_fetch 11.8
mariadb_start 11.8 "$work/s" --max-binlog-size=1G
sql() { mariadb_sql "$work/s" "$@"; }

# Everything since the last call, as $1.
take() {
	file=$(sql -N -e 'SHOW MASTER STATUS' | cut -f1)
	sql -e 'FLUSH BINARY LOGS'
	mv "$work/s/$file" "$dir/$1"
	ls -l "$dir/$1"
}

sql -e 'CREATE DATABASE bench; FLUSH BINARY LOGS'
if [ ! -s "$dir/many.binlog" ]; then
	sql bench <<-'SQL'
	CREATE TABLE salaries (emp_no INT NOT NULL, salary INT NOT NULL,
	  from_date DATE NOT NULL, to_date DATE NOT NULL,
	  first_name VARCHAR(14), last_name VARCHAR(16),
	  PRIMARY KEY (emp_no, from_date));
	DELIMITER //
	FOR i IN 0..299 DO
	  INSERT INTO salaries SELECT i * 20000 + seq, 40000 + seq % 60000,
	    '1990-01-01' + INTERVAL seq % 5000 DAY, '9999-01-01',
	    CONCAT('First', seq % 1000), CONCAT('Lastname', seq % 3000)
	    FROM seq_1_to_20000;
	END FOR//
	SQL
	take many.binlog
fi
if [ ! -s "$dir/single.binlog" ]; then
	sql bench <<-'SQL'
	CREATE TABLE sbtest1 (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	  k INT NOT NULL DEFAULT 0, c CHAR(120) NOT NULL DEFAULT '',
	  pad CHAR(60) NOT NULL DEFAULT '', KEY k_1 (k));
	DELIMITER //
	FOR i IN 1..310000 DO
	  INSERT INTO sbtest1 (k, c, pad) VALUES (i * 7919 % 100000,
	    '68487932199-96439406143-93774651418-41631865787-96406072701-20604855487-25459966574-28203206787-41238978918-19503783441',
	    '22195207048-70116052123-74140395089-76317954521-98694025897');
	END FOR//
	SQL
	take single.binlog
fi
if [ ! -s "$dir/wide.binlog" ]; then
	sql bench <<-'SQL'
	CREATE TABLE wide (id BIGINT UNSIGNED PRIMARY KEY, t1 TINYINT,
	  t2 TINYINT UNSIGNED, s1 SMALLINT, m1 MEDIUMINT, i1 INT,
	  i2 INT UNSIGNED, b1 BIGINT, b2 BIGINT UNSIGNED, f1 FLOAT, f2 FLOAT,
	  d1 DOUBLE, d2 DOUBLE, d3 DOUBLE, n1 DECIMAL(10,2),
	  n2 DECIMAL(20,6), n3 DECIMAL(65,30), bi BIT(12), da DATE, ti TIME,
	  ti6 TIME(6), dt DATETIME, dt6 DATETIME(6), ts TIMESTAMP NULL,
	  ts6 TIMESTAMP(6) NULL, y YEAR, c1 CHAR(20), v1 VARCHAR(60),
	  v2 VARCHAR(300), l1 VARCHAR(60) CHARACTER SET latin1, bn BINARY(16),
	  vb VARBINARY(40), e1 ENUM('new','paid','sent'),
	  st SET('a','b','c'), tx TEXT, mt MEDIUMTEXT, lt LONGTEXT,
	  bl BLOB, js JSON, nn INT NULL) CHARSET utf8mb4;
	DELIMITER //
	FOR i IN 0..999 DO
	  INSERT INTO wide SELECT i * 20 + seq, seq, seq * 3, seq * 9, -i,
	    -i * 1000, i * 100000, -i * 1000000007, 18446744073709551615 - i,
	    RAND() * 1000, EXP(RAND() * 40), RAND(), RAND() * i - i / 2,
	    EXP(RAND() * 600), i + seq / 100, i * 1.000001,
	    CONCAT(i, "1234567890123456789012345678901.012345678901234567890123456789"),
	    i % 4096, '2000-01-01' + INTERVAL i DAY, SEC_TO_TIME(i),
	    SEC_TO_TIME(i / 7), '2020-01-01' + INTERVAL i MINUTE,
	    '2020-01-01 00:00:00.123456' + INTERVAL i SECOND,
	    '2021-01-01' + INTERVAL i MINUTE, '2021-01-01 00:00:00.654321',
	    1990 + seq, CONCAT('char', i), CONCAT('Ünïcödé ', i),
	    REPEAT('Съешь же ещё этих мягких булок. ', 5),
	    CONCAT('é latin ', i), UNHEX(MD5(i)), RANDOM_BYTES(30),
	    1 + seq % 3, seq % 8, REPEAT('Lorem ipsum "dolor"\n', 10),
	    REPEAT('天地玄黃宇宙洪荒 ', 10), REPEAT('a plain long text ', 10),
	    RANDOM_BYTES(100), CONCAT('{"id": ', i,
	    ', "name": "Zoë", "tags": ["a", "b"], "price": ', RAND(), '}'),
	    IF(seq % 2, NULL, i) FROM seq_1_to_20;
	END FOR//
	FOR i IN 0..3999 DO
	  UPDATE wide SET i1 = i1 + 1, d1 = RAND(), n3 = n3 + RAND() * 1e20
	    WHERE id BETWEEN i % 1000 * 20 + 1 AND i % 1000 * 20 + 20;
	END FOR//
	SQL
	take wide.binlog
fi
