-- A CHECK that was off for one row and not for the next; of a table whose rows
-- are put together in a batch; and of one without a key.
-- modes: live files copy
CREATE TABLE t (id INT PRIMARY KEY, a INT CHECK (a > 0), b INT, CONSTRAINT sum CHECK (a + b < 100));
CREATE TABLE n (a INT CHECK (a > 0), b INT);
INSERT INTO t VALUES (1,1,1),(2,2,2);
BEGIN;
SET check_constraint_checks=0;
INSERT INTO t VALUES (3,-3,3);
UPDATE t SET b=1000 WHERE id=1;
INSERT INTO n VALUES (-1,1),(-2,2);
SET check_constraint_checks=1;
INSERT INTO t VALUES (4,4,4);
UPDATE t SET a=5 WHERE id=3;
UPDATE n SET a=1 WHERE a=-1;
COMMIT;
SET check_constraint_checks=0;
UPDATE t SET id=30, a=-30 WHERE id=3;
UPDATE n SET b=3 WHERE a=-2;
DELETE FROM n WHERE a=1;
REPLACE INTO t VALUES (4,-4,4);
