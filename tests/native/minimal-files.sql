-- A log that does not name columns, but says their character sets.
-- globals: binlog_row_metadata=MINIMAL
CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20), e ENUM('a','b','c'), s SET('x','y'), j JSON, t TEXT, u INT UNSIGNED);
INSERT INTO t VALUES (1,'né','c','x,y','{"a": 1}','日本',4294967295),(2,NULL,NULL,NULL,NULL,NULL,NULL);
ALTER TABLE t ADD w VARCHAR(9) CHARACTER SET latin1 FIRST, DROP u;
INSERT INTO t (id, w, v) VALUES (3,'naïve','x');
UPDATE t SET w='é', e='b' WHERE id=2;
DELETE FROM t WHERE id=1;
