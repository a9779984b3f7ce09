-- In STATEMENT and MIXED, CREATE TEMPORARY TABLE … SELECT is logged as it is written, and
-- a function that its query calls may change a table: its rows are in no event.
-- refused: 65 statement-based change.*its rows are not in the log: CREATE TEMPORARY
CREATE TABLE t (id INT PRIMARY KEY, v INT);
INSERT INTO t VALUES (1,1);
DELIMITER //
CREATE FUNCTION f(n INT) RETURNS INT DETERMINISTIC BEGIN
	UPDATE t SET v = v + n; RETURN n; END//
DELIMITER ;
SET binlog_format=STATEMENT;
CREATE TEMPORARY TABLE x SELECT 1 AS a;
CREATE TEMPORARY TABLE y SELECT f(1) AS a;
