-- DROP TABLE that failed for one of its tables has dropped the other.
-- errors: 1051
CREATE TABLE t2 (b INT);
DROP TABLE t1, t2;
CREATE TABLE t3 (b INT);
INSERT INTO t3 VALUES (1);
