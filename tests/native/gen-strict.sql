-- A generated column warned on the source, where sql_mode was not strict.
SET sql_mode='';
CREATE TABLE t (id INT PRIMARY KEY, s VARCHAR(20), y INT AS (YEAR(s)) STORED, z INT AS (s+1) STORED);
INSERT INTO t (id,s) VALUES (1,'2020-01-01'),(2,'x');
SELECT * FROM t;
