-- History that is told does not become one of the target's own: the server makes
-- that itself, with its own times.
-- tail: --history
-- refused: 78 contains the history of test\.t
CREATE TABLE t (id INT PRIMARY KEY, v INT) WITH SYSTEM VERSIONING;
INSERT INTO t VALUES (1,1);
UPDATE t SET v=2;
