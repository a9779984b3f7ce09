-- Labels that differ by a blank at the end, and labels of bytes.
-- errors: 1291 1146
CREATE TABLE t1 (a SET('a','a ') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin);
INSERT INTO t1 VALUES ('a');
CREATE TABLE t2 (a SET('a','b') CHARACTER SET binary, b ENUM('x','y') CHARACTER SET binary);
INSERT INTO t2 VALUES ('a','x');
