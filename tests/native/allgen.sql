-- A table of generated columns only takes rows.
CREATE TABLE t (a INT AS (1) STORED, b INT AS (a+1) VIRTUAL);
INSERT INTO t () VALUES ();
