-- Nothing in the log says the character set of the database, whose tables have
-- it: what bytes of theirs are is not known.
-- modes: files
-- globals: binlog_row_metadata=NO_LOG
-- refused: 65 --schema
CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20));
INSERT INTO t VALUES (1,'né');
