-- Foreign keys act on the target as on a replica: on more than one level, on the
-- table itself, on a key of several columns, on a unique key; and not where the
-- source did not check.
CREATE TABLE a (id INT, k CHAR(3), v INT, PRIMARY KEY (id, k));
CREATE TABLE b (id INT PRIMARY KEY, aid INT, ak CHAR(3), UNIQUE u (aid, ak), FOREIGN KEY (aid, ak) REFERENCES a (id, k) ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE c (id INT PRIMARY KEY, aid INT, ak CHAR(3), KEY (aid, ak), FOREIGN KEY (aid, ak) REFERENCES b (aid, ak) ON DELETE SET NULL ON UPDATE CASCADE);
INSERT INTO a VALUES (1,'x',1),(2,'y',2),(3,'z',3);
INSERT INTO b VALUES (10,1,'x'),(20,2,'y'),(30,3,'z');
INSERT INTO c VALUES (100,1,'x'),(200,2,'y'),(300,3,'z');
UPDATE a SET id=id+10 WHERE id<3;
UPDATE a SET k='zz', v=9 WHERE id=3;
DELETE FROM a WHERE id=12;
CREATE TABLE self (id INT PRIMARY KEY, boss INT, v INT, FOREIGN KEY (boss) REFERENCES self (id) ON DELETE CASCADE);
INSERT INTO self VALUES (1,NULL,1),(2,1,1),(3,2,1),(4,NULL,1),(5,4,1);
DELETE FROM self WHERE id=1;
UPDATE self SET v=2;
SET foreign_key_checks=0;
UPDATE self SET id=7 WHERE id=4;
DELETE FROM a WHERE id=11;
UPDATE a SET id=99;
REPLACE INTO b VALUES (30,98,'q');
SET foreign_key_checks=1;
INSERT INTO a VALUES (50,'n',1);
INSERT INTO b VALUES (50,50,'n');
INSERT INTO c VALUES (500,50,'n');
BEGIN;
UPDATE a SET id=51 WHERE id=50;
UPDATE a SET id=52, k='m' WHERE id=51;
UPDATE a SET v=3 WHERE id=52;
COMMIT;
CREATE TABLE p (id INT PRIMARY KEY, code VARCHAR(5) NOT NULL UNIQUE);
CREATE TABLE q (id INT PRIMARY KEY, code VARCHAR(5), FOREIGN KEY (code) REFERENCES p (code) ON UPDATE CASCADE ON DELETE SET NULL);
INSERT INTO p VALUES (1,'a'),(2,'b'),(3,'c');
INSERT INTO q VALUES (1,'a'),(2,'b'),(3,'c');
UPDATE p SET code='A1' WHERE id=1;
UPDATE p SET id=9 WHERE id=2;
REPLACE INTO p VALUES (3,'d');
INSERT INTO p VALUES (9,'zz') ON DUPLICATE KEY UPDATE code='bb';
