-- A table that is made like a temporary one, which a replica has, and a target
-- has not.
-- refused: 78 a statement on a temporary table and on others
CREATE TABLE t (id INT PRIMARY KEY, v INT);
INSERT INTO t VALUES (1,1),(2,2);
SET binlog_format=MIXED;
CREATE TEMPORARY TABLE t (id INT PRIMARY KEY, q INT DEFAULT 5);
CREATE TABLE l LIKE t;
