-- An ALTER that adds a foreign key to its own table and renames it leaves the
-- server with a parent that is not there; a copy cannot check its rows, and says
-- so.  What information_schema says of such a key is not the same twice.
-- modes: copy
-- tables: test\..*
CREATE TABLE t (a INT PRIMARY KEY);
INSERT INTO t VALUES (1);
CREATE DATABASE d2;
CREATE TABLE d2.t1 (a INT PRIMARY KEY, b INT, KEY (b));
INSERT INTO d2.t1 VALUES (1, 1);
ALTER TABLE d2.t1 ADD FOREIGN KEY (b) REFERENCES d2.t1 (a), RENAME TO d2.t5;
