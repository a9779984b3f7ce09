-- TRUNCATE of a name that holds a backtick.
CREATE TABLE `a``b` (i INT PRIMARY KEY);
INSERT INTO `a``b` VALUES (1);
TRUNCATE TABLE `a``b`;
