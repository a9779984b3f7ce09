-- A geometry of no bytes, as ALTER TABLE makes it.
SET sql_mode='';
CREATE TABLE t (id INT PRIMARY KEY);
INSERT INTO t VALUES (1);
ALTER TABLE t ADD p POINT NOT NULL;
SELECT id, p, HEX(p), LENGTH(p) FROM t;
UPDATE t SET id=2;
