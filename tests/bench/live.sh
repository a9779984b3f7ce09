#!/bin/sh
# cdc-tail on a server: how fast it catches up, beside the same logs as files,
# how soon a change is a line, at 1,000 transactions a second, and a snapshot
# beside mariadb-dump, and once more inside a stream.
# usage: live.sh DIR-OF-TOOLS [PAIRS]
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
. "$top/tests/mariadb.sh"
work=$(mktemp -d)
trap 'mariadb_stop "$work/s"; rm -rf "$work"' EXIT
mariadb_fetch 11.8
mariadb_start 11.8 "$work/s" --max-binlog-size=1G
mariadb_sql "$work/s" <<-'SQL'
	CREATE DATABASE bench;
	USE bench;
	CREATE TABLE salaries (emp_no INT NOT NULL, salary INT NOT NULL,
	  from_date DATE NOT NULL, to_date DATE NOT NULL,
	  first_name VARCHAR(14), last_name VARCHAR(16),
	  PRIMARY KEY (emp_no, from_date));
	CREATE TABLE sbtest1 (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	  k INT NOT NULL DEFAULT 0, c CHAR(120) NOT NULL DEFAULT '',
	  pad CHAR(60) NOT NULL DEFAULT '', KEY k_1 (k));
	CREATE TABLE latency (id INT PRIMARY KEY, sent BIGINT);
	DELIMITER //
	FOR i IN 0..149 DO
	  INSERT INTO salaries SELECT i * 20000 + seq, 40000 + seq % 60000,
	    '1990-01-01' + INTERVAL seq % 5000 DAY, '9999-01-01',
	    CONCAT('First', seq % 1000), CONCAT('Lastname', seq % 3000)
	    FROM seq_1_to_20000;
	END FOR//
	FOR i IN 1..200000 DO
	  INSERT INTO sbtest1 (k, c, pad) VALUES (i * 7919 % 100000,
	    '68487932199-96439406143-93774651418-41631865787-96406072701-20604855487-25459966574-28203206787-41238978918-19503783441',
	    '22195207048-70116052123-74140395089-76317954521-98694025897');
	END FOR//
SQL
mkdir "$work/raw"
CDC_PEER=". $top/tests/mariadb.sh; mariadb_run 11.8 /usr/bin/mariadb-binlog \
    --no-defaults -S $work/s/sock -u root -R --to-last-log mariadb-bin.000001"
export CDC_PEER
perl "$top/tests/bench/live.pl" "$work/s" "$@"
