-- Labels that are empty, there twice, or the same to their collation, as tables
-- without strict mode have them; and their numbers.
-- modes: live copy
SET sql_mode='';
CREATE TABLE t (id INT PRIMARY KEY, a ENUM('a','b','a'), b ENUM('a','A','b'),
  c SET('a','b','a'), d SET('a','A','b'), e SET('','a','b'), f ENUM('','a','b'),
  g SET('a','ä') CHARACTER SET utf32, h ENUM('0','1','','2'),
  na INT AS (a + 0) STORED, nb INT AS (b + 0) STORED, nc INT AS (c + 0) STORED,
  nd INT AS (d + 0) STORED, ne INT AS (e + 0) STORED, nf INT AS (f + 0) STORED);
INSERT INTO t (id, a, b, c, d, e, f, g, h) VALUES (1,1,1,1,1,1,1,1,1),
  (2,2,2,2,2,2,2,2,2),(3,3,3,4,4,3,3,3,3),(4,0,0,5,5,5,0,0,0),
  (5,NULL,NULL,7,7,7,NULL,NULL,4),(6,1,1,0,0,0,1,0,0);
UPDATE t SET a=3, b=2, c=4, d=2, e=1, f=0, g=2, h=3 WHERE id=6;
CREATE TABLE n (id INT, e ENUM('','a','b'), s SET('','A','a'));
INSERT INTO n VALUES (1,1,1),(1,2,2),(1,3,4),(1,0,0),(2,0,0),(2,1,1),(3,1,2),(3,1,4);
DELETE FROM n WHERE e+0=0 AND id=1;
DELETE FROM n WHERE e+0=1 AND id=2;
UPDATE n SET id=4 WHERE s+0=4 AND id=3;
CREATE TABLE k (e ENUM('','a','A') PRIMARY KEY, id INT);
INSERT INTO k VALUES (1,1),(2,2);
UPDATE k SET id=9 WHERE id=1;
UPDATE k SET e=3 WHERE id=2;
CREATE TABLE s (s SET('a','b','c') PRIMARY KEY, n INT);
INSERT INTO s VALUES (0,1),(1,2),(5,3),(7,4);
UPDATE s SET n=9 WHERE n=1;
DELETE FROM s WHERE n=3;
UPDATE s SET s=2 WHERE n=4;
CREATE TABLE kz (e ENUM('','x') PRIMARY KEY, v INT);
INSERT INTO kz VALUES (0,1),(1,2),(2,3);
UPDATE kz SET v=4 WHERE e+0=0;
DELETE FROM kz WHERE e+0=1;
UPDATE kz SET e=1 WHERE e+0=0;
CREATE TABLE ks (s SET('','a') PRIMARY KEY, v INT);
INSERT INTO ks VALUES (0,1),(1,2),(2,3),(3,4);
UPDATE ks SET v=5 WHERE s+0=1;
DELETE FROM ks WHERE s+0=0;
UPDATE ks SET s=0 WHERE s+0=3;
CREATE TABLE w (a INT PRIMARY KEY, e ENUM('a','A','😀'));
INSERT INTO w VALUES (1,1),(2,2),(3,0);
UPDATE w SET e=1 WHERE a=2;
UPDATE w SET e=2 WHERE a=3;
