-- LONGTEXT that is not JSON beside JSON that is embedded: strings of both.
-- What is embedded has no blanks around it, which records do not keep.
-- tail: --json embed
CREATE OR REPLACE TABLE t (a LONGTEXT NOT NULL DEFAULT '1' CHECK (a IS NULL OR LENGTH(a) < 30), id int);
INSERT INTO t (id) VALUES (1);
CREATE TABLE u  (id INT, a LONGTEXT COLLATE utf8mb4_bin, j JSON, b LONGTEXT);
INSERT INTO u VALUES (1,'"x"','"x"','"x"'),(2,'x','null','x'),(3,'[1, 2]','[1, 2]','[1, 2]'),(4,' "y" ','"y"',' "y" '),(5,'null','"null"','null'),(6,'"null"','{"a": "\\u00e9"}','null'),(7,NULL,NULL,NULL),(8,'','1',' 1 ');
UPDATE u SET a=b, b=j;
-- What MariaDB takes for JSON and RFC 8259 does not stays the text that it is, and
-- strings that hold such a text are told from it.
CREATE TABLE v (id INT PRIMARY KEY, j JSON);
INSERT INTO v VALUES (1,'{"a": 1, "a": 2}'),(2,'"{\\"a\\": 1, \\"a\\": 2}"'),(3,'1.'),(4,'"1."'),(5,'1.e5'),(6,'"\\x"'),(7,'["\\x"]'),(8,'"[\\"\\\\x\\"]"'),(9,'"2021-01-01"'),(10,'"{\\"a\\": 1}"'),(11,'"plain"'),(12,'""'),(13,'"null"'),(14,'"\\"null\\""');
UPDATE v SET j=JSON_OBJECT('b',j) WHERE id IN (1,6);
-- Bytes that a character set does not know, in columns that could be JSON's.
SET sql_mode='';
CREATE TABLE w (id INT, a LONGBLOB, b LONGBLOB, d LONGBLOB);
INSERT INTO w VALUES (1,x'61FF',x'7BFF',x'7B2261223AFF7D'),(2,x'FF','"x"','{"a": 1}');
ALTER TABLE w MODIFY a LONGTEXT CHARACTER SET greek, MODIFY b LONGTEXT CHARACTER SET ascii, MODIFY d LONGTEXT COLLATE utf8mb4_bin;
UPDATE w SET id=id+5;
