-- Images that leave out a key, or a part of it, that has the default of its type
-- or of its own; changes of such rows before and after.
-- since: 10.7
SET sql_mode='', binlog_row_image=MINIMAL;
CREATE TABLE t (id INT PRIMARY KEY, v INT);
INSERT INTO t VALUES (1,1),(0,2);
DELETE FROM t WHERE id=0;
INSERT INTO t (v) VALUES (3);
UPDATE t SET v=4 WHERE id=0;
INSERT IGNORE INTO t (v) VALUES (5);
BEGIN;
UPDATE t SET id=7 WHERE id=0;
INSERT INTO t (v) VALUES (6);
DELETE FROM t WHERE id=1;
COMMIT;
REPLACE INTO t (v) VALUES (8);
CREATE TABLE u (a DATE NOT NULL, b VARCHAR(9) NOT NULL DEFAULT 'dflt', c UUID NOT NULL, v INT, PRIMARY KEY (c,b,a));
INSERT INTO u (v) VALUES (1);
INSERT INTO u (a,v) VALUES ('2020-01-01',1);
UPDATE u SET b='x' WHERE a='2020-01-01';
INSERT INTO u (a,v) VALUES ('2020-01-01',2);
CREATE TABLE m (id CHAR(3) PRIMARY KEY, v INT, UNIQUE (v)) ENGINE=MyISAM;
INSERT INTO m (v) VALUES (1);
UPDATE m SET id='x';
INSERT INTO m (v) VALUES (2);
