-- Expressions that warn where sql_mode is not strict: of generated columns, of a
-- CHECK, of an index; with a key and without; and a table that is nothing but
-- generated.
-- CHECKSUM TABLE of 10.11 differs from run to run for equal rows of these.
-- since: 11.8
SET sql_mode='';
CREATE TABLE t (id INT PRIMARY KEY, s VARCHAR(20), z INT AS (s+1) STORED, KEY (z));
INSERT INTO t (id,s) VALUES (0,'2020-01-01'),(1,'x'),(2,'12');
INSERT INTO t (id,s) SELECT seq, CONCAT('a',seq) FROM seq_10_to_1500;
UPDATE t SET s='y' WHERE id<3;
UPDATE t SET id=-1, s='zz' WHERE id=1;
CREATE TABLE c (id INT PRIMARY KEY, s VARCHAR(9), CHECK (s+1 > 0));
INSERT INTO c VALUES (1,'5x'),(2,'6');
UPDATE c SET s='7y' WHERE id=2;
CREATE TABLE n (s VARCHAR(9), v INT AS (s+1) STORED, UNIQUE (v));
INSERT INTO n (s) VALUES ('1a'),('2b');
UPDATE n SET s='3c' WHERE s='1a';
DELETE FROM n WHERE s='2b';
CREATE TABLE g (a INT AS (1) STORED, b INT AS (2) VIRTUAL, c INT AS (3) STORED INVISIBLE);
INSERT INTO g () VALUES (),(),();
CREATE TABLE e (id INT PRIMARY KEY, x ENUM('a','b'), s VARCHAR(5), z INT AS (s+1) STORED);
INSERT INTO e (id,x,s) VALUES (1,'nope','x'),(2,'a','y');
UPDATE e SET x='zz', s='q' WHERE id=2;
