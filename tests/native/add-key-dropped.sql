-- Rows of a table that lost its key, of which two may be the same by it: the
-- target, which add made, still has the key.
-- modes: add
-- refused: 78 has the key \(id\), by which two rows of the source could be one: it has no key there
CREATE TABLE t (id INT PRIMARY KEY, v INT);
INSERT INTO t VALUES (1,1),(2,2);
ALTER TABLE t DROP PRIMARY KEY;
INSERT INTO t VALUES (1,5);
DELETE FROM t WHERE id=2;
