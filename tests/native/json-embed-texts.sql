-- LONGTEXT that is not JSON beside JSON that is embedded: strings of both.
-- What is embedded has no blanks around it, which records do not keep.
-- tail: --json embed
CREATE OR REPLACE TABLE t (a LONGTEXT NOT NULL DEFAULT '1' CHECK (a IS NULL OR LENGTH(a) < 30), id int);
INSERT INTO t (id) VALUES (1);
CREATE TABLE u  (id INT, a LONGTEXT COLLATE utf8mb4_bin, j JSON, b LONGTEXT);
INSERT INTO u VALUES (1,'"x"','"x"','"x"'),(2,'x','null','x'),(3,'[1, 2]','[1, 2]','[1, 2]'),(4,' "y" ','"y"',' "y" '),(5,'null','"null"','null'),(6,'"null"','{"a": "\\u00e9"}','null'),(7,NULL,NULL,NULL),(8,'','1',' 1 ');
UPDATE u SET a=b, b=j;
