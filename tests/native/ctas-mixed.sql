-- The rows of CREATE TABLE … SELECT are in no row event, where the statement is
-- logged: they must not be lost without a word.
-- refused: 65 SELECT
CREATE DATABASE j0; USE j0;
CREATE TABLE a(id INT PRIMARY KEY, v INT);
INSERT INTO a VALUES(1,1),(2,2);
SET binlog_format=STATEMENT;
CREATE TABLE b AS SELECT * FROM a;
CREATE OR REPLACE TABLE c (PRIMARY KEY(id)) SELECT id FROM a;
CREATE TABLE d LIKE a;
SET binlog_format=MIXED;
CREATE TABLE e AS SELECT * FROM a;
SET binlog_format=ROW;
INSERT INTO b VALUES(3,3);
