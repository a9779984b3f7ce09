-- LOAD DATA of formats STATEMENT and MIXED, into tables that are left out.
-- tail: -t shop\..*
-- tables: ^shop\.
CREATE DATABASE shop; USE shop;
CREATE TABLE t(id INT PRIMARY KEY, v VARCHAR(9));
CREATE TABLE test.x(id INT PRIMARY KEY, v VARCHAR(9));
CREATE TABLE test.m(id INT, v VARCHAR(9)) ENGINE=MyISAM;
INSERT INTO t VALUES(1,'a'),(2,'b');
SELECT * FROM t INTO OUTFILE '../load.txt';
SET SESSION binlog_format=STATEMENT;
LOAD DATA INFILE '../load.txt' INTO TABLE test.x;
LOAD DATA LOW_PRIORITY INFILE '../load.txt' REPLACE INTO TABLE test.x
    CHARACTER SET utf8mb4 (id, @v) SET v=UPPER(@v);
USE test;
LOAD DATA INFILE '../load.txt' INTO TABLE m;
BEGIN;
LOAD DATA INFILE '../load.txt' IGNORE INTO TABLE x;
DELETE FROM x;
COMMIT;
USE shop;
SET SESSION binlog_format=ROW;
LOAD DATA INFILE '../load.txt' REPLACE INTO TABLE t (id, @v) SET v=UPPER(@v);
