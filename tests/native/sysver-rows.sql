-- A system-versioned table in a database of its own.
-- history: own
CREATE DATABASE d6; USE d6;
CREATE TABLE t(id INT PRIMARY KEY, v INT) WITH SYSTEM VERSIONING;
INSERT INTO t VALUES(1,1),(2,2);
UPDATE t SET v=10 WHERE id=1;
DELETE FROM t WHERE id=2;
