-- A system-versioned table whose row end is part of its key.
-- history: own
CREATE TABLE t (id INT AUTO_INCREMENT, v INT, s TIMESTAMP(6) AS ROW START, e TIMESTAMP(6) AS ROW END, PERIOD FOR SYSTEM_TIME(s,e), PRIMARY KEY (id,e)) WITH SYSTEM VERSIONING;
INSERT INTO t(v) VALUES (1),(2);
UPDATE t SET v=3 WHERE id=1;
