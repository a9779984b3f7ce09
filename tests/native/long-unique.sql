-- A UNIQUE of BLOB has a hidden column of hashes.
CREATE TABLE t (id INT PRIMARY KEY, b BLOB, UNIQUE(b));
INSERT INTO t VALUES (1,'a'),(2,'b');
UPDATE t SET b='c' WHERE id=2;
