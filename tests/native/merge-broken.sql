-- A MERGE table of a table that cannot be merged is made all the same, and
-- answers SHOW CREATE TABLE with an error.
CREATE TABLE t (a INT) ENGINE=InnoDB;
CREATE TABLE m (a INT) ENGINE=MERGE UNION=(t);
INSERT INTO t VALUES (1);
DROP TABLE m;
CREATE TABLE m (a INT) ENGINE=MERGE UNION=(t);
INSERT INTO t VALUES (2);
