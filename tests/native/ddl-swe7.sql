-- A client whose character set has letters where syntax is: outside of quotes a
-- server's lexer reads ` and @ as others do, inside they are letters.
SET NAMES swe7;
CREATE TABLE t (a INT PRIMARY KEY);
INSERT INTO t VALUES (1);
DROP TABLE IF EXISTS t;
CREATE TABLE `u v` (a INT PRIMARY KEY, `b@c` VARCHAR(10) DEFAULT '@`|');
INSERT INTO `u v` VALUES (1,'a');
ALTER TABLE `u v` ADD `d{` VARCHAR(9) DEFAULT '}', ADD e VARCHAR(9) DEFAULT 'x\\n\'y';
INSERT INTO `u v` (a) VALUES (2);
