-- CHANGE and RENAME COLUMN: the values of rows that are there go along.
-- modes: live files add
CREATE TABLE t (id INT PRIMARY KEY, a INT, b VARCHAR(10), c INT);
INSERT INTO t VALUES (1,10,'x',100),(2,20,'y',200);
ALTER TABLE t RENAME COLUMN a TO aa, CHANGE b bb VARCHAR(40) DEFAULT 'd', ADD d INT DEFAULT 4 AFTER aa;
INSERT INTO t VALUES (3,30,4,'a longer text than ten',300);
-- a name that another column had
ALTER TABLE t CHANGE aa e BIGINT, CHANGE c aa INT;
INSERT INTO t VALUES (4,5000000000,4,'z',400);
ALTER TABLE t CHANGE aa f INT, ADD aa INT NOT NULL DEFAULT 6;
UPDATE t SET f = f + 1, aa = 7 WHERE id = 1;
ALTER TABLE t CHANGE id `the id` INT NOT NULL, RENAME COLUMN IF EXISTS nothing TO something;
DELETE FROM t WHERE `the id` = 2;
-- tables, too, as those do who alter online
CREATE TABLE n (id INT PRIMARY KEY, v VARCHAR(40) DEFAULT 'new');
INSERT INTO n SELECT `the id`, bb FROM t;
RENAME TABLE t TO o, n TO t;
INSERT INTO t (id) VALUES (9);
UPDATE t SET v = 'gone' WHERE id = 3;
DELETE FROM t WHERE id = 4;
ALTER TABLE o RENAME TO p, ADD z INT DEFAULT 8, CHANGE f g BIGINT;
UPDATE p SET g = 1;
RENAME TABLE t TO q, p TO t;
INSERT INTO q VALUES (10, 'ten');
