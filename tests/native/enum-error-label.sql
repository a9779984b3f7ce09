-- ENUM's error value beside a label that is empty.
-- apply: --batch 1
-- modes: live files copy
CREATE TABLE t (id INT PRIMARY KEY, e ENUM('x','','y'), f ENUM('a','b'));
SET sql_mode='';
INSERT INTO t VALUES (1,'x','a'),(2,'','b'),(3,'bad','bad'),(4,NULL,NULL);
UPDATE t SET f='bad', e='' WHERE id=1;
UPDATE t SET e='bad' WHERE id=4;
UPDATE t SET e='y' WHERE id=3;
CREATE TABLE z (id INT PRIMARY KEY, e ENUM('0','','1'));
INSERT INTO z VALUES (1,'0'),(2,''),(4,'1');
CREATE TABLE k (e ENUM('','x') PRIMARY KEY, v INT);
INSERT INTO k VALUES ('',1),('x',2);
UPDATE k SET v=3 WHERE e='';
CREATE TABLE zz (id INT PRIMARY KEY, e ENUM('a','b')); INSERT INTO zz VALUES (1,'q');
