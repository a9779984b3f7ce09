-- A geometry of no bytes in a column with a DEFAULT, which REPLACE … SELECT of
-- NULL makes: a row that is made without the column would have the DEFAULT.
-- modes: live
-- refused: 65 column b: an empty geometry, which no statement can write
SET sql_mode='';
CREATE TABLE t (a INT PRIMARY KEY, b GEOMETRY NOT NULL DEFAULT (POINT(1,1)));
INSERT INTO t VALUES (1, DEFAULT);
REPLACE INTO t SELECT 2, NULL FROM t;
