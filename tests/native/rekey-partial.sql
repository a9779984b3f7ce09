-- A change of key where the image has not all columns keeps the others.
SET binlog_row_image=MINIMAL;
CREATE TABLE t (id INT PRIMARY KEY, a INT, b TEXT);
INSERT INTO t VALUES (1,1,'x'),(2,2,'y');
ALTER TABLE t COMMENT 'the batch ends here';
UPDATE t SET id=10 WHERE id=1;
SET binlog_row_image=NOBLOB;
UPDATE t SET id=20 WHERE id=2;
CREATE TABLE p (pk TEXT NOT NULL, c TINYTEXT, n INT, PRIMARY KEY(pk(8)));
INSERT INTO p VALUES ('k','v',1),('k2','v2',2);
ALTER TABLE p COMMENT 'the batch ends here';
UPDATE p SET pk='z' WHERE pk='k';
UPDATE p SET pk='k2x' WHERE pk='k2';
-- A primary key of a prefix beside another key: the image has the one alone.
SET binlog_row_image=MINIMAL;
CREATE TABLE q (a VARCHAR(9), b VARCHAR(9) NOT NULL UNIQUE, n INT, PRIMARY KEY (a(2)));
INSERT INTO q VALUES ('a','x',1),('b','y',2),('c','z',3);
ALTER TABLE q COMMENT 'the batch ends here';
UPDATE q SET n=7 WHERE a='a';
UPDATE q SET b='w' WHERE a='b';
UPDATE q SET a='d' WHERE a='c';
DELETE FROM q WHERE a='b';
SELECT * FROM t; SELECT * FROM p;
