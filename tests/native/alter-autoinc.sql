-- Rows that are there are numbered by the source's auto_increment_increment
-- and offset.
-- modes: live files add
SET auto_increment_increment=5, auto_increment_offset=2;
CREATE TABLE t (v INT);
INSERT INTO t VALUES (10),(20),(30);
ALTER TABLE t ADD id INT AUTO_INCREMENT PRIMARY KEY;
SELECT * FROM t;
