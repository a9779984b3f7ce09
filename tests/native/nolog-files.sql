-- A log that does not name columns, from files: what its own statements say
-- wholly is known, as it is to a replica.
-- since: 10.7
-- globals: binlog_row_metadata=NO_LOG
CREATE TABLE t (id INT UNSIGNED PRIMARY KEY, v VARCHAR(20), e ENUM('a','b','é'), s SET('x','y'), j JSON, u UUID, b VARBINARY(9), d DATETIME(3), n DECIMAL(9,2), y YEAR, g POINT, bi BIGINT UNSIGNED) CHARSET=utf8mb4;
INSERT INTO t VALUES (4294967295,'né','é','x,y','{"a": 1}',UUID(),x'00FF','2026-01-02 03:04:05.678',-1.5,2026,POINT(1,2),18446744073709551615),(2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
ALTER TABLE t ADD w TEXT CHARACTER SET latin1 FIRST, DROP d, CHANGE v vv VARCHAR(30), MODIFY n DECIMAL(12,3) AFTER id;
INSERT INTO t (id, w, vv, n) VALUES (3,'naïve','x',7.125);
UPDATE t SET w='é', e='b' WHERE id=2;
RENAME TABLE t TO r;
DELETE FROM r WHERE id=3;
CREATE TABLE l LIKE r;
INSERT INTO l SELECT * FROM r;
DROP TABLE r;
CREATE TABLE r (b BLOB, id INT);
INSERT INTO r VALUES ('x',1),('x',1);
UPDATE r SET id=2 LIMIT 1;
CREATE DATABASE d CHARACTER SET latin1;
CREATE TABLE d.t (c CHAR(3) PRIMARY KEY, t TEXT, x TEXT UNIQUE);
INSERT INTO d.t VALUES ('é','ü','€'),('a',NULL,NULL);
UPDATE d.t SET t='ÿ' WHERE c='a';
ALTER TABLE d.t CONVERT TO CHARACTER SET utf8mb4;
INSERT INTO d.t VALUES ('日','本','語');
