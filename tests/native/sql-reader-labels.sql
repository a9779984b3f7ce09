-- Labels in double quotes.
CREATE DATABASE h6; USE h6;
CREATE TABLE t(id INT PRIMARY KEY, e ENUM("new","paid"), s SET("a","b"));
INSERT INTO t VALUES(1,'paid','a,b');
