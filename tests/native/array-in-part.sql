-- Rows whose generated columns warn, in tables without transactions: what of an
-- array of rows is there when strict mode ends it is not written again.
SET sql_mode='';
CREATE TABLE t (a INT, d VARCHAR(9), e INT AS (d+1) VIRTUAL) ENGINE=MyISAM;
INSERT INTO t (a,d) VALUES (1,'1'),(2,'2'),(3,'x'),(4,'4'),(5,'y');
CREATE TABLE u (a INT UNIQUE, d VARCHAR(9), e INT AS (d+1) STORED) ENGINE=Aria TRANSACTIONAL=0;
INSERT INTO u (a,d) VALUES (1,'1'),(NULL,'2'),(3,'x'),(4,'4'),(5,'y');
UPDATE u SET d=CONCAT(d,'z');
