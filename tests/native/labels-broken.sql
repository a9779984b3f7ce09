-- CONVERT TO a set of wide characters leaves the bytes of labels as they are: they
-- are characters of it no more.
CREATE TABLE t (id INT PRIMARY KEY, e ENUM('x','y','z'), s SET('a','b'));
SET sql_mode="";
ALTER TABLE t CONVERT TO CHARACTER SET utf16le;
INSERT INTO t VALUES (1,1,1),(2,3,3),(3,NULL,0),(4,2,3),(5,1,0),(6,3,2);
UPDATE t SET e=2 WHERE id=1;
DELETE FROM t WHERE id=2;
