-- A system-versioned table whose period has no columns of its own.
-- history: own
CREATE TABLE t (id INT PRIMARY KEY, v INT) WITH SYSTEM VERSIONING;
INSERT INTO t VALUES (1,1),(2,2);
UPDATE t SET v=9 WHERE id=1;
DELETE FROM t WHERE id=2;
