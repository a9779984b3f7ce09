-- LOAD DATA of format STATEMENT: its rows are in a file of the log.
-- refused: 65 statement-based change of .*: LOAD DATA INFILE
-- modes: live files
CREATE TABLE t(id INT PRIMARY KEY, v VARCHAR(9));
INSERT INTO t VALUES(1,'a'),(2,'b');
SELECT * FROM t INTO OUTFILE '../load-followed.txt';
DELETE FROM t;
SET SESSION binlog_format=STATEMENT;
LOAD DATA INFILE '../load-followed.txt' INTO TABLE t;
