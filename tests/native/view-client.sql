-- A view shows the character set of the client that made it.
SET NAMES latin1;
CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(10) DEFAULT 'x');
CREATE VIEW v AS SELECT a, 'lit' AS c FROM t;
SET NAMES utf8mb3;
CREATE VIEW w AS SELECT a, 'ä' AS c FROM t;
SET NAMES sjis;
CREATE VIEW x AS SELECT a FROM t WHERE b = 'y';
SET NAMES utf8mb4;
ALTER VIEW x AS SELECT a FROM t WHERE b = 'é';
