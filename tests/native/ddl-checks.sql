-- Keys that the session does not look at, and tables that are not there.
CREATE TABLE t (id INT PRIMARY KEY, a INT);
INSERT INTO t VALUES (1, -1);
SET unique_checks=0;
CREATE TABLE u (i INT UNIQUE);
SET foreign_key_checks=0;
CREATE TABLE c (i INT, FOREIGN KEY (i) REFERENCES p(i));
ALTER TABLE c ADD FOREIGN KEY (i) REFERENCES p2(i);
CREATE TABLE p (i INT PRIMARY KEY);
CREATE TABLE p2 (i INT PRIMARY KEY);
DROP TABLE p;
SET sql_if_exists=1;
DROP TABLE none, p2;
