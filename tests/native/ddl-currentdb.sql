-- An unqualified name is one of the statement's default database.
CREATE DATABASE d2;
CREATE TABLE t1 (id INT PRIMARY KEY, a INT);
CREATE TABLE d2.t3 LIKE t1;
INSERT INTO d2.t3 VALUES (1,1);
