-- A query that fills a temporary table changes no other one where it calls
-- functions of the server alone; a sequence's changes are rows in every format.
CREATE TABLE t (id INT PRIMARY KEY, v INT);
INSERT INTO t VALUES (1,1);
CREATE SEQUENCE s;
SET binlog_format=MIXED;
CREATE TEMPORARY TABLE x SELECT COUNT(*) AS n, IF(MAX(v) IN (1, 2), NOW(), 1) FROM t;
CREATE TEMPORARY TABLE z SELECT NEXT VALUE FOR s AS a, NEXTVAL(s) AS b;
SET binlog_format=ROW;
INSERT INTO t SELECT a + 10, n FROM z, x;
