-- UNIQUE of long columns: the hash that the server hides is in no record, before
-- and after ALTER, beside system versioning; a column of that name is one.
CREATE TABLE t (id INT PRIMARY KEY, b BLOB, t TEXT NOT NULL, UNIQUE (b), UNIQUE u2 (t, id));
INSERT INTO t VALUES (1,'a','x'),(2,NULL,'y'),(3,'c','z');
UPDATE t SET b='q' WHERE id=1;
ALTER TABLE t ADD c INT;
INSERT INTO t VALUES (4,'d','w',4);
DELETE FROM t WHERE id=2;
CREATE TABLE n (b BLOB, UNIQUE (b));
INSERT INTO n VALUES ('1'),('2'),(NULL);
UPDATE n SET b='3' WHERE b='1';
CREATE TABLE own (id INT PRIMARY KEY, DB_ROW_HASH_1 BIGINT UNSIGNED);
INSERT INTO own VALUES (1,5);
CREATE TABLE h (id INT PRIMARY KEY, v VARCHAR(3000), UNIQUE (v) USING HASH);
INSERT INTO h VALUES (1,'a'),(2,'b');
ALTER TABLE h DROP INDEX v;
INSERT INTO h VALUES (3,'a');
