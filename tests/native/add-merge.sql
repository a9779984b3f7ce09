-- Rows of a MERGE table would be in a table of their own, and missing in those
-- that it merges.
-- modes: add
-- refused: 78 test\.m of the source is a MERGE table, whose rows
CREATE TABLE a (id INT PRIMARY KEY, v INT) ENGINE=MyISAM;
CREATE TABLE m (id INT NOT NULL, v INT, KEY (id)) ENGINE=MERGE UNION=(a) INSERT_METHOD=LAST;
INSERT INTO a VALUES (1,1);
INSERT INTO m VALUES (3,3);
