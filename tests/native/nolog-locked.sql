-- Of a table whose session has it locked, CREATE TABLE IF NOT EXISTS is logged
-- although it is there: it does not say what its columns are called.
-- modes: files
-- globals: binlog_row_metadata=NO_LOG
-- refused: 65 --schema
CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20));
LOCK TABLES t WRITE;
CREATE TABLE IF NOT EXISTS t (a INT PRIMARY KEY, b VARBINARY(80));
UNLOCK TABLES;
INSERT INTO t VALUES (1,'x');
